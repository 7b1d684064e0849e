// Memos on an answer and on its passages: M opens them where the keys speak of, with a field for a new
// one. Each shows below its answer as a chip with its first words; its passage is dotted in the text.

import { brief, fill, h } from './dom.js';
import { memoElement, plainText } from './memo_text.js';
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
    desk.on('refused', (op) => this.#takeBack(op));
    desk.on('close', () => globalThis.CSS?.highlights?.delete(NOTED));
  }

  // The memos at the target and a field for a new one; with `edited`, that memo in the field.
  open(target = this.desk.target(), edited = null) {
    const { desk } = this;
    const answer = desk.rows.get(target.doc);
    if (!answer) return;
    desk.picking.unpick();
    desk.closeOpen();
    const box = new MemoBox(desk, target, this.#at(target), edited, () => {
      desk.closeOpen();
      desk.activate(target.doc, { focus: true });
      if (!target.whole) answer.select(target.start, target.end);
    });
    answer.placeField(box.element, target);
    desk.open({ kind: 'memo', element: box.element, target });
    desk.moving.scrollTo(answer.element);
    desk.moving.reveal(box.element);
    box.field.focus({ preventScroll: true });
    desk.status.paint();
  }

  #at({ doc, from, to, whole }) {
    return memosOf(this.desk, doc).filter((memo) => (
      whole ? memo.start === null : memo.start === from && memo.end === to));
  }

  // What could not be saved is put back into the field's draft, so that no words are lost.
  #takeBack(op) {
    if (op.op !== 'write_memo' && op.op !== 'change_memo') return;
    const place = op.op === 'change_memo' ? op.id : placeKey(op.doc, op.start ?? null, op.end ?? null);
    this.desk.memory.memos[place] = op.text;
    this.desk.memory.keep();
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

// The memos at one place, read and written.
class MemoBox {
  constructor(desk, target, memos, edited, close) {
    Object.assign(this, { desk, target, memos, close, edited: null });
    const { texts } = desk;
    this.field = h('textarea', {
      class: 'qc-field', rows: '3', 'aria-label': texts.write_memo, placeholder: texts.write_memo,
      oninput: () => this.#keepDraft(),
    });
    this.saving = h('button', { type: 'button', class: 'qc-button', onclick: () => this.#save() },
      texts.save_memo);
    this.element = h('div', {
      class: 'qc-memo-box', role: 'group', 'aria-label': texts.memos,
      onkeydown: (event) => this.#key(event),
      onmouseup: (event) => event.stopPropagation(), // a click here must not take the focus away
    },
    target.whole ? null : h('div', { class: 'qc-target' }, fill(texts.quoted, {
      text: brief(target.quote, 200),
    })),
    ...memos.map((memo) => this.#memo(memo)),
    this.field,
    h('div', { class: 'qc-memo-foot' }, this.saving, h('span', { class: 'qc-hint' }, texts.memo_keys)));
    this.#edit(edited);
  }

  #memo(memo) {
    const { texts } = this.desk;
    const button = (name, act) => h('button', {
      type: 'button', class: 'qc-button', onclick: act,
    }, name);
    return h('div', { class: 'qc-memo-card' },
      memoElement(memo.text, memo.links),
      h('div', { class: 'qc-memo-foot' },
        h('span', { class: 'qc-hint' }, [memo.who, memo.at].filter(Boolean).join(' · ')),
        button(texts.edit, () => {
          this.#edit(memo);
          this.field.focus({ preventScroll: true });
        }),
        button(texts.remove, () => this.#remove(memo))));
  }

  #edit(memo) {
    this.edited = memo;
    this.field.value = this.#drafts[this.#place] ?? memo?.text ?? '';
    this.field.setAttribute('aria-label', memo ? this.desk.texts.edit_memo : this.desk.texts.write_memo);
  }

  #save() {
    const { desk, target, edited } = this;
    const text = this.field.value.trim();
    if (!text) {
      this.close();
      return;
    }
    delete this.#drafts[this.#place];
    const doc = target.doc;
    if (edited) {
      desk.act({ op: 'change_memo', id: edited.id, doc, text, seen: edited.text }, desk.texts.memo_saved);
    } else {
      const about = target.whole
        ? { about_kind: 'document', about_id: doc }
        : { start: target.from, end: target.to };
      desk.act({ op: 'write_memo', id: crypto.randomUUID(), doc, ...about, text }, desk.texts.memo_saved);
    }
    desk.memory.keep();
    this.close();
  }

  #remove(memo) {
    const { desk } = this;
    desk.act({ op: 'remove_memo', id: memo.id, doc: this.target.doc }, desk.texts.memo_removed);
    this.close();
  }

  // --- what is being written outlives a closed field and a reload ---

  get #drafts() {
    return this.desk.memory.memos;
  }

  get #place() {
    const { doc, from, to, whole } = this.target;
    return this.edited?.id ?? placeKey(doc, whole ? null : from, whole ? null : to);
  }

  #keepDraft() {
    const text = this.field.value;
    if (text.trim() && text !== this.edited?.text) this.#drafts[this.#place] = text;
    else delete this.#drafts[this.#place];
    this.desk.memory.keep();
  }

  #key(event) {
    // Letters in here are no keys of the desk, nor of the page around it.
    event.stopPropagation();
    if (event.isComposing) return;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.#save();
    } else if (event.key === 'Escape') {
      event.preventDefault();
      this.close();
    }
  }
}

const placeKey = (doc, start, end) => (start === null ? doc : `${doc}:${start}-${end}`);

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
