import assert from 'node:assert/strict';
import { test } from 'node:test';

import { readRow, withPending } from '../../qualcode/ui/components/assets/marker_view.js';
import { UndoMemory } from '../../qualcode/ui/components/assets/undo_memory.js';

const row = (spans = [], reductions = []) => readRow({ id: 'd1', spans, reductions, aside: false });
const viewOf = (spans, reductions) => ({ rows: new Map([['d1', row(spans, reductions)]]), codes: new Map() });
const code = (id, extra = {}) => ({ op: 'code', id, doc: 'd1', start: 0, end: 4, code: 'c1', ...extra });

// The screen after these acts, all of them still waiting to be saved.
function screen(view, memory, ...ops) {
  const pending = [];
  for (const op of ops) {
    pending.push(memory.noted(op, withPending(view.rows, view.codes, pending)));
  }
  const shown = withPending(view.rows, view.codes, pending).rows.get('d1');
  return {
    codes: shown.spans.map((span) => span.id), reductions: shown.reductions.map((one) => one.id), shown,
  };
}

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

test('what the page cannot know is left to the server', () => {
  const memory = new UndoMemory();
  assert.equal(memory.noted({ op: 'undo' }, viewOf())._paint, undefined);
  memory.noted({ op: 'stretch', id: 'a', start: 0, end: 2 }, viewOf());
  assert.equal(memory.noted({ op: 'undo' }, viewOf())._paint, undefined, 'nobody here knows how');
  memory.noted(code('a'), viewOf());
  memory.noted({ op: 'undo_act', number: 7 }, viewOf());
  assert.equal(memory.noted({ op: 'undo' }, viewOf())._paint, undefined, 'the order is another now');
});

test('a new act ends redo', () => {
  const memory = new UndoMemory();
  memory.noted(code('a'), viewOf());
  memory.noted({ op: 'undo' }, viewOf());
  memory.noted(code('b'), viewOf());
  assert.equal(memory.noted({ op: 'redo' }, viewOf())._paint, undefined);
});

test('what is painted is not sent', () => {
  const memory = new UndoMemory();
  memory.noted(code('a'), viewOf());
  const sent = memory.noted({ op: 'undo' }, viewOf());
  assert.ok(Object.keys(sent).filter((name) => !name.startsWith('_')).every((name) => name === 'op'));
});
