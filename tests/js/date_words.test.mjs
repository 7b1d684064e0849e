// What a date field says: its English first word in the page's language, the rest as it stands.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { inOurs } from '../../qualcode/ui/components/assets/date_words.js';

const WORDS = { day: 'päivä', 'Choose date': 'Valitse päivä', Empty: 'tyhjä' };

test('the word is said in our language and the name of the field stays', () => {
  assert.equal(inOurs('day, Seuraava keskustelu', WORDS), 'päivä, Seuraava keskustelu');
  assert.equal(inOurs('Choose date, marraskuu 2026', WORDS), 'Valitse päivä, marraskuu 2026');
  assert.equal(inOurs('Empty', WORDS), 'tyhjä');
});

test('what is in our language already, or begins with another word, stays as it is', () => {
  assert.equal(inOurs('päivä, Seuraava keskustelu', WORDS), 'päivä, Seuraava keskustelu');
  assert.equal(inOurs('daybook', WORDS), 'daybook');
  assert.equal(inOurs('constructor', WORDS), 'constructor');
});
