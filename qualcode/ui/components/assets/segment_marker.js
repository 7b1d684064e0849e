// The segment marker: a page of answers that is read, coded and reduced by keyboard or mouse.
//
// Every act is painted at once from the outbox and confirmed by the server later. What comes from
// Python (see segment_marker.py): rows, codes, texts, options, and the reply {ack, refused, notice,
// offers}. What goes to Python, as triggers: ops {client, ops}, ask {token, text, doc}, page {delta, from}.

import { AnswerRow } from './answer_row.js';
import { CodePicker } from './code_picker.js';
import { closeConnectionDialog } from './connection_dialog.js';
import { brief, fill, h, whenGone } from './dom.js';
import { showKeys } from './key_help.js';
import { inTextOrder, readRow, withPending } from './marker_view.js';
import { createOutbox } from './outbox.js';
import { rangeOf } from './offsets.js';
import { placeNear } from './popover.js';
import { ReduceField } from './reduce_field.js';

const ASK_AFTER = 150; // ms of quiet typing before the server is asked for nearest reductions
const TURN_AGAIN_AFTER = 2000; // ms
const RECENT_CODES = 6;
const SMALLEST = 320; // px: below this the page scrolls rather than the answers
const FOOT = 16; // px left below the component
const TIMINGS_KEPT = 500;

const markers = new WeakMap(); // parentElement -> Marker: lives through every rerun of the page

export default function segmentMarker({ data, parentElement, setTriggerValue }) {
  let marker = markers.get(parentElement);
  if (!marker) {
    marker = new Marker(parentElement.querySelector('.qc-marker'), data);
    markers.set(parentElement, marker);
  }
  marker.receive(data, setTriggerValue);
  return () => whenGone(marker.root, () => {
    markers.delete(parentElement);
    marker.close();
  });
}

class Marker {
  constructor(root, data) {
    this.root = root;
    this.texts = data.texts;
    this.study = data.options.study;
    this.serverRows = new Map();
    this.serverCodes = new Map();
    this.answerRows = new Map();
    this.activeId = null;
    this.picked = null; // {doc, ids, index}: marks at one place, and which of them Del removes
    this.open = null; // {kind: 'picker' | 'reduce' | 'marks', ...} what is open over the answers
    this.token = 0;
    this.knownReductions = new Map();
    this.memory = recall(this.study);
    this.#build();
    this.outbox = createOutbox({
      storageKey: `qc-marker-${this.study}`,
      send: (ops, client) => this.trigger?.('ops', { client, ops }),
      wake: () => this.#wake(),
      onChange: () => this.#repaint(),
    });
    this.endDialogWatch = closeConnectionDialog(this.root, (event) => this.#key(event));
    this.resized = new ResizeObserver(() => this.#measureLater());
    this.resized.observe(this.list);
    this.onWindowResize = () => this.#fitWindow();
    window.addEventListener('resize', this.onWindowResize);
    window.addEventListener('online', this.onWindowOnline = () => this.outbox.flush());
  }

  close() {
    this.#remember();
    this.outbox.close();
    this.resized.disconnect();
    this.endDialogWatch();
    clearTimeout(this.asking);
    clearTimeout(this.turning);
    window.removeEventListener('resize', this.onWindowResize);
    window.removeEventListener('online', this.onWindowOnline);
    globalThis.CSS?.highlights?.delete('qc-target');
  }

  // --- what comes from the server ---

  receive(data, trigger) {
    this.trigger = trigger;
    const first = !this.answerRows.size;
    const hadFocus = this.root.contains(document.activeElement);
    this.texts = data.texts;
    this.options = data.options;
    this.serverCodes = new Map(data.codes.map((code) => [code.id, code]));
    this.#receiveRows(data.rows);
    const refused = this.outbox.acknowledge(data.reply.ack, data.reply.refused);
    this.#timeSaved();
    this.#repaint();
    for (const { op, message } of refused) this.#showRefusal(op, message);
    this.#receiveOffers(data.reply.offers);
    if (data.reply.notice && data.reply.notice !== this.notice) this.#say(data.reply.notice);
    this.notice = data.reply.notice;
    this.#chooseActive(first);
    if (hadFocus && !this.root.contains(document.activeElement)) this.#focusActive();
    else if (first && cameByNavigation()) this.#focusActive();
    if (first) requestAnimationFrame(() => this.#fitWindow());
  }

  #receiveRows(rows) {
    this.serverRows = new Map(rows.map((row) => [row.id, readRow(row)]));
    for (const row of this.serverRows.values()) {
      for (const { reduction, wording } of row.reductions) {
        const uses = this.knownReductions.get(reduction)?.uses;
        this.knownReductions.set(reduction, { id: reduction, wording, uses });
      }
    }
    const before = [...this.answerRows.keys()].join();
    if (before === rows.map((row) => row.id).join()) return;
    this.#closeOpen();
    for (const [id, answer] of this.answerRows) {
      if (this.serverRows.has(id)) continue;
      answer.element.remove();
      this.answerRows.delete(id);
    }
    for (const { id } of rows) {
      if (!this.answerRows.has(id)) this.answerRows.set(id, this.#newRow(id));
      this.rowList.append(this.answerRows.get(id).element);
    }
    // In the order of the page, which Map keeps from insertion only.
    this.answerRows = new Map(rows.map(({ id }) => [id, this.answerRows.get(id)]));
  }

  #newRow(id) {
    return new AnswerRow(id, {
      texts: this.texts,
      language: this.options.language,
      on: {
        pick: (answer, ids) => this.#pick(answer.id, ids),
        remove: (answer, mark) => this.#removeMark(answer.id, mark),
      },
    });
  }

  // The row to begin with: the one asked for by a link, the one of last time, or the page's end we
  // came from.
  #chooseActive(first) {
    const { open } = this.options;
    if (open && open.token !== this.openToken && this.answerRows.has(open.doc)) {
      this.openToken = open.token;
      this.#activate(open.doc);
      return;
    }
    if (this.answerRows.has(this.activeId)) return;
    const ids = [...this.answerRows.keys()];
    const remembered = first && this.memory.doc && ids.includes(this.memory.doc);
    const start = this.cameBackwards ? ids.at(-1) : ids[0];
    this.cameBackwards = false;
    if (!remembered) this.list.scrollTop = 0;
    if (ids.length) this.#activate(remembered ? this.memory.doc : start);
    if (remembered) this.list.scrollTop = this.memory.scroll;
  }

  #showRefusal(op, message) {
    const doc = op.doc ?? this.#docOf(op.id);
    const answer = this.answerRows.get(doc);
    if (op.op === 'reduce') this.memory.drafts[doc] = op.wording;
    if (answer) answer.showAlert(message);
    this.#say(message);
  }

