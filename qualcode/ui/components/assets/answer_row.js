// One answer on the screen: its number and facts, its text with highlights, the margin, its
// reductions. Paints itself from a row of the view; knows nothing of keys or of the server.

import { fill, h } from './dom.js';
import { flatten, inLanes, lineBlocks, spreadLabels } from './marks.js';
import { offsetMap, positionOf, rangeOf, sentenceSpans, snap, wordSpans } from './offsets.js';
import { signature } from './marker_view.js';

const LABEL_HEIGHT = 19;
const LANE_WIDTH = 7;
// Above this length the margin is measured after the paint, so that a key press in a transcript is
// not held up by the layout of all its lines.
const MEASURE_AT_ONCE = 3000;

// Characters: a question rather than a value.
const LONG_FACT = 24;

let rowsMade = 0;

export class AnswerRow {
  // texts: the words of the screen; on: {pick(row, ids), remove(row, mark)}
  constructor(id, { texts, language, on }) {
    rowsMade += 1;
    const name = (part) => `qc-${part}-${rowsMade}`;
    this.id = id;
    this.texts = texts;
    this.language = language;
    this.on = on;
    this.number = h('div', { class: 'qc-number', 'aria-hidden': 'true' });
    this.facts = h('div', { class: 'qc-facts', id: name('facts') });
    this.text = h('div', { class: 'qc-text', id: name('text'), lang: language });
    this.summary = h('span', { class: 'qc-unseen', id: name('summary') });
    this.reductions = h('ul', { class: 'qc-reductions', 'aria-label': texts.reductions });
    this.alert = h('div', { class: 'qc-alert', role: 'alert', hidden: true });
    this.body = h('div', { class: 'qc-body' },
      this.facts, this.text, this.summary, this.reductions, this.alert);
    this.margin = h('div', { class: 'qc-margin', 'aria-hidden': 'true' });
    this.element = h('div', {
      class: 'qc-row',
      role: 'listitem',
      tabindex: '-1',
      'data-doc': id,
      'aria-labelledby': `${name('facts')} ${name('text')} ${name('summary')}`,
    }, this.number, this.body, this.margin);
    this.blocks = [];
    this.active = false;
  }

  // --- painting ---

  // Paints what differs from the last time; true when anything did.
  paint(row, codes, codesSignature) {
    const now = signature(row) + codesSignature;
    if (now === this.painted) return false;
    this.painted = now;
    this.row = row;
    this.codes = codes;
    this.#paintFacts();
    if (this.map === undefined || this.shown !== row.text) this.#setText(row.text);
    this.spans = this.#inUtf16(row.spans);
    this.links = this.#inUtf16(row.reductions);
    this.#paintHighlights();
    this.#paintReductions();
    this.#paintMargin();
    this.summary.textContent = this.#spokenSummary();
    return true;
  }

