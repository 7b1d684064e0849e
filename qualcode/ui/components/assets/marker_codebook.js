// The codebook beside the text: on top the code under the cursor in full, below it every code with its
// counts, at the foot how far the reading has come. Codes are given, edited, pinned and made here.
//
// The code under the cursor is the one the mouse rests on; else the one picked, focused or used last.

import { CodeCard } from './code_card.js';
import { CodeEditing } from './code_editing.js';
import { CodeList } from './code_list.js';
import { CodeMerging } from './code_merging.js';
import { branches, mentionChanges, progressWith } from './codebook_tree.js';
import { fill, h } from './dom.js';
import { SheetPlace } from './sheet_place.js';
import { thingOpener } from './thing_opener.js';
import { bare } from './typeahead.js';

const REST = 150; // ms that the mouse rests on a code before it is shown
const ASK_AFTER = 120; // ms before the server is asked for all of a code
const NARROW = '(max-width: 900px)';

export class Codebook {
  #tree = [];
  #codes = null; // the Map of codes that the tree was made of
  #counts = new Map();
  #hovered = null; // ids of codes
  #current = null;
  #full = new Map(); // code id -> the server's answer to `code`
  #stale = new Set(); // ids of codes whose answer is old
  #codedByPress = false;
  #pinnedView = ''; // the saved view whose pins are on the keys
  #timers = {};
  #narrow = window.matchMedia(NARROW);

