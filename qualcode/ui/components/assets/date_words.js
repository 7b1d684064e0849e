// The date fields of the page and their calendars say English words to a screen reader ("day, Day",
// "Choose date"). This says them in the page's language, and again when the field is drawn anew.
//
// data.words: { English: ours }. A word is changed where a label begins with it, so that what stands
// after it (the field's own name, the month shown) stays. data.language: of the dates that are said in
// English whatever the browser speaks.

import { whenGone } from './dom.js';

const FIELDS = '[data-testid="stDateInput"], [role="dialog"]';
const SPOKEN = ['aria-label', 'aria-valuetext'];
// Texts that only a screen reader meets: how to move in the calendar, its heading, the day chosen.
const UNSEEN = '[role="dialog"] [id$="-calendar-desc"], [role="dialog"] h2, [id^="react-aria-description"]';
const CHOSEN = 'Selected Date: ';

export function inOurs(label, words, language = 'en') {
  if (Object.hasOwn(words, label)) return words[label];
  if (label.startsWith(CHOSEN)) {
    const day = new Date(label.slice(CHOSEN.length));
    if (Number.isNaN(day.getTime())) return label;
    return `${words[CHOSEN] ?? CHOSEN}${day.toLocaleDateString(language, { dateStyle: 'long' })}`;
  }
  const month = /^(\d{1,2}) – [A-Z][a-z]+$/.exec(label);
  if (month) {
    const name = new Date(2000, month[1] - 1).toLocaleDateString(language, { month: 'long' });
    return `${month[1]} – ${name}`;
  }
  const [first] = label.split(', ', 1);
  return Object.hasOwn(words, first) ? words[first] + label.slice(first.length) : label;
}

const watchers = new WeakMap();

export default function dateWords({ data, parentElement }) {
  const kept = watchers.get(parentElement) ?? { observer: null };
  watchers.set(parentElement, kept);
  kept.words = data.words;
  kept.language = data.language;
  const say = () => {
    for (const field of document.querySelectorAll(FIELDS)) {
      if (field.matches('[role="dialog"]') && !field.querySelector('[role="grid"]')) continue;
      for (const name of SPOKEN) {
        for (const part of [field, ...field.querySelectorAll(`[${name}]`)]) speak(part, name, kept);
      }
    }
    for (const text of unseenTexts()) {
      const ours = inOurs(text.data, kept.words, kept.language);
      if (ours !== text.data) text.data = ours;
    }
  };
  if (!kept.observer) {
    kept.observer = new MutationObserver(say);
    kept.observer.observe(document.body, {
      subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: SPOKEN,
    });
  }
  say();
  return () => whenGone(parentElement, () => {
    kept.observer.disconnect();
    watchers.delete(parentElement);
  });
}

function unseenTexts() {
  const found = [...document.querySelectorAll(UNSEEN)].map((part) => part.firstChild);
  return found.filter((node) => node?.nodeType === 3);
}

function speak(part, name, { words, language }) {
  const label = part.getAttribute(name);
  if (!label) return;
  const ours = inOurs(label, words, language);
  if (ours !== label) part.setAttribute(name, ours);
}
