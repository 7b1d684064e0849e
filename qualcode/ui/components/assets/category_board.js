// The grouping board: reductions without a place on the left, the category tree on the right.
//
// Its parts: the frame (category_board_frame.js), what a person does (_acts), keys, clicks (_mouse),
// dragging, naming, items and suggestions; here is what is known, and how it is painted.
//
// Every act is painted at once and put into the outbox; the server confirms or refuses it later. All
// words come in `data.texts`; see Board in category_board.py for the rest of what comes in.
// Goes out: 'ops' {client, ops} (see outbox.js), 'open' {reduction | category}, 'find' {text, limit}.

import { cameByNavigation, fill, whenGone } from './dom.js';
import { createOutbox } from './outbox.js';
import { UndoMemory } from './undo_memory.js';
import {
  PAGE,
  SUBCATEGORY,
  ancestors,
  applyOperations,
  arrange,
  boardFrom,
  canMerge,
  canMove,
  canPlace,
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
import { Acts } from './category_board_acts.js';
import { Dragging } from './category_board_drag.js';
import { buildFrame } from './category_board_frame.js';
import { Items } from './category_board_items.js';
import { Keys } from './category_board_keys.js';
import { listen } from './category_board_mouse.js';
import { Naming } from './category_board_naming.js';
import { pinnable } from './category_board_pins.js';
import { Suggestions } from './category_board_suggestions.js';

const BOARDS = new WeakMap();
const OPEN_ALL_UP_TO = 400; // cards; a larger tree starts with its subcategories closed

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
    this.does = new Acts(this);
    buildFrame(this, host);
    this.keys = new Keys(this);
    listen(this);
    this.dragging = new Dragging(this);
    this.#fit();
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
    if (text !== this.find.text || limit !== this.find.limit) this.sendFind();
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

  sendFind() {
    clearTimeout(this.findTimer);
    this.findTimer = setTimeout(() => this.component.setTriggerValue('find', { ...this.find }), 200);
  }

  close() {
    clearTimeout(this.findTimer);
    this.dragging.close();
    this.outbox.close();
    this.fitter.abort();
    this.rememberLook();
  }

  rememberLook() {
    remember(this.memory, {
      openness: Object.fromEntries(this.openness),
      asTree: this.asTree,
      showing: this.showing,
      scroll: this.tree.scrollTop,
      offerSeen: this.offerSeen,
    });
  }

  // --- the window ---

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
    this.paintMarks();
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
  paintMarks() {
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
    this.buttons.rename.disabled = !target?.startsWith('c:');
    this.buttons.merge.disabled = !canMerge(this.view, categories);
    this.buttons.remove.disabled = !target || (target.startsWith('r:') && this.isUnplaced(target));
    this.buttons.pick.disabled = !target;
    this.buttons.pin.disabled = !pinnable(this).length;
    this.buttons.drop.disabled = !carried;
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
    if (this.view) this.paintMarks();
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
  goOn(act) {
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

  isUnplaced(item) {
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
    this.paintMarks();
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
    this.rememberLook();
    this.refresh();
  }

  openAll(open) {
    for (const category of this.view.categories.values()) {
      if (open || category.level === SUBCATEGORY) this.openness.set(category.id, open);
    }
    this.selection.clear();
    this.rememberLook();
    this.refresh();
  }

  toggle(item) {
    if (!this.selection.delete(item)) this.selection.add(item);
    this.paintMarks();
  }
}
