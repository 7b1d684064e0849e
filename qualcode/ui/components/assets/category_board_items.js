// How a category and a card look. An element is made once for each and then only brought up to date,
// so that focus, scrolling and what the pointer is over stay where they are.

import { button, element, setAttribute, setText, syncChildren } from './category_board_dom.js';
import { SUBCATEGORY } from './category_board_model.js';
import { fill } from './dom.js';

const CARDS_SHOWN = 60; // of one category, before "show the rest"

export class Items {
  constructor(board) {
    this.board = board;
  }

  /** The category with all that is open below it. */
  category(category, depth) {
    const item = `c:${category.id}`;
    const made = this.board.items.get(item) ?? this.#buildCategory(item, category);
    const { parts } = made;
    const children = this.board.layout.children.get(category.id) ?? [];
    const cards = this.board.layout.cards.get(category.id) ?? [];
    const open = this.board.isOpen(category);
    const reductions = this.board.layout.reductions.get(category.id) ?? 0;
    const signature = [
      category.name, category.level, category.origin, category.definition, category.pinned,
      category.mentions, category.respondents, reductions, depth, open, this.board.data.language,
    ].join('\u0001'); // prettier-ignore
    if (made.signature !== signature) {
      made.signature = signature;
      this.#writeHead(made, category, { depth, open, reductions });
    }
    const renaming = this.board.naming.isRenaming(category.id);
    syncChildren(parts.title, renaming ? [this.board.naming.input()] : [parts.name]);
    const body = [];
    if (open) {
      for (const child of children) body.push(this.category(child, depth + 1));
      if (category.level === SUBCATEGORY) {
        const whole = this.board.shownWhole.has(category.id) || cards.length <= CARDS_SHOWN + 5;
        const visible = whole ? cards : cards.slice(0, CARDS_SHOWN);
        for (const card of visible) body.push(this.card(card, depth + 1));
        if (!whole) {
          const text = fill(this.board.texts.show_rest, { n: cards.length - CARDS_SHOWN });
          setText(parts.rest, text);
          body.push(parts.rest);
        }
        if (!cards.length) body.push(parts.hint);
      }
      if (this.board.naming.isNewUnder(category.id)) {
        body.push(this.board.naming.box());
      }
    }
    syncChildren(parts.body, body);
    return made.element;
  }

