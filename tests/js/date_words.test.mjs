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

test('a sentence of the calendar, the day chosen and a month are said in our language', () => {
  const words = { 'Enter to select.': 'Enter valitsee.', 'Selected Date: ': 'Valittu päivä: ' };
  assert.equal(inOurs('Enter to select.', words, 'fi'), 'Enter valitsee.');
  assert.equal(
    inOurs('Selected Date: November 28, 2026', words, 'fi'),
    'Valittu päivä: 28. marraskuuta 2026',
  );
  assert.equal(inOurs('11 – November', words, 'fi'), '11 – marraskuu');
  assert.equal(inOurs('Valittu päivä: 28. marraskuuta 2026', words, 'fi'), 'Valittu päivä: 28. marraskuuta 2026');
  assert.equal(inOurs('Selected Date: ?', words, 'fi'), 'Selected Date: ?');
});
