// A text in pieces, of which those that are one of the given words, in whatever letter case, stand out.
//
// The server tells the words as they are written: which inflected form or compound it is that two texts
// share cannot be told by their letters alone ("tuen" and "tuki").

/**
 * [{ text, shared }] in order; `words` are lower-case words of the text. "oma päätös" among them, with a
 * space, is a phrase: where its words stand side by side they are one piece.
 */
export function markWritten(text, words = []) {
  const wanted = new Set(words);
  const low = (piece) => piece.normalize('NFC').toLowerCase();
  const pieces = text
    .split(/([\p{L}\p{M}\p{N}]+(?:[-'’:][\p{L}\p{M}\p{N}]+)*)/u)
    .map((piece, n) => ({ text: piece, shared: n % 2 === 1 && wanted.has(low(piece)) }));
  return joined(pieces, (a, b) => wanted.has(`${low(a)} ${low(b)}`)).filter(({ text: piece }) => piece);
}

// Pieces alternate between what divides words and words, which begin at 1.
function joined(pieces, areOne) {
  const found = pieces.slice(0, 2);
  for (let n = 3; n < pieces.length; n += 2) {
    const [before, gap, word] = pieces.slice(n - 2, n + 1);
    if (before.shared && word.shared && /^\s+$/u.test(gap.text) && areOne(before.text, word.text)) {
      const last = found.pop();
      found.push({ text: last.text + gap.text + word.text, shared: true });
    } else found.push(gap, word);
  }
  return pieces.length > 2 ? [...found, pieces.at(-1)] : pieces;
}

/** What of `words` a reader is told by itself: each phrase, and the words that are in none of them. */
export function toldOnce(words) {
  const phrases = words.filter((word) => word.includes(' '));
  const within = new Set(phrases.flatMap((phrase) => phrase.split(' ')));
  return [...phrases, ...words.filter((word) => !word.includes(' ') && !within.has(word))];
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
