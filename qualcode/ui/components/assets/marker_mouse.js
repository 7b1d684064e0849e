// The mouse on the answers: a press closes what is open, a release makes the row active, picks the
// mark under it or leaves the browser's own selection as the target. With Shift or Ctrl it gathers
// rows instead (marker_gathering.js).

import { positionOf } from './offsets.js';

const ELSEWHERE = 'button, input, .qc-reduce, .qc-marks, .qc-picker';

export class Mouse {
  constructor(desk) {
    this.desk = desk;
    const { list } = desk.layout;
    list.addEventListener('mousedown', (event) => this.#pressed(event));
    list.addEventListener('mouseup', (event) => this.#released(event));
  }

  #pressed(event) {
    const { target } = event;
    const inside = this.desk.opened?.element.contains(target);
    if (inside || target.closest('input, .qc-alert')) return;
    this.desk.fields.leave();
    // The browser would stretch its selection over the rows between.
    if (this.#gathers(event)) event.preventDefault();
  }

  #released(event) {
    const { target } = event;
    const { desk } = this;
    const element = target.closest('.qc-row');
    if (!element || target.closest(ELSEWHERE)) return;
    const { doc } = element.dataset;
    if (this.#gathers(event)) {
      if (event.shiftKey) desk.gathering.reach(doc);
      else desk.gathering.toggle(doc);
      return;
    }
    desk.activate(doc, { focus: true });
    if (target.closest('.qc-margin')) return; // the stripe's or the label's own click
    const mark = target.closest('.qc-mark');
    const selection = document.getSelection();
    if (mark && selection.isCollapsed) {
      const { text } = desk.active;
      const at = selection.anchorNode && text.contains(selection.anchorNode)
        ? positionOf(text, selection.anchorNode, selection.anchorOffset)
        : null;
      desk.picking.pickAt(doc, mark.dataset.ids.split(' '), at);
    } else desk.picking.unpick();
    desk.status.paint();
  }

  // Shift within the active answer stretches the selection, as everywhere.
  #gathers({ target, button, shiftKey, ctrlKey, metaKey }) {
    const element = target.closest('.qc-row');
    if (!element || button !== 0 || target.closest(ELSEWHERE)) return false;
    return ctrlKey || metaKey || (shiftKey && element.dataset.doc !== this.desk.rows.activeId);
  }
}
