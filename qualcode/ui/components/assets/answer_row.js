// One answer on the screen: its number and facts, its text with highlights, the margin, its
// reductions. Paints itself from a row of the view; knows nothing of keys or of the server. The text and
// the margin have two forms: short_text.js and, for transcripts, long_text.js.

import { fill, h } from './dom.js';
import { isLong } from './long_layout.js';
import { LongText } from './long_text.js';
import { signature } from './marker_view.js';
import { offsetMap, positionOf, rangeOf, sentenceSpans, snap, wordSpans } from './offsets.js';
import { ShortText } from './short_text.js';

// Characters: a question rather than a value.
const LONG_FACT = 24;

let rowsMade = 0;

export class AnswerRow {
  // texts: the words of the screen; on: {pick(row, ids), remove(row, mark), speaker(row, speaker)}
  constructor(id, { texts, language, on }) {
    rowsMade += 1;
    const name = (part) => `qc-${part}-${rowsMade}`;
    this.id = id;
    this.texts = texts;
    this.language = language;
    this.on = on;
    this.number = h('div', { class: 'qc-number', 'aria-hidden': 'true' });
    this.facts = h('div', { class: 'qc-facts', id: name('facts') });
    this.allFacts = h('dl', { class: 'qc-all-facts' });
    this.text = h('div', { class: 'qc-text', id: name('text'), lang: language });
    this.summary = h('span', { class: 'qc-unseen', id: name('summary') });
    this.reductions = h('ul', { class: 'qc-reductions', 'aria-label': texts.reductions });
    this.alert = h('div', { class: 'qc-alert', role: 'alert', hidden: true });
    this.body = h('div', { class: 'qc-body' },
      this.facts, this.allFacts, this.text, this.summary, this.reductions, this.alert);
    this.margin = h('div', { class: 'qc-margin', 'aria-hidden': 'true' });
    this.element = h('div', {
      class: 'qc-row',
      role: 'listitem',
      tabindex: '-1',
      'data-doc': id,
      'aria-labelledby': `${name('facts')} ${name('text')} ${name('summary')}`,
    }, this.number, this.body, this.margin);
    this.active = false;
    this.picked = new Set();
    this.nameOf = (mark) => this.#name(mark);
  }

  // Whether the text is read in the form of a transcript.
  get long() {
    return Boolean(this.form?.isLong);
  }

  // --- painting ---

