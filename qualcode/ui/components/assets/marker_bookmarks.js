// Bookmarks: B leaves one at the place that is read, or takes it away; Shift+B goes to the next one of
// the study, Alt+B lists them. They are each reader's own.

import { brief, fill, h } from './dom.js';
import { Reading } from './marker_reading.js';
import { pieceAt } from './offsets.js';
import { placeNear } from './popover.js';

export class Bookmarks {
  #way = null; // a promise, until a bookmark that the server was asked for has been gone to

  constructor(desk) {
    this.desk = desk;
    const bind = (key, name, act) => desk.keys.bind(key, act, { name });
    desk.keys.bind('b', () => this.#inTurn(() => this.toggle()), { name: 'bookmark', acts: true });
    bind('Shift+b', 'next bookmark', () => this.#inTurn(() => this.next()));
    bind('Alt+b', 'list of bookmarks', () => this.list());
  }

  // A key pressed on the way to another bookmark is meant for the place that one arrives at.
  #inTurn(act) {
    const way = this.#way ? this.#way.then(act) : act();
    if (!way) return;
    this.#way = way;
    way.finally(() => {
      if (this.#way === way) this.#way = null;
    });
  }

  // At the line of what is selected or picked, else at the first line in sight.
  toggle() {
    const { desk } = this;
    const answer = desk.active;
    const row = desk.view.rows.get(answer.id);
    const line = this.#line(answer);
    const there = row.bookmarks.find(({ position }) => {
      const at = answer.map.toUtf16(position);
      return at >= line.start && at < Math.max(line.end, line.start + 1);
    });
    if (there) {
      desk.act({ op: 'unbookmark', doc: answer.id, id: there.id }, desk.texts.bookmark_removed);
      return;
    }
    const words = brief(answer.shown.slice(line.words, line.end), 40);
    desk.act(
      {
        op: 'bookmark',
        id: crypto.randomUUID(),
        doc: answer.id,
        position: answer.map.toCodePoint(line.words < line.end ? line.words : line.start),
      },
      fill(desk.texts.bookmark_set, { text: words }),
    );
  }

  // A short answer is one place.
  #line(answer) {
    if (!answer.long) return { start: 0, words: 0, end: answer.shown.length };
    const { lines } = answer.form;
    const [start] = this.desk.part(Reading).here;
    return lines[pieceAt(lines, start)];
  }

  // The next one of the page, then those of other pages in the order of the study, then from its
  // beginning again.
  async next() {
    const { desk } = this;
    const { ids, activeId } = desk.rows;
    const here = ids.indexOf(activeId);
    const { end } = this.#line(desk.active);
    const onPage = desk.rows.all.flatMap((answer) => desk.view.rows.get(answer.id).bookmarks
      .map(({ position }) => ({ doc: answer.id, position }))
      .sort((a, b) => a.position - b.position));
    const later = onPage.find(({ doc, position }) => {
      const index = ids.indexOf(doc);
      const answer = desk.rows.get(doc);
      return index > here || (index === here && answer.long && answer.map.toUtf16(position) >= end);
    });
    if (later) {
      await this.go(later);
      return;
    }
    const all = await this.#ask();
    const last = all.findLastIndex(({ doc }) => desk.rows.has(doc));
    const next = all.slice(last + 1).find(({ doc }) => !desk.rows.has(doc)) ?? all[0] ?? onPage[0];
    if (next) await this.go(next);
    else desk.say(desk.texts.no_bookmarks);
  }

  async go({ doc, position }) {
    const { desk } = this;
    if (!desk.rows.has(doc)) await desk.line.turnTo({ doc });
    const answer = desk.rows.get(doc);
    if (!answer) {
      desk.say(desk.texts.bookmark_elsewhere);
      return;
    }
    document.getSelection().removeAllRanges();
    desk.activate(doc, { focus: true });
    const at = answer.map.toUtf16(position);
    if (answer.long) {
      const { lines } = answer.form;
      desk.part(Reading).go(at, lines[pieceAt(lines, at)].end);
    }
    desk.say(fill(desk.texts.bookmark_set, { text: brief(answer.shown.slice(at, at + 80), 40) }));
  }

  // Without an answer from the server there are none to tell of.
  async #ask() {
    try {
      return (await this.desk.line.ask('bookmarks', {})).bookmarks;
    } catch (error) {
      if (!error.kind) throw error;
      return [];
    }
  }

  async list() {
    const { desk } = this;
    const places = await this.#ask();
    if (!places.length) {
      desk.say(desk.texts.no_bookmarks);
      return;
    }
    desk.fields.leave();
    const close = () => {
      desk.closeOpen();
      desk.moving.focusActive();
    };
    const choose = (place) => {
      close();
      this.go(place);
    };
    const buttons = places.map((place) => h('button', {
      type: 'button', class: 'qc-bookmark', onclick: () => choose(place),
    }, h('b', {}, place.label), h('span', {}, place.quote)));
    const step = (by) => {
      const at = buttons.indexOf(document.activeElement) + by;
      buttons[Math.max(0, Math.min(buttons.length - 1, at))].focus();
    };
    const element = h('div', {
      class: 'qc-picker qc-bookmarks',
      role: 'dialog',
      'aria-label': desk.texts.bookmarks,
      onkeydown: (event) => {
        const act = {
          ArrowDown: () => step(1), ArrowUp: () => step(-1), Escape: close,
        }[event.key];
        if (act) {
          event.preventDefault();
          act();
        }
        event.stopPropagation();
      },
    }, h('div', { class: 'qc-heading' }, desk.texts.bookmarks), ...buttons);
    const { list } = desk.layout;
    const frame = list.getBoundingClientRect();
    placeNear(list, element, { left: frame.left + 60, top: frame.top, bottom: frame.top + 4 });
    desk.open({ kind: 'bookmarks', element });
    buttons[0].focus({ preventScroll: true });
  }
}
