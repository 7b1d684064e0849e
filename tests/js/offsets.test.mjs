import assert from 'node:assert/strict';
import test from 'node:test';

import {
  offsetMap, sentenceSpans, snap, wordSpans,
} from '../../qualcode/ui/components/assets/offsets.js';

const cut = (text, span) => text.slice(...span);

test('code points and UTF-16 positions agree with the characters, there and back', () => {
  for (const text of ['', 'plain', 'A😀ä👩‍👩‍👧\nö𝔘', 'a\u0308\r\n😀', '𝔘𝔘', 'ﷺ مرحبا 😀']) {
    const map = offsetMap(text);
    const points = [...text];
    assert.equal(map.length, points.length, text);
    let utf16 = 0;
    points.forEach((point, i) => {
      assert.equal(map.toCodePoint(utf16), i);
      assert.equal(map.toUtf16(i), utf16);
      utf16 += point.length;
    });
    assert.equal(map.toCodePoint(text.length), points.length);
    assert.equal(map.toUtf16(points.length), text.length);
  }
});

test('a position inside a surrogate pair is the start of its character', () => {
  assert.equal(offsetMap('a😀b').toCodePoint(2), 1);
});

test('random spans survive the way to Python and back', () => {
  const alphabet = ['a', 'ä', ' ', '😀', '\n', '👩‍👩‍👧', 'a\u0308', '–', '𝔘'];
  let seed = 7;
  const random = (n) => {
    seed = (seed * 48271) % 2147483647;
    return seed % n;
  };
  for (let round = 0; round < 300; round += 1) {
    const text = Array.from({ length: 1 + random(30) }, () => alphabet[random(alphabet.length)]).join('');
    const [one, other] = [random(text.length + 1), random(text.length + 1)].sort((a, b) => a - b);
    const span = snap(text, one, other);
    if (!span) continue;
    const map = offsetMap(text);
    const [start, end] = span.map(map.toCodePoint);
    assert.equal([...text].slice(start, end).join(''), cut(text, span), JSON.stringify(text));
    assert.ok(!/^\s|\s$/u.test(cut(text, span)));
  }
});

test('a selection never cuts a visible character in two', () => {
  const text = ' a\u0308 👩‍👩‍👧x ';
  assert.equal(cut(text, snap(text, 0, 2)), 'a\u0308');
  assert.equal(cut(text, snap(text, 4, 6)), '👩‍👩‍👧');
  assert.equal(snap(text, 0, 1), null, 'white space alone is nothing');
});

test('a selection over several lines keeps its ends whole', () => {
  const text = 'yksi 👩‍👩‍👧\nkaksi\na\u0308iti';
  const span = snap(text, 6, text.indexOf('iti') - 1);
  assert.equal(cut(text, span), '👩‍👩‍👧\nkaksi\na\u0308');
});

test('Finnish words: punctuation and dashes belong to none', () => {
  const text = 'Ööh, vaikea – sanoa 😀!';
  assert.deepEqual(wordSpans(text, 'fi').map((span) => cut(text, span)), ['Ööh', 'vaikea', 'sanoa']);
});

test('a sentence ends at its stop and at a line break', () => {
  const text = 'Olin mukana. Se oli hyvä!\n- oma aika\n\n- rahat 😀';
  assert.deepEqual(
    sentenceSpans(text, 'fi').map((span) => cut(text, span)),
    ['Olin mukana.', 'Se oli hyvä!', '- oma aika', '- rahat 😀'],
  );
});
