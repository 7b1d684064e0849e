// Codings made while their code meant something else: a quiet sign beside the answer's number. A click
// on it, or W, shows what the code meant then and means now, and "Still right" holds to the codings:
// the same act, undone alike, as on the page Review.
//
// The server is asked at rest, apart from the answers: a sign comes or goes without a mark being
// painted anew, and no key waits for it.

import { brief, fill, h } from './dom.js';
import { placeNear } from './popover.js';

const ASK_AFTER = 700; // ms after the last change

export class Older {
  #told = new Map(); // doc -> [{code, label, codings, before, now}]
  #signs = new Map(); // AnswerRow -> its button
  #timer = null;
  #question = 0;

  constructor(desk) {
    this.desk = desk;
    desk.keys.bind('w', () => this.open(), { name: 'older definitions' });
    desk.on('data', () => this.#askSoon());
    desk.on('place', () => this.#askSoon());
    desk.on('news', (reply) => {
      if (reply.ack || reply.codes || reply.rows.length || reply.others.length) this.#askSoon();
    });
    desk.on('refused', () => this.#askSoon());
    desk.on('active', () => this.#paint());
    desk.on('close', () => clearTimeout(this.#timer));
  }

  // --- asking ---

  #askSoon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ask(), ASK_AFTER);
  }

  async #ask() {
    const { desk } = this;
    this.#question += 1;
    const question = this.#question;
    const docs = desk.rows.ids;
    if (!docs.length) return;
    try {
      const { older } = await desk.line.ask('older', { docs });
      if (question !== this.#question) return;
      this.#told = new Map(Object.entries(older));
      this.#paint();
    } catch (error) {
      // The signs stay as they are; they are asked for again with the next change.
      if (!error.kind) throw error;
    }
  }

  // What is told of an answer, without what is held to and waits to be saved.
  #of(doc) {
    const held = new Set(this.desk.acts.pending.filter(({ op }) => op === 'hold').flatMap(({ ids }) => ids));
    return (this.#told.get(doc) ?? [])
      .map((one) => ({ ...one, codings: one.codings.filter(({ id }) => !held.has(id)) }))
      .filter(({ codings }) => codings.length);
  }

  // --- the sign ---

  #paint() {
    const { desk } = this;
    const there = new Set(desk.rows.all);
    for (const answer of this.#signs.keys()) if (!there.has(answer)) this.#signs.delete(answer);
    for (const answer of there) this.#paintSign(answer, this.#of(answer.id));
  }

  #paintSign(answer, older) {
    const { desk } = this;
    let sign = this.#signs.get(answer);
    if (!sign && !older.length) return;
    if (!sign) {
      sign = h('button', {
        type: 'button',
        class: 'qc-older',
        onclick: () => {
          desk.activate(answer.id);
          this.open();
        },
      }, '↺');
      answer.element.append(sign);
      this.#signs.set(answer, sign);
    }
    const named = fill(desk.texts.older_sign, { names: older.map(({ label }) => label).join(', ') });
    sign.hidden = !older.length;
    sign.tabIndex = answer.active ? 0 : -1;
    sign.title = `${named} (W)`;
    sign.setAttribute('aria-label', named);
  }

  // --- then and now ---

  open() {
    const { desk } = this;
    const answer = desk.active;
    const older = answer ? this.#of(answer.id) : [];
    if (!older.length) {
      desk.say(desk.texts.older_none);
      return;
    }
    const close = () => {
      desk.closeOpen();
      desk.moving.focusActive();
    };
    const hold = (one) => {
      const ids = one.codings.map(({ id }) => id);
      desk.act({ op: 'hold', ids }, fill(desk.texts.older_held, { code: one.label }));
      close();
      this.#paint();
      if (this.#of(answer.id).length) this.open();
    };
    const element = h('div', {
      class: 'qc-picker qc-older-box',
      role: 'dialog',
      'aria-label': desk.texts.older,
      tabindex: '-1',
      onkeydown: (event) => {
        if (event.key === 'Escape') {
          event.preventDefault();
          close();
        }
        event.stopPropagation();
      },
    }, h('div', { class: 'qc-heading' }, desk.texts.older), ...older.map((one) => this.#card(one, hold)));
    const { list } = desk.layout;
    const frame = answer.element.getBoundingClientRect();
    const beside = { left: frame.left + 44, top: frame.top, bottom: frame.top + 24 };
    placeNear(list, element, answer.long ? desk.selecting.anchor({ doc: answer.id, whole: true }) : beside);
    desk.open({ kind: 'older', element });
    (element.querySelector('button') ?? element).focus({ preventScroll: true });
  }

  #card(one, hold) {
    const { texts, readsOnly } = this.desk;
    const told = (title, { definition, rule }) => [
      h('dt', {}, title),
      h('dd', {}, definition || texts.older_nothing, rule ? h('div', { class: 'qc-hint' }, rule) : ''),
    ];
    const quotes = one.codings.map(({ quote }) => `”${brief(quote, 60)}”`).join(' · ');
    return h('section', {},
      h('b', {}, one.label),
      h('div', { class: 'qc-hint' }, quotes),
      h('dl', {}, ...told(texts.older_then, one.before), ...told(texts.older_now, one.now)),
      readsOnly ? '' : h('button', { type: 'button', class: 'qc-button', onclick: () => hold(one) },
        texts.older_hold));
  }
}
