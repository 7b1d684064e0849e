// The line of suggested codes as it looks: a chip a code, or one sentence on why there is none.
//
//   const line = new OfferLine(desk, { focus, accept, explain })   each is told which of the chips, 0...
//   line.paint(reply)   what the server offers (see channel/code_offers.py)
//   line.wait()         what stands here has been answered; the chips keep their room
//   line.chips          the buttons on the line
//   line.hint           the sentence, when there is one

import { fill, h } from './dom.js';
import { likeness, likenessTold } from './likeness.js';

export class OfferLine {
  constructor(desk, on) {
    Object.assign(this, { desk, on });
    const { texts } = desk;
    this.element = h('div', { class: 'qc-suggestion-line', role: 'group', 'aria-label': texts.offers });
    this.#fill([]);
  }

  get chips() {
    return [...this.element.querySelectorAll('.qc-suggestion')];
  }

  get hint() {
    return this.element.querySelector('.qc-hint')?.textContent;
  }

  paint(reply) {
    this.#fill(this.#content(reply));
  }

  wait() {
    this.element.querySelector('.qc-suggestion-chips')?.classList.add('qc-is-waiting');
  }

  #fill(content) {
    this.element.replaceChildren(
      h('span', { class: 'qc-proposed-name' }, this.desk.texts.offers,
        h('kbd', { 'aria-hidden': 'true' }, 'E')),
      ...content,
    );
  }

  #content({ state, codes = [], chances = [], given = [], why, done, all, withheld }) {
    const { texts } = this.desk;
    const hint = (text) => [h('span', { class: 'qc-hint' }, text)];
    if (state === 'none') return hint(why);
    if (state === 'away') return hint(texts.offers_away);
    if (state === 'asleep') return hint(texts.offers_asleep);
    if (state === 'preparing') return hint(all ? fill(texts.offers_preparing_n, { done, all }) : texts.offers_preparing);
    if (state === 'blind' && !given.length) return hint(texts.offers_blind);
    if (state === 'blind') return this.#compared(codes, given);
    if (!codes.length) return hint(withheld ? texts.offers_unsure : texts.offers_nothing);
    return [
      h('div', { class: 'qc-suggestion-chips' }, ...codes.map((code, n) => this.#chip(code, n, chances[n]))),
      h('span', { class: 'qc-hint qc-suggestion-keys' }, texts.offers_keys),
    ];
  }

  #chip(code, n, chance) {
    const { texts, view } = this.desk;
    const { on } = this;
    const colour = view.codes.get(code.id)?.colour ?? '#777777';
    const score = chance === undefined
      ? likeness(code.score, texts, this.desk.options.language)
      : `${Math.round(chance * 100)} %`;
    const title = chance === undefined ? likenessTold(code.score, texts) : texts.offer_title_chance;
    return h('button', {
      type: 'button', class: 'qc-button qc-suggestion', 'data-code': code.id, tabindex: '-1',
      'aria-label': fill(texts.offer_named, { n: n + 1, code: code.label, score }),
      title: fill(title, { code: code.label, score }),
      onmousedown: (event) => event.preventDefault(),
      onclick: (event) => (event.detail ? on.focus(n) : on.accept(n)),
      ondblclick: () => on.accept(n),
      onfocus: () => on.explain(n),
    },
    h('kbd', { 'aria-hidden': 'true' }, String(n + 1)),
    h('i', { class: 'qc-swatch', style: { background: colour } }),
    h('span', { class: 'qc-suggestion-label' }, code.label),
    h('span', { class: 'qc-suggestion-score' }, score));
  }

  // Blind mode, after one's own decision: what would have been offered, and whether it is the same.
  #compared(codes, given) {
    const { texts, view } = this.desk;
    const names = codes.map((code, n) => h('span', {
      class: `qc-suggestion-told${given.includes(code.id) ? ' qc-is-same' : ''}`, 'data-code': code.id,
    }, `${n + 1}. ${view.codes.get(code.id)?.label ?? code.label}`));
    const rank = codes.findIndex((code) => given.includes(code.id));
    const said = rank < 0 ? texts.offers_differ : fill(texts.offers_agree, { n: rank + 1 });
    return [h('b', { class: 'qc-suggestion-verdict' }, said), ...names];
  }
}
