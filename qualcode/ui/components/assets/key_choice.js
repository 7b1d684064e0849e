// The key of a code: a button that tells it, and a list of the nine keys behind it. Nothing is chosen by
// moving in the list, only by Enter, the digit itself or a press; Esc closes it. The elements stay when
// codes change, so the focus is never lost.

import { fill, h } from './dom.js';

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];

export class KeyChoice {
  // pin(key): the key that was chosen, '' for none
  constructor({ texts, pin }) {
    Object.assign(this, { texts, pin });
    this.button = h('button', {
      type: 'button', class: 'qc-button qc-pin', 'aria-haspopup': 'listbox', 'aria-expanded': 'false',
      onclick: () => this.#turn(this.list.hidden),
      onkeydown: (event) => this.#onButton(event),
    });
    this.options = ['', ...KEYS].map((key) => h('li', {
      role: 'option', tabindex: '-1', 'data-key': key, onclick: () => this.#choose(key),
    }));
    this.list = h('ul', {
      class: 'qc-key-list', role: 'listbox', 'aria-label': texts.key_of_code, hidden: true,
      onkeydown: (event) => this.#onList(event),
    }, ...this.options);
    this.element = h('div', {
      class: 'qc-key-choice',
      onfocusout: ({ relatedTarget }) => !this.element.contains(relatedTarget) && this.#turn(false),
    }, this.button, this.list);
  }

  // `keys`: digit -> the label of the code that has it.
  show(code, keys) {
    const { texts } = this;
    this.key = code.key ?? '';
    const told = this.key ? fill(texts.on_key, { key: this.key }) : texts.no_key;
    this.button.textContent = `${told} ▾`;
    this.button.title = texts.key_of_code;
    this.button.setAttribute('aria-label', `${texts.key_of_code}: ${told}`);
    for (const option of this.options) {
      const { key } = option.dataset;
      const holder = keys[key] && key !== this.key ? ` ${keys[key]}` : '';
      option.textContent = key ? `${key}${holder}` : texts.no_key;
      option.setAttribute('aria-selected', String(key === this.key));
    }
  }

  #turn(open) {
    this.list.hidden = !open;
    this.button.setAttribute('aria-expanded', String(open));
    if (open) this.options.find((option) => option.dataset.key === this.key)?.focus();
  }

  #choose(key) {
    this.button.focus({ preventScroll: true });
    this.#turn(false);
    this.pin(key);
  }

  #onButton(event) {
    if (event.key !== 'ArrowDown' || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    this.#turn(true);
  }

  // While it is open, every key is the list's own.
  #onList(event) {
    if (event.key === 'Tab') return;
    event.preventDefault();
    event.stopPropagation();
    const { options } = this;
    const at = options.indexOf(document.activeElement);
    const to = {
      ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: options.length - 1,
    }[event.key];
    if (to !== undefined) options[Math.max(0, Math.min(options.length - 1, to))].focus();
    else if (event.key === 'Enter' || event.key === ' ') this.#choose(options[at].dataset.key);
    else if (KEYS.includes(event.key)) this.#choose(event.key);
    else if (event.key === 'Escape') {
      this.button.focus({ preventScroll: true });
      this.#turn(false);
    }
  }
}
