import assert from 'node:assert/strict';
import test from 'node:test';

import {
  applyOperations,
  arrange,
  boardFrom,
  canMerge,
  canMove,
  canPlace,
  cardsIn,
  commonPlace,
  grabbed,
  rangeBetween,
  topmost,
} from '../../qualcode/ui/components/assets/category_board_model.js';

// care (main) > comforting (sub): a, b | helping (sub): c      work (main) > hurry (sub)
const data = {
  categories: [
    { id: 'care', name: 'Care', level: 3, parent: null, origin: 'data', cards: [] },
    { id: 'comforting', name: 'Comforting', level: 1, parent: 'care', origin: 'data',
      cards: [['a', 'held my hand', 2], ['b', 'stayed with me', 1]] },
    { id: 'helping', name: 'Helping', level: 1, parent: 'care', origin: 'data',
      cards: [['c', 'filled in the form', 1]] },
    { id: 'work', name: 'Work', level: 3, parent: null, origin: 'theory', cards: [] },
    { id: 'hurry', name: 'Hurry', level: 1, parent: 'work', origin: 'theory', cards: [] },
  ],
  unplaced: { cards: [['x', 'no time', 1], ['y', 'short visits', 3]], total: 2, all: 2 },
};
const before = boardFrom(data);

/** The tree as text: "care > comforting: a b" a line, and what has no place last. */
function drawn(board) {
  const { children, cards } = arrange(board);
  const lines = [];
  const walk = (parent, path) => {
    for (const one of children.get(parent) ?? []) {
      const here = [...path, one.id];
      const own = (cards.get(one.id) ?? []).map((card) => card.id);
      lines.push(`${here.join(' > ')}${own.length ? `: ${own.join(' ')}` : ''}`);
      walk(one.id, here);
    }
  };
  walk(null, []);
  return [...lines, `- ${(cards.get(null) ?? []).map((card) => card.id).join(' ')}`];
}
const after = (...operations) => drawn(applyOperations(before, operations));

test('the board is drawn in the order the server gives', () => {
  assert.deepEqual(drawn(before), [
    'care',
    'care > comforting: a b',
    'care > helping: c',
    'work',
    'work > hurry',
    '- x y',
  ]);
});

test('cards go last into a category, or before a named card, in the order they were given', () => {
  assert.equal(after({ op: 'place', reductions: ['y', 'x'], category: 'comforting' })[1],
    'care > comforting: a b y x');
  assert.equal(after({ op: 'place', reductions: ['x', 'y'], category: 'comforting', before: 'b' })[1],
    'care > comforting: a x y b');
});

test('a card that loses its place stands by its wording, as the server will list it', () => {
  // held my hand | no time | short visits | stayed with me
  assert.equal(after({ op: 'place', reductions: ['b', 'a'], category: null }).at(-1), '- a x y b');
});

test('a reduction lies in a subcategory only', () => {
  assert.ok(canPlace(before, 'hurry') && canPlace(before, null));
  assert.ok(!canPlace(before, 'care'));
  assert.deepEqual(after({ op: 'place', reductions: ['x'], category: 'care' }), drawn(before));
});

test('moving a subcategory takes its reductions along', () => {
  assert.deepEqual(after({ op: 'move', categories: ['comforting'], under: 'work', before: 'hurry' }), [
    'care',
    'care > helping: c',
    'work',
    'work > comforting: a b',
    'work > hurry',
    '- x y',
  ]);
});

test('a category lies under one of a higher level, never under itself', () => {
  assert.ok(canMove(before, 'hurry', 'care') && canMove(before, 'hurry', null));
  assert.ok(!canMove(before, 'care', 'work'), 'same level');
  assert.ok(!canMove(before, 'care', 'comforting'), 'its own subcategory');
  assert.deepEqual(after({ op: 'move', categories: ['care'], under: 'comforting' }), drawn(before));
});

test('merging gathers the members and the others disappear', () => {
  assert.ok(canMerge(before, ['comforting', 'helping']));
  assert.ok(!canMerge(before, ['care', 'helping']) && !canMerge(before, ['care']));
  assert.deepEqual(after({ op: 'merge', into: 'helping', others: ['comforting', 'hurry'] }), [
    'care',
    'care > helping: c a b',
    'work',
    '- x y',
  ]);
});

