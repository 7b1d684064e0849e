// Why a code is offered: the accepted expressions nearest to the passage, the code's definition, and by
// how much it goes before the next one. Every reason is a button that opens what it names.

import { fill, h } from './dom.js';
import { decimal } from './likeness.js';
import { markWritten, toldOnce } from './marks_written.js';

export class OfferReasons {
  // on: {text(reason), code(reason), back(), accept(), edit(), reject(), later(), words(words)}; the last is
  // told which of the passage's words the reasons share, or the one that is looked at.
  constructor({ texts, on }) {
    Object.assign(this, { texts, on });
    this.element = h('div', {
      class: 'qc-suggestion-reasons', role: 'region', 'aria-label': texts.reasons, hidden: true,
      onmousedown: (event) => event.preventDefault(),
    });
  }

  show(code, language) {
    const { texts } = this;
    const number = (value) => decimal(value, language);
    const of = (kind) => code.reasons.filter((reason) => reason.kind === kind);
    const nearest = of('nearest');
    this.all = [...new Set(code.reasons.flatMap((reason) => reason.said ?? []))];
    this.element.replaceChildren(
      h('div', { class: 'qc-reason-head' }, h('b', {}, fill(texts.why_code, { code: code.label })),
        ...[['accept', texts.accept, '↵'], ['edit', texts.give_another, 'E'], ['reject', texts.reject, 'Del'],
          ['later', texts.later, 'L']].map(([act, name, key]) => h('button', {
          type: 'button', class: 'qc-button', tabindex: '-1', 'data-act': act, onclick: () => this.on[act](),
        }, name, h('kbd', { 'aria-hidden': 'true' }, key)))),
      ...(nearest.length ? [] : [h('p', { class: 'qc-hint' }, texts.no_examples_yet)]),
      h('ul', {},
        ...nearest.map((reason) => h('li', {}, this.#button(reason, () => this.on.text(reason)),
          h('span', { class: 'qc-reason-value' }, number(reason.value)))),
        ...of('definition').map((reason) => h('li', {}, this.#button(reason, () => this.on.code(reason)),
          h('span', { class: 'qc-reason-value' }, number(reason.value)))),
        ...of('rule').map((reason) => h('li', {}, this.#button(reason, () => this.on.code(reason)))),
        ...of('margin').map((reason) => h('li', {}, this.#plain(
          fill(texts.ahead_of, { value: number(reason.value), code: reason.text }),
          () => this.on.code(reason))))),
      h('div', { class: 'qc-hint' }, texts.reason_keys),
    );
    this.element.hidden = false;
    this.on.words(this.all);
  }

  hide() {
    if (this.element.hidden) return;
    this.element.hidden = true;
    this.on.words([]);
  }

  #button(reason, act) {
    const button = this.#plain('', act);
    const only = () => this.on.words(reason.said ?? []);
    const all = () => this.on.words(this.element.hidden ? [] : this.all);
    for (const [event, tell] of [['focus', only], ['mouseenter', only], ['blur', all], ['mouseleave', all]]) {
      button.addEventListener(event, tell);
    }
    const { definition, rule, coded_like_this: alike } = this.texts;
    const sign = { definition, rule }[reason.kind] ?? alike;
    button.append(h('span', { class: 'qc-reason-kind' }, sign), ...markWritten(reason.text, reason.marked)
      .map(({ text, shared }) => (shared ? h('mark', { class: 'qc-shared' }, text) : text)));
    // The answer's own words, where they are not the same ones: "lapsiperhepalvelun" of "palvelu".
    const other = toldOnce(reason.said ?? []).filter((word) => !reason.marked.includes(word));
    if (other.length) {
      button.append(h('span', { class: 'qc-reason-said' }, ` ${this.texts.in_passage} `,
        ...other.flatMap((word, n) => [n ? ', ' : '', h('mark', { class: 'qc-shared' }, word)])));
    }
    return button;
  }

  #plain(text, act) {
    return h('button', { type: 'button', class: 'qc-quote', tabindex: '-1', onclick: act }, text);
  }

  focus() {
    this.element.querySelector('li button')?.focus({ preventScroll: true });
  }

  // From reason to reason; below the last one, back to the line.
  step(by) {
    const buttons = [...this.element.querySelectorAll('li button')];
    const next = buttons.indexOf(document.activeElement) + by;
    if (next >= buttons.length) this.on.back();
    else buttons[Math.max(0, next)].focus({ preventScroll: true });
  }
}
