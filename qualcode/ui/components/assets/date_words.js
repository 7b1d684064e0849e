// The date fields of the page and their calendars say English words to a screen reader ("day, Day",
// "Choose date"). This says them in the page's language, and again when the field is drawn anew.
//
// data.words: { English: ours }. A word is changed where a label begins with it, so that what stands
// after it (the field's own name, the month shown) stays.

import { whenGone } from './dom.js';

const FIELDS = '[data-testid="stDateInput"], [role="dialog"]';
const SPOKEN = ['aria-label', 'aria-valuetext'];

export function inOurs(label, words) {
  const [first] = label.split(', ', 1);
  return Object.hasOwn(words, first) ? words[first] + label.slice(first.length) : label;
}

const watchers = new WeakMap();

export default function dateWords({ data, parentElement }) {
  const kept = watchers.get(parentElement) ?? { observer: null };
  watchers.set(parentElement, kept);
  kept.words = data.words;
  const say = () => {
    for (const field of document.querySelectorAll(FIELDS)) {
      if (field.matches('[role="dialog"]') && !field.querySelector('[role="grid"]')) continue;
      for (const name of SPOKEN) {
        for (const part of [field, ...field.querySelectorAll(`[${name}]`)]) speak(part, name, kept.words);
      }
    }
  };
  if (!kept.observer) {
    kept.observer = new MutationObserver(say);
    kept.observer.observe(document.body, {
      subtree: true, childList: true, attributes: true, attributeFilter: SPOKEN,
    });
  }
  say();
  return () => whenGone(parentElement, () => {
    kept.observer.disconnect();
    watchers.delete(parentElement);
  });
}

function speak(part, name, words) {
  const label = part.getAttribute(name);
  if (!label) return;
  const ours = inOurs(label, words);
  if (ours !== label) part.setAttribute(name, ours);
}
