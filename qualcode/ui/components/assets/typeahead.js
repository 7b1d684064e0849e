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

// Codes for the picker: [{heading, codes}]. With nothing typed the recent ones come first, then each
// codebook in alphabetical order; when something is typed the best fit comes first within a book.
export function groupCodes(codes, typed, recent, language, recentHeading) {
  const collator = new Intl.Collator(language);
  const meant = codes
    .map((code) => ({ code, fit: fit(code.label, typed) }))
    .filter((candidate) => candidate.fit > 0);
  const groups = [];
  const recentOnes = recent
    .map((id) => meant.find((candidate) => candidate.code.id === id)?.code)
    .filter(Boolean);
  if (recentOnes.length) groups.push({ heading: recentHeading, codes: recentOnes });
  const rest = meant.filter((candidate) => !recentOnes.includes(candidate.code));
  const order = (a, b) => b.fit - a.fit || collator.compare(a.code.label, b.code.label);
  for (const { code } of rest.sort(order)) {
    const group = groups.find((g) => g.book === code.book);
    if (group) group.codes.push(code);
    else groups.push({ heading: code.book, book: code.book, codes: [code] });
  }
  return groups;
}

// Reductions for "same as...": what the server ranked as nearest comes first, then what is known here
// and fits what is being typed; at most `limit`, each once.
export function mergeOffers(offered, known, typed, limit) {
  const merged = new Map(offered.map((item) => [item.id, item]));
  if (fold(typed)) {
    const local = known
      .map((item) => ({ item, fit: fit(item.wording, typed) }))
      .filter((candidate) => candidate.fit > 0)
      .sort((a, b) => b.fit - a.fit || a.item.wording.length - b.item.wording.length);
    for (const { item } of local) if (!merged.has(item.id)) merged.set(item.id, item);
  }
  return [...merged.values()].slice(0, limit);
}
