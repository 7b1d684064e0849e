import assert from 'node:assert/strict';
import test from 'node:test';

import { CodeChoices } from '../../qualcode/ui/components/assets/code_choices.js';

const code = (id, label, book = 'A', parent = '') => ({ id, label, book, parent });
const shown = (groups) => groups.map((group) => (
  [group.book ?? group.kind, ...group.codes.map((c) => c.label)]));

test('with nothing typed: recent codes, then the nearest, then each codebook in Finnish order', () => {
  const choices = new CodeChoices([
    code('1', 'Öljy'), code('2', 'Aika'), code('3', 'Ääni'), code('4', 'Zeta', 'B'), code('5', 'Ilo'),
  ], 'fi');
  assert.deepEqual(shown(choices.groups('', { recent: ['3'], nearest: ['4', '3'] })), [
    ['recent', 'Ääni'], ['nearest', 'Zeta'], ['A', 'Aika', 'Ilo', 'Öljy'],
  ]);
});

test('when something is typed only what fits stays, best first within a codebook', () => {
  const choices = new CodeChoices([code('1', 'Oma aika'), code('2', 'Aika'), code('3', 'Valta')], 'fi');
  assert.deepEqual(shown(choices.groups('ai')), [['A', 'Aika', 'Oma aika']]);
  assert.deepEqual(shown(choices.groups('a', { recent: ['3', 'gone'] })), [
    ['recent', 'Valta'], ['A', 'Aika', 'Oma aika'],
  ]);
});

const tree = new CodeChoices([
  code('r', 'Roolit'), code('a', 'Asiakas', 'A', 'r'), code('o', 'Oppija', 'A', 'a'),
  code('t', 'Työntekijä', 'A', 'r'), code('x', 'Muu', 'B'),
], 'fi');
const branchAt = (id, now = null) => tree.branchAt(tree.code(id), now);

test('a branch is what lies under a code, however deep', () => {
  const branch = branchAt('r');
  assert.deepEqual(shown(tree.groups('', { branch })), [['A', 'Asiakas', 'Oppija', 'Työntekijä']]);
  assert.deepEqual(tree.path(branch), ['A', 'Roolit']);
  assert.deepEqual(shown(tree.groups('', { branch: branchAt('a'), recent: ['t'] })), [['A', 'Oppija']]);
});

test('asked at a code without children it is limited to its siblings or its codebook, once', () => {
  assert.deepEqual(branchAt('t'), { code: tree.code('r') });
  assert.equal(branchAt('t', branchAt('r')), null);
  assert.deepEqual(branchAt('x'), { book: 'B' });
  assert.deepEqual(tree.path(branchAt('x')), ['B']);
  assert.deepEqual(shown(tree.groups('', { branch: branchAt('x') })), [['B', 'Muu']]);
});
