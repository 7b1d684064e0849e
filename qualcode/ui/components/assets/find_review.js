// The list to go through before everything found is coded: each hit can be left out, and one undo takes
// the whole act back. Hits that carry the code already are shown as such and passed over.

import { Decisions, UNITS, Ticks } from './find_model.js';
import { fill, h } from './dom.js';

export class FindReview {
  #ticks = new Ticks([]);
  #decisions = new Decisions();
  #number = 0;
  #waiting = false;
  #total = 0;

  constructor({ ask, texts, codes, question, on }) {
    Object.assign(this, { ask, texts, codes, question, on });
    this.code = h(
      'select',
      { class: 'qc-find-choice', 'aria-label': texts.code, onchange: () => this.#load(), onfocus: () => this.refresh() },
    );
    this.#fillCodes();
    this.unit = h(
      'select',
      { class: 'qc-find-choice', 'aria-label': texts.unit, onchange: () => this.#load() },
      // What was found by meaning has no words: such a text is coded as a whole.
      UNITS.filter((unit) => unit === 'whole' || question.way !== 'meaning').map((unit) =>
        h('option', { value: unit }, texts[`unit_${unit}`]),
      ),
    );
    this.done = h(
      'button',
      { type: 'button', class: 'qc-button qc-find-do', disabled: true, onclick: () => this.#code() },
      fill(texts.code_n.other, { n: 0 }),
    );
    this.every = h('input', { type: 'checkbox', onchange: () => this.#all() });
    this.everyLine = h('label', { class: 'qc-find-box', hidden: true }, this.every, texts.all_of_them);
    this.status = h('div', { class: 'qc-find-status', role: 'status', 'aria-live': 'polite' });
    this.list = h('div', { class: 'qc-find-list', role: 'list', 'aria-label': texts.review });
    this.root = h(
      'section',
      {
        class: 'qc-find-review',
        'aria-label': texts.review,
        onkeydown: (event) => this.#key(event),
      },
      h(
        'div',
        { class: 'qc-find-bar' },
        this.code,
        this.unit,
        this.done,
        this.everyLine,
        this.status,
        h('button', { type: 'button', class: 'qc-button', onclick: () => this.on.closed() }, texts.back),
      ),
      h('div', { class: 'qc-find-keys' }, texts.review_keys),
      this.list,
    );
    this.status.textContent = codes.length ? '' : texts.no_codes;
  }

  focus() {
    this.code.focus();
  }

  // A code made meanwhile, here in another window or by somebody else, can be given too.
  async refresh() {
    let codes;
    try {
      ({ codes } = await this.ask('find_codes'));
    } catch {
      return; // What is listed can still be given; the next act tells if there is no connection.
    }
    if (JSON.stringify(codes) === JSON.stringify(this.codes)) return;
    if (!this.codes.length) this.status.textContent = '';
    this.codes = codes;
    this.#fillCodes();
  }

  #fillCodes() {
    const chosen = this.code.value;
    this.code.replaceChildren(
      h('option', { value: '' }, this.texts.choose_code),
      ...this.#books().map(([book, some]) =>
        h('optgroup', { label: book }, some.map((code) => h('option', { value: code.id }, code.label))),
      ),
    );
    this.code.value = this.codes.some((code) => code.id === chosen) ? chosen : '';
  }

  #key(event) {
    const boxes = [...this.list.querySelectorAll('input:enabled')];
    const at = boxes.indexOf(document.activeElement);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: boxes.length - 1 }[event.key];
    if (event.key === 'Escape') this.on.closed();
    else if (event.key === 'Enter' && event.ctrlKey) this.done.click();
    else if (at >= 0 && next !== undefined) (boxes[next] ?? (next < 0 ? this.code : boxes[at])).focus();
    else if (event.key === 'ArrowDown' && event.target.tagName !== 'SELECT' && boxes.length) boxes[0].focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #books() {
    const books = new Map();
    for (const code of this.codes) books.set(code.book, [...(books.get(code.book) ?? []), code]);
    return [...books];
  }

  get #asked() {
    return { ...this.question, code: this.code.value, unit: this.unit.value };
  }

