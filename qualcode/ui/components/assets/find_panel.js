// Searching: one field, and below it every place found, with the words in one column.
//
//   new FindPanel({ root, ask, data, on: { opened(line), asked(question), coded(), left() } })
//     ask(verb, body) -> Promise, as the direct channel's
//     data: { texts, codes: [{id, label, book}], groups: [name], reads_only, question }
//
// Results come while somebody types. A reply to an older question is thrown away; what was found last
// stays on the screen until something newer is there, so that nothing jumps.

import { fill, h } from './dom.js';
import { Asking } from './find_asking.js';
import { FindForm } from './find_form.js';
import { FindReview } from './find_review.js';
import { headingRow, lineRow, saveTable } from './find_lines.js';
import { asCsv, counted, readQuestion, withHeadings } from './find_model.js';

const ASK_AGAIN_AFTER = 1500; // ms, while texts are being made searchable or no connection is there
const MOST_EXPORTED = 5000;

export class FindPanel {
  #timer = null;
  #lines = [];
  #next = null;
  #reply = null;

  constructor({ root, ask, data, on }) {
    this.root = root;
    this.ask = ask;
    this.asking = new Asking(ask);
    this.on = on;
    this.texts = data.texts;
    this.data = data;
    this.question = readQuestion(data.question);
    this.#build();
    this.search();
  }

  // Newer data of the page: codes and groups may have come.
  update(data) {
    this.data = data;
    this.form.offerGroups(data.groups, this.question.group);
    if (data.question && JSON.stringify(data.question) !== JSON.stringify(this.given)) {
      this.given = data.question;
      this.#take(readQuestion(data.question));
    }
  }

  // The words are selected, to be written over, unless somebody is in the middle of them.
  focus({ atEnd = false } = {}) {
    this.field.focus();
    if (atEnd) this.field.setSelectionRange(this.field.value.length, this.field.value.length);
    else this.field.select();
  }

  // --- what it is made of ---

  #build() {
    const { texts } = this;
    this.given = this.data.question;
    this.form = new FindForm({
      texts,
      on: {
        changed: (part, wait) => this.#changed(part, wait),
        key: (event) => this.#fieldKey(event),
      },
    });
    this.field = this.form.field;
    this.status = h('div', { class: 'qc-find-status', role: 'status', 'aria-live': 'polite' });
    this.note = h('div', { class: 'qc-find-note', hidden: true });
    this.list = h('div', {
      class: 'qc-find-list',
      onkeydown: (event) => this.#listKey(event),
      onclick: (event) => this.#clicked(event),
    });
    this.more = h(
      'button',
      { type: 'button', class: 'qc-button', hidden: true, onclick: () => this.#showMore() },
      texts.more,
    );
    this.code = h(
      'button',
      { type: 'button', class: 'qc-button qc-acting', hidden: true, onclick: () => this.#review() },
      texts.code_hits,
    );
    this.export = h(
      'button',
      { type: 'button', class: 'qc-button', hidden: true, onclick: () => this.#export() },
      texts.export,
    );
    this.help = h(
      'details',
      { class: 'qc-find-help' },
      h('summary', {}, texts.help),
      h('ul', {}, texts.help_lines.map((line) => h('li', {}, line))),
    );
    this.found = h('div', { class: 'qc-find-found' }, this.list, this.more);
    this.root.replaceChildren(
      this.form.element,
      h('div', { class: 'qc-find-bar' }, this.status, this.code, this.export, this.help),
      this.note,
      this.found,
    );
    this.#show();
  }

  #show() {
    this.form.show(this.question, this.data.groups);
  }

  #take(question) {
    this.question = question;
    this.#show();
    this.search();
  }

