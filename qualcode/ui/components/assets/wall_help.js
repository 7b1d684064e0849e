// The keys of the wall in a box over it.

import { h } from './dom.js';

export const helpBox = (texts) =>
  h(
    'div',
    { class: 'qcw-help', hidden: true, role: 'dialog', 'aria-label': texts.help },
    h('dl', {}, ...texts.keys.flatMap(([key, what]) => [h('dt', {}, key), h('dd', {}, what)])),
    h('button', { type: 'button', 'data-act': 'help' }, texts.close),
  );
