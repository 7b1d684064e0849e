// The words of a text that another shares with it stand out, also where they are inflected otherwise.

/** How many characters two words share from the start. */
function sharedStart(one, other) {
  let n = 0;
  while (n < one.length && one[n] === other[n]) n += 1;
  return n;
}

/** Whether a longer lemma, up to its last two letters, is inside the word: a compound's part. */
function isPart(lemma, word) {
  return lemma.length >= 7 && word.includes(lemma.slice(0, -2));
}

const isForm = (word, lemma) =>
  sharedStart(word, lemma) >= Math.max(3, lemma.length - 2) || isPart(lemma, word);

/** Pieces alternate between what divides words and words, which begin at 1; a word tells its lemmas. */
function piecesOf(text, lemmas) {
  return text.split(/([\p{L}\p{N}-]+)/u).map((piece, n) => ({
    text: piece,
    of: n % 2 === 1 ? lemmas.filter((lemma) => isForm(piece.toLowerCase(), lemma)) : [],
  }));
}

/** [place of the first word, what pairs of lemmas it makes with the next]: two shared words, only space between. */
function neighbours(pieces) {
  const found = [];
  for (let n = 1; n + 2 < pieces.length; n += 2) {
    if (!/^\s+$/u.test(pieces[n + 1].text)) continue;
    const pairs = pieces[n].of.flatMap((one) => pieces[n + 2].of.map((two) => `${one} ${two}`));
    if (pairs.length) found.push([n, pairs]);
  }
  return found;
}

/**
 * The text in pieces { text, shared }, marking words that are inflected forms of `lemmas`.
 * A word is taken for a form of a lemma when they agree up to the lemma's last two letters. Marked words
 * that stand side by side here and in one of `others` are one piece: "oma päätös", a name.
 */
export function markShared(text, lemmas, others = []) {
  const wanted = lemmas.map((lemma) => lemma.toLowerCase());
  const pieces = piecesOf(text, wanted);
  const theirs = new Set(
    others.flatMap((other) => neighbours(piecesOf(other, wanted)).flatMap(([, pairs]) => pairs)),
  );
  const goesOn = new Set(
    neighbours(pieces).filter(([, pairs]) => pairs.some((pair) => theirs.has(pair))).map(([n]) => n + 2),
  );
  const marked = [];
  pieces.forEach(({ text: piece, of }, n) => {
    if (goesOn.has(n)) {
      const gap = marked.pop();
      marked.at(-1).text += gap.text + piece;
    } else marked.push({ text: piece, shared: of.length > 0 });
  });
  return marked.filter((piece) => piece.text);
}
