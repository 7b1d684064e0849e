import assert from 'node:assert/strict';
import { test } from 'node:test';

import { readRow, withPending } from '../../qualcode/ui/components/assets/marker_view.js';
import { UndoMemory } from '../../qualcode/ui/components/assets/undo_memory.js';

const row = (spans = [], reductions = []) => readRow({ id: 'd1', spans, reductions, aside: false });
const viewOf = (spans, reductions) => ({ rows: new Map([['d1', row(spans, reductions)]]), codes: new Map() });
const code = (id, extra = {}) => ({ op: 'code', id, doc: 'd1', start: 0, end: 4, code: 'c1', ...extra });

// The screen after these acts, all of them still waiting to be saved.
function screen(view, memory, ...ops) {
  const pending = waiting(view, memory, ...ops);
  const shown = withPending(view.rows, view.codes, pending).rows.get('d1');
  return {
    codes: shown.spans.map((span) => span.id), reductions: shown.reductions.map((one) => one.id), shown,
  };
}

// The acts as they wait in the outbox; a turn that can name nothing is left out.
function waiting(view, memory, ...ops) {
  const pending = [];
  ops.forEach((op, n) => {
    const named = memory.noted(op, pending);
    if (!named) return;
    const sent = { ...named, client: 'a', seq: n + 1 };
    memory.sent(sent, withPending(view.rows, view.codes, pending));
    pending.push(sent);
  });
  return pending;
}

const undo = { op: 'undo' };
const redo = { op: 'redo' };
const of = (seq) => ({ client: 'a', seq });

// What each undo and redo among the acts names.
const named = (memory, ...ops) => waiting(viewOf(), memory, ...ops)
  .filter(({ op }) => op === 'undo' || op === 'redo')
  .map((op) => op.number ?? op.of.seq);

function told(turns, revision = 1) {
  const memory = new UndoMemory();
  memory.told({ undo: [], redo: [], ...turns }, revision);
  return memory;
}

test('an undo names the operation before it, which may not be saved yet', () => {
  assert.deepEqual(named(new UndoMemory(), code('a'), code('b'), undo, undo), [2, 1]);
  assert.deepEqual(named(new UndoMemory(), code('a'), code('b'), undo, redo, undo), [2, 2, 2]);
  assert.deepEqual(named(new UndoMemory(), code('a'), undo, code('b'), undo), [1, 3]);
});

test('after a reload it names the newest act that the window was told of, and those before it', () => {
  assert.deepEqual(named(told({ undo: [9, 7, 4] }), undo, undo, undo), [9, 7, 4]);
  assert.deepEqual(named(told({ undo: [9], redo: [8, 5] }), redo, redo, undo), [8, 5, 5]);
  assert.deepEqual(named(told({ undo: [9, 7] }), code('a'), undo, undo, redo), [1, 9, 9]);
});

test('with nothing to name nothing is sent', () => {
  assert.equal(new UndoMemory().noted(undo, []), null);
  assert.equal(told({ undo: [3] }).noted(redo, []), null);
  assert.deepEqual(named(told({ undo: [9] }), undo, undo), [9]);
});

test('what was told later counts, what was told earlier does not', () => {
  const memory = told({ undo: [9] }, 9);
  memory.told({ undo: [5], redo: [] }, 5);
  assert.equal(memory.noted(undo, []).number, 9);
  memory.told({ undo: [12, 9], redo: [] }, 12);
  assert.equal(memory.noted(undo, []).number, 12, 'also when another window did it');
});

test('an act whose number has come is not named twice', () => {
  const memory = new UndoMemory();
  const sent = waiting(viewOf(), memory, code('a'), code('b'), undo);
  memory.done('a', { 1: 71, 2: 72 });
  memory.told({ undo: [72, 71, 60], redo: [] }, 72);
  const left = sent.slice(2); // the undo of the second is still on its way
  assert.equal(memory.noted(undo, left).number, 71);
  assert.equal(memory.noted(redo, left).number, 72);
});

test('an act turned from the history is not turned again by the keys', () => {
  const pending = waiting(viewOf(), told({ undo: [9, 7] }), { op: 'undo_act', number: 9 });
  assert.equal(told({ undo: [9, 7] }).noted(undo, pending).number, 7);
  assert.equal(told({ undo: [9, 7] }).noted(redo, pending).number, 9);
});

test('a turn that names its act already is left as it is', () => {
  const mine = { op: 'undo', of: of(4) };
  assert.equal(told({ undo: [9] }).noted(mine, []), mine);
});

test('undo takes a coding off at once and redo puts it back', () => {
  const memory = new UndoMemory();
  assert.deepEqual(screen(viewOf(), memory, code('a'), { op: 'undo' }).codes, []);
  const again = new UndoMemory();
  const { codes } = screen(viewOf(), again, code('a'), code('b', { start: 5, end: 9 }), { op: 'undo' },
    { op: 'undo' }, { op: 'redo' });
  assert.deepEqual(codes, ['a']);
});

test('a code taken off comes back where it was', () => {
  const view = viewOf([['a', 2, 6, 'c7', 'Pekka']]);
  const { shown } = screen(view, new UndoMemory(), { op: 'uncode', id: 'a' }, { op: 'undo' });
  assert.deepEqual(
    shown.spans.map(({ id, start, end, code: c, coder }) => [id, start, end, c, coder]),
    [['a', 2, 6, 'c7', 'Pekka']],
  );
});

test('reductions, links and setting aside go back too', () => {
  const reduce = { op: 'reduce', id: 'r', doc: 'd1', start: 0, end: 4, wording: 'apu' };
  assert.deepEqual(screen(viewOf(), new UndoMemory(), reduce, { op: 'undo' }).reductions, []);
  const view = viewOf([], [['l', 0, 4, 'r1', 'apu']]);
  assert.deepEqual(
    screen(view, new UndoMemory(), { op: 'unlink', id: 'l' }, { op: 'undo' }).reductions, ['l']);
  const aside = { op: 'aside', doc: 'd1', aside: true };
  assert.equal(screen(viewOf(), new UndoMemory(), aside, { op: 'undo' }).shown.aside, false);
  assert.equal(screen(viewOf(), new UndoMemory(), aside, { op: 'undo' }, { op: 'redo' }).shown.aside, true);
});

test('many at once are one step', () => {
  const items = ['a', 'b'].map((id, n) => ({ id, doc: 'd1', start: n, end: n + 3 }));
  const many = { op: 'code_many', code: 'c1', items };
  assert.deepEqual(screen(viewOf(), new UndoMemory(), many, { op: 'undo' }).codes, []);
  const view = viewOf([['a', 0, 3, 'c1'], ['b', 1, 4, 'c1']]);
  const off = { op: 'uncode_many', ids: ['a', 'b'] };
  assert.deepEqual(screen(view, new UndoMemory(), off, { op: 'undo' }).codes, ['a', 'b']);
});

test('what was saved meanwhile is painted as well', () => {
  const memory = new UndoMemory();
  waiting(viewOf(), memory, code('a'));
  memory.done('a', { 1: 71 });
  memory.told({ undo: [71], redo: [] }, 71);
  const view = viewOf([['a', 0, 4, 'c1']]);
  assert.deepEqual(screen(view, memory, undo).codes, []);
});

test('how it will look is painted only where the page knows it', () => {
  assert.equal(told({ undo: [9] }).noted(undo, [])._paint, undefined, 'done before the page came');
  const stretch = { op: 'stretch', id: 'a', start: 0, end: 2 };
  const [, turned] = waiting(viewOf(), new UndoMemory(), stretch, undo);
  assert.equal(turned._paint, undefined);
});
