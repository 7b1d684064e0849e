import assert from 'node:assert/strict';
import test from 'node:test';

import { decimal, likeness, likenessTold } from '../../qualcode/ui/components/assets/likeness.js';

const texts = { offer_weak: 'heikko', offer_title: 'läheisyys', offer_title_weak: 'ei läheisempi' };

test('a likeness is a number with the decimal sign of the language', () => {
  assert.equal(likeness(0.136, texts, 'fi'), '0,14');
  assert.equal(likeness(0.136, texts, 'en'), '0.14');
  assert.equal(likenessTold(0.136, texts), 'läheisyys');
});

test('a suggestion is never shown with a likeness of nothing', () => {
  for (const score of [0.004, 0, -0.07]) {
    assert.equal(likeness(score, texts, 'fi'), 'heikko');
    assert.equal(likenessTold(score, texts), 'ei läheisempi');
  }
  assert.equal(likeness(0.005, texts, 'fi'), '0,01');
});

test('a reason that speaks against says nothing instead of a minus', () => {
  assert.equal(decimal(-0.001, 'fi'), '0,00');
  assert.equal(decimal(-0.08, 'fi'), '0,00');
  assert.equal(decimal(0.49, 'en'), '0.49');
});
