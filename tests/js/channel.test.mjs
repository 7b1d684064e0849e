import assert from 'node:assert/strict';
import { test } from 'node:test';

import { createChannel } from '../../qualcode/ui/components/assets/channel.js';

function channelWith(answers) {
  const asked = [];
  const woken = [];
  let time = 0;
  const channel = createChannel({
    wake: () => woken.push(time),
    now: () => time,
    fetch: async (address, options) => {
      asked.push({ address, ...options });
      const answer = answers.shift();
      if (answer instanceof Error) throw answer;
      const [status, body] = answer;
      return {
        status,
        ok: status < 300,
        json: async () => JSON.parse(body),
      };
    },
  });
  return { channel, asked, woken, pass: (ms) => { time += ms; } };
}

test('a question goes to its verb with the name of the desk, as JSON', async () => {
  const { channel, asked } = channelWith([[200, '{"ack":{"a":1}}']]);
  channel.open({ path: '/qc/', token: 'desk-1' });
  assert.deepEqual(await channel.ask('ops', { ops: [] }), { ack: { a: 1 } });
  assert.equal(asked[0].address, '/qc/ops');
  assert.equal(asked[0].method, 'POST');
  assert.equal(asked[0].headers['X-Qualcode-Desk'], 'desk-1');
  assert.equal(asked[0].headers['Content-Type'], 'application/json');
  assert.equal(asked[0].body, '{"ops":[]}');
});

test('nothing is asked before the channel is open', async () => {
  const { channel, asked } = channelWith([]);
  await assert.rejects(channel.ask('news'), { kind: 'lost' });
  assert.equal(asked.length, 0);
});

test('a refusal carries the sentence of the server', async () => {
  const { channel } = channelWith([[409, '{"error":"Tutkimus on poissa."}']]);
  channel.open({ path: '/qc/', token: 't' });
  await assert.rejects(channel.ask('news'), { kind: 'refused', message: 'Tutkimus on poissa.' });
});

test('no connection and a server that is away are lost', async () => {
  const away = [502, 503, 504].map((status) => [status, '<html>']);
  const { channel } = channelWith([new TypeError('failed'), [200, '<html>'], ...away]);
  channel.open({ path: '/qc/', token: 't' });
  for (let n = 0; n < 5; n += 1) await assert.rejects(channel.ask('news'), { kind: 'lost' });
});

test('a server that meets an error or takes no such question is broken', async () => {
  const broken = [500, 501, 400, 403, 404, 413, 415, 409].map((status) => [status, '<html>']);
  const { channel } = channelWith([...broken]);
  channel.open({ path: '/qc/', token: 't' });
  for (const [status] of broken) {
    await assert.rejects(channel.ask('news'), { kind: 'broken' }, String(status));
  }
});

test('an unknown desk wakes the page, not at every question', async () => {
  const gone = [410, '{"error":"x"}'];
  const { channel, woken, pass } = channelWith([gone, gone, gone, gone, [200, '{}']]);
  channel.open({ path: '/qc/', token: 'old' });
  await assert.rejects(channel.ask('news'), { kind: 'gone' });
  await assert.rejects(channel.ask('ops'), { kind: 'gone' });
  assert.equal(woken.length, 1);
  pass(5000);
  await assert.rejects(channel.ask('ops'), { kind: 'gone' });
  assert.equal(woken.length, 2);
  // The page has run meanwhile: an answer to the old name says nothing of the new one.
  pass(5000);
  const late = channel.ask('ops');
  channel.open({ path: '/qc/', token: 'new' });
  await assert.rejects(late, { kind: 'gone' });
  assert.equal(woken.length, 2);
  assert.deepEqual(await channel.ask('ops'), {});
});
