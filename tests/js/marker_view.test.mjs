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
    { op: 'aside_many', docs: ['d2', 'elsewhere'], aside: true },
    { op: 'add_code', id: 'c9', label: 'Uusi' },
  );
  assert.deepEqual(view.rows.get('d1').spans.map((span) => span.id), ['k2', 'k3']);
  assert.deepEqual(view.rows.get('d1').reductions.map((link) => link.wording), ['nopea apu']);
  assert.deepEqual(view.rows.get('d2').reductions.map((link) => link.wording), ['apua saatiin']);
  assert.equal(view.rows.get('d2').aside, true);
  assert.equal(view.codes.get('c9').label, 'Uusi');
});

test('an edited code shows at once, and its key leaves the code that had it', () => {
  const view = after(
    { op: 'add_code', id: 'c8', label: 'Uusi', colour: '#0072B2' },
    { op: 'edit_code', id: 'c8', changes: { label: 'Uudempi', shortcut: '4' }, seen: {} },
    { op: 'add_code', id: 'c9', label: 'Toinen' },
    { op: 'edit_code', id: 'c9', changes: { shortcut: '4', colour: '#FF5678' }, seen: {} },
    { op: 'edit_code', id: 'gone', changes: { label: 'x' }, seen: {} },
  );
  const { label, key, colour } = view.codes.get('c8');
  assert.deepEqual([label, key, colour], ['Uudempi', '', '#0072B2']);
  assert.deepEqual([view.codes.get('c9').key, view.codes.get('c9').colour], ['4', '#FF5678']);
  assert.equal(view.codes.has('gone'), false);
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

const spansAfter = (...pending) => after(...pending).rows.get('d1').spans
  .map(({ id, start, end, code }) => [id, start, end, code]);
const second = { op: 'code', id: 'k3', doc: 'd1', start: 5, end: 14, code: 'c1' };

test('a coding is stretched, divided, joined and given another code before the server knows', () => {
  assert.deepEqual(spansAfter({ op: 'stretch', kind: 'coding', id: 'k1', start: 0, end: 9 })[0],
    ['k1', 0, 9, 'c1']);
  assert.deepEqual(
    spansAfter({ op: 'stretch', kind: 'coding', id: 'k1', start: 0, end: 9 },
      { op: 'split_coding', id: 'k1', pieces: [[0, 4], [5, 9]], ids: ['k9'] }),
    [['k1', 0, 4, 'c1'], ['k2', 5, 9, 'c2'], ['k9', 5, 9, 'c1']]);
  assert.deepEqual(spansAfter(second, { op: 'merge_codings', ids: ['k3', 'k1'] }),
    [['k2', 5, 9, 'c2'], ['k3', 0, 14, 'c1']]);
  assert.deepEqual(spansAfter({ op: 'recode', ids: ['k1'], code: 'c7' })[0], ['k1', 0, 4, 'c7']);
});

test('two of my codings that come to say the same are one; another coder\'s stays', () => {
  assert.deepEqual(spansAfter(second, { op: 'stretch', kind: 'coding', id: 'k3', start: 0, end: 4 }),
    [['k2', 5, 9, 'c2'], ['k3', 0, 4, 'c1']]);
  assert.deepEqual(spansAfter(second, { op: 'stretch', kind: 'coding', id: 'k3', start: 5, end: 9 },
    { op: 'recode', ids: ['k3'], code: 'c2' }).map(([id]) => id), ['k1', 'k2', 'k3']);
});

test('a link stretched onto a span that has its reduction goes; the one there stays', () => {
  const view = after({ op: 'link', id: 'l2', doc: 'd1', start: 0, end: 4, reduction: 'r1' },
    { op: 'stretch', kind: 'reduction', id: 'l2', start: 5, end: 9 });
  assert.deepEqual(view.rows.get('d1').reductions.map((link) => link.id), ['l1']);
  const moved = after({ op: 'stretch', kind: 'reduction', id: 'l1', start: 0, end: 9 });
  assert.equal(moved.rows.get('d1').reductions[0].end, 9);
});

test('many answers are coded, and many codings go, in one operation', () => {
  const view = after({
    op: 'code_many',
    code: 'c1',
    items: [{ id: 'k8', doc: 'd1', start: 0, end: 14 }, { id: 'k9', doc: 'd2', start: 0, end: 14 },
      { id: 'k0', doc: 'elsewhere', start: 0, end: 1 }],
  });
  assert.deepEqual(view.rows.get('d2').spans.map((span) => [span.id, span.code]), [['k9', 'c1']]);
  assert.deepEqual(spansAfter({ op: 'uncode_many', ids: ['k1', 'k2'] }), []);
});

test('my word on how a passage stands takes the place of my last one, not of others', () => {
  const said = (start, end, stance, about) => (
    { op: 'stand', id: `v${start}${stance}`, doc: 'd1', start, end, stance, about });
  const stood = (...ops) => after(...ops).rows.get('d1').stances
    .map(({ stance, about, coder }) => [stance, about, coder]);
  const others = { ...row, stances: [{ id: 'p', start: 0, end: 4, stance: 'wish', about: '', coder: 'Pekka' }] };
  const both = withPending(new Map([['d1', others]]), codes, [said(0, 4, 'doubt', '')]);
  assert.deepEqual(both.rows.get('d1').stances.map(({ stance }) => stance), ['wish', 'doubt']);
  assert.deepEqual(stood(said(0, 4, 'success', ''), said(0, 4, 'doubt', 'asiakas')),
    [['doubt', 'asiakas', undefined]]);
  assert.deepEqual(stood(said(0, 4, 'success', ''), said(0, 4, null, '')), []);
  // Who speaks is kept beside the rest, and is enough alone.
  const voice = { ...said(0, 4, null, ''), speaker: 'läheinen' };
  const [kept] = after(voice).rows.get('d1').stances;
  assert.deepEqual([kept.stance, kept.about, kept.speaker], ['', '', 'läheinen']);
});
