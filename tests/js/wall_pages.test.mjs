import assert from 'node:assert/strict';
import test from 'node:test';

import { pagesOf } from '../../qualcode/ui/components/assets/wall_pages.js';

const rows = (...heights) => {
  let top = 0;
  return heights.map((height) => ({ top, bottom: (top += height) }));
};

test('what fits the room is one page', () => {
  assert.deepEqual(pagesOf(rows(30, 30, 30), 90), [0]);
  assert.deepEqual(pagesOf([], 90), [0]);
});

test('a note that is not wholly on a page begins the next one, so none is cut and none is lost', () => {
  assert.deepEqual(pagesOf(rows(40, 40, 40, 40, 40), 100), [0, 2, 4]);
});

test('notes side by side stay on the same page', () => {
  const pairs = [0, 0, 40, 40, 80, 80].map((top) => ({ top, bottom: top + 40 }));
  assert.deepEqual(pagesOf(pairs, 80), [0, 4]);
});

test('a note higher than the room has a page of its own', () => {
  assert.deepEqual(pagesOf(rows(40, 500, 40, 40), 100), [0, 1, 2]);
});
