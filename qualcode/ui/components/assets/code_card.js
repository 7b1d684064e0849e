// One code in full, always in sight: definition, rule, anchor example, the newest passages coded with
// it, its memos. Long texts scroll inside; the card itself never grows.

import { fill, h } from './dom.js';
import { KeyChoice } from './key_choice.js';
import { memoElement } from './memo_text.js';

const SCROLLING = ['ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'Home', 'End', ' '];

export class CodeCard {
  #shown = '';

  // on: {edit(), pin(key), filter(), merge(), open(example)}; opener opens what memos point at
  constructor({ texts, on, opener }) {
    Object.assign(this, { texts, on, opener });
    this.head = h('div', { class: 'qc-card-head' });
    this.count = h('span', { class: 'qc-card-count', role: 'img' });
    this.edit = h('button', {
      type: 'button', class: 'qc-button qc-acting', title: `${texts.edit_code} (F2)`, 'aria-keyshortcuts': 'F2',
      onclick: () => on.edit(),
    }, texts.edit_code);
    this.filter = h('button', {
      type: 'button', class: 'qc-button', title: texts.filter_by_code, onclick: () => on.filter(),
    }, texts.filter_short);
    this.merge = h('button', {
      type: 'button', class: 'qc-button qc-acting', title: texts.merge_code, onclick: () => on.merge(),
    }, texts.merge_short);
    this.key = new KeyChoice({ texts, pin: (key) => on.pin(key) });
    this.tools = h('div', { class: 'qc-card-tools' },
      this.edit, this.filter, this.merge, this.count, this.key.element);
    this.body = h('div', {
      class: 'qc-card-body', tabindex: '0', role: 'region', 'aria-label': texts.code_in_full,
      onkeydown: (event) => SCROLLING.includes(event.key) && event.stopPropagation(),
    });
    this.element = h('div', { class: 'qc-card' }, this.head, this.tools, this.body);
  }

  // `full` is the server's answer to `code`, or null while only the list's own texts are known;
  // `keys` maps a digit to the label of the code that has it.
  show(code, { count, full, keys }) {
    const now = JSON.stringify([code, count, full, keys]);
    if (now === this.#shown) return;
    const another = code?.id !== this.code?.id;
    this.#shown = now;
    this.code = code;
    this.element.dataset.shown = code?.id ?? '';
    this.tools.hidden = !code;
    if (!code) {
      delete this.head.dataset.code;
      this.head.replaceChildren();
      this.body.replaceChildren(h('p', { class: 'qc-hint' }, this.texts.no_code_in_sight));
      return;
    }
    this.#paintHead(code, count);
    this.filter.disabled = !count[0];
    this.key.show(code, keys);
    this.#paintBody({ ...code, ...full?.code }, full);
    if (another) this.body.scrollTop = 0;
  }

  #paintHead(code, [mentions, respondents]) {
    const { texts } = this;
    this.head.dataset.code = code.id; // it can be dragged onto a text
    this.head.replaceChildren(
      h('i', { class: 'qc-swatch', style: { background: code.colour } }),
      h('b', { class: 'qc-card-name' }, code.label),
      h('span', { class: 'qc-card-book' }, [code.book, code.origin].filter(Boolean).join(' · ')),
    );
    this.count.textContent = `${mentions} · ${respondents}`;
    this.count.title = fill(texts.mentions_and_respondents, { mentions, respondents });
    this.count.setAttribute('aria-label', this.count.title);
  }

  #paintBody(code, full) {
    const { texts, on } = this;
    const part = (heading, text) => (text ? [h('dt', {}, heading), h('dd', {}, text)] : []);
    const parts = [
      ...part(texts.definition, code.definition),
      ...part(texts.rule, code.rule),
      ...part(texts.example, code.example),
    ];
    if (code.definition && full?.vague) {
      parts.splice(2, 0, h('dd', { class: 'qc-hint qc-vague' }, texts.vague_definition));
    }
    const nothing = code.definition ? '' : h('p', { class: 'qc-hint' }, texts.no_definition);
    for (const memo of full?.memos ?? []) {
      parts.push(h('dt', {}, texts.memo), h('dd', {}, memoElement(memo.text, memo.links, this.opener)));
    }
    if (full?.examples.length) {
      parts.push(h('dt', {}, texts.own_examples),
        ...full.examples.map((example) => h('dd', {}, h('button', {
          type: 'button', class: 'qc-quote', onclick: () => on.open(example),
        }, example.quote, example.coder ? h('span', { class: 'qc-coder' }, ` ${example.coder}`) : ''))));
    }
    this.body.replaceChildren(nothing, parts.length ? h('dl', {}, ...parts) : '');
  }
}
