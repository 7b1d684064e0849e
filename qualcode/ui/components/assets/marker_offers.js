// Codes that are offered for what the keys speak of: a quiet line above the foot, the nearest first.
// Nothing is ticked or given by itself. Q gives the first one, E goes to the line; there 1-3 or Enter
// gives, E gives another instead, Delete rejects for good, L puts off, ↑ leads to the reasons.
//
// What is offered is asked for beside everything else. An answer that somebody has gone on from
// meanwhile is not shown any more, and a save waits for nothing here.

import { brief, fill, h } from './dom.js';
import { markWritten, placesOf } from './marks_written.js';
import { OfferLift } from './offer_lift.js';
import { OfferLine } from './offer_line.js';
import { OfferReasons } from './offer_reasons.js';
import { OfferReview } from './offer_review.js';
import { rangeOf } from './offsets.js';
import { tellWords } from './told_words.js';

const ASK_AFTER = 90; // ms of rest at a target
const ASK_AGAIN_AFTER = 900; // ms while the server still prepares
const ASLEEP = 'no passage'; // a target's key when there is none

export class Offers {
  #timer;
  #asked = 0; // questions so far
  #key = ''; // the target that the line speaks of
  #reply = null;
  #rank = 0; // the one that has the focus
  #told = []; // the words of the passage that the open reasons speak of

