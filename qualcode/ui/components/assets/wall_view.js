// How the wall looks: four quadrants, groups with their names and counts, notes, offers, the bar.
//
// Everything is drawn anew from the model; what has the focus, and a field that is being written in,
// stay. How full screen is laid out for those at the back of the room: wall_pages.js.

import { fill, h as element } from './dom.js';
import { helpBox } from './wall_help.js';
import { countOf } from './wall_model.js';
import { WallMouse } from './wall_mouse.js';
import { WallPages } from './wall_pages.js';

// What is false is not shown: a part of a list may stand behind a condition.
const h = (name, attributes, ...children) =>
  element(name, attributes, ...children.flat().filter(Boolean));

const LOOSE_SHOWN = 40;

export class WallView {
  #open = new Set(); // groups whose notes are shown in full screen
  #all = new Set(); // quadrants of which every loose note is shown
  #alone = null; // the quadrant that fills the screen
  #writing = null; // { kind, key, where }

  constructor(wall) {
    this.wall = wall;
    const { texts } = wall;
    this.said = h('span', { class: 'qcw-said', role: 'status', 'aria-live': 'polite' });
    this.state = h('span', { class: 'qcw-state' });
    this.grid = h('div', { class: 'qcw-grid' });
    this.bar = h('div', { class: 'qcw-bar', role: 'toolbar', 'aria-label': texts.bar_label });
    this.help = helpBox(texts);
    this.root = h(
      'div',
      { class: 'qcw', tabindex: '-1' },
      this.bar,
      this.grid,
      h('div', { class: 'qcw-foot' }, this.said, this.state),
      this.help,
    );
    wall.root.replaceChildren(this.root);
    this.pages = new WallPages(texts);
    this.mouse = new WallMouse(this);
    this.changed = () => this.paint();
    this.enlarged = () => {
      this.paint();
      this.root.focus({ preventScroll: true });
    };
    document.addEventListener('fullscreenchange', this.enlarged);
    window.addEventListener('resize', this.changed);
  }

  leave() {
    document.removeEventListener('fullscreenchange', this.enlarged);
    window.removeEventListener('resize', this.changed);
  }

  get isLarge() {
    return document.fullscreenElement === this.root;
  }