  async #load() {
    this.#number += 1;
    const number = this.#number;
    const code = this.code.value;
    this.done.disabled = true;
    this.#waiting = Boolean(code);
    if (!code) {
      this.list.replaceChildren();
      return;
    }
    // What is ticked while the answer is on the way is meant for the code that is asked about.
    this.#ticks.decided = this.#decisions.of(code);
    try {
      const reply = await this.ask('find_review', this.#asked);
      if (number !== this.#number) return;
      this.#waiting = false;
      this.#ticks = new Ticks(reply.rows, {
        ticked: this.question.way !== 'meaning',
        decided: this.#ticks.decided,
      });
      this.#total = reply.total;
      this.#draw();
    } catch (error) {
      if (number !== this.#number) return;
      this.#waiting = false;
      this.status.textContent = this.#told(error);
    }
  }

  #told(error) {
    return error.kind === 'refused' ? error.message : this.texts.offline;
  }

  #draw() {
    this.list.replaceChildren(...this.#ticks.rows.map((row) => this.#row(row)));
    this.everyLine.hidden = !this.#ticks.open.length;
    const left = this.#total - this.#ticks.rows.length;
    this.status.textContent = left > 0 ? fill(this.texts.only_first, { n: this.#ticks.rows.length, left }) : '';
    this.#count();
  }

  #row(row) {
    const { line } = row;
    const open = !row.carries && row.spans > 0;
    const box = h('input', {
      type: 'checkbox',
      checked: open && this.#ticks.ids.has(row.id),
      disabled: !open,
      onchange: () => {
        this.#ticks.set(row.id, box.checked);
        this.#count();
      },
    });
    return h(
      'div',
      { class: 'qc-find-item', role: 'listitem' },
      h(
        'label',
        { class: open ? 'qc-find-line' : 'qc-find-line qc-find-carries' },
        box,
        h('span', { class: 'qc-find-who' }, [line.who, line.number].filter(Boolean).join(' · ')),
        line.words
          ? [
              h('span', { class: 'qc-find-left' }, h('bdi', {}, line.left)),
              h(
                'span',
                { class: 'qc-find-rest' },
                h('mark', { class: 'qc-find-words' }, line.words),
                line.right,
              ),
            ]
          : h('span', { class: 'qc-find-whole' }, line.right),
        row.carries ? h('span', { class: 'qc-find-near' }, this.texts.carries) : null,
      ),
    );
  }

  #all() {
    this.#ticks.setAll(this.every.checked);
    for (const [n, box] of [...this.list.querySelectorAll('input')].entries()) {
      if (!box.disabled) box.checked = this.#ticks.ids.has(this.#ticks.rows[n].id);
    }
    this.#count();
  }

  #count() {
    const n = this.#ticks.chosen.length;
    this.every.checked = n > 0 && n === this.#ticks.open.length;
    this.every.indeterminate = n > 0 && n < this.#ticks.open.length;
    this.done.disabled = n === 0 || this.#waiting;
    this.done.textContent = fill(this.texts.code_n[n === 1 ? 'one' : 'other'], { n });
  }

  async #code() {
    const ids = this.#ticks.chosen;
    const asked = this.#asked;
    this.done.disabled = true;
    try {
      const reply = await this.ask('find_code', { ...asked, ids });
      this.#decisions.done(asked.code);
      await this.#load();
      this.on.coded();
      this.#sayDone(reply);
    } catch (error) {
      this.status.textContent = this.#told(error);
      this.#count();
    }
  }

  #sayDone({ said, count, decision }) {
    const back = h(
      'button',
      { type: 'button', class: 'qc-button', onclick: () => this.#undo(decision) },
      this.texts.undo,
    );
    const told = count ? fill(this.texts.done, { said }) : this.texts.nothing_to_code;
    this.status.replaceChildren(told, ' ', count ? back : '');
    if (count) back.focus();
  }

  async #undo(decision) {
    try {
      const { said } = await this.ask('find_undo', { decision });
      await this.#load();
      this.on.coded();
      this.status.textContent = fill(this.texts.undone, { said });
      this.code.focus();
    } catch (error) {
      this.status.textContent = this.#told(error);
    }
  }
}
