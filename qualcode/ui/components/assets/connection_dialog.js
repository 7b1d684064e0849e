// Streamlit answers a lost connection with a modal box that takes the focus in the middle of a word.
// The component shows the lost connection itself and keeps the work, so the box is closed as soon as
// it opens, the focus goes back, and a key that fell on the box goes where it was meant.

// Streamlit 1.67 has no setting for this box and does not translate its title.
const TITLE = 'Connection error';

// root: the component; onKey(event): what it does with a key. Gives a function that ends the watch.
export function closeConnectionDialog(root, onKey) {
  let typingHere = false;
  let closing = false;

  const box = () => [...document.querySelectorAll('[role=dialog]')].find(
    (dialog) => dialog.querySelector('h2')?.textContent === TITLE);

  const close = () => {
    const dialog = box();
    if (!dialog) return;
    closing = true;
    dialog.querySelector('button')?.click();
  };

  const onFocus = ({ target }) => {
    if (root.contains(target)) {
      typingHere = true;
      closing = false;
    } else if (!box()?.contains(target)) typingHere = false;
  };

  const onKeyDown = (event) => {
    const lost = closing && event.target === document.body;
    if (!typingHere || !(lost || box()?.contains(event.target))) return;
    event.stopImmediatePropagation();
    onKey(event);
    close();
  };

  const observer = new MutationObserver(close);
  observer.observe(document.body, { childList: true });
  document.addEventListener('focusin', onFocus);
  window.addEventListener('keydown', onKeyDown, true);
  return () => {
    observer.disconnect();
    document.removeEventListener('focusin', onFocus);
    window.removeEventListener('keydown', onKeyDown, true);
  };
}