  // All four in full screen: the names of groups and what is in no group, for the back of the room.
  get #isOverview() {
    return this.isLarge && this.#alone === null;
  }

  // --- painting ---

  paint() {
    this.state.textContent = this.wall.texts[this.wall.state] ?? '';
    this.root.dataset.state = this.wall.state;
    if (this.#writing) return; // what is being written must not vanish; it paints when it is done
    const isHere = this.root.contains(document.activeElement);
    const focused = isHere ? document.activeElement.dataset?.id : null;
    const { wall, offers, texts } = this.wall;
    this.root.classList.toggle('qcw-large', this.isLarge);
    this.bar.replaceChildren(...this.#barParts());
    const shown = wall.fields.filter((f) => this.#alone === null || f.quadrant === this.#alone);
    const scrolled = new Map(this.#fields().map((one) => [one.dataset.quadrant, bodyOf(one).scrollTop]));
    this.grid.classList.toggle('qcw-alone', this.#alone !== null);
    this.grid.replaceChildren(
      ...shown.map((field) =>
        this.#field(field, offers.filter((offer) => offer.quadrant === field.quadrant), texts),
      ),
    );
    for (const field of this.#fields()) {
      if (this.isLarge) this.pages.lay(field);
      else bodyOf(field).scrollTop = scrolled.get(field.dataset.quadrant) ?? 0;
    }
    if (focused) this.focusOn(focused);
    // The keys work as long as something of the wall has the focus.
    if (isHere && !this.root.contains(document.activeElement)) this.root.focus({ preventScroll: true });
  }

  #fields() {
    return [...this.grid.querySelectorAll('.qcw-field')];
  }

  say(text) {
    this.said.textContent = text;
  }

  focusOn(id) {
    const place = this.root.querySelector(`[data-id="${CSS.escape(id)}"]`);
    if (place && this.isLarge) this.pages.turnTo(place);
    place?.focus({ preventScroll: false });
  }

  #barParts() {
    const { texts, chosen, carried } = this.wall;
    const button = (act, text, title = '', off = false) =>
      h('button', { type: 'button', 'data-act': act, title: title || null, disabled: off }, text);
    const parts = [
      button('group', texts.group, texts.group_long, !chosen.size),
      button('carry', carried.size ? texts.drop : texts.carry, texts.carry_long, !chosen.size),
      button('undo', texts.undo, 'Ctrl+Z'),
      button('redo', texts.redo, 'Ctrl+Shift+Z'),
      h('span', { class: 'qcw-gap' }),
    ];
    if (this.#alone !== null) parts.push(button('all-fields', texts.all_fields, 'Z'));
    const count = chosen.size ? fill(texts.chosen, { n: chosen.size }) : '';
    return [
      ...parts,
      h('span', { class: 'qcw-quiet' }, count),
      button('print', texts.print, texts.print_long),
      button('large', this.isLarge ? texts.small : texts.large, 'F'),
      button('help', texts.help, '?'),
    ];
  }

  #field(field, offers, texts) {
    // A suggestion is no group: in the overview its notes hang among the others.
    const offered = new Set(this.#isOverview ? [] : offers.flatMap((offer) => offer.members));
    const loose = field.loose.filter((note) => !offered.has(note.id));
    const all = this.isLarge || this.#all.has(field.quadrant);
    const shown = all ? loose : loose.slice(0, LOOSE_SHOWN);
    const isTray = field.quadrant === '';
    return h(
      'section',
      {
        class: `qcw-field qcw-${field.quadrant || 'tray'}`,
        'data-quadrant': field.quadrant,
        'data-drop': 'field',
        'aria-label': fill(texts.field_label, { title: field.title, n: countOf(field) }),
      },
      h(
        'header',
        {},
        h(
          'div',
          { class: 'qcw-title', role: 'heading', 'aria-level': '3', 'data-act': 'zoom', title: texts.zoom },
          field.title,
        ),
        h('span', { class: 'qcw-count' }, String(countOf(field))),
        h('span', { class: 'qcw-gap' }),
        !isTray && h('button', { type: 'button', 'data-act': 'add-note' }, texts.add_note),
        h('button', { type: 'button', 'data-act': 'add-group' }, texts.add_group),
      ),
      h(
        'div',
        { class: 'qcw-body' },
        ...(this.#isOverview ? [] : offers.map((offer) => this.#offer(offer, field, texts))),
        ...field.groups.map((group) => this.#group(group, texts)),
        this.#isOverview &&
          offers.length > 0 &&
          h('p', { class: 'qcw-ungrouped' }, fill(texts.offers, { n: offers.length })),
        this.#isOverview &&
          loose.length > 0 &&
          field.groups.length > 0 &&
          h('p', { class: 'qcw-ungrouped' }, fill(texts.ungrouped, { n: loose.length })),
        loose.length > 0 &&
          h('div', { class: 'qcw-loose', 'data-count': String(loose.length) }, ...shown.map((note) => this.#note(note))),
        loose.length > shown.length &&
          h(
            'button',
            { type: 'button', class: 'qcw-more', 'data-act': 'all-loose' },
            fill(texts.show_rest, { n: loose.length - shown.length }),
          ),
        !countOf(field) && !field.groups.length && h('p', { class: 'qcw-empty' }, texts.empty_field),
      ),
    );
  }

  #group(group, texts) {
    const open = !this.isLarge || this.#alone !== null || this.#open.has(group.id);
    return h(
      'div',
      { class: 'qcw-group', 'data-group': group.id, 'data-drop': 'group' },
      h(
        'div',
        { class: 'qcw-name', tabindex: '0', role: 'button', 'data-id': group.id, title: texts.rename_long },
        h('span', { class: 'qcw-words' }, group.name),
        h('span', { class: 'qcw-count' }, String(group.notes.length)),
        h('button', { type: 'button', 'data-act': 'rename', title: texts.rename }, '✎'),
        h('button', { type: 'button', 'data-act': 'ungroup', title: texts.ungroup }, '×'),
      ),
      open && h('div', { class: 'qcw-notes' }, ...group.notes.map((note) => this.#note(note))),
    );
  }

  #note(note) {
    const { chosen, carried } = this.wall;
    const classes = ['qcw-note'];
    if (chosen.has(note.id)) classes.push('qcw-chosen');
    if (carried.has(note.id)) classes.push('qcw-carried');
    return h(
      'div',
      {
        class: classes.join(' '),
        draggable: 'true',
        tabindex: '0',
        role: 'option',
        'aria-selected': String(chosen.has(note.id)),
        'data-id': note.id,
        'data-note': note.id,
        title: note.where || null,
      },
      note.text,
    );
  }

  #offer(offer, field, texts) {
    const notes = new Map(field.loose.map((note) => [note.id, note]));
    return h(
      'div',
      { class: 'qcw-offer', 'data-offer': offer.key },
      h('div', { class: 'qcw-offer-head' }, fill(texts.offer, { n: offer.members.length })),
      h('input', { type: 'text', value: offer.name, 'aria-label': texts.offer_name, 'data-id': `offer-${offer.key}` }),
      h('div', { class: 'qcw-notes' }, ...offer.members.map((id) => this.#note(notes.get(id)))),
      h(
        'div',
        { class: 'qcw-offer-acts' },
        h('button', { type: 'button', class: 'qcw-main', 'data-act': 'accept' }, texts.accept),
        h('button', { type: 'button', 'data-act': 'dismiss' }, texts.dismiss),
      ),
    );
  }

  // Page Down and Page Up: the quadrant one is in, or the whole wall when one is in none.
  turnPage(step, quadrant = null) {
    if (!this.isLarge) return;
    const mine = this.#fields().filter((one) => quadrant === null || one.dataset.quadrant === quadrant);
    const first = this.pages.turn(mine, step);
    (first ?? this.root).focus({ preventScroll: true });
  }

  // --- what is written ---

  // A field in the place of something; Enter keeps it, Esc does not, leaving it keeps it too.
  write(place, { value = '', label, done, again = false }) {
    if (this.#writing) return;
    this.#writing = true;
    const field = h('input', { type: 'text', class: 'qcw-write', value, 'aria-label': label, placeholder: label });
    place.replaceChildren(field);
    let over = false;
    const end = (keep, more = false) => {
      if (over) return;
      over = true;
      this.#writing = null;
      const text = field.value.trim();
      const kept = keep && text;
      if (kept) done(text);
      this.paint();
      if (kept && more && again) again();
    };
    field.addEventListener('keydown', (event) => {
      event.stopPropagation();
      if (event.key === 'Enter') end(true, true);
      else if (event.key === 'Escape') end(false);
    });
    field.addEventListener('blur', () => end(true));
    field.focus();
    field.select();
  }

  rename(id) {
    const place = this.root.querySelector(`[data-group="${CSS.escape(id)}"] .qcw-name`);
    const name = place?.querySelector('.qcw-words')?.textContent ?? '';
    if (place)
      this.write(place, {
        value: name,
        label: this.wall.texts.rename,
        done: (text) => this.wall.rename(id, text),
      });
  }

  addNote(quadrant) {
    const place = this.#room(quadrant);
    if (place)
      this.write(place, {
        label: this.wall.texts.note_asked,
        done: (text) => this.wall.addNote(quadrant, text),
        again: () => this.addNote(quadrant),
      });
  }

  addGroup(quadrant, notes = []) {
    const place = this.#room(quadrant);
    if (place)
      this.write(place, {
        label: this.wall.texts.group_asked,
        done: (text) => this.focusOn(this.wall.makeGroup(quadrant, text, notes)),
      });
  }

  #room(quadrant) {
    const body = this.root.querySelector(`[data-quadrant="${CSS.escape(quadrant)}"] .qcw-body`);
    if (!body) return null;
    const room = h('div', { class: 'qcw-room' });
    body.prepend(room);
    body.scrollTop = 0;
    return room;
  }

  // --- what is chosen and done ---

  choose(id, more) {
    const { chosen } = this.wall;
    if (!more) {
      const only = chosen.size === 1 && chosen.has(id);
      chosen.clear();
      if (!only) chosen.add(id);
    } else if (chosen.has(id)) chosen.delete(id);
    else chosen.add(id);
    this.paint();
    this.focusOn(id);
  }

  toggle(id) {
    if (this.#open.has(id)) this.#open.delete(id);
    else this.#open.add(id);
    this.paint();
  }

  zoom(quadrant) {
    this.#alone = this.#alone === null ? quadrant : null;
    this.paint();
  }

  large() {
    if (this.isLarge) document.exitFullscreen();
    else this.root.requestFullscreen?.();
  }

  do(act, target) {
    const { wall } = this;
    const quadrant = target.closest('[data-quadrant]')?.dataset.quadrant;
    const group = target.closest('[data-group]')?.dataset.group;
    const offer = wall.offers.find((o) => o.key === target.closest('[data-offer]')?.dataset.offer);
    const acts = {
      'add-note': () => this.addNote(quadrant),
      'add-group': () => this.addGroup(quadrant),
      'all-loose': () => {
        this.#all.add(quadrant);
        this.paint();
      },
      zoom: () => this.zoom(quadrant),
      'page-before': () => this.turnPage(-1, quadrant),
      'page-after': () => this.turnPage(1, quadrant),
      'all-fields': () => this.zoom(null),
      rename: () => this.rename(group),
      ungroup: () => wall.ungroup(group),
      accept: () => {
        const name = target.closest('[data-offer]').querySelector('input').value.trim();
        if (name) wall.accept(offer, name);
      },
      dismiss: () => wall.dismiss(offer),
      group: () => this.groupChosen(),
      carry: () => this.carry(),
      undo: () => wall.turn('undo'),
      redo: () => wall.turn('redo'),
      print: () => wall.print(),
      large: () => this.large(),
      help: () => {
        this.help.hidden = !this.help.hidden;
      },
    };
    acts[act]?.();
  }

  // The chosen notes under a name, in the quadrant of the first of them.
  groupChosen() {
    const ids = [...this.wall.chosen];
    const first = ids.length && this.root.querySelector(`[data-note="${CSS.escape(ids[0])}"]`);
    const quadrant = first ? first.closest('[data-quadrant]').dataset.quadrant : null;
    if (quadrant !== null) this.addGroup(quadrant, ids);
  }

  carry() {
    const { wall } = this;
    if (wall.carried.size) wall.carried.clear();
    else for (const id of wall.chosen) wall.carried.add(id);
    if (wall.carried.size) wall.say(fill(wall.texts.carrying, { n: wall.carried.size }));
    this.paint();
  }
}

const bodyOf = (field) => field.querySelector('.qcw-body');
