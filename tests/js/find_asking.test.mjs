import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Asking } from '../../qualcode/ui/components/assets/find_asking.js';

// A server whose answers are given when the test says so.
function slow() {
  const asked = [];
  const ask = (verb, body, { signal }) =>
    new Promise((answer, fail) => {
      asked.push({ verb, body, signal, answer, fail });
      signal.addEventListener('abort', () => fail(new Error('aborted')));
    });
  return { asked, asking: new Asking(ask) };
}

test('who types on ends the older search, whose problem nobody hears', async () => {
  const { asked, asking } = slow();
  const first = asking.newest({ text: 'ap' });
  const second = asking.newest({ text: 'apu' });
  assert.equal(asked[0].signal.aborted, true);
  assert.equal(await first, null);
  assert.equal(asked[1].signal.aborted, false);
  asked[1].answer({ total: 2 });
  assert.deepEqual(await second, { total: 2 });
});

test('the numbers rise, also from one panel to the next', () => {
  const { asked, asking } = slow();
  asking.newest({ text: 'a' }).catch(() => {});
  asking.newest({ text: 'b' });
  const next = slow();
  next.asking.newest({ text: 'c' });
  const numbers = [...asked, ...next.asked].map(({ body }) => body.search);
  assert.deepEqual(numbers, [...numbers].sort((a, b) => a - b));
  assert.equal(new Set(numbers).size, 3);
});

test('a later page belongs to its search: under the same number, and ended with it', async () => {
  const { asked, asking } = slow();
  const first = asking.newest({ text: 'apu' });
  asked[0].answer({ next: 50 });
  await first;
  const page = asking.more({ text: 'apu' }, 50);
  assert.equal(asked[1].body.search, asked[0].body.search);
  assert.equal(asked[1].body.offset, 50);
  asking.leave();
  assert.equal(await page, null);
});

test('what the server left undone for a newer search is nothing to show', async () => {
  const { asked, asking } = slow();
  const search = asking.newest({ text: 'apu' });
  asked[0].answer({ replaced: true, lines: [] });
  assert.equal(await search, null);
});

test('the problem of the newest search is told', async () => {
  const { asked, asking } = slow();
  const search = asking.newest({ text: 'apu(' });
  asked[0].fail(new Error('refused'));
  await assert.rejects(search, /refused/);
});
