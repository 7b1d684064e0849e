// What a person does on the board: places, moves, merges, removes, pins, takes back.
//
// Every act says below the board what it did; what cannot be done is said, too, and changes nothing.

import { fill } from './dom.js';
import { canMerge, canMove, canPlace, grabbed, topmost } from './category_board_model.js';
import { setText } from './category_board_dom.js';
import { togglePins } from './category_board_pins.js';

export class Acts {
  constructor(board) {
    this.board = board;
  }

  #place(ids, category, before = null) {
    const { board } = this;
    const moving = ids.filter((id) => board.view.cards.has(id));
    if (!moving.length) return;
    if (!canPlace(board.view, category)) {
      board.say(board.texts.only_in_subcategory, { problem: true });
      return;
    }
    const where = category === null ? board.texts.unplaced : board.view.categories.get(category).name;
    const operation = { op: 'place', reductions: moving, category };
    if (before) operation.before = before;
    board.selection.clear();
    board.act(operation, this.#said(board.texts.said_placed, moving.length, where));
  }

  #move(ids, under, before = null) {
    const { board } = this;
    const moving = topmost(board.view, ids).filter((id) => id !== before);
    if (!moving.length) return;
    const bad = moving.find((id) => !canMove(board.view, id, under));
    if (bad) {
      const text = fill(board.texts.cannot_move, {
        name: board.view.categories.get(bad)?.name ?? '',
        under: board.view.categories.get(under)?.name ?? '',
      });
      board.say(text, { problem: true });
      return;
    }
    const where = under === null ? board.texts.top_level : board.view.categories.get(under).name;
    const operation = { op: 'move', categories: moving, under };
    if (before) operation.before = before;
    board.selection.clear();
    if (under !== null) board.openness.set(under, true);
    board.act(operation, this.#said(board.texts.said_moved, moving.length, where));
  }

  #said(forms, n, name) {
    return fill(forms[this.board.plural.select(n)] ?? forms.other, { n, name });
  }

  /** Moves items to where they were dropped: { category | under, before }. */
  moveTo(items, target) {
    const ids = items.map((item) => item.slice(2));
    if (items[0].startsWith('r:')) this.#place(ids, target.category, target.before);
    else this.#move(ids, target.under, target.before);
  }

  pickUp() {
    const { board } = this;
    if (board.readsOnly()) return;
    const target = board.target();
    if (!target) return;
    const order = [...board.order('left'), ...board.order('tree')];
    board.carried = grabbed(board.selection, order, target);
    setText(board.live, fill(board.texts.carrying, { n: board.carried.length }));
    board.paintMarks();
  }

  dropHere(item = this.board.target()) {
    const { board } = this;
    const { carried } = board;
    if (!carried) return;
    board.carried = null;
    const cards = carried[0].startsWith('r:');
    const inLeft = board.list.contains(document.activeElement) && item === board.target();
    if (inLeft || !item) {
      if (cards) this.#place(carried.map((one) => one.slice(2)), null);
      else this.#move(carried.map((one) => one.slice(2)), null);
      return;
    }
    const id = item.slice(2);
    const card = board.view.cards.get(id);
    if (cards) {
      if (card) this.moveTo(carried, { category: card.category, before: id });
      else this.moveTo(carried, { category: id });
      return;
    }
    const category = card ? card.category : id;
    const into = category !== null && board.takes(category, carried);
    if (into || category === null) this.moveTo(carried, { under: category });
    else {
      const under = board.view.categories.get(category).parent;
      this.moveTo(carried, { under, before: category });
    }
  }

  letGo() {
    const { board } = this;
    board.carried = null;
    board.selection.clear();
    board.message = null;
    board.paintMarks();
  }

  merge() {
    const { board } = this;
    if (board.readsOnly()) return;
    const chosen = board.chosen('c:');
    if (!canMerge(board.view, chosen)) {
      board.say(board.texts.cannot_merge, { problem: true });
      return;
    }
    const target = board.target()?.slice(2);
    const into = chosen.includes(target) ? target : chosen[0];
    const others = chosen.filter((id) => id !== into);
    const { name } = board.view.categories.get(into);
    board.selection.clear();
    board.current.tree = `c:${into}`;
    board.act({ op: 'merge', into, others }, this.#said(board.texts.said_merged, others.length + 1, name));
    board.focus(`c:${into}`);
  }

  remove() {
    const { board } = this;
    if (board.readsOnly()) return;
    const target = board.target();
    if (!target) return;
    if (target.startsWith('r:')) {
      const placed = board.chosen('r:').filter((id) => !board.isUnplaced(`r:${id}`));
      this.#place(placed, null);
      return;
    }
    const gone = board.chosen('c:');
    for (const id of gone) {
      const { name } = board.view.categories.get(id);
      board.selection.delete(`c:${id}`);
      board.act({ op: 'remove', id }, fill(board.texts.said_removed, { name }));
    }
  }

  pin() {
    const { board } = this;
    if (board.readsOnly()) return;
    togglePins(board);
  }

  undo() {
    this.turn({ op: 'undo' });
  }

  redo() {
    this.turn({ op: 'redo' });
  }

  // Takes back or does again the act that is named, or the one that the window knows as the next.
  turn(operation) {
    const { board } = this;
    if (board.readsOnly()) return;
    const { texts } = board;
    const back = operation.op === 'undo';
    const named = board.undoMemory.noted(operation, board.outbox.pending);
    if (!named) {
      board.say(back ? texts.nothing_to_undo : texts.nothing_to_redo);
      return;
    }
    board.message = null;
    board.act(named);
    setText(board.live, back ? texts.said_undone : texts.said_redone);
  }
}
