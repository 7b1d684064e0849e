// Fingers: when a text has been selected with the handles of a touch screen, a small bar with what can
// be done to it opens below, for there are no keys to press.

import { h } from './dom.js';
import { rangeOf } from './offsets.js';
import { placeNear } from './popover.js';

const QUIET = 200; // ms without a change: the finger rests
const HANDLES = 26; // px below the text that the handles take

export class Touch {
  #touching = false;
  #timer = 0;

  constructor(desk) {
    this.desk = desk;
    desk.root.addEventListener('pointerdown', ({ pointerType }) => {
      this.#touching = pointerType === 'touch';
    }, true);
    const onSelection = () => {
      clearTimeout(this.#timer);
      if (this.#touching) this.#timer = setTimeout(() => this.#look(), QUIET);
    };
    document.addEventListener('selectionchange', onSelection);
    desk.on('close', () => {
      clearTimeout(this.#timer);
      document.removeEventListener('selectionchange', onSelection);
    });
  }

  #look() {
    const { desk } = this;
    if (desk.readsOnly) return;
    const kind = desk.opened?.kind ?? 'touch';
    const answer = desk.rows.all.find((one) => one.selected());
    if (answer && ['touch', 'marks'].includes(kind)) this.#open(answer);
    else if (desk.opened?.kind === 'touch') desk.closeOpen();
  }

  #open(answer) {
    const { desk } = this;
    const [start, end] = answer.selected();
    desk.activate(answer.id);
    desk.picking.unpick();
    desk.closeOpen();
    // A tap may have taken the selection away before the button hears of it.
    const button = (name, act) => h('button', {
      type: 'button',
      class: 'qc-button',
      onmousedown: (event) => event.preventDefault(),
      onclick: () => {
        desk.closeOpen();
        answer.select(start, end);
        act();
      },
    }, name);
    const { texts } = desk;
    const element = h('div', { class: 'qc-touchbar', role: 'toolbar', 'aria-label': texts.toolbar },
      button(texts.codes, () => desk.fields.openPicker()),
      button(texts.in_vivo, () => desk.acts.codeInVivo()),
      button(texts.reduce, () => desk.fields.openReduce()));
    const rects = rangeOf(answer.text, start, end).getClientRects();
    const last = rects[rects.length - 1] ?? answer.text.getBoundingClientRect();
    placeNear(desk.layout.list, element, {
      left: last.left, top: last.top, bottom: last.bottom + HANDLES,
    });
    desk.open({ kind: 'touch', element });
  }
}
