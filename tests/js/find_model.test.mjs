import assert from 'node:assert/strict';
import { test } from 'node:test';

import {
  Decisions,
  Ticks,
  address,
  asCsv,
  counted,
  emptyQuestion,
  readQuestion,
  withHeadings,
} from '../../qualcode/ui/components/assets/find_model.js';
import { fill } from '../../qualcode/ui/components/assets/dom.js';

test('a kept question is read back, and nonsense in it is left out', () => {
  const asked = { text: 'apu', way: 'exact', where: ['memo', 'document'], group: 'asiakas', by_item: true };
  assert.deepEqual(readQuestion(asked), { ...asked, where: ['document', 'memo'] });
  assert.deepEqual(readQuestion(null), emptyQuestion());
  assert.deepEqual(readQuestion({ text: 3, way: 'sql', where: ['x'], group: {}, by_item: 1 }), emptyQuestion());
});

test('headings stand before each question and before each kind', () => {
  const lines = [
    { kind: 'document', number: '1', question: 'Mitä?' },
    { kind: 'document', number: '1', question: 'Mitä?' },
    { kind: 'document', number: '2', question: 'Miksi?' },
    { kind: 'memo' },
  ];
  const shape = withHeadings(lines, true).map((row) => row.heading ?? '-');
  assert.deepEqual(shape, ['1 Mitä?', '-', '-', '2 Miksi?', '-', 'memo', '-']);
  assert.equal(withHeadings(lines, false).length, 4);
});

test('only kinds with something found are counted', () => {
  const forms = { one: '{n} muistio', other: '{n} muistiota' };
  const texts = { count_document: { one: '{n} vastaus', other: '{n} vastausta' }, count_memo: forms };
  assert.deepEqual(counted({ document: 2, reduction: 0, memo: 1 }, texts, fill), ['2 vastausta', '1 muistio']);
});

test('every line has an address of its own', () => {
  assert.equal(address({ kind: 'document', id: 'a b' }), 'koodaus?vastaus=a%20b');
  assert.equal(address({ kind: 'reduction', id: 'r1' }), 'pelkistykset?pelkistys=r1');
  assert.equal(address({ kind: 'memo', id: 'm1' }), 'muistiot?muistio=m1');
});

test('a table for Excel holds quotes and line breaks, and never a formula', () => {
  const line = { who: 'A1', group: '', number: '2', left: '=1+1', words: 'a"b', right: ' c\nd', about: 'x' };
  const rows = asCsv(['Vastaaja', 'Ryhmä'], [line]).split('\r\n');
  assert.equal(rows[0], '\ufeff"Vastaaja";"Ryhmä"');
  assert.equal(rows[1], '"A1";"";"2";"\'=1+1";"a""b";"c d";"x"');
});

test('what an engine thinks is near is not ticked before the reader ticks it', () => {
  const rows = ['a', 'b', 'c'].map((id) => ({ id, spans: 1, carries: false }));
  const ticks = new Ticks(rows, { ticked: false });
  assert.deepEqual(ticks.chosen, []);
  ticks.set('b', true);
  assert.deepEqual(ticks.chosen, ['b']);
  // The list is read again: what the reader decided stays.
  const again = new Ticks(rows, { ticked: false, decided: ticks.decided });
  assert.deepEqual(again.chosen, ['b']);
});

test('what was left out stays left out when the list is read again', () => {
  const rows = ['a', 'b'].map((id) => ({ id, spans: 1, carries: false }));
  const ticks = new Ticks(rows);
  ticks.set('a', false);
  assert.deepEqual(new Ticks(rows, { decided: ticks.decided }).chosen, ['b']);
});

test('what was ticked for one code is not ticked for another, and is there on coming back', () => {
  const rows = ['a', 'b', 'c'].map((id) => ({ id, spans: 1, carries: false }));
  const decisions = new Decisions();
  const read = (code, ticked) => new Ticks(rows, { ticked, decided: decisions.of(code) });
  read('help', false).set('b', true);
  assert.deepEqual(read('help', false).chosen, ['b']);
  assert.deepEqual(read('money', false).chosen, []);
  read('money', true).set('a', false);
  assert.deepEqual(read('money', true).chosen, ['b', 'c']);
  assert.deepEqual(read('help', false).chosen, ['b']);
});

test('what was coded is decided no more; what was left out of it stays left out', () => {
  const rows = ['a', 'b', 'c'].map((id) => ({ id, spans: 1, carries: false }));
  const decisions = new Decisions();
  const ticks = new Ticks(rows, { ticked: false, decided: decisions.of('help') });
  ticks.set('a', true);
  ticks.set('b', false);
  decisions.done('help');
  // The act is undone: nothing carries the code any more.
  assert.deepEqual(new Ticks(rows, { ticked: false, decided: decisions.of('help') }).chosen, []);
  assert.deepEqual(new Ticks(rows, { decided: decisions.of('help') }).chosen, ['a', 'c']);
});

test('what carries the code already is never ticked', () => {
  const rows = [
    { id: 'a', spans: 1, carries: false },
    { id: 'b', spans: 1, carries: true },
    { id: 'c', spans: 0, carries: false },
    { id: 'd', spans: 2, carries: false },
  ];
  const ticks = new Ticks(rows);
  assert.deepEqual(ticks.chosen, ['a', 'd']);
  ticks.set('a', false);
  ticks.set('b', true);
  assert.deepEqual(ticks.chosen, ['d']);
  ticks.setAll(false);
  assert.deepEqual(ticks.chosen, []);
  ticks.setAll(true);
  assert.deepEqual(ticks.chosen, ['a', 'd']);
});
