import assert from 'node:assert/strict';
import test from 'node:test';

import { markWritten, placesOf, toldOnce } from '../../qualcode/ui/components/assets/marks_written.js';

const marked = (text, words) =>
  markWritten(text, words).map(({ text: piece, shared }) => (shared ? `[${piece}]` : piece)).join('');

test('just the words told stand out, in whatever letter case', () => {
  assert.equal(marked('Tuen saaminen, tuen!', ['tuen']), '[Tuen] saaminen, [tuen]!');
  assert.equal(marked('tuki ja tukea', ['tuki']), '[tuki] ja tukea');
  assert.equal(marked('EU:n e-lomake', ['e-lomake']), 'EU:n [e-lomake]');
  assert.equal(marked('', ['a']), '');
  assert.equal(marked('mitään', undefined), 'mitään');
});

test('a word with a decomposed letter is the same word', () => {
  assert.equal(markWritten('äiti'.normalize('NFD'), ['äiti']).filter((one) => one.shared).length, 1);
});

test('the places of the marked pieces are counted as the browser counts', () => {
  const text = '🙂 Tuen saaminen, tuen!';
  const places = placesOf(markWritten(text, ['tuen']));
  assert.deepEqual(places.map(([start, end]) => text.slice(start, end)), ['Tuen', 'tuen']);
  assert.deepEqual(placesOf(markWritten(text, [])), []);
});

test('words that both texts have side by side are marked as one phrase', () => {
  const words = ['oman', 'päätöksen', 'oman päätöksen'];
  assert.equal(marked('Tein oman  päätöksen, oman.', words), 'Tein [oman  päätöksen], [oman].');
  assert.equal(marked('oman, päätöksen', words), '[oman], [päätöksen]');
  assert.equal(marked('oman päätöksen', ['oman', 'päätöksen']), '[oman] [päätöksen]');
  assert.equal(marked('a b c', ['a', 'b', 'c', 'a b', 'b c']), '[a b c]');
  assert.deepEqual(toldOnce(['oman', 'tuen', 'päätöksen', 'oman päätöksen']), ['oman päätöksen', 'tuen']);
});
