// Which codes the picker offers, in which order, and the branches of the frame. Pure.
//
// Order: those used last, then those nearest in meaning to the target (a suggestion), then each
// codebook by the alphabet; within a codebook the best fit to what is typed comes first.

import { fit, fold } from './typeahead.js';

export class CodeChoices {
  #codes;
  #byId;
  #sorted; // by codebook, then by the alphabet
  #folded = new Map();
  #parents;

  // codes: [{id, label, book, parent?}, ...] in the study's order
  constructor(codes, language) {
    this.#codes = codes;
    this.#byId = new Map(codes.map((code) => [code.id, code]));
    for (const code of codes) this.#folded.set(code, fold(code.label));
    this.#parents = new Set(codes.map((code) => code.parent).filter(Boolean));
    const books = [...new Set(codes.map((code) => code.book))];
    const collator = new Intl.Collator(language);
    this.#sorted = [...codes].sort((a, b) => books.indexOf(a.book) - books.indexOf(b.book)
      || collator.compare(a.label, b.label));
  }

  // [{kind: 'recent' | 'nearest' | 'book', book?, codes}] for what is typed; `recent` and `nearest`
  // are ids, `branch` limits to what lies under it.
  groups(typed, { recent = [], nearest = [], branch = null } = {}) {
    const fits = new Map();
    for (const code of this.#sorted) {
      if (branch && !this.#isIn(code, branch)) continue;
      const how = fit(this.#folded.get(code), typed);
      if (how) fits.set(code, how);
    }
    const named = (ids) => ids.map((id) => this.#byId.get(id)).filter((code) => fits.has(code));
    const recentOnes = named(recent);
    const nearestOnes = named(nearest).filter((code) => !recentOnes.includes(code));
    const groups = [];
    if (recentOnes.length) groups.push({ kind: 'recent', codes: recentOnes });
    if (nearestOnes.length) groups.push({ kind: 'nearest', codes: nearestOnes });
    const first = new Set([...recentOnes, ...nearestOnes]);
    for (const code of fits.keys()) {
      if (first.has(code)) continue;
      const last = groups.at(-1);
      if (last?.kind === 'book' && last.book === code.book) last.codes.push(code);
      else groups.push({ kind: 'book', book: code.book, codes: [code] });
    }
    for (const { kind, codes } of groups) {
      if (kind === 'book') codes.sort((a, b) => fits.get(b) - fits.get(a)); // keeps the alphabet
    }
    return groups;
  }

  code(id) {
    return this.#byId.get(id);
  }

  parentOf(code) {
    return this.#byId.get(code.parent);
  }

  hasChildren(code) {
    return this.#parents.has(code.id);
  }

  // The branch a person means who asks to be limited at this code: its children, or else its
  // siblings, or else its codebook. null when that is where one is already.
  branchAt(code, now) {
    const parent = this.parentOf(code);
    const wished = [
      this.hasChildren(code) && { code },
      parent && { code: parent },
      new Set(this.#codes.map((other) => other.book)).size > 1 && { book: code.book },
    ].filter(Boolean);
    const branch = wished[0];
    const same = branch && now && branch.code === now.code && branch.book === now.book;
    return branch && !same ? branch : null;
  }

  // Names from the codebook down to the branch.
  path({ code, book }) {
    const names = [];
    for (let at = code; at; at = this.parentOf(at)) names.unshift(at.label);
    return [book ?? code.book, ...names];
  }

  #isIn(code, { code: top, book }) {
    if (!top) return code.book === book;
    for (let at = this.parentOf(code); at; at = this.parentOf(at)) if (at === top) return true;
    return false;
  }
}
