// Editing a code where it is read: label, definition, rule, example and colour, in the card's place.

import { fill, h } from './dom.js';

const TEXTS = ['label', 'definition', 'rule', 'example'];
const LONGEST = 10_000; // characters, as the server takes them

let editorsMade = 0;

export class CodeEditor {
  // code: all of it, uncut; palette: [{colour, name}]; on: {save(changes, seen), cancel()}
  // refused: {changes, reason} of an earlier try that the server would not save: what was written is in
  // the fields again, the reason above them, and beside each text what stands there now.
  constructor({ texts, code, palette, on, refused = null }) {
    editorsMade += 1;
    this.name = `qc-colour-${editorsMade}`;
    Object.assign(this, { texts, code, on, seen: seenOf(code), written: refused?.changes ?? {} });
    this.fields = Object.fromEntries(TEXTS.map((field) => [field, this.#field(field)]));
    this.element = h('form', {
      class: 'qc-code-editor',
      'aria-label': texts.edit_code,
      onsubmit: (event) => {
        event.preventDefault();
        this.#save();
      },
      onkeydown: (event) => this.#key(event),
    },
    refused ? h('p', { class: 'qc-refused', role: 'alert' }, refused.reason) : null,
    ...TEXTS.map((field) => h('label', {}, texts[field === 'label' ? 'code_name' : field], this.fields[field],
      this.#isTorn(field) ? h('span', { class: 'qc-hint' }, fill(texts.reads_now, { text: this.seen[field] })) : '')),
    this.#colours(palette),
    h('div', { class: 'qc-editor-tools' },
      h('button', { type: 'submit', class: 'qc-button qc-is-main', title: 'Ctrl+Enter' }, texts.save),
      h('button', { type: 'button', class: 'qc-button', title: 'Esc', onclick: () => on.cancel() }, texts.cancel)));
  }

  focus() {
    this.fields.label.focus({ preventScroll: true });
    this.fields.label.select();
  }

  #field(field) {
    const attributes = { class: 'qc-field', maxlength: LONGEST, autocomplete: 'off' };
    if (field === 'label') return h('input', { ...attributes, type: 'text', required: true, value: this.written.label ?? this.code.label });
    const area = h('textarea', { ...attributes, rows: field === 'definition' ? 3 : 2 });
    area.value = this.written[field] ?? this.code[field] ?? '';
    return area;
  }

  #isTorn(field) {
    return this.written[field] !== undefined && this.written[field] !== this.seen[field];
  }

  // Each colour has a name besides, and a code that has another colour than these keeps it in the list.
  #colours(palette) {
    const mine = this.written.colour ?? this.code.colour;
    const known = palette.some(({ colour }) => same(colour, mine));
    const offered = known || !mine ? palette : [{ colour: mine, name: this.texts.present_colour }, ...palette];
    return h('fieldset', { class: 'qc-colours' }, h('legend', {}, this.texts.colour),
      ...offered.map(({ colour, name }) => h('label', { title: name, style: { '--qc-colour': colour } },
        h('input', {
          type: 'radio', name: this.name, value: colour, 'aria-label': name, checked: same(colour, mine),
        }))));
  }

  get #now() {
    const texts = Object.fromEntries(TEXTS.map((field) => [field, this.fields[field].value.trim()]));
    const chosen = this.element.querySelector(`input[name=${this.name}]:checked`);
    return { ...texts, colour: chosen?.value ?? this.seen.colour };
  }

  #save() {
    const now = this.#now;
    const changed = Object.keys(now).filter((field) => now[field] !== this.seen[field]);
    const only = (values) => Object.fromEntries(changed.map((field) => [field, values[field]]));
    if (changed.length) this.on.save(only(now), only(this.seen));
    else this.on.cancel();
  }

  #key(event) {
    event.stopPropagation();
    if (event.isComposing) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      this.on.cancel();
    } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.element.requestSubmit();
    }
  }
}

const same = (one, other) => one?.toUpperCase() === other?.toUpperCase();

const seenOf = (code) => Object.fromEntries(
  [...TEXTS, 'colour'].map((field) => [field, code[field] ?? '']));
