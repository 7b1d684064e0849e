// Naming in place: a new category gets its name where it will stand, an old one where it stands.

import { element, setAttribute, syncChildren } from './category_board_dom.js';
import { HIGHEST_LEVEL, SUBCATEGORY, commonPlace, topmost } from './category_board_model.js';
import { fill } from './dom.js';

export class Naming {
  // What the name being written is for, or null: { mode: 'rename', id } or { mode: 'new', level,
  // under, cards, categories, from }; `back` is the item that gets the cursor when nothing is named.
  asked = null;

  constructor(board) {
    this.board = board;
  }

  isRenaming(id) {
    return this.asked?.mode === 'rename' && this.asked.id === id;
  }

  isNewUnder(under) {
    return this.asked?.mode === 'new' && this.asked.under === under;
  }

  /** A category that is gone can't be renamed any more. */
  forgetGone() {
    if (this.asked?.id && !this.board.view.categories.has(this.asked.id)) this.asked = null;
  }

  rename(item = this.board.target()) {
    if (this.board.readsOnly()) return;
    if (!item?.startsWith('c:')) return;
    const id = item.slice(2);
    this.ask({ mode: 'rename', id, back: item }, this.board.view.categories.get(id).name);
  }

  /**
   * A name is asked where the new category will stand: a subcategory of the selected cards (out of
   * the category they all lie in: a split), a category above several selected categories, or an
   * empty one under the category with the cursor.
   */
  startNew() {
    if (this.board.readsOnly()) return;
    const target = this.board.target();
    const { selection, view } = this.board;
    const cards = selection.size || target?.startsWith('r:') ? this.board.chosen('r:') : [];
    const above = selection.size ? topmost(view, this.board.chosen('c:')) : [];
    if (cards.length) this.#startFromCards(cards, target);
    else if (above.length > 1) this.#startAbove(above);
    else this.#startEmpty(target);
  }

