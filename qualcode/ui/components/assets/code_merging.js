// One code made a part of another: which one is picked by typing, then it is asked with the numbers of
// both, and only a press on the button does it. One undo brings everything back.

import { fill, h } from './dom.js';

export class CodeMerging {
  // panel: the Codebook beside the answers
  constructor(desk, panel) {
    Object.assign(this, { desk, panel });
  }

  open(code) {
    const { desk } = this;
    if (!code || !desk.active) return;
    let chosen = null;
    desk.fields.pickCode({
      target: desk.target(),
      quote: fill(desk.texts.merge_into_what, { code: code.label }),
      words: [code.label, code.definition].filter(Boolean).join('. '),
      keys: desk.texts.merge_keys,
      except: code.id,
      choose: (into) => { chosen = into; },
      leave: () => (chosen ? this.#ask(code, chosen) : this.panel.list.focus(code.id)),
    });
  }

  #ask(code, into) {
    const { desk, panel } = this;
    const { texts } = desk;
    const numbers = ({ id }) => {
      const [mentions, respondents] = desk.counts.get(id) ?? [0, 0];
      return fill(texts.mentions_and_respondents, { mentions, respondents });
    };
    const line = (one) => h('div', { class: 'qc-merge-line' },
      h('i', { class: 'qc-swatch', style: { background: one.colour } }),
      h('b', {}, one.label), h('span', { class: 'qc-hint' }, numbers(one)));
    const close = (shown) => {
      element.remove();
      panel.cover(null);
      panel.showCode(shown);
    };
    const merge = h('button', {
      type: 'button',
      class: 'qc-button qc-is-main',
      onclick: () => {
        desk.act({ op: 'merge_codes', into: into.id, others: [code.id] },
          fill(texts.codes_merged, { before: code.label, code: into.label }));
        close(into.id);
      },
    }, texts.merge_now);
    const element = h('div', {
      class: 'qc-merge-ask',
      role: 'alertdialog',
      'aria-label': texts.merge_code,
      onkeydown: (event) => {
        event.stopPropagation();
        if (event.key === 'Escape') close(code.id);
      },
    },
    line(code),
    h('div', {}, texts.becomes_part_of),
    line(into),
    h('p', {}, fill(texts.merge_says, { before: code.label, code: into.label })),
    h('div', { class: 'qc-editor-tools' }, merge,
      h('button', { type: 'button', class: 'qc-button', title: 'Esc', onclick: () => close(code.id) }, texts.cancel)));
    panel.cover(element);
    merge.focus({ preventScroll: true });
  }
}
