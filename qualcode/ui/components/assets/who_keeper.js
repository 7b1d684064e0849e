// Keeps the name somebody chose, so that a reload, or another window of the same browser, is theirs
// too. A cookie and not localStorage: the server reads it before it draws the page.

const DAYS = 180;

export default function whoKeeper({ data }) {
  const age = DAYS * 24 * 60 * 60;
  document.cookie = `${data.cookie}=${encodeURIComponent(data.value)}; path=/; max-age=${age}; SameSite=Strict`;
}
