import assert from 'node:assert/strict';
import test, { afterEach } from 'node:test';

import { createOutbox } from '../../qualcode/ui/components/assets/outbox.js';

class Storage {
  #rows = new Map();
  getItem(key) {
    return this.#rows.get(key) ?? null;
  }
  setItem(key, value) {
    this.#rows.set(key, value);
  }
  removeItem(key) {
    this.#rows.delete(key);
  }
}

// A failed test must not leave an outbox that retries for ever.
const open = [];
afterEach(() => open.splice(0).forEach((outbox) => outbox.close()));

function box(options = {}) {
  const sent = [];
  const storage = options.storage ?? new Storage();
  const outbox = createOutbox({
    client: 'a',
    storageKey: 'k',
    send: (ops, client) => sent.push({ client, ops }),
    storage,
    retryAfter: 20,
    patience: 40,
    ...options,
  });
  open.push(outbox);
  return { outbox, sent, storage };
}

// Time is the test's own, so a busy machine changes nothing.
const pass = (t, ms) => {
  for (let i = 0; i < ms; i += 1) t.mock.timers.tick(1);
};
const holdTime = (t) => t.mock.timers.enable({ apis: ['setTimeout', 'Date'] });

test('every message carries all that is pending, in order', () => {
  const { outbox, sent } = box();
  for (const id of ['x', 'y', 'z']) outbox.act({ op: 'code', id });
  assert.deepEqual(sent.at(-1), {
    client: 'a',
    ops: [
      { op: 'code', id: 'x', seq: 1 },
      { op: 'code', id: 'y', seq: 2 },
      { op: 'code', id: 'z', seq: 3 },
    ],
  });
  outbox.close();
});

test('what the server has confirmed is forgotten, the rest stays', () => {
  const { outbox } = box();
  for (const id of ['x', 'y', 'z']) outbox.act({ op: 'code', id });
  outbox.acknowledge({ a: 2, somebody: 99 }, []);
  assert.deepEqual(outbox.pending.map((op) => op.id), ['z']);
  assert.equal(outbox.state, 'saving');
  outbox.acknowledge({ a: 3 }, []);
  assert.equal(outbox.state, 'saved');
});

test('an unconfirmed operation is sent again and again', (t) => {
  holdTime(t);
  const { outbox, sent } = box();
  outbox.act({ op: 'undo' });
  pass(t, 90);
  assert.ok(sent.length >= 3, `sent ${sent.length} times`);
  outbox.acknowledge({ a: 1 });
  const before = sent.length;
  pass(t, 60);
  assert.equal(sent.length, before, 'nothing is sent after the confirmation');
});

test('waiting too long shows as offline, and a confirmation ends it', (t) => {
  holdTime(t);
  const states = [];
  const { outbox } = box({ onChange: (state) => states.push(state) });
  outbox.act({ op: 'undo' });
  pass(t, 70);
  assert.equal(outbox.state, 'offline');
  outbox.acknowledge({ a: 1 });
  assert.deepEqual(states, ['saving', 'offline', 'saved']);
});

test('while nothing answers, the page is woken and the work sent, by turns', (t) => {
  holdTime(t);
  const calls = [];
  const { outbox } = box({
    patience: 10,
    send: () => calls.push('send'),
    wake: () => calls.push('wake'),
  });
  outbox.act({ op: 'undo' });
  pass(t, 110);
  assert.deepEqual(calls.slice(0, 4), ['send', 'wake', 'send', 'wake']);
  const before = calls.length;
  while (calls.at(-1) !== 'wake') pass(t, 5);
  outbox.acknowledge({}, []);
  assert.equal(calls.at(-1), 'send', 'the page that has just run gets the work at once');
  assert.ok(calls.length > before);
  outbox.acknowledge({ a: 1 });
});

test('a refusal is told once and rolled back', () => {
  const { outbox } = box();
  outbox.act({ op: 'code', id: 'x' });
  outbox.act({ op: 'code', id: 'y' });
  const refused = [{ client: 'a', seq: 1, message: 'No such code.' }];
  assert.deepEqual(
    outbox.acknowledge({ a: 1 }, refused).map(({ op, message }) => [op.id, message]),
    [['x', 'No such code.']],
  );
  assert.deepEqual(outbox.pending.map((op) => op.id), ['y']);
  assert.deepEqual(outbox.acknowledge({ a: 2 }, refused), []);
});

