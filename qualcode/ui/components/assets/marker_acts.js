// The acts: coding, making a code, setting aside, undo and redo. Each is an operation for the outbox:
// on the screen at once, sent until the server has it, rolled back with a message if it is refused.
// A part with acts of its own calls desk.act and teaches marker_view.js how they look meanwhile.

import { nextColour } from './codebook_tree.js';
import { brief, fill } from './dom.js';
import { createOutbox } from './outbox.js';
import { bare } from './typeahead.js';
import { UndoMemory } from './undo_memory.js';

const LONGEST_NAME = 80; // characters of words that may become a code's name

export class Acts {
  constructor(desk) {
    this.desk = desk;
    const outbox = createOutbox({
      storageKey: `qc-marker-${desk.study}`,
      send: (ops, client) => desk.line.send(ops, client),
      onChange: () => desk.repaint(),
    });
    this.outbox = outbox;
    this.undoMemory = new UndoMemory();
    desk.on('data', ({ turns, revision }) => this.undoMemory.told(turns, revision));
    desk.on('news', (reply) => this.#learnTurns(reply));
    const flush = () => outbox.flush();
    window.addEventListener('online', flush);
    desk.on('close', () => {
      window.removeEventListener('online', flush);
      outbox.close();
    });
    const bind = (key, name, act) => desk.keys.bind(key, act, { name, acts: true });
    for (let n = 1; n <= 9; n += 1) bind(String(n), 'pinned code', () => this.codeByKey(String(n)));
    bind('v', 'code in vivo', () => this.codeInVivo());
    bind('x', 'set aside', () => this.setAside());
    bind('Ctrl+z', 'undo', () => this.#turn('undo', desk.texts.nothing_to_undo));
    for (const key of ['Ctrl+Shift+z', 'Ctrl+y']) {
      bind(key, 'redo', () => this.#turn('redo', desk.texts.nothing_to_redo));
    }
  }

  // Takes back, or does again, the act that the window knows as the next one.
  #turn(op, nothing) {
    const named = this.undoMemory.noted({ op }, this.pending);
    if (named) this.act(named);
    else this.desk.say(nothing);
  }

  // While something waits to be saved, the server may have done it already or not: only an answer
  // that says how far it has come tells what lies under it.
  #learnTurns({ ack, turns, revision }) {
    if (ack || !this.pending.length) this.undoMemory.told(turns, revision);
  }

  get pending() {
    return this.outbox.pending;
  }

  get state() {
    return this.outbox.state;
  }

  // Gives the operation as it was sent, with its number; null where nothing may be changed.
  act(op, message) {
    const { desk } = this;
    if (desk.readsOnly) {
      desk.say(desk.texts.reads_only);
      return null;
    }
    desk.rows.get(op.doc ?? desk.rows.activeId)?.showAlert(null);
    const { view } = desk;
    const sent = desk.timings.timed(() => this.outbox.act(op));
    this.undoMemory.sent(sent, view);
    // An act that says nothing, such as an undo, makes untrue what was said of the one before it.
    if (message) desk.say(message);
    else desk.status.rest();
    return sent;
  }

  // The server's word on what was sent; gives the operations it refused, [{op, message}].
  acknowledge({ ack, refused, done }) {
    for (const client of Object.keys(ack)) this.undoMemory.done(client, done);
    const gone = this.outbox.acknowledge(ack, refused);
    this.desk.timings.saved(this.pending);
    return gone;
  }

  // After the server has met an error again and again: the first act that waits is given up.
  leaveOut() {
    const op = this.outbox.leaveOut();
    this.showRefusal(op, this.desk.texts.left_out);
  }

  showRefusal(op, message) {
    const { desk } = this;
    const doc = op.doc ?? desk.rows.docOf(op.id);
    if (op.op === 'reduce') desk.memory.drafts[doc] = op.wording;
    desk.rows.get(doc)?.showAlert(message);
    desk.say(message);
    desk.emit('refused', op, message);
  }

  // A code with `made` (see newCode) comes into being with the act.
  code(code, target = this.desk.target()) {
    const { desk } = this;
    if (target.docs) {
      this.#codeMany(code, target.docs);
      return;
    }
    if (desk.view.rows.get(target.doc).aside) {
      desk.say(desk.texts.is_set_aside);
      return;
    }
    if (target.whole && desk.rows.get(target.doc).long) {
      desk.say(desk.texts.select_first);
      return;
    }
    if (this.#isCoded(code, target.doc, target.from, target.to)) {
      desk.say(fill(desk.texts.already_coded, { code: code.label }));
      return;
    }
    this.act(
      {
        op: 'code',
        id: crypto.randomUUID(),
        doc: target.doc,
        start: target.from,
        end: target.to,
        code: code.id,
        ...code.made,
      },
      `${this.#named(code)}: ${target.whole ? desk.texts.whole_answer : brief(target.quote)}`,
    );
    desk.memory.usedCode(code.id);
  }

  // Whole answers, as one act.
  #codeMany(code, docs) {
    const { desk } = this;
    // As with one answer: a whole interview is never coded by a key.
    const answers = docs.filter((doc) => !desk.view.rows.get(doc).aside);
    const items = answers
      .filter((doc) => !desk.rows.get(doc).long)
      .map((doc) => ({ doc, start: 0, end: desk.rows.get(doc).map.length, id: crypto.randomUUID() }))
      .filter(({ doc, start, end }) => end > 0 && !this.#isCoded(code, doc, start, end));
    const values = { code: this.#named(code), count: items.length };
    if (!items.length) {
      const long = answers.every((doc) => desk.rows.get(doc).long);
      if (!answers.length) desk.say(desk.texts.is_set_aside);
      else desk.say(long ? desk.texts.select_first : fill(desk.texts.already_coded, values));
    }
    else {
      const left = docs.length - answers.length;
      const without = left ? ` ${fill(desk.texts.left_aside, { count: left })}` : '';
      const said = fill(desk.texts.coded_many, values) + without;
      this.act({ op: 'code_many', code: code.id, items, ...code.made }, said);
      desk.memory.usedCode(code.id);
    }
  }

  #isCoded(code, doc, start, end) {
    return this.desk.view.rows.get(doc).spans.some((span) => span.start === start && span.end === end
      && span.code === code.id && !span.coder);
  }

  // The words themselves become a code.
  codeInVivo() {
    const { desk } = this;
    const target = desk.selecting.ofActive();
    const label = brief(target.quote, Infinity);
    const there = [...desk.view.codes.values()].find((code) => bare(code.label) === bare(label));
    if (there) this.code(there, target);
    else if (!desk.options.allow_new_codes) desk.say(desk.texts.no_new_codes);
    else if (!label || label.length > LONGEST_NAME) desk.say(desk.texts.too_long_a_name);
    else this.createCode(label, target);
  }

  codeByKey(key) {
    const { desk } = this;
    const code = [...desk.view.codes.values()].find((candidate) => candidate.key === key);
    if (code) this.code(code);
    else desk.say(fill(desk.texts.key_is_free, { key }));
  }

  createCode(label, target) {
    this.code(this.newCode(label), target);
  }

  // A code that the act which uses it first makes along the way: one act, one undo. It comes under
  // the branch that the picker was last limited to.
  newCode(label, branch = this.desk.memory.branch) {
    const { options, view } = this.desk;
    const under = view.codes.get(branch);
    const colour = nextColour(options.palette.map((one) => one.colour), view.codes.values());
    const made = {
      new: { label, colour, ...(under && { under: under.id }) },
      _book: under?.book ?? options.new_code_book,
    };
    return { id: crypto.randomUUID(), label, made };
  }

  // A name for what is said: where a code is made, with the code that it is made under.
  #named({ label, made }) {
    const under = this.desk.view.codes.get(made?.new.under);
    return under ? `${under.label} › ${label}` : label;
  }

  // A new code of the study, by itself.
  addCode(label) {
    const { id, made } = this.newCode(label, null);
    this.act({ op: 'add_code', id, ...made.new, _book: made._book });
    return { id, label };
  }

  // Gathered rows are set aside together; they come back when all of them were aside.
  setAside() {
    const { desk } = this;
    const gathered = desk.gathering.ids.map((id) => desk.view.rows.get(id));
    if (gathered.length) {
      const aside = gathered.some((row) => !row.aside);
      const docs = gathered.filter((row) => row.aside !== aside).map((row) => row.id);
      const told = aside ? desk.texts.put_many_aside : desk.texts.brought_many_back;
      this.act({ op: 'aside_many', docs, aside }, fill(told, { count: docs.length }));
      return;
    }
    const row = desk.view.rows.get(desk.rows.activeId);
    this.act(
      { op: 'aside', doc: row.id, aside: !row.aside },
      row.aside ? desk.texts.brought_back : desk.texts.put_aside,
    );
  }
}
