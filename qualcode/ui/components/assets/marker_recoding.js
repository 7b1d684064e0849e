// Another code for a coding that is there: R opens the picker, and what is chosen takes the place of
// the picked coding's code. The passage, its reductions and memos stay.

import { brief, fill } from './dom.js';

export class Recoding {
  constructor(desk) {
    this.desk = desk;
    desk.keys.bind('r', () => this.open(), { name: 'recode', acts: true });
  }

  open() {
    const { desk } = this;
    const coding = this.#coding();
    if (!coding) {
      desk.say(desk.texts.pick_coding);
      return;
    }
    if (coding.coder) {
      desk.say(fill(desk.texts.not_yours, { who: coding.coder }));
      return;
    }
    const answer = desk.active;
    if (desk.view.rows.get(answer.id).aside) {
      desk.say(desk.texts.is_set_aside);
      return;
    }
    const old = desk.picking.name(coding);
    const recode = (code) => {
      desk.act({ op: 'recode', doc: answer.id, ids: [coding.id], code: code.id, ...code.made },
        fill(desk.texts.recoded, { before: old, code: code.label }));
      desk.memory.usedCode(code.id);
    };
    desk.fields.pickCode({
      target: desk.selecting.ofSpan(answer, [coding.start, coding.end]),
      quote: fill(desk.texts.recode_what, { code: old, text: brief(coding.quote, 70) }),
      choose: recode,
      create: (label) => recode(desk.acts.newCode(label)),
      leave: () => desk.picking.pickIfThere(answer.id, coding.id),
    });
  }

  // The picked coding; without one, the only one of mine on this answer.
  #coding() {
    const { picking, active } = this.desk;
    if (picking.mark) return picking.mark.kind === 'code' ? picking.mark : null;
    const mine = active.spans.filter((span) => !span.coder);
    return mine.length === 1 ? mine[0] : null;
  }
}
