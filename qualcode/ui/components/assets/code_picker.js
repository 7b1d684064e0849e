// The code picker: type a few letters of a code's name at the selection, Enter applies it.

import { fill, h } from './dom.js';
import { bare, groupCodes } from './typeahead.js';

let pickersMade = 0;

export class CodePicker {
  // on: {choose(code, stay), create(label, stay), close()}
  constructor({ texts, language, codes, recent, allowNew, quote, on }) {
    pickersMade += 1;
    this.prefix = `qc-picker-${pickersMade}`;
    Object.assign(this, { texts, language, codes, recent, allowNew, on });
    this.input = h('input', {
      type: 'text',
      class: 'qc-field',
      role: 'combobox',
      autocomplete: 'off',
      spellcheck: 'false',
      'aria-label': texts.find_code,
      placeholder: texts.find_code,
      'aria-expanded': 'true',
      'aria-autocomplete': 'list',
      'aria-controls': `${this.prefix}-list`,
      oninput: () => this.#show(0),
      onkeydown: (event) => this.#key(event),
      onblur: (event) => {
        if (!this.element.contains(event.relatedTarget)) this.on.close();
      },
    });
    this.list = h('div', {
      class: 'qc-options', role: 'listbox', id: `${this.prefix}-list`, 'aria-label': texts.codes,
      // A press on the list must not take the focus from the field.
      onmousedown: (event) => event.preventDefault(),
    });
    this.detail = h('div', { class: 'qc-detail', 'aria-live': 'polite' });
    this.element = h('div', { class: 'qc-picker', role: 'dialog', 'aria-label': texts.codes },
      h('div', { class: 'qc-target' }, quote),
      this.input,
      h('div', { class: 'qc-picker-columns' }, this.list, this.detail),
      h('div', { class: 'qc-hint' }, texts.picker_keys));
    this.#show(0);
  }

  // Only the list's rows that changed are worth making anew; 300 codes take a few milliseconds.
  #show(index) {
    const typed = this.input.value;
    const groups = groupCodes(this.codes, typed, this.recent, this.language, this.texts.recent);
    this.choices = groups.flatMap((group) => group.codes.map((code) => ({ code })));
    const parts = [];
    let number = 0;
    for (const group of groups) {
      parts.push(h('div', { class: 'qc-heading', role: 'presentation' }, group.heading));
      for (const code of group.codes) parts.push(this.#option(number++, this.#codeLine(code)));
    }
    const name = typed.trim();
    const known = this.codes.some((code) => bare(code.label) === bare(name));
    if (this.allowNew && name && !known) {
      this.choices.push({ label: name });
      parts.push(this.#option(number, [h('span', { class: 'qc-new' }, '+'),
        h('span', {}, fill(this.texts.new_code, { name }))]));
    }
    if (!this.choices.length) {
      parts.push(h('div', { class: 'qc-none' }, this.allowNew ? this.texts.no_codes : this.texts.no_such_code));
    }
    this.list.replaceChildren(...parts);
    this.#highlight(Math.min(index, this.choices.length - 1), false);
  }

  #codeLine(code) {
    return [
      h('i', { class: 'qc-swatch', style: { background: code.colour } }),
      h('span', { class: 'qc-option-name' }, code.label),
      code.key ? h('kbd', {}, code.key) : '',
    ];
  }

  #option(number, content) {
    return h('div', {
      class: 'qc-option', role: 'option', id: `${this.prefix}-${number}`, 'aria-selected': 'false',
      onclick: (event) => this.#apply(number, event.shiftKey),
      onmousemove: () => number !== this.index && this.#highlight(number, false),
    }, ...content);
  }

  #highlight(index, scroll = true) {
    this.index = index;
    for (const option of this.list.querySelectorAll('[aria-selected=true]')) {
      option.setAttribute('aria-selected', 'false');
    }
    const option = this.list.querySelector(`#${this.prefix}-${index}`);
    option?.setAttribute('aria-selected', 'true');
    if (option) this.input.setAttribute('aria-activedescendant', option.id);
    else this.input.removeAttribute('aria-activedescendant');
    if (scroll && option) this.#scrollTo(option);
    this.#showDetail(this.choices[index]?.code);
  }

  #scrollTo(option) {
    const { list } = this;
    const top = option.offsetTop - list.offsetTop;
    if (top < list.scrollTop + 22) list.scrollTop = top - 22;
    else if (top + option.offsetHeight > list.scrollTop + list.clientHeight) {
      list.scrollTop = top + option.offsetHeight - list.clientHeight;
    }
  }

  #showDetail(code) {
    if (!code) {
      this.detail.replaceChildren();
      return;
    }
    const part = (heading, text) => (text
      ? [h('div', { class: 'qc-detail-heading' }, heading), h('div', {}, text)]
      : []);
    this.detail.replaceChildren(
      h('div', { class: 'qc-detail-name' }, code.label),
      h('div', { class: 'qc-detail-book' }, [code.book, code.origin].filter(Boolean).join(' · ')),
      ...part(this.texts.definition, code.definition),
      ...part(this.texts.rule, code.rule),
      ...part(this.texts.example, code.example),
    );
  }

  #apply(index, stay) {
    const choice = this.choices[index];
    if (!choice) return;
    if (choice.code) this.on.choose(choice.code, stay);
    else this.on.create(choice.label, stay);
    if (stay) {
      this.input.value = '';
      this.#show(0);
      this.input.focus({ preventScroll: true });
    }
  }

  #key(event) {
    event.stopPropagation();
    if (event.isComposing) return;
    const last = this.choices.length - 1;
    const move = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    if (move) {
      event.preventDefault();
      const step = Math.abs(move) === 1 && last >= 0
        ? (this.index + move + last + 1) % (last + 1)
        : Math.max(0, Math.min(last, this.index + move));
      this.#highlight(step);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      this.#apply(this.index, event.shiftKey);
    } else if (event.key === 'Escape' || event.key === 'Tab') {
      event.preventDefault();
      this.on.close();
    }
  }
}
