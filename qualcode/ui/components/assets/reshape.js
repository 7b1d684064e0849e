// Where the borders of a span go when it is stretched, cut or joined. Pure; positions are UTF-16.

import { snap } from './offsets.js';

const WORD = /[\p{L}\p{N}]/u;

// [start, end] with one edge moved by a word: outwards it takes the next word, at the end of the text
// the signs after the last one; inwards it leaves one out. null when there is nothing more to take, or
// no word would be left.
export function stretched([start, end], text, words, edge, step) {
  const inside = words.filter((word) => word[0] < end && word[1] > start);
  const [first, last] = snap(text, 0, text.length) ?? [0, 0];
  const moved = {
    end: {
      1: [start, words.find((word) => word[1] > end)?.[1] ?? last],
      [-1]: [start, inside.at(-2)?.[1]],
    },
    start: {
      1: [inside[1]?.[0], end],
      [-1]: [words.findLast((word) => word[0] < start)?.[0] ?? first, end],
    },
  }[edge][step];
  const changed = moved[0] !== start || moved[1] !== end;
  return changed && moved[0] < moved[1] ? moved : null;
}

// The span in two, cut at the beginning of what is selected, or at its end where the beginning cuts
// nothing off: [[start, end], [start, end]] without white space at the cut. null when neither does.
export function piecesAt(text, [start, end], selected) {
  for (const at of selected) {
    const left = start < at && at < end && snap(text, start, at);
    const right = left && snap(text, at, end);
    if (right) return [left, right];
  }
  return null;
}

// Ids of my other codings with the same code that touch `mark` with no word between, directly or
// through one another.
export function touching(text, spans, mark) {
  const alike = spans.filter((span) => span.id !== mark.id && span.code === mark.code && !span.coder);
  const found = [];
  let [start, end] = [mark.start, mark.end];
  const near = (span) => !WORD.test(text.slice(end, Math.max(end, span.start)))
    && !WORD.test(text.slice(Math.min(span.end, start), start));
  for (let next = alike.find(near); next; next = alike.find((s) => !found.includes(s) && near(s))) {
    found.push(next);
    start = Math.min(start, next.start);
    end = Math.max(end, next.end);
  }
  return found.map((span) => span.id);
}