  constructor(desk) {
    this.desk = desk;
    const { texts } = desk;
    this.card = new CodeCard({
      texts,
      on: {
        edit: () => this.editing.edit(),
        pin: (key) => this.pin(this.shown, key),
        filter: () => desk.line.tell('filter', { code: this.shown.id }),
        merge: () => this.merging.open(this.shown),
        open: (example) => this.#open(example),
      },
      opener: thingOpener(desk),
    });
    this.editing = new CodeEditing(desk, this);
    this.merging = new CodeMerging(desk, this);
    this.list = new CodeList({
      texts,
      on: {
        focused: (code) => this.#point(code.id),
        hovered: (code) => this.#hover(code?.id ?? null),
        pressed: (code) => this.#pressed(code),
        pressedTwice: (code) => this.#pressedTwice(code),
        coded: (code) => desk.acts.code(code),
        pinned: (code, key) => this.pin(code, code.key === key ? '' : key),
        edited: (code) => {
          this.#point(code.id);
          if (desk.readsOnly) desk.say(desk.texts.reads_only);
          else this.editing.edit();
        },
        folded: () => this.#fold(),
        left: () => this.leave(),
      },
    });
    this.search = h('input', {
      class: 'qc-field qc-code-search', type: 'search', autocomplete: 'off', spellcheck: 'false',
      'aria-label': texts.search_codes, placeholder: texts.search_codes,
      oninput: () => this.#paintList(),
      onkeydown: (event) => this.#searchKey(event),
      onmousedown: () => document.activeElement !== this.search && desk.selecting.hold(),
      onblur: () => desk.selecting.giveBack(),
    });
    this.none = h('div', { class: 'qc-none', hidden: true });
    this.create = h('button', {
      type: 'button', class: 'qc-button qc-create', hidden: true, onclick: () => this.#create(),
    });
    this.place = new SheetPlace({
      texts,
      on: {
        turn: (step) => desk.line.turn(step),
        turnTo: (number) => desk.line.turnTo({ number }),
      },
    });
    this.upper = h('div', { class: 'qc-codebook-upper' }, this.card.element);
    this.lower = h('div', { class: 'qc-codebook-lower' },
      h('div', { class: 'qc-codebook-search' }, this.search,
        h('button', {
          type: 'button', class: 'qc-button qc-codebook-close', 'aria-label': texts.close,
          title: `${texts.close} (${texts.shift}+P)`, onclick: () => this.toggle(false),
        }, '×')),
      this.list.element, this.none, this.create);
    this.element = h('section', { class: 'qc-codebook', 'aria-label': texts.codebook },
      this.upper, this.lower, this.place.element);
    desk.addPanel(this.element, 'right');
    this.button = desk.bar.button(texts.codebook, 'P', () => this.toggle(), texts.codebook);
    desk.addTool(this.button);
    desk.keys.bind('p', () => this.enter(), { name: 'to the codebook', always: true });
    desk.keys.bind('Shift+p', () => this.toggle(), { name: 'codebook shown or hidden', always: true });
    this.#listen();
    this.toggle(!this.#narrow.matches && desk.memory.codebook !== false, { keep: false });
  }

  #listen() {
    const { desk } = this;
    desk.on('repaint', () => this.#repaint());
    desk.on('data', (data) => {
      this.#pinnedView = data.pinned_view;
      this.#paintPlace();
    });
    desk.on('place', () => this.#paintPlace());
    desk.on('news', (news) => this.#learn(news));
    desk.on('picked', (mark) => mark?.code && this.#point(mark.code));
    desk.on('used', (id) => this.#point(id));
    desk.on('show code', (id, how = { focus: false }) => this.showCode(id, how));
    desk.on('refused', (op, message) => this.editing.takeBack(op, message));
    desk.root.addEventListener('mouseover', (event) => this.#hoverMark(event));
    desk.root.addEventListener('mouseleave', () => this.#hover(null));
    const fit = () => this.toggle(!this.#narrow.matches && desk.memory.codebook !== false, { keep: false });
    this.#narrow.addEventListener('change', fit);
    desk.on('close', () => {
      this.#narrow.removeEventListener('change', fit);
      for (const timer of Object.values(this.#timers)) clearTimeout(timer);
    });
  }

  // --- shown or hidden ---

  get isOpen() {
    return !this.element.hidden;
  }

  toggle(open = !this.isOpen, { keep = true } = {}) {
    if (!open && this.element.contains(document.activeElement)) this.desk.moving.focusActive();
    this.element.hidden = !open;
    this.button.setAttribute('aria-pressed', String(open));
    if (keep && !this.#narrow.matches) {
      this.desk.memory.codebook = open;
      this.desk.memory.keep();
    }
    if (open) this.#repaint();
  }

  // To the search field; from there ↓ leads to the codes.
  enter() {
    if (!this.isOpen) this.toggle(true);
    this.desk.selecting.hold();
    this.search.focus({ preventScroll: true });
    this.search.select();
  }

  leave() {
    if (this.search.value) {
      this.search.value = '';
      this.#paintList();
    }
    if (this.#narrow.matches) this.toggle(false);
    else this.desk.moving.focusActive();
  }

  // --- painting ---

  #repaint() {
    if (!this.isOpen || !this.desk.view) return;
    const { codes } = this.desk.view;
    if (codes !== this.#codes) {
      this.#codes = codes;
      this.#tree = branches(codes.values());
      for (const id of this.#full.keys()) this.#stale.add(id);
      this.#paintList();
    } else this.#count();
    this.#show();
    this.#paintProgress();
  }

  #paintList() {
    const { texts, options } = this.desk;
    const typed = this.search.value.trim();
    this.#recount();
    this.list.paint(this.#tree, typed, this.#counts);
    this.list.mark(this.shown?.id);
    const known = [...this.#codes.values()].some((code) => bare(code.label) === bare(typed));
    this.create.hidden = !typed || known || !options.allow_new_codes || options.reads_only;
    this.create.textContent = fill(texts.new_code, { name: typed });
    this.none.hidden = !this.list.isEmpty;
    this.list.element.hidden = this.list.isEmpty;
    if (this.list.isEmpty) this.none.textContent = typed ? texts.no_code_found : texts.no_codes_yet;
  }

  #count() {
    this.#recount();
    this.list.count(this.#counts);
  }

  // The server's counts with what waits to be saved; respondents come with the server's answer.
  #recount() {
    const { desk } = this;
    this.#counts = new Map(desk.counts);
    for (const [id, change] of mentionChanges(desk.rows.fromServer, desk.view.rows)) {
      const [mentions, respondents] = this.#counts.get(id) ?? [0, 0];
      const now = Math.max(0, mentions + change);
      this.#counts.set(id, [now, Math.min(Math.max(respondents, now ? 1 : 0), now)]);
    }
  }

  #paintPlace() {
    if (this.desk.sheet) this.place.paintSheet(this.desk.sheet);
    this.#paintProgress();
  }

  #paintProgress() {
    const { progress, rows, view } = this.desk;
    if (progress) this.place.paintProgress(progressWith(progress, rows.fromServer, view.rows));
  }

  // --- the code under the cursor ---

  get shown() {
    const { codes } = this.desk.view;
    return codes.get(this.#hovered) ?? codes.get(this.#current)
      ?? codes.get(this.desk.memory.recent[0]) ?? null;
  }

  #point(id) {
    this.#hovered = null;
    clearTimeout(this.#timers.hover);
    this.#current = id;
    this.#show();
  }

  #hover(id) {
    clearTimeout(this.#timers.hover);
    if (id === this.#hovered) return;
    this.#timers.hover = setTimeout(() => {
      this.#hovered = id;
      this.#show();
    }, REST);
  }

  // The mouse over a passage, a stripe, a label or a pinned code anywhere in the marker.
  #hoverMark({ target }) {
    if (this.element.contains(target)) return;
    const code = target.closest('[data-code]')?.dataset.code;
    const mark = target.closest('.qc-mark, .qc-stripe, .qc-label');
    const row = mark?.closest('.qc-row');
    const [id] = (mark?.dataset.ids ?? mark?.dataset.id ?? '').split(' ');
    const span = row && this.desk.view.rows.get(row.dataset.doc)?.spans.find((one) => one.id === id);
    this.#hover(code ?? span?.code ?? null);
  }

  #show() {
    if (!this.isOpen || !this.desk.view || this.editing.editor) return;
    const code = this.shown;
    this.card.show(code, {
      count: this.#counts.get(code?.id) ?? [0, 0],
      full: this.#full.get(code?.id) ?? null,
      keys: this.#keys(),
    });
    this.list.mark(code?.id);
    if (code && (!this.#full.has(code.id) || this.#stale.has(code.id))) this.#askLater(code.id);
  }

  #keys() {
    const pinned = [...this.desk.view.codes.values()].filter((code) => code.key);
    return Object.fromEntries(pinned.map((code) => [code.key, code.label]));
  }

  #askLater(id) {
    clearTimeout(this.#timers.ask);
    this.#timers.ask = setTimeout(async () => {
      if (this.shown?.id === id) {
        await this.ask(id);
        this.#show();
      }
    }, ASK_AFTER);
  }

  // All of a code, or null when the server cannot be asked just now: the list's own texts then do.
  async ask(id) {
    this.#stale.delete(id);
    // A code that is not saved yet is not there to be asked for.
    if (!this.desk.rows.codesFromServer.has(id)) return null;
    try {
      const answer = await this.desk.line.ask('code', { id });
      this.#full.set(id, answer);
      return answer;
    } catch (error) {
      if (!error.kind) throw error;
      return null;
    }
  }

  #learn(news) {
    const changed = news.codes ? [...this.#full.keys()] : Object.keys(news.counts ?? {});
    for (const id of changed) this.#stale.add(id);
    this.#show();
    this.#paintProgress();
  }

  // --- acts ---

  // A press on a code is meant for what is selected; with nothing selected it shows the code.
  #pressed(code) {
    const { desk } = this;
    this.#codedByPress = Boolean(desk.active?.selected() || desk.target().docs);
    this.list.focus(code.id);
    if (this.#codedByPress && !desk.readsOnly) desk.acts.code(code);
    else this.#point(code.id);
  }

  #pressedTwice(code) {
    if (!this.#codedByPress) this.desk.acts.code(code);
  }

  pin(code, key) {
    const seen = code.key ?? '';
    if (key === seen) return;
    const { texts } = this.desk;
    const told = fill(key ? texts.pinned_to : texts.unpinned, { code: code.label, key });
    // A saved view may have codes of its own on the keys.
    this.desk.act(this.#pinnedView
      ? { op: 'pin', view: this.#pinnedView, code: code.id, key }
      : { op: 'edit_code', id: code.id, changes: { shortcut: key }, seen: { shortcut: seen } }, told);
  }

  #create() {
    const label = this.search.value.trim();
    if (!label || this.create.hidden) return;
    const { id } = this.desk.acts.addCode(label);
    this.search.value = '';
    this.#paintList();
    this.#point(id);
    this.list.focus(id);
  }

  // Puts something in the card's place for a while; null brings the card back.
  cover(element) {
    this.upper.replaceChildren(element ?? this.card.element);
    this.element.classList.toggle('qc-is-editing', Boolean(element));
  }

  // Shows a code in full; with the focus on its line, unless the keys are to stay where they are.
  showCode(id, { focus = true } = {}) {
    if (!this.isOpen) this.toggle(true);
    this.#point(id);
    if (focus) this.list.focus(id);
  }

  // What is known of a code has just been changed here.
  learnCode(id, changes) {
    const full = this.#full.get(id);
    if (full) this.#full.set(id, { ...full, code: { ...full.code, ...changes } });
  }

  forgetCode(id) {
    this.#stale.add(id);
  }

  // The passage that an example was taken from.
  async #open({ doc, coding }) {
    const { desk } = this;
    if (this.#narrow.matches) this.toggle(false);
    if (!desk.rows.has(doc)) await desk.line.turnTo({ doc });
    if (!desk.rows.has(doc)) return;
    desk.activate(doc, { focus: true });
    desk.picking.pickIfThere(doc, coding);
  }

  #fold() {
    const id = this.list.focusedId;
    this.#paintList();
    this.list.focus(id);
  }

  #searchKey(event) {
    event.stopPropagation();
    if (event.isComposing) return;
    if (event.key === 'ArrowDown') {
      event.preventDefault();
      this.list.focus(this.list.firstCode);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (!this.create.hidden && this.list.isEmpty) this.#create();
      else this.list.focus(this.list.firstCode);
    } else if (event.key === 'Escape') {
      event.preventDefault();
      if (this.search.value) {
        this.search.value = '';
        this.#paintList();
      } else this.leave();
    }
  }
}
