// The keyboard on the board: every act without a mouse, and the help that lists the keys.

import { button, element } from './category_board_dom.js';
import { rangeBetween } from './category_board_model.js';

export class Keys {
  constructor(board) {
    this.board = board;
    board.root.addEventListener('keydown', (event) => this.#press(event));
  }

  #press(event) {
    if (this.helpBox?.isConnected) return;
    const writing = event.target.closest('input, select, textarea');
    const letter = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if ((event.ctrlKey || event.metaKey) && !event.altKey) {
      if (writing) return;
      const { board } = this;
      if (letter === 'z') this.#handled(event, () => (event.shiftKey ? board.does.redo() : board.does.undo()));
      else if (letter === 'y') this.#handled(event, () => this.board.does.redo());
      else if (letter === 'a' && event.target.dataset.item) {
        this.#handled(event, () => this.#selectBeside(event.target));
      }
      return;
    }
    if (event.altKey || writing) return;
    if (letter === '?') this.#handled(event, () => this.help(true));
    const shown = event.target;
    const region = shown === this.board.list ? 'left' : shown === this.board.tree ? 'tree' : null;
    if (region && letter === 'v') this.#handled(event, () => this.board.does.dropHere(null));
    else if (region && letter === 'n') this.#handled(event, () => this.board.naming.startNew());
    else if (letter === 'Escape') this.#handled(event, () => this.board.does.letGo());
    if (!shown.dataset.item) return;
    const act = this.#keys(shown, event)[letter];
    if (act) this.#handled(event, act);
  }

  #handled(event, act) {
    event.preventDefault();
    event.stopPropagation();
    act();
  }

  #keys(shown, event) {
    const item = shown.dataset.item;
    const region = this.board.region(shown);
    const order = this.board.order(region);
    const to = (index) => {
      const next = order[Math.max(0, Math.min(order.length - 1, index))];
      if (event.shiftKey) {
        this.board.anchor ??= item;
        const kind = item.slice(0, 2);
        const range = rangeBetween(order, this.board.anchor, next);
        this.board.select(range.filter((one) => one.startsWith(kind)));
      } else this.board.anchor = next;
      this.board.focus(next);
    };
    const here = order.indexOf(item);
    return {
      ArrowDown: () => to(here + 1),
      ArrowUp: () => to(here - 1),
      Home: () => to(0),
      End: () => to(order.length - 1),
      ArrowRight: () => this.#right(item, region),
      ArrowLeft: () => this.#left(item, region),
      ' ': () => {
        this.board.anchor = item;
        this.board.toggle(item);
      },
      Enter: () => (item.startsWith('c:') && !this.board.data.reads_only
        ? this.board.naming.rename(item)
        : this.board.open(item)),
      o: () => this.board.open(item),
      x: () => this.board.does.pickUp(),
      v: () => this.board.does.dropHere(),
      n: () => this.board.naming.startNew(),
      m: () => this.board.does.merge(),
      p: () => this.board.does.pin(),
      Delete: () => this.board.does.remove(),
    };
  }

  #right(item, region) {
    if (region === 'left') {
      const next = this.board.current.tree;
      if (next) this.board.focus(next);
      else this.board.tree.focus();
      return;
    }
    const category = this.board.view.categories.get(item.slice(2));
    if (!category) return;
    if (!this.board.isOpen(category)) this.board.setOpen(category.id, true);
    else {
      const inside = this.board.items.get(item).parts.body.querySelector('[data-item]');
      if (inside) this.board.focus(inside.dataset.item);
    }
  }

  #left(item, region) {
    if (region === 'left') return;
    const id = item.slice(2);
    const card = this.board.view.cards.get(id);
    if (card) {
      this.board.focus(`c:${card.category}`);
      return;
    }
    const category = this.board.view.categories.get(id);
    if (this.board.isOpen(category)) this.board.setOpen(id, false);
    else if (category.parent !== null) this.board.focus(`c:${category.parent}`);
    else if (this.board.current.left) this.board.focus(this.board.current.left);
  }

  #selectBeside(shown) {
    const kind = shown.dataset.item.slice(0, 2);
    const beside = [...shown.parentElement.children].filter((one) =>
      one.dataset?.item?.startsWith(kind),
    );
    this.board.select(beside.map((one) => one.dataset.item));
  }

  help(show) {
    if (!show) {
      this.helpBox?.remove();
      const back = this.board.items.get(this.board.current.tree)?.element ?? this.board.helpButton;
      back.focus({ preventScroll: true });
      return;
    }
    const { texts } = this.board;
    const close = button('qcb-button qcb-main', texts.close_help);
    const keys = element('dl', 'qcb-keys');
    const listed = this.board.data.reads_only ? texts.keys_reading : texts.keys;
    for (const [key, meaning] of listed) {
      keys.append(element('dt', '', {}, element('kbd', '', {}, key)), element('dd', '', {}, meaning));
    }
    this.helpBox = element(
      'div',
      'qcb-help',
      { role: 'dialog', 'aria-modal': 'true', 'aria-label': texts.help },
      element('div', 'qcb-help-card', {}, element('h3', '', {}, texts.help), keys, close),
    );
    close.addEventListener('click', () => this.help(false));
    this.helpBox.addEventListener('click', (event) => {
      if (event.target === this.helpBox) this.help(false);
    });
    this.helpBox.addEventListener('keydown', (event) => {
      event.stopPropagation();
      if (event.key === 'Escape' || event.key === '?') this.help(false);
      if (event.key === 'Tab') event.preventDefault(); // one button only: the focus stays on it
    });
    this.board.root.append(this.helpBox);
    close.focus({ preventScroll: true });
  }
}
