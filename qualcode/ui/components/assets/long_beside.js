// What stands beside the lines of a long text: stripes in lanes, and the names of codes. It is measured
// after the paint, so that a key press is not held up, and from where the text begins, so that what opens
// above the text takes all of it along.

import { h } from './dom.js';
import { looksOf } from './highlights.js';
import { fitLabels, lanesBeside } from './long_layout.js';
import { rangeOf } from './offsets.js';

const LANE_WIDTH = 7;

export class Beside {
  #drawn = new Map(); // index of a line -> {element, looks}

  // text: the LongText whose lines it stands beside
  constructor(text) {
    this.text = text;
    this.element = h('div', { class: 'qc-besides' });
    text.row.margin.append(this.element);
  }

  // Where the text begins, in px from the top of the margin.
  standAt(top) {
    this.element.style.top = `${top}px`;
  }

  // The line has gone far out of sight: what stands beside it is kept, not shown.
  hide(index) {
    this.#drawn.get(index)?.element.remove();
  }

  // The lines have other heights than before.
  forget() {
    for (const { element } of this.#drawn.values()) element.remove();
    this.#drawn.clear();
  }

  // live: indexes of the lines in or near sight; byLine: the marks of each line; lanes: {mark id -> lane}
  layOut(live, byLine, lanes) {
    const { row } = this.text;
    const stale = [];
    for (const index of live) {
      const marks = byLine[index] ?? [];
      const looks = looksOf(marks, row.nameOf);
      const there = this.#drawn.get(index);
      if (there?.looks === looks) {
        if (!there.element.isConnected) this.element.append(there.element);
      } else if (marks.length || there) stale.push({ index, marks, looks });
    }
    if (!stale.length) return;
    // All is measured before anything is written: the text is laid out once.
    const base = row.text.getBoundingClientRect().top;
    const measured = stale.map((line) => ({ ...line, ...this.#measure(line, lanes, base) }));
    for (const line of measured) {
      this.hide(line.index);
      const element = this.#draw(line);
      this.#drawn.set(line.index, { element, looks: line.looks });
      this.element.append(element);
      if (row.picked.size) row.markPicked(element);
    }
  }

  close() {
    this.element.remove();
  }

  #measure({ index, marks }, lanes, base) {
    const line = this.text.lines[index];
    const frame = line.element.getBoundingClientRect();
    const items = marks.map((mark) => {
      const start = Math.max(mark.start, line.start);
      const end = Math.min(mark.end, line.end);
      const rects = rangeOf(this.text.row.text, start, end).getClientRects();
      const first = rects[0] ?? frame;
      const last = rects[rects.length - 1] ?? first;
      return {
        mark,
        lane: lanes.get(mark.id),
        top: first.top - frame.top,
        // A passage that goes on leaves no gap before the next line.
        bottom: mark.end > line.end ? frame.height : last.bottom - frame.top,
      };
    });
    return { top: frame.top - base, height: frame.height, items, begins: line.start };
  }

  #draw({ top, height, items, begins }) {
    const { row } = this.text;
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
}
