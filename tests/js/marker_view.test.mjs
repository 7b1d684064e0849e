import assert from 'node:assert/strict';
import test from 'node:test';

import {
  inTextOrder, readRow, signature, withPending,
} from '../../qualcode/ui/components/assets/marker_view.js';

const row = readRow({
  id: 'd1', number: '1', label: 'V1', facts: [], text: 'Sain apua heti', aside: false,
  spans: [['k1', 0, 4, 'c1'], ['k2', 5, 9, 'c2', 'Pekka']],
  reductions: [['l1', 5, 9, 'r1', 'apua saatiin']],
});
const rows = new Map([['d1', row], ['d2', { ...row, id: 'd2', spans: [], reductions: [] }]]);
const codes = new Map([['c1', { id: 'c1', label: 'Osallisuus' }]]);
const after = (...pending) => withPending(rows, codes, pending);

test('what waits for the server is already on the screen', () => {
  const view = after(
    { op: 'code', id: 'k3', doc: 'd1', start: 0, end: 14, code: 'c1' },
    { op: 'reduce', id: 'l2', doc: 'd1', start: 0, end: 14, wording: 'nopea apu' },
    { op: 'link', id: 'l3', doc: 'd2', start: 0, end: 4, reduction: 'r1', _wording: 'apua saatiin' },
    { op: 'uncode', id: 'k1' },
    { op: 'unlink', id: 'l1' },
    { op: 'aside', doc: 'd2', aside: true },
    { op: 'add_code', id: 'c9', label: 'Uusi' },
  );
  assert.deepEqual(view.rows.get('d1').spans.map((span) => span.id), ['k2', 'k3']);
  assert.deepEqual(view.rows.get('d1').reductions.map((link) => link.wording), ['nopea apu']);
  assert.deepEqual(view.rows.get('d2').reductions.map((link) => link.wording), ['apua saatiin']);
  assert.equal(view.rows.get('d2').aside, true);
  assert.equal(view.codes.get('c9').label, 'Uusi');
});

test('an operation the server has already carried out shows once', () => {
  const view = after({ op: 'code', id: 'k1', doc: 'd1', start: 0, end: 4, code: 'c1' });
  assert.equal(view.rows.get('d1'), row);
});

test('rows that nothing touches are the same objects, so they need no repaint', () => {
  const view = after({ op: 'code', id: 'k3', doc: 'd1', start: 0, end: 4, code: 'c1' });
  assert.equal(view.rows.get('d2'), rows.get('d2'));
  assert.notEqual(signature(view.rows.get('d1')), signature(row));
});

test('an operation on another page of answers changes nothing here', () => {
  assert.equal(after({ op: 'aside', doc: 'elsewhere', aside: true }).rows, rows);
  assert.equal(after({ op: 'undo' }, { op: 'redo' }).rows, rows);
});

test('codes and reductions are stepped through in the order of the text', () => {
  assert.deepEqual(inTextOrder(row).map((mark) => mark.id), ['k1', 'k2', 'l1']);
});
