// The code picker: type a few letters of a code's name at the selection, Enter applies it. Tab or →
// limits to the branch of the code one is at, Backspace in an empty field goes back.

import { CodeChoices } from './code_choices.js';
import { fill, h } from './dom.js';
import { measure } from './marker_timings.js';
import { bare } from './typeahead.js';

// Options put into the page at first; further ones come as one scrolls or steps to them.
const AT_ONCE = 24;
// So many nearest in meaning are offered, and so much room is kept for them while they are sought.
const NEAREST = 3;

let pickersMade = 0;

export class CodePicker {
  // recent: ids of the codes used last. nearest: a Promise of ids, nearest in meaning to the quote
  // first, or null; keepRoom: whether to keep room for them meanwhile; beforehand: whether Enter takes
  // the first code that is no suggestion before anything is typed.
  // on: {choose(code, stay), create(label, stay), limited(code or null), close()}
  constructor({ texts, language, codes, recent, nearest, keepRoom, beforehand = true, allowNew, quote, keys, on }) {
    pickersMade += 1;
    this.prefix = `qc-picker-${pickersMade}`;
    Object.assign(this, { texts, codes, recent, beforehand, allowNew, on });
    this.finder = new CodeChoices(codes, language);
    this.path = []; // branches, one within another
    this.nearest = nearest && keepRoom ? null : []; // null: room is kept for them
    this.#build(quote, keys);
    this.#show();
    nearest?.then((ids) => this.#takeNearest(ids));
  }

  #build(quote, keys = this.texts.picker_keys) {
    const { texts } = this;
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
      oninput: (event) => this.#typed(event),
      onkeydown: (event) => this.#key(event),
      onblur: (event) => {
        if (!this.element.contains(event.relatedTarget)) this.on.close();
      },
    });
    this.list = h('div', {
      class: 'qc-options', role: 'listbox', id: `${this.prefix}-list`, 'aria-label': texts.codes,
      // A press on the list must not take the focus from the field.
      onmousedown: (event) => event.preventDefault(),
      onclick: (event) => this.#pressed(event),
      onmousemove: (event) => this.#pointed(event),
      onscroll: () => this.#showMoreNear(this.list.scrollTop + this.list.clientHeight),
    });
    this.detail = h('div', { class: 'qc-detail', 'aria-live': 'polite' });
    this.trail = h('div', { class: 'qc-trail', hidden: true });
    this.element = h('div', { class: 'qc-picker', role: 'dialog', 'aria-label': texts.codes },
      h('div', { class: 'qc-target' }, quote),
      this.trail,
      this.input,
      h('div', { class: 'qc-picker-columns' }, this.list, this.detail),
      h('div', { class: 'qc-hint' }, keys));
  }

  // --- what is offered ---

  #typed({ timeStamp }) {
    this.#show();
    requestAnimationFrame(() => measure('qc-picker-key', timeStamp));
  }

  // Codes nearest in meaning have come: what one is at, and where it stands, stays.
  #takeNearest(ids) {
    if (!this.element.isConnected) return;
    const at = this.choices[this.index];
    const before = this.#option(this.index)?.offsetTop - this.list.scrollTop;
    this.nearest = ids.filter((id) => !this.recent.includes(id)).slice(0, NEAREST);
    const here = this.#arrange();
    const index = here.findIndex((choice) => choice.code === at?.code && choice.label === at?.label);
    this.#paint(here, index);
    const option = this.#option(index);
    if (option) this.list.scrollTop = option.offsetTop - before;
  }

  #show() {
    const choices = this.#arrange();
    // A suggestion is never chosen beforehand; only when one types its name.
    const typed = this.input.value.trim();
    const first = choices.findIndex((choice) => typed || !choice.suggested);
    this.list.scrollTop = 0;
    this.#paint(choices, typed || this.beforehand ? Math.max(0, first) : -1);
  }

  // [{heading?, code, suggested} or {label} for a new code, ...]
  #arrange() {
    const typed = this.input.value;
    const branch = this.path.at(-1);
    const sought = { recent: this.recent, nearest: this.nearest ?? [], branch };
    const groups = this.finder.groups(typed, sought);
    const heading = { recent: this.texts.recent, nearest: this.texts.nearest_in_meaning };
    const choices = groups.flatMap((group) => group.codes.map((code, n) => ({
      code,
      suggested: group.kind === 'nearest',
      heading: n === 0 ? heading[group.kind] ?? group.book : null,
    })));
    const waiting = this.nearest === null && !typed.trim() && !branch;
    const after = choices.findIndex((choice) => !this.recent.includes(choice.code.id));
    if (waiting && after >= 0) choices[after].room = true;
    const name = typed.trim();
    const known = this.codes.some((code) => bare(code.label) === bare(name));
    if (this.allowNew && name && !known) choices.push({ label: name });
    return choices;
  }

  #paint(choices, index) {
    this.choices = choices;
    this.shown = 0;
    this.list.replaceChildren();
    if (!choices.length) {
      this.list.append(h('div', { class: 'qc-none' },
        this.allowNew ? this.texts.no_codes : this.texts.no_such_code));
    }
    this.#showMore(Math.max(AT_ONCE, index + 1));
    this.#highlight(choices.length ? index : -1, false);
  }

  #showMore(count) {
    const { choices } = this;
    const to = Math.min(choices.length, count);
    const parts = [];
    for (let n = this.shown; n < to; n += 1) parts.push(...this.#lines(choices[n], n));
    this.shown = Math.max(this.shown, to);
    this.list.append(...parts);
  }

  #showMoreNear(bottom) {
    if (this.shown < this.choices.length && bottom > this.list.scrollHeight - 100) {
      this.#showMore(this.shown + AT_ONCE);
    }
  }

  // The option, with the heading above it when it begins a group.
  #lines(choice, number) {
    const { code, heading, suggested, room } = choice;
    const content = code ? this.#codeLine(code, suggested) : [
      h('span', { class: 'qc-new' }, '+'),
      h('span', { class: 'qc-option-name' }, fill(this.texts.new_code, { name: choice.label })),
    ];
    return [
      room ? this.#room() : null,
      heading ? h('div', { class: 'qc-heading', role: 'presentation' }, heading) : null,
      h('div', {
        class: `qc-option${suggested ? ' qc-is-suggested' : ''}`,
        role: 'option',
        id: `${this.prefix}-${number}`,
        'data-number': number,
        'aria-selected': 'false',
        'aria-posinset': number + 1,
        'aria-setsize': this.choices.length,
      }, ...content),
    ].filter(Boolean);
  }

  #codeLine(code, suggested) {
    const parent = this.finder.parentOf(code);
    const within = this.path.at(-1)?.code;
    return [
      h('i', { class: 'qc-swatch', style: { background: code.colour } }),
      h('span', { class: 'qc-option-name' }, code.label,
        parent && parent !== within ? h('span', { class: 'qc-option-under' }, parent.label) : ''),
      suggested ? h('span', { class: 'qc-suggested' }, this.texts.suggestion) : '',
      this.finder.hasChildren(code) ? h('span', { class: 'qc-has-branch', 'aria-hidden': 'true' }, '›') : '',
      code.key ? h('kbd', {}, code.key) : '',
    ];
  }

  // Kept for the nearest while they are sought, so that nothing jumps when they come.
  #room() {
    return h('div', { class: 'qc-room', role: 'presentation' },
      h('div', { class: 'qc-heading' }, this.texts.nearest_in_meaning),
      ...Array.from({ length: NEAREST }, () => h('div', { class: 'qc-option' }, '…')));
  }

  // --- the one that Enter takes ---

  #option(number) {
    return this.list.querySelector(`#${this.prefix}-${number}`);
  }

  #highlight(index, scroll = true) {
    this.#showMore(index + 1);
    this.#option(this.index)?.setAttribute('aria-selected', 'false');
    this.index = index;
    const option = this.#option(index);
    option?.setAttribute('aria-selected', 'true');
    if (option) this.input.setAttribute('aria-activedescendant', option.id);
    else this.input.removeAttribute('aria-activedescendant');
    if (scroll && option) this.#scrollTo(option);
    this.#showDetail(this.choices[index]?.code);
  }

  #scrollTo(option) {
    const { list } = this;
    const top = option.offsetTop;
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
      h('div', { class: 'qc-detail-book' },
        [...this.finder.path({ code }).slice(0, -1), code.origin].filter(Boolean).join(' · ')),
      ...part(this.texts.definition, code.definition),
      ...part(this.texts.rule, code.rule),
      ...part(this.texts.example, code.example),
    );
  }

  // --- acts ---

  #apply(index, stay) {
    const choice = this.choices[index];
    if (!choice) return;
    if (choice.code) this.on.choose(choice.code, stay);
    else this.on.create(choice.label, stay);
    if (stay) {
      this.input.value = '';
      this.#show();
      this.input.focus({ preventScroll: true });
    }
  }

  // Limits to the branch of the code one is at; true when there is one to go into.
  #enter() {
    const code = this.choices[this.index]?.code;
    const branch = code && this.finder.branchAt(code, this.path.at(-1));
    if (!branch) return false;
    this.path = [...this.path, branch];
    this.input.value = '';
    this.#showTrail();
    return true;
  }

  #goBack() {
    const left = this.path.at(-1);
    this.path = this.path.slice(0, -1);
    this.#showTrail();
    const at = this.choices.findIndex((choice) => choice.code && choice.code === left.code);
    if (at >= 0) this.#highlight(at);
  }

  #showTrail() {
    const branch = this.path.at(-1);
    this.on.limited(branch?.code ?? null);
    this.trail.hidden = !branch;
    this.trail.replaceChildren(...(branch
      ? [h('span', { class: 'qc-trail-path' }, this.finder.path(branch).join(' › ')),
        h('button', {
          type: 'button', class: 'qc-button qc-trail-back', tabindex: '-1',
          // A press must not take the focus from the field.
          onmousedown: (event) => event.preventDefault(),
          onclick: () => this.#goBack(),
        }, this.texts.branch_back)]
      : []));
    this.#show();
  }

  #numberUnder({ target }) {
    const number = target.closest('[role=option]')?.dataset.number;
    return number === undefined ? null : Number(number);
  }

  #pressed(event) {
    const number = this.#numberUnder(event);
    if (number === null) return;
    this.#highlight(number, false);
    if (!event.target.closest('.qc-has-branch') || !this.#enter()) this.#apply(number, event.shiftKey);
  }

  #pointed(event) {
    const number = this.#numberUnder(event);
    if (number !== null && number !== this.index) this.#highlight(number, false);
  }

  #key(event) {
    event.stopPropagation();
    if (event.isComposing) return;
    const act = this.#actOf(event);
    if (act) {
      event.preventDefault();
      act();
    }
  }

  #actOf({ key, shiftKey }) {
    const { input } = this;
    const last = this.choices.length - 1;
    const from = (by) => (this.index < 0 && by < 0 ? 0 : this.index);
    const step = (by) => () => this.#highlight(last < 0 ? -1 : (from(by) + by + last + 1) % (last + 1));
    const leap = (by) => () => this.#highlight(Math.max(0, Math.min(last, this.index + by)));
    const atEnd = input.selectionStart === input.value.length;
    const canEnter = () => this.choices[this.index]?.code;
    switch (key) {
      case 'ArrowDown': return step(1);
      case 'ArrowUp': return step(-1);
      case 'PageDown': return leap(8);
      case 'PageUp': return leap(-8);
      case 'Enter': return () => this.#apply(this.index, shiftKey);
      case 'Escape': return () => this.on.close();
      // Focus must not fall out of the box: Tab without a branch does nothing.
      case 'Tab': return () => (shiftKey ? this.path.length && this.#goBack() : this.#enter());
      case 'ArrowRight': return atEnd && canEnter() ? () => this.#enter() : null;
      case 'Backspace': return !input.value && this.path.length ? () => this.#goBack() : null;
      default: return null;
    }
  }
}
