import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

import { Reading } from '../../qualcode/ui/components/assets/marker_reading.js';

const LINES = Array.from({ length: 100 }, (_, n) => ({ start: n * 50 }));

let frames = [];

beforeEach(() => {
  frames = [];
  globalThis.window = new EventTarget();
  globalThis.document = new EventTarget();
  globalThis.requestAnimationFrame = (draw) => frames.push(draw);
});

// A long text of lines 20 px high, of which the reader had left off at the fortieth.
function aDesk() {
  const list = Object.assign(new EventTarget(), { scrollTop: 0 });
  const form = {
    lines: LINES,
    tops: LINES.map((_, n) => n * 20),
    lineAt: (y) => Math.floor(y / 20),
    topOf: (position) => (position / 50) * 20,
  };
  const answer = { id: 'h', long: true, form, element: { offsetTop: 0, isConnected: true }, selected: () => null };
  const handlers = {};
  return {
    active: answer,
    handlers,
    keys: { bind() {} },
    layout: { list, fitWindow() {} },
    memory: { doc: 'h', reading: { doc: 'h', line: 2000, offset: 5, selected: null }, keep() {} },
    on: (name, handle) => { handlers[name] = handle; },
    options: {},
    picking: { unpick() {} },
    root: new EventTarget(),
    rows: { has: (id) => id === 'h', get: () => answer, activeId: 'h' },
  };
}

async function drawn() {
  for (const draw of frames.splice(0)) await draw();
}

test('what the list does before the reader is back takes no place away', async () => {
  const desk = aDesk();
  const reading = new Reading(desk);
  desk.handlers.data();
  reading.keep(); // a slow page: the list has scrolled meanwhile by itself
  assert.equal(desk.memory.reading.line, 2000);
  await drawn();
  assert.equal(desk.layout.list.scrollTop, 805);
  desk.layout.list.scrollTop = 1000;
  reading.keep();
  assert.equal(desk.memory.reading.line, 2500);
  desk.handlers.close();
});

test('a list that has left the page is at no place', async () => {
  const desk = aDesk();
  const reading = new Reading(desk);
  desk.handlers.data();
  await drawn();
  Object.assign(desk.active.element, { isConnected: false });
  desk.layout.list.scrollTop = 0;
  reading.keep();
  assert.equal(desk.memory.reading.line, 2000);
  desk.handlers.close();
});

test('whoever scrolls and at once clicks elsewhere finds the place again', async () => {
  const desk = aDesk();
  const reading = new Reading(desk);
  assert.ok(reading);
  desk.handlers.data();
  await drawn();
  desk.layout.list.scrollTop = 1200;
  document.dispatchEvent(new Event('pointerdown'));
  assert.equal(desk.memory.reading.line, 2000, 'nobody has scrolled');
  desk.layout.list.dispatchEvent(new Event('scroll'));
  document.dispatchEvent(new Event('pointerdown'));
  assert.equal(desk.memory.reading.line, 3000);
  desk.handlers.close();
});
