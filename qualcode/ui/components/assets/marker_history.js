// The history beside the answers: H shows the latest acts of everybody, the newest first. Each can be
// taken back or done again; what Ctrl+Z and Ctrl+Shift+Z would turn is marked. An act of somebody else,
// or one that others build on, is asked about first. In the foot a line tells what others have done.

import { brief, fill, h } from './dom.js';

const MORE = 60; // acts shown when more are wanted
const LONGEST = 140; // characters of a sentence
const TOLD_FOR = 60000; // ms that the line about others stays

export class History {
  #dialog = null;
  #list = null;
  #asked = 0; // a later question for the list makes an earlier answer old
  #more = false;
  #others = new Map(); // who -> {count, what}
  #hiding = 0;

  constructor(desk) {
    this.desk = desk;
    const { history } = desk.texts;
    desk.keys.bind('h', () => this.open(), { name: 'history', always: true });
    desk.addTool(desk.bar.button(history, 'H', () => this.open(), history,
      h('kbd', { 'aria-hidden': 'true' }, 'H')));
    this.line = h('button', {
      type: 'button', class: 'qc-others', hidden: true, onclick: () => this.open(),
    });
    this.told = h('span', { class: 'qc-unseen', role: 'status' });
    desk.status.said.before(this.line, this.told);
    desk.on('news', (reply) => this.#news(reply));
    desk.on('close', () => clearTimeout(this.#hiding));
  }

  // --- the list ---

  async open() {
    if (this.#dialog) return;
    const { texts, root } = this.desk;
    this.#tellNothing();
    this.#list = h('ol', { class: 'qc-past', 'aria-label': texts.history });
    this.#dialog = h('dialog', {
      class: 'qc-history', 'aria-label': texts.history,
      onkeydown: (event) => this.#key(event),
      onclick: (event) => event.target === this.#dialog && this.#dialog.close(),
      onclose: () => this.#closed(),
    },
    h('div', { class: 'qc-help-top' },
      h('h2', {}, texts.history),
      h('button', {
        type: 'button', class: 'qc-button', onclick: () => this.#dialog.close(),
      }, texts.close)),
    this.#list,
    h('div', { class: 'qc-past-foot' }, h('span', { class: 'qc-hint' }, texts.history_keys)));
    root.append(this.#dialog);
    this.#dialog.showModal();
    await this.#read();
    this.#focus(this.#buttons()[0]);
  }

  #closed() {
    this.#dialog.remove();
    this.#dialog = null;
    this.#list = null;
    this.#more = false;
    this.desk.moving.focusActive();
  }

  async #read() {
    this.#asked += 1;
    const asked = this.#asked;
    let past;
    try {
      past = await this.desk.line.ask('past', this.#more ? { more: MORE } : {});
    } catch (error) {
      if (!error.kind) throw error;
      this.#list?.replaceChildren(h('li', { class: 'qc-none' }, this.desk.texts.history_lost));
      return;
    }
    if (asked !== this.#asked || !this.#list) return;
    const kept = this.#list.contains(document.activeElement)
      ? document.activeElement.closest('[data-act]')?.dataset.act : null;
    this.#list.replaceChildren(...past.acts.map((act, n) => (
      this.#item(act, past, act.day !== past.acts[n - 1]?.day))));
    if (!this.#more && past.total > past.acts.length) this.#list.append(this.#moreItem());
    if (kept) this.#focus(this.#list.querySelector(`[data-act="${CSS.escape(kept)}"] .qc-past-turn`));
  }

  #item(act, past, newDay) {
    const { texts } = this.desk;
    const state = act.undone ? fill(texts.undone_by, { who: act.by }) : null;
    const turns = { [past.undo]: 'Ctrl+Z', [past.redo]: `Ctrl+${texts.shift}+Z` }[act.id];
    const sentence = h('span', { class: act.undone ? 'qc-past-undone' : null },
      h('b', {}, act.who), ' ', brief(act.what, LONGEST));
    const item = h('li', { class: 'qc-past-act', 'data-act': act.id },
      newDay ? h('div', { class: 'qc-past-day' }, dayName(act.day, this.desk.options.language)) : null,
      h('div', { class: 'qc-past-line' },
        h('time', { class: 'qc-hint' }, act.at),
        act.doc ? h('button', {
          type: 'button', class: 'qc-past-what', title: texts.show_answer, tabindex: '-1',
          onclick: () => this.#show(act.doc),
        }, sentence) : sentence,
        turns ? h('kbd', { class: 'qc-past-key' }, turns) : null,
        state ? h('span', { class: 'qc-hint' }, state) : null,
        act.can ? h('button', {
          type: 'button', class: 'qc-button qc-past-turn',
          'aria-label': `${texts[`${act.can}_it`]}: ${act.mine ? '' : `${act.who} `}${brief(act.what)}`,
          onclick: () => this.#turn(act, item),
        }, texts[`${act.can}_it`]) : null));
    return item;
  }

  #moreItem() {
    return h('li', {}, h('button', {
      type: 'button', class: 'qc-button', onclick: () => {
        this.#more = true;
        this.#read();
      },
    }, this.desk.texts.history_more));
  }

  #show(doc) {
    const { desk } = this;
    this.#dialog.close();
    if (desk.rows.get(doc)) desk.activate(doc, { focus: true });
    else desk.line.turnTo({ doc });
  }

  // --- turning an act ---

  async #turn(act, item) {
    const { desk } = this;
    if (act.can === 'redo') {
      desk.act({ op: 'redo_act', number: act.id });
      return;
    }
    let builders;
    try {
      ({ acts: builders } = await desk.line.ask('builders', { number: act.id }));
    } catch (error) {
      if (!error.kind) throw error;
      this.#answer(item, error.kind === 'refused' ? error.message : desk.texts.history_lost);
      return;
    }
    if (act.mine && !builders.length) desk.act({ op: 'undo_act', number: act.id });
    else this.#question(act, item, builders);
  }

