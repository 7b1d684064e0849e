import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';

import { parse, plainText } from '../../qualcode/ui/components/assets/memo_text.js';

const examples = JSON.parse(readFileSync(new URL('../memo_markdown.json', import.meta.url), 'utf8'));
const style = (p) => [p.bold && 'b', p.italic && 'i', p.code && 'c', p.link && `@${p.link}`]
  .filter(Boolean).join('');

test('the browser reads a memo as the server does', () => {
  assert.ok(examples.length > 15);
  for (const [text, blocks] of examples) {
    const read = parse(text).map((block) => [
      block.kind, block.level, block.mark, block.pieces.map((piece) => [piece.text, style(piece)]),
    ]);
    assert.deepEqual(read, blocks, text);
  }
});

test('the words alone, on one line', () => {
  assert.equal(plainText('**Huom:** katso [[koodi:Toivo]]\n\n- ja muut'), 'Huom: katso Toivo ja muut');
});
