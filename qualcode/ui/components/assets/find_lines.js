// The lines of the search: what a place found looks like.

import { h } from './dom.js';
import { address } from './find_model.js';

// Before each question, when the lines come question by question.
export function headingRow({ heading, kind }, texts) {
  const text = kind === 'document' ? heading || texts.no_question : texts[`in_${kind}`];
  return h('div', { class: 'qc-find-heading', role: 'listitem' }, h('strong', {}, text));
}

// One place found, with its words in the column of all; `n` is its number among the lines.
export function lineRow(line, n, texts) {
  const about = {
    document: () => [line.who, line.number],
    reduction: () => [texts.reduction],
    memo: () => [texts.memo],
  }[line.kind]();
  const text = line.words
    ? [
        h('span', { class: 'qc-find-left' }, h('bdi', {}, line.left)),
        h(
          'span',
          { class: 'qc-find-rest' },
          h('mark', { class: 'qc-find-words' }, line.words),
          line.right,
        ),
      ]
    : [h('span', { class: 'qc-find-whole' }, line.right)];
  const title = [line.who, line.group, line.question, line.category_name, line.about].filter(Boolean);
  return h(
    'div',
    { class: 'qc-find-item', role: 'listitem' },
    h(
      'a',
      { class: 'qc-find-line', href: address(line), title: title.join(' · '), 'data-n': n },
      h('span', { class: 'qc-find-who' }, about.filter(Boolean).join(' · ')),
      text,
      line.likeness === null
        ? null
        : h('span', { class: 'qc-find-near', title: texts.likeness }, nearness(line, texts)),
    ),
    line.category
      ? h(
          'a',
          {
            class: 'qc-find-category',
            href: `luokat?luokka=${encodeURIComponent(line.category)}`,
            'data-n': n,
            'data-category': line.category,
          },
          line.category_name,
        )
      : null,
  );
}

const TWO_DECIMALS = { minimumFractionDigits: 2, maximumFractionDigits: 2 };

const nearness = ({ likeness }, texts) => likeness.toLocaleString(texts.language, TWO_DECIMALS);

// A file of the browser's own making.
export function saveTable(name, text) {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  h('a', { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
