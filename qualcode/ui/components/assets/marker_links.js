// Links to an answer or to a passage of it: copied with a key, and followed when the page opens at one.

import { fill } from './dom.js';

export class Links {
  #followed = null;

  constructor(desk) {
    this.desk = desk;
    desk.keys.bind('l', () => this.copy(), { name: 'copy a link' });
    desk.on('data', (data) => {
      const { open } = data.options;
      if (!open?.span || open.token === this.#followed || !desk.rows.has(open.doc)) return;
      this.#followed = open.token;
      // The answer itself is chosen after all parts have had the data.
      queueMicrotask(() => this.#pick(open.doc, open.span));
    });
  }

  // The address of the picked coding or reduction, or else of the answer.
  get address() {
    const { desk } = this;
    const { mark } = desk.picking;
    const [name, id] = mark ? ['ilmaus', mark.id] : ['vastaus', desk.rows.activeId];
    const url = new URL(window.location.href);
    url.search = new URLSearchParams({ [name]: id });
    url.hash = '';
    return url.href;
  }

  async copy() {
    const { desk, address } = this;
    const copied = await copyText(address);
    desk.moving.focusActive();
    desk.say(copied ? desk.texts.link_copied : fill(desk.texts.link_is, { address }));
  }

  // Every mark on the passage; where there is none any more, the passage itself is selected.
  #pick(doc, [from, to]) {
    const { desk } = this;
    const row = desk.view.rows.get(doc);
    const ids = [...row.spans, ...row.reductions]
      .filter(({ start, end }) => start === from && end === to)
      .map(({ id }) => id);
    const answer = desk.rows.get(doc);
    const { toUtf16 } = answer.map;
    desk.moving.focusActive();
    desk.selecting.show(answer, toUtf16(from), toUtf16(to));
    if (ids.length) desk.picking.pick(doc, ids);
    else desk.selecting.select(answer, toUtf16(from), toUtf16(to));
  }
}

// The clipboard of the browser is there on a safe address only; elsewhere an old way still works.
async function copyText(text) {
  if (navigator.clipboard && window.isSecureContext) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch (error) {
      console.warn('qualcode: the clipboard refused the link', error);
    }
  }
  const field = document.createElement('textarea');
  field.value = text;
  field.setAttribute('readonly', '');
  field.className = 'qc-unseen';
  document.body.append(field);
  field.select();
  const copied = document.execCommand('copy');
  field.remove();
  return copied;
}
