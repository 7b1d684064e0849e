// Full screen: everything as large as fits, and what does not fit on pages that are turned by a key.
//
// Each quadrant has its own size, so that a full one does not make the others small. Below the
// smallest that can still be read from the back of a room, letters do not shrink: the rest of the
// notes is on further pages, and the foot of the quadrant says which page is on the wall.

import { fill, h } from './dom.js';

// Pixels of the names of groups and of the notes on a screen of 720 pixels from top to bottom.
const SIZES = [
  [60, 36],
  [52, 34],
  [44, 32],
  [40, 28],
  [36, 24],
  [36, 22],
];
const DESIGNED_FOR = 720;

// Where each page begins: [0, 7, 12] of boxes [{top, bottom}] in reading order, for a room so high.
// Whatever is not wholly on a page begins the next one; what is higher than the room has its own.
export function pagesOf(boxes, room) {
  const starts = [];
  let top = 0;
  boxes.forEach((box, n) => {
    if (!starts.length || box.bottom - top > room + 1) {
      if (!starts.length || box.top > top) {
        starts.push(n);
        top = box.top;
      }
    }
  });
  return starts.length ? starts : [0];
}

export class WallPages {
  #at = new Map(); // quadrant -> the first thing on the page that is shown
  #starts = new Map(); // quadrant -> where its pages begin

  constructor(texts) {
    this.texts = texts;
  }

  lay(field) {
    const body = field.querySelector('.qcw-body');
    const scale = Math.max(1, window.innerHeight / DESIGNED_FOR);
    for (const [name, note] of SIZES) {
      field.style.setProperty('--qcw-size', `${Math.round(name * scale)}px`);
      field.style.setProperty('--qcw-note-size', `${Math.round(note * scale)}px`);
      if (body.scrollHeight <= body.clientHeight + 1) break;
    }
    const things = thingsOf(body);
    const fits = body.scrollHeight <= body.clientHeight + 1;
    this.#starts.set(field.dataset.quadrant, fits ? [0] : this.#startsOf(field, body, things));
    this.#show(field, things);
  }

  #startsOf(field, body, things) {
    field.append(h('div', { class: 'qcw-pages' })); // its height is not for notes
    const first = body.getBoundingClientRect().top - body.scrollTop;
    const boxes = things.map((one) => {
      const { top, bottom } = one.getBoundingClientRect();
      return { top: top - first, bottom: bottom - first };
    });
    const { paddingTop, paddingBottom } = getComputedStyle(body);
    return pagesOf(boxes, body.clientHeight - parseFloat(paddingTop) - parseFloat(paddingBottom));
  }

  // To the next page (1) or the one before (-1) of these quadrants, as far as there is one. Gives
  // what the keys go on from when one quadrant alone was turned.
  turn(fields, step) {
    for (const field of fields) {
      const starts = this.#starts.get(field.dataset.quadrant) ?? [0];
      const next = this.#pageOf(field.dataset.quadrant) + step;
      this.#at.set(field.dataset.quadrant, starts[Math.min(starts.length - 1, Math.max(0, next))]);
      this.#show(field);
    }
    if (fields.length !== 1) return null;
    const kept = [...fields[0].querySelectorAll('.qcw-body [data-id]')];
    return kept.find((one) => one.checkVisibility()) ?? null;
  }

  // The page on which this note or group is, for whoever goes on by the arrow keys.
  turnTo(element) {
    if (element.checkVisibility()) return;
    const field = element.closest('.qcw-field');
    const n = thingsOf(field.querySelector('.qcw-body')).findIndex((one) => one.contains(element));
    if (n < 0) return;
    this.#at.set(field.dataset.quadrant, n);
    this.#show(field);
  }

  #pageOf(quadrant) {
    const starts = this.#starts.get(quadrant) ?? [0];
    const at = this.#at.get(quadrant) ?? 0;
    return Math.max(0, starts.findLastIndex((start) => start <= at));
  }

  #show(field, things = thingsOf(field.querySelector('.qcw-body'))) {
    const { quadrant } = field.dataset;
    const starts = this.#starts.get(quadrant) ?? [0];
    const page = this.#pageOf(quadrant);
    const end = starts[page + 1] ?? things.length;
    things.forEach((one, n) => {
      one.hidden = n < starts[page] || n >= end;
    });
    field.querySelector('.qcw-body').scrollTop = 0;
    field.querySelector('.qcw-pages')?.remove();
    if (starts.length < 2) return;
    const button = (act, sign, title, off) =>
      h('button', { type: 'button', 'data-act': act, title, 'aria-label': title, disabled: off }, sign);
    const { page_before: before, page_after: after, page_of: told } = this.texts;
    field.append(
      h(
        'div',
        { class: 'qcw-pages', 'data-page': String(page + 1), 'data-pages': String(starts.length) },
        button('page-before', '‹', before, page === 0),
        h('span', {}, fill(told, { n: page + 1, of: starts.length })),
        button('page-after', '›', after, page === starts.length - 1),
      ),
    );
  }
}

const thingsOf = (body) => [
  ...body.querySelectorAll(':scope > :not(.qcw-loose), :scope > .qcw-loose > .qcw-note'),
];
