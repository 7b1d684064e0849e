// Searching without leaving the answers: / or Ctrl+F opens the search of find_panel.js over them, with
// the selected words in its field. A place found is opened with its words selected, ready to be coded.

import { ChannelError } from './channel.js';
import { h } from './dom.js';
import { FindPanel } from './find_panel.js';
import { address } from './find_model.js';

export class Finding {
  #told = null; // the panel's words, codes and groups: asked once
  #question = null;
  #dialog = null;
  #panel = null;
  #typed = ''; // before the panel was there

  constructor(desk) {
    this.desk = desk;
    desk.keys.bind('/', () => this.open(), { name: 'find words', always: true });
    desk.keys.bind('Ctrl+f', () => this.open(), { name: 'find words, too', always: true });
  }

  async open() {
    if (this.#dialog) return;
    const { desk } = this;
    const selected = String(document.getSelection()).replace(/\s+/gu, ' ').trim();
    const root = h('div', { class: 'qc-find' });
    const dialog = h('dialog', {
      class: 'qc-help qc-find-dialog',
      'aria-label': desk.texts.find,
      onclose: () => this.#closed(),
      onclick: (event) => event.target === dialog && dialog.close(),
      onkeydown: (event) => {
        event.stopPropagation();
        // Who types at once, before the panel is there, finds the letters in its field.
        const types = event.key.length === 1 && !event.ctrlKey && !event.metaKey;
        if (!this.#panel && types) {
          event.preventDefault(); // a space would press the button that has the focus
          this.#typed += event.key;
        }
        // The panel's own uses of Escape do not come this far: from anywhere else it closes.
        if (event.key !== 'Escape') return;
        event.preventDefault();
        dialog.close();
      },
    },
    h('div', { class: 'qc-help-top' },
      h('h2', {}, desk.texts.find),
      h('button', { type: 'button', class: 'qc-button', onclick: () => dialog.close() }, desk.texts.close)),
    root);
    this.#dialog = dialog;
    this.#typed = '';
    desk.root.append(dialog);
    dialog.showModal();
    try {
      this.#told ??= await desk.line.ask('find_start');
    } catch (error) {
      if (!(error instanceof ChannelError)) throw error;
      root.replaceChildren(error.kind === 'refused' ? error.message : desk.texts.offline);
      return;
    }
    if (this.#dialog !== dialog) return;
    // A few words are asked for; a longer passage is no question.
    const words = this.#typed || (selected.length <= 60 ? selected : '');
    const asked = words ? { ...this.#question, text: words } : this.#question;
    this.#panel = new FindPanel({
      root,
      ask: (verb, body, how) => desk.line.ask(verb, body, how),
      data: { ...this.#told, question: asked },
      on: {
        opened: (line) => this.#show(line),
        asked: (question) => { this.#question = question; },
        coded: () => {}, // the news of the marker tells
        left: () => dialog.close(),
      },
    });
    this.#panel.focus({ atEnd: this.#typed !== '' });
  }

  #closed() {
    this.#panel?.leave();
    this.#panel = null;
    this.#dialog.remove();
    this.#dialog = null;
    this.desk.moving.focusActive();
  }

  async #show(line) {
    const { desk } = this;
    if (line.kind !== 'document') {
      window.location.assign(line.kind === 'category'
        ? `luokat?luokka=${encodeURIComponent(line.id)}` : address(line));
      return;
    }
    this.#dialog.close();
    if (!desk.rows.has(line.id)) await desk.line.turnTo({ doc: line.id });
    if (!desk.rows.has(line.id)) return;
    desk.activate(line.id, { focus: true });
    if (line.start === line.end) return;
    const answer = desk.rows.get(line.id);
    const { toUtf16 } = answer.map;
    desk.selecting.show(answer, toUtf16(line.start), toUtf16(line.end));
    desk.selecting.select(answer, toUtf16(line.start), toUtf16(line.end));
  }
}