  // A span that does not lie in the text is not painted: the server will refuse it in a moment.
  #inUtf16(marks) {
    const { toUtf16, length } = this.map;
    return marks
      .filter(({ start, end }) => start >= 0 && start < end && end <= length)
      .map((mark) => {
        const [start, end] = [toUtf16(mark.start), toUtf16(mark.end)];
        return { ...mark, start, end, quote: this.shown.slice(start, end) };
      });
  }

  #setText(text) {
    this.shown = text;
    this.map = offsetMap(text);
    this.wordList = null;
    this.sentenceList = null;
    this.blocks = lineBlocks(text).map(([start, end]) => ({
      start, end, element: h('span'), painted: null,
    }));
    this.text.replaceChildren(...this.blocks.map((block) => block.element));
  }

  #paintFacts() {
    const { row } = this;
    this.number.textContent = row.number;
    this.element.classList.toggle('qc-is-aside', Boolean(row.aside));
    this.facts.replaceChildren(
      h('span', { class: 'qc-who' }, row.label),
      row.aside ? h('span', { class: 'qc-tag' }, this.texts.set_aside) : '',
      ...(row.facts ?? []).map((fact) => {
        // A question gives way before an age or a town is cut to a letter.
        const long = fact.length > LONG_FACT ? ' qc-is-long' : '';
        return h('span', { class: `qc-fact${long}`, title: fact }, fact);
      }),
    );
  }

  #paintHighlights() {
    const marks = [
      ...this.spans.map((span) => ({ ...span, colour: this.codes.get(span.code)?.colour })),
      ...this.links.map((link) => ({ ...link, colour: null })),
    ];
    const stale = [];
    for (const block of this.blocks) {
      const here = marks.filter((mark) => mark.start < block.end && mark.end > block.start);
      const now = here.map((m) => [m.id, m.start, m.end, m.colour, this.#name(m)].join(' ')).join('|');
      if (now !== block.painted) stale.push({ block, here, now });
    }
    if (!stale.length) return;
    this.#keepingSelection(() => {
      for (const { block, here, now } of stale) {
        block.painted = now;
        block.element.replaceChildren(...this.#pieces(block, here));
      }
    });
  }

  #pieces(block, marks) {
    const local = marks.map((mark) => ({
      ...mark,
      start: Math.max(mark.start, block.start) - block.start,
      end: Math.min(mark.end, block.end) - block.start,
    }));
    return flatten(local, block.end - block.start).map((piece) => {
      const text = this.shown.slice(block.start + piece.start, block.start + piece.end);
      return piece.spans.length ? this.#highlight(text, piece.spans) : document.createTextNode(text);
    });
  }

  #highlight(text, marks) {
    const colours = marks.filter((mark) => mark.colour).map((mark) => mark.colour);
    const element = h('mark', {
      class: 'qc-mark',
      'data-ids': marks.map((mark) => mark.id).join(' '),
      title: marks.map((mark) => this.#name(mark)).join(' · '),
    }, text);
    if (colours.length) {
      const band = (colour, i) => {
        const tint = `color-mix(in srgb, ${colour} var(--qc-tint), transparent)`;
        return `${tint} ${(i * 100) / colours.length}% ${((i + 1) * 100) / colours.length}%`;
      };
      element.style.backgroundImage = `linear-gradient(${colours.map(band).join(', ')})`;
    }
    if (marks.some((mark) => mark.wording !== undefined)) element.classList.add('qc-is-reduced');
    return element;
  }

  #name(mark) {
    const name = mark.wording ?? this.codes.get(mark.code)?.label ?? '?';
    return mark.coder ? `${name} (${mark.coder})` : name;
  }

  #paintReductions() {
    const whole = (link) => link.start === 0 && link.end === this.shown.length;
    this.reductions.replaceChildren(...this.links.map((link) =>
      h('li', { class: 'qc-chip', 'data-id': link.id },
        h('button', {
          type: 'button',
          class: 'qc-chip-text',
          tabindex: this.active ? '0' : '-1',
          title: whole(link) ? this.texts.whole_answer : fill(this.texts.quoted, { text: link.quote }),
          onclick: () => this.on.pick(this, [link.id]),
        }, link.wording),
        link.coder ? h('span', { class: 'qc-coder' }, link.coder) : null,
        this.removeButton({ ...link, kind: 'reduction' }))));
    this.reductions.hidden = !this.links.length;
  }

  removeButton(mark) {
    return h('button', {
      type: 'button',
      class: 'qc-remove',
      tabindex: this.active ? '0' : '-1',
      'aria-label': fill(this.texts.remove_named, { name: this.#name(mark) }),
      title: this.texts.remove,
      onclick: () => this.on.remove(this, mark),
    }, '×');
  }

  // --- the margin ---

  #paintMargin() {
    this.margin.replaceChildren();
    const ordered = [...this.spans].sort((a, b) => a.start - b.start || b.end - a.end);
    this.stripes = ordered.map((span) => {
      const colour = this.codes.get(span.code)?.colour ?? '#777777';
      const name = this.#name(span);
      const choose = () => this.on.pick(this, [span.id]);
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
    this.margin.style.minHeight = `${ordered.length * LABEL_HEIGHT}px`;
    this.stripes.forEach(({ label }, i) => {
      label.style.top = `${i * LABEL_HEIGHT}px`;
      label.style.left = `${LANE_WIDTH * 2}px`;
    });
    this.margin.append(...this.stripes.flatMap(({ stripe, label }) => [stripe, label]));
    cancelAnimationFrame(this.measuring);
    if (this.shown.length <= MEASURE_AT_ONCE && this.element.isConnected) this.layOutMargin();
    else this.measuring = requestAnimationFrame(() => this.layOutMargin());
  }

  // Puts stripes beside their lines and labels beside their stripes. Measures, so it is called once
  // after a change and when the width changes.
  layOutMargin() {
    if (!this.stripes?.length || !this.element.isConnected) return;
    const base = this.margin.getBoundingClientRect();
    const items = this.stripes.map((item) => {
      const rects = rangeOf(this.text, item.span.start, item.span.end).getClientRects();
      const first = rects[0] ?? this.text.getBoundingClientRect();
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

  // --- selection, in UTF-16 positions of this row's text ---

  // [start, end] of what is selected in this row, trimmed and whole characters only; or null.
  selected() {
    const selection = document.getSelection();
    if (!selection?.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    if (!range.intersectsNode(this.text)) return null;
    return snap(
      this.shown,
      positionOf(this.text, range.startContainer, range.startOffset),
      positionOf(this.text, range.endContainer, range.endOffset),
    );
  }

  select(start, end) {
    const range = rangeOf(this.text, start, end);
    const selection = document.getSelection();
    selection.setBaseAndExtent(
      range.startContainer, range.startOffset, range.endContainer, range.endOffset);
  }

  // New text nodes lose the selection: it is carried over.
  #keepingSelection(render) {
    const selection = document.getSelection();
    const range = selection?.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0) : null;
    const mine = range && this.text.contains(range.commonAncestorContainer);
    const start = mine && positionOf(this.text, range.startContainer, range.startOffset);
    const end = mine && positionOf(this.text, range.endContainer, range.endOffset);
    render();
    if (mine) this.select(start, end);
  }

  get words() {
    this.wordList ??= wordSpans(this.shown, this.language);
    return this.wordList;
  }

  get sentences() {
    this.sentenceList ??= sentenceSpans(this.shown, this.language);
    return this.sentenceList;
  }

  // --- states ---

  setActive(active) {
    this.active = active;
    this.element.tabIndex = active ? 0 : -1;
    if (active) this.element.setAttribute('aria-current', 'true');
    else this.element.removeAttribute('aria-current');
    for (const button of this.reductions.querySelectorAll('button')) {
      button.tabIndex = active ? 0 : -1;
    }
  }

  // Shows which marks are picked; with none, picks nothing.
  showPicked(ids) {
    const picked = new Set(ids);
    for (const mark of this.text.querySelectorAll('.qc-mark')) {
      mark.classList.toggle('qc-is-picked', mark.dataset.ids.split(' ').some((id) => picked.has(id)));
    }
    for (const element of this.element.querySelectorAll('[data-id]')) {
      element.classList.toggle('qc-is-picked', picked.has(element.dataset.id));
    }
  }

  showAlert(message) {
    this.alert.hidden = !message;
    this.alert.replaceChildren(...(message
      ? [h('span', {}, message), h('button', {
        type: 'button',
        class: 'qc-remove',
        'aria-label': this.texts.close,
        onclick: () => this.showAlert(null),
      }, '×')]
      : []));
  }

  #spokenSummary() {
    const names = (marks) => [...new Set(marks.map((mark) => this.#name(mark)))].join(', ');
    const parts = [];
    if (this.spans.length) parts.push(fill(this.texts.has_codes, { names: names(this.spans) }));
    if (this.links.length) parts.push(fill(this.texts.has_reductions, { names: names(this.links) }));
    return parts.join(' ');
  }
}
