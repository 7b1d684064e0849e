// The map of a long text beside it: what is coded and with which colours, where interviewers speak,
// the bookmarks, and the part in sight. A press goes there; with the focus on it so do the arrow keys.

import { h } from './dom.js';

const WIDTH = 26; // px
const CODES = 8; // px where the codes begin; before it, who speaks
const BOOKMARK = 5; // px
const SMALLEST = 1.5; // px that a passage takes at least
const ARROW = 96; // px that an arrow key scrolls

export class Minimap {
  #painting = 0;
  #drawn = null;

  constructor(desk) {
    this.desk = desk;
    this.canvas = h('canvas', { 'aria-hidden': 'true' });
    this.view = h('div', { class: 'qc-minimap-view' });
    this.element = h('div', {
      class: 'qc-minimap',
      role: 'scrollbar',
      tabindex: '0',
      hidden: true,
      'aria-orientation': 'vertical',
      'aria-label': desk.texts.minimap,
      'aria-valuemin': '0',
      'aria-valuemax': '100',
      'aria-valuenow': '0',
    }, this.canvas, this.view);
    desk.addPanel(this.element, 'right');
    desk.layout.middle.insertBefore(this.element, desk.layout.list.nextSibling);
    const { list } = desk.layout;
    list.addEventListener('scroll', () => this.#showView(), { passive: true });
    this.element.addEventListener('pointerdown', (event) => this.#pressed(event));
    this.element.addEventListener('keydown', (event) => this.#key(event));
    desk.on('active', () => this.#paintSoon());
    desk.on('repaint', () => this.#paintSoon());
    const resized = new ResizeObserver(() => this.#paintSoon());
    resized.observe(list);
    const dark = matchMedia('(prefers-color-scheme: dark)');
    const themed = new MutationObserver(() => this.#paintSoon());
    themed.observe(document.documentElement, { attributes: true, attributeFilter: ['class', 'style'] });
    const onDark = () => this.#paintSoon();
    dark.addEventListener('change', onDark);
    desk.on('close', () => {
      cancelAnimationFrame(this.#painting);
      resized.disconnect();
      themed.disconnect();
      dark.removeEventListener('change', onDark);
    });
  }

  get #text() {
    const { active } = this.desk;
    return active?.long && active.spans ? active.form : null;
  }

  // After the frame that shows the act itself: the map may come a moment later.
  #paintSoon() {
    cancelAnimationFrame(this.#painting);
    this.#painting = requestAnimationFrame(() => {
      this.#painting = requestAnimationFrame(() => this.#paint());
    });
  }

  #paint() {
    const text = this.#text;
    this.element.hidden = !text;
    if (!text) {
      this.#drawn = null;
      return;
    }
    this.element.setAttribute('aria-controls', this.desk.active.text.id);
    const scale = globalThis.devicePixelRatio || 1;
    const height = this.element.clientHeight;
    const { active } = this.desk;
    const tops = text.tops;
    const [first, last] = [tops[0], tops.at(-1)];
    const y = (top) => ((top - first) / Math.max(1, last - first)) * height;
    this.canvas.width = Math.round(WIDTH * scale);
    this.canvas.height = Math.round(height * scale);
    const draw = this.canvas.getContext('2d');
    draw.scale(scale, scale);
    const style = getComputedStyle(this.element);
    const quiet = style.getPropertyValue('--st-text-color') || '#777777';
    const box = (top, bottom, left, width, colour, alpha) => {
      draw.globalAlpha = alpha;
      draw.fillStyle = colour;
      draw.fillRect(left, y(top), width, Math.max(SMALLEST, y(bottom) - y(top)));
    };
    text.lines.forEach((line, i) => {
      if (line.turn >= 0 && text.asks(line.turn)) box(tops[i], tops[i + 1], 2, 3, quiet, 0.25);
    });
    const marks = [
      ...active.links.map((link) => ({ ...link, colour: quiet, wide: 5, alpha: 0.45 })),
      ...active.spans.map((span) => ({
        ...span, colour: active.codes.get(span.code)?.colour ?? '#777777', wide: WIDTH - CODES - 3, alpha: 0.85,
      })),
    ];
    for (const { start, end, colour, wide, alpha } of marks) {
      box(text.topOf(start), text.topOf(end), CODES, wide, colour, alpha);
    }
    const primary = style.getPropertyValue('--st-primary-color') || '#3366cc';
    for (const { position } of active.row.bookmarks) {
      const at = y(text.topOf(active.map.toUtf16(position)));
      draw.globalAlpha = 1;
      draw.fillStyle = primary;
      draw.beginPath();
      draw.moveTo(0, at - BOOKMARK);
      draw.lineTo(BOOKMARK + 2, at);
      draw.lineTo(0, at + BOOKMARK);
      draw.fill();
    }
    this.#drawn = { first, last, height };
    this.#showView();
  }

  #showView() {
    if (!this.#drawn || !this.#text) return;
    const { first, last, height } = this.#drawn;
    const { list } = this.desk.layout;
    const from = list.scrollTop - this.desk.active.element.offsetTop - first;
    const share = (px) => Math.max(0, Math.min(1, px / Math.max(1, last - first)));
    const top = share(from) * height;
    const bottom = share(from + list.clientHeight) * height;
    this.view.style.transform = `translateY(${top}px)`;
    this.view.style.height = `${Math.max(8, bottom - top)}px`;
    this.element.setAttribute('aria-valuenow', String(Math.round(share(from) * 100)));
  }

  #pressed(event) {
    if (event.button !== 0) return;
    event.preventDefault();
    this.element.setPointerCapture(event.pointerId);
    const move = (moved) => this.#goTo(moved.clientY);
    const done = () => {
      this.element.removeEventListener('pointermove', move);
      this.element.removeEventListener('pointerup', done);
      this.element.removeEventListener('pointercancel', done);
    };
    this.element.addEventListener('pointermove', move);
    this.element.addEventListener('pointerup', done);
    this.element.addEventListener('pointercancel', done);
    this.#goTo(event.clientY);
  }

  #goTo(clientY) {
    if (!this.#drawn || !this.#text) return;
    const { first, last, height } = this.#drawn;
    const { list } = this.desk.layout;
    const share = (clientY - this.element.getBoundingClientRect().top) / height;
    const middle = this.desk.active.element.offsetTop + first + share * (last - first);
    list.scrollTop = middle - list.clientHeight / 2;
  }

  #key(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const { list } = this.desk.layout;
    const { element } = this.desk.active;
    const screen = list.clientHeight;
    const by = {
      ArrowDown: ARROW, ArrowUp: -ARROW, PageDown: screen, PageUp: -screen,
    }[event.key];
    const to = { Home: element.offsetTop, End: element.offsetTop + element.offsetHeight - screen }[event.key];
    if (by === undefined && to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    list.scrollTop = to ?? list.scrollTop + by;
  }
}
