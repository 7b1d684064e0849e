import assert from 'node:assert/strict';
import test from 'node:test';

import {
  bare, fit, mergeOffers,
} from '../../qualcode/ui/components/assets/typeahead.js';

test('a name that begins with what was typed fits better than one that holds it', () => {
  assert.equal(fit('Osallisuus', 'osa'), 3);
  assert.equal(fit('Oma osallisuus', 'osa'), 2);
  assert.equal(fit('Kosallinen', 'osa'), 1);
  assert.equal(fit('Äidin oma aika', 'aika äidin'), 1);
  assert.equal(fit('Valta', 'osa'), 0);
});

test('what fits the typed text comes first, the server\'s nearest follow, each once', () => {
  const offered = [{ id: 'r2', wording: 'tukea annettiin', uses: 2 }, { id: 'r4', wording: 'sai apua', uses: 5 }];
  const known = [
    { id: 'r1', wording: 'apua saatiin heti' }, { id: 'r2', wording: 'tukea annettiin' },
    { id: 'r3', wording: 'apua' }, { id: 'r4', wording: 'sai apua' },
  ];
  const ids = (items) => items.map((item) => item.id);
  assert.deepEqual(ids(mergeOffers(offered, known, 'apua', 6)), ['r3', 'r1', 'r4', 'r2']);
  assert.deepEqual(ids(mergeOffers(offered, known, 'apua', 2)), ['r3', 'r1']);
  assert.equal(mergeOffers(offered, known, 'sai', 6)[0].uses, 5, 'the server knows how many');
  assert.deepEqual(ids(mergeOffers(offered, known, '', 6)), ['r2', 'r4'], 'nothing typed: nearest');
  assert.deepEqual(ids(mergeOffers([], known, '', 6)), [], 'nothing typed, nothing offered');
});

test('two wordings are one when case, spaces and end stops are set aside', () => {
  assert.equal(bare(' Apua  saatiin. '), bare('apua saatiin'));
});