  // An act that is somebody else's, or that other acts build on, is not taken back by one press.
  #question(act, item, builders) {
    const { desk } = this;
    const { texts } = desk;
    const also = builders.map((one) => one.id);
    const yes = h('button', {
      type: 'button', class: 'qc-button', onclick: () => {
        desk.act({ op: 'undo_act', number: act.id, ...(also.length ? { also } : {}) });
        box.remove();
        this.#focus(item.querySelector('.qc-past-turn'));
      },
    }, also.length ? fill(texts.undo_all, { count: also.length + 1 }) : texts.undo_it);
    const box = h('div', { class: 'qc-past-question', role: 'group' },
      act.mine ? null : h('p', {}, fill(texts.not_my_act, { who: act.who })),
      also.length ? h('p', {}, texts.builds_on_it) : null,
      also.length ? h('ul', {}, ...builders.map((one) => h('li', {},
        h('b', {}, one.who), ' ', brief(one.what, LONGEST)))) : null,
      h('div', {}, yes, ' ', h('button', {
        type: 'button', class: 'qc-button', onclick: () => {
          box.remove();
          this.#focus(item.querySelector('.qc-past-turn'));
        },
      }, texts.keep_it)));
    item.querySelector('.qc-past-question')?.remove();
    item.append(box);
    yes.focus();
  }

  #answer(item, text) {
    item.querySelector('.qc-past-question')?.remove();
    item.append(h('div', { class: 'qc-past-question', role: 'alert' }, text));
  }

  // --- keys of the list ---

  #buttons() {
    return [...(this.#list?.querySelectorAll('.qc-past-turn, li > .qc-button') ?? [])];
  }

  #focus(button) {
    button?.focus();
  }

  #key(event) {
    event.stopPropagation();
    const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
    if (event.key === 'h') {
      event.preventDefault();
      this.#dialog.close();
    } else if (step) {
      event.preventDefault();
      const buttons = this.#buttons();
      const at = buttons.indexOf(document.activeElement);
      this.#focus(buttons[Math.max(0, Math.min(buttons.length - 1, at + step))]);
    }
  }

  // --- what others have done ---

  #news(reply) {
    // What is asked or refused in the list must not vanish while it is being read.
    if (this.#dialog && !this.#list.querySelector('.qc-past-question')) this.#read();
    for (const { who, what } of reply.others ?? []) {
      const count = (this.#others.get(who)?.count ?? 0) + 1;
      this.#others.set(who, { count, what });
    }
    if (!reply.others?.length || this.#dialog) return;
    const { texts } = this.desk;
    const told = [...this.#others].map(([who, { count, what }]) => (
      count === 1 ? `${who} ${what}` : fill(texts.others_acts, { who, count, what })));
    this.line.hidden = false;
    this.line.title = texts.history;
    this.line.textContent = told.join(' · ');
    this.told.textContent = this.line.textContent;
    clearTimeout(this.#hiding);
    this.#hiding = setTimeout(() => this.#tellNothing(), TOLD_FOR);
  }

  #tellNothing() {
    this.#others.clear();
    this.line.hidden = true;
    this.line.textContent = '';
    this.told.textContent = '';
  }
}

// 2026-11-28 -> Lauantai 28.11.2026, as on the log's page.
function dayName(day, language) {
  const date = new Date(`${day}T12:00`);
  const weekday = date.toLocaleDateString(language, { weekday: 'long' });
  const name = weekday[0].toUpperCase() + weekday.slice(1);
  return `${name} ${date.getDate()}.${date.getMonth() + 1}.${date.getFullYear()}`;
}
