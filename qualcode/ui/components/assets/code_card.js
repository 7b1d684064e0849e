// One code in full, always in sight: definition, rule, anchor example, the newest passages coded with
// it, its memos. Long texts scroll inside; the card itself never grows.

import { fill, h } from './dom.js';
import { memoElement } from './memo_text.js';

const SCROLLING = ['ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'Home', 'End', ' '];
const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];

export class CodeCard {
  #shown = '';

  // on: {edit(), pin(key), filter(), open(example)}
  constructor({ texts, on }) {
    Object.assign(this, { texts, on });
    this.head = h('div', { class: 'qc-card-head' });
    this.count = h('span', { class: 'qc-card-count', role: 'img' });
    this.tools = h('div', { class: 'qc-card-tools' });
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
    this.#paintTools(code, keys, count);
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

  // Repainted only when it would differ: a list of keys that is open must stay open.
  #paintTools(code, keys, [mentions]) {
    const { texts, on } = this;
    const now = JSON.stringify([code.id, code.key, keys, mentions > 0]);
    if (now === this.tools.dataset.shown) return;
    this.tools.dataset.shown = now;
    const option = (key) => {
      const holder = keys[key] && key !== code.key ? ` (${keys[key]})` : '';
      return h('option', { value: key, selected: key === (code.key ?? '') }, `${key}${holder}`);
    };
    const pin = h('select', {
      class: 'qc-pin', 'aria-label': texts.key_of_code, title: texts.key_of_code,
      onchange: (event) => on.pin(event.target.value),
    }, h('option', { value: '', selected: !code.key }, texts.no_key), ...KEYS.map(option));
    this.tools.replaceChildren(
      h('button', {
        type: 'button', class: 'qc-button', title: `${texts.edit_code} (F2)`, 'aria-keyshortcuts': 'F2',
        onclick: on.edit,
      }, texts.edit_code),
      h('button', { type: 'button', class: 'qc-button', title: texts.filter_by_code, disabled: !mentions, onclick: on.filter },
        texts.filter_short),
      this.count,
      pin,
    );
  }

  #paintBody(code, full) {
    const { texts, on } = this;
    const part = (heading, text) => (text ? [h('dt', {}, heading), h('dd', {}, text)] : []);
    const parts = [
      ...part(texts.definition, code.definition),
      ...part(texts.rule, code.rule),
      ...part(texts.example, code.example),
    ];
    const nothing = parts.length ? '' : h('p', { class: 'qc-hint' }, texts.no_definition);
    for (const memo of full?.memos ?? []) {
      parts.push(h('dt', {}, texts.memo), h('dd', {}, memoElement(memo.text, memo.links)));
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
