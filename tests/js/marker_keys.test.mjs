import assert from 'node:assert/strict';
import test from 'node:test';

import { Keys, keyName } from '../../qualcode/ui/components/assets/marker_keys.js';

const pressed = (key, ...modifiers) => keyName({
  key,
  ctrlKey: modifiers.includes('ctrl'),
  metaKey: modifiers.includes('meta'),
  altKey: modifiers.includes('alt'),
  shiftKey: modifiers.includes('shift'),
});

test('letters are told apart by their modifiers, not by caps lock', () => {
  assert.equal(pressed('j'), 'j');
  assert.equal(pressed('J'), 'j');
  assert.equal(pressed('S', 'shift'), 'Shift+s');
  assert.equal(pressed('Z', 'ctrl', 'shift'), 'Ctrl+Shift+z');
  assert.equal(pressed('z', 'meta'), 'Ctrl+z');
  assert.equal(pressed('Ä', 'shift'), 'Shift+ä');
});

test('a sign is itself on every keyboard', () => {
  assert.equal(pressed('['), '[');
  assert.equal(pressed('[', 'ctrl', 'alt'), '[', 'AltGr+8 on Windows');
  assert.equal(pressed('[', 'alt'), '[', 'Option+8 on a Mac');
  assert.equal(pressed('?', 'shift'), '?');
  assert.equal(pressed(',', 'ctrl'), 'Ctrl+,', 'a key of the browser');
});

test('digits and named keys keep what is held with them', () => {
  assert.equal(pressed('1'), '1');
  assert.equal(pressed('1', 'shift'), '1', 'a French keyboard writes digits with Shift');
  assert.equal(pressed('1', 'alt'), 'Alt+1');
  assert.equal(pressed('ArrowRight', 'shift'), 'Shift+ArrowRight');
  assert.equal(pressed('ArrowRight', 'alt', 'shift'), 'Alt+Shift+ArrowRight');
  assert.equal(pressed(' ', 'shift'), 'Shift+ ');
});

test('whoever only reads is told so by a key that acts, and keeps what else the key means', () => {
  const did = [];
  const desk = {
    readsOnly: true,
    active: {},
    texts: { reads_only: 'here you read' },
    root: { addEventListener() {} },
    say: (text) => did.push(text),
    timings: { during: (act) => act() },
  };
  const keys = new Keys(desk);
  keys.bind('d', () => did.push('divided'), { name: 'divide', acts: true });
  keys.bind('ArrowRight', () => did.push('a word more'), { name: 'word' });
  keys.bind('ArrowRight', () => did.push('longer'), { name: 'stretch', when: () => true, acts: true });
  const press = (key) => keys.press({
    key, target: { closest: () => null }, preventDefault() {}, stopPropagation() {},
  });
  press('d');
  press('ArrowRight');
  desk.readsOnly = false;
  press('d');
  press('ArrowRight');
  assert.deepEqual(did, ['here you read', 'a word more', 'divided', 'longer']);
});

test('two parts cannot have the same key', () => {
  const keys = new Keys({ root: { addEventListener() {} } });
  keys.bind('v', () => {}, { name: 'code in vivo' });
  assert.throws(() => keys.bind('v', () => {}, { name: 'paste' }), /code in vivo/u);
});
