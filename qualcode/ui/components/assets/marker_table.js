// The answers as a table: who, the facts that were chosen, the answer, its codes, reductions and memos in
// columns, with their names above. The rows are the same as in the other looks, so keys, selection and
// fields are too; only how they stand differs (marker_table.css), and the facts get a cell each.

import { h } from './dom.js';
import { Density } from './marker_density.js';

const AT_FIRST = 2; // facts that have a column before any is chosen
const NUMBER = '40px';
const WHO = 'minmax(52px, 0.5fr)';
const FACT = 'minmax(64px, 0.6fr)';
const REST = '[text] minmax(200px, 3.6fr) [codes] minmax(110px, 1.3fr) [reductions] minmax(120px, 1.8fr) [memos] minmax(56px, 0.7fr) [end]';

export class Table {
  #cells = new WeakMap(); // AnswerRow -> {elements, painted}
  #headed = '';

  constructor(desk) {
    this.desk = desk;
    this.head = h('div', { class: 'qc-table-head', hidden: true });
    desk.layout.list.prepend(this.head);
    desk.layout.tableHead = this.head;
    desk.on('look', () => this.#paint());
    desk.on('repaint', () => this.#paint());
    desk.on('data', () => this.#paint());
  }

  get isOn() {
    return this.#density?.look === 'table';
  }

  get #density() {
    return this.desk.part(Density);
  }

  // Names of every fact that an answer on the screen has, in their order.
  get #names() {
    const names = new Set();
    for (const row of this.desk.view.rows.values()) for (const [name] of factsOf(row)) names.add(name);
    return [...names];
  }

  get #columns() {
    const names = this.#names;
    const { columns } = this.#density.remembered;
    return columns ? columns.filter((name) => names.includes(name)) : names.slice(0, AT_FIRST);
  }

  #paint() {
    const { desk } = this;
    if (!desk.view) return;
    this.head.hidden = !this.isOn;
    if (!this.isOn) return;
    const columns = this.#columns;
    desk.root.style.setProperty('--qc-columns',
      [NUMBER, WHO, ...columns.map(() => FACT), REST].join(' '));
    this.#paintHead(columns);
    for (const answer of desk.rows.all) this.#paintCells(answer, columns);
  }

  #paintCells(answer, columns) {
    const row = this.desk.view.rows.get(answer.id);
    if (!row || answer.long) return;
    const facts = new Map(factsOf(row));
    const told = columns.map((name) => [name, facts.get(name) ?? '']);
    const now = JSON.stringify(told);
    const there = this.#cells.get(answer);
    if (there?.painted === now) return;
    for (const element of there?.elements ?? []) element.remove();
    const elements = told.map(([name, value], i) => h('div', {
      class: 'qc-cell', title: `${name}: ${value}`, style: { 'grid-column': String(i + 3) },
    }, value));
    answer.facts.after(...elements);
    this.#cells.set(answer, { elements, painted: now });
  }

  // --- the names above, and choosing the columns ---

  #paintHead(columns) {
    const { texts } = this.desk;
    const names = this.#names;
    const now = JSON.stringify([columns, names]);
    if (now === this.#headed) return;
    this.#headed = now;
    const had = this.head.contains(document.activeElement);
    const cell = (name, column) => h('span', { title: name, style: { 'grid-column': column } }, name);
    this.chooser = h('button', {
      type: 'button', class: 'qc-columns-button', 'aria-haspopup': 'true', 'aria-expanded': 'false',
      'aria-label': texts.choose_columns, title: texts.choose_columns,
      onclick: () => this.#choose(names, this.#columns),
    }, '▾');
    this.head.replaceChildren(
      this.chooser,
      cell(texts.column_who, '2'),
      ...columns.map((name, i) => cell(name, String(i + 3))),
      cell(texts.column_answer, 'text'),
      cell(texts.codes, 'codes'),
      cell(texts.reductions, 'reductions'),
      cell(texts.memos, 'memos'));
    if (had) this.chooser.focus({ preventScroll: true });
  }

  #choose(names, chosen) {
    const { desk } = this;
    if (desk.opened?.kind === 'columns') {
      desk.closeOpen();
      return;
    }
    desk.fields.leave();
    const boxes = names.map((name) => h('input', {
      type: 'checkbox', value: name, checked: chosen.includes(name),
      onchange: () => {
        this.#density.remember({ columns: boxes.filter((box) => box.checked).map((box) => box.value) });
        desk.layout.keepingView(() => this.#paint());
        this.chooser.setAttribute('aria-expanded', 'true');
      },
    }));
    const step = (by) => {
      const at = boxes.indexOf(document.activeElement) + by;
      boxes[Math.max(0, Math.min(boxes.length - 1, at))]?.focus();
    };
    const close = () => {
      desk.closeOpen();
      this.chooser.setAttribute('aria-expanded', 'false');
      this.chooser.focus({ preventScroll: true });
    };
    const element = h('div', {
      class: 'qc-columns',
      role: 'group',
      'aria-label': desk.texts.choose_columns,
      onkeydown: (event) => {
        event.stopPropagation();
        const act = { ArrowDown: () => step(1), ArrowUp: () => step(-1), Escape: close }[event.key];
        if (!act) return;
        event.preventDefault();
        act();
      },
      onfocusout: ({ relatedTarget }) => {
        if (relatedTarget && !element.contains(relatedTarget) && relatedTarget !== this.chooser) close();
      },
    }, h('div', { class: 'qc-heading' }, desk.texts.choose_columns), ...boxes.map((box) => (
      h('label', {}, box, h('span', {}, box.value)))),
    names.length ? null : h('div', { class: 'qc-hint' }, desk.texts.no_facts));
    const below = this.chooser.getBoundingClientRect().bottom - desk.root.getBoundingClientRect().top;
    element.style.top = `${below + 2}px`;
    desk.root.append(element);
    this.chooser.setAttribute('aria-expanded', 'true');
    desk.open({ kind: 'columns', element });
    (boxes[0] ?? this.chooser).focus({ preventScroll: true });
  }
}

// [name, value] of every fact of a row.
const factsOf = ({ facts = [], fact_names: names = [], more = [] }) => [
  ...facts.map((value, i) => [names[i] ?? '', value]), ...more,
].filter(([name]) => name);
