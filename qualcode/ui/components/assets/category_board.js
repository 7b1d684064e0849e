// The grouping board: reductions without a place on the left, the category tree on the right.
//
// Every act is painted at once and put into the outbox; the server confirms or refuses it later. All
// words come in `data.texts`; see Board in category_board.py for the rest of what comes in.
// Goes out: 'ops' {client, ops} (see outbox.js), 'open' {reduction | category}, 'find' {text, limit}.

import { fill } from './dom.js';
import { createOutbox } from './outbox.js';
import { UndoMemory } from './undo_memory.js';
import {
  SUBCATEGORY,
  ancestors,
  applyOperations,
  arrange,
  boardFrom,
  canMerge,
  canMove,
  canPlace,
  grabbed,
  rangeBetween,
  topmost,
} from './category_board_model.js';
import {
  button,
  element,
  remember,
  remembered,
  setAttribute,
  setText,
  syncChildren,
} from './category_board_dom.js';
import { Dragging } from './category_board_drag.js';
import { cameByNavigation, whenGone } from './dom.js';
import { savingStopped } from './saving_stopped.js';
import { Items } from './category_board_items.js';
import { Keys } from './category_board_keys.js';
import { Naming } from './category_board_naming.js';
import { pinnable, togglePins } from './category_board_pins.js';
import { Suggestions } from './category_board_suggestions.js';

const BOARDS = new WeakMap();
const OPEN_ALL_UP_TO = 400; // cards; a larger tree starts with its subcategories closed
const PAGE = 60; // unplaced cards a page

export default function board(component) {
  const host = component.parentElement;
  let mine = BOARDS.get(host);
  if (!mine) BOARDS.set(host, (mine = new Board(host, component)));
  mine.update(component);
  return () => whenGone(mine.root, () => {
    mine.close();
    BOARDS.delete(host);
  });
}

class Board {
  constructor(host, { data }) {
    this.memory = `qcb-board-${data.study}`;
    const kept = remembered(this.memory, {});
    this.openness = new Map(Object.entries(kept.openness ?? {}));
    this.asTree = kept.asTree ?? false;
    this.showing = kept.showing ?? 'unplaced';
    this.scroll = kept.scroll ?? 0;
    this.offerSeen = kept.offerSeen ?? 0;
    this.selection = new Set();
    this.current = { left: null, tree: null };
    this.anchor = null;
    this.carried = null; // item keys picked up with X
    this.shownWhole = new Set(); // categories whose every card is shown
    this.items = new Map(); // item key -> { element, parts, signature }
    this.find = { text: data.unplaced.text, limit: Math.max(PAGE, data.unplaced.limit) };
    this.data = data;
    this.texts = data.texts;
    this.undoMemory = new UndoMemory();
    this.errors = data.errors; // that the server has met with what was sent
    this.outbox = createOutbox({
      storageKey: `${this.memory}-outbox`,
      send: (ops, client) => this.component?.setTriggerValue('ops', { client, ops }),
      onChange: () => this.base && this.refresh(),
      wake: () => window.dispatchEvent(new CustomEvent('qc-wake', { detail: {} })),
    });
    this.suggestions = new Suggestions(this);
    this.naming = new Naming(this);
    this.shapes = new Items(this); // what makes the elements kept in `items`
    this.#build(host);
  }

  // --- data in and out ---

  update(component) {
    this.component = component;
    // While cards are being dragged nothing moves under the pointer: what is new waits for the drop.
    if (this.dragging.dragged) {
      this.dragging.then = () => this.update(component);
      return;
    }
    this.data = component.data;
    this.texts = this.data.texts;
    this.plural = new Intl.PluralRules(this.data.language);
    this.base = boardFrom(this.data);
    for (const [client, done] of Object.entries(this.data.done)) this.undoMemory.done(client, done);
    const refused = this.outbox.acknowledge(this.data.ack, this.data.refused);
    this.#learnErrors(this.data.errors);
    this.undoMemory.told(this.data.turns, this.data.revision);
    if (refused.length) this.say(refused.map((one) => one.message).join(' '), { problem: true });
    this.refresh();
    if (!this.placedScroll) {
      this.placedScroll = true;
      this.tree.scrollTop = this.scroll;
      if (cameByNavigation()) this.#focusFirst();
    }
    // A trigger that lost the race against another one is repeated: the server's answer tells.
    const { text, limit } = this.data.unplaced;
    if (text !== this.find.text || limit !== this.find.limit) this.#sendFind();
  }