  #changed(part, wait = 0) {
    this.question = { ...this.question, ...part };
    // What would be coded is another question's by now.
    if (this.code.disabled) this.#backFromReview();
    this.on.asked(this.question);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.search(), wait);
  }

  // --- asking ---

  async search() {
    clearTimeout(this.#timer);
    if (!this.question.text.trim()) {
      this.asking.leave();
      this.#shown({ lines: [], totals: {}, total: 0, next: null, preparing: null });
      return;
    }
    this.root.classList.add('qc-find-busy');
    // What tells to write a word is not true any more; what was found last stays until there is newer.
    if (!this.#lines.length) this.#tellEmpty(this.texts.searching);
    let reply;
    try {
      reply = await this.asking.newest(this.question);
    } catch (error) {
      this.#failed(error);
      return;
    }
    if (!reply) return;
    this.#shown(reply);
    // Texts are still being made searchable, or words looked up again: what is found grows.
    if ((reply.preparing && !reply.preparing.problem) || reply.looking_up) this.#later();
  }

  #later() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (this.root.isConnected) this.search();
    }, ASK_AGAIN_AFTER);
  }

  async #showMore() {
    const first = this.#lines.length;
    try {
      const reply = await this.asking.more(this.question, this.#next);
      if (!reply) return;
      this.#lines = [...this.#lines, ...reply.lines];
      this.#next = reply.next;
      this.#draw();
      this.#rows()[first]?.focus();
    } catch (error) {
      this.#failed(error);
    }
  }

  // The panel goes: nobody waits for what is still on its way.
  leave() {
    clearTimeout(this.#timer);
    this.asking.leave();
  }

  #failed(error) {
    this.root.classList.remove('qc-find-busy');
    if (error.kind === 'refused') {
      this.#say(error.message);
      this.#lines = [];
      this.#next = null;
      this.#reply = null;
      this.status.textContent = '';
      this.#draw();
      return;
    }
    this.#say(this.texts.offline);
    if (!this.#lines.length) this.#tellEmpty('');
    this.#later();
  }

  #shown(reply) {
    this.root.classList.remove('qc-find-busy');
    this.#reply = reply;
    this.#lines = reply.lines;
    this.#next = reply.next;
    const { preparing } = reply;
    if (reply.unprepared) this.#offer(reply.unprepared, this.texts.prepare, () => this.#prepare());
    else if (preparing?.problem) this.#offer(preparing.problem, this.texts.try_again, () => this.search());
    else if (preparing) this.#sayPreparing(preparing);
    else if (reply.looking_up) this.#say(reply.looking_up);
    else if (reply.as_written) this.#offer(reply.as_written, this.texts.try_again, () => this.#lookUp());
    else this.#say('');
    this.#draw();
  }

  #say(text) {
    this.note.hidden = !text;
    this.note.replaceChildren(text);
  }

  // How many there are is not known at the very beginning.
  #sayPreparing(preparing) {
    this.#say(preparing.all ? fill(this.texts.preparing, preparing) : this.texts.preparing_begun);
  }

  // A sentence with the act that mends what it tells.
  #offer(sentence, name, onclick) {
    this.note.hidden = false;
    this.note.replaceChildren(sentence, ' ', h('button', { type: 'button', class: 'qc-button', onclick }, name));
  }

  // The words that took too long are tried again; the searches after this tell of it.
  async #lookUp() {
    try {
      await this.ask('find_look_up', this.question);
      this.search();
    } catch (error) {
      // What was found stays: only its words were to be tried again.
      if (error.kind === 'refused') this.#offer(error.message, this.texts.try_again, () => this.#lookUp());
      else this.#failed(error);
    }
  }

  async #prepare() {
    const { number } = this.asking;
    try {
      for (;;) {
        const { preparing } = await this.ask('find_prepare');
        if (number !== this.asking.number || !this.root.isConnected) return;
        if (!preparing) break;
        if (preparing.problem) {
          this.#offer(preparing.problem, this.texts.try_again, () => this.#prepare());
          return;
        }
        this.#sayPreparing(preparing);
      }
      this.search();
    } catch (error) {
      this.#failed(error);
    }
  }

  // --- what was found ---

  #draw() {
    const reply = this.#reply;
    const asked = this.question.text.trim() !== '';
    const counts = reply ? counted(reply.totals, this.texts, fill) : [];
    if (reply) this.status.textContent = counts.length ? counts.join(' · ') : '';
    this.code.hidden = !reply?.totals.document || this.data.reads_only;
    this.export.hidden = !this.#lines.length;
    this.more.hidden = this.#next === null;
    if (!this.#lines.length) {
      const nothing = reply && asked && !reply.unprepared && !reply.preparing;
      const text = nothing ? this.texts[`nothing_${this.question.way}`] : asked ? '' : this.texts.begin;
      this.#tellEmpty(text);
      return;
    }
    const focused = this.#rows().indexOf(document.activeElement);
    this.list.setAttribute('role', 'list');
    this.list.setAttribute('aria-label', this.texts.results);
    const rows = withHeadings(this.#lines, this.question.by_item && this.question.way !== 'meaning');
    this.list.replaceChildren(
      ...rows.map((row) => (row.line
        ? lineRow(row.line, this.#lines.indexOf(row.line), this.texts)
        : headingRow(row, this.texts))),
    );
    // Who was on a line is on the line of the same place, or back in the field.
    if (focused >= 0) (this.#rows()[focused] ?? this.field).focus();
  }

  #tellEmpty(text) {
    // A list without items would be announced as one.
    this.list.removeAttribute('role');
    this.list.removeAttribute('aria-label');
    this.list.replaceChildren(text ? h('p', { class: 'qc-find-empty' }, text) : '');
  }

  #rows() {
    return [...this.list.querySelectorAll('.qc-find-line')];
  }

  #clicked(event) {
    const link = event.target.closest('a[data-n]');
    // With Ctrl or the middle button the browser opens the address itself, in a window of its own.
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    const line = this.#lines[Number(link.dataset.n)];
    if (link.dataset.category) this.on.opened({ kind: 'category', id: link.dataset.category });
    else this.on.opened(line);
  }

  #fieldKey(event) {
    if (event.isComposing) return;
    if (event.key === 'ArrowDown' || (event.key === 'Enter' && this.#lines.length)) {
      event.preventDefault();
      this.#rows()[0]?.focus();
    } else if (event.key === 'Enter') this.search();
    else if (event.key === 'Escape' && this.question.text) {
      event.preventDefault();
      event.stopPropagation();
      this.field.value = '';
      this.#changed({ text: '' });
    } else if (event.key === 'Escape') this.on.left?.();
  }

  #listKey(event) {
    const rows = this.#rows();
    const at = rows.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
    if (event.key === 'Escape' || (event.key === 'ArrowUp' && at === 0)) {
      event.preventDefault();
      event.stopPropagation();
      this.field.focus();
    } else if (to !== undefined && rows[to]) {
      event.preventDefault();
      rows[to].focus();
    } else if (event.key === 'ArrowDown' && at === rows.length - 1 && this.#next !== null) {
      event.preventDefault();
      this.#showMore();
    }
  }

  // --- acts ---

  #review() {
    const review = new FindReview({
      ask: this.ask,
      texts: this.texts,
      codes: this.data.codes,
      question: { ...this.question },
      on: {
        closed: () => {
          this.#backFromReview();
          this.code.focus();
        },
        coded: () => this.on.coded(),
      },
    });
    this.code.disabled = true;
    this.found.replaceChildren(review.root);
    review.focus();
  }

  #backFromReview() {
    this.found.replaceChildren(this.list, this.more);
    this.code.disabled = false;
  }

  // Every line found, not only those on the screen.
  async #export() {
    const lines = [...this.#lines];
    try {
      for (let next = this.#next; next !== null && lines.length < MOST_EXPORTED; ) {
        const reply = await this.asking.more(this.question, next);
        if (!reply) return;
        lines.push(...reply.lines);
        next = reply.next;
      }
    } catch (error) {
      this.#failed(error);
      return;
    }
    saveTable(`${this.texts.file_name}.csv`, asCsv(this.texts.columns, lines));
  }
}
