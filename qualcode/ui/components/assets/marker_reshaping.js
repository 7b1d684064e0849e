// Giving a picked mark another shape: its ends moved by words, a coding divided in two where one
// pressed or selected, codings of one code that touch made one. Each key press is one act that undo
// takes back; the words between which a coding is cut lie in both or in neither.

import { brief, fill } from './dom.js';
import { piecesAt, stretched, touching } from './reshape.js';

export class Reshaping {
  constructor(desk) {
    this.desk = desk;
    const when = () => desk.picking.mark;
    const bind = (key, name, edge, step) => {
      desk.keys.bind(key, () => this.stretch(edge, step), { name, when, acts: true });
    };
    bind('Shift+ArrowRight', 'extend the mark', 'end', 1);
    bind('Shift+ArrowLeft', 'shrink the mark', 'end', -1);
    bind('Alt+Shift+ArrowLeft', 'extend the mark backwards', 'start', -1);
    bind('Alt+Shift+ArrowRight', 'shrink the mark from its start', 'start', 1);
    desk.keys.bind('d', () => this.divide(), { name: 'divide the coding', acts: true });
    desk.keys.bind('+', () => this.join(), { name: 'join codings', acts: true });
  }

  // Moves the start or the end of the picked mark by one word.
  stretch(edge, step) {
    const { desk } = this;
    const { mark } = desk.picking;
    const answer = desk.active;
    if (!this.#changeable(mark)) return;
    const place = stretched([mark.start, mark.end], answer.shown, answer.words, edge, step);
    if (!place) {
      desk.say(desk.texts.no_further);
      return;
    }
    const [start, end] = place.map(answer.map.toCodePoint);
    const kind = mark.kind === 'code' ? 'coding' : 'reduction';
    desk.act({ op: 'stretch', kind, id: mark.id, doc: answer.id, start, end },
      `${this.#name(mark)}: ${brief(answer.shown.slice(...place))}`);
    // Two that now say the same have become one, perhaps the other.
    desk.picking.pickIfThere(answer.id, mark.id);
  }

  // Cuts a coding where the selection begins or where the press that picked it fell; a selection at
  // its beginning is cut off it.
  divide() {
    const { desk } = this;
    const answer = desk.active;
    if (this.#isAside()) return;
    const selected = answer.selected() ?? desk.picking.pressedAt;
    const coding = selected && this.#codingAround(answer, selected);
    if (!coding) {
      desk.say(desk.texts.divide_where);
      return;
    }
    const pieces = piecesAt(answer.shown, [coding.start, coding.end], selected);
    const ids = [crypto.randomUUID()];
    desk.act({
      op: 'split_coding',
      id: coding.id,
      doc: answer.id,
      pieces: pieces.map((piece) => piece.map(answer.map.toCodePoint)),
      ids,
    }, fill(desk.texts.divided, { code: this.#name(coding) }));
    desk.picking.pickIfThere(answer.id, ids[0]);
  }

  // My coding to cut at `selected`: the picked one, the one picked last, or the shortest.
  #codingAround(answer, selected) {
    const { picking } = this.desk;
    const cuttable = answer.spans.filter((span) => !span.coder
      && piecesAt(answer.shown, [span.start, span.end], selected));
    return cuttable.find((span) => span.id === picking.lastId)
      ?? cuttable.sort((a, b) => (a.end - a.start) - (b.end - b.start))[0];
  }

  // Joins the picked coding with the next one of the same code; with those that touch it at once.
  join() {
    const { desk } = this;
    const { mark } = desk.picking;
    if (!mark || mark.kind !== 'code') {
      desk.say(desk.texts.pick_coding);
      return;
    }
    if (!this.#changeable(mark)) return;
    const answer = desk.active;
    const ids = touching(answer.shown, answer.spans, mark);
    if (!ids.length) {
      desk.say(fill(desk.texts.nothing_to_join, { code: this.#name(mark) }));
      return;
    }
    desk.act({ op: 'merge_codings', doc: answer.id, ids: [mark.id, ...ids] },
      fill(desk.texts.joined, { code: this.#name(mark), count: ids.length + 1 }));
    desk.picking.pickIfThere(answer.id, mark.id);
  }

  #changeable(mark) {
    if (this.#isAside()) return false;
    if (mark.coder) this.desk.say(fill(this.desk.texts.not_yours, { who: mark.coder }));
    return !mark.coder;
  }

  // What is set aside keeps its marks as they are; says so.
  #isAside() {
    const { desk } = this;
    const { aside } = desk.view.rows.get(desk.active.id);
    if (aside) desk.say(desk.texts.is_set_aside);
    return aside;
  }

  #name(mark) {
    return this.desk.picking.name(mark);
  }
}
