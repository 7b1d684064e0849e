// Finding by typing: which of many names are meant, best first. Pure.

export const fold = (text) => text.toLocaleLowerCase('fi').normalize('NFC').trim();

// Two wordings are one when letter case, spaces and end stops are set aside (as the study holds).
export const bare = (text) => fold(text).replace(/\s+/gu, ' ').replace(/[.!]+$/u, '');

// 3: begins with what was typed, 2: one of its words does, 1: holds every typed word somewhere,
// 0: not meant.
export function fit(name, typed) {
  const where = fold(name);
  const wanted = fold(typed);
  if (!wanted) return 1;
  if (where.startsWith(wanted)) return 3;
  if (where.split(/[\s/(,-]+/u).some((word) => word.startsWith(wanted))) return 2;
  return wanted.split(/\s+/u).every((word) => where.includes(word)) ? 1 : 0;
}

// Reductions for "same as...": those that fit what is being typed, best fit first, so that ↓ and Enter
// take what one is writing; then what the server ranked as nearest. At most `limit`, each once.
export function mergeOffers(offered, known, typed, limit) {
  const all = new Map([...known, ...offered].map((item) => [item.id, item]));
  const fits = new Map();
  if (fold(typed)) for (const item of all.values()) fits.set(item.id, fit(item.wording, typed));
  const meant = [...all.values()]
    .filter((item) => fits.get(item.id) > 0)
    .sort((a, b) => fits.get(b.id) - fits.get(a.id) || a.wording.length - b.wording.length);
  return [...new Map([...meant, ...offered].map((item) => [item.id, item])).values()].slice(0, limit);
}
