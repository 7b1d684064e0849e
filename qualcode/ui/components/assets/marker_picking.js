// Picking what is there: stepping through the codings and reductions of an answer, the list of those
// at one place, and removing the picked one.

import { fill, h } from './dom.js';
import { inTextOrder } from './marker_view.js';
import { placeNear } from './popover.js';

export class Picking {
  // {doc, ids, index}: marks at one place, and which of them Del removes
  #picked = null;

  // Where the press fell that picked the mark: [the beginning of its word] in UTF-16; null when the
  // mark was picked by key.
  pressedAt = null;

  // The mark picked last, which may be picked no more.
  lastId = null;

  constructor(desk) {
    this.desk = desk;
    const bind = (key, name, act) => desk.keys.bind(key, act, { name });
    for (const key of ['[', ',']) bind(key, 'previous mark', () => this.step(-1));
    for (const key of [']', '.']) bind(key, 'next mark', () => this.step(1));
    for (const key of ['Delete', 'u']) {
      desk.keys.bind(key, () => this.removePicked(), { name: 'remove the picked mark', acts: true });
    }
  }

  // The picked mark with its kind, 'code' or 'reduction', and its place in UTF-16; or undefined.
  get mark() {
    return this.marks[this.#picked?.index ?? 0];
  }

  // Every mark at the picked place.
  get marks() {
    const answer = this.desk.rows.get(this.#picked?.doc);
    if (!answer) return [];
    return this.#picked.ids.map((id) => this.#markOf(answer, id)).filter(Boolean);
  }

  #markOf(answer, id) {
    const ofId = (mark) => mark.id === id;
    const span = answer.spans.find(ofId);
    const link = span ? null : answer.links.find(ofId);
    return (span && { ...span, kind: 'code' }) ?? (link && { ...link, kind: 'reduction' });
  }

  // [start, end] of the picked mark in UTF-16, or null.
  span() {
    const { mark } = this;
    return mark ? [mark.start, mark.end] : null;
  }

  pick(doc, ids, index = 0, pressedAt = null) {
    this.desk.activate(doc);
    this.#picked = { doc, ids, index };
    this.pressedAt = pressedAt;
    document.getSelection().removeAllRanges();
    this.#show();
  }

  // The marks under a press at `position` (UTF-16, or null); a second one on the same place goes to the next of them.
  pickAt(doc, ids, position) {
    const picked = this.#picked;
    const again = picked?.doc === doc && picked.ids.join(' ') === ids.join(' ');
    const word = position === null
      ? null
      : this.desk.rows.get(doc).words.findLast(([start]) => start <= position);
    this.pick(doc, ids, again ? (picked.index + 1) % ids.length : 0, word ? [word[0]] : null);
  }

  // After an act that may have made the mark one with another: picks it if it is there still.
  pickIfThere(doc, id) {
    if (this.#markOf(this.desk.rows.get(doc), id)) this.pick(doc, [id]);
    else this.unpick();
  }

  unpick() {
    if (!this.#picked) return;
    this.desk.rows.get(this.#picked.doc)?.showPicked([]);
    this.#picked = null;
    this.pressedAt = null;
    if (this.desk.opened?.kind === 'marks') this.desk.closeOpen();
  }

  // After a repaint of the rows `changed`: what was picked may be gone.
  keep(changed) {
    if (!this.#picked || !changed.includes(this.#picked.doc)) return;
    const { marks } = this;
    if (!marks.length) {
      this.unpick();
      return;
    }
    this.#picked.ids = marks.map((mark) => mark.id);
    this.#picked.index = Math.min(this.#picked.index, marks.length - 1);
    // Somebody's change elsewhere brings no reader back to what they have left.
    this.#show(false);
  }

  step(direction) {
    const { desk } = this;
    const marks = inTextOrder(desk.view.rows.get(desk.rows.activeId));
    if (!marks.length) {
      desk.say(desk.texts.nothing_marked);
      return;
    }
    const current = this.mark;
    const at = current ? marks.findIndex((mark) => mark.id === current.id) : -1;
    const answer = desk.active;
    const { toUtf16 } = answer.map;
    const places = marks.map(({ start, end }) => [toUtf16(start), toUtf16(end)]);
    const next = at < 0
      ? answer.beginning(places, direction)
      : (at + direction + marks.length) % marks.length;
    if (answer.long) desk.selecting.show(answer, ...places[next]);
    this.pick(answer.id, [marks[next].id]);
    desk.say(this.name(marks[next]));
  }

  removePicked() {
    const { mark } = this;
    if (mark) this.remove(this.#picked.doc, mark);
    else this.desk.say(this.desk.texts.pick_first);
  }

  remove(doc, mark) {
    const { desk } = this;
    if (mark.coder) {
      desk.say(fill(desk.texts.not_yours, { who: mark.coder }));
      return;
    }
    const op = mark.kind === 'reduction' || mark.wording !== undefined ? 'unlink' : 'uncode';
    const message = fill(desk.texts.removed, { name: this.name(mark) });
    desk.activate(doc, { focus: true });
    desk.act({ op, id: mark.id }, message);
  }

  name(mark) {
    return mark.wording ?? this.desk.view.codes.get(mark.code)?.label ?? '';
  }

  #show(bring = true) {
    const answer = this.desk.rows.get(this.#picked.doc);
    const { mark } = this;
    this.lastId = mark?.id ?? null;
    this.desk.emit('picked', mark);
    answer.showPicked(mark ? [mark.id] : []);
    this.#list(answer, bring);
    this.desk.status.paint();
  }

  // The codes and reductions at one place, each with a button that removes it.
  #list(answer, bring) {
    const { desk, marks, mark: current } = this;
    desk.closeOpen();
    // A reduction by itself shows below the text already, with its own button.
    if (!current || (marks.length === 1 && current.kind === 'reduction')) return;
    const line = (mark) => {
      const code = desk.view.codes.get(mark.code);
      return h('div', { class: `qc-mark-line${mark === current ? ' qc-is-picked' : ''}` },
        mark.kind === 'code'
          ? h('i', { class: 'qc-swatch', style: { background: code?.colour ?? '#777777' } })
          : h('span', { class: 'qc-new' }, '→'),
        h('span', { class: 'qc-option-name' }, mark.wording ?? code?.label ?? '?'),
        mark.coder ? h('span', { class: 'qc-coder' }, mark.coder) : '',
        mark.coder ? '' : answer.removeButton(mark));
    };
    const element = h('div', { class: 'qc-marks', role: 'group', 'aria-label': desk.texts.marks_here },
      ...marks.map(line));
    const { start, end } = current;
    const anchor = desk.selecting.anchor({ doc: answer.id, start, end }, bring);
    if (!anchor) return;
    placeNear(desk.layout.list, element, anchor);
    desk.open({ kind: 'marks', element });
  }
}
