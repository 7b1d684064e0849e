// Positions in a text. Python and the study count Unicode code points; JavaScript and the DOM count
// UTF-16 units, where 😀 is two. Inside the browser everything is in UTF-16; only what goes to or
// comes from Python is translated, with `offsetMap`.

// {toCodePoint(i), toUtf16(i), length} of a text; `length` is in code points. A position in the
// middle of a surrogate pair counts as the start of its character.
export function offsetMap(text) {
  if (!/[\uD800-\uDFFF]/.test(text)) {
    return { toCodePoint: (i) => i, toUtf16: (i) => i, length: text.length };
  }
  const codePointAt = new Uint32Array(text.length + 1);
  const utf16At = [];
  let utf16 = 0;
  let codePoint = 0;
  while (utf16 < text.length) {
    const width = text.codePointAt(utf16) > 0xffff ? 2 : 1;
    utf16At.push(utf16);
    codePointAt.fill(codePoint, utf16, utf16 + width);
    utf16 += width;
    codePoint += 1;
  }
  codePointAt[text.length] = codePoint;
  utf16At.push(text.length);
  return {
    toCodePoint: (i) => codePointAt[i],
    toUtf16: (i) => utf16At[i],
    length: codePoint,
  };
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const SPACE = /\s/u;

// [start, end] without white space at its ends and with no visible character (👩‍👩‍👧, a + ¨) cut in
// two; null when nothing is left.
export function snap(text, start, end) {
  let from = start;
  let to = end;
  while (from < to && SPACE.test(text[from])) from += 1;
  while (to > from && SPACE.test(text[to - 1])) to -= 1;
  if (from >= to) return null;
  // Only the neighbourhood is looked at: a grapheme cluster does not cross a line break.
  const lineStart = text.lastIndexOf('\n', from - 1) + 1;
  const nextBreak = text.indexOf('\n', to);
  const line = graphemes.segment(text.slice(lineStart, nextBreak < 0 ? text.length : nextBreak));
  const first = line.containing(from - lineStart);
  const last = line.containing(to - 1 - lineStart);
  return [lineStart + first.index, lineStart + last.index + last.segment.length];
}

// The words of a text as [[start, end], ...]; punctuation and spaces belong to none.
export function wordSpans(text, language) {
  const words = new Intl.Segmenter(language, { granularity: 'word' });
  return [...words.segment(text)]
    .filter((part) => part.isWordLike)
    .map((part) => [part.index, part.index + part.segment.length]);
}

// The sentences of a text as [[start, end], ...] without the spaces between them. A line break ends
// a sentence: people who answer a form seldom write full stops in a list.
export function sentenceSpans(text, language) {
  const sentences = new Intl.Segmenter(language, { granularity: 'sentence' });
  const spans = [];
  let lineStart = 0;
  for (const line of text.split('\n')) {
    for (const part of sentences.segment(line)) {
      const start = lineStart + part.index;
      const span = snap(text, start, start + part.segment.length);
      if (span) spans.push(span);
    }
    lineStart += line.length + 1;
  }
  return spans;
}

// --- the DOM's selection ---
// `element` holds the text and nothing else: element.textContent === text.

const known = new WeakMap(); // element -> {pieces, starts}

// The elements that a text is made of, in order: [{start, end, element}]. With them a position in a
// text of a hundred pages is found without counting from its beginning.
export function knowPieces(element, pieces) {
  known.set(element, { pieces, starts: new Map(pieces.map((piece) => [piece.element, piece.start])) });
}

// The UTF-16 position of a DOM point in the element's text; points outside count as its ends.
export function positionOf(element, node, offset) {
  const starts = known.get(element)?.starts;
  for (let inner = node; starts && inner && inner !== element; inner = inner.parentElement) {
    if (starts.has(inner)) return starts.get(inner) + positionIn(inner, node, offset);
  }
  return positionIn(element, node, offset);
}

function positionIn(element, node, offset) {
  const range = document.createRange();
  range.selectNodeContents(element);
  const side = range.comparePoint(node, offset);
  if (side < 0) return 0;
  if (side === 0) range.setEnd(node, offset);
  return range.toString().length;
}

// The DOM point [node, offset] of a UTF-16 position. Between two text nodes it is the end of the one
// before, or with `after` the beginning of the one that follows.
export function pointAt(element, position, { after = false } = {}) {
  const pieces = known.get(element)?.pieces;
  if (!pieces?.length) return pointIn(element, position, after);
  const piece = pieces[pieceAt(pieces, after ? position : position - 1)];
  return pointIn(piece.element, position - piece.start, after);
}

// The index of the piece that holds the character at a position; the first or the last one beyond them.
export function pieceAt(pieces, position) {
  let low = 0;
  let high = pieces.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (pieces[middle].start <= position) low = middle;
    else high = middle - 1;
  }
  return low;
}

function pointIn(element, position, after) {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let before = 0;
  let last = null;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const inside = position - before;
    if (inside < node.data.length || (!after && inside === node.data.length)) return [node, inside];
    before += node.data.length;
    last = node;
  }
  return last ? [last, last.data.length] : [element, 0];
}

export function rangeOf(element, start, end) {
  const range = document.createRange();
  range.setStart(...pointAt(element, start, { after: end > start }));
  range.setEnd(...pointAt(element, end));
  return range;
}