  #docOf(markId) {
    for (const row of this.serverRows.values()) {
      if (inTextOrder(row).some((mark) => mark.id === markId)) return row.id;
    }
    return null;
  }

  #receiveOffers(offers) {
    if (!offers) return;
    for (const item of offers.items) this.knownReductions.set(item.id, item);
    if (this.open?.kind === 'reduce' && offers.token === this.token) {
      this.open.field.offer(offers.items);
    }
  }

  // --- painting ---

  #repaint() {
    if (!this.outbox || !this.options) return;
    this.view = withPending(this.serverRows, this.serverCodes, this.outbox.pending);
    const { rows, codes } = this.view;
    if (codes !== this.signedCodes) {
      this.signedCodes = codes;
      const signature = JSON.stringify([...codes.values()].map((c) => [c.id, c.label, c.colour, c.key]));
      if (signature !== this.codesSignature) this.#paintPinned();
      this.codesSignature = signature;
    }
    for (const [id, answer] of this.answerRows) {
      const changed = answer.paint(rows.get(id), codes, this.codesSignature);
      if (changed && this.picked?.doc === id) this.#keepPicked();
    }
    this.#paintState();
    this.#paintStatus();
    if (this.open?.target) this.#showTarget(this.open.target);
  }

  #build() {
    const { texts } = this;
    const button = (name, key, act, ...content) => h('button', {
      type: 'button', class: 'qc-button', title: `${name} (${key})`, 'aria-keyshortcuts': key,
      // A press on the bar must not undo the selection it is meant for.
      onmousedown: (event) => event.preventDefault(),
      onclick: act,
    }, ...content);
    const shortcut = (sign) => h('kbd', { 'aria-hidden': 'true' }, sign);
    this.pinned = h('div', { class: 'qc-pinned', role: 'group', 'aria-label': texts.pinned });
    this.state = h('span', { class: 'qc-state', role: 'status' });
    this.bar = h('div', { class: 'qc-bar', role: 'toolbar', 'aria-label': texts.toolbar },
      this.pinned,
      h('div', { class: 'qc-tools' },
        button(texts.codes, 'C', () => this.#openPicker(), texts.codes, shortcut('C')),
        button(texts.reduce, 'Enter', () => this.#openReduce(), texts.reduce, shortcut('↵')),
        button(texts.keys, '?', () => this.#help(), '?'),
        this.state));
    this.rowList = h('div', { role: 'list', 'aria-label': texts.answers });
    this.list = h('div', { class: 'qc-list' }, this.rowList);
    this.status = h('span', { class: 'qc-where' });
    this.foot = h('div', { class: 'qc-foot' }, this.status,
      h('span', { class: 'qc-hint' }, texts.short_keys));
    this.live = h('div', { class: 'qc-unseen', 'aria-live': 'polite' });
    this.root.replaceChildren(this.bar, this.list, this.foot, this.live);
    this.root.setAttribute('role', 'group');
    this.root.setAttribute('aria-label', texts.marker);
    this.root.addEventListener('keydown', (event) => this.#key(event));
    this.list.addEventListener('mousedown', (event) => this.#pressed(event));
    this.list.addEventListener('mouseup', (event) => this.#released(event));
    document.addEventListener('selectionchange', this.onSelection = () => {
      if (!this.root.isConnected) document.removeEventListener('selectionchange', this.onSelection);
      else this.#paintStatus();
    });
  }

  #paintPinned() {
    const pinned = [...this.view.codes.values()]
      .filter((code) => code.key)
      .sort((a, b) => a.key.localeCompare(b.key));
    this.pinned.replaceChildren(...pinned.map((code) => h('button', {
      type: 'button', class: 'qc-button qc-code', title: [code.book, code.label].join(': '),
      onmousedown: (event) => event.preventDefault(),
      onclick: () => this.#code(code),
    }, h('kbd', {}, code.key), h('i', { class: 'qc-swatch', style: { background: code.colour } }),
    h('span', { class: 'qc-code-name' }, code.label))));
    if (!pinned.length) {
      this.pinned.append(h('span', { class: 'qc-hint' }, this.texts.nothing_pinned));
    }
  }

  #paintState() {
    const { state, pending } = this.outbox;
    this.root.dataset.state = state;
    this.root.dataset.pending = pending.length;
    const text = fill(this.texts[`state_${state}`], { count: pending.length });
    if (this.state.textContent === text) return;
    this.state.textContent = text;
    this.state.className = `qc-state qc-is-${state}`;
  }

  #paintStatus() {
    const answer = this.active;
    if (!answer?.row) {
      this.status.textContent = '';
      return;
    }
    const place = fill(this.texts.place, {
      n: [...this.answerRows.keys()].indexOf(this.activeId) + 1, total: this.answerRows.size,
    });
    const target = this.open?.target ?? this.#target();
    const what = this.#named(target, 48);
    this.status.replaceChildren(place, h('b', {}, what));
  }

  #measureLater() {
    cancelAnimationFrame(this.measuring);
    this.measuring = requestAnimationFrame(() => {
      if (this.list.clientWidth === this.measuredWidth) return;
      this.measuredWidth = this.list.clientWidth;
      for (const answer of this.answerRows.values()) answer.layOutMargin();
    });
  }

  // The answers fill the window below where they begin; the page itself then has nothing to scroll.
  #fitWindow() {
    const scroller = scrollerOf(this.root);
    const scrolled = scroller === document.scrollingElement ? window.scrollY : scroller.scrollTop;
    const frameTop = scroller === document.scrollingElement ? 0 : scroller.getBoundingClientRect().top;
    const top = this.root.getBoundingClientRect().top - frameTop + scrolled;
    const below = this.options.below ?? FOOT;
    this.root.style.height = `${Math.max(SMALLEST, scroller.clientHeight - top - below)}px`;
  }

  #say(text) {
    this.live.textContent = '';
    this.live.textContent = text;
    this.foot.lastElementChild.textContent = text;
    clearTimeout(this.saying);
    this.saying = setTimeout(() => {
      this.foot.lastElementChild.textContent = this.texts.short_keys;
    }, 6000);
  }

  // --- moving ---

  get active() {
    return this.answerRows.get(this.activeId);
  }

  #activate(id, { focus = false } = {}) {
    if (id !== this.activeId) {
      this.active?.setActive(false);
      this.#unpick();
      this.activeId = id;
      this.active.setActive(true);
    }
    this.#scrollTo(this.active.element);
    if (focus) this.#focusActive();
    this.#paintStatus();
    this.#remember();
  }

  // Scrolls the list only; scrollIntoView would move the whole page too.
  #scrollTo(element) {
    const { list } = this;
    const top = element.offsetTop;
    const bottom = top + element.offsetHeight;
    if (top < list.scrollTop) list.scrollTop = top;
    else if (bottom > list.scrollTop + list.clientHeight) {
      list.scrollTop = Math.min(top, bottom - list.clientHeight);
    }
  }

  // What opens below the last rows on the screen is brought up into sight.
  #reveal(element) {
    const { list } = this;
    const below = element.getBoundingClientRect().bottom - list.getBoundingClientRect().bottom;
    if (below > 0) list.scrollTop += below + 6;
  }

  #focusActive() {
    this.active?.element.focus({ preventScroll: true });
  }

  #move(step) {
    const ids = [...this.answerRows.keys()];
    const index = ids.indexOf(this.activeId) + step;
    document.getSelection().removeAllRanges();
    if (index < 0 || index >= ids.length) {
      this.#say(index < 0 ? this.texts.first_here : this.texts.last_here);
      return;
    }
    this.#activate(ids[index], { focus: true });
  }

  #moveTo(end) {
    const ids = [...this.answerRows.keys()];
    document.getSelection().removeAllRanges();
    this.#activate(end < 0 ? ids[0] : ids.at(-1), { focus: true });
  }

  // A screenful on; at the end of the page, the next page.
  #movePage(direction) {
    const ids = [...this.answerRows.keys()];
    const index = ids.indexOf(this.activeId);
    if (index === (direction > 0 ? ids.length - 1 : 0)) {
      const more = direction > 0 ? this.options.has_next : this.options.has_previous;
      if (!more) {
        this.#say(direction > 0 ? this.texts.last_of_all : this.texts.first_of_all);
        return;
      }
      this.cameBackwards = direction < 0;
      this.#turnPage(direction, ids[0]);
      return;
    }
    const from = this.active.element.offsetTop;
    let target = index;
    do target += direction;
    while (ids[target + direction] && Math.abs(
      this.answerRows.get(ids[target + direction]).element.offsetTop - from) < this.list.clientHeight);
    document.getSelection().removeAllRanges();
    this.#activate(ids[target], { focus: true });
  }

  // Repeated until the page has turned: a trigger may be lost to a newer one or to a restarted
  // server. `from` names the page that is turned, so that a repetition does not turn two.
  #turnPage(delta, from, wake = false) {
    if (wake) this.#wake();
    else this.trigger('page', { delta, from });
    clearTimeout(this.turning);
    this.turning = setTimeout(() => {
      if (this.answerRows.keys().next().value === from) this.#turnPage(delta, from, !wake);
    }, TURN_AGAIN_AFTER);
  }

  #wake() {
    window.dispatchEvent(new CustomEvent('qc-wake', { detail: { doc: this.activeId } }));
  }

  // --- selecting ---

  #moveWord(step, extend) {
    const answer = this.active;
    const { words } = answer;
    if (!words.length) return;
    const selected = answer.selected();
    const last = words.length - 1;
    const within = (i) => Math.max(0, Math.min(last, i));
    let anchor;
    let focus;
    if (!selected) {
      anchor = focus = step > 0 ? 0 : last;
    } else {
      const touched = words.flatMap(([start, end], i) => (
        start < selected[1] && end > selected[0] ? [i] : []));
      const [low, high] = [touched[0] ?? 0, touched.at(-1) ?? 0];
      const backwards = this.wordAnchor !== undefined && this.wordAnchor === high && low !== high;
      [anchor, focus] = backwards ? [high, low] : [low, high];
      focus = within(focus + step);
      if (!extend) anchor = focus;
    }
    this.wordAnchor = anchor;
    answer.select(words[Math.min(anchor, focus)][0], words[Math.max(anchor, focus)][1]);
    this.#unpick();
    this.#showSelection(answer);
  }

  #takeSentence(extend) {
    const answer = this.active;
    const { sentences } = answer;
    if (!sentences.length) return;
    const selected = answer.selected() ?? this.#pickedSpan();
    const containing = (position) => {
      const found = sentences.findIndex(([, end]) => position < end);
      return found < 0 ? sentences.length - 1 : found;
    };
    let first = selected ? containing(selected[0]) : 0;
    let last = selected ? containing(selected[1] - 1) : 0;
    const exactly = selected
      && selected[0] === sentences[first][0] && selected[1] === sentences[last][1];
    if (exactly) {
      last = Math.min(last + 1, sentences.length - 1);
      if (!extend) first = last;
    }
    answer.select(sentences[first][0], sentences[last][1]);
    this.#unpick();
    this.#showSelection(answer);
  }

  #pickedSpan() {
    const mark = this.#pickedMark();
    return mark ? [mark.start, mark.end] : null;
  }

  // Keeps the end that moves in sight when the answer is longer than the window.
  #showSelection(answer) {
    const selected = answer.selected();
    if (!selected) return;
    const frame = this.list.getBoundingClientRect();
    const rect = rangeOf(answer.text, ...selected).getBoundingClientRect();
    if (rect.bottom > frame.bottom) this.list.scrollTop += rect.bottom - frame.bottom + 24;
    else if (rect.top < frame.top) this.list.scrollTop -= frame.top - rect.top + 24;
    this.#paintStatus();
  }

  // What an act concerns: the selection, else the picked segment, else the whole answer.
  // start and end are in UTF-16, for the screen; from and to in code points, for the study.
  #target() {
    const answer = this.active;
    const span = answer.selected() ?? this.#pickedSpan();
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

  #named(target, length) {
    if (target.whole) return this.texts.whole_answer;
    return fill(this.texts.quoted, { text: brief(target.quote, length) });
  }

  // The target stays marked while a field has the focus and the browser hides the selection.
  #showTarget(target) {
    const answer = this.answerRows.get(target.doc);
    if (!globalThis.CSS?.highlights || !answer || target.whole) return;
    CSS.highlights.set('qc-target', new Highlight(rangeOf(answer.text, target.start, target.end)));
  }

  // --- acts ---

  #act(op, message) {
    const pressed = performance.now();
    const doc = op.doc ?? this.activeId;
    this.answerRows.get(doc)?.showAlert(null);
    const sent = this.outbox.act(op);
    (this.timings ??= new Map()).set(`${sent.client} ${sent.seq}`, { pressed: this.keyAt ?? pressed });
    this.#timePaint(this.keyAt ?? pressed);
    if (message) this.#say(message);
    return sent;
  }

  #code(code, target = this.#target()) {
    const row = this.view.rows.get(target.doc);
    const same = (span) => span.start === target.from && span.end === target.to
      && span.code === code.id && !span.coder;
    if (row.spans.some(same)) {
      this.#say(fill(this.texts.already_coded, { code: code.label }));
      return;
    }
    this.#act(
      { op: 'code', id: crypto.randomUUID(), doc: target.doc, start: target.from, end: target.to, code: code.id },
      `${code.label}: ${target.whole ? this.texts.whole_answer : brief(target.quote)}`,
    );
    this.memory.recent = [code.id, ...this.memory.recent.filter((id) => id !== code.id)]
      .slice(0, RECENT_CODES);
    this.#remember();
  }

  #codeByKey(key) {
    const code = [...this.view.codes.values()].find((candidate) => candidate.key === key);
    if (code) this.#code(code);
    else this.#say(fill(this.texts.key_is_free, { key }));
  }

  #createCode(label, target) {
    const id = crypto.randomUUID();
    const op = this.#act({
      op: 'add_code', id, label, _book: this.options.new_code_book, _colour: this.options.new_code_colour,
    });
    this.#code({ id: op.id, label }, target);
  }

  #setAside() {
    const row = this.view.rows.get(this.activeId);
    this.#act(
      { op: 'aside', doc: row.id, aside: !row.aside },
      row.aside ? this.texts.brought_back : this.texts.put_aside,
    );
  }

  // --- picking and removing what is there ---

  #pick(doc, ids, index = 0) {
    this.#activate(doc);
    this.picked = { doc, ids, index };
    document.getSelection().removeAllRanges();
    this.#showPicked();
  }

  #showPicked() {
    const answer = this.answerRows.get(this.picked.doc);
    const mark = this.#pickedMark();
    answer.showPicked(mark ? [mark.id] : []);
    this.#openMarks(answer);
    this.#paintStatus();
  }

  #unpick() {
    if (!this.picked) return;
    this.answerRows.get(this.picked.doc)?.showPicked([]);
    this.picked = null;
    if (this.open?.kind === 'marks') this.#closeOpen();
  }

  #marksPicked() {
    if (!this.picked) return [];
    const answer = this.answerRows.get(this.picked.doc);
    const all = [
      ...answer.spans.map((span) => ({ ...span, kind: 'code' })),
      ...answer.links.map((link) => ({ ...link, kind: 'reduction' })),
    ];
    return this.picked.ids.map((id) => all.find((mark) => mark.id === id)).filter(Boolean);
  }

  #pickedMark() {
    return this.#marksPicked()[this.picked?.index ?? 0];
  }

  // After a repaint: what was picked may be gone.
  #keepPicked() {
    const marks = this.#marksPicked();
    if (!marks.length) this.#unpick();
    else {
      this.picked.ids = marks.map((mark) => mark.id);
      this.picked.index = Math.min(this.picked.index, marks.length - 1);
      this.#showPicked();
    }
  }

  #step(direction) {
    const row = this.view.rows.get(this.activeId);
    const marks = inTextOrder(row);
    if (!marks.length) {
      this.#say(this.texts.nothing_marked);
      return;
    }
    const current = this.#pickedMark();
    const at = current ? marks.findIndex((mark) => mark.id === current.id) : -1;
    const next = at < 0 && direction < 0
      ? marks.length - 1
      : (at + direction + marks.length) % marks.length;
    this.#pick(this.activeId, [marks[next].id]);
    const mark = marks[next];
    this.#say(mark.wording ?? this.view.codes.get(mark.code)?.label ?? '');
  }

  #removePicked() {
    const mark = this.#pickedMark();
    if (mark) this.#removeMark(this.picked.doc, mark);
    else this.#say(this.texts.pick_first);
  }

  #removeMark(doc, mark) {
    const name = mark.wording ?? this.view.codes.get(mark.code)?.label ?? '';
    const op = mark.kind === 'reduction' || mark.wording !== undefined ? 'unlink' : 'uncode';
    this.#activate(doc, { focus: true });
    this.#act({ op, id: mark.id }, fill(this.texts.removed, { name }));
  }

  // --- what opens over the answers ---

  #closeOpen() {
    const { open } = this;
    if (!open) return;
    this.open = null;
    globalThis.CSS?.highlights?.delete('qc-target');
    open.element.remove();
    this.#paintStatus();
  }

  // The codes and reductions at one place, each with a button that removes it.
  #openMarks(answer) {
    this.#closeOpen();
    const marks = this.#marksPicked();
    const current = this.#pickedMark();
    // A reduction by itself shows below the text already, with its own button.
    if (!current || (marks.length === 1 && current.kind === 'reduction')) return;
    const line = (mark) => {
      const code = this.view.codes.get(mark.code);
      return h('div', { class: `qc-mark-line${mark === current ? ' qc-is-picked' : ''}` },
        mark.kind === 'code'
          ? h('i', { class: 'qc-swatch', style: { background: code?.colour ?? '#777777' } })
          : h('span', { class: 'qc-new' }, '→'),
        h('span', { class: 'qc-option-name' }, mark.wording ?? code?.label ?? '?'),
        mark.coder ? h('span', { class: 'qc-coder' }, mark.coder) : '',
        answer.removeButton(mark));
    };
    const element = h('div', { class: 'qc-marks', role: 'group', 'aria-label': this.texts.marks_here },
      ...marks.map(line));
    const rects = rangeOf(answer.text, current.start, current.end).getClientRects();
    placeNear(this.list, element, rects[rects.length - 1] ?? answer.text.getBoundingClientRect());
    this.open = { kind: 'marks', element };
  }

  #openPicker() {
    const answer = this.active;
    if (!answer) return;
    const target = this.#target();
    this.#unpick();
    this.#closeOpen();
    const close = () => {
      this.#closeOpen();
      this.#focusActive();
      if (!target.whole) answer.select(target.start, target.end);
    };
    const picker = new CodePicker({
      texts: this.texts,
      language: this.options.language,
      codes: [...this.view.codes.values()],
      recent: this.memory.recent,
      allowNew: this.options.allow_new_codes,
      quote: this.#named(target, 90),
      on: {
        choose: (code, stay) => {
          this.#code(code, target);
          if (!stay) close();
        },
        create: (label, stay) => {
          this.#createCode(label, target);
          if (!stay) close();
        },
        close,
      },
    });
    const rects = rangeOf(answer.text, target.start, target.end).getClientRects();
    placeNear(this.list, picker.element, rects[rects.length - 1] ?? answer.text.getBoundingClientRect());
    this.open = { kind: 'picker', element: picker.element, target };
    picker.input.focus({ preventScroll: true });
    this.#showTarget(target);
    this.#paintStatus();
  }

  #openReduce() {
    const answer = this.active;
    if (!answer) return;
    const target = this.#target();
    this.#unpick();
    this.#closeOpen();
    const leave = () => {
      this.#closeOpen();
      this.#focusActive();
    };
    const done = (stay) => {
      delete this.memory.drafts[answer.id];
      if (!stay) this.#keepingPlace(answer, leave);
      this.#remember();
    };
    const place = { doc: target.doc, start: target.from, end: target.to };
    const field = new ReduceField({
      texts: this.texts,
      quote: brief(target.quote, 200),
      whole: target.whole,
      draft: this.memory.drafts[answer.id] ?? '',
      known: () => [...this.knownReductions.values()],
      on: {
        save: (wording, stay) => {
          this.#act({ op: 'reduce', id: crypto.randomUUID(), ...place, wording }, `→ ${wording}`);
          done(stay);
        },
        link: (item, stay) => {
          this.#act(
            { op: 'link', id: crypto.randomUUID(), ...place, reduction: item.id, _wording: item.wording },
            `→ ${item.wording}`,
          );
          done(stay);
        },
        cancel: (draft) => {
          if (draft.trim()) this.memory.drafts[answer.id] = draft;
          else delete this.memory.drafts[answer.id];
          this.#remember();
          leave();
          if (!target.whole) answer.select(target.start, target.end);
        },
        ask: (text) => this.#ask(text || target.quote, target.doc),
        shown: (element) => this.#reveal(element),
      },
    });
    answer.text.after(field.element);
    this.open = { kind: 'reduce', element: field.element, field, target };
    this.#scrollTo(answer.element);
    field.input.focus({ preventScroll: true });
    field.input.select();
    this.#showTarget(target);
    this.#paintStatus();
    this.#ask(field.input.value || target.quote, target.doc);
  }

  // Saved: on to the next answer, which stays where the eye already sees it.
  #keepingPlace(answer, change) {
    const next = answer.element.nextElementSibling?.classList.contains('qc-row')
      ? answer.element.nextElementSibling
      : answer.element;
    const before = next.getBoundingClientRect().top;
    change();
    this.list.scrollTop += next.getBoundingClientRect().top - before;
    document.getSelection().removeAllRanges();
    this.#move(1);
  }

  // The server is asked when nothing is on its way to it: a newer trigger would replace the older.
  #ask(text, doc) {
    clearTimeout(this.asking);
    this.token += 1;
    const { token } = this;
    const send = () => {
      if (this.open?.kind !== 'reduce' || token !== this.token) return;
      if (this.outbox.pending.length) this.asking = setTimeout(send, ASK_AFTER);
      else this.trigger('ask', { token, text, doc });
    };
    this.asking = setTimeout(send, ASK_AFTER);
  }

  #help() {
    showKeys(this.root, this.options.keys, this.texts).addEventListener('close', () => this.#focusActive());
  }

  // --- mouse ---

  #pressed(event) {
    const inside = this.open?.element.contains(event.target);
    if (inside || event.target.closest('input, .qc-alert')) return;
    if (this.open?.kind === 'reduce') {
      const draft = this.open.field.input.value.trim();
      if (draft) this.memory.drafts[this.open.target.doc] = draft;
      this.#closeOpen();
    } else this.#closeOpen();
  }

  #released(event) {
    const element = event.target.closest('.qc-row');
    if (!element || event.target.closest('button, input, .qc-reduce, .qc-marks, .qc-picker')) return;
    const answer = this.answerRows.get(element.dataset.doc);
    this.#activate(answer.id, { focus: true });
    if (event.target.closest('.qc-margin')) return; // the stripe's or the label's own click
    const mark = event.target.closest('.qc-mark');
    if (mark && document.getSelection().isCollapsed) {
      const ids = mark.dataset.ids.split(' ');
      const again = this.picked?.doc === answer.id && this.picked.ids.join(' ') === ids.join(' ');
      this.#pick(answer.id, ids, again ? (this.picked.index + 1) % ids.length : 0);
    } else this.#unpick();
    this.#paintStatus();
  }

  // --- keys: only while the focus is here and no field is being typed in ---

  #key(event) {
    if (event.isComposing || event.target.closest('input, textarea, dialog')) return;
    if (event.target.closest('button') && ['Enter', ' '].includes(event.key)) return;
    const act = this.#actOf(event);
    if (!act) {
      // Streamlit has single-letter keys of its own (C clears its cache): not while reading here.
      if (event.key.length === 1 && !event.ctrlKey && !event.metaKey) event.stopPropagation();
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    if (!this.active && act !== this.#help) return;
    this.keyAt = performance.now();
    act.call(this);
    this.keyAt = undefined;
  }

  #actOf(event) {
    const { key, shiftKey: shift } = event;
    const lower = key.toLowerCase();
    // On a Finnish keyboard [ and ] are written with AltGr, which also reads as Ctrl+Alt.
    if (key === '[' || key === ',') return () => this.#step(-1);
    if (key === ']' || key === '.') return () => this.#step(1);
    if (event.altKey) return null;
    if (event.ctrlKey || event.metaKey) {
      if (lower === 'z') return () => this.#act({ op: shift ? 'redo' : 'undo' });
      if (lower === 'y') return () => this.#act({ op: 'redo' });
      return null;
    }
    if (/^[1-9]$/u.test(key)) return () => this.#codeByKey(key);
    const acts = {
      arrowdown: () => this.#move(1),
      j: () => this.#move(1),
      arrowup: () => this.#move(-1),
      k: () => this.#move(-1),
      home: () => this.#moveTo(-1),
      end: () => this.#moveTo(1),
      pagedown: () => this.#movePage(1),
      pageup: () => this.#movePage(-1),
      arrowright: () => this.#moveWord(1, shift),
      arrowleft: () => this.#moveWord(-1, shift),
      s: () => this.#takeSentence(shift),
      escape: () => this.#clear(),
      c: () => this.#openPicker(),
      n: () => this.#openPicker(),
      enter: () => this.#openReduce(),
      delete: () => this.#removePicked(),
      u: () => this.#removePicked(),
      x: () => this.#setAside(),
      '?': this.#help,
    };
    return acts[lower] ?? null;
  }

  #clear() {
    document.getSelection().removeAllRanges();
    this.#unpick();
    this.#closeOpen();
    this.active?.showAlert(null);
    this.#paintStatus();
  }

  // --- what the tab remembers ---

  #remember() {
    const scroll = this.list.scrollTop;
    this.memory = { ...this.memory, doc: this.activeId, scroll };
    sessionStorage.setItem(placeKey(this.study), JSON.stringify(this.memory));
  }

  // --- timings: key to paint and key to saved, in the browser's own list of measures ---

  #timePaint(pressed) {
    requestAnimationFrame(() => measure('qc-key-to-paint', pressed));
  }

  #timeSaved() {
    if (!this.timings?.size) return;
    const waiting = new Set(this.outbox.pending.map((op) => `${op.client} ${op.seq}`));
    for (const [key, { pressed }] of this.timings) {
      if (waiting.has(key)) continue;
      this.timings.delete(key);
      requestAnimationFrame(() => measure('qc-key-to-saved', pressed));
    }
  }
}

function measure(name, start) {
  if (performance.getEntriesByName(name).length >= TIMINGS_KEPT) performance.clearMeasures(name);
  performance.measure(name, { start, end: performance.now() });
}

const placeKey = (study) => `qc-marker-place-${study}`;

function recall(study) {
  const nothing = { doc: null, scroll: 0, recent: [], drafts: {} };
  try {
    return { ...nothing, ...JSON.parse(sessionStorage.getItem(placeKey(study)) ?? '{}') };
  } catch (error) {
    console.warn('qualcode: the place of last time could not be read', error);
    return nothing;
  }
}

function scrollerOf(element) {
  for (let parent = element.parentElement; parent; parent = parent.parentElement) {
    if (/(auto|scroll)/u.test(getComputedStyle(parent).overflowY)) return parent;
  }
  return document.scrollingElement;
}

// Nothing else has the focus, or the link that led here: the keys should work at once.
function cameByNavigation() {
  const focused = document.activeElement;
  return !focused || focused === document.body || focused.matches('a[href]');
}
