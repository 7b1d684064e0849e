// Clicks on the board: what they choose, open, close and begin; and the cursor that follows the focus.

import { rangeBetween } from './category_board_model.js';
import { setAttribute } from './category_board_dom.js';
import { pinnable } from './category_board_pins.js';

export function listen(board) {
  board.root.addEventListener('click', (event) => click(board, event));
  board.root.addEventListener('dblclick', (event) => {
    const head = event.target.closest('.qcb-head');
    if (head && !event.target.closest('button, input')) {
      board.naming.rename(head.parentElement.dataset.item);
    }
  });
  board.root.addEventListener('focusin', (event) => {
    const shown = event.target.closest?.('[data-item]');
    if (!shown || shown !== event.target) return;
    const region = board.region(shown);
    if (board.current[region] !== shown.dataset.item) {
      const old = board.items.get(board.current[region])?.element;
      if (old) setAttribute(old, 'tabindex', -1);
      board.current[region] = shown.dataset.item;
      setAttribute(shown, 'tabindex', 0);
    }
    board.buttons.rename.disabled = !shown.dataset.item.startsWith('c:');
    board.buttons.pick.disabled = false;
    board.buttons.pin.disabled = !pinnable(board).length;
    board.buttons.remove.disabled =
      shown.dataset.item.startsWith('r:') && board.isUnplaced(shown.dataset.item);
  });
  let scrolled = 0;
  board.tree.addEventListener('scroll', () => {
    clearTimeout(scrolled);
    scrolled = setTimeout(() => board.root.isConnected && board.rememberLook(), 300);
  });
}

function click(board, event) {
  const adder = event.target.closest('[data-add]');
  if (adder) {
    const under = adder.dataset.under || null;
    const back = board.target();
    const level = Number(adder.dataset.add) || board.naming.usualLevel(under);
    board.naming.ask({ mode: 'new', level, under, back });
    return;
  }
  const shown = event.target.closest('[data-item]');
  if (!shown || event.target.closest('input')) return;
  const item = shown.dataset.item;
  if (event.target.closest('[data-toggle]')) {
    const category = board.view.categories.get(item.slice(2));
    board.setOpen(category.id, !board.isOpen(category));
    board.focus(item, { scroll: false });
  } else if (event.target.closest('[data-rest]')) {
    board.shownWhole.add(item.slice(2));
    board.refresh();
  } else if (event.target.closest('[data-here]')) {
    board.does.dropHere(item);
  } else if (event.target.closest('[data-open]')) {
    board.open(item);
  } else if (shown.classList.contains('qcb-card') || event.target.closest('.qcb-head')) {
    clickItem(board, item, event);
  }
}

function clickItem(board, item, event) {
  board.focus(item, { scroll: false });
  if (event.shiftKey && board.anchor) {
    const order = [...board.order('left'), ...board.order('tree')];
    const kind = item.slice(0, 2);
    const range = rangeBetween(order, board.anchor, item).filter((one) => one.startsWith(kind));
    board.select(range, { add: event.ctrlKey || event.metaKey });
    return;
  }
  board.anchor = item;
  if (event.ctrlKey || event.metaKey || event.target.closest('[data-tick]')) board.toggle(item);
  else {
    board.select([item]);
    board.open(item);
  }
}
