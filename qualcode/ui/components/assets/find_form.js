// What is sought, how, in whose words and where, as fields.
//
//   new FindForm({ texts, on: { changed(part, wait), key(event) } })
//   form.show(question, groups)   fills the fields; `groups` are the names to choose from
//
// Each change is told at once; `wait` is how many ms more may come before it is worth asking.

import { h } from './dom.js';
import { KINDS, WAYS } from './find_model.js';

const AFTER_KEY = 60; // ms

export class FindForm {
  constructor({ texts, on }) {
    this.texts = texts;
    this.on = on;
    this.field = h('input', {
      type: 'search',
      class: 'qc-find-field',
      placeholder: texts.placeholder,
      'aria-label': texts.field,
      spellcheck: 'false',
      autocomplete: 'off',
      maxlength: 1000,
      oninput: () => on.changed({ text: this.field.value }, AFTER_KEY),
      onkeydown: (event) => on.key(event),
    });
    this.ways = h(
      'select',
      {
        class: 'qc-find-choice',
        'aria-label': texts.way,
        onchange: () => on.changed({ way: this.ways.value }),
      },
      WAYS.map((way) => h('option', { value: way }, texts[`way_${way}`])),
    );
    this.groups = h('select', {
      class: 'qc-find-choice',
      'aria-label': texts.group,
      onchange: () => on.changed({ group: this.groups.value || null }),
    });
    this.byItem = this.#box(texts.by_item, () => on.changed({ by_item: this.byItem.checked }));
    this.kinds = Object.fromEntries(
      KINDS.map((kind) => [kind, this.#box(texts[`in_${kind}`], () => this.#whereChanged(kind))]),
    );
    const where = h(
      'fieldset',
      { class: 'qc-find-where' },
      h('legend', { class: 'qc-unseen' }, texts.where),
      Object.values(this.kinds).map((box) => box.parentElement),
    );
    this.element = h(
      'div',
      { class: 'qc-find-form', role: 'search' },
      this.field,
      this.ways,
      this.groups,
      h('div', { class: 'qc-find-boxes' }, where, this.byItem.parentElement),
    );
  }

  show(question, groups) {
    this.field.value = question.text;
    this.ways.value = question.way;
    this.byItem.checked = question.by_item;
    for (const kind of KINDS) this.kinds[kind].checked = question.where.includes(kind);
    this.offerGroups(groups, question.group);
  }

  // A group that is asked for stands among the others, even when nobody belongs to it any more.
  offerGroups(groups, asked) {
    const names = groups.includes(asked) ? groups : [...groups, asked].filter(Boolean);
    this.groups.replaceChildren(
      h('option', { value: '' }, this.texts.every_group),
      ...names.map((name) => h('option', { value: name }, name)),
    );
    this.groups.value = asked ?? '';
    this.groups.hidden = names.length < 2 && !asked;
  }

  #box(label, onchange) {
    const box = h('input', { type: 'checkbox', onchange });
    h('label', { class: 'qc-find-box' }, box, label);
    return box;
  }

  #whereChanged(kind) {
    const where = KINDS.filter((each) => this.kinds[each].checked);
    // Nowhere is no place to look: the last box stays ticked.
    if (!where.length) this.kinds[kind].checked = true;
    else this.on.changed({ where });
  }
}
