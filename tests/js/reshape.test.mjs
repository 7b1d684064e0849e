import assert from 'node:assert/strict';
import test from 'node:test';

import { wordSpans } from '../../qualcode/ui/components/assets/offsets.js';
import { piecesAt, stretched, touching } from '../../qualcode/ui/components/assets/reshape.js';

const TEXT = 'Äiti 👩‍👩‍👧 jaksaa pärjätä, kun apua on.';
const words = wordSpans(TEXT, 'fi');
const span = (quote) => [TEXT.indexOf(quote), TEXT.indexOf(quote) + quote.length];
const after = (quote, edge, step) => {
  const moved = stretched(span(quote), TEXT, words, edge, step);
  return moved && TEXT.slice(...moved);
};

test('an end takes the next word and leaves the last', () => {
  assert.equal(after('jaksaa', 'end', 1), 'jaksaa pärjätä');
  assert.equal(after('jaksaa pärjätä', 'end', -1), 'jaksaa');
  assert.equal(after('jaksaa', 'start', -1), 'Äiti 👩‍👩‍👧 jaksaa');
  assert.equal(after('jaksaa pärjätä', 'start', 1), 'pärjätä');
});

test('at the end of the text the last sign is taken too, and then there is nothing more', () => {
  assert.equal(after('apua', 'end', 1), 'apua on');
  assert.equal(after('apua on', 'end', 1), 'apua on.');
  assert.equal(after('apua on.', 'end', 1), null);
  assert.equal(after('apua on.', 'end', -1), 'apua');
  assert.equal(after('Äiti', 'start', -1), null);
});

test('the last word is never left out', () => {
  assert.equal(after('jaksaa', 'end', -1), null);
  assert.equal(after('jaksaa', 'start', 1), null);
});

test('a word marked in part is taken whole or left whole', () => {
  assert.equal(after('jak', 'end', 1), 'jaksaa');
  assert.equal(after('jaksaa pär', 'end', -1), 'jaksaa');
});

test('a coding is cut where the selection begins, or at its end when it begins with the coding', () => {
  const whole = span('jaksaa pärjätä, kun');
  const cut = (quote) => piecesAt(TEXT, whole, span(quote))?.map((piece) => TEXT.slice(...piece));
  assert.deepEqual(cut('pärjätä'), ['jaksaa', 'pärjätä, kun']);
  assert.deepEqual(cut('jaksaa'), ['jaksaa', 'pärjätä, kun']);
  assert.equal(cut('jaksaa pärjätä, kun'), undefined, 'nothing is cut off');
  assert.equal(cut('apua'), undefined, 'outside');
});

test('codings of one code join when no word stands between, also one after another', () => {
  const coding = (id, quote, more = {}) => ({ id, start: span(quote)[0], end: span(quote)[1], code: 'c', ...more });
  const mark = coding('k1', 'jaksaa');
  const spans = [mark, coding('k2', 'pärjätä'), coding('k3', 'kun'), coding('k4', 'on'),
    coding('k5', 'pärjätä', { code: 'other' }), coding('k6', 'pärjätä, kun', { coder: 'Pekka' })];
  assert.deepEqual(touching(TEXT, spans, mark), ['k2', 'k3']);
  assert.deepEqual(touching(TEXT, [mark, coding('k4', 'on')], mark), []);
  assert.deepEqual(touching(TEXT, [mark, coding('k7', 'Äiti 👩‍👩‍👧 jaksaa')], mark), ['k7'], 'overlapping');
});
