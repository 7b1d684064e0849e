// The category tree of a review: a tree that is read with the arrow keys. Data goes in as text only.
// Moving opens the category beside the tree after a moment, so that holding an arrow down is light.

import { fill, h, whenGone } from './dom.js';
import { counts, FILTERS, nextToRead, seenLines, stepFrom } from './review_tree_model.js';

const PAUSE = 140; // ms between the last arrow and the opening of the category
const kept = new WeakMap();

export default function reviewTree({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector('.qc-review');
  let view = kept.get(root);
  if (!view) {
    view = new ReviewTree(root);
    kept.set(root, view);
  }
  view.send = setTriggerValue;
  view.take(data);
  return () => whenGone(root, () => view.end());
}

class ReviewTree {
  constructor(root) {
    this.root = root;
    this.closed = new Set();
    this.filter = 'all';
    this.typed = '';
    this.at = null;
    this.sent = null;
    this.timer = null;
    this.drawn = '';
  }

  take(data) {
    const first = !this.data;
    this.data = data;
    // What the page opened (an address, "seen, next") moves the cursor; an echo of ours does not.
    const moved = data.chosen && data.chosen !== this.sent && !this.timer;
    if (moved) this.at = data.chosen;
    if (!data.nodes.some(({ id }) => id === this.at)) this.at = data.chosen ?? data.nodes[0]?.id ?? null;
    this.sent = data.chosen;
    const print = JSON.stringify(data);
    if (print === this.drawn) return;
    this.drawn = print;
    if (first) this.frame();
    this.draw();
    if (moved) this.item(this.at)?.scrollIntoView({ block: 'nearest' });
  }

  end() {
    clearTimeout(this.timer);
  }

  frame() {
    const { words } = this.data;
    this.find = h('input', {
      type: 'search',
      class: 'qcv-find',
      placeholder: words.find,
      'aria-label': words.find,
      oninput: () => { this.typed = this.find.value; this.draw(); },
      onkeydown: (event) => {
        if (event.key !== 'ArrowDown' && event.key !== 'Enter' && event.key !== 'Escape') return;
        event.preventDefault();
        if (event.key === 'Escape') { this.find.value = ''; this.typed = ''; this.draw(); }
        const line = this.lines.find(({ meant }) => meant);
        if (line) { this.go(line.node.id); }
      },
    });
    this.choice = h('select', {
      class: 'qcv-filter',
      'aria-label': words.all,
      onchange: () => { this.filter = this.choice.value; this.draw(); },
    });
    this.list = h('div', {
      class: 'qcv-tree',
      role: 'tree',
      'aria-label': words.tree,
      onkeydown: (event) => this.key(event),
      onclick: (event) => this.click(event),
    });
    this.root.replaceChildren(
      h('div', { class: 'qcv-head' }, this.find, this.choice),
      this.list,
      h('div', { class: 'qcv-keys', 'aria-hidden': 'true' },
        h('span', {}, words.keys), h('span', {}, words.numbers)),
    );
  }

  draw() {
    const { nodes, words } = this.data;
    const found = counts(nodes);
    this.choice.replaceChildren(
      ...FILTERS.filter((name) => name === 'all' || name === this.filter || found[name]).map((name) =>
        h('option', { value: name, selected: name === this.filter }, `${words[name]} (${found[name]})`)),
    );
    this.choice.value = this.filter;
    this.lines = seenLines(nodes, this.filter, this.typed, this.closed);
    const focused = this.list.contains(document.activeElement);
    const top = this.list.scrollTop;
    this.list.replaceChildren(...this.lines.map((line) => this.line(line)));
    if (!this.lines.length) this.list.append(h('p', { class: 'qcv-none' }, words.none));
    this.list.scrollTop = top;
    if (!this.item(this.at)) this.tabStop(this.lines[0]?.node.id);
    if (focused) this.item(this.at)?.focus();
    this.root.dataset.count = this.lines.length;
    this.root.dataset.chosen = this.data.chosen ?? '';
  }

  line({ node, parent, open, meant }) {
    const { words } = this.data;
    const marks = [];
    const mark = (kind, text) => marks.push(h('span', { class: `qcv-mark ${kind}` }, text));
    for (const text of node.fresh) mark('fresh', text);
    for (const text of node.talk) mark('talk', text);
    const state = node.stale ? 'stale' : node.state;
    const sign = { draft: '', asked: '?', approved: '✓', stale: '✓!' }[state];
    return h('div', {
      role: 'treeitem',
      class: `qcv-line${meant ? '' : ' above'}${node.depth ? '' : ' top'}${this.data.began && !node.seen && !node.changed ? ' unseen' : ''}`,
      'data-id': node.id,
      'aria-level': node.depth + 1,
      'aria-selected': node.id === this.at ? 'true' : 'false',
      'aria-expanded': parent ? String(open) : null,
      tabindex: node.id === this.at ? '0' : '-1',
      style: { '--depth': node.depth },
    },
    h('span', { class: 'qcv-fold', 'aria-hidden': 'true' }, parent ? (open ? '▾' : '▸') : ''),
    h('span', { class: 'qcv-name' }, node.name,
      marks.length ? h('span', { class: 'qcv-marks' }, ...marks) : null),
    h('span', { class: `qcv-state ${state}`, title: state === 'draft' ? null : words[`state_${state}`], role: sign ? 'img' : null, 'aria-label': sign ? words[`state_${state}`] : null }, sign),
    h('span', { class: 'qcv-counts', title: fill(words.counts, node) },
      h('span', { class: 'qcv-hidden' }, fill(words.counts, node)),
      h('span', { 'aria-hidden': 'true' }, `${node.people} · ${node.mentions}`)));
  }

  item(id) {
    return [...this.list.querySelectorAll('[role=treeitem]')].find((one) => one.dataset.id === id);
  }

  tabStop(id) {
    for (const one of this.list.querySelectorAll('[role=treeitem]')) {
      one.tabIndex = one.dataset.id === id ? 0 : -1;
    }
  }

  go(id, soon = false) {
    this.at = id;
    for (const one of this.list.querySelectorAll('[role=treeitem]')) {
      one.setAttribute('aria-selected', one.dataset.id === id ? 'true' : 'false');
    }
    this.tabStop(id);
    const item = this.item(id);
    item?.focus({ preventScroll: true });
    item?.scrollIntoView({ block: 'nearest' });
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.open(id), soon ? PAUSE : 0);
  }

  open(id) {
    this.timer = null;
    if (id === this.sent) return;
    this.sent = id;
    this.send('open', { id });
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const id = event.target.closest('[role=treeitem]')?.dataset.id ?? this.at;
    if (event.key === '/') {
      event.preventDefault();
      this.find.focus();
      return;
    }
    if (event.key === 's' || event.key === 'S') {
      event.preventDefault();
      clearTimeout(this.timer);
      this.timer = null;
      const next = nextToRead(this.data.nodes, id);
      this.send('seen', { id, next });
      return;
    }
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      this.go(id);
      return;
    }
    const step = stepFrom(this.lines, id, event.key);
    if (!step) return;
    event.preventDefault();
    if (step.fold) this.fold(step.fold);
    else this.go(step.to, true);
  }

  fold(id) {
    if (!this.closed.delete(id)) this.closed.add(id);
    this.draw();
  }

  click(event) {
    const line = event.target.closest('[role=treeitem]');
    if (!line) return;
    if (event.target.closest('.qcv-fold') && line.hasAttribute('aria-expanded')) this.fold(line.dataset.id);
    else this.go(line.dataset.id);
  }
}
