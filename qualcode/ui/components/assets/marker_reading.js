// Reading a long text: scrolling in it before leaving it, going to the next uncoded part and the next
// turn, and keeping the place through a reload. In a list of short answers only "next uncoded" has a
// meaning.

import { fill } from './dom.js';
import { holdPlace } from './marker_settling.js';
import { pieceAt, snap } from './offsets.js';

const STEP = 96; // px that an arrow key scrolls: four lines
const OVERLAP = 60; // px of the last screenful that the next one repeats
const ABOVE = 0.25; // of the window, above a part that was gone to
const KEEP_AFTER = 250; // ms after the last scroll

let linkFollowed = null; // since the window was loaded

export class Reading {
  #keeping = 0;
  #left; // where the reader was before a reload or another page; null once it is gone to
  #back = false; // whether they are there, or a link has led them elsewhere

  constructor(desk) {
    this.desk = desk;
    this.#left = { doc: desk.memory.doc, reading: desk.memory.reading };
    const bind = (key, name, act, when) => desk.keys.bind(key, act, { name, when });
    bind('ArrowDown', 'on in the text', () => this.scroll(STEP), () => this.#room(1));
    bind('ArrowUp', 'back in the text', () => this.scroll(-STEP), () => this.#room(-1));
    bind('PageDown', 'screenful of the text', () => this.page(1), () => this.#room(1));
    bind('PageUp', 'screenful back in the text', () => this.page(-1), () => this.#room(-1));
    bind('Home', 'beginning of the text', () => this.toEnd(-1), () => this.#room(-1));
    bind('End', 'end of the text', () => this.toEnd(1), () => this.#room(1));
    bind('g', 'next uncoded part', () => this.toUncoded(1));
    bind('Shift+g', 'previous uncoded part', () => this.toUncoded(-1));
    bind('t', 'next turn', () => this.toTurn(1), () => desk.active?.long);
    bind('Shift+t', 'previous turn', () => this.toTurn(-1), () => desk.active?.long);
    const { list } = desk.layout;
    const keepLater = () => {
      clearTimeout(this.#keeping);
      this.#keeping = setTimeout(() => this.keep(), KEEP_AFTER);
    };
    const keepNow = () => this.keep();
    // Whoever clicks or looks elsewhere may leave before the place is kept; a list that has left the
    // page has none.
    const keepIfMoved = () => this.#keeping && this.keep();
    list.addEventListener('scroll', keepLater, { passive: true });
    window.addEventListener('pagehide', keepNow);
    document.addEventListener('pointerdown', keepIfMoved, { capture: true, passive: true });
    document.addEventListener('visibilitychange', keepIfMoved);
    desk.on('data', () => requestAnimationFrame(() => this.#comeBack()));
    desk.on('close', () => {
      clearTimeout(this.#keeping);
      window.removeEventListener('pagehide', keepNow);
      document.removeEventListener('pointerdown', keepIfMoved, { capture: true });
      document.removeEventListener('visibilitychange', keepIfMoved);
    });
  }

  get #text() {
    const { active } = this.desk;
    return active?.long ? active.form : null;
  }

  // --- scrolling ---

  // The px left to scroll in the active text in that direction; 0 when it is no long text.
  #room(direction) {
    if (!this.#text) return 0;
    const { list } = this.desk.layout;
    const { element } = this.desk.active;
    const left = direction > 0
      ? element.offsetTop + element.offsetHeight - list.clientHeight - list.scrollTop
      : list.scrollTop - element.offsetTop;
    return Math.max(0, Math.floor(left));
  }

  scroll(by) {
    this.desk.picking.unpick();
    this.desk.layout.list.scrollTop += Math.sign(by) * Math.min(Math.abs(by), this.#room(by));
  }

  page(direction) {
    this.scroll(direction * (this.desk.layout.list.clientHeight - OVERLAP));
  }

  toEnd(direction) {
    this.scroll(direction * Infinity);
  }

  // --- going to a part ---

  // [start, end] of what is selected or picked in the long text, as long as it is in sight; or null.
  get held() {
    const { desk } = this;
    const span = desk.active.selected() ?? desk.picking.span();
    const [from, to] = desk.active.form.visible();
    return span && span[0] < to && span[1] > from ? span : null;
  }

  // Where the reader is in the long text: what they hold, else the part in sight.
  get here() {
    return this.held ?? this.desk.active.form.visible();
  }

  // Selects words of the active text and brings their beginning into sight, a little below the top.
  go(start, end) {
    const { desk } = this;
    const answer = desk.active;
    const place = snap(answer.shown, start, end);
    if (!place) return;
    const { list } = desk.layout;
    const top = answer.element.offsetTop + answer.form.topOf(place[0]);
    const inSight = top > list.scrollTop + 20 && top < list.scrollTop + list.clientHeight / 2;
    if (!inSight) list.scrollTop = top - list.clientHeight * ABOVE;
    answer.select(...place);
    desk.picking.unpick();
    desk.status.paint();
    this.keep();
  }

  // Selects the next part of the material that nobody has coded or reduced, in this text or in the
  // answers after it. A part is a paragraph of what somebody other than the interviewer says.
  toUncoded(step) {
    const { desk } = this;
    if (this.#text) {
      const { lines } = this.#text;
      const [start, end] = this.here;
      const selected = this.held;
      // With nothing selected the part in sight may be the one.
      const at = pieceAt(lines, step > 0 || selected ? start : end);
      const beyond = (i) => (step > 0 ? i > at || (!selected && i === at) : i < at || (!selected && i === at));
      const untouched = this.#text.untouched();
      const next = step > 0 ? untouched.find(beyond) : untouched.findLast(beyond);
      if (next !== undefined) {
        this.go(lines[next].words, lines[next].end);
        desk.say(fill(desk.texts.uncoded_left, { count: untouched.length }));
        return;
      }
    }
    this.#toUncodedAnswer(step);
  }

  #toUncodedAnswer(step) {
    const { desk } = this;
    const { ids, activeId } = desk.rows;
    const later = step > 0 ? ids.slice(ids.indexOf(activeId) + 1) : ids.slice(0, ids.indexOf(activeId)).reverse();
    const next = later.find((id) => this.#isUncoded(desk.rows.get(id)));
    if (!next) {
      desk.say(step > 0 ? desk.texts.no_uncoded_after : desk.texts.no_uncoded_before);
      return;
    }
    document.getSelection().removeAllRanges();
    desk.activate(next, { focus: true });
    if (!this.#text) return;
    const { lines } = this.#text;
    const untouched = this.#text.untouched();
    const line = lines[step > 0 ? untouched[0] : untouched.at(-1)];
    this.go(line.words, line.end);
  }

  #isUncoded(answer) {
    if (answer.row.aside) return false;
    if (answer.long) return answer.form.untouched().length > 0;
    return !answer.spans.length && !answer.links.length && answer.shown.trim() !== '';
  }

  // Selects what the next speaker says.
  toTurn(step) {
    const { desk } = this;
    const { turns } = this.#text;
    const [start] = this.here;
    const selected = this.held;
    const next = step > 0
      ? turns.find((turn) => turn.words > start || (!selected && turn.words === start))
      : turns.findLast((turn) => turn.words < start);
    if (next) this.go(next.words, next.end);
    else desk.say(turns.length ? desk.texts.no_more_turns : desk.texts.no_turns);
  }

  // --- the place through a reload ---

  // Which words are at the top of the window, and what is selected: it holds whatever the width is.
  keep() {
    const { desk } = this;
    clearTimeout(this.#keeping);
    this.#keeping = 0;
    // Before the reader is back the list is where it happens to be.
    if (this.#back && desk.active?.element.isConnected) this.#keepPlace();
    desk.memory.keep();
  }

  #keepPlace() {
    const { desk } = this;
    const text = this.#text;
    if (text) {
      const { list } = desk.layout;
      const y = list.scrollTop - desk.active.element.offsetTop;
      const line = text.lineAt(y);
      desk.memory.reading = {
        doc: desk.active.id,
        line: text.lines[line].start,
        offset: Math.round(y - text.tops[line]),
        selected: desk.active.selected(),
      };
    } else desk.memory.reading = null;
  }

  // Whether a link has just led here. The page tells of the last one for as long as it is open.
  #followsLink() {
    const { open } = this.desk.options;
    const link = open && `${open.doc} ${open.token}`;
    if (!link || link === linkFollowed) return false;
    linkFollowed = link;
    return true;
  }

  async #comeBack() {
    const left = this.#left;
    this.#left = null;
    if (!left) return;
    try {
      await this.#return(left);
    } finally {
      this.#back = true;
    }
  }

  // After a reload the page begins with its first sheet: turns to the one that was read, and there to
  // the place in the text.
  async #return(left) {
    const { desk } = this;
    if (this.#followsLink() || !left.doc) return;
    if (!desk.rows.has(left.doc)) await desk.line.turnTo({ doc: left.doc });
    if (!desk.rows.has(left.doc)) return;
    if (desk.rows.activeId !== left.doc) {
      desk.activate(left.doc, { focus: desk.root.contains(document.activeElement) });
    }
    const { reading } = left;
    const answer = desk.rows.get(left.doc);
    if (!answer.long || reading?.doc !== left.doc) return;
    const { line, offset } = reading;
    holdPlace(desk, answer, () => answer.element.offsetTop + answer.form.topOf(line) + offset);
    if (reading.selected) answer.select(...reading.selected);
  }
}