test('after a reload the older work goes first, under its own name and numbers', (t) => {
  holdTime(t);
  const first = box();
  first.outbox.act({ op: 'code', id: 'x' });
  first.outbox.act({ op: 'undo' });
  first.outbox.close();

  const second = box({ storage: first.storage, client: 'b' });
  second.outbox.act({ op: 'code', id: 'z' });
  pass(t, 5);
  assert.deepEqual(second.sent.at(-1), {
    client: 'a',
    ops: [
      { op: 'code', id: 'x', seq: 1 },
      { op: 'undo', seq: 2 },
    ],
  });
  second.outbox.acknowledge({ a: 2 });
  assert.deepEqual(second.sent.at(-1), { client: 'b', ops: [{ op: 'code', id: 'z', seq: 1 }] });
  second.outbox.acknowledge({ a: 2, b: 1 });
  assert.equal(first.storage.getItem('k'), null, 'nothing is left to send');
  second.outbox.close();
});

test('a broken copy or a full storage costs the copy only', (t) => {
  const warnings = t.mock.method(console, 'warn', () => {});
  const storage = new Storage();
  storage.setItem('k', '{broken');
  storage.setItem = () => {
    throw new Error('QuotaExceededError');
  };
  const { outbox, sent } = box({ storage });
  outbox.act({ op: 'undo' });
  assert.equal(sent.length, 1);
  assert.equal(warnings.mock.callCount(), 2);
  outbox.close();
});

const many = (outbox, count, extra = {}) => {
  for (let n = 0; n < count; n += 1) outbox.act({ op: 'code', id: `k${n}`, ...extra });
};

test('what has gathered without a connection travels in pieces, and all of it arrives', () => {
  const { outbox, sent } = box();
  many(outbox, 2345);
  let pieces = 0;
  while (outbox.pending.length) {
    const { ops } = sent.at(-1);
    assert.ok(ops.length <= 500);
    assert.equal(ops[0].seq, outbox.pending[0].seq, 'in order');
    outbox.acknowledge({ a: ops.at(-1).seq });
    pieces += 1;
  }
  assert.ok(pieces < 12, `${pieces} pieces`);
  assert.equal(outbox.state, 'saved');
});

test('pieces are small in bytes too; an operation that is long alone goes alone', () => {
  const { outbox, sent } = box();
  const long = 'ä'.repeat(90_000);
  many(outbox, 5, { text: long });
  outbox.acknowledge({ a: 1 });
  const bytes = new TextEncoder().encode(JSON.stringify(sent.at(-1).ops)).length;
  assert.ok(bytes < 450_000, `${bytes} bytes`);
  assert.equal(sent.at(-1).ops.length, 2);
  const { outbox: other, sent: sentAlone } = box();
  many(other, 2, { text: 'ä'.repeat(500_000) });
  assert.equal(sentAlone.at(-1).ops.length, 1);
});

test('an error of the server is tried again ever more seldom, then a person is asked', (t) => {
  holdTime(t);
  const storage = new Storage();
  const { outbox, sent } = box({ storage });
  many(outbox, 3);
  const times = [];
  for (let tries = 0; outbox.state !== 'stopped' && tries < 20; tries += 1) {
    const before = sent.length;
    outbox.failed();
    let waited = 0;
    while (sent.length === before && outbox.state !== 'stopped') {
      t.mock.timers.tick(500);
      waited += 500;
    }
    if (sent.length > before) times.push(waited);
  }
  assert.deepEqual(times, [...times].sort((a, b) => a - b));
  assert.ok(times.length >= 4 && times.length <= 10, `${times.length} tries`);
  assert.deepEqual(sent.at(-1).ops.map((op) => op.id), ['k0'], 'one at a time finds the culprit');
  const silent = sent.length;
  t.mock.timers.tick(600_000);
  assert.equal(sent.length, silent, 'not for ever');
  outbox.act({ op: 'code', id: 'later' });
  assert.equal(outbox.state, 'stopped');
  assert.equal(JSON.parse(storage.getItem('k')).length, 4, 'nothing is lost meanwhile');

  outbox.tryAgain();
  assert.equal(outbox.state, 'saving');
  assert.equal(sent.at(-1).ops.length, 4);
  outbox.acknowledge({ a: 4 });
  assert.equal(outbox.state, 'saved');
});

test('the act that the server cannot take is left out, and the others are saved', (t) => {
  holdTime(t);
  const { outbox, sent } = box();
  many(outbox, 3);
  for (let n = 0; n < 10; n += 1) outbox.failed();
  assert.equal(outbox.state, 'stopped');
  assert.equal(outbox.leaveOut().id, 'k0');
  assert.deepEqual(sent.at(-1).ops.map((op) => op.id), ['k1', 'k2']);
});
