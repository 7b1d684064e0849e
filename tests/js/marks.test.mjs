import assert from 'node:assert/strict';
import test from 'node:test';

import {
  flatten, inLanes, lineBlocks, spreadLabels,
} from '../../qualcode/ui/components/assets/marks.js';

test('overlapping spans become pieces that cover the text without holes', () => {
  const pieces = flatten([{ id: 1, start: 0, end: 5 }, { id: 2, start: 3, end: 8 }], 10);
  assert.deepEqual(
    pieces.map((piece) => [piece.start, piece.end, piece.spans.map((span) => span.id)]),
    [[0, 3, [1]], [3, 5, [1, 2]], [5, 8, [2]], [8, 10, []]],
  );
});

test('several codes on one span are one piece', () => {
  const same = [{ id: 1, start: 2, end: 4 }, { id: 2, start: 2, end: 4 }];
  assert.deepEqual(flatten(same, 4).map((piece) => piece.spans.length), [0, 2]);
});

test('a text without spans is one piece, an empty text none', () => {
  assert.equal(flatten([], 4).length, 1);
  assert.equal(flatten([], 0).length, 0);
});

test('stripes beside one another take lanes of their own, and free lanes are used again', () => {
  const { placed, lanes } = inLanes([
    { id: 'c', top: 60, bottom: 80 },
    { id: 'a', top: 0, bottom: 40 },
    { id: 'b', top: 20, bottom: 100 },
  ]);
  assert.deepEqual(placed.map((item) => [item.id, item.lane]), [['a', 0], ['b', 1], ['c', 0]]);
  assert.equal(lanes, 2);
});

test('labels stand at their stripes, or below the one before', () => {
  assert.deepEqual(spreadLabels([0, 0, 100], 19, 200), [0, 19, 100]);
});

test('labels that would fall out of the margin are pushed up', () => {
  assert.deepEqual(spreadLabels([20, 20, 20], 19, 60), [3, 22, 41]);
});

test('a block is a line with its break', () => {
  assert.deepEqual(lineBlocks('ab\n\nc'), [[0, 3], [3, 4], [4, 5]]);
  assert.deepEqual(lineBlocks(''), [[0, 0]]);
});
