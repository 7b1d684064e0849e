// The list of all keys, shown with ?. A native dialog: it keeps the focus and closes with Esc.

import { h } from './dom.js';

// groups: [{heading: 'Moving', keys: [{keys: ['J', '↓'], text: 'next answer'}, ...]}, ...]
export function showKeys(parent, groups, texts) {
  const line = ({ keys: names, text }) => h('tr', {},
    h('th', { scope: 'row' }, ...names.flatMap((name, i) => [i ? ' ' : '', h('kbd', {}, name)])),
    h('td', {}, text));
  const group = ({ heading, keys }) => h('section', {},
    h('h3', {}, heading),
    h('table', {}, h('tbody', {}, ...keys.map(line))));
  const dialog = h('dialog', {
    class: 'qc-help', 'aria-label': texts.keys, onclose: () => dialog.remove(),
    onkeydown: (event) => {
      event.stopPropagation();
      if (event.key === '?') dialog.close();
    },
  },
  h('div', { class: 'qc-help-top' },
    h('h2', {}, texts.keys),
    h('button', { type: 'button', class: 'qc-button', onclick: () => dialog.close() }, texts.close)),
  h('div', { class: 'qc-help-groups' }, ...groups.map(group)));
  parent.append(dialog);
  dialog.showModal();
  return dialog;
}