  #buildCategory(item, category) {
    const { texts } = this.board;
    const parts = {
      toggle: button('qcb-toggle', '', { tabindex: -1, 'data-toggle': '' }),
      tick: element('span', 'qcb-tick', { 'aria-hidden': 'true', 'data-tick': '' }),
      level: element('span', 'qcb-level'),
      title: element('span', 'qcb-title'),
      name: element('span', 'qcb-name'),
      origin: element('span', 'qcb-badge', { title: texts.theory_long }, texts.theory),
      pin: pinMark(texts.pinned_category),
      bare: element('span', 'qcb-badge qcb-bare', { title: texts.no_data_long }, texts.no_data),
      counts: button('qcb-counts', '', { tabindex: -1, 'data-open': '' }),
      here: button('qcb-button qcb-here', texts.drop_here, { tabindex: -1, 'data-here': '' }),
      body: element('div', 'qcb-body', { role: 'group' }),
      hint: element('p', 'qcb-hint', {}, texts.drag_here),
      rest: button('qcb-button qcb-quiet', '', { tabindex: -1, 'data-rest': '' }),
      adder: button('qcb-adder', '+', {
        title: texts.add_here,
        'aria-label': texts.add_here,
        tabindex: -1,
        'data-add': '',
        'data-under': category.id,
      }),
    };
    parts.head = element(
      'div',
      'qcb-head',
      { draggable: 'true' },
      parts.toggle,
      parts.tick,
      parts.level,
      parts.title,
      parts.pin,
      parts.origin,
      parts.bare,
      parts.adder,
      parts.here,
      parts.counts,
    );
    const made = element(
      'div',
      'qcb-category',
      { role: 'treeitem', tabindex: -1, 'data-item': item },
      parts.head,
      parts.body,
    );
    const entry = { element: made, parts, signature: '', level: category.level };
    this.board.items.set(item, entry);
    return entry;
  }

  #writeHead({ element: made, parts }, category, { depth, open, reductions }) {
    const { texts } = this.board;
    const level = this.board.levelName(category.level);
    setText(parts.name, category.name);
    setText(parts.level, level);
    setAttribute(made, 'data-level', category.level);
    setAttribute(made, 'aria-level', depth);
    setAttribute(made, 'aria-expanded', open ? 'true' : 'false');
    parts.adder.hidden = category.level === SUBCATEGORY;
    setText(parts.toggle, open ? '▾' : '▸');
    setAttribute(parts.toggle, 'aria-label', open ? texts.close : texts.open);
    parts.origin.hidden = category.origin === 'data';
    parts.bare.hidden = reductions > 0;
    parts.pin.hidden = !category.pinned;
    setAttribute(made, 'data-pinned', category.pinned ? '' : null);
    const counts = [this.board.count(texts.reductions, reductions)];
    if (category.mentions != null) counts.push(this.board.count(texts.mentions, category.mentions));
    if (category.respondents != null) {
      counts.push(this.board.count(texts.respondents, category.respondents));
    }
    setText(parts.counts, counts.join(' · '));
    setAttribute(parts.counts, 'title', texts.show_expressions);
    setAttribute(parts.head, 'title', category.definition || null);
    const notes = [level, ...counts];
    if (category.origin !== 'data') notes.push(texts.theory_long);
    if (category.pinned) notes.push(texts.pinned);
    setAttribute(made, 'aria-label', `${category.name}, ${notes.join(', ')}`);
  }

  /** One reduction with its number of expressions. */
  card(card, depth) {
    const item = `r:${card.id}`;
    let made = this.board.items.get(item);
    if (!made) {
      const parts = {
        tick: element('span', 'qcb-tick', { 'aria-hidden': 'true', 'data-tick': '' }),
        wording: element('span', 'qcb-wording'),
        pin: pinMark(this.board.texts.pinned_card),
        count: button('qcb-count', '', { tabindex: -1, 'data-open': '' }),
      };
      made = {
        element: element(
          'div',
          'qcb-card',
          { role: 'treeitem', tabindex: -1, 'data-item': item, draggable: 'true' },
          parts.tick,
          parts.wording,
          parts.pin,
          parts.count,
        ),
        parts,
        signature: '',
      };
      this.board.items.set(item, made);
    }
    const signature = `${card.expressions}\u0001${depth}\u0001${card.pinned}\u0001${card.wording}`;
    if (made.signature !== signature) {
      made.signature = signature;
      const count = this.board.count(this.board.texts.expressions, card.expressions);
      setText(made.parts.wording, card.wording);
      setText(made.parts.count, String(card.expressions));
      setAttribute(made.parts.count, 'title', `${count}. ${this.board.texts.show_expressions}`);
      setAttribute(made.parts.count, 'aria-label', count);
      made.parts.pin.hidden = !card.pinned;
      setAttribute(made.element, 'data-pinned', card.pinned ? '' : null);
      const notes = card.pinned ? [count, this.board.texts.pinned] : [count];
      setAttribute(made.element, 'aria-label', `${card.wording}, ${notes.join(', ')}`);
      setAttribute(made.element, 'aria-level', depth);
    }
    return made.element;
  }
}

/** A small pin; the words for those who listen are in the item's own label. */
function pinMark(title) {
  const mark = element('span', 'qcb-pin', { title, 'aria-hidden': 'true' });
  mark.innerHTML =
    '<svg viewBox="0 0 16 16" width="12" height="12"><path fill="currentColor" d="M5 1h6v1.4l-1 .6' +
    'v3.6l2 2V10H8.7v5L8 16l-.7-1v-5H4V8.6l2-2V3l-1-.6z"/></svg>';
  return mark;
}
