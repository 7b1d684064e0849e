// The frame of the board: the bar, the two panes, the line below, and what is said in it.

import { PAGE } from './category_board_model.js';
import { button, element } from './category_board_dom.js';
import { savingStopped } from './saving_stopped.js';

/** Makes the elements, once; the board keeps those that it paints. */
export function buildFrame(board, host) {
  const { texts } = board;
  board.root = element('div', 'qcb-board');
  board.bar = buildBar(board);
  board.tabs = {
    unplaced: button('qcb-tab', '', { 'data-tab': 'unplaced' }),
    groups: button('qcb-tab', '', { 'data-tab': 'groups' }),
  };
  for (const tab of Object.values(board.tabs)) {
    tab.addEventListener('click', () => {
      board.showing = tab.dataset.tab;
      board.rememberLook();
      board.refresh();
    });
  }
  board.search = element('input', 'qcb-search', {
    type: 'search',
    placeholder: texts.search,
    'aria-label': texts.search,
  });
  board.search.value = board.find.text;
  board.search.addEventListener('input', () => {
    board.find = { text: board.search.value, limit: PAGE };
    board.sendFind();
  });
  board.list = element('div', 'qcb-list', {
    role: 'tree',
    'aria-multiselectable': 'true',
    'aria-label': texts.unplaced,
    'data-drop': 'unplaced',
    tabindex: 0,
  });
  board.more = button('qcb-button qcb-quiet', '');
  board.more.addEventListener('click', () => {
    board.find = { ...board.find, limit: board.find.limit + PAGE };
    board.sendFind();
  });
  board.listFoot = element('div', 'qcb-list-foot', {}, board.more);
  board.left = element('section', 'qcb-left', { 'aria-label': texts.left_label });
  board.tabRow = element('div', 'qcb-tabs', {}, board.tabs.unplaced, board.tabs.groups);
  board.tree = element('div', 'qcb-tree', {
    role: 'tree',
    'aria-multiselectable': 'true',
    'aria-label': texts.tree_label,
    'data-drop': 'root',
    tabindex: 0,
  });
  board.roots = element('div', 'qcb-body qcb-roots', { role: 'group', 'data-drop': 'root' });
  board.rootAdders = element('div', 'qcb-adders');
  board.right = element(
    'section',
    'qcb-right',
    { 'aria-label': texts.tree_label },
    board.tree,
    board.rootAdders,
  );
  board.tree.append(board.roots);
  board.said = element('span', 'qcb-said');
  board.undoSaid = button('qcb-link', texts.undo);
  board.undoSaid.addEventListener('click', () => board.does.turn({ op: 'undo', of: board.message.undo }));
  board.state = element('span', 'qcb-state');
  board.foot = element('div', 'qcb-foot', {}, board.said, board.undoSaid, board.state);
  board.stopped = savingStopped(texts, {
    again: () => board.goOn(() => board.outbox.tryAgain()),
    leaveOut: () => board.goOn(() => {
      board.outbox.leaveOut();
      board.say(texts.left_out, { problem: true });
    }),
    look: 'qcb-button',
  });
  board.live = element('div', 'qcb-live', { 'aria-live': 'polite' });
  board.alert = element('div', 'qcb-live', { role: 'alert' });
  board.root.append(
    board.bar,
    element('div', 'qcb-panes', {}, board.left, board.right),
    board.stopped,
    board.foot,
    board.live,
    board.alert,
  );
  (host.querySelector('.qcb-board-host') ?? host).replaceChildren(board.root);
}

function buildBar(board) {
  const { texts } = board;
  const bar = element('div', 'qcb-bar', { role: 'toolbar', 'aria-label': texts.bar_label });
  const add = (name, label, title, act) => {
    const made = button('qcb-button', label, { title, 'data-act': name, 'aria-label': title });
    made.addEventListener('click', act);
    bar.append(made);
    return made;
  };
  board.viewBoard = button('qcb-switch', texts.view_board, {});
  board.viewTree = button('qcb-switch', texts.view_tree, {});
  for (const [made, asTree] of [[board.viewBoard, false], [board.viewTree, true]]) {
    made.addEventListener('click', () => {
      board.asTree = asTree;
      board.rememberLook();
      board.refresh();
    });
  }
  bar.append(element('span', 'qcb-switches', {}, board.viewBoard, board.viewTree));
  add('open-all', '⊞', texts.open_all, () => board.openAll(true));
  add('close-all', '⊟', texts.close_all, () => board.openAll(false));
  bar.append(
    element('span', 'qcb-gap'),
    element('span', 'qcb-only-reading', { role: 'note' }, texts.reads_only),
  );
  board.buttons = {
    new: add('new', texts.new_category, `${texts.new_category_long} (N)`, () => board.naming.startNew()),
    rename: add('rename', texts.rename, `${texts.rename} (Enter)`, () => board.naming.rename()),
    merge: add('merge', texts.merge, `${texts.merge_long} (M)`, () => board.does.merge()),
    remove: add('remove', texts.remove, `${texts.remove_long} (Del)`, () => board.does.remove()),
    pin: add('pin', texts.pin, `${texts.pin_long} (P)`, () => board.does.pin()),
    pick: add('pick', texts.pick_up, `${texts.pick_up_long} (X)`, () => board.does.pickUp()),
    drop: add('drop', texts.drop, `${texts.drop_long} (V)`, () => board.does.dropHere()),
  };
  bar.append(element('span', 'qcb-gap qcb-wide'));
  add('undo', '↶', `${texts.undo} (Ctrl+Z)`, () => board.does.undo());
  add('redo', '↷', `${texts.redo} (Ctrl+${texts.shift}+Z)`, () => board.does.redo());
  board.helpButton = add('help', '?', `${texts.help} (?)`, () => board.keys.help(true));
  // Pressing a button of the bar must not lose the item that the act is about.
  bar.addEventListener('mousedown', (event) => event.preventDefault());
  return bar;
}
