// From answer to answer: next and previous, a screenful, the page's ends and, after them, the next
// page; and what keeps the eye's place meanwhile.

import { holdPlace } from './marker_settling.js';

export class Moving {
  #openToken = null;
  #cameBackwards = false;

  constructor(desk) {
    this.desk = desk;
    const bind = (key, name, act) => desk.keys.bind(key, act, { name });
    for (const key of ['ArrowDown', 'j']) bind(key, 'next answer', () => this.move(1));
    for (const key of ['ArrowUp', 'k']) bind(key, 'previous answer', () => this.move(-1));
    bind('Home', 'first answer', () => this.moveTo(-1));
    bind('End', 'last answer', () => this.moveTo(1));
    bind('PageDown', 'screenful on', () => this.movePage(1));
    bind('PageUp', 'screenful back', () => this.movePage(-1));
  }

  move(step) {
    const { desk } = this;
    const { ids, activeId } = desk.rows;
    const next = ids[ids.indexOf(activeId) + step];
    document.getSelection().removeAllRanges();
    if (next) {
      desk.activate(next, { focus: true });
      this.#toEnd(desk.active.element, step);
    } else this.turnPage(step);
  }

  // An answer taller than the window is entered at its beginning, or at its end on the way back.
  #toEnd({ offsetTop, offsetHeight }, step) {
    const { list } = this.desk.layout;
    if (offsetHeight <= list.clientHeight) return;
    list.scrollTop = step > 0 ? offsetTop : offsetTop + offsetHeight - list.clientHeight;
  }

  moveTo(end) {
    const { ids } = this.desk.rows;
    document.getSelection().removeAllRanges();
    this.desk.activate(end < 0 ? ids[0] : ids.at(-1), { focus: true });
  }

  // A screenful on; at the end of the page, the next page.
  movePage(direction) {
    const { desk } = this;
    const { ids, activeId } = desk.rows;
    const index = ids.indexOf(activeId);
    if (index === (direction > 0 ? ids.length - 1 : 0)) {
      this.turnPage(direction);
      return;
    }
    const topOf = (id) => desk.rows.get(id).element.offsetTop;
    const from = desk.active.element.offsetTop;
    const near = (id) => id && Math.abs(topOf(id) - from) < desk.layout.list.clientHeight;
    let target = index;
    do target += direction;
    while (near(ids[target + direction]));
    document.getSelection().removeAllRanges();
    desk.activate(ids[target], { focus: true });
  }

  turnPage(direction) {
    const { desk } = this;
    const more = direction > 0 ? desk.sheet.has_next : desk.sheet.has_previous;
    if (!more) {
      desk.say(direction > 0 ? desk.texts.last_of_all : desk.texts.first_of_all);
      return;
    }
    this.#cameBackwards = direction < 0;
    desk.line.turn(direction);
  }

  // The row to begin with: the one asked for by a link, the one of last time, or the page's end we
  // came from.
  chooseRow(first) {
    const { desk } = this;
    const { open } = desk.options;
    if (open && open.token !== this.#openToken && desk.rows.has(open.doc)) {
      this.#openToken = open.token;
      desk.activate(open.doc);
      this.#holdInSight();
      return;
    }
    if (desk.rows.active) return;
    const { ids } = desk.rows;
    const { doc, scroll } = desk.memory;
    const remembered = first && doc && ids.includes(doc);
    const start = this.#cameBackwards ? ids.at(-1) : ids[0];
    this.#cameBackwards = false;
    const { list } = desk.layout;
    if (!remembered) list.scrollTop = 0;
    if (ids.length) desk.activate(remembered ? doc : start);
    if (!remembered) return;
    list.scrollTop = scroll;
    // Where a long text was read, the reading itself keeps.
    if (!desk.active.long) holdPlace(desk, desk.active, () => this.#within(scroll));
  }

  // A long text has its own place: the link's passage, or where it was read last.
  #holdInSight() {
    const { active } = this.desk;
    if (!active.long) holdPlace(this.desk, active, () => this.#topFor(active.element));
  }

  focusActive() {
    this.desk.active?.element.focus({ preventScroll: true });
  }

  // Scrolls the list only; scrollIntoView would move the whole page too.
  scrollTo(element) {
    const { list } = this.desk.layout;
    const top = this.#topFor(element);
    if (top !== list.scrollTop) list.scrollTop = top;
  }

  // Where the list is to stand for the element to be in sight, moved as little as can be.
  #topFor(element) {
    const { list } = this.desk.layout;
    const { scrollTop, clientHeight } = list;
    const top = element.offsetTop;
    const bottom = top + element.offsetHeight;
    const inSight = top < scrollTop + clientHeight && bottom > scrollTop;
    // Of what is taller than the window, the part in sight is the one that is read.
    if (inSight && element.offsetHeight > clientHeight) return scrollTop;
    const headroom = this.desk.layout.headroom + this.desk.layout.headHeight;
    if (top < scrollTop + headroom) return this.#within(top - headroom);
    if (bottom > scrollTop + clientHeight) return Math.min(top, bottom - clientHeight);
    return scrollTop;
  }

  // As near to it as the list can be scrolled.
  #within(top) {
    const { list } = this.desk.layout;
    return Math.max(0, Math.min(top, list.scrollHeight - list.clientHeight));
  }

  // What opens below the last rows on the screen is brought up into sight.
  reveal(element) {
    const { list } = this.desk.layout;
    const below = element.getBoundingClientRect().bottom - list.getBoundingClientRect().bottom;
    if (below > 0) list.scrollTop += below + 6;
  }

  // Saved: on to the next answer, which stays where the eye already sees it.
  keepingPlace(answer, change) {
    const after = answer.element.nextElementSibling;
    const next = after?.classList.contains('qc-row') ? after : answer.element;
    const before = next.getBoundingClientRect().top;
    change();
    this.desk.layout.list.scrollTop += next.getBoundingClientRect().top - before;
    document.getSelection().removeAllRanges();
    this.move(1);
  }
}
