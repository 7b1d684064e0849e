import assert from 'node:assert/strict';
import test from 'node:test';

import { counts, nextToRead, seenLines, stepFrom } from '../../qualcode/ui/components/assets/review_tree_model.js';

const node = (id, depth, more = {}) => ({
  id, name: id, depth, seen: true, changed: false, state: 'draft', stale: false, unread: 0, questions: 0, proposals: 0, ...more });
const TREE = [
  node('tuki', 0), node('apu', 1, { seen: false }), node('koti', 2, { changed: true }), node('raha', 2),
  node('muu', 0, { state: 'approved' }),
];
const ids = (lines) => lines.map((line) => line.node.id);
const lines = (filter = 'all', typed = '', closed = []) => seenLines(TREE, filter, typed, new Set(closed));

test('folded in, a branch hides what is under it and nothing else', () => {
  assert.deepEqual(ids(lines()), ['tuki', 'apu', 'koti', 'raha', 'muu']);
  assert.deepEqual(ids(lines('all', '', ['apu'])), ['tuki', 'apu', 'muu']);
  assert.deepEqual(ids(lines('all', '', ['tuki', 'apu'])), ['tuki', 'muu']);
});

test('a filter leaves what is meant and what is above it, folded or not', () => {
  const found = lines('changed', '', ['tuki']);
  assert.deepEqual(ids(found), ['tuki', 'apu', 'koti']);
  assert.deepEqual(found.map(({ meant }) => meant), [false, false, true]);
  assert.deepEqual(ids(lines('all', 'RAH')), ['tuki', 'apu', 'raha']);
  assert.deepEqual(ids(lines('undecided', 'muu')), []);
});

test('every filter tells how many it leaves', () => {
  assert.deepEqual(counts(TREE), {
    all: 5, changed: 1, unseen: 1, unread: 0, asked: 0, proposed: 0, undecided: 4 });
});

test('an approval that no longer holds is undecided', () => {
  assert.equal(counts([node('x', 0, { state: 'approved', stale: true })]).undecided, 1);
});

test('arrows go as in every tree', () => {
  const all = lines();
  assert.deepEqual(stepFrom(all, 'tuki', 'ArrowDown'), { to: 'apu' });
  assert.deepEqual(stepFrom(all, 'koti', 'ArrowLeft'), { to: 'apu' });
  assert.deepEqual(stepFrom(all, 'apu', 'ArrowLeft'), { fold: 'apu' });
  assert.deepEqual(stepFrom(lines('all', '', ['apu']), 'apu', 'ArrowRight'), { fold: 'apu' });
  assert.deepEqual(stepFrom(all, 'apu', 'ArrowRight'), { to: 'koti' });
  assert.equal(stepFrom(all, 'muu', 'ArrowDown'), null);
  assert.equal(stepFrom(all, 'koti', 'ArrowRight'), null);
  assert.deepEqual(stepFrom(all, 'koti', 'End'), { to: 'muu' });
});

test('after one seen, the next that waits is read; at last just the next one', () => {
  assert.equal(nextToRead(TREE, 'apu'), 'koti');
  assert.equal(nextToRead(TREE, 'koti'), 'apu', 'round the end to what was left');
  const done = TREE.map((one) => ({ ...one, seen: true, changed: false }));
  assert.equal(nextToRead(done, 'apu'), 'koti');
  assert.equal(nextToRead(done, 'muu'), 'muu');
  assert.equal(nextToRead([], 'muu'), null);
});
