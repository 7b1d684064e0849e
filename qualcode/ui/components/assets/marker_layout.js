// The frame of the marker: bar above, answers in the middle with panels beside them, foot below; and
// how it fills the window. A part adds a panel with desk.addPanel(element, 'left' | 'right').

import { h } from './dom.js';

const SMALLEST = 320; // px: below this the page scrolls rather than the answers
const FOOT = 16; // px left below the component

export class Layout {
  // Pixels at the top of the list that a heading standing there covers.
  headroom = 0;

  // The names of a table's columns, which stand there always when they are shown.
  tableHead = null;

  #measuring = 0;
  #measuredWidth = 0;

  constructor(desk) {
    this.desk = desk;
    this.rowList = h('div', { role: 'list', 'aria-label': desk.texts.answers });
    this.list = h('div', { class: 'qc-list' }, this.rowList);
    this.middle = h('div', { class: 'qc-middle' }, this.list);
  }

  build() {
    const { desk } = this;
    const { root, texts } = desk;
    root.replaceChildren(desk.bar.element, this.middle, desk.status.element, desk.status.live);
    root.setAttribute('role', 'group');
    root.setAttribute('aria-label', texts.marker);
    const resized = new ResizeObserver(() => {
      this.#measureLater();
      desk.emit('resized');
    });
    const onWindow = () => this.fitWindow();
    resized.observe(this.list);
    window.addEventListener('resize', onWindow);
    // Lines come and go above the marker: the page grows or shrinks by them until it is fitted again.
    const moved = new ResizeObserver(onWindow);
    const page = root.closest('[data-testid="stMainBlockContainer"]');
    if (page) moved.observe(page);
    desk.on('close', () => {
      resized.disconnect();
      moved.disconnect();
      window.removeEventListener('resize', onWindow);
    });
  }

  // Pixels at the top of the list that the names of the columns cover. Asked for only where one scrolls:
  // measuring in the middle of a paint would lay everything out once more.
  get headHeight() {
    return this.tableHead?.offsetHeight ?? 0;
  }

  // A hidden panel takes no room: set element.hidden.
  addPanel(element, side = 'right') {
    element.classList.add('qc-panel', `qc-panel-${side}`);
    if (side === 'left') this.middle.prepend(element);
    else this.middle.append(element);
  }

  // Does what may change the height of any row; the row that is read stays where the eye has it.
  keepingView(change) {
    const { list } = this;
    const anchor = this.#inSight();
    const before = anchor?.getBoundingClientRect().top;
    change();
    if (!anchor?.isConnected) return;
    const moved = anchor.getBoundingClientRect().top - before;
    if (moved) list.scrollTop += moved;
  }

  // The active row if it is in sight, else the first one that is.
  #inSight() {
    const { rows } = this.desk;
    const frame = this.list.getBoundingClientRect();
    const visible = ({ element }) => {
      const { top, bottom } = element.getBoundingClientRect();
      return bottom > frame.top && top < frame.bottom;
    };
    const found = rows.active && visible(rows.active) ? rows.active : rows.all.find(visible);
    return found?.element;
  }

  #measureLater() {
    cancelAnimationFrame(this.#measuring);
    this.#measuring = requestAnimationFrame(() => {
      if (this.list.clientWidth === this.#measuredWidth) return;
      this.#measuredWidth = this.list.clientWidth;
      for (const answer of this.desk.rows.all) answer.layOutMargin();
    });
  }

  // The answers fill the window below where they begin; the page itself then has nothing to scroll.
  fitWindow() {
    const { root, options } = this.desk;
    const scroller = scrollerOf(root);
    const page = scroller === document.scrollingElement;
    const scrolled = page ? window.scrollY : scroller.scrollTop;
    const frameTop = page ? 0 : scroller.getBoundingClientRect().top;
    const top = root.getBoundingClientRect().top - frameTop + scrolled;
    const below = options.below ?? FOOT;
    root.style.height = `${Math.max(SMALLEST, scroller.clientHeight - top - below)}px`;
  }
}

function scrollerOf(element) {
  for (let parent = element.parentElement; parent; parent = parent.parentElement) {
    if (/(auto|scroll)/u.test(getComputedStyle(parent).overflowY)) return parent;
  }
  return document.scrollingElement;
}