test('splitting puts a new category beside the old one', () => {
  const split = { op: 'split', id: 'comforting', new: 'near', name: 'Near', members: ['b'] };
  assert.deepEqual(after(split).slice(0, 4), [
    'care',
    'care > comforting: a',
    'care > helping: c',
    'care > near: b',
  ]);
});

test('a removed category leaves its reductions without a place and its children on top', () => {
  assert.deepEqual(after({ op: 'remove', id: 'comforting' }).at(-1), '- a x y b');
  assert.deepEqual(after({ op: 'remove', id: 'work' }).slice(-2), ['hurry', '- x y']);
});

test('a new category can hold cards or categories from the start', () => {
  const add = { op: 'add', id: 'n', name: 'N', level: 1, under: 'work', reductions: ['x'] };
  assert.ok(after(add).includes('work > n: x'));
  const above = { op: 'add', id: 'n', name: 'N', level: 2, under: 'care', categories: ['helping'] };
  assert.ok(after(above).includes('care > n > helping: c'));
  assert.deepEqual(after(add, add), after(add), 'a resent operation adds nothing');
});

test('accepted groups become subcategories at once', () => {
  const group = { key: 'k', id: 'g', name: 'Hurry at work', under: 'work', members: ['x', 'y'] };
  assert.deepEqual(after({ op: 'accept_groups', groups: [group] }).slice(-2), [
    'work > g: x y',
    '- ',
  ]);
});

test('an accepted group of categories becomes a category above them at once', () => {
  const free = [{ op: 'move', categories: ['comforting', 'helping'], under: null }];
  const group = { key: 'k', id: 'g', name: 'Being there', level: 2, members: ['comforting', 'hurry'] };
  const now = applyOperations(before, [...free, { op: 'accept_groups', groups: [group] }]);
  assert.equal(now.categories.get('g').level, 2);
  assert.equal(now.categories.get('comforting').parent, 'g');
  assert.equal(now.categories.get('hurry').parent, 'work', 'what has a place stays there');
});

test('a member that has got a place meanwhile does not move with its group', () => {
  const group = { key: 'k', id: 'g', name: 'Hurry at work', under: 'work', members: ['x', 'a'] };
  const now = applyOperations(before, [{ op: 'accept_groups', groups: [group] }]);
  assert.equal(now.cards.get('x').category, 'g');
  assert.equal(now.cards.get('a').category, 'comforting');
});

test('a group of which no member is left to place makes no empty category', () => {
  const group = { key: 'k', id: 'g', name: 'Hurry at work', under: 'work', members: ['a', 'c'] };
  assert.deepEqual(after({ op: 'accept_groups', groups: [group] }), drawn(before));
});

test('undo takes back what is not yet confirmed, and no more', () => {
  const place = { op: 'place', reductions: ['x'], category: 'hurry' };
  const acts = [{ ...place, seq: 1 }, { op: 'undo', of: { client: 'a', seq: 1 }, seq: 2 }];
  assert.deepEqual(after(...acts), drawn(before));
  assert.deepEqual(after({ op: 'undo', number: 7, seq: 1 }, { ...place, seq: 2 }), after(place));
  assert.deepEqual(after({ ...place, seq: 1 }, { op: 'undo', number: 7, seq: 2 }), after(place));
});

test('an operation on something that is gone changes nothing', () => {
  for (const operation of [
    { op: 'rename', id: 'gone', name: 'x' },
    { op: 'remove', id: 'gone' },
    { op: 'merge', into: 'gone', others: ['helping'] },
    { op: 'place', reductions: ['gone'], category: 'hurry' },
    { op: 'add', id: 'n', name: 'N', level: 1, under: 'gone' },
    { op: 'unheard of' },
  ]) {
    assert.deepEqual(after(operation), drawn(before), operation.op);
  }
});

