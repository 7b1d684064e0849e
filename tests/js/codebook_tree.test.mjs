import assert from 'node:assert/strict';
import test from 'node:test';

import {
  branches, mentionChanges, nextColour, progressWith, seenLines, stepFrom,
} from '../../qualcode/ui/components/assets/codebook_tree.js';

const CODES = [
  { id: 'c', label: 'Tuki', book: 'Teemat', parent: '' },
  { id: 'c2', label: 'Lapsi', book: 'Teemat', parent: 'c1' },
  { id: 'c1', label: 'Perhe', book: 'Teemat', definition: 'Koti ja läheiset' },
  { id: 'c3', label: 'Äiti', book: 'Teemat', parent: 'c1' },
  { id: 'x', label: 'Raha', book: 'Muut', parent: 'elsewhere' },
];
const TREE = branches(CODES);
const ids = (lines) => lines.map((line) => line.id);

test('every code stands right under its parent, codebook by codebook', () => {
  assert.deepEqual(TREE.map(({ book, codes }) => [book, codes.map(({ code, depth }) => code.id + depth)]), [
    ['Teemat', ['c0', 'c10', 'c21', 'c31']],
    ['Muut', ['x0']],
  ]);
});

test('a codebook folded in shows only its name; a search opens it and leaves what is meant', () => {
  const closed = new Set(['Teemat']);
  assert.deepEqual(ids(seenLines(TREE, '', closed)), ['book:Teemat', 'book:Muut', 'x']);
  assert.deepEqual(ids(seenLines(TREE, 'ÄIT', closed)), ['book:Teemat', 'c3']);
  assert.deepEqual(ids(seenLines(TREE, 'läheis', closed)), ['book:Teemat', 'c1'], 'the definition too');
  assert.deepEqual(ids(seenLines(TREE, 'ko', closed)), [], 'but not for two letters');
  assert.equal(seenLines(TREE, '', closed)[0].total, 4);
});

test('arrows go as in every tree', () => {
  const lines = seenLines(TREE, '', new Set(['Muut']));
  const step = (id, key) => stepFrom(lines, id, key);
  assert.deepEqual(step('c', 'ArrowDown'), { to: 'c1' });
  assert.deepEqual(step('c', 'ArrowUp'), { to: 'book:Teemat' });
  assert.deepEqual(step('c3', 'ArrowLeft'), { to: 'c1' }, 'to the code above');
  assert.deepEqual(step('c1', 'ArrowLeft'), { to: 'book:Teemat' });
  assert.deepEqual(step('book:Teemat', 'ArrowLeft'), { fold: 'Teemat' });
  assert.deepEqual(step('book:Muut', 'ArrowRight'), { fold: 'Muut' });
  assert.deepEqual(step('book:Teemat', 'ArrowRight'), { to: 'c' });
  assert.deepEqual(step('c', 'End'), { to: 'book:Muut' });
  assert.deepEqual(step('c', 'Home'), { to: 'book:Teemat' });
  assert.equal(step('book:Teemat', 'ArrowUp'), null);
  assert.equal(step('book:Muut', 'ArrowDown'), null);
  assert.deepEqual(step('gone', 'ArrowDown'), { to: 'c' }, 'from the first line');
  assert.equal(stepFrom([], 'c', 'ArrowDown'), null);
});

test('mentions are spans with a code, once however many coders gave it', () => {
  const span = (start, code, coder) => ({ id: `${start}${code}${coder}`, start, end: start + 3, code, coder });
  const row = (spans, aside = false) => ({ id: 'd', spans, aside });
  const same = row([span(0, 'a')]);
  const before = new Map([['d', row([span(0, 'a', 'Pekka'), span(4, 'b')])], ['e', same]]);
  const after = new Map([['d', row([span(0, 'a', 'Pekka'), span(0, 'a'), span(8, 'c')])], ['e', same]]);
  assert.deepEqual(mentionChanges(before, after), new Map([['b', -1], ['c', 1]]));
  assert.deepEqual(mentionChanges(before, before), new Map());
  const aside = new Map([['d', { ...before.get('d'), aside: true }], ['e', same]]);
  assert.deepEqual(mentionChanges(before, aside), new Map([['a', -1], ['b', -1]]));
});

test('progress counts what waits to be saved, but for what only the server knows', () => {
  const empty = { spans: [], reductions: [], aside: false, speakers: [] };
  const span = { id: 'k', start: 0, end: 4, code: 'a' };
  const coded = { ...empty, spans: [span] };
  const told = { answers: 9, coded: 3, reduced: 1 };
  const moved = (old, now) => progressWith(told, new Map([['d', old]]), new Map([['d', now]]));
  assert.deepEqual(moved(empty, coded), { answers: 9, coded: 4, reduced: 1 });
  assert.deepEqual(moved(coded, empty), { answers: 9, coded: 2, reduced: 1 });
  assert.deepEqual(moved(coded, { ...coded, spans: [span, { ...span, id: 'k2' }] }), told, 'coded already');
  assert.deepEqual(moved(empty, { ...coded, reductions: [{ id: 'l' }] }), { answers: 9, coded: 4, reduced: 2 });
  assert.deepEqual(moved(coded, { ...coded, aside: true }), { answers: 8, coded: 2, reduced: 1 });
  assert.deepEqual(moved({ ...coded, aside: true }, coded), { answers: 10, coded: 4, reduced: 1 });
  const asking = { speakers: [{ label: 'H', interviewer: true }] };
  assert.deepEqual(moved({ ...empty, ...asking }, { ...coded, ...asking }), told);
  const answering = { speakers: [{ label: 'V', interviewer: false }] };
  assert.equal(moved({ ...empty, ...answering }, { ...coded, ...answering }).coded, 4);
  assert.deepEqual(progressWith(told, new Map(), new Map([['d', coded]])), told, 'of another sheet');
  assert.deepEqual(told, { answers: 9, coded: 3, reduced: 1 });
});

test('a new code gets the first free colour, then the rarest', () => {
  const palette = ['#0072B2', '#B8860B', '#007F5F'];
  assert.equal(nextColour(palette, []), '#0072B2');
  assert.equal(nextColour(palette, [{ colour: '#0072b2' }, { colour: '#007F5F' }]), '#B8860B');
  const all = ['#0072B2', '#B8860B', '#007F5F', '#0072B2'].map((colour) => ({ colour }));
  assert.equal(nextColour(palette, all), '#B8860B');
});
