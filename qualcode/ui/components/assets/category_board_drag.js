// Dragging cards and categories with the mouse: what is taken along, where it would drop, the marker
// that shows it, scrolling at the edges, and closed categories that open under the pointer.

import { element } from './category_board_dom.js';
import { SUBCATEGORY, canMove, canPlace, grabbed } from './category_board_model.js';
import { fill } from './dom.js';

const EDGE = 48; // pixels from a pane's edge where a drag scrolls it
const HOVER_OPENS = 700; // milliseconds over a closed category before a drag opens it

export class Dragging {
  constructor(board) {
    this.board = board;
    const { root } = board;
    root.addEventListener('dragstart', (event) => this.#start(event));
    root.addEventListener('dragover', (event) => this.#over(event));
    root.addEventListener('drop', (event) => this.#drop(event));
    root.addEventListener('dragend', () => this.#end());
    root.addEventListener('dragleave', (event) => {
      if (!root.contains(event.relatedTarget)) this.#mark(null);
    });
  }

  close() {
    clearTimeout(this.hoverTimer);
  }

  #start(event) {
    const member = event.target.closest?.('[data-drag]');
    const shown = event.target.closest?.('[data-item]');
    if (!member && !shown) return;
    if (this.board.readsOnly()) {
      event.preventDefault();
      return;
    }
    const item = member ? member.dataset.drag : shown.dataset.item;
    const order = [...this.board.order('left'), ...this.board.order('tree')];
    this.dragged = member ? [item] : grabbed(this.board.selection, order, item);
    event.dataTransfer.effectAllowed = 'move';
    event.dataTransfer.setData('text/plain', this.dragged.join(' '));
    if (this.dragged.length > 1) {
      const ghost = element('div', 'qcb-ghost', {}, fill(this.board.texts.selected, { n: this.dragged.length }));
      this.board.root.append(ghost);
      event.dataTransfer.setDragImage(ghost, 12, 12);
      setTimeout(() => ghost.remove(), 0);
    }
    this.board.root.classList.add('qcb-dragging');
  }

  #over(event) {
    if (!this.dragged) return;
    this.#scrollAtEdge(event);
    const drop = this.#dropAt(event);
    this.#mark(drop);
    if (!drop) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'move';
  }

  #drop(event) {
    const drop = this.dragged && this.#dropAt(event);
    const items = this.dragged;
    this.#end();
    if (!drop) return;
    event.preventDefault();
    if (drop.naming) this.board.naming.ask(drop.naming);
    else this.board.does.moveTo(items, drop);
  }

  #end() {
    this.dragged = null;
    this.#mark(null);
    clearTimeout(this.hoverTimer);
    this.hovered = null;
    this.board.root.classList.remove('qcb-dragging');
    const { then } = this;
    this.then = null;
    then?.();
  }

  /** Where the pointer would drop: { category | under, before, shown, edge } or { naming }. */
  #dropAt(event) {
    const cards = this.dragged[0].startsWith('r:');
    const over = event.target.closest?.('[data-item], [data-drop], [data-add]');
    if (!over) return null;
    if ('add' in over.dataset) return cards ? this.#dropOnAdder(over) : null;
    const shown = over.dataset.item ? over : null;
    if (this.board.list.contains(over)) return cards ? { category: null, shown: this.board.list, edge: 'into' } : null;
    if (!shown) {
      return cards ? null : { under: null, shown: this.board.roots, edge: 'into' };
    }
    this.#openWhenHovered(shown);
    if (this.dragged.includes(shown.dataset.item)) return null;
    return cards ? this.#dropCards(shown, event) : this.#dropCategories(shown, event);
  }

  #dropOnAdder(adder) {
    if (Number(adder.dataset.add || SUBCATEGORY) !== SUBCATEGORY) return null;
    const ids = this.dragged.map((item) => item.slice(2));
    const under = adder.dataset.under || null;
    return {
      naming: { mode: 'new', level: SUBCATEGORY, under, cards: ids, back: this.dragged[0] },
      shown: adder,
      edge: 'into',
    };
  }

  #dropCards(shown, event) {
    const id = shown.dataset.item.slice(2);
    const card = this.board.view.cards.get(id);
    if (!card) return canPlace(this.board.view, id) ? { category: id, shown, edge: 'into' } : null;
    const box = shown.getBoundingClientRect();
    const after = event.clientY > box.top + box.height / 2;
    const siblings = (this.board.layout.cards.get(card.category) ?? []).filter(
      (one) => !this.dragged.includes(`r:${one.id}`),
    );
    const place = siblings.findIndex((one) => one.id === id);
    const before = after ? siblings[place + 1]?.id : id;
    return { category: card.category, before, shown, edge: after ? 'after' : 'before' };
  }

  #dropCategories(shown, event) {
    const key = shown.dataset.item.slice(2);
    const id = this.board.view.cards.get(key)?.category ?? key;
    const target = this.board.items.get(`c:${id}`)?.element;
    if (!target || this.dragged.includes(`c:${id}`)) return null;
    if (this.board.takes(id, this.dragged)) return { under: id, shown: target, edge: 'into' };
    const category = this.board.view.categories.get(id);
    const ids = this.dragged.map((item) => item.slice(2));
    if (!ids.every((one) => canMove(this.board.view, one, category.parent))) return null;
    const box = target.getBoundingClientRect();
    const sideways = !this.board.asTree && category.level === SUBCATEGORY;
    const after = sideways
      ? event.clientX > box.left + box.width / 2
      : event.clientY > box.top + box.height / 2;
    const siblings = (this.board.layout.children.get(category.parent) ?? []).filter(
      (one) => !ids.includes(one.id),
    );
    const place = siblings.findIndex((one) => one.id === id);
    const before = after ? siblings[place + 1]?.id : id;
    const edge = (after ? 'after' : 'before') + (sideways ? '-side' : '');
    return { under: category.parent, before, shown: target, edge };
  }

  #openWhenHovered(shown) {
    if (this.hovered === shown) return;
    clearTimeout(this.hoverTimer);
    this.hovered = shown;
    const category = this.board.view.categories.get(shown.dataset.item.slice(2));
    if (!category || this.board.isOpen(category)) return;
    this.hoverTimer = setTimeout(() => this.board.setOpen(category.id, true), HOVER_OPENS);
  }

  #mark(drop) {
    if (this.marked) this.marked.removeAttribute('data-edge');
    this.marked = drop?.shown ?? null;
    if (this.marked) this.marked.dataset.edge = drop.edge;
  }

  #scrollAtEdge(event) {
    for (const pane of [this.board.tree, this.board.list]) {
      const box = pane.getBoundingClientRect();
      if (event.clientX < box.left || event.clientX > box.right) continue;
      if (event.clientY < box.top + EDGE) pane.scrollTop -= 14;
      else if (event.clientY > box.bottom - EDGE) pane.scrollTop += 14;
    }
  }
}
