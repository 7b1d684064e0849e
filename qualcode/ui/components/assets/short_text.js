// An answer's text and its margin, painted as a whole: highlights line by line, stripes in lanes,
// labels beside them. The form of a long text is long_text.js.

import { h } from './dom.js';
import { coloured, looksOf, nodesOf } from './highlights.js';
import { LABEL_HEIGHT } from './long_layout.js';
import { inLanes, lineBlocks, spreadLabels } from './marks.js';
import { knowPieces, rangeOf } from './offsets.js';

const LANE_WIDTH = 7;
// Above this length the margin is measured after the paint, so that a key press is not held up by the
// layout of all its lines.
const MEASURE_AT_ONCE = 3000;

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
          h('i', { style: { background: colour } }), name),
      };
    });
    // The labels decide how high the row must be, in the same paint as the highlight.
    row.margin.style.minHeight = `${ordered.length * LABEL_HEIGHT}px`;
    this.stripes.forEach(({ label }, i) => {
      label.style.top = `${i * LABEL_HEIGHT}px`;
      label.style.left = `${LANE_WIDTH * 2}px`;
    });
    row.margin.replaceChildren(...this.stripes.flatMap(({ stripe, label }) => [stripe, label]));
    cancelAnimationFrame(this.measuring);
    if (row.shown.length <= MEASURE_AT_ONCE && row.element.isConnected) this.layOut();
    else this.measuring = requestAnimationFrame(() => this.layOut());
  }

  // Puts stripes beside their lines and labels beside their stripes. Measures, so it is called once
  // after a change and when the width changes.
  layOut() {
    const { row } = this;
    if (!this.stripes?.length || !row.element.isConnected) return;
    const base = row.margin.getBoundingClientRect();
    const items = this.stripes.map((item) => {
      const rects = rangeOf(row.text, item.span.start, item.span.end).getClientRects();
      const first = rects[0] ?? row.text.getBoundingClientRect();
      const last = rects[rects.length - 1] ?? first;
      return { ...item, top: first.top - base.top, bottom: last.bottom - base.top };
    });
    const { placed, lanes } = inLanes(items);
    const tops = spreadLabels(placed.map((item) => item.top), LABEL_HEIGHT, base.height);
    placed.forEach((item, i) => {
      item.stripe.style.top = `${item.top}px`;
      item.stripe.style.height = `${Math.max(6, item.bottom - item.top)}px`;
      item.stripe.style.left = `${item.lane * LANE_WIDTH}px`;
      item.label.style.top = `${tops[i]}px`;
      item.label.style.left = `${lanes * LANE_WIDTH + 4}px`;
    });
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
