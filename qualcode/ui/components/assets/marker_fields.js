// The two fields that open at the target: the picker of codes and the field of a reduction, with the
// reductions that are offered in it.

import { CodePicker } from './code_picker.js';
import { brief } from './dom.js';
import { placeNear } from './popover.js';
import { ReduceField } from './reduce_field.js';

const ASK_AGAIN_AFTER = 800; // ms
const TRIES = 10;

const pause = (wait) => new Promise((resolve) => {
  setTimeout(resolve, wait);
});

export class Fields {
  #known = new Map(); // reduction id -> {id, wording, uses}
  #nearestCame = true; // whether codes near in meaning were found the last time

  constructor(desk) {
    this.desk = desk;
    const bind = (key, name, act) => desk.keys.bind(key, act, { name, acts: true });
    for (const key of ['c', 'n']) bind(key, 'find a code', () => this.openPicker());
    bind('Enter', 'reduce', () => this.openReduce());
    // A line that opens below the answers, or a tablet's keyboard, must not cover what is written.
    desk.on('resized', () => {
      const { opened } = desk;
      if (opened?.kind === 'reduce') desk.moving.reveal(opened.field.lowest);
    });
  }

  // Reductions on these rows (as the server sends them) can be linked again without asking.
  learn(rows) {
    for (const { reductions } of rows) {
      for (const [, , , id, wording] of reductions) {
        this.#known.set(id, { id, wording, uses: this.#known.get(id)?.uses });
      }
    }
  }

  // Codes the target with what is chosen.
  openPicker() {
    const { desk } = this;
    if (!desk.active) return;
    const target = desk.selecting.toOpenOn();
    if (!target.docs && desk.view.rows.get(target.doc).aside) {
      desk.say(desk.texts.is_set_aside);
      return;
    }
    this.pickCode({
      target,
      choose: (code) => desk.acts.code(code, target),
      create: (label) => desk.acts.createCode(label, target),
    });
  }

  // Opens the picker at the target; choose(code) is told what was chosen, create(label) the name of a
  // new code; without `create` no new one is offered, and `except` never. When it closes the target is
  // selected again, or what `leave` does is done.
  // `words` are what the codes are to be near to, when it is not the target; nothing is highlighted
  // beforehand then.
  pickCode({
    target, quote = this.desk.selecting.named(target, 90), words = null, except = null, keys, choose,
    create = null, leave,
  }) {
    const { desk } = this;
    const answer = desk.active;
    desk.picking.unpick();
    desk.closeOpen();
    if (create) desk.memory.branch = null;
    const close = () => {
      desk.closeOpen();
      desk.moving.focusActive();
      if (leave) leave();
      else if (!target.whole) answer.select(target.start, target.end);
    };
    const picker = new CodePicker({
      texts: desk.texts,
      keys,
      language: desk.options.language,
      codes: [...desk.view.codes.values()].filter((code) => code.id !== except),
      recent: desk.memory.recent,
      nearest: target.docs && !words
        ? null
        : this.#nearestCodes(words ? { text: words } : passage(target), () => desk.opened?.picker === picker),
      keepRoom: this.#nearestCame,
      beforehand: !words,
      allowNew: create !== null && desk.options.allow_new_codes,
      quote,
      on: {
        choose: (code, stay) => {
          choose(code);
          if (!stay) close();
        },
        create: (label, stay) => {
          create(label);
          if (!stay) close();
        },
        limited: (code) => {
          if (create) desk.memory.branch = code?.id ?? null;
        },
        close,
      },
    });
    placeNear(desk.layout.list, picker.element, desk.selecting.anchor(target));
    desk.open({ kind: 'picker', element: picker.element, picker, target });
    picker.input.focus({ preventScroll: true });
    desk.status.paint();
  }

