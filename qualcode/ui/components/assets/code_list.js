// The tree of codes on the screen: one line a code, one tab stop, counts that change in place. Makes
// lines anew only when the codes themselves change.

import { fill, h } from './dom.js';
import { seenLines, stepFrom } from './codebook_tree.js';

export class CodeList {
  closed = new Set(); // codebooks that are folded in
  #tree = [];
  #typed = '';
  #lines = [];
  #elements = new Map(); // line id -> element
  #counts = new Map(); // code id -> the element with its counts
  #focused = null;

  // on: {focused(code), hovered(code|null), pressed(code), pressedTwice(code), coded(code),
  //      pinned(code, key), edited(code), folded(), left()}
  constructor({ texts, on }) {
    Object.assign(this, { texts, on });
    this.element = h('div', {
      class: 'qc-tree', role: 'tree', 'aria-label': texts.codes,
      onkeydown: (event) => this.#key(event),
      onclick: (event) => this.#clicked(event),
      ondblclick: (event) => this.#codeAt(event) && on.pressedTwice(this.#codeAt(event)),
      onmouseover: (event) => on.hovered(this.#codeAt(event)),
      onmouseleave: () => on.hovered(null),
      onfocusin: (event) => this.#focusedAt(event),
    });
  }

  get focusedId() {
    return this.#focused;
  }

  get firstCode() {
    return this.#lines.find((line) => line.code)?.id;
  }

  get isEmpty() {
    return !this.#lines.length;
  }

  // `counts`: code id -> [mentions, respondents]
  paint(tree, typed, counts) {
    this.#tree = tree;
    this.#typed = typed;
    this.#lines = seenLines(tree, typed, this.closed);
    this.#counts.clear();
    const had = this.element.contains(document.activeElement);
    this.#elements = new Map(this.#lines.map((line) => [line.id, this.#make(line)]));
    const { scrollTop } = this.element;
    this.element.replaceChildren(...this.#elements.values());
    this.element.scrollTop = scrollTop;
    this.count(counts);
    if (!this.#elements.has(this.#focused)) this.#focused = this.#lines[0]?.id ?? null;
    this.#elements.get(this.#focused)?.setAttribute('tabindex', '0');
    if (had) this.focus(this.#focused);
  }

  // Only what differs is written: an act changes one line of three hundred.
  count(counts) {
    for (const [id, element] of this.#counts) {
      const [mentions, respondents] = counts.get(id) ?? [0, 0];
      const told = mentions ? `${mentions} · ${respondents}` : '';
      if (element.textContent === told) continue;
      element.textContent = told;
      this.#name(this.#elements.get(id), this.#lineOf(id).code, mentions, respondents);
    }
  }

  focus(id = this.#focused) {
    const element = this.#elements.get(id);
    if (!element) return;
    this.#takeTabStop(id);
    element.focus({ preventScroll: true });
    element.scrollIntoView({ block: 'nearest' });
  }

  // The line that is shown in full above.
  mark(id) {
    this.element.querySelector('[aria-selected=true]')?.setAttribute('aria-selected', 'false');
    this.#elements.get(id)?.setAttribute('aria-selected', 'true');
  }

  // --- lines ---

  #make(line) {
    return line.kind === 'book' ? this.#makeBook(line) : this.#makeCode(line);
  }

  #makeBook({ id, book, open, total }) {
    return h('div', {
      class: 'qc-tree-book', role: 'treeitem', 'aria-level': '1', 'aria-expanded': String(open),
      tabindex: '-1', 'data-line': id,
    }, h('span', { class: 'qc-tree-fold', 'aria-hidden': 'true' }, open ? '▾' : '▸'),
    h('span', { class: 'qc-tree-name' }, book), h('span', { class: 'qc-count' }, `(${total})`));
  }

  #makeCode({ id, code, depth }) {
    const count = h('span', { class: 'qc-count' });
    this.#counts.set(id, count);
    const element = h('div', {
      class: 'qc-tree-code', role: 'treeitem', 'aria-level': String(depth + 2), 'aria-selected': 'false',
      tabindex: '-1', 'data-line': id, 'data-code': id, style: { '--qc-depth': depth },
    }, h('i', { class: 'qc-swatch', style: { background: code.colour } }),
    h('span', { class: 'qc-tree-name' }, code.label),
    code.key ? h('kbd', {}, code.key) : '', count);
    this.#name(element, code, 0, 0);
    return element;
  }

  #name(element, code, mentions, respondents) {
    const told = mentions ? fill(this.texts.mentions_and_respondents, { mentions, respondents }) : '';
    const key = code.key ? fill(this.texts.on_key, { key: code.key }) : '';
    const name = [code.label, told, key].filter(Boolean).join(', ');
    element.setAttribute('aria-label', name);
    element.title = name;
  }

  #lineOf(id) {
    return this.#lines.find((line) => line.id === id);
  }

  #lineAt({ target }) {
    return this.#lineOf(target.closest('[data-line]')?.dataset.line);
  }

  #codeAt(event) {
    return this.#lineAt(event)?.code ?? null;
  }

  // --- focus and keys ---

  #takeTabStop(id) {
    this.#elements.get(this.#focused)?.setAttribute('tabindex', '-1');
    this.#focused = id;
    this.#elements.get(id)?.setAttribute('tabindex', '0');
  }

  #focusedAt(event) {
    const line = this.#lineAt(event);
    if (!line) return;
    this.#takeTabStop(line.id);
    if (line.code) this.on.focused(line.code);
  }

  #key(event) {
    const line = this.#lineAt(event);
    if (!line) return;
    const act = this.#actOf(event, line);
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }

  #actOf(event, { code, book, id }) {
    const { key, ctrlKey, metaKey, altKey } = event;
    const digit = /^Digit([1-9])$/u.exec(event.code)?.[1];
    if (digit && (altKey || ctrlKey) && code) return () => this.on.pinned(code, digit);
    if (ctrlKey || metaKey || altKey) return null;
    if (key === 'Escape') return () => this.on.left();
    if (key === ' ') return () => (code ? this.on.pressed(code) : this.#fold(book));
    if (key === 'Enter') return () => (code ? this.on.coded(code) : this.#fold(book));
    if (key === 'F2') return () => code && this.on.edited(code);
    const step = stepFrom(this.#lines, id, key);
    if (step?.to) return () => this.focus(step.to);
    if (step?.fold) return () => this.#fold(step.fold);
    return key.startsWith('Arrow') || key === 'Home' || key === 'End' ? () => {} : null;
  }

  #fold(book) {
    if (this.closed.has(book)) this.closed.delete(book);
    else this.closed.add(book);
    this.on.folded();
  }

  // --- mouse ---

  #clicked(event) {
    const line = this.#lineAt(event);
    if (!line) return;
    if (line.book) this.#fold(line.book);
    // The second click of a double click is told by the browser as such.
    else if (event.detail < 2) this.on.pressed(line.code);
  }
}
