// What to do when the server meets an error with an act again and again: a box with two buttons, shown
// while the outbox has stopped.
//
//   const box = savingStopped(texts, { again, leaveOut, look })   `look` is the class of its buttons
//   box.hidden = outbox.state !== 'stopped'

import { h } from './dom.js';

export function savingStopped(texts, { again, leaveOut, look }) {
  const button = (text, act) => h('button', { type: 'button', class: look, onclick: act }, text);
  return h('div', { class: 'qc-stopped', role: 'alert', hidden: true },
    h('span', {}, texts.stopped), button(texts.try_again, again), button(texts.leave_out, leaveOut));
}