  #startFromCards(cards, target) {
    const from = commonPlace(this.board.view, cards, 'card');
    const splits = from != null && this.board.layout.cards.get(from).length > cards.length;
    const near = this.board.target()?.startsWith('c:') ? target.slice(2) : null;
    const under =
      from != null
        ? this.board.view.categories.get(from).parent
        : near && this.board.view.categories.get(near).level > SUBCATEGORY
          ? near
          : null;
    this.ask({ mode: 'new', level: SUBCATEGORY, under, cards, from: splits ? from : null, back: target });
  }

  #startAbove(categories) {
    const highest = Math.max(...categories.map((id) => this.board.view.categories.get(id).level));
    if (highest >= HIGHEST_LEVEL) {
      this.board.say(this.board.texts.no_higher_level, { problem: true });
      return;
    }
    const common = commonPlace(this.board.view, categories, 'category') ?? null;
    const fits = common !== null && this.board.view.categories.get(common).level > highest + 1;
    const back = `c:${categories[0]}`;
    this.ask({ mode: 'new', level: highest + 1, under: fits ? common : null, categories, back });
  }

  #startEmpty(target) {
    const near = target?.startsWith('c:') ? this.board.view.categories.get(target.slice(2)) : null;
    const under = near ? (near.level > SUBCATEGORY ? near.id : near.parent) : null;
    this.ask({ mode: 'new', level: SUBCATEGORY, under, back: target });
  }

  ask(asked, name = '') {
    this.asked = asked;
    if (asked.mode === 'new' && asked.under !== null) this.board.openness.set(asked.under, true);
    const input = this.input();
    input.value = name;
    input.placeholder = this.board.texts.name_asked;
    setAttribute(input, 'aria-label', this.board.texts.name_asked);
    this.board.refresh();
    input.focus({ preventScroll: true });
    input.select();
    const show = () =>
      input.closest('.qcb-naming-box, .qcb-head')?.scrollIntoView({ block: 'nearest' });
    show();
    // Boxes on the way are measured only when they come into view: what was aimed at has moved then.
    requestAnimationFrame(() => requestAnimationFrame(show));
  }

  input() {
    if (this.nameInput) return this.nameInput;
    const input = element('input', 'qcb-naming', { type: 'text', maxlength: 300 });
    input.addEventListener('keydown', (event) => {
      event.stopPropagation();
      if (event.key === 'Enter') this.#named(true);
      else if (event.key === 'Escape') this.#named(false);
    });
    input.addEventListener('blur', (event) => {
      // Choosing the level is part of naming; going anywhere else keeps what was written.
      const stays = event.relatedTarget && event.relatedTarget === this.levelSelect;
      if (!stays && this.asked && this.board.root.isConnected) this.#named(true, false);
    });
    this.nameInput = input;
    return input;
  }

  /** Of what level a category is added under this one: that of those already there. */
  usualLevel(under) {
    return this.board.layout.children.get(under)?.at(-1)?.level ?? SUBCATEGORY;
  }

  /** The name asked, with what the new category will hold, or a choice of its level when empty. */
  box() {
    const { level, cards, categories, under } = this.asked;
    const box = (this.nameBox ??= element('div', 'qcb-naming-box', { role: 'treeitem' }));
    const highest = this.board.view.categories.get(under)?.level ?? HIGHEST_LEVEL + 1;
    const levels = this.board.data.levels.filter((one) => one.level < highest);
    const inside = cards?.length
      ? this.board.count(this.board.texts.reductions, cards.length)
      : categories?.length && fill(this.board.texts.categories, { n: categories.length });
    if (inside || levels.length < 2) {
      const told = [this.board.levelName(level), inside].filter(Boolean).join(' · ');
      syncChildren(box, [element('span', 'qcb-level', {}, told), this.input()]);
    } else syncChildren(box, [this.#levelChoice(levels), this.input()]);
    return box;
  }

  #levelChoice(levels) {
    const choice = (this.levelSelect ??= element('select', 'qcb-select qcb-level-choice'));
    setAttribute(choice, 'aria-label', this.board.texts.level);
    choice.replaceChildren(
      ...levels.map((one) => element('option', '', { value: one.level }, one.name)),
    );
    choice.value = String(this.asked.level);
    choice.onchange = () => {
      this.asked.level = Number(choice.value);
      this.nameInput.focus();
    };
    return choice;
  }

  #named(keep, refocus = true) {
    const { asked } = this;
    if (!asked) return;
    const name = this.nameInput.value.trim();
    this.asked = null;
    const focus = (item) => refocus && item && this.board.focus(item);
    if (!keep || !name) {
      this.board.refresh();
      focus(asked.back);
      return;
    }
    if (asked.mode === 'rename') {
      const old = this.board.view.categories.get(asked.id);
      if (old && old.name !== name) {
        const said = fill(this.board.texts.said_renamed, { name });
        this.board.act({ op: 'rename', id: asked.id, name }, said);
      } else this.board.refresh();
      focus(asked.back);
      return;
    }
    const id = crypto.randomUUID();
    const said = fill(this.board.texts.said_added, { name });
    this.board.selection.clear();
    if (asked.from) {
      this.board.act({ op: 'split', id: asked.from, new: id, name, members: asked.cards }, said);
    } else {
      const operation = { op: 'add', id, name, level: asked.level };
      if (asked.under !== null) operation.under = asked.under;
      if (asked.cards?.length) operation.reductions = asked.cards;
      if (asked.categories?.length) operation.categories = asked.categories;
      this.board.act(operation, said);
    }
    // After cards from the left column the cursor stays there, for the next cards.
    const left = this.board.order('left');
    if (asked.back?.startsWith('r:') && !asked.from && left.length) {
      const { current } = this.board;
      focus(left.includes(current.left) ? current.left : left[0]);
    } else focus(`c:${id}`);
  }
}
