// Memos on an answer and on its passages: M opens them where the keys speak of, with a field for a new
// one. Each shows below its answer as a chip with its first words; its passage is dotted in the text.

import { brief, fill, h } from './dom.js';
import { MemoBox } from './memo_box.js';
import { keepRefused } from './memo_drafts.js';
import { plainText } from './memo_text.js';
import { rangeOf } from './offsets.js';

const FIRST_WORDS = 70;
const NOTED = 'qc-noted';

export class Memos {
  #lists = new WeakMap(); // AnswerRow -> {element, painted}

  constructor(desk) {
    this.desk = desk;
    const { memo } = desk.texts;
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
      this.#paintList(answer, memos);
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

  #paintList(answer, memos) {
    const kept = this.#lists.get(answer);
    if (!kept && !memos.length) return;
    const now = JSON.stringify([memos, answer.active]);
    if (kept?.painted === now) return;
    const element = kept?.element
      ?? h('ul', { class: 'qc-memos', 'aria-label': this.desk.texts.memos });
    if (!kept) answer.reductions.after(element);
    element.hidden = !memos.length;
    element.replaceChildren(...memos.map((memo) => this.#chip(answer, memo)));
    this.#lists.set(answer, { element, painted: now });
  }

  #chip(answer, memo) {
    const { desk } = this;
    const target = targetOf(answer, memo);
    const show = () => desk.selecting.showTarget(target);
    const hide = () => {
      if (desk.opened?.target) desk.selecting.showTarget(desk.opened.target);
      else globalThis.CSS?.highlights?.delete('qc-target');
    };
    const words = brief(plainText(memo.text), FIRST_WORDS);
    return h('li', {}, h('button', {
      type: 'button',
      class: 'qc-memo',
      tabindex: answer.active ? '0' : '-1',
      title: [desk.selecting.named(target, 60), memo.who, memo.at].filter(Boolean).join(' · '),
      'aria-label': fill(desk.texts.memo_named, { text: words }),
      onclick: () => {
        desk.activate(answer.id);
        this.open(target);
      },
      onmouseenter: show,
      onmouseleave: hide,
      onfocus: show,
      onblur: hide,
    }, h('span', { class: 'qc-memo-sign', 'aria-hidden': 'true' }, '✎'), words));
  }
}

const memosOf = (desk, doc) => desk.view.rows.get(doc)?.memos ?? [];

const inUtf16 = (answer, { start, end }) => [answer.map.toUtf16(start), answer.map.toUtf16(end)];

function targetOf(answer, memo) {
  const whole = memo.start === null || memo.end > answer.map.length;
  const [start, end] = whole ? [0, answer.shown.length] : inUtf16(answer, memo);
  return {
    doc: answer.id,
    start,
    end,
    from: answer.map.toCodePoint(start),
    to: answer.map.toCodePoint(end),
    whole,
    quote: answer.shown.slice(start, end),
  };
}
