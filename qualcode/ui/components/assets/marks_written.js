// A text in pieces, of which those that are one of the given words, in whatever letter case, stand out.
//
// The server tells the words as they are written: which inflected form or compound it is that two texts
// share cannot be told by their letters alone ("tuen" and "tuki").

/** [{ text, shared }] in order; `words` are lower-case words of the text. */
export function markWritten(text, words = []) {
  const wanted = new Set(words);
  return text
    .split(/([\p{L}\p{M}\p{N}]+(?:[-'’:][\p{L}\p{M}\p{N}]+)*)/u)
    .map((piece, n) => ({ text: piece, shared: n % 2 === 1 && wanted.has(piece.normalize('NFC').toLowerCase()) }))
    .filter(({ text: piece }) => piece);
}

/** [[start, end], ...] of the marked pieces of a text (what `markWritten` or `markShared` gave). */
export function placesOf(pieces) {
  const places = [];
  let at = 0;
  for (const { text, shared } of pieces) {
    if (shared) places.push([at, at + text.length]);
    at += text.length;
  }
  return places;
}
