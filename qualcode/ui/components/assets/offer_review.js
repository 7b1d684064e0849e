// The list to go through before many suggestions are accepted at once: every answer with its nearest
// codes. Nothing is ticked beforehand; what is accepted is one act, and one undo takes it back.

import { brief, fill, h } from './dom.js';
import { likeness } from './likeness.js';

const QUOTE = 140;

export class OfferReview {
  #rows = []; // {target, reply, tick, choice}
  #unsure = []; // targets of which nothing reaches the study's limit
  #closed = false;

  // ask(target) -> Promise of the server's answer; on: {accept(items), open(target), closed()}
  constructor({ root, texts, language, ask, on }) {
    Object.assign(this, { texts, language, ask, on });
    this.status = h('span', { class: 'qc-hint', role: 'status' });
    this.every = h('button', { type: 'button', class: 'qc-button', onclick: () => this.#tickAll() }, texts.tick_all);
    this.done = h('button', {
      type: 'button', class: 'qc-button qc-review-do', disabled: true, onclick: () => this.#accept(),
    });
    this.list = h('div', { class: 'qc-review-list', role: 'list', 'aria-label': texts.offers });
    this.dialog = h('dialog', {
      class: 'qc-review', 'aria-label': texts.review_offers,
      // A dialog's keys are its own: the answers below must not hear them.
      onkeydown: (event) => event.stopPropagation(),
      onclose: () => this.#end(),
    },
    h('div', { class: 'qc-review-head' }, h('b', {}, texts.review_offers), this.status),
    this.list,
    h('div', { class: 'qc-review-foot' }, this.every, this.done,
      h('button', { type: 'button', class: 'qc-button', onclick: () => this.dialog.close() }, texts.close)));
    root.append(this.dialog);
    this.#count();
    this.dialog.showModal();
    this.every.focus();
  }

  // One answer after the other, so that the list grows while one reads it.
  async fill(targets) {
    for (const [n, target] of targets.entries()) {
      this.status.textContent = fill(this.texts.review_looked, { n, total: targets.length });
      const reply = await this.ask(target);
      if (this.#closed) return;
      if (reply?.state !== 'shown' || reply.given.length) continue;
      if (reply.codes.length) this.#add(target, reply);
      else if (reply.withheld) this.#unsure.push(target);
    }
    this.status.textContent = this.#rows.length ? '' : this.texts.review_nothing;
    this.#showUnsure();
    this.dialog.dataset.ready = 'true';
  }

  #add(target, reply) {
    const name = (code, n) => {
      const chance = reply.chances[n];
      const score = chance === undefined
        ? likeness(code.score, this.texts, this.language)
        : `${Math.round(chance * 100)} %`;
      return `${code.label} ${score}`;
    };
    const row = { target, reply };
    row.tick = h('input', { type: 'checkbox', onchange: () => this.#count() });
    row.choice = h('select', { 'aria-label': this.texts.codes },
      ...reply.codes.map((code, n) => h('option', { value: code.id }, name(code, n))));
    this.#rows.push(row);
    this.list.append(h('div', { class: 'qc-review-row', role: 'listitem' },
      h('label', {}, row.tick, h('span', {}, brief(target.quote, QUOTE))), row.choice));
    this.#count();
  }

  // The pile of what the machine does not know: for a person to read, one by one.
  #showUnsure() {
    const n = this.#unsure.length;
    if (!n) return;
    const go = (target) => {
      this.dialog.close();
      this.on.open(target);
    };
    this.list.append(h('div', { class: 'qc-review-unsure', role: 'listitem' },
      h('b', { title: this.texts.offers_unsure }, fill(this.texts.review_unsure, { n })),
      ...this.#unsure.map((target) => h('button', {
        type: 'button', class: 'qc-quote', onclick: () => go(target),
      }, brief(target.quote, QUOTE)))));
  }

  get #ticked() {
    return this.#rows.filter((row) => row.tick.checked);
  }

  #tickAll() {
    const all = this.#ticked.length < this.#rows.length;
    for (const { tick } of this.#rows) tick.checked = all;
    this.#count();
  }

  #count() {
    const count = this.#ticked.length;
    this.done.textContent = fill(this.texts.accept_ticked, { count });
    this.done.disabled = !count;
    this.every.disabled = !this.#rows.length;
  }

  #accept() {
    const items = this.#ticked.map(({ target, reply, choice }) => ({
      id: crypto.randomUUID(),
      doc: target.doc,
      start: target.from,
      end: target.to,
      code: choice.value,
      offer: { engine: reply.engine, codes: reply.codes.map(({ id, score }) => [id, score]), reasons: [] },
    }));
    this.dialog.close();
    this.on.accept(items);
  }

  #end() {
    this.#closed = true;
    this.dialog.remove();
    this.on.closed();
  }
}
