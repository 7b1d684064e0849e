// Several rows gathered for one act: Shift+J and Shift+K gather as they move, Space takes the active
// row, A all of the page; a click with Shift reaches to a row, with Ctrl it adds one. A code is then given
// to all of them whole, as one act (marker_acts.js). Esc lets them go.

import { fill } from './dom.js';

export class Gathering {
  #ids = new Set();
  #reach = null; // {from, to, kept}: where a reach began, came to, and what was gathered before it

  constructor(desk) {
    this.desk = desk;
    const bind = (key, name, act) => desk.keys.bind(key, act, { name });
    for (const key of ['Shift+j', 'Shift+ArrowDown']) bind(key, 'gather on', () => this.#reachOn(1));
    for (const key of ['Shift+k', 'Shift+ArrowUp']) bind(key, 'gather back', () => this.#reachOn(-1));
    bind(' ', 'gather the row', () => this.toggle(desk.rows.activeId));
    bind('a', 'gather all', () => this.all());
  }

  // Ids of the gathered rows in the order of the page.
  get ids() {
    return this.desk.rows.ids.filter((id) => this.#ids.has(id));
  }

  toggle(id) {
    this.#reach = null;
    this.#moveTo(id);
    const ids = new Set(this.#ids);
    if (!ids.delete(id)) ids.add(id);
    this.#become(ids);
  }

  // All rows from the active one, or from where this reach began, to row `id`; a shorter reach lets
  // go of what a longer one had gathered.
  reach(id) {
    const { activeId, ids } = this.desk.rows;
    if (this.#reach?.to !== activeId) this.#reach = { from: activeId, kept: new Set(this.#ids) };
    this.#reach.to = id;
    const { from, kept } = this.#reach;
    const [first, last] = [ids.indexOf(from), ids.indexOf(id)].sort((a, b) => a - b);
    this.#moveTo(id);
    this.#become(new Set([...kept, ...ids.slice(first, last + 1)]));
  }

  #reachOn(step) {
    const { ids, activeId } = this.desk.rows;
    this.reach(ids[ids.indexOf(activeId) + step] ?? activeId);
  }

  // All rows of the page, or none when all are gathered.
  all() {
    const { ids } = this.desk.rows;
    this.#reach = null;
    this.#become(new Set(this.#ids.size === ids.length ? [] : ids));
  }

  letGo() {
    this.#reach = null;
    if (this.#ids.size) this.#become(new Set());
  }

  // Other rows are on the page: those that went are gathered no more.
  keep() {
    const there = this.ids;
    if (there.length === this.#ids.size) return;
    this.#ids = new Set(there);
    this.#reach = null;
  }

  #moveTo(id) {
    this.desk.activate(id, { focus: true });
    this.desk.picking.unpick();
    document.getSelection().removeAllRanges();
  }

  #become(ids) {
    const { desk } = this;
    for (const id of new Set([...this.#ids, ...ids])) desk.rows.get(id)?.setGathered(ids.has(id));
    this.#ids = ids;
    desk.status.paint();
    desk.say(ids.size ? fill(desk.texts.gathered, { count: ids.size }) : desk.texts.let_go);
  }
}
