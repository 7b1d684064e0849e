// The Markdown of memos, as qualcode/domain/markdown.py reads it: the two share one table of examples
// (tests/memo_markdown.json). Gives plain values and elements made of text only, so that a memo can
// bring no markup onto the page and load nothing: pictures are left out, an address of the world outside
// is text. A link to a thing of the study opens it.

import { h } from './dom.js';

const HEADING = /^(#{1,6}) +(.*?)(?: +#+)? *$/u;
const ITEM = /^( *)(?:([-*+•])|(\d{1,9})[.)]) +(.*)$/u;
const QUOTE = /^ {0,3}> ?(.*)$/u;
const FENCE = /^ {0,3}(```+|~~~+).*$/u;
const WORD = '[\\p{L}\\p{N}_]';

const INLINE = new RegExp([
  '\\\\(?<escaped>[\\\\`*_{}\\[\\]()#+\\-.!|<>~$:&])',
  '`(?<code>[^`\\n]+)`',
  '\\[\\[(?<thing>[^\\[\\]|\\n]+)(?:\\|(?<called>[^\\[\\]\\n]+))?\\]\\]',
  '!\\[(?<picture>[^\\[\\]\\n]*)\\]\\([^()\\n]*\\)',
  '\\[(?<words>[^\\[\\]\\n]+)\\]\\((?<address>[^()\\s]+)\\)',
  '(?<bare>https?://[^\\s<>()\\[\\]]*[^\\s<>()\\[\\].,;:!?\'"])',
  '\\*\\*(?<bold>(?=\\S)[^\\n]+?(?<=\\S))\\*\\*',
  `(?<!${WORD})__(?<bold2>(?=\\S)[^\\n]+?(?<=\\S))__(?!${WORD})`,
  '\\*(?<italic>(?=[^\\s*])[^*\\n]+?(?<=\\S))\\*',
  `(?<!${WORD})_(?<italic2>(?=[^\\s_])[^_\\n]+?(?<=\\S))_(?!${WORD})`,
].join('|'), 'gu');

// text -> [{kind, pieces, level, mark}]; kind is paragraph, heading, item, quote or code.
export function parse(text) {
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  const blocks = [];
  let waiting = [];
  let kind = 'paragraph';
  const add = (of, pieces, level = 0, mark = '') => blocks.push({ kind: of, pieces, level, mark });
  const finish = () => {
    if (waiting.length) add(kind, inline(waiting.join('\n')));
    waiting = [];
  };
  for (let n = 0; n < lines.length; n += 1) {
    const line = lines[n].trimEnd();
    let found;
    if ((found = FENCE.exec(line))) {
      finish();
      const inside = [];
      for (n += 1; n < lines.length && !lines[n].trim().startsWith(found[1]); n += 1) {
        inside.push(lines[n]);
      }
      add('code', [{ text: inside.join('\n'), code: true }]);
    } else if ((found = HEADING.exec(line))) {
      finish();
      add('heading', inline(found[2]), Math.min(found[1].length, 3));
    } else if ((found = ITEM.exec(line))) {
      finish();
      const level = Math.min(Math.floor(found[1].length / 2), 3);
      add('item', inline(found[4]), level, found[2] ? '•' : `${found[3]}.`);
    } else if ((found = QUOTE.exec(line))) {
      if (kind !== 'quote') finish();
      kind = 'quote';
      waiting.push(found[1]);
    } else if (!line.trim()) {
      finish();
      kind = 'paragraph';
    } else {
      if (kind !== 'paragraph') finish();
      kind = 'paragraph';
      waiting.push(line.trim());
    }
  }
  finish();
  return blocks;
}

// A run of text -> [{text, bold?, italic?, code?, link?}]
function inline(text, style = {}) {
  const pieces = [];
  let written = '';
  let at = 0;
  const put = (words, more) => pieces.push({ ...style, ...more, text: words });
  for (const found of text.matchAll(INLINE)) {
    const g = found.groups;
    written += text.slice(at, found.index);
    at = found.index + found[0].length;
    if (g.escaped || g.picture !== undefined) {
      written += g.escaped ?? g.picture;
      continue;
    }
    if (written) put(written);
    written = '';
    if (g.code) put(g.code, { code: true });
    else if (g.thing) {
      const name = g.thing.slice(g.thing.indexOf(':') + 1).trim();
      put(g.called || (g.thing.includes(':') && name) || g.thing, { link: g.thing.trim() });
    } else if (g.words) put(g.words, { link: g.address });
    else if (g.bare) put(g.bare, { link: g.bare });
    else if (g.bold ?? g.bold2) pieces.push(...inline(g.bold ?? g.bold2, { ...style, bold: true }));
    else pieces.push(...inline(g.italic ?? g.italic2, { ...style, italic: true }));
  }
  written += text.slice(at);
  if (written) put(written);
  return pieces;
}

// The words alone, on one line.
export function plainText(text) {
  return parse(text)
    .map((block) => block.pieces.map((piece) => piece.text).join(''))
    .join(' ')
    .replace(/\s+/gu, ' ')
    .trim();
}

// The memo as elements. `links`: link as written -> [what its thing is called, whether it is there, its
// kind, its id]; `opener` opens a thing (see thing_opener.js), and without one links are words.
export function memoElement(text, links = {}, opener = null) {
  return h('div', { class: 'qc-memo-body' }, ...parse(text).map((block) => {
    const inside = block.pieces.map((piece) => pieceElement(piece, links, opener));
    switch (block.kind) {
      case 'heading':
        return h('p', {}, h('strong', {}, ...inside));
      case 'item':
        return h('p', { class: 'qc-memo-item', style: { '--level': String(block.level) } },
          h('span', { class: 'qc-memo-mark' }, block.mark), h('span', {}, ...inside));
      case 'quote':
        return h('blockquote', {}, ...inside);
      case 'code':
        return h('pre', {}, ...inside);
      default:
        return h('p', {}, ...inside);
    }
  }));
}

function pieceElement(piece, links, opener) {
  const [called, there, kind, id] = links[piece.link] ?? [];
  if (called !== undefined) {
    const bare = [piece.link, piece.link.slice(piece.link.indexOf(':') + 1).trim()];
    const words = bare.includes(piece.text) ? called : piece.text;
    if (there && opener) return linkElement(words, kind, id, opener);
    return h(there ? 'b' : 's', { class: 'qc-memo-link' }, words);
  }
  if (piece.link && piece.link !== piece.text && /^\w+:\/\//u.test(piece.link)) {
    return h('span', {}, `${piece.text} (${piece.link})`);
  }
  let element = h(piece.code ? 'code' : 'span', {}, piece.text);
  if (piece.italic) element = h('em', {}, element);
  if (piece.bold) element = h('strong', {}, element);
  return element;
}

// Opened in another tab by the browser itself when a key of the keyboard asks for it.
function linkElement(words, kind, id, opener) {
  return h('a', {
    class: 'qc-memo-link',
    href: opener.address(kind, id),
    onclick: (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      opener.open(kind, id);
    },
  }, words);
}
