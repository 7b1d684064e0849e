// Memos on an answer and on its passages: M opens them where the keys speak of, with a field for a new
// one. Each shows below its answer as a chip with its first words; its passage is dotted in the text.

import { ChipsBelow, passageChip, placeIn } from './chips_below.js';
import { brief, fill, h } from './dom.js';
import { MemoBox } from './memo_box.js';
import { keepRefused } from './memo_drafts.js';
import { plainText } from './memo_text.js';
import { rangeOf } from './offsets.js';

const FIRST_WORDS = 70;
const NOTED = 'qc-noted';

export class Memos {
  constructor(desk) {
    this.desk = desk;
    const { memo, memos } = desk.texts;
    this.chips = new ChipsBelow({
      name: 'qc-memos', label: memos, chip: (answer, one) => this.#chip(answer, one),
    });
    desk.keys.bind('m', () => this.open(), { name: 'memo' });
    desk.addTool(desk.bar.button(memo, 'M', () => this.open(), memo,
      h('kbd', { 'aria-hidden': 'true' }, 'M')));
    desk.on('repaint', (view) => this.#paint(view));
    desk.on('active', () => this.#paint(desk.view));
    desk.on('refused', (op) => keepRefused(desk, op));
    desk.on('close', () => globalThis.CSS?.highlights?.delete(NOTED));
  }

  // The memos at the target and a field for a new one; with `edited`, that memo in the field.
  open(target = this.desk.target(), edited = null) {
    const { desk } = this;
    const answer = desk.rows.get(target.doc);
    if (!answer) return;
    const memos = this.#at(target);
    if (desk.readsOnly && !memos.length) {
      desk.say(desk.texts.no_memo_here);
      return;
    }
    desk.picking.unpick();
    desk.closeOpen();
    const box = new MemoBox(desk, target, memos, edited, () => {
      desk.closeOpen();
      desk.activate(target.doc, { focus: true });
      if (!target.whole) answer.select(target.start, target.end);
    });
    answer.placeField(box.element, () => desk.selecting.anchor(target));
    desk.open({ kind: 'memo', element: box.element, target });
    desk.moving.scrollTo(answer.element);
    desk.moving.reveal(box.element);
    box.focus();
    desk.status.paint();
  }

  #at({ doc, from, to, whole }) {
    return memosOf(this.desk, doc).filter((memo) => (
      whole ? memo.start === null : memo.start === from && memo.end === to));
  }

  // --- below the answers ---

  #paint(view) {
    if (!view) return;
    const ranges = [];
    for (const answer of this.desk.rows.all) {
      const memos = view.rows.get(answer.id)?.memos ?? [];
      this.chips.paint(answer, memos);
      for (const memo of memos) {
        if (memo.start !== null && memo.end <= answer.map.length) {
          ranges.push(rangeOf(answer.text, ...inUtf16(answer, memo)));
        }
      }
    }
    if (globalThis.CSS?.highlights) {
      if (ranges.length) CSS.highlights.set(NOTED, new Highlight(...ranges));
      else CSS.highlights.delete(NOTED);
    }
  }

  #chip(answer, memo) {
    const { desk } = this;
    const target = targetOf(answer, memo);
    const words = brief(plainText(memo.text), FIRST_WORDS);
    return passageChip(desk, answer, target, {
      class: 'qc-memo',
      title: [desk.selecting.named(target, 60), memo.who, memo.at].filter(Boolean).join(' · '),
      'aria-label': fill(desk.texts.memo_named, { text: words }),
      open: () => this.open(target),
      sign: '✎',
      words,
    });
  }
}

const memosOf = (desk, doc) => desk.view.rows.get(doc)?.memos ?? [];

const inUtf16 = (answer, { start, end }) => [answer.map.toUtf16(start), answer.map.toUtf16(end)];

function targetOf(answer, memo) {
  const whole = memo.start === null || memo.end > answer.map.length;
  const [start, end] = whole ? [0, answer.shown.length] : inUtf16(answer, memo);
  return placeIn(answer, start, end, whole);
}
