// Holds the place in the list until the page has come to rest: before the window is fitted the list has
// no height and nothing to scroll, and Streamlit may put the component in another element meanwhile.

const SETTLING = 1000; // ms that a page may take to come to rest

const held = new WeakMap(); // layout -> what ends the hold there

// wanted(): the scrollTop to hold. The reader's first move ends it, and so does the next place to hold.
export function holdPlace(desk, answer, wanted) {
  const { root, layout } = desk;
  const until = performance.now() + SETTLING;
  const ended = new AbortController();
  held.get(layout)?.abort();
  held.set(layout, ended);
  for (const event of ['wheel', 'keydown', 'pointerdown']) {
    const stop = () => ended.abort();
    root.addEventListener(event, stop, { capture: true, passive: true, signal: ended.signal });
  }
  const hold = () => {
    if (performance.now() > until || !answer.element.isConnected) ended.abort();
    if (ended.signal.aborted) return;
    if (Math.abs(layout.list.scrollTop - wanted()) > 1) {
      layout.fitWindow();
      layout.list.scrollTop = wanted();
    }
    requestAnimationFrame(hold);
  };
  hold();
}
