// Where the sheet of answers lies among all, how to turn it, and how far the reading has come.

import { fill, h } from './dom.js';

export class SheetPlace {
  // on: {turn(step), turnTo(number)}
  constructor({ texts, on }) {
    Object.assign(this, { texts, on });
    this.told = h('div', { class: 'qc-progress-told' });
    this.place = h('span', {});
    const arrow = (step, name, sign) => h('button', {
      type: 'button', class: 'qc-button', 'aria-label': name, title: name, onclick: () => on.turn(step),
    }, sign);
    this.previous = arrow(-1, texts.previous_sheet, '‹');
    this.next = arrow(1, texts.next_sheet, '›');
    this.number = h('input', {
      class: 'qc-field qc-sheet-number', type: 'number', min: '1', 'aria-label': texts.sheet_number,
      onchange: () => this.#go(),
      onkeydown: (event) => event.stopPropagation(),
    });
    this.count = h('span', { class: 'qc-hint' });
    this.turner = h('span', { class: 'qc-turner' }, this.previous, this.number, this.count, this.next);
    this.element = h('div', { class: 'qc-place' },
      this.told, h('div', { class: 'qc-pager' }, this.place, this.turner));
  }

  paintSheet(sheet) {
    this.sheet = sheet;
    this.place.textContent = fill(this.texts.answers_of, {
      first: sheet.ids.length ? sheet.first : 0,
      last: sheet.last,
      total: sheet.total,
    });
    this.turner.hidden = sheet.count < 2;
    this.previous.disabled = !sheet.has_previous;
    this.next.disabled = !sheet.has_next;
    this.number.max = sheet.count;
    this.number.value = sheet.number;
    this.count.textContent = `/ ${sheet.count}`;
  }

  paintProgress({ answers, coded, reduced }) {
    this.told.textContent = fill(this.texts.progress, { coded, all: answers, reduced });
    // The share that is coded lies behind the words.
    this.told.style.setProperty('--qc-done', `${(100 * coded) / Math.max(1, answers)}%`);
  }

  #go() {
    const wanted = Math.round(Number(this.number.value));
    const number = Math.max(1, Math.min(this.sheet.count, wanted || this.sheet.number));
    this.number.value = number;
    if (number !== this.sheet.number) this.on.turnTo(number);
  }
}
