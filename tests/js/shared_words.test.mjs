import assert from 'node:assert/strict';
import test from 'node:test';

import { markShared } from '../../qualcode/ui/components/assets/shared_words.js';

const shared = (text, lemmas, ...others) =>
  markShared(text, lemmas, others).filter((piece) => piece.shared).map((piece) => piece.text);

test('shared words are marked in their inflected forms', () => {
  assert.deepEqual(shared('Työntekijällä oli aikaa', ['työntekijä', 'apu']), ['Työntekijällä']);
  assert.deepEqual(shared('apua ei saatu', ['apu']), ['apua']);
  assert.deepEqual(shared('ei mitään yhteistä', ['äiti']), []);
  assert.equal(markShared('yksi, kaksi!', []).map((piece) => piece.text).join(''), 'yksi, kaksi!');
});

test('shared words that both texts have side by side are one mark', () => {
  const lemmas = ['tuttu', 'työntekijä', 'turva'];
  assert.deepEqual(shared('tuttu työntekijä tuo turvaa', lemmas, 'tutun työntekijän tuoma turva'), [
    'tuttu työntekijä',
    'turvaa',
  ]);
  assert.deepEqual(shared('oma  päätös asiasta', ['oma', 'päätös', 'asia'], 'omat päätökset asioista'), [
    'oma  päätös asiasta',
  ]);
  assert.equal(
    markShared('Se on oma päätös, oma.', ['oma', 'päätös'], ['oman päätöksen']).map(({ text }) => text).join(''),
    'Se on oma päätös, oma.',
  );
});

test('words that stand apart in either text, or the other way round, are marked one by one', () => {
  const lemmas = ['oma', 'päätös'];
  assert.deepEqual(shared('oma päätös', lemmas, 'päätös oli oma'), ['oma', 'päätös']);
  assert.deepEqual(shared('oma, päätös', lemmas, 'oma päätös'), ['oma', 'päätös']);
  assert.deepEqual(shared('oma päätös', lemmas, 'oma. Päätös'), ['oma', 'päätös']);
  assert.deepEqual(shared('oma päätös', lemmas, 'päätös oma'), ['oma', 'päätös']);
  assert.deepEqual(shared('oma päätös', lemmas), ['oma', 'päätös']);
});
