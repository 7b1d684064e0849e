// A long text - an interview, a diary - in its row: all of the words are on the page at once, so that the
// browser's own search and selection go through them; marks and what stands beside the text are painted
// only near the part in sight. Nothing painted later changes the height of a line, so nothing moves.

import { fill, h } from './dom.js';
import { coloured, looksOf, nodesOf } from './highlights.js';
import {
  fitLabels, lanesAcross, lanesBeside, linesOf, marksByPart, piecesOf, untouchedLines, withoutMarks,
} from './long_layout.js';
import { knowPieces, pieceAt, positionOf, rangeOf } from './offsets.js';
import { placeNear } from './popover.js';

const LANE_WIDTH = 7;
const AHEAD = 900; // px above and below the window that are painted in advance
const LINE_HEIGHT = 24;
const WHOLE_LINE = 26; // px below the top of the window: a line there is not cut by it
const LINE_LENGTH = 80; // characters, for a first guess of how high the text is
const TALLEST_GUESS = 400_000; // px

export class LongText {
  isLong = true;
  #live = new Set(); // indexes of the lines in or near sight
  #beside = new Map(); // index of a line -> {element, looks}
  #byPiece = [];
  #byLine = [];
  #lanes = new Map();
  #tops = null;
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
    row.text.before(this.speakers, row.reductions);
    const guess = (row.shown.length / LINE_LENGTH + this.lines.length) * LINE_HEIGHT;
    row.element.style.setProperty('--qc-guess', `${Math.min(TALLEST_GUESS, Math.round(guess))}px`);
    this.list = row.element.closest('.qc-list');
    this.watching = new IntersectionObserver((entries) => this.#seen(entries), {
      root: this.list, rootMargin: `${AHEAD}px 0px`,
    });
    for (const { element } of this.lines) this.watching.observe(element);
    this.resized = new ResizeObserver(() => this.#forgetMeasures());
    this.resized.observe(row.text);
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
    this.speakers.remove();
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
        this.#beside.get(index)?.element.remove();
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

  // --- beside the text: measured after the paint, so that a key press is not held up ---

  #measureSoon() {
    cancelAnimationFrame(this.#measuring);
    this.#measuring = requestAnimationFrame(() => this.layOut());
  }

  #forgetMeasures() {
    this.#tops = null;
    for (const { element } of this.#beside.values()) element.remove();
    this.#beside.clear();
    this.#measureSoon();
  }

  layOut() {
    const { row } = this;
    if (!row.element.isConnected) return;
    const stale = [];
    for (const index of this.#live) {
      const marks = this.#byLine[index] ?? [];
      const looks = looksOf(marks, row.nameOf);
      const there = this.#beside.get(index);
      if (there?.looks === looks) {
        if (!there.element.isConnected) row.margin.append(there.element);
      } else if (marks.length || there) stale.push({ index, marks, looks });
    }
    if (!stale.length) return;
    // All is measured before anything is written: the text is laid out once.
    const base = row.margin.getBoundingClientRect().top;
    const measured = stale.map((line) => ({ ...line, ...this.#measure(line, base) }));
    for (const line of measured) {
      this.#beside.get(line.index)?.element.remove();
      const element = this.#besideLine(line);
      this.#beside.set(line.index, { element, looks: line.looks });
      row.margin.append(element);
      if (row.picked.size) row.markPicked(element);
    }
  }

  #measure({ index, marks }, base) {
    const line = this.lines[index];
    const frame = line.element.getBoundingClientRect();
    const items = marks.map((mark) => {
      const start = Math.max(mark.start, line.start);
      const end = Math.min(mark.end, line.end);
      const rects = rangeOf(this.row.text, start, end).getClientRects();
      const first = rects[0] ?? frame;
      const last = rects[rects.length - 1] ?? first;
      return {
        mark,
        lane: this.#lanes.get(mark.id),
        top: first.top - frame.top,
        // A passage that goes on leaves no gap before the next line.
        bottom: mark.end > line.end ? frame.height : last.bottom - frame.top,
      };
    });
    return { top: frame.top - base, height: frame.height, items, begins: line.start };
  }

  #besideLine({ top, height, items, begins }) {
    const { row } = this;
    const { placed, lanes } = lanesBeside(items);
    const colourOf = (mark) => mark.colour ?? 'var(--qc-quiet)';
    const common = (mark) => ({
      title: row.nameOf(mark), 'data-id': mark.id, onclick: () => row.on.pick(row, [mark.id]),
    });
    const stripes = placed.map(({ mark, lane, top: from, bottom }) => h('div', {
      class: mark.wording === undefined ? 'qc-stripe' : 'qc-stripe qc-is-reduction',
      ...common(mark),
      style: {
        background: colourOf(mark),
        top: `${from}px`,
        height: `${Math.max(6, bottom - from)}px`,
        left: `${lane * LANE_WIDTH}px`,
      },
    }));
    const named = placed.filter(({ mark }) => mark.start >= begins);
    const { tops, hidden } = fitLabels(named.map((item) => item.top), height);
    const labels = named.map(({ mark }, i) => {
      const more = hidden && i === tops.length - 1 ? ` +${hidden}` : '';
      const label = h('div', { class: 'qc-label', ...common(mark) },
        mark.wording === undefined
          ? h('i', { style: { background: colourOf(mark) } })
          : h('span', { class: 'qc-new' }, '→'),
        h('span', { class: 'qc-label-name' }, row.nameOf(mark)),
        more ? h('b', {}, more) : '');
      if (i < tops.length) label.style.top = `${tops[i]}px`;
      else label.classList.add('qc-is-crowded-out');
      return label;
    });
    return h('div', {
      class: hidden ? 'qc-beside qc-is-crowded' : 'qc-beside',
      style: { top: `${top}px`, height: `${height}px` },
    }, ...stripes, h('div', {
      class: 'qc-labels', style: { left: `${lanes * LANE_WIDTH + 4}px` },
    }, ...labels));
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
    if (!this.#tops) {
      const last = this.lines.at(-1).element;
      this.#tops = this.lines.map(({ element }) => element.offsetTop);
      this.#tops.push(last.offsetTop + last.offsetHeight);
    }
    return this.#tops;
  }

  // The px from the top of the row where a position (UTF-16) is, as near as its line tells.
  topOf(position) {
    const i = pieceAt(this.lines, position);
    const { start, end } = this.lines[i];
    const share = end > start ? Math.min(1, (position - start) / (end - start)) : 0;
    return this.tops[i] + share * (this.tops[i + 1] - this.tops[i]);
  }

  // The line at so many px from the top of the row.
  lineAt(y) {
    const tops = this.tops.map((start) => ({ start }));
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

  // A field opens over the text, under what it speaks of.
  placeField(element, target) {
    element.classList.add('qc-is-floating');
    const rects = rangeOf(this.row.text, target.start, target.end).getClientRects();
    placeNear(this.list, element, rects[rects.length - 1] ?? this.row.text.getBoundingClientRect());
  }
}