  // Paints what differs from the last time; true when anything did.
  paint(row, codes, codesSignature) {
    if (row === this.row && codesSignature === this.codesPainted) return false;
    const now = signature(row) + codesSignature;
    Object.assign(this, { row, codes, codesPainted: codesSignature });
    if (now === this.painted) return false;
    this.painted = now;
    this.#paintFacts();
    if (this.form === undefined || this.shown !== row.text) this.#setText(row);
    this.spans = this.#inUtf16(row.spans);
    this.links = this.#inUtf16(row.reductions);
    this.form.paint();
    this.#paintReductions();
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

  #setText({ text, turns }) {
    this.shown = text;
    this.map = offsetMap(text);
    this.wordList = null;
    this.sentenceList = null;
    this.form?.close();
    this.form = isLong(text, turns) ? new LongText(this) : new ShortText(this);
    this.element.classList.toggle('qc-is-long-text', this.long);
    // Twenty thousand words are no name for a row.
    const named = [this.facts, ...(this.long ? [] : [this.text]), this.summary];
    this.element.setAttribute('aria-labelledby', named.map(({ id }) => id).join(' '));
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
      this.#moreButton(row.more ?? []),
    );
    this.allFacts.replaceChildren(...(row.more ?? []).flatMap(([name, value]) => [
      h('dt', {}, name), h('dd', {}, value)]));
  }

  // The rest of the facts, by their names: marker_facts.js opens them.
  #moreButton(more) {
    if (!more.length) return '';
    const told = more.map(([name, value]) => `${name}: ${value}`).join('\n');
    return h('button', {
      type: 'button',
      class: 'qc-more-facts',
      tabindex: '-1',
      title: told,
      'aria-label': fill(this.texts.more_facts, { count: more.length }),
      'aria-expanded': 'false',
    }, `+${more.length}`);
  }

  #name(mark) {
    const name = mark.wording ?? this.codes.get(mark.code)?.label ?? '?';
    return mark.coder ? `${name} (${mark.coder})` : name;
  }

  #paintReductions() {
    const whole = (link) => link.start === 0 && link.end === this.shown.length;
    this.reductions.replaceChildren(...(this.long ? [] : this.links).map((link) =>
      h('li', { class: 'qc-chip', 'data-id': link.id },
        h('button', {
          type: 'button',
          class: 'qc-chip-text',
          tabindex: this.active ? '0' : '-1',
          title: whole(link) ? this.texts.whole_answer : fill(this.texts.quoted, { text: link.quote }),
          onclick: () => this.on.pick(this, [link.id]),
        }, link.wording),
        link.coder ? h('span', { class: 'qc-coder' }, link.coder) : null,
        link.coder ? '' : this.removeButton({ ...link, kind: 'reduction' }))));
    this.reductions.hidden = this.long || !this.links.length;
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

  // The margin again: the width has changed.
  layOutMargin() {
    this.form?.layOut();
  }

  // The row is on the screen no more.
  close() {
    this.form?.close();
  }

  // Where a field or a box opens; anchor() gives the rectangle of what it speaks of.
  placeField(element, anchor) {
    this.form.placeField(element, anchor);
  }

  // The index of the span ([start, end], in order) to begin with when nothing is selected.
  beginning(spans, step) {
    return this.form.beginning(spans, step);
  }

  // --- selection, in UTF-16 positions of this row's text ---

  // [start, end] of what is selected in this row, trimmed and whole characters only; or null.
  selected() {
    const span = this.#selectedWithin();
    if (span) return span[0] < span[1] ? snap(this.shown, ...span) : null;
    const selection = document.getSelection();
    if (!selection?.anchorNode || selection.isCollapsed) return null;
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

  // New text nodes lose the selection: it is carried over when it lies in what is painted anew, the
  // stretch from `from` to `to`.
  keepingSelection(render, from = 0, to = Infinity) {
    const span = this.#selectedWithin();
    render();
    if (span && span[0] < span[1] && span[0] <= to && span[1] >= from) this.select(...span);
  }

  // [start, end] of a selection that begins and ends in this text; else null. Asked of its two ends:
  // for a Range the browser lays the whole text out first, which a paint cannot wait for.
  #selectedWithin() {
    const { anchorNode, anchorOffset, focusNode, focusOffset } = document.getSelection() ?? {};
    if (!anchorNode || !this.text.contains(anchorNode) || !this.text.contains(focusNode)) return null;
    const anchor = positionOf(this.text, anchorNode, anchorOffset);
    const focus = positionOf(this.text, focusNode, focusOffset);
    return anchor < focus ? [anchor, focus] : [focus, anchor];
  }

  get words() {
    this.wordList ??= this.form.said(wordSpans(this.shown, this.language));
    return this.wordList;
  }

  get sentences() {
    this.sentenceList ??= this.form.said(sentenceSpans(this.shown, this.language));
    return this.sentenceList;
  }

  // --- states ---

  setActive(active) {
    this.active = active;
    this.element.tabIndex = active ? 0 : -1;
    if (active) this.element.setAttribute('aria-current', 'true');
    else this.element.removeAttribute('aria-current');
    for (const button of this.body.querySelectorAll('.qc-reductions button, .qc-speakers button')) {
      button.tabIndex = active ? 0 : -1;
    }
  }

  // One of several rows that the next act concerns. A list item cannot be "selected" for a screen
  // reader; its description can say so.
  setGathered(gathered) {
    this.element.classList.toggle('qc-is-gathered', gathered);
    if (gathered) this.element.setAttribute('aria-description', this.texts.is_gathered);
    else this.element.removeAttribute('aria-description');
  }

  // Shows which marks are picked; with none, picks nothing.
  showPicked(ids) {
    this.picked = new Set(ids);
    this.markPicked(this.element);
  }

  // The same in a part of the row that is painted anew.
  markPicked(part) {
    const { picked } = this;
    for (const mark of part.querySelectorAll('.qc-mark')) {
      mark.classList.toggle('qc-is-picked', mark.dataset.ids.split(' ').some((id) => picked.has(id)));
    }
    for (const element of part.querySelectorAll('[data-id]')) {
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
    if (this.long) {
      return fill(this.texts.has_marks, { codings: this.spans.length, reductions: this.links.length });
    }
    const names = (marks) => [...new Set(marks.map((mark) => this.#name(mark)))].join(', ');
    const parts = [];
    if (this.spans.length) parts.push(fill(this.texts.has_codes, { names: names(this.spans) }));
    if (this.links.length) parts.push(fill(this.texts.has_reductions, { names: names(this.links) }));
    return parts.join(' ');
  }
}
