// The headings of groups between the answers: what the answers under each have in common, and how many
// there are in the study. An answer that stands in two groups of one page (it has two codes) is read in
// the first; in the other a line leads to it, so that it has one caret and one state.

import { brief, fill, h } from './dom.js';
import { placesOf } from './group_places.js';

export class Groups {
  #laid = '';
  #made = [];

  constructor(desk) {
    this.desk = desk;
    desk.on('repaint', () => this.#lay());
    desk.on('place', () => this.#lay());
    desk.on('data', () => this.#lay());
  }

  // Puts the headings where they belong. The rows stay where they are: moving the active one would
  // take the focus from it.
  #lay() {
    const { desk } = this;
    const groups = desk.sheet?.groups ?? [];
    const { ids } = desk.rows;
    const now = JSON.stringify([groups, ids, groups.map((group) => this.#colour(group))]);
    if (now === this.#laid) return;
    this.#laid = now;
    for (const element of this.#made) element.remove();
    this.#made = [];
    desk.layout.headroom = 0;
    for (const { group, again, before } of placesOf(groups, ids)) {
      const element = again ? this.#again(again) : this.#heading(group);
      desk.layout.rowList.insertBefore(element, desk.rows.get(before)?.element ?? null);
      this.#made.push(element);
      if (!again) desk.layout.headroom = element.offsetHeight;
    }
  }

  #heading(group) {
    const { texts } = this.desk;
    const colour = this.#colour(group);
    const size = group.size === 1 ? texts.group_of_one : fill(texts.group_size, { count: group.size });
    return h('div', { class: 'qc-group', role: 'listitem', 'data-group': group.value },
      h('span', { class: 'qc-group-name', role: 'heading', 'aria-level': '3' },
        colour ? h('i', { class: 'qc-swatch', style: { background: colour } }) : null,
        h('span', { class: 'qc-group-title' }, group.title)),
      h('span', { class: 'qc-group-size' }, size),
      group.goes_on ? h('span', { class: 'qc-hint' }, texts.group_goes_on) : null);
  }

  #again(id) {
    const { desk } = this;
    const row = desk.rows.fromServer.get(id);
    return h('div', { class: 'qc-again', role: 'listitem' },
      h('button', {
        type: 'button', class: 'qc-button', onclick: () => desk.activate(id, { focus: true }),
      }, fill(desk.texts.stands_above, { name: row.label, text: brief(row.text, 80) })));
  }

  // The colour of the code that the group is of.
  #colour(group) {
    const { desk } = this;
    if (desk.sheet.grouped_by?.facet !== 'code') return null;
    return desk.view.codes.get(group.value)?.colour ?? null;
  }
}
