// Streamlit answers a lost connection with a modal box that takes the focus in the middle of a word.
// The component shows the lost connection itself and keeps the work, so the box is closed as soon as
// it opens, the focus goes back, and a key that fell on the box goes where it was meant.

// Streamlit 1.67 has no setting for this box and does not translate its title.
const TITLE = 'Connection error';

// root: the component; onKey(event): what it does with a key. Gives a function that ends the watch.
export function closeConnectionDialog(root, onKey) {
  let workingHere = false;

  const box = () => [...document.querySelectorAll('[role=dialog]')].find(
    (dialog) => dialog.querySelector('h2')?.textContent === TITLE);

  const close = () => box()?.querySelector('button')?.click();

  const onFocus = ({ target }) => {
    if (root.contains(target)) workingHere = true;
    else if (box()?.contains(target)) close();
    else workingHere = false;
  };

  // A press on the empty page takes the focus away without giving it to anything.
  const onPress = ({ target }) => {
    if (!root.contains(target) && !box()?.contains(target)) workingHere = false;
  };

  // While the box opens and closes the focus is in it, or on nothing at all.
  const onKeyDown = (event) => {
    if (!workingHere) return;
    if (event.target !== document.body && !box()?.contains(event.target)) return;
    event.stopImmediatePropagation();
    onKey(event);
    close();
  };

  const observer = new MutationObserver(close);
  observer.observe(document.body, { childList: true });
  document.addEventListener('focusin', onFocus);
  document.addEventListener('pointerdown', onPress, true);
  window.addEventListener('keydown', onKeyDown, true);
  return () => {
    observer.disconnect();
    document.removeEventListener('focusin', onFocus);
    document.removeEventListener('pointerdown', onPress, true);
    window.removeEventListener('keydown', onKeyDown, true);
  };
}
