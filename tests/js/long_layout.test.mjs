// How a long text is cut into lines and pieces, what is left to work on, and what fits beside a line.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  fitLabels, isLong, LABEL_HEIGHT, lanesAcross, lanesBeside, linesOf, marksByPart, MOST_LANES,
  piecesOf, untouchedLines, withoutMarks,
} from '../../qualcode/ui/components/assets/long_layout.js';
import { readRow, signature, withPending } from '../../qualcode/ui/components/assets/marker_view.js';

const TEXT = 'Otsikko\n\n\nH: Mitä?\n\nV1: Hyvää 👩‍👧.\nJatkuu.\n\nV1\nSanat alla.\n';
const turnAt = (mark, words, next) => ({
  start: TEXT.indexOf(mark), words: TEXT.indexOf(words), end: next ? TEXT.indexOf(next) : TEXT.length,
});
const TURNS = [
  turnAt('H: ', 'Mitä', 'V1: '), turnAt('V1: ', 'Hyvää', 'V1\n'), turnAt('V1\n', 'Sanat'),
];
const said = (line) => TEXT.slice(line.words, line.end);

test('lines cover the text without holes and take the empty lines after them along', () => {
  const lines = linesOf(TEXT, TURNS);
  assert.deepEqual(lines.map((line) => TEXT.slice(line.start, line.end)), [
    'Otsikko\n\n\n', 'H: Mitä?\n\n', 'V1: Hyvää 👩‍👧.\n', 'Jatkuu.\n\n', 'V1\n', 'Sanat alla.\n',
  ]);
  assert.deepEqual(lines.map(said), [
    'Otsikko\n\n\n', 'Mitä?\n\n', 'Hyvää 👩‍👧.\n', 'Jatkuu.\n\n', '', 'Sanat alla.\n',
  ]);
  assert.deepEqual(lines.map((line) => line.turn), [-1, 0, 1, 1, 2, 2]);
  assert.deepEqual(lines.map((line) => line.first), [false, true, true, false, true, false]);
});

test('a text without lines or words is one line', () => {
  assert.deepEqual(linesOf(''), [{ start: 0, end: 0, words: 0, turn: -1, first: false }]);
  assert.equal(linesOf('\n\n').length, 1);
  assert.equal(linesOf('yksi').at(-1).end, 4);
});

test('a speaker who is marked on single lines has no words after them', () => {
  const text = 'H: Kysymys?\nVastaus.\nH: Toinen?\n';
  const turns = [{ start: 0, words: 3, end: 11 }, { start: 21, words: 24, end: 31 }];
  assert.deepEqual(linesOf(text, turns).map((line) => line.turn), [0, -1, 1]);
});

test('a long line is cut between words and never inside a character', () => {
  const words = 'sana '.repeat(1000);
  const line = { start: 0, end: words.length, words: 0 };
  const pieces = piecesOf(words, line);
  assert.equal(pieces.map(([start, end]) => words.slice(start, end)).join(''), words);
  assert.ok(pieces.length > 2 && pieces.every(([, end]) => end === words.length || words[end - 1] === ' '));
  const faces = '😀'.repeat(50);
  for (const [start, end] of piecesOf(faces, { start: 0, end: faces.length, words: 0 }, 7)) {
    assert.equal([...faces.slice(start, end)].every((face) => face === '😀'), true);
  }
  assert.deepEqual(piecesOf('H: hei\n', { start: 0, end: 7, words: 3 }), [[0, 3], [3, 7]]);
  assert.deepEqual(piecesOf('', { start: 0, end: 0, words: 0 }), [[0, 0]]);
});

test('words and sentences to select begin after the speaker\'s mark', () => {
  const lines = linesOf(TEXT, TURNS);
  const at = (from, to) => [TEXT.indexOf(from), TEXT.indexOf(to)];
  const sentence = at('V1: Hyvää', '.\nJatkuu');
  assert.deepEqual(withoutMarks(lines, [[0, 7], at('H: ', ': Mitä'), at('Mitä', '?'), sentence]), [
    [0, 7], at('Mitä', '?'), at('Hyvää', '.\nJatkuu'),
  ]);
});

test('marks come to every part they touch and to no other', () => {
  const lines = linesOf(TEXT, TURNS);
  const over = { id: 'a', start: TEXT.indexOf('Hyvää'), end: TEXT.indexOf('Jatkuu') + 3 };
  const at = { id: 'b', start: lines[1].start, end: lines[1].end };
  assert.deepEqual(
    marksByPart(lines, [over, at]).map((marks) => marks.map(({ id }) => id)),
    [[], ['b'], ['a'], ['a'], [], []],
  );
});

