// A long text - an interview, a diary - in its row: all of the words are on the page at once, so that the
// browser's own search and selection go through them; marks and what stands beside the text are painted
// only near the part in sight. Nothing painted later changes the height of a line, so nothing moves.

import { fill, h } from './dom.js';
import { coloured, looksOf, nodesOf } from './highlights.js';
import { Beside } from './long_beside.js';
import {
  lanesAcross, linesOf, marksByPart, piecesOf, untouchedLines, withoutMarks,
} from './long_layout.js';
import { knowPieces, pieceAt, positionOf } from './offsets.js';
import { placeNear } from './popover.js';

const AHEAD = 900; // px above and below the window that are painted in advance
const LINE_HEIGHT = 24;
const WHOLE_LINE = 26; // px below the top of the window: a line there is not cut by it
const LINE_LENGTH = 80; // characters, for a first guess of how high the text is
const TALLEST_GUESS = 400_000; // px

export class LongText {
  isLong = true;
  #live = new Set(); // indexes of the lines in or near sight
  #byPiece = [];
  #byLine = [];
  #lanes = new Map();
  #tops = null; // where the lines begin, in px from where the text does
  #begins = null; // px from the top of the row to the text; null before the first layout
  #measuring = 0;

  // row: the AnswerRow that it is the text of
  constructor(row) {
    this.row = row;
    const { toUtf16 } = row.map;
    this.turns = (row.row.turns ?? []).map(([start, words, end, speaker]) => ({
      start: toUtf16(start), words: toUtf16(words), end: toUtf16(end), speaker,
    }));
    this.lines = linesOf(row.shown, this.turns);
    this.pieces = [];
    this.lines.forEach((line, i) => this.#buildLine(line, i));
    row.text.replaceChildren(...this.lines.map((line) => line.element));
    knowPieces(row.text, this.pieces);
    this.speakers = h('div', { class: 'qc-speakers', role: 'group', 'aria-label': row.texts.speakers });
    // What may grow or shrink above the words, in one element that tells of it.
    this.above = h('div', {}, row.facts, row.allFacts, this.speakers, row.reductions);
    row.body.prepend(this.above);
    this.beside = new Beside(this);
    const guess = (row.shown.length / LINE_LENGTH + this.lines.length) * LINE_HEIGHT;
    row.element.style.setProperty('--qc-guess', `${Math.min(TALLEST_GUESS, Math.round(guess))}px`);
    this.list = row.element.closest('.qc-list');
    this.watching = new IntersectionObserver((entries) => this.#seen(entries), {
      root: this.list, rootMargin: `${AHEAD}px 0px`,
    });
    for (const { element } of this.lines) this.watching.observe(element);
    this.resized = new ResizeObserver((entries) => this.#reflowed(entries));
    for (const element of [row.text, this.above]) this.resized.observe(element);
  }

  #buildLine(line, index) {
    line.pieces = piecesOf(this.row.shown, line).map(([start, end]) => {
      const isMark = end === line.words && start < line.words;
      const element = h('span', isMark ? { class: 'qc-turn-mark' } : {});
      element.textContent = this.row.shown.slice(start, end);
      const piece = { start, end, element, painted: '', index: this.pieces.length };
      this.pieces.push(piece);
      return piece;
    });
    line.element = h('div', { class: 'qc-line' }, ...line.pieces.map((piece) => piece.element));
    line.element.qcLine = index;
  }

  close() {
    cancelAnimationFrame(this.#measuring);
    this.watching.disconnect();
    this.resized.disconnect();
    this.beside.close();
    this.speakers.remove();
    this.above.replaceWith(...this.above.childNodes);
  }

  // --- painting ---

  paint() {
    const { row } = this;
    const marks = coloured(row.spans, row.links, row.codes).sort((a, b) => a.start - b.start || b.end - a.end);
    this.#byPiece = marksByPart(this.pieces, marks);
    this.#byLine = marksByPart(this.lines, marks);
    this.#lanes = lanesAcross(this.lines, marks);
    this.#paintSpeakers();
    this.#paintBookmarks();
    this.#paintLines([...this.#live]);
  }

  #seen(entries) {
    const came = [];
    for (const { target, isIntersecting } of entries) {
      const index = target.qcLine;
      if (isIntersecting) {
        this.#live.add(index);
        came.push(index);
      } else {
        this.#live.delete(index);
        this.beside.hide(index);
      }
    }
    this.#paintLines(came);
  }

