// The bar above the answers: pinned codes, tools, and whether everything is saved. A part adds a tool
// with desk.addTool(desk.bar.button(name, key, act, ...content)).

import { fill, h } from './dom.js';
import { savingStopped } from './saving_stopped.js';

// A press on the bar must not undo the selection it is meant for.
const keepSelection = (event) => event.preventDefault();

export class Bar {
  constructor(desk) {
    this.desk = desk;
    const { texts } = desk;
    this.pinned = h('div', { class: 'qc-pinned', role: 'group', 'aria-label': texts.pinned });
    this.readsOnly = h('div', { class: 'qc-only-reading', role: 'note' }, texts.reads_only);
    this.state = h('span', { class: 'qc-state', role: 'status' });
    const acting = [
      this.button(texts.codes, 'C', () => desk.fields.openPicker(), texts.codes, shortcut('C')),
      this.button(texts.reduce, 'Enter', () => desk.fields.openReduce(), texts.reduce, shortcut('↵')),
    ];
    for (const button of acting) button.classList.add('qc-acting');
    this.tools = h('div', { class: 'qc-tools' },
      ...acting,
      this.button(texts.keys, '?', () => desk.help(), '?'),
      this.state);
    this.stopped = this.#stopped(texts);
    this.element = h('div', { class: 'qc-bar', role: 'toolbar', 'aria-label': texts.toolbar },
      this.readsOnly, this.pinned, this.tools, this.stopped);
  }

  #stopped(texts) {
    const press = (act) => () => {
      act(this.desk.acts);
      this.desk.moving.focusActive();
    };
    return savingStopped(texts, {
      again: press((acts) => acts.outbox.tryAgain()),
      leaveOut: press((acts) => acts.leaveOut()),
      look: 'qc-button',
    });
  }

  button(name, key, act, ...content) {
    return h('button', {
      type: 'button', class: 'qc-button', title: `${name} (${key})`, 'aria-keyshortcuts': key,
      onmousedown: keepSelection, onclick: act,
    }, ...content);
  }

  addTool(button) {
    this.state.before(button);
  }

  paintPinned(codes) {
    const { desk } = this;
    const pinned = [...codes.values()]
      .filter((code) => code.key)
      .sort((a, b) => a.key.localeCompare(b.key));
    this.pinned.replaceChildren(...pinned.map((code) => h('button', {
      type: 'button', class: 'qc-button qc-code', title: [code.book, code.label].join(': '),
      'data-code': code.id,
      onclick: () => desk.acts.code(code),
    }, shortcut(code.key), h('i', { class: 'qc-swatch', style: { background: code.colour } }),
    h('span', { class: 'qc-code-name' }, code.label))));
    if (!pinned.length) {
      this.pinned.append(h('span', { class: 'qc-hint' }, desk.texts.nothing_pinned));
    }
  }

  paintState() {
    const { root, texts, acts, timings } = this.desk;
    const { state, pending } = acts;
    root.dataset.state = state;
    root.dataset.pending = pending.length;
    root.dataset.acts = timings.made;
    this.stopped.hidden = state !== 'stopped';
    const text = fill(texts[`state_${state}`], { count: pending.length });
    if (this.state.textContent === text) return;
    this.state.textContent = text;
    this.state.className = `qc-state qc-is-${state}`;
  }
}

const shortcut = (sign) => h('kbd', { 'aria-hidden': 'true' }, sign);