  constructor(desk) {
    this.desk = desk;
    const { texts } = desk;
    this.lift = new OfferLift(desk.layout);
    this.shown = new OfferLine(desk, {
      focus: (n) => this.#focus(n),
      accept: (n) => this.accept(n),
      explain: (n) => this.#explain(n),
    });
    this.line = this.shown.element;
    this.reasons = new OfferReasons({
      texts,
      on: {
        text: (reason) => this.#openText(reason),
        code: (reason) => this.#openCode(reason.code),
        back: () => this.#focus(this.#rank),
        accept: () => this.accept(this.#rank),
        edit: () => this.edit(this.#rank),
        reject: () => this.reject(this.#rank),
        later: () => this.later(),
        words: (words) => this.#tellWords(words),
      },
    });
    // The line has its room from the beginning: nothing moves when the suggestions come.
    this.element = h('section', {
      class: 'qc-proposed', hidden: desk.options.offers === 'off', 'aria-label': texts.offers,
    }, this.line, this.reasons.element);
    // Where there is no line the foot says so, with where that is changed.
    this.off = h('span', {
      class: 'qc-offers-off', hidden: desk.options.offers !== 'off', title: texts.offers_off_where,
    }, texts.offers_off);
    desk.status.element.append(this.off);
    this.element.addEventListener('keydown', (event) => this.#press(event));
    this.element.addEventListener('focusout', (event) => {
      if (!this.element.contains(event.relatedTarget)) this.#closeReasons();
    });
    desk.layout.middle.after(this.element);
    desk.keys.bind('q', () => this.accept(0), { name: 'give the first suggested code', acts: true });
    desk.keys.bind('e', () => this.enter(), { name: 'to the suggestions', acts: true });
    desk.keys.bind('Shift+e', () => this.review(), {
      name: 'suggestions for many answers', acts: true,
    });
    const look = () => this.#look();
    desk.on('active', look);
    desk.on('repaint', look);
    desk.on('repaint', () => this.#tellWords(this.#told));
    desk.on('picked', look);
    desk.on('data', () => this.#lookAnew());
    desk.on('news', (reply) => this.#learn(reply));
    document.addEventListener('selectionchange', look);
    desk.on('close', () => {
      document.removeEventListener('selectionchange', look);
      clearTimeout(this.#timer);
      tellWords([]);
    });
  }

  get codes() {
    return this.#reply?.codes ?? [];
  }

  // --- asking ---

  // The passage that the suggestions are about; null for a long text with nothing selected.
  #target() {
    const { desk } = this;
    if (!desk.active?.row || desk.opened) return null;
    const target = desk.selecting.ofActive();
    return target.whole && desk.active.long ? null : target;
  }

  #look() {
    // Nothing is suggested to whoever does not code, and nothing counts as shown to them.
    if (this.desk.readsOnly || this.element.contains(document.activeElement)) return;
    const target = this.#target();
    if (!target) {
      this.#waitForPassage();
      return;
    }
    const key = keyOf(target);
    if (key === this.#key) return;
    this.#key = key;
    this.#asked += 1;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ask(target), ASK_AFTER);
  }

  // A long text is not suggested for as a whole: what stood here spoke of something else.
  #waitForPassage() {
    const { desk } = this;
    if (!desk.active?.row || desk.opened || this.#key === ASLEEP) return;
    this.#key = ASLEEP;
    this.#asked += 1;
    clearTimeout(this.#timer);
    this.#reply = { state: 'asleep', codes: [], target: { doc: desk.active.id } };
    this.#paint();
  }

  #lookAnew() {
    this.#key = '';
    this.#look();
  }

  // Somebody has decided something: what is offered here may be another by now.
  #learn(reply) {
    if (reply.ack || reply.rows.length || reply.codes) this.#lookAnew();
  }

  async #ask(target) {
    this.#asked += 1;
    const asked = this.#asked;
    // Without a connection, or for what is not saved yet, there are none: one codes all the same.
    const reply = await this.#askOnce(target) ?? { state: 'away', codes: [] };
    if (asked !== this.#asked) return;
    this.#reply = { ...reply, target };
    this.#paint();
    if (reply.state === 'preparing') {
      this.#timer = setTimeout(() => this.#ask(target), ASK_AGAIN_AFTER);
    }
  }

  // --- painting ---

  #paint() {
    const { desk } = this;
    const { state } = this.#reply;
    // Only the server's own word brings a line that the study has switched off.
    const wanted = ['shown', 'blind', 'preparing'].includes(state);
    this.element.hidden = state === 'off' || (!wanted && desk.options.offers === 'off');
    this.off.hidden = !this.element.hidden;
    this.element.dataset.state = state;
    this.element.dataset.doc = this.#reply.target.doc;
    const inside = this.line.contains(document.activeElement);
    this.shown.paint(this.#reply);
    if (inside) this.#focus(Math.min(this.#rank, this.codes.length - 1));
  }

  #explain(n) {
    this.#rank = n;
    const code = this.codes[n];
    const { target } = this.#reply;
    const answer = this.desk.rows.get(target.doc);
    this.reasons.show(code, this.desk.options.language);
    if (answer) this.lift.lift(answer, target, this.reasons.element);
  }

  #closeReasons() {
    this.reasons.hide();
    this.lift.putDown();
  }

  // Marks these words of the passage in its own row, as long as the reasons are open.
  #tellWords(words) {
    if (!words.length && !this.#told.length) return;
    this.#told = words;
    const { doc, start, end } = this.#reply?.target ?? {};
    const answer = words.length ? this.desk.rows.get(doc) : null;
    const passage = answer?.shown.slice(start, end) ?? '';
    tellWords(placesOf(markWritten(passage, words)).map(([from, to]) => (
      rangeOf(answer.text, start + from, start + to))));
  }

  // --- keys ---

  enter() {
    if (this.#reply?.state === 'shown' && this.codes.length) {
      this.desk.selecting.hold();
      this.#focus(0);
    } else this.desk.say(this.#whyNone);
  }

  get #whyNone() {
    const { texts } = this.desk;
    return this.off.hidden ? this.shown.hint ?? texts.offers_nothing : texts.offers_off_where;
  }

  #focus(n) {
    const { chips } = this.shown;
    if (!chips.length) {
      this.leave();
      return;
    }
    chips[(n + chips.length) % chips.length].focus({ preventScroll: true });
  }

  leave() {
    this.#closeReasons();
    this.desk.moving.focusActive();
    this.desk.selecting.giveBack();
  }

  #press(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const { key } = event;
    const inReasons = this.reasons.element.contains(event.target);
    if (inReasons && ['Enter', ' ', 'Tab'].includes(key)) {
      if (key !== 'Tab') event.stopPropagation();
      return;
    }
    const acts = {
      Escape: () => (inReasons ? this.#focus(this.#rank) : this.leave()),
      ArrowRight: () => this.#focus(this.#rank + 1),
      ArrowLeft: () => this.#focus(this.#rank - 1),
      ArrowUp: () => (inReasons ? this.reasons.step(-1) : this.reasons.focus()),
      ArrowDown: () => (inReasons ? this.reasons.step(1) : this.#focus(this.#rank)),
      Enter: () => this.accept(this.#rank),
      e: () => this.edit(this.#rank),
      Delete: () => this.reject(this.#rank),
      x: () => this.reject(this.#rank),
      l: () => this.later(),
      q: () => this.accept(0),
    };
    const act = /^[1-3]$/u.test(key) ? () => this.accept(Number(key) - 1) : acts[key] ?? acts[key.toLowerCase()];
    if (key.length === 1 || act) event.stopPropagation();
    if (!act) return;
    event.preventDefault();
    act();
  }

  // --- acts ---

  accept(n) {
    const { desk } = this;
    const code = this.#offered(n);
    if (!code) return;
    const { target } = this.#reply;
    this.#give(code, target, this.#seen(code));
    this.#gone();
    desk.say(fill(desk.texts.offer_taken, { code: code.label, text: desk.selecting.named(target, 40) }));
  }

  // Another code in the place of the one that is offered: the log tells both.
  edit(n) {
    const { desk } = this;
    const offered = this.#offered(n);
    if (!offered) return;
    const { target } = this.#reply;
    const give = (code) => this.#give(code, target, code.id === offered.id
      ? this.#seen(offered)
      : { ...this.#seen(offered), instead_of: offered.id, reasons: [] });
    this.leave();
    desk.fields.pickCode({
      target,
      quote: fill(desk.texts.offer_instead, { code: offered.label, text: desk.selecting.named(target, 50) }),
      choose: give,
      create: (label) => give(desk.acts.newCode(label)),
    });
  }

  reject(n) {
    const { desk } = this;
    const code = this.#offered(n);
    if (!code) return;
    const { target } = this.#reply;
    desk.act({ op: 'reject_code', doc: target.doc, start: target.from, end: target.to, code: code.id },
      fill(desk.texts.offer_rejected, { code: code.label }));
    const others = (list) => list.filter((_, place) => place !== n);
    this.#reply.codes = others(this.codes);
    this.#reply.chances = others(this.#reply.chances);
    this.#paint();
  }

  // The answer waits among the bookmarks; the reading goes on.
  later() {
    const { desk } = this;
    const { target } = this.#reply;
    const row = desk.view.rows.get(target.doc);
    if (!row.bookmarks.some(({ position }) => position === target.from)) {
      desk.act({ op: 'bookmark', id: crypto.randomUUID(), doc: target.doc, position: target.from });
    }
    this.leave();
    desk.moving.move(1);
    desk.say(desk.texts.offer_later);
  }

  // The chosen answers, or all on the screen, in a list from which many are accepted as one act.
  review() {
    const { desk } = this;
    if (this.#reply && !['shown', 'asleep'].includes(this.#reply.state)) {
      this.enter();
      return;
    }
    const gathered = desk.gathering.ids;
    const targets = (gathered.length ? gathered : desk.rows.ids)
      .map((id) => desk.rows.get(id))
      .filter((answer) => !answer.long && !desk.view.rows.get(answer.id).aside)
      .map((answer) => desk.selecting.ofSpan(answer, null))
      .filter(({ quote }) => quote.trim());
    const review = new OfferReview({
      root: desk.root,
      texts: desk.texts,
      language: desk.options.language,
      ask: (target) => this.#askOnce(target),
      on: {
        accept: (items) => {
          desk.act({ op: 'accept_codes', items }, fill(desk.texts.offers_taken, { count: items.length }));
          for (const code of new Set(items.map((item) => item.code))) desk.memory.usedCode(code);
        },
        open: ({ doc }) => this.#openText({ doc }),
        closed: () => desk.moving.focusActive(),
      },
    });
    review.fill(targets);
  }

  // The answers that will most likely be asked about next.
  #following(doc) {
    const { ids } = this.desk.rows;
    return ids.slice(ids.indexOf(doc) + 1).slice(0, 5);
  }

  // Null without a connection.
  async #askOnce({ doc, from, to }) {
    try {
      return await this.desk.line.ask('offers', { doc, start: from, end: to, next: this.#following(doc) });
    } catch (error) {
      if (!error.kind) throw error;
      return null;
    }
  }

  #offered(n) {
    const { desk } = this;
    const code = this.#reply?.state === 'shown' ? this.codes[n] : null;
    const current = this.#target();
    const inside = this.element.contains(document.activeElement);
    // What stands on the line may be about the answer before: a key is never meant for that.
    const fresh = inside || (current && keyOf(current) === keyOf(this.#reply?.target ?? current));
    if (code && fresh && desk.view.codes.has(code.id)) return code;
    desk.say(this.off.hidden ? desk.texts.offers_nothing : this.#whyNone);
    return null;
  }

  #give(code, target, offer) {
    const { desk } = this;
    desk.act({
      op: 'code',
      id: crypto.randomUUID(),
      doc: target.doc,
      start: target.from,
      end: target.to,
      code: code.id,
      offer,
      ...code.made,
    });
    desk.memory.usedCode(code.id);
  }

  // What was on the screen, for the log.
  #seen(code) {
    return {
      engine: this.#reply.engine,
      codes: this.codes.map(({ id, score }) => [id, score]),
      reasons: code.reasons
        .filter(({ kind }) => kind === 'nearest')
        .map(({ text, value, words }) => ({ wording: brief(text, 200), value, words })),
    };
  }

  // The line empties until the server has looked again, and the keys go back to the answer.
  #gone() {
    if (this.element.contains(document.activeElement)) this.leave();
    this.#asked += 1;
    this.#reply = { ...this.#reply, codes: [] };
    this.shown.wait();
  }

  // --- what a reason names ---

  async #openText({ doc, coding }) {
    const { desk } = this;
    this.leave();
    if (!desk.rows.has(doc)) await desk.line.turnTo({ doc });
    if (!desk.rows.has(doc)) {
      desk.say(desk.texts.offer_elsewhere);
      return;
    }
    desk.activate(doc, { focus: true });
    if (coding) desk.picking.pickIfThere(doc, coding);
  }

  #openCode(id) {
    this.leave();
    this.desk.emit('show code', id);
  }
}

const keyOf = ({ doc, from, to }) => `${doc} ${from} ${to}`;
