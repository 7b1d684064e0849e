// Keeps the passage in sight above its reasons, which would else lie over it.

import { rangeOf } from './offsets.js';

const ROOM = 8; // px between the passage and its reasons

export class OfferLift {
  #before = null; // where the answers stood before they were lifted
  #lifted = 0; // and where since

  constructor(layout) {
    this.layout = layout;
  }

  // `start` and `end` are the passage's place in the answer; `box` holds the reasons.
  lift(answer, { start, end }, box) {
    const { list, rowList, headHeight } = this.layout;
    const passage = rangeOf(answer.text, start, end).getBoundingClientRect();
    const covered = passage.bottom + ROOM - box.getBoundingClientRect().top;
    const room = passage.top - ROOM - list.getBoundingClientRect().top - headHeight;
    const by = Math.min(covered, room);
    if (by <= 0) return;
    this.#before ??= list.scrollTop;
    // The last answer has nothing below it to be scrolled past.
    rowList.style.paddingBottom = `${(parseFloat(rowList.style.paddingBottom) || 0) + by}px`;
    list.scrollTop += by;
    this.#lifted = list.scrollTop;
  }

  // The answers stand again where they did, unless somebody has scrolled since.
  putDown() {
    if (this.#before === null) return;
    const { list, rowList } = this.layout;
    if (list.scrollTop === this.#lifted) list.scrollTop = this.#before;
    rowList.style.paddingBottom = '';
    this.#before = null;
  }
}
