// An answer's text and its margin, painted as a whole: highlights line by line, stripes in lanes,
// labels beside them. The form of a long text is long_text.js.

import { h } from './dom.js';
import { coloured, looksOf, nodesOf } from './highlights.js';
import { fitLabels, LABEL_HEIGHT, lanesBeside } from './long_layout.js';
import { lineBlocks, spreadLabels } from './marks.js';
import { knowPieces, rangeOf } from './offsets.js';

const LANE_WIDTH = 7;
// Above this length the margin is measured after the paint, so that a key press is not held up by the
// layout of all its lines.
const MEASURE_AT_ONCE = 3000;
// Names beside an answer that is no higher than they are. How many more there are stands after the last
// one; pointed at, the margin tells them all.
const MOST_LABELS = 12;

export class ShortText {
  isLong = false;

  // row: the AnswerRow that it is the text of
  constructor(row) {
    this.row = row;
    const text = row.shown;
    this.blocks = lineBlocks(text).map(([start, end]) => ({
      start, end, element: h('span'), painted: null,
    }));
    row.text.replaceChildren(...this.blocks.map((block) => block.element));
    knowPieces(row.text, this.blocks);
  }

  paint() {
    const { row } = this;
    const marks = coloured(row.spans, row.links, row.codes);
    const stale = [];
    for (const block of this.blocks) {
      const here = marks.filter((mark) => mark.start < block.end && mark.end > block.start);
      const now = looksOf(here, row.nameOf);
      if (now !== block.painted) stale.push({ block, here, now });
    }
    if (stale.length) {
      row.keepingSelection(() => {
        for (const { block, here, now } of stale) {
          block.painted = now;
          block.element.replaceChildren(
            ...nodesOf(row.shown, block.start, block.end, here, row.nameOf));
        }
      });
    }
    this.#paintMargin();
  }

  #paintMargin() {
    const { row } = this;
    const ordered = [...row.spans].sort((a, b) => a.start - b.start || b.end - a.end);
    this.stripes = ordered.map((span) => {
      const colour = row.codes.get(span.code)?.colour ?? '#777777';
      const name = row.nameOf(span);
      const choose = () => row.on.pick(row, [span.id]);
      return {
        span,
        stripe: h('div', {
          class: 'qc-stripe', title: name, 'data-id': span.id, style: { background: colour },
          onclick: choose,
        }),
        label: h('div', { class: 'qc-label', title: name, 'data-id': span.id, onclick: choose },
          h('i', { style: { background: colour } }), h('span', { class: 'qc-label-name' }, name)),
      };
    });
    // The labels decide how high the row must be, in the same paint as the highlight.
    row.margin.style.minHeight = `${Math.min(ordered.length, MOST_LABELS) * LABEL_HEIGHT}px`;
    const labels = this.stripes.map(({ label }) => label);
    this.labels = h('div', { class: 'qc-labels', style: { left: `${LANE_WIDTH * 2}px` } }, ...labels);
    this.#showLabels(labels, labels.slice(0, MOST_LABELS).map((_, i) => i * LABEL_HEIGHT));
    row.margin.replaceChildren(...this.stripes.map(({ stripe }) => stripe), this.labels);
    cancelAnimationFrame(this.measuring);
    if (row.shown.length <= MEASURE_AT_ONCE && row.element.isConnected) this.layOut();
    else this.measuring = requestAnimationFrame(() => this.layOut());
  }

  // The labels in their order from top to bottom: as many as there are tops for.
  #showLabels(labels, tops) {
    this.more?.remove();
    const hidden = labels.slice(tops.length);
    labels.forEach((label, i) => {
      if (i < tops.length) label.style.top = `${tops[i]}px`;
      label.classList.toggle('qc-is-crowded-out', i >= tops.length);
    });
    this.row.margin.classList.toggle('qc-is-crowded', hidden.length > 0);
    if (hidden.length) {
      const names = hidden.map(({ title }) => title).join(' · ');
      this.more = h('b', { title: names }, `+${hidden.length}`);
      labels[tops.length - 1].append(this.more);
      this.labels.replaceChildren(...labels);
    }
  }

  // Puts stripes beside their lines and labels beside their stripes. Measures, so it is called once
  // after a change and when the width changes.
  layOut() {
    const { row } = this;
    if (!this.stripes?.length || !row.element.isConnected) return;
    const base = row.margin.getBoundingClientRect();
    const text = row.text.getBoundingClientRect();
    const items = this.stripes.map((item) => {
      const rects = rangeOf(row.text, item.span.start, item.span.end).getClientRects();
      const first = rects[0] ?? text;
      const last = rects[rects.length - 1] ?? first;
      return { ...item, top: first.top - base.top, bottom: last.bottom - base.top };
    });
    const { placed, lanes } = lanesBeside(items);
    const wished = placed.map((item) => item.top);
    const room = Math.max(MOST_LABELS * LABEL_HEIGHT, text.bottom - base.top);
    const fits = wished.length * LABEL_HEIGHT <= room;
    const tops = fits ? spreadLabels(wished, LABEL_HEIGHT, base.height) : fitLabels(wished, room).tops;
    placed.forEach((item) => {
      item.stripe.style.top = `${item.top}px`;
      item.stripe.style.height = `${Math.max(6, item.bottom - item.top)}px`;
      item.stripe.style.left = `${item.lane * LANE_WIDTH}px`;
    });
    this.labels.style.left = `${lanes * LANE_WIDTH + 4}px`;
    this.#showLabels(placed.map(({ label }) => label), tops);
  }

  // What of these spans somebody says: all, for no speaker is marked.
  said(spans) {
    return spans;
  }

  // The index of the span to begin with when none is selected: the first, or the last going back.
  beginning(spans, step) {
    return step > 0 ? 0 : spans.length - 1;
  }

  // A field opens below the answer.
  placeField(element) {
    this.row.text.after(element);
  }

  close() {
    cancelAnimationFrame(this.measuring);
  }
}
