import assert from 'node:assert/strict';
import test from 'node:test';

import {
  apply,
  applyAll,
  besides,
  countOf,
  groupOf,
  noteOf,
  offersLeft,
} from '../../qualcode/ui/components/assets/wall_model.js';

const note = (id, text = id) => ({ id, text, where: 'Pöytä 1' });
const wall = () => ({
  fields: [
    { quadrant: 'strengths', title: 'Vahvuudet', groups: [{ id: 'g', name: 'Aika', notes: [note('a')] }], loose: [note('b'), note('c')] },
    { quadrant: 'threats', title: 'Uhat', groups: [], loose: [note('d')] },
  ],
});
const texts = (field) => field.loose.map((one) => one.id);

test('a note is moved to another quadrant, and into a group', () => {
  const moved = apply(wall(), { op: 'wall_move', notes: ['b', 'a'], quadrant: 'threats', group: null });
  assert.deepEqual(texts(moved.fields[1]), ['d', 'b', 'a']);
  assert.equal(countOf(moved.fields[0]), 1);
  const into = apply(wall(), { op: 'wall_move', notes: ['d'], quadrant: 'threats', group: 'g' });
  assert.deepEqual(groupOf(into, 'g').notes.map((one) => one.id), ['a', 'd']);
  assert.deepEqual(texts(into.fields[1]), []);
});

test('a move into a group that somebody took apart changes nothing', () => {
  const before = wall();
  assert.equal(apply(before, { op: 'wall_move', notes: ['d'], quadrant: 'threats', group: 'gone' }), before);
});

test('a group is made, renamed and taken apart, and keeps its notes', () => {
  const made = applyAll(wall(), [
    { op: 'wall_group', id: 'h', quadrant: 'strengths', name: 'Tuki', notes: ['b', 'c'] },
    { op: 'wall_rename', id: 'h', name: 'Vertaistuki' },
  ]);
  assert.equal(groupOf(made, 'h').name, 'Vertaistuki');
  assert.deepEqual(texts(made.fields[0]), []);
  const apart = apply(made, { op: 'wall_ungroup', id: 'h' });
  assert.deepEqual(texts(apart.fields[0]), ['b', 'c']);
});

test('what the server has already is not added twice', () => {
  const add = { op: 'wall_add', id: 'new', quadrant: 'threats', text: 'kiire' };
  const once = apply(wall(), add);
  assert.equal(noteOf(once, 'new').text, 'kiire');
  assert.equal(apply(once, add), once);
  const group = { op: 'wall_group', id: 'g', quadrant: 'strengths', name: 'Toinen', notes: [] };
  assert.equal(groupOf(apply(wall(), group), 'g').name, 'Aika');
});

test('an offer loses the notes that somebody grouped meanwhile, and goes with its last pair', () => {
  const offer = { key: 'k', quadrant: 'strengths', members: ['a', 'b', 'c'] };
  assert.deepEqual(offersLeft(wall(), [offer])[0].members, ['b', 'c']);
  const moved = apply(wall(), { op: 'wall_move', notes: ['b'], quadrant: 'threats' });
  assert.deepEqual(offersLeft(moved, [offer]), []);
});

test('the arrows stop at the ends', () => {
  assert.equal(besides(['a', 'b'], 'b', 1), 'b');
  assert.equal(besides(['a', 'b'], null, 1), 'a');
});