  /** Sends the operation, paints its effect and says what was done. */
  act(operation, said) {
    if (this.readsOnly()) return;
    const { client, seq } = this.outbox.act(operation); // its onChange repaints
    if (said) this.say(said, { undo: { client, seq } });
  }

  // Fewer than before: another server, or another session of it, which may do what that one could not.
  #learnErrors(errors) {
    if (errors > this.errors) this.outbox.failed();
    else if (errors < this.errors) this.outbox.tryAgain();
    this.errors = errors;
  }

  open(item) {
    const id = item.slice(2);
    this.opened = item;
    const what = item.startsWith('r:') ? { reduction: id } : { category: id };
    this.component.setTriggerValue('open', what);
    for (const [key, { element: shown }] of this.items) setAttribute(shown, 'data-opened', key === item);
  }

  #sendFind() {
    clearTimeout(this.findTimer);
    this.findTimer = setTimeout(() => this.component.setTriggerValue('find', { ...this.find }), 200);
  }

  close() {
    clearTimeout(this.findTimer);
    this.dragging.close();
    this.outbox.close();
    this.fitter.abort();
    this.#remember();
  }

  #remember() {
    remember(this.memory, {
      openness: Object.fromEntries(this.openness),
      asTree: this.asTree,
      showing: this.showing,
      scroll: this.tree.scrollTop,
      offerSeen: this.offerSeen,
    });
  }

  // --- the page ---

  #build(host) {
    const { texts } = this;
    this.root = element('div', 'qcb-board');
    this.bar = this.#buildBar();
    this.tabs = {
      unplaced: button('qcb-tab', '', { 'data-tab': 'unplaced' }),
      groups: button('qcb-tab', '', { 'data-tab': 'groups' }),
    };
    for (const tab of Object.values(this.tabs)) {
      tab.addEventListener('click', () => {
        this.showing = tab.dataset.tab;
        this.#remember();
        this.refresh();
      });
    }
    this.search = element('input', 'qcb-search', {
      type: 'search',
      placeholder: texts.search,
      'aria-label': texts.search,
    });
    this.search.value = this.find.text;
    this.search.addEventListener('input', () => {
      this.find = { text: this.search.value, limit: PAGE };
      this.#sendFind();
    });
    this.list = element('div', 'qcb-list', {
      role: 'tree',
      'aria-multiselectable': 'true',
      'aria-label': texts.unplaced,
      'data-drop': 'unplaced',
      tabindex: 0,
    });
    this.more = button('qcb-button qcb-quiet', '');
    this.more.addEventListener('click', () => {
      this.find = { ...this.find, limit: this.find.limit + PAGE };
      this.#sendFind();
    });
    this.listFoot = element('div', 'qcb-list-foot', {}, this.more);
    this.left = element('section', 'qcb-left', { 'aria-label': texts.left_label });
    this.tabRow = element('div', 'qcb-tabs', {}, this.tabs.unplaced, this.tabs.groups);
    this.tree = element('div', 'qcb-tree', {
      role: 'tree',
      'aria-multiselectable': 'true',
      'aria-label': texts.tree_label,
      'data-drop': 'root',
      tabindex: 0,
    });
    this.roots = element('div', 'qcb-body qcb-roots', { role: 'group', 'data-drop': 'root' });
    this.rootAdders = element('div', 'qcb-adders');
    this.right = element(
      'section',
      'qcb-right',
      { 'aria-label': texts.tree_label },
      this.tree,
      this.rootAdders,
    );
    this.tree.append(this.roots);
    this.said = element('span', 'qcb-said');
    this.undoSaid = button('qcb-link', texts.undo);
    this.undoSaid.addEventListener('click', () => this.#turn({ op: 'undo', of: this.message.undo }));
    this.state = element('span', 'qcb-state');
    this.foot = element('div', 'qcb-foot', {}, this.said, this.undoSaid, this.state);
    this.stopped = savingStopped(texts, {
      again: () => this.#goOn(() => this.outbox.tryAgain()),
      leaveOut: () => this.#goOn(() => {
        this.outbox.leaveOut();
        this.say(texts.left_out, { problem: true });
      }),
      look: 'qcb-button',
    });
    this.live = element('div', 'qcb-live', { 'aria-live': 'polite' });
    this.alert = element('div', 'qcb-live', { role: 'alert' });
    this.root.append(
      this.bar,
      element('div', 'qcb-panes', {}, this.left, this.right),
      this.stopped,
      this.foot,
      this.live,
      this.alert,
    );
    (host.querySelector('.qcb-board-host') ?? host).replaceChildren(this.root);
    this.#listen();
    this.#fit();
  }

  #buildBar() {
    const { texts } = this;
    const bar = element('div', 'qcb-bar', { role: 'toolbar', 'aria-label': texts.bar_label });
    const add = (name, label, title, act) => {
      const made = button('qcb-button', label, { title, 'data-act': name, 'aria-label': title });
      made.addEventListener('click', act);
      bar.append(made);
      return made;
    };
    this.viewBoard = button('qcb-switch', texts.view_board, {});
    this.viewTree = button('qcb-switch', texts.view_tree, {});
    for (const [made, asTree] of [[this.viewBoard, false], [this.viewTree, true]]) {
      made.addEventListener('click', () => {
        this.asTree = asTree;
        this.#remember();
        this.refresh();
      });
    }
    bar.append(element('span', 'qcb-switches', {}, this.viewBoard, this.viewTree));
    add('open-all', '⊞', texts.open_all, () => this.#openAll(true));
    add('close-all', '⊟', texts.close_all, () => this.#openAll(false));
    bar.append(
      element('span', 'qcb-gap'),
      element('span', 'qcb-only-reading', { role: 'note' }, texts.reads_only),
    );
    this.acts = {
      new: add('new', texts.new_category, `${texts.new_category_long} (N)`, () => this.naming.startNew()),
      rename: add('rename', texts.rename, `${texts.rename} (Enter)`, () => this.naming.rename()),
      merge: add('merge', texts.merge, `${texts.merge_long} (M)`, () => this.merge()),
      remove: add('remove', texts.remove, `${texts.remove_long} (Del)`, () => this.remove()),
      pin: add('pin', texts.pin, `${texts.pin_long} (P)`, () => this.pin()),
      pick: add('pick', texts.pick_up, `${texts.pick_up_long} (X)`, () => this.pickUp()),
      drop: add('drop', texts.drop, `${texts.drop_long} (V)`, () => this.dropHere()),
    };
    bar.append(element('span', 'qcb-gap qcb-wide'));
    add('undo', '↶', `${texts.undo} (Ctrl+Z)`, () => this.undo());
    add('redo', '↷', `${texts.redo} (Ctrl+${texts.shift}+Z)`, () => this.redo());
    this.helpButton = add('help', '?', `${texts.help} (?)`, () => this.keys.help(true));
    // Pressing a button of the bar must not lose the item that the act is about.
    bar.addEventListener('mousedown', (event) => event.preventDefault());
    return bar;
  }

  /** As tall as the window allows, so that the page itself need not scroll. */
  #fit() {
    this.fitter = new AbortController();
    const fit = () => {
      const scrolled = this.root.closest('[data-testid="stMain"]')?.scrollTop ?? 0;
      const top = this.root.getBoundingClientRect().top + scrolled;
      const height = Math.max(440, window.innerHeight - top - 20);
      this.root.style.setProperty('--qcb-height', `${Math.round(height)}px`);
    };
    window.addEventListener('resize', fit, { signal: this.fitter.signal });
    requestAnimationFrame(fit);
    setTimeout(fit, 400); // what stands above the board may still be arriving
  }

  // --- painting ---

  refresh() {
    const focusedItem = document.activeElement?.closest?.('[data-item]');
    const focused = this.root.contains(focusedItem) ? focusedItem.dataset.item : null;
    const regionFocused = focused && this.region(focusedItem);
    const orderBefore = focused ? this.order(regionFocused) : [];

    this.view = applyOperations(this.base, this.outbox.pending);
    this.layout = arrange(this.view);
    const alive = (item) =>
      (item.startsWith('r:') ? this.view.cards : this.view.categories).has(item.slice(2));
    for (const item of this.selection) if (!alive(item)) this.selection.delete(item);
    for (const key of this.items.keys()) if (!alive(key)) this.items.delete(key);
    if (this.carried) this.carried = this.carried.filter(alive);
    if (!this.carried?.length) this.carried = null;
    this.naming.forgetGone();

    this.root.classList.toggle('qcb-as-tree', this.asTree);
    this.root.classList.toggle('qcb-reads-only', Boolean(this.data.reads_only));
    this.root.dataset.pending = this.outbox.pending.length;
    this.root.dataset.ack = this.data.ack[this.outbox.client] ?? 0;
    this.#paintLeft();
    this.#paintTree();
    this.#paintMarks();
    if (focused) this.#keepFocus(focused, regionFocused, orderBefore);
  }

  /** Whether this person only reviews; then it is said, and nothing is changed. */
  readsOnly() {
    if (this.data.reads_only) this.say(this.texts.reads_only);
    return this.data.reads_only;
  }

  #paintLeft() {
    const { texts, data } = this;
    const open = this.suggestions.paint();
    if (data.offer && data.offer !== this.offerSeen) {
      this.offerSeen = data.offer;
      this.showing = 'groups';
    }
    if (!data.groups.length) this.showing = 'unplaced';
    const cards = this.layout.cards.get(null) ?? [];
    // What was placed or freed here and not yet confirmed changes the server's count.
    const known = data.unplaced.cards.length;
    const total = data.unplaced.total - known + cards.length;
    const all = data.unplaced.all - known + cards.length;
    setText(this.tabs.unplaced, `${texts.unplaced} ${all}`);
    setText(this.tabs.groups, `${texts.groups} ${open}`);
    for (const [name, tab] of Object.entries(this.tabs)) {
      setAttribute(tab, 'aria-pressed', name === this.showing ? 'true' : 'false');
    }
    this.tabs.groups.hidden = !data.groups.length;
    setText(this.more, fill(texts.more, { n: Math.min(PAGE, total - cards.length) }));
    this.more.hidden = total <= cards.length;
    const written = all || [...this.layout.cards.values()].some((placed) => placed.length);
    const none = written ? texts.all_placed : texts.no_reductions;
    setText(
      (this.emptyList ??= element('p', 'qcb-empty')),
      data.unplaced.text ? texts.nothing_found : none,
    );
    syncChildren(this.list, cards.length ? cards.map((card) => this.shapes.card(card, 1)) : [this.emptyList]);
    setAttribute(this.list, 'role', cards.length ? 'tree' : 'group');
    setAttribute(this.list, 'aria-multiselectable', cards.length ? 'true' : null);
    syncChildren(
      this.left,
      this.showing === 'groups'
        ? [this.tabRow, this.suggestions.list]
        : [this.tabRow, this.search, this.list, this.listFoot],
    );
    this.root.classList.toggle('qcb-with-groups', this.showing === 'groups');
  }

  #paintTree() {
    const { texts } = this;
    const roots = this.layout.children.get(null) ?? [];
    const shown = roots.map((category) => this.shapes.category(category, 1));
    if (this.naming.isNewUnder(null)) shown.push(this.naming.box());
    if (!shown.length) {
      this.emptyTree ??= element('div', 'qcb-empty qcb-start', {}, texts.empty_tree);
      shown.push(this.emptyTree);
    }
    syncChildren(this.roots, shown);
    setAttribute(this.tree, 'role', roots.length ? 'tree' : 'group');
    setAttribute(this.tree, 'aria-multiselectable', roots.length ? 'true' : null);
    this.#paintAdders();
  }

  /** One button a level for what lies under nothing; they take dropped cards, too. */
  #paintAdders() {
    const levels = this.data.levels.toReversed();
    const signature = levels.map((one) => one.name).join();
    if (this.rootAdders.dataset.signature === signature) return;
    this.rootAdders.dataset.signature = signature;
    this.rootAdders.replaceChildren(
      ...levels.map((one) =>
        button('qcb-adder', `+ ${one.name}`, {
          title: one.level === SUBCATEGORY ? this.texts.add_or_drop : null,
          'data-add': one.level,
          'data-under': '',
        }),
      ),
    );
  }

  /** Selection, cursor, what is carried, and which acts are possible now. */
  #paintMarks() {
    const { texts, carried } = this;
    const lifted = new Set(carried ?? []);
    for (const region of ['left', 'tree']) {
      const order = this.order(region);
      if (!order.includes(this.current[region])) this.current[region] = order[0] ?? null;
      setAttribute(this.#regionElement(region), 'tabindex', order.length ? null : 0);
    }
    for (const [item, { element: made, parts }] of this.items) {
      const selected = this.selection.has(item);
      setAttribute(made, 'aria-selected', selected ? 'true' : 'false');
      setAttribute(made, 'data-opened', item === this.opened);
      made.classList.toggle('qcb-lifted', lifted.has(item));
      const current = item === this.current.left || item === this.current.tree;
      setAttribute(made, 'tabindex', current ? 0 : -1);
      if (parts.here) parts.here.hidden = !carried || !this.takes(item.slice(2), carried);
    }
    const target = this.target();
    const categories = this.chosen('c:');
    this.acts.rename.disabled = !target?.startsWith('c:');
    this.acts.merge.disabled = !canMerge(this.view, categories);
    this.acts.remove.disabled = !target || (target.startsWith('r:') && this.#isUnplaced(target));
    this.acts.pick.disabled = !target;
    this.acts.pin.disabled = !pinnable(this).length;
    this.acts.drop.disabled = !carried;
    setAttribute(this.viewBoard, 'aria-pressed', this.asTree ? 'false' : 'true');
    setAttribute(this.viewTree, 'aria-pressed', this.asTree ? 'true' : 'false');
    this.root.classList.toggle('qcb-selecting', this.selection.size > 1);
    const state = this.outbox.state;
    this.root.dataset.state = state;
    const chosen = this.selection.size > 1 ? `${fill(texts.selected, { n: this.selection.size })} · ` : '';
    setText(this.state, chosen + fill(texts[`state_${state}`], { count: this.outbox.pending.length }));
    this.stopped.hidden = state !== 'stopped';
    if (carried) {
      setText(this.said, fill(texts.carrying, { n: carried.length }));
    } else {
      const hint = this.data.reads_only ? texts.hint_reading : texts.hint;
      setText(this.said, this.message?.text ?? hint);
    }
    this.foot.classList.toggle('qcb-problem', Boolean(this.message?.problem) && !carried);
    this.foot.classList.toggle('qcb-carrying', Boolean(carried));
    this.undoSaid.hidden = !this.message?.undo || Boolean(carried);
  }

  /** One line below the board; a problem is also announced at once. */
  say(text, { problem = false, undo = null } = {}) {
    this.message = { text, problem, undo };
    setText(problem ? this.alert : this.live, '');
    setText(problem ? this.alert : this.live, text);
    if (this.view) this.#paintMarks();
  }

  #keepFocus(item, region, orderBefore) {
    const shown = this.items.get(item)?.element;
    if (shown && this.root.contains(shown)) {
      if (document.activeElement !== shown && !this.root.querySelector('.qcb-naming')) {
        // A card that went to the other side does not take the person along.
        if (this.region(shown) === region) shown.focus({ preventScroll: true });
        else this.#focusNear(region, orderBefore, item);
      }
    } else if (!this.root.querySelector('.qcb-naming')) this.#focusNear(region, orderBefore, item);
  }

  // The keys work as soon as the page is there: at the first card that waits, else at the tree.
  #focusFirst() {
    const region = ['left', 'tree'].find((one) => this.order(one).length);
    if (region) this.focus(this.current[region] ?? this.order(region)[0], { scroll: false });
  }

  // After a button that goes away with what it was for.
  #goOn(act) {
    act();
    this.#focusFirst();
  }

  #focusNear(region, orderBefore, item) {
    const order = new Set(this.order(region));
    const from = orderBefore.indexOf(item);
    const next =
      orderBefore.slice(from + 1).find((one) => order.has(one)) ??
      orderBefore.slice(0, Math.max(from, 0)).findLast((one) => order.has(one));
    if (next) this.focus(next, { scroll: false });
    else this.#regionElement(region).focus({ preventScroll: true });
  }

  // --- looking ---

  count(forms, n) {
    return fill(forms[this.plural.select(n)] ?? forms.other, { n });
  }

  levelName(level) {
    return this.data.levels.find((one) => one.level === level)?.name ?? '';
  }

  isOpen(category) {
    const chosen = this.openness.get(category.id);
    if (chosen !== undefined) return chosen;
    const placed = this.view.cards.size - (this.layout.cards.get(null)?.length ?? 0);
    return category.level > SUBCATEGORY || placed <= OPEN_ALL_UP_TO;
  }

  #regionElement(region) {
    return region === 'left' ? this.list : this.tree;
  }

  region(shown) {
    return this.list.contains(shown) ? 'left' : 'tree';
  }

  /** The items of a region as they are shown, top to bottom. */
  order(region) {
    return [...this.#regionElement(region).querySelectorAll('[data-item]')].map(
      (shown) => shown.dataset.item,
    );
  }

  #isUnplaced(item) {
    return (this.view.cards.get(item.slice(2))?.category ?? null) === null;
  }

  /** The item that keys and buttons act on: the one with the cursor, else the last one selected. */
  target() {
    const focused = document.activeElement?.closest?.('[data-item]')?.dataset.item;
    if (focused && this.root.contains(document.activeElement)) return focused;
    return [...this.selection].at(-1) ?? null;
  }

  /** Ids of the selected items of a kind ('r:' or 'c:'), or of the current one when none is. */
  chosen(kind) {
    const target = this.target();
    const items = this.selection.size
      ? [...this.selection]
      : target
        ? [target]
        : [];
    return items.filter((item) => item.startsWith(kind)).map((item) => item.slice(2));
  }

  takes(category, items) {
    return items[0].startsWith('r:')
      ? canPlace(this.view, category)
      : items.every((item) => canMove(this.view, item.slice(2), category));
  }

  // --- acts ---

  select(items, { add = false } = {}) {
    if (!add) this.selection.clear();
    for (const item of items) this.selection.add(item);
    this.#paintMarks();
  }

  focus(item, { scroll = true } = {}) {
    const shown = this.items.get(item)?.element;
    if (!shown || !this.root.contains(shown)) return;
    const region = this.region(shown);
    const old = this.items.get(this.current[region])?.element;
    if (old) setAttribute(old, 'tabindex', -1);
    this.current[region] = item;
    setAttribute(shown, 'tabindex', 0);
    shown.focus({ preventScroll: true });
    if (scroll) (this.items.get(item).parts.head ?? shown).scrollIntoView({ block: 'nearest' });
  }

  setOpen(id, open) {
    this.openness.set(id, open);
    if (!open) {
      // What is no longer seen must not stay selected.
      const inside = (item) => {
        const key = item.slice(2);
        const card = this.view.cards.get(key);
        if (card) return card.category === id || ancestors(this.view, card.category ?? '').includes(id);
        return ancestors(this.view, key).includes(id);
      };
      for (const item of this.selection) if (inside(item)) this.selection.delete(item);
    }
    this.#remember();
    this.refresh();
  }

  #openAll(open) {
    for (const category of this.view.categories.values()) {
      if (open || category.level === SUBCATEGORY) this.openness.set(category.id, open);
    }
    this.selection.clear();
    this.#remember();
    this.refresh();
  }

  #place(ids, category, before = null) {
    const moving = ids.filter((id) => this.view.cards.has(id));
    if (!moving.length) return;
    if (!canPlace(this.view, category)) {
      this.say(this.texts.only_in_subcategory, { problem: true });
      return;
    }
    const where = category === null ? this.texts.unplaced : this.view.categories.get(category).name;
    const operation = { op: 'place', reductions: moving, category };
    if (before) operation.before = before;
    this.selection.clear();
    this.act(operation, this.#said(this.texts.said_placed, moving.length, where));
  }

  #move(ids, under, before = null) {
    const moving = topmost(this.view, ids).filter((id) => id !== before);
    if (!moving.length) return;
    const bad = moving.find((id) => !canMove(this.view, id, under));
    if (bad) {
      const text = fill(this.texts.cannot_move, {
        name: this.view.categories.get(bad)?.name ?? '',
        under: this.view.categories.get(under)?.name ?? '',
      });
      this.say(text, { problem: true });
      return;
    }
    const where = under === null ? this.texts.top_level : this.view.categories.get(under).name;
    const operation = { op: 'move', categories: moving, under };
    if (before) operation.before = before;
    this.selection.clear();
    if (under !== null) this.openness.set(under, true);
    this.act(operation, this.#said(this.texts.said_moved, moving.length, where));
  }

  #said(forms, n, name) {
    return fill(forms[this.plural.select(n)] ?? forms.other, { n, name });
  }

  /** Moves items to where they were dropped: { category | under, before }. */
  moveTo(items, target) {
    const ids = items.map((item) => item.slice(2));
    if (items[0].startsWith('r:')) this.#place(ids, target.category, target.before);
    else this.#move(ids, target.under, target.before);
  }

  pickUp() {
    if (this.readsOnly()) return;
    const target = this.target();
    if (!target) return;
    const order = [...this.order('left'), ...this.order('tree')];
    this.carried = grabbed(this.selection, order, target);
    setText(this.live, fill(this.texts.carrying, { n: this.carried.length }));
    this.#paintMarks();
  }

  dropHere(item = this.target()) {
    const { carried } = this;
    if (!carried) return;
    this.carried = null;
    const cards = carried[0].startsWith('r:');
    const inLeft = this.list.contains(document.activeElement) && item === this.target();
    if (inLeft || !item) {
      if (cards) this.#place(carried.map((one) => one.slice(2)), null);
      else this.#move(carried.map((one) => one.slice(2)), null);
      return;
    }
    const id = item.slice(2);
    const card = this.view.cards.get(id);
    if (cards) {
      if (card) this.moveTo(carried, { category: card.category, before: id });
      else this.moveTo(carried, { category: id });
      return;
    }
    const category = card ? card.category : id;
    const into = category !== null && this.takes(category, carried);
    if (into || category === null) this.moveTo(carried, { under: category });
    else {
      const under = this.view.categories.get(category).parent;
      this.moveTo(carried, { under, before: category });
    }
  }

  letGo() {
    this.carried = null;
    this.selection.clear();
    this.message = null;
    this.#paintMarks();
  }

  merge() {
    if (this.readsOnly()) return;
    const chosen = this.chosen('c:');
    if (!canMerge(this.view, chosen)) {
      this.say(this.texts.cannot_merge, { problem: true });
      return;
    }
    const target = this.target()?.slice(2);
    const into = chosen.includes(target) ? target : chosen[0];
    const others = chosen.filter((id) => id !== into);
    const { name } = this.view.categories.get(into);
    this.selection.clear();
    this.current.tree = `c:${into}`;
    this.act({ op: 'merge', into, others }, this.#said(this.texts.said_merged, others.length + 1, name));
    this.focus(`c:${into}`);
  }

  remove() {
    if (this.readsOnly()) return;
    const target = this.target();
    if (!target) return;
    if (target.startsWith('r:')) {
      const placed = this.chosen('r:').filter((id) => !this.#isUnplaced(`r:${id}`));
      this.#place(placed, null);
      return;
    }
    const gone = this.chosen('c:');
    for (const id of gone) {
      const { name } = this.view.categories.get(id);
      this.selection.delete(`c:${id}`);
      this.act({ op: 'remove', id }, fill(this.texts.said_removed, { name }));
    }
  }

  pin() {
    if (this.readsOnly()) return;
    togglePins(this);
  }

  undo() {
    this.#turn({ op: 'undo' });
  }

  redo() {
    this.#turn({ op: 'redo' });
  }

  // Takes back or does again the act that is named, or the one that the window knows as the next.
  #turn(operation) {
    if (this.readsOnly()) return;
    const { texts } = this;
    const back = operation.op === 'undo';
    const named = this.undoMemory.noted(operation, this.outbox.pending);
    if (!named) {
      this.say(back ? texts.nothing_to_undo : texts.nothing_to_redo);
      return;
    }
    this.message = null;
    this.act(named);
    setText(this.live, back ? texts.said_undone : texts.said_redone);
  }

  // --- mouse ---

  #listen() {
    this.keys = new Keys(this);
    this.root.addEventListener('click', (event) => this.#click(event));
    this.root.addEventListener('dblclick', (event) => {
      const head = event.target.closest('.qcb-head');
      if (head && !event.target.closest('button, input')) {
        this.naming.rename(head.parentElement.dataset.item);
      }
    });
    this.root.addEventListener('focusin', (event) => {
      const shown = event.target.closest?.('[data-item]');
      if (!shown || shown !== event.target) return;
      const region = this.region(shown);
      if (this.current[region] !== shown.dataset.item) {
        const old = this.items.get(this.current[region])?.element;
        if (old) setAttribute(old, 'tabindex', -1);
        this.current[region] = shown.dataset.item;
        setAttribute(shown, 'tabindex', 0);
      }
      this.acts.rename.disabled = !shown.dataset.item.startsWith('c:');
      this.acts.pick.disabled = false;
      this.acts.pin.disabled = !pinnable(this).length;
      this.acts.remove.disabled =
        shown.dataset.item.startsWith('r:') && this.#isUnplaced(shown.dataset.item);
    });
    let scrolled = 0;
    this.tree.addEventListener('scroll', () => {
      clearTimeout(scrolled);
      scrolled = setTimeout(() => this.root.isConnected && this.#remember(), 300);
    });
    this.dragging = new Dragging(this);
  }

  #click(event) {
    const adder = event.target.closest('[data-add]');
    if (adder) {
      const under = adder.dataset.under || null;
      const back = this.target();
      const level = Number(adder.dataset.add) || this.naming.usualLevel(under);
      this.naming.ask({ mode: 'new', level, under, back });
      return;
    }
    const shown = event.target.closest('[data-item]');
    if (!shown || event.target.closest('input')) return;
    const item = shown.dataset.item;
    if (event.target.closest('[data-toggle]')) {
      const category = this.view.categories.get(item.slice(2));
      this.setOpen(category.id, !this.isOpen(category));
      this.focus(item, { scroll: false });
    } else if (event.target.closest('[data-rest]')) {
      this.shownWhole.add(item.slice(2));
      this.refresh();
    } else if (event.target.closest('[data-here]')) {
      this.dropHere(item);
    } else if (event.target.closest('[data-open]')) {
      this.open(item);
    } else if (shown.classList.contains('qcb-card') || event.target.closest('.qcb-head')) {
      this.#clickItem(item, event);
    }
  }

  #clickItem(item, event) {
    this.focus(item, { scroll: false });
    if (event.shiftKey && this.anchor) {
      const order = [...this.order('left'), ...this.order('tree')];
      const kind = item.slice(0, 2);
      const range = rangeBetween(order, this.anchor, item).filter((one) => one.startsWith(kind));
      this.select(range, { add: event.ctrlKey || event.metaKey });
      return;
    }
    this.anchor = item;
    if (event.ctrlKey || event.metaKey || event.target.closest('[data-tick]')) this.toggle(item);
    else {
      this.select([item]);
      this.open(item);
    }
  }

  toggle(item) {
    if (!this.selection.delete(item)) this.selection.add(item);
    this.#paintMarks();
  }
}
