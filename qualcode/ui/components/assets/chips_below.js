// What hangs on passages of an answer, as a list of chips below it: memos, stances.

import { h } from './dom.js';

export class ChipsBelow {
  #painted = new WeakMap(); // AnswerRow -> {element, shown}

  // `chip(answer, one)` makes the chip of one of them, as a <li>.
  constructor({ name, label, chip }) {
    this.make = { name, label, chip };
  }

  // Nothing is made anew when all is as it was.
  paint(answer, all) {
    const before = this.#painted.get(answer);
    if (!before && !all.length) return;
    const shown = JSON.stringify([all, answer.active]);
    if (before?.shown === shown) return;
    const { name, label, chip } = this.make;
    const element = before?.element ?? h('ul', { class: name, 'aria-label': label });
    if (!before) answer.reductions.after(element);
    element.hidden = !all.length;
    element.replaceChildren(...all.map((one) => chip(answer, one)));
    this.#painted.set(answer, { element, shown });
  }
}

// A chip that marks its passage while one is at it; `open()` when it is pressed. `attributes` are those
// of its button.
export function passageChip(desk, answer, target, { open, sign, words, ...attributes }) {
  const show = () => desk.selecting.showTarget(target);
  const hide = () => {
    if (desk.opened?.target) desk.selecting.showTarget(desk.opened.target);
    else globalThis.CSS?.highlights?.delete('qc-target');
  };
  return h('li', {}, h('button', {
    type: 'button',
    tabindex: answer.active ? '0' : '-1',
    onclick: () => {
      desk.activate(answer.id);
      open();
    },
    onmouseenter: show,
    onmouseleave: hide,
    onfocus: show,
    onblur: hide,
    ...attributes,
  }, h('span', { class: 'qc-memo-sign', 'aria-hidden': 'true' }, sign), words));
}

// A place in an answer, in UTF-16 units and code points, with its words.
export function placeIn(answer, start, end, whole) {
  return {
    doc: answer.id,
    start,
    end,
    from: answer.map.toCodePoint(start),
    to: answer.map.toCodePoint(end),
    whole,
    quote: answer.shown.slice(start, end),
  };
}