  // Ids of the codes nearest in meaning to what is asked about. Without an answer there are none to offer; one
  // that is not ready yet is asked for again while `wanted()`.
  async #nearestCodes(body, wanted) {
    try {
      let reply = await this.desk.line.ask('ask_codes', body);
      for (let again = 0; !reply.ready && again < TRIES; again += 1) {
        await pause(ASK_AGAIN_AFTER);
        if (!wanted()) return [];
        reply = await this.desk.line.ask('ask_codes', body);
      }
      this.#nearestCame = reply.codes.length > 0;
      return reply.codes;
    } catch (error) {
      if (!error.kind) throw error;
      return [];
    }
  }

  openReduce() {
    const { desk } = this;
    const answer = desk.active;
    if (!answer) return;
    const target = desk.selecting.toOpenOn(desk.selecting.ofActive());
    if (desk.view.rows.get(target.doc).aside) {
      desk.say(desk.texts.is_set_aside);
      return;
    }
    if (target.whole && answer.long) {
      desk.say(desk.texts.select_first);
      return;
    }
    desk.picking.unpick();
    desk.closeOpen();
    const field = this.#reduceField(answer, target);
    answer.placeField(field.element, () => desk.selecting.anchor(target));
    desk.open({ kind: 'reduce', element: field.element, field, target });
    desk.moving.scrollTo(answer.element);
    field.input.focus({ preventScroll: true });
    field.input.select();
    desk.status.paint();
    this.#ask(field, target);
  }

  #reduceField(answer, target) {
    const { desk } = this;
    const { drafts } = desk.memory;
    const leave = () => {
      desk.closeOpen();
      desk.moving.focusActive();
    };
    const done = (stay) => {
      delete drafts[answer.id];
      if (!stay && this.#goesOnHere(answer, target)) {
        leave();
        answer.select(target.start, target.end);
      } else if (!stay) desk.moving.keepingPlace(answer, leave);
      desk.memory.keep();
    };
    const place = { doc: target.doc, start: target.from, end: target.to };
    const field = new ReduceField({
      texts: desk.texts,
      quote: brief(target.quote, 200),
      whole: target.whole,
      draft: drafts[answer.id] ?? '',
      known: () => [...this.#known.values()],
      on: {
        save: (wording, stay) => {
          desk.act({ op: 'reduce', id: crypto.randomUUID(), ...place, wording }, `→ ${brief(wording)}`);
          done(stay);
        },
        link: ({ id, wording }, stay) => {
          desk.act(
            { op: 'link', id: crypto.randomUUID(), ...place, reduction: id, _wording: wording },
            `→ ${brief(wording)}`,
          );
          done(stay);
        },
        cancel: (draft) => {
          this.#keepDraft(answer.id, draft);
          desk.memory.keep();
          leave();
          if (!target.whole) answer.select(target.start, target.end);
        },
        typed: (wording) => {
          this.#keepDraft(answer.id, wording);
          desk.memory.keepLater();
          this.#ask(field, target);
        },
        shown: (element) => desk.moving.reveal(element),
      },
    });
    return field;
  }

  // Whether one goes on within the answer from what was just reduced, which stays selected so that S and G
  // take what comes after it: in a long text, and where a sentence after it has no reduction yet.
  #goesOnHere(answer, { end, whole }) {
    if (whole || answer.long) return answer.long;
    return answer.sentences.some(([from, to]) => from >= end
      && !answer.links.some((link) => link.start < to && link.end > from));
  }

  // Closes what is open as a press elsewhere does; what was being written stays as a draft.
  leave() {
    const { opened } = this.desk;
    if (opened?.kind === 'reduce' && opened.field.input.value.trim()) {
      this.#keepDraft(opened.target.doc, opened.field.input.value.trim());
    }
    this.desk.closeOpen();
  }

  #keepDraft(doc, draft) {
    const { drafts } = this.desk.memory;
    if (draft.trim()) drafts[doc] = draft;
    else delete drafts[doc];
  }

  async #ask(field, target) {
    const { desk } = this;
    const waiting = () => desk.opened?.field === field;
    const items = await desk.line.nearest(field.input.value || target.quote, waiting);
    for (const item of items) this.#known.set(item.id, item);
    if (waiting()) field.offer(items);
  }
}

// What the server is asked about: the line of suggestions asks of the same passage.
const passage = ({ doc, from, to, quote }) => ({ doc, start: from, end: to, text: quote });
