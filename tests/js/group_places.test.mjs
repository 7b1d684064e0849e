import assert from 'node:assert/strict';
import test from 'node:test';

import { placesOf } from '../../qualcode/ui/components/assets/group_places.js';

const told = (groups, ids) => placesOf(groups, ids).map(({ group, again, before }) => [
  again ? `${group.value}:${again}` : group.value, before]);

test('a heading stands before the first answer of its group', () => {
  const groups = [{ value: 'a', ids: ['1', '2'] }, { value: 'b', ids: ['3'] }];
  assert.deepEqual(told(groups, ['1', '2', '3']), [['a', '1'], ['b', '3']]);
});

test('an answer of two groups is read in the first and named in the second', () => {
  const groups = [{ value: 'a', ids: ['1', '2'] }, { value: 'b', ids: ['2', '3', '1'] }];
  assert.deepEqual(told(groups, ['1', '2', '3']), [
    ['a', '1'], ['b', '3'], ['b:2', '3'], ['b:1', null]]);
});

test('a group whose answers all stand above has its heading and their names', () => {
  const groups = [
    { value: 'a', ids: ['1'] }, { value: 'b', ids: ['1'] }, { value: 'c', ids: ['2'] }];
  assert.deepEqual(told(groups, ['1', '2']), [['a', '1'], ['b', '2'], ['b:1', '2'], ['c', '2']]);
});

test('without groups there is nothing to put in, and an answer that is gone is passed by', () => {
  assert.deepEqual(told([], ['1']), []);
  assert.deepEqual(told([{ value: 'a', ids: ['x', '1'] }], ['1']), [['a', '1']]);
});
