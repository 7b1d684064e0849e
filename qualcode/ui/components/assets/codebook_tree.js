// The codebooks as a tree on the screen: which lines are seen, where an arrow key goes, and how counts
// change before the server says so. Pure.

import { fit, fold } from './typeahead.js';

const ENOUGH_TYPED = 3; // letters from which definitions are searched too

// Codes in the study's order -> [{book, codes: [{code, depth}]}], every code right under its parent.
export function branches(codes) {
  const found = new Map();
  for (const code of codes) {
    if (!found.has(code.book)) found.set(code.book, []);
    found.get(code.book).push(code);
  }
  return [...found].map(([book, list]) => ({ book, codes: inTreeOrder(list) }));
}

function inTreeOrder(codes) {
  const known = new Set(codes.map((code) => code.id));
  const under = new Map();
  for (const code of codes) {
    const parent = known.has(code.parent) ? code.parent : null;
    if (!under.has(parent)) under.set(parent, []);
    under.get(parent).push(code);
  }
  const lines = [];
  const waiting = (under.get(null) ?? []).map((code) => ({ code, depth: 0 })).reverse();
  while (waiting.length) {
    const line = waiting.pop();
    lines.push(line);
    const children = under.get(line.code.id) ?? [];
    for (const code of [...children].reverse()) waiting.push({ code, depth: line.depth + 1 });
  }
  return lines;
}

// What is seen: [{id, kind: 'book', book, open, total} | {id, kind: 'code', code, depth}]. `closed` is
// the Set of codebooks folded in; something typed opens them all and leaves only what is meant.
export function seenLines(tree, typed, closed) {
  const searched = fold(typed);
  return tree.flatMap(({ book, codes }) => {
    const meant = searched ? codes.filter(({ code }) => isMeant(code, searched)) : codes;
    if (searched && !meant.length) return [];
    const open = Boolean(searched) || !closed.has(book);
    const heading = { id: bookId(book), kind: 'book', book, open, total: codes.length };
    const lines = meant.map(({ code, depth }) => ({ id: code.id, kind: 'code', code, depth }));
    return open ? [heading, ...lines] : [heading];
  });
}

export const bookId = (book) => `book:${book}`;

function isMeant(code, typed) {
  if (fit(code.label, typed)) return true;
  return typed.length >= ENOUGH_TYPED && fold(code.definition ?? '').includes(typed);
}

// Where a key leads from a line: {to: id}, {fold: book} or null. As in every tree: left goes up or
// folds in, right folds out or goes down.
export function stepFrom(lines, id, key) {
  const at = Math.max(0, lines.findIndex((line) => line.id === id));
  const line = lines[at];
  if (!line) return null;
  const to = (index) => (lines[index] && index !== at ? { to: lines[index].id } : null);
  switch (key) {
    case 'ArrowDown': return to(at + 1);
    case 'ArrowUp': return to(at - 1);
    case 'Home': return to(0);
    case 'End': return to(lines.length - 1);
    case 'ArrowRight':
      if (line.kind !== 'book') return null;
      return line.open ? to(at + 1) : { fold: line.book };
    case 'ArrowLeft':
      if (line.kind === 'book') return line.open ? { fold: line.book } : null;
      return to(lines.findLastIndex((other, n) => n < at
        && (other.kind === 'book' || other.depth < line.depth)));
    default: return null;
  }
}

// How the mentions of codes change by what waits to be saved: Map code id -> difference. `before` and
// `after` are rows by id; a mention is a span with a code, however many coders gave it. Texts set aside
// are not counted.
export function mentionChanges(before, after) {
  const changes = new Map();
  for (const [id, row] of after) {
    const old = before.get(id);
    if (row === old) continue;
    const [was, is] = [countedSpans(old), countedSpans(row)];
    for (const span of changedSpans(was, is)) {
      const change = Number(is.some(sameMention(span))) - Number(was.some(sameMention(span)));
      if (change) changes.set(span.code, (changes.get(span.code) ?? 0) + change);
    }
  }
  for (const [code, change] of changes) if (!change) changes.delete(code);
  return changes;
}

const countedSpans = (row) => (row && !row.aside ? row.spans : []);

const sameMention = (a) => (b) => a.start === b.start && a.end === b.end && a.code === b.code;

// The spans that only one of two lists has, a mention once: a view keeps the spans that nobody touched as
// they are, so a thousand of them cost no more than a look.
function changedSpans(was, is) {
  const [old, now] = [new Set(was), new Set(is)];
  const changed = [...was.filter((span) => !now.has(span)), ...is.filter((span) => !old.has(span))];
  return changed.filter((span, n) => changed.findIndex(sameMention(span)) === n);
}

// How far the reading has come with what waits to be saved: {answers, coded, reduced}. What of a text
// with an interviewer is material only the server knows; such a text waits for its answer.
export function progressWith(progress, before, after) {
  const now = { ...progress };
  for (const [id, row] of after) {
    const old = before.get(id);
    if (!old || row === old || [old, row].some(hasInterviewer)) continue;
    for (const [name, holds] of Object.entries(STATES)) {
      now[name] += Number(!row.aside && holds(row)) - Number(!old.aside && holds(old));
    }
  }
  return now;
}

const STATES = {
  answers: () => true,
  coded: (row) => row.spans.length > 0,
  reduced: (row) => row.reductions.length > 0,
};

const hasInterviewer = (row) => Boolean(row.speakers?.some((speaker) => speaker.interviewer));

// The first colour of the palette that no code has; when all are in use, the rarest.
export function nextColour(palette, codes) {
  const used = new Map();
  for (const { colour } of codes) {
    const name = colour?.toUpperCase();
    used.set(name, (used.get(name) ?? 0) + 1);
  }
  const uses = (colour) => used.get(colour.toUpperCase()) ?? 0;
  return palette.reduce((best, colour) => (uses(colour) < uses(best) ? colour : best));
}