  #paintLines(indexes) {
    const { row } = this;
    const stale = [];
    for (const index of indexes.sort((a, b) => a - b)) {
      for (const piece of this.lines[index].pieces) {
        const marks = this.#byPiece[piece.index] ?? [];
        const looks = looksOf(marks, row.nameOf);
        if (looks !== piece.painted) stale.push({ piece, marks, looks });
      }
    }
    if (stale.length) {
      row.keepingSelection(() => {
        for (const { piece, marks, looks } of stale) {
          piece.painted = looks;
          piece.element.replaceChildren(
            ...nodesOf(row.shown, piece.start, piece.end, marks, row.nameOf));
          if (row.picked.size) row.markPicked(piece.element);
        }
      }, stale[0].piece.start, stale.at(-1).piece.end);
    }
    this.#measureSoon();
  }

  // --- beside the text ---

  #measureSoon() {
    cancelAnimationFrame(this.#measuring);
    this.#measuring = requestAnimationFrame(() => this.layOut());
  }

  layOut() {
    const { row } = this;
    if (!row.element.isConnected) return;
    if (row.active) this.#measureLines();
    this.beside.layOut(this.#live, this.#byLine, this.#lanes);
  }

  // --- what changes the heights ---

  // What is above the text, or the text itself, has another height: a memo came, the lines are broken
  // elsewhere. What stands beside the lines goes with them, and the reader stays at the words that they
  // read. It is told after the layout and before the frame is seen, so that nothing jumps.
  #reflowed(entries) {
    const { row, list } = this;
    const place = this.#place();
    const another = entries.some(({ target }) => target === row.text);
    if (another) this.#tops = null;
    if (!row.element.isConnected || !row.text.offsetHeight) return;
    const begins = row.text.offsetTop;
    const moved = begins - (this.#begins ?? begins);
    this.#begins = begins;
    const by = place ? moved + this.#back(place) : 0;
    this.beside.standAt(begins - row.margin.offsetTop);
    if (another) this.beside.forget();
    if (by) list.scrollTop += by;
    this.#measureSoon();
  }

  // How far down in the text the top of the window is: {y, line, share} as measured before; null when
  // it is not this text that is read there.
  #place() {
    const { row } = this;
    if (!row.active || this.#begins === null) return null;
    const y = this.list.scrollTop - row.element.offsetTop - this.#begins;
    if (y <= 0 || y >= row.text.offsetHeight) return null;
    if (!this.#tops) return { y };
    const line = this.#lineAt(y);
    const [top, bottom] = [this.#tops[line], this.#tops[line + 1]];
    return { y, line, share: (y - top) / Math.max(1, bottom - top) };
  }

  // The px that the words at a place have moved within the text.
  #back({ y, line, share }) {
    if (line === undefined || this.#tops) return 0;
    this.#measureLines();
    const [top, bottom] = [this.#tops[line], this.#tops[line + 1]];
    return Math.round(top + share * (bottom - top) - y);
  }

  // Where each line begins, in px from where the text does; and after them where the text ends.
  #measureLines() {
    if (this.#tops) return;
    const last = this.lines.at(-1).element;
    const begins = this.row.text.offsetTop;
    this.#begins ??= begins;
    this.#tops = this.lines.map(({ element }) => element.offsetTop - begins);
    this.#tops.push(last.offsetTop + last.offsetHeight - begins);
  }

  // --- speakers and bookmarks ---

  asks(turn) {
    return Boolean(this.row.row.speakers?.[this.turns[turn]?.speaker]?.interviewer);
  }

  #paintSpeakers() {
    const { row } = this;
    const { speakers = [] } = row.row;
    const now = JSON.stringify([speakers, row.row.words]);
    if (now === this.speakersPainted) return;
    this.speakersPainted = now;
    for (const line of this.lines) {
      line.element.classList.toggle('qc-asks', line.turn >= 0 && this.asks(line.turn));
      if (line.first) line.element.dataset.speaker = speakers[this.turns[line.turn].speaker].label;
    }
    this.speakers.hidden = !speakers.length;
    this.speakers.replaceChildren(
      h('span', {}, row.texts.speakers),
      ...speakers.map(({ label, interviewer }) => h('button', {
        type: 'button',
        class: 'qc-speaker',
        tabindex: row.active ? '0' : '-1',
        'aria-pressed': String(interviewer),
        title: fill(interviewer ? row.texts.count_speaker : row.texts.leave_speaker, { name: label }),
        onclick: () => row.on.speaker(row, { label, interviewer: !interviewer }),
      }, label, interviewer ? h('span', { class: 'qc-asks' }, row.texts.interviewer) : '')),
      h('span', {}, fill(row.texts.material_words, { count: row.row.words ?? '…' })));
  }

  #paintBookmarks() {
    const { toUtf16 } = this.row.map;
    const marked = new Set((this.row.row.bookmarks ?? [])
      .map(({ position }) => pieceAt(this.lines, toUtf16(position))));
    this.lines.forEach(({ element }, i) => {
      element.classList.toggle('qc-is-bookmarked', marked.has(i));
    });
  }

  // --- where things are ---

  // What of these spans ([start, end], in order) somebody says: speakers' marks and times left out.
  said(spans) {
    return withoutMarks(this.lines, spans);
  }

  // Indexes of the lines that nobody has worked on yet.
  untouched() {
    const marks = [...this.row.spans, ...this.row.links];
    return untouchedLines(this.row.shown, this.lines, marks, (turn) => this.asks(turn));
  }

  // Where each line begins, in px from the top of the row; and after them where the text ends.
  get tops() {
    this.#measureLines();
    return this.#tops.map((top) => top + this.#begins);
  }

  // The px from the top of the row where a position (UTF-16) is, as near as its line tells.
  topOf(position) {
    this.#measureLines();
    const i = pieceAt(this.lines, position);
    const { start, end } = this.lines[i];
    const share = end > start ? Math.min(1, (position - start) / (end - start)) : 0;
    return this.#begins + this.#tops[i] + share * (this.#tops[i + 1] - this.#tops[i]);
  }

  // The line at so many px from the top of the row.
  lineAt(y) {
    this.#measureLines();
    return this.#lineAt(y - this.#begins);
  }

  #lineAt(y) {
    const tops = this.#tops.map((start) => ({ start }));
    return Math.min(this.lines.length - 1, pieceAt(tops, y));
  }

  // [start, end] of what is in sight: from the first line that is seen whole to the last one.
  visible() {
    const frame = this.list.getBoundingClientRect();
    const box = this.row.text.getBoundingClientRect();
    const top = box.top > frame.top ? box.top + 4 : frame.top + WHOLE_LINE;
    const bottom = Math.max(top, Math.min(box.bottom - 4, frame.bottom - WHOLE_LINE));
    const y = (clientY) => clientY - this.row.element.getBoundingClientRect().top;
    const start = this.#positionAt(box.left + 2, top) ?? this.lines[this.lineAt(y(top))].start;
    const end = this.#positionAt(box.right - 2, bottom) ?? this.lines[this.lineAt(y(bottom))].end;
    return [start, Math.max(start, end)];
  }

  // The position (UTF-16) of the letter at a point of the window; null when something lies over it.
  #positionAt(x, y) {
    const { text } = this.row;
    const caret = document.caretPositionFromPoint?.(x, y);
    const range = caret ? null : document.caretRangeFromPoint?.(x, y);
    const node = caret?.offsetNode ?? range?.startContainer;
    if (!node || !text.contains(node)) return null;
    return positionOf(text, node, caret ? caret.offset : range.startOffset);
  }

  // The index of the span to begin with: the first or the last one of what is selected or in sight.
  beginning(spans, step) {
    const [from, to] = this.row.selected() ?? this.visible();
    const found = step > 0
      ? spans.findIndex(([start]) => start >= from)
      : spans.findLastIndex(([, end]) => end <= Math.max(to, from + 1));
    if (found >= 0) return found;
    return step > 0 ? spans.length - 1 : 0;
  }

  // A field opens over the text, under what it speaks of; anchor() gives the rectangle of that.
  placeField(element, anchor) {
    element.classList.add('qc-is-floating');
    placeNear(this.list, element, anchor());
  }
}
