// What is selected in the active answer, by word and by sentence, and what an act then concerns.

import { brief, fill } from './dom.js';
import { rangeOf } from './offsets.js';

export class Selecting {
  #wordAnchor;

  held = null; // the target that a field beside the text keeps

  constructor(desk) {
    this.desk = desk;
    const bind = (key, name, act) => desk.keys.bind(key, act, { name });
    bind('ArrowRight', 'next word', () => this.moveWord(1, false));
    bind('ArrowLeft', 'previous word', () => this.moveWord(-1, false));
    bind('Shift+ArrowRight', 'one word more', () => this.moveWord(1, true));
    bind('Shift+ArrowLeft', 'one word less', () => this.moveWord(-1, true));
    bind('s', 'sentence', () => this.takeSentence(false));
    bind('Shift+s', 'one sentence more', () => this.takeSentence(true));
    const onSelection = () => desk.status.paint();
    document.addEventListener('selectionchange', onSelection);
    desk.on('close', () => document.removeEventListener('selectionchange', onSelection));
  }

  moveWord(step, extend) {
    const answer = this.desk.active;
    const { words } = answer;
    if (!words.length) return;
    const selected = answer.selected();
    const last = words.length - 1;
    let anchor;
    let focus;
    if (!selected) {
      anchor = focus = answer.beginning(words, step);
    } else {
      const touched = words.flatMap(([start, end], i) => (
        start < selected[1] && end > selected[0] ? [i] : []));
      const [low, high] = [touched[0] ?? 0, touched.at(-1) ?? 0];
      const backwards = this.#wordAnchor !== undefined && this.#wordAnchor === high && low !== high;
      [anchor, focus] = backwards ? [high, low] : [low, high];
      focus = Math.max(0, Math.min(last, focus + step));
      if (!extend) anchor = focus;
    }
    this.#wordAnchor = anchor;
    this.select(answer, words[Math.min(anchor, focus)][0], words[Math.max(anchor, focus)][1]);
  }

  takeSentence(extend) {
    const answer = this.desk.active;
    const { sentences } = answer;
    if (!sentences.length) return;
    const selected = answer.selected() ?? this.desk.picking.span();
    const containing = (position) => {
      const found = sentences.findIndex(([, end]) => position < end);
      return found < 0 ? sentences.length - 1 : found;
    };
    let first = selected ? containing(selected[0]) : answer.beginning(sentences, 1);
    let last = selected ? containing(selected[1] - 1) : first;
    const exactly = selected
      && selected[0] === sentences[first][0] && selected[1] === sentences[last][1];
    if (exactly) {
      last = Math.min(last + 1, sentences.length - 1);
      if (!extend) first = last;
    }
    this.select(answer, sentences[first][0], sentences[last][1]);
  }

  // Selects a part of an answer (UTF-16) and keeps it in sight when the answer is longer than the
  // window.
  select(answer, start, end) {
    answer.select(start, end);
    this.desk.picking.unpick();
    const selected = answer.selected();
    if (!selected) return;
    this.show(answer, ...selected);
    this.desk.status.paint();
  }

  // Brings a part of an answer (UTF-16) into sight when it is not there, with a line around it.
  show(answer, start, end) {
    const { list } = this.desk.layout;
    const frame = list.getBoundingClientRect();
    const rect = rangeOf(answer.text, start, end).getBoundingClientRect();
    if (rect.bottom > frame.bottom) list.scrollTop += rect.bottom - frame.bottom + 24;
    else if (rect.top < frame.top) list.scrollTop -= frame.top - rect.top + 24;
  }

  // What an act concerns: the selection, else the picked segment, else the gathered rows, else the
  // whole answer. start and end are in UTF-16, for the screen; from and to in code points, for the
  // study.
  target() {
    const one = this.ofActive();
    const docs = one.whole ? this.desk.gathering.ids : [];
    return docs.length ? { ...one, docs } : one;
  }

  // The target within the active answer.
  ofActive() {
    const answer = this.desk.active;
    const held = this.held?.doc === answer.id ? [this.held.start, this.held.end] : null;
    return this.ofSpan(answer, answer.selected() ?? held ?? this.desk.picking.span());
  }

  // What a field opens on: the target. In a long text with nothing selected that would be all of it: the
  // sentence at the place that is read is taken instead, so that what is typed next is not read as keys.
  toOpenOn(target = this.target()) {
    const answer = this.desk.active;
    if (!target.whole || target.docs || !answer.long || this.desk.view.rows.get(answer.id).aside) return target;
    this.takeSentence(false);
    return this.ofActive();
  }

  // The rectangle that a box about a part of an answer opens at: the last of its lines in sight. A part
  // that was scrolled away is brought back, or with `bring` false has none; of a whole long text it is the
  // top of what is read.
  anchor({ doc, start, end, whole }, bring = true) {
    const answer = this.desk.rows.get(doc);
    const frame = this.desk.layout.list.getBoundingClientRect();
    if (whole && answer.long) {
      const { left, top } = answer.text.getBoundingClientRect();
      const y = Math.min(Math.max(top, frame.top), frame.bottom);
      return { left, top: y, bottom: y };
    }
    const inSight = () => [...rangeOf(answer.text, start, end).getClientRects()]
      .findLast(({ top, bottom }) => bottom > frame.top && top < frame.bottom);
    const there = inSight();
    if (there || !bring) return there;
    this.show(answer, start, end);
    return inSight() ?? answer.text.getBoundingClientRect();
  }

  // A field beside the text takes the browser's selection away: it stays the target, and marked,
  // until `giveBack` selects it again.
  hold() {
    if (!this.desk.active || this.held) return;
    const target = this.ofActive();
    if (target.whole) return;
    this.held = target;
    this.showTarget(target);
  }

  giveBack() {
    if (!this.held) return;
    const { doc, start, end } = this.held;
    this.held = null;
    globalThis.CSS?.highlights?.delete('qc-target');
    this.desk.rows.get(doc)?.select(start, end);
  }

  // [start, end] of an answer as a target; null is the whole answer.
  ofSpan(answer, span) {
    const [start, end] = span ?? [0, answer.shown.length];
    return {
      doc: answer.id,
      start,
      end,
      from: answer.map.toCodePoint(start),
      to: answer.map.toCodePoint(end),
      whole: !span,
      quote: answer.shown.slice(start, end),
    };
  }

  named(target, length) {
    const { texts } = this.desk;
    if (target.docs) return fill(texts.gathered, { count: target.docs.length });
    if (target.whole && this.desk.rows.get(target.doc)?.long) return texts.nothing_selected;
    if (target.whole) return texts.whole_answer;
    return fill(texts.quoted, { text: brief(target.quote, length) });
  }

  // The target stays marked while a field has the focus and the browser hides the selection.
  showTarget(target) {
    const answer = this.desk.rows.get(target.doc);
    if (!globalThis.CSS?.highlights || !answer || target.whole) return;
    CSS.highlights.set('qc-target', new Highlight(rangeOf(answer.text, target.start, target.end)));
  }
}