test('no operation loses a card or shows it twice', () => {
  const operations = [
    { op: 'place', reductions: ['x', 'a', 'c'], category: 'hurry', before: 'gone' },
    { op: 'merge', into: 'comforting', others: ['hurry'] },
    { op: 'split', id: 'comforting', new: 's', name: 'S', members: ['x', 'b'] },
    { op: 'move', categories: ['s', 'helping'], under: null },
    { op: 'remove', id: 's' },
  ];
  for (let n = 1; n <= operations.length; n += 1) {
    const board = applyOperations(before, operations.slice(0, n));
    const places = [null, ...board.categories.keys()];
    const shown = places.flatMap((place) => cardsIn(board, place).map((card) => card.id));
    assert.deepEqual(shown.toSorted(), ['a', 'b', 'c', 'x', 'y'], operations[n - 1].op);
  }
});

test('reductions are counted up the tree', () => {
  const { reductions } = arrange(before);
  assert.deepEqual(
    ['care', 'comforting', 'helping', 'work', 'hurry'].map((id) => reductions.get(id)),
    [3, 2, 1, 0, 0],
  );
});

test('a range is selected in the order shown, whichever end comes first', () => {
  const order = ['r:1', 'r:2', 'r:3', 'r:4'];
  assert.deepEqual(rangeBetween(order, 'r:3', 'r:1'), ['r:1', 'r:2', 'r:3']);
  assert.deepEqual(rangeBetween(order, 'r:2', 'r:4'), ['r:2', 'r:3', 'r:4']);
  assert.deepEqual(rangeBetween(order, 'gone', 'r:2'), ['r:2']);
  assert.deepEqual(rangeBetween(order, 'r:2', 'gone'), []);
});

test('a drag takes the selection of its kind along, or only what was grabbed', () => {
  const order = ['r:1', 'r:2', 'c:1', 'r:3'];
  const selection = new Set(['r:3', 'c:1', 'r:1']);
  assert.deepEqual(grabbed(selection, order, 'r:3'), ['r:1', 'r:3']);
  assert.deepEqual(grabbed(selection, order, 'r:2'), ['r:2']);
});

test('of selected categories only the topmost move', () => {
  assert.deepEqual(topmost(before, ['care', 'helping', 'hurry']), ['care', 'hurry']);
});

test('the common place of cards and of categories', () => {
  assert.equal(commonPlace(before, ['a', 'b'], 'card'), 'comforting');
  assert.equal(commonPlace(before, ['a', 'c'], 'card'), undefined);
  assert.equal(commonPlace(before, ['x', 'y'], 'card'), null);
  assert.equal(commonPlace(before, ['comforting', 'helping'], 'category'), 'care');
});

test('what is pinned shows at once, and loses its pin with its place', () => {
  const pinnedOf = (...operations) => {
    const { cards, categories } = applyOperations(before, operations);
    return [...categories.values(), ...cards.values()].filter((one) => one.pinned).map((one) => one.id);
  };
  const pin = { op: 'pin_place', ids: ['a', 'hurry', 'x'] };
  assert.deepEqual(pinnedOf(pin), ['hurry', 'a'], 'x has no place to be fixed in');
  assert.deepEqual(pinnedOf(pin, { op: 'unpin_place', ids: ['a'] }), ['hurry']);
  const moved = { op: 'place', reductions: ['a'], category: 'helping' };
  assert.deepEqual(pinnedOf(pin, moved), ['hurry', 'a'], 'a pin goes along');
  assert.deepEqual(pinnedOf(pin, { ...moved, category: null }), ['hurry']);
  assert.deepEqual(pinnedOf(pin, { op: 'remove', id: 'comforting' }), ['hurry']);
});

test('a group accepted into a category makes no new one', () => {
  const joining = { key: 'k', id: 'new', name: 'Hurry', joins: 'hurry', members: ['x', 'a'] };
  const lines = after({ op: 'accept_groups', groups: [joining] });
  assert.deepEqual(lines.slice(-2), ['work > hurry: x', '- y'], 'a has a place already');
  const gone = { ...joining, joins: 'gone' };
  assert.deepEqual(after({ op: 'accept_groups', groups: [gone] }), drawn(before));
});
