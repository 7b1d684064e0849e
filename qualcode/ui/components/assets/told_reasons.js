// Beside the board: what reasons are tied to. Their words are marked in the reduction's card, only painted
// over (told_words.js), and a click on a reason asks the page to open what it names. Both end with them.

import { placesOf } from './marks_written.js';
import { markShared } from './shared_words.js';
import { tellWords } from './told_words.js';

const ends = new WeakMap(); // the component's element -> what ends its last drawing

export default function toldReasons({ data, parentElement, setTriggerValue }) {
  const { card, words, texts } = data;
  let asked = 0;
  const paint = () => tellWords(rangesIn(card, words, texts));
  // A card may be drawn anew, or come only later: it is looked for again when the board has changed.
  const watch = new MutationObserver(() => {
    cancelAnimationFrame(asked);
    asked = requestAnimationFrame(paint);
  });
  const open = ({ target }) => {
    const reason = target.closest?.('[data-opens]');
    if (reason) setTriggerValue('open', reason.dataset.opens);
  };
  const end = () => {
    cancelAnimationFrame(asked);
    watch.disconnect();
    document.removeEventListener('click', open);
    tellWords([]);
  };
  ends.get(parentElement)?.();
  ends.set(parentElement, end);
  for (const board of document.querySelectorAll('.qcb-board-host')) {
    watch.observe(board, { childList: true, characterData: true, subtree: true });
  }
  document.addEventListener('click', open);
  paint();
  return () => ends.get(parentElement)?.();
}

function rangesIn(card, words, texts) {
  const wording = card && document.querySelector(`[data-item="r:${CSS.escape(card)}"] .qcb-wording`);
  const text = wording?.firstChild;
  if (text?.nodeType !== Node.TEXT_NODE) return [];
  return placesOf(markShared(text.data, words, texts)).map(([start, end]) => {
    const range = document.createRange();
    range.setStart(text, start);
    range.setEnd(text, end);
    return range;
  });
}
