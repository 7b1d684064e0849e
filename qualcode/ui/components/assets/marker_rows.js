// Which answers are on the screen, as the server sent them and as rows of the page, and which of them
// is the active one. Paints the rows; knows nothing of keys or acts.

import { AnswerRow } from './answer_row.js';
import { inTextOrder, readRow } from './marker_view.js';

export class Rows {
  fromServer = new Map(); // id -> row
  codesFromServer = new Map(); // id -> code
  activeId = null;
  #answers = new Map(); // id -> AnswerRow, in the order of the page
  #revisions = new Map(); // id -> the study's revision that the row shows
  #codesRevision = -1;

  constructor(desk) {
    this.desk = desk;
  }

  get ids() {
    return [...this.#answers.keys()];
  }

  get active() {
    return this.#answers.get(this.activeId);
  }

  has(id) {
    return this.#answers.has(id);
  }

  get(id) {
    return this.#answers.get(id);
  }

  // Every AnswerRow, in the order of the page.
  get all() {
    return [...this.#answers.values()];
  }

  // These answers and no others.
  receive(rows, revision) {
    this.fromServer = new Map(rows.map((row) => [row.id, readRow(row)]));
    this.#revisions = new Map(rows.map(({ id }) => [id, revision]));
    if (this.ids.join() === rows.map((row) => row.id).join()) return;
    this.desk.closeOpen();
    for (const [id, answer] of this.#answers) {
      if (this.fromServer.has(id)) continue;
      answer.element.remove();
      answer.close();
    }
    // In the order of the page, which Map keeps from insertion only.
    this.#answers = new Map(rows.map(({ id }) => [id, this.#answers.get(id) ?? this.#make(id)]));
    for (const answer of this.all) this.desk.layout.rowList.append(answer.element);
  }

  // Answers on the screen as of a later revision. Replies may overtake each other: an older one tells
  // nothing new. Maps are made anew, because the view is compared with the one before.
  update(rows, revision) {
    const newer = rows.filter(({ id }) => this.fromServer.has(id) && this.#revisions.get(id) <= revision);
    if (!newer.length) return;
    this.fromServer = new Map(this.fromServer);
    for (const row of newer) {
      this.fromServer.set(row.id, readRow(withText(row, this.fromServer.get(row.id))));
      this.#revisions.set(row.id, revision);
    }
  }

  receiveCodes(codes, revision) {
    if (revision < this.#codesRevision) return;
    this.#codesRevision = revision;
    this.codesFromServer = new Map(codes.map((code) => [code.id, code]));
  }

  #make(id) {
    const { desk } = this;
    return new AnswerRow(id, {
      texts: desk.texts,
      language: desk.options.language,
      on: {
        pick: (answer, ids) => desk.picking.pick(answer.id, ids),
        remove: (answer, mark) => desk.picking.remove(answer.id, mark),
        speaker: (answer, speaker) => desk.act({ op: 'speaker', doc: answer.id, ...speaker }),
      },
    });
  }

  // Ids of the rows that look different now.
  paint(rows, codes, codesSignature) {
    return this.all
      .filter((answer) => answer.paint(rows.get(answer.id), codes, codesSignature))
      .map((answer) => answer.id);
  }

  setActive(id) {
    this.active?.setActive(false);
    this.activeId = id;
    this.active.setActive(true);
  }

  // The answer that a coding or a reduction link lies in, as the server knows it.
  docOf(markId) {
    for (const row of this.fromServer.values()) {
      if (inTextOrder(row).some((mark) => mark.id === markId)) return row.id;
    }
    return null;
  }
}

// A long text is sent once, for it never changes: the row keeps the words that are here already.
function withText(row, { text, turns }) {
  return row.text === null ? { ...row, text, turns } : row;
}
