// How a long text is cut for reading: lines (paragraphs), the pieces they are painted in, the parts
// nobody has worked on yet, and what fits beside a line. Pure functions; positions are in UTF-16.

import { inLanes, spreadLabels } from './marks.js';
import { pieceAt } from './offsets.js';

// Characters. A text longer than this is read, not looked at: it gets the long form.
const LONG = 4000;

// Characters of a piece. Painting a mark renders its piece anew, so one is kept to some twenty lines.
export const PIECE = 1500;

const WORD = /[\p{L}\p{N}]/u;

export function isLong(text, turns) {
  return text.length > LONG || Boolean(turns?.length);
}

// The lines of a text as [{start, end, words, turn, first}], covering it without holes. The empty lines
// that follow a line belong to it. `words` is where the words begin after a speaker's mark, `turn` the
// index of the turn the line lies in or -1, `first` whether the turn begins here.
// turns: [{start, words, end}] in order; each begins where a line begins.
export function linesOf(text, turns = []) {
  const lines = [];
  let turn = -1;
  let start = 0;
  while (start < text.length) {
    let end = lineEnd(text, start);
    while (end < text.length && !text.slice(end, lineEnd(text, end)).trim()) end = lineEnd(text, end);
    while (turns[turn + 1]?.start < end) turn += 1;
    const here = turns[turn];
    const first = here !== undefined && here.start >= start;
    const inside = here !== undefined && start < here.end;
    lines.push({
      start,
      end,
      words: inside ? Math.max(start, Math.min(end, here.words)) : start,
      turn: inside ? turn : -1,
      first,
    });
    start = end;
  }
  return lines.length ? lines : [{ start: 0, end: 0, words: 0, turn: -1, first: false }];
}

function lineEnd(text, start) {
  const lineBreak = text.indexOf('\n', start);
  return lineBreak < 0 ? text.length : lineBreak + 1;
}

// The pieces of a line as [[start, end], ...]: the speaker's mark, then the words, cut between words
// when they are many.
export function piecesOf(text, { start, end, words }, longest = PIECE) {
  const pieces = words > start ? [[start, words]] : [];
  let from = words;
  while (end - from > longest) {
    const space = text.lastIndexOf(' ', from + longest);
    let to = space > from ? space + 1 : from + longest;
    // Not between the halves of a character.
    if (/[\uDC00-\uDFFF]/.test(text[to])) to -= 1;
    pieces.push([from, to]);
    from = to;
  }
  if (from < end || !pieces.length) pieces.push([from, end]);
  return pieces;
}

// The spans ([start, end], in order) without what lies in a speaker's mark: words and sentences to select.
export function withoutMarks(lines, spans) {
  let i = 0;
  return spans.flatMap(([start, end]) => {
    while (lines[i].end <= start) i += 1;
    const { words } = lines[i];
    if (end <= words) return [];
    return [[Math.max(start, words), end]];
  });
}

// For each of the parts (in order, without holes) the marks that touch it.
export function marksByPart(parts, marks) {
  const found = parts.map(() => []);
  for (const mark of marks) {
    for (let i = pieceAt(parts, mark.start); i < parts.length && parts[i].start < mark.end; i += 1) {
      found[i].push(mark);
    }
  }
  return found;
}

// The lines that nobody has coded or reduced any part of, as indexes. An interviewer's lines, those
// without words, and a speaker's mark are no material.
//   asks(turn): whether the turn of this index is an interviewer's
export function untouchedLines(text, lines, marks, asks) {
  const touching = marksByPart(lines, marks);
  return lines.flatMap((line, i) => {
    const touched = touching[i].some((mark) => mark.end > line.words);
    const said = text.slice(line.words, line.end);
    const material = !(line.turn >= 0 && asks(line.turn)) && WORD.test(said);
    return material && !touched ? [i] : [];
  });
}

// --- beside the text ---

export const LABEL_HEIGHT = 19;
export const MOST_LANES = 8;

// Lanes for the stripes beside one line: items [{top, bottom, lane?}] -> the same with `lane`, in the
// order from top to bottom, and how many lanes there are. An item that has a lane keeps it: a passage
// over several lines stays in its lane. Beyond MOST_LANES stripes share the last one.
export function lanesBeside(items) {
  const overlap = (a, b) => a.top < b.bottom - 1 && b.top < a.bottom - 1;
  const fromTop = (a, b) => a.top - b.top || b.bottom - a.bottom;
  const taken = items.filter((item) => item.lane !== undefined);
  for (const item of items.filter(({ lane }) => lane === undefined).sort(fromTop)) {
    let lane = 0;
    const isTaken = (other) => other.lane === lane && overlap(other, item);
    while (taken.some(isTaken)) lane += 1;
    taken.push({ ...item, lane });
  }
  const placed = taken
    .map((item) => ({ ...item, lane: Math.min(item.lane, MOST_LANES - 1) }))
    .sort(fromTop);
  return { placed, lanes: Math.max(0, ...placed.map((item) => item.lane + 1)) };
}

// Lanes for the passages that lie over several lines, {id -> lane}, so that each keeps its own all along.
export function lanesAcross(lines, marks) {
  const crossing = marks
    .map((mark) => ({
      id: mark.id, top: pieceAt(lines, mark.start), bottom: pieceAt(lines, mark.end - 1) + 1,
    }))
    .filter(({ top, bottom }) => bottom - top > 1);
  // inLanes lets items follow each other when one ends a pixel into the next: lines have no pixels.
  const scaled = crossing.map((item) => ({ ...item, top: item.top * 10, bottom: item.bottom * 10 - 2 }));
  return new Map(inLanes(scaled).placed.map(({ id, lane }) => [id, lane]));
}

// Where the labels of a line stand: {tops, hidden}. When they don't all fit into `room`, those that do
// are shown from the top and `hidden` tells how many more there are.
export function fitLabels(wished, room, height = LABEL_HEIGHT) {
  const places = Math.max(1, Math.floor(room / height));
  const shown = wished.slice(0, places);
  return {
    tops: spreadLabels(shown, height, Math.max(room, height)),
    hidden: wished.length - shown.length,
  };
}
