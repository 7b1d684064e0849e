// The foot: where I am, what the next act concerns, and what was just done - also for a screen reader.

import { fill, h } from './dom.js';

const SAID_FOR = 6000; // ms

export class Status {
  #saying = 0;

  constructor(desk) {
    this.desk = desk;
    this.where = h('span', { class: 'qc-where' });
    this.said = h('span', { class: 'qc-hint' }, this.#keys);
    this.element = h('div', { class: 'qc-foot' }, this.where, this.said);
    this.live = h('div', { class: 'qc-unseen', 'aria-live': 'polite' });
  }

  paint() {
    const { desk } = this;
    if (!desk.active?.row) {
      this.where.textContent = '';
      return;
    }
    const { ids, activeId } = desk.rows;
    const place = fill(desk.texts.place, { n: ids.indexOf(activeId) + 1, total: ids.length });
    const target = desk.opened?.target ?? desk.target();
    this.where.replaceChildren(place, h('b', {}, desk.selecting.named(target, 48)));
  }

  say(text) {
    this.live.textContent = '';
    this.live.textContent = text;
    this.said.textContent = text;
    clearTimeout(this.#saying);
    this.#saying = setTimeout(() => this.rest(), SAID_FOR);
  }

  // What was said last is not true any more, or has been read: the keys are told again.
  rest() {
    clearTimeout(this.#saying);
    this.said.textContent = this.#keys;
  }

  get #keys() {
    const { options, texts } = this.desk;
    return options.reads_only ? texts.short_keys_reading : texts.short_keys;
  }
}