test('what is left to work on: not the interviewer, not a mark alone, nothing touched', () => {
  const lines = linesOf(TEXT, TURNS);
  const left = (marks, asks = (turn) => turn === 0) => untouchedLines(TEXT, lines, marks, asks);
  assert.deepEqual(left([]), [0, 2, 3, 5]);
  assert.deepEqual(left([], () => false), [0, 1, 2, 3, 5]);
  const word = { start: TEXT.indexOf('Jatkuu'), end: TEXT.indexOf('Jatkuu') + 2 };
  assert.deepEqual(left([word]), [0, 2, 5]);
  const mark = { start: lines[2].start, end: lines[2].start + 2 };
  assert.deepEqual(left([mark]), [0, 2, 3, 5]);
});

test('stripes side by side never overlap, and a passage keeps its lane', () => {
  const items = [
    { id: 'over', top: 0, bottom: 60, lane: 1 },
    { id: 'a', top: 0, bottom: 20 }, { id: 'b', top: 5, bottom: 30 }, { id: 'c', top: 25, bottom: 50 },
  ];
  const { placed, lanes } = lanesBeside(items);
  const lane = Object.fromEntries(placed.map((item) => [item.id, item.lane]));
  assert.deepEqual(lane, { over: 1, a: 0, b: 2, c: 0 });
  assert.equal(lanes, 3);
  assert.deepEqual(lanesBeside([]), { placed: [], lanes: 0 });
  const many = Array.from({ length: 30 }, (_, id) => ({ id, top: 0, bottom: 10 }));
  assert.equal(lanesBeside(many).lanes, MOST_LANES);
});

test('only passages over several lines get a lane of their own for all of them', () => {
  const lines = linesOf(TEXT, TURNS);
  const span = (id, from, to) => ({ id, start: TEXT.indexOf(from), end: TEXT.indexOf(to) });
  const lanes = lanesAcross(lines, [
    span('one', 'Hyvää', '.\nJatkuu'), span('two', 'Mitä', 'Jatkuu'), span('three', 'Hyvää', 'alla'),
  ]);
  assert.deepEqual([...lanes.keys()].sort(), ['three', 'two']);
  assert.notEqual(lanes.get('two'), lanes.get('three'));
});

test('labels that do not fit are counted, and those that do stand apart', () => {
  assert.deepEqual(fitLabels([0, 0], 2 * LABEL_HEIGHT), { tops: [0, LABEL_HEIGHT], hidden: 0 });
  const { tops, hidden } = fitLabels([0, 0, 0, 5, 9], 2 * LABEL_HEIGHT);
  assert.deepEqual([tops.length, hidden], [2, 3]);
  assert.deepEqual(fitLabels([4], 10), { tops: [0], hidden: 0 });
  assert.deepEqual(fitLabels([], 10), { tops: [], hidden: 0 });
});

test('a transcript is read in the long form however short it is', () => {
  assert.equal(isLong('lyhyt', []), false);
  assert.equal(isLong('lyhyt', TURNS), true);
  assert.equal(isLong('a'.repeat(5000), undefined), true);
});

test('bookmarks and speakers are on the screen before they are saved', () => {
  const row = (id, speakers) => readRow({
    id, text: TEXT, spans: [], reductions: [], speakers, bookmarks: [['k0', 4]], turns: [],
  });
  const rows = new Map([['d1', row('d1', [['H', true], ['V1', false]])], ['d2', row('d2', [['h', true]])]]);
  const after = (...ops) => withPending(rows, new Map(), ops).rows;
  const set = after({ op: 'bookmark', id: 'k1', doc: 'd1', position: 9 });
  assert.deepEqual(set.get('d1').bookmarks, [{ id: 'k0', position: 4 }, { id: 'k1', position: 9 }]);
  assert.equal(set.get('d2'), rows.get('d2'));
  assert.notEqual(signature(set.get('d1')), signature(rows.get('d1')));
  assert.deepEqual(after({ op: 'unbookmark', id: 'k0', doc: 'd1' }).get('d1').bookmarks, []);
  const spoken = after({ op: 'speaker', doc: 'd1', label: 'H', interviewer: false });
  assert.deepEqual(spoken.get('d1').speakers[0], { label: 'H', interviewer: false });
  assert.deepEqual(spoken.get('d2').speakers, [{ label: 'h', interviewer: false }]);
  assert.notEqual(signature(spoken.get('d2')), signature(rows.get('d2')));
  const same = after({ op: 'speaker', doc: 'd1', label: 'V1', interviewer: false });
  assert.equal(same.get('d1'), rows.get('d1'));
});
