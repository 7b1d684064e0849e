// Drag and drop of codes: a code onto an answer, onto a selection or onto a passage already marked; or
// a selected text onto a code. Whatever shows a code takes part by itself when it has data-code="id".
//
// Codes are followed by pointer events, for Firefox drags no buttons; texts by the browser's own drag.

import { h } from './dom.js';

const FAR_ENOUGH = 6; // px: less is a click
const EDGE = 40; // px from the list's ends where a drag scrolls it

export class Dragging {
  #pressed = null; // {code, x, y}: where a code was pressed
  #carried = null; // {code, ghost, target}: a code on its way, and what it would code
  #text = null; // the target of a text on its way

  constructor(desk) {
    this.desk = desk;
    const { root } = desk;
    root.addEventListener('pointerdown', (event) => this.#press(event));
    root.addEventListener('mousedown', (event) => this.#keepSelection(event));
    root.addEventListener('dragstart', (event) => this.#textStarts(event));
    root.addEventListener('dragover', (event) => this.#textOver(event));
    root.addEventListener('drop', (event) => this.#textDrops(event));
    root.addEventListener('dragend', () => this.#textEnds());
    const listeners = {
      pointermove: (event) => this.#move(event),
      pointerup: (event) => this.#release(event),
      pointercancel: () => this.#end(),
      keydown: (event) => this.#carried && event.key === 'Escape' && this.#end(),
    };
    for (const [name, listen] of Object.entries(listeners)) window.addEventListener(name, listen, true);
    desk.on('close', () => {
      this.#end();
      for (const [name, listen] of Object.entries(listeners)) {
        window.removeEventListener(name, listen, true);
      }
    });
  }

  // --- a code onto a text ---

  #codeUnder({ target }) {
    const shown = target.closest?.('[data-code]');
    return shown && !target.closest('input, textarea') ? this.desk.view.codes.get(shown.dataset.code) : null;
  }

  #press(event) {
    if (event.button !== 0 || event.pointerType === 'touch' || this.desk.readsOnly) return;
    // On a busy page the next press comes before the last drag has been put away.
    if (this.#carried) this.#end();
    const code = this.#codeUnder(event);
    this.#pressed = code && { code, x: event.clientX, y: event.clientY };
  }

  // A press on a code must not undo the selection it is meant for.
  #keepSelection(event) {
    if (this.#codeUnder(event)) event.preventDefault();
  }

  #move(event) {
    if (!this.#pressed) return;
    const { code, x, y } = this.#pressed;
    if (!this.#carried) {
      if (Math.hypot(event.clientX - x, event.clientY - y) < FAR_ENOUGH) return;
      this.#carried = { code, ghost: this.#ghost(code), target: null };
      this.desk.root.classList.add('qc-is-dragging');
    }
    const { ghost } = this.#carried;
    ghost.style.transform = `translate(${event.clientX + 12}px, ${event.clientY + 14}px)`;
    this.#scrollAtEdge(event);
    this.#carried.target = this.#targetAt(event);
    this.#show(this.#carried);
  }

  #release(event) {
    const carried = this.#carried;
    this.#pressed = null;
    if (!carried) return;
    // The end of a drag is no click on what lies there.
    window.addEventListener('mouseup', (up) => up.stopPropagation(), { capture: true, once: true });
    window.addEventListener('click', (click) => click.stopPropagation(), { capture: true, once: true });
    setTimeout(() => this.#carried === carried && this.#end(), 0);
    event.preventDefault();
    if (!carried.target) return;
    this.desk.activate(carried.target.doc, { focus: true });
    this.desk.acts.code(carried.code, carried.target);
  }

  #end() {
    this.#pressed = null;
    this.#carried?.ghost.remove();
    this.#carried = null;
    this.desk.root.classList.remove('qc-is-dragging');
    this.#show({ target: null });
  }

  // What a code would be given to: the selection in that answer, the passage under the pointer, the
  // gathered answers if it is one of them, or the whole answer.
  #targetAt({ clientX, clientY }) {
    const { desk } = this;
    const under = document.elementFromPoint(clientX, clientY);
    const row = desk.layout.list.contains(under) && under.closest('.qc-row');
    if (!row) return null;
    const answer = desk.rows.get(row.dataset.doc);
    const span = answer.selected() ?? this.#passage(answer, under);
    const target = desk.selecting.ofSpan(answer, span);
    const docs = desk.gathering.ids;
    return !span && docs.includes(answer.id) ? { ...target, docs } : target;
  }

  // [start, end] of the shortest mark under the pointer, or null.
  #passage(answer, under) {
    const ids = under.closest('.qc-mark')?.dataset.ids.split(' ') ?? [];
    const marks = [...answer.spans, ...answer.links].filter((mark) => ids.includes(mark.id));
    const [shortest] = marks.sort((a, b) => (a.end - a.start) - (b.end - b.start));
    return shortest ? [shortest.start, shortest.end] : null;
  }

  #show({ target, ghost }) {
    const { desk } = this;
    const docs = target?.docs ?? (target ? [target.doc] : []);
    for (const { id, element } of desk.rows.all) {
      element.classList.toggle('qc-is-drop', docs.includes(id));
    }
    if (ghost) ghost.lastChild.textContent = target ? desk.selecting.named(target, 40) : '';
    if (target && !target.whole) desk.selecting.showTarget(target);
    else if (!desk.opened?.target) globalThis.CSS?.highlights?.delete('qc-target');
  }

  #ghost(code) {
    const ghost = h('div', { class: 'qc-ghost', 'aria-hidden': 'true' },
      h('i', { class: 'qc-swatch', style: { background: code.colour ?? '#777777' } }),
      h('span', {}, code.label),
      h('span', { class: 'qc-hint' }));
    this.desk.root.append(ghost);
    return ghost;
  }

  #scrollAtEdge({ clientX, clientY }) {
    const { list } = this.desk.layout;
    const box = list.getBoundingClientRect();
    if (clientX < box.left || clientX > box.right) return;
    if (clientY < box.top + EDGE && clientY > box.top) list.scrollTop -= 14;
    else if (clientY > box.bottom - EDGE && clientY < box.bottom) list.scrollTop += 14;
  }

  // --- a text onto a code ---

  #textStarts({ target }) {
    const { active, readsOnly } = this.desk;
    const within = !readsOnly && target.nodeType === Node.TEXT_NODE && active?.text.contains(target);
    this.#text = within && active.selected() ? this.desk.selecting.ofActive() : null;
  }

  #textOver(event) {
    if (!this.#text) return;
    const shown = event.target.closest('[data-code]');
    this.#mark(shown);
    if (!shown) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
  }

  #textDrops(event) {
    const code = this.#text && this.#codeUnder(event);
    if (!code) return;
    event.preventDefault();
    this.desk.acts.code(code, this.#text);
    this.#textEnds();
  }

  #textEnds() {
    this.#text = null;
    this.#mark(null);
  }

  #mark(shown) {
    for (const other of this.desk.root.querySelectorAll('.qc-is-drop[data-code]')) {
      other.classList.remove('qc-is-drop');
    }
    shown?.classList.add('qc-is-drop');
  }
}
