// The field where a reduction is written, under its original expression. Typing offers reductions
// already written ("same as..."), nearest first: arrow and Enter links one instead of a new one.

import { fill, h } from './dom.js';
import { bare, mergeOffers } from './typeahead.js';

const OFFERS_SHOWN = 6;
let fieldsMade = 0;

export class ReduceField {
  // on: {save(wording, stay), link(item, stay), cancel(draft), typed(wording), shown(element)}: `shown`
  // is told what must be in sight; known(): [{id, wording, uses}]
  constructor({ texts, quote, whole, draft, known, on }) {
    fieldsMade += 1;
    this.prefix = `qc-reduce-${fieldsMade}`;
    Object.assign(this, { texts, known, on, offered: [], index: -1 });
    this.input = h('input', {
      type: 'text',
      class: 'qc-field',
      role: 'combobox',
      autocomplete: 'off',
      'aria-label': fill(texts.reduce_what, { quote }),
      placeholder: texts.write_reduction,
      'aria-expanded': 'false',
      'aria-autocomplete': 'list',
      'aria-controls': `${this.prefix}-list`,
      oninput: () => {
        this.index = -1;
        this.#show();
        this.on.typed(this.input.value);
      },
      onkeydown: (event) => this.#key(event),
    });
    this.input.value = draft;
    this.list = h('div', {
      class: 'qc-offers', role: 'listbox', id: `${this.prefix}-list`, 'aria-label': texts.same_as,
      hidden: true,
      onmousedown: (event) => event.preventDefault(),
    });
    this.element = h('div', { class: 'qc-reduce' },
      whole ? null : h('div', { class: 'qc-target' }, fill(texts.quoted, { text: quote })),
      this.input,
      this.list,
      h('div', { class: 'qc-hint' }, texts.reduce_keys));
    this.#show();
  }

  // What must be in sight for all of it to be.
  get lowest() {
    return this.list.hidden ? this.element : this.list;
  }

  // What the server holds nearest to the text it was asked about.
  offer(items) {
    this.offered = items;
    this.#show();
  }

  #show() {
    const chosen = this.items?.[this.index]?.id;
    this.items = mergeOffers(this.offered, this.known(), this.input.value, OFFERS_SHOWN);
    this.index = chosen ? this.items.findIndex((item) => item.id === chosen) : -1;
    this.list.hidden = !this.items.length;
    this.input.setAttribute('aria-expanded', String(this.items.length > 0));
    this.list.replaceChildren(
      h('div', { class: 'qc-heading', role: 'presentation' }, this.texts.same_as),
      ...this.items.map((item, number) => h('div', {
        class: 'qc-option', role: 'option', id: `${this.prefix}-${number}`, 'aria-selected': 'false',
        onclick: (event) => this.on.link(item, event.shiftKey),
      },
      h('span', { class: 'qc-option-name' }, item.wording),
      h('span', { class: 'qc-uses', title: this.texts.uses }, item.uses ? String(item.uses) : ''))),
    );
    this.#highlight(this.index);
    this.on.shown(this.lowest);
  }

  #highlight(index) {
    this.index = index;
    this.list.querySelectorAll('[role=option]').forEach((option, number) => {
      option.setAttribute('aria-selected', String(number === index));
    });
    if (index >= 0) this.input.setAttribute('aria-activedescendant', `${this.prefix}-${index}`);
    else this.input.removeAttribute('aria-activedescendant');
  }

  #save(stay) {
    const wording = this.input.value.trim();
    const chosen = this.items[this.index];
    if (chosen) this.on.link(chosen, stay);
    else if (!wording) return;
    else {
      const same = this.known().find((item) => bare(item.wording) === bare(wording));
      if (same) this.on.link(same, stay);
      else this.on.save(wording, stay);
    }
    if (stay) {
      this.input.value = '';
      this.index = -1;
      this.#show();
      this.input.focus({ preventScroll: true });
    }
  }

  #key(event) {
    event.stopPropagation();
    if (event.isComposing) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      const places = this.items.length + 1; // the field itself is one of them
      if (places > 1) this.#highlight(((this.index + 1 + step + places) % places) - 1);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      this.#save(event.shiftKey);
    } else if (event.key === 'Escape') {
      event.preventDefault();
      this.on.cancel(this.input.value);
    }
  }
}
