// The search page: the panel of find_panel.js, its question kept for this tab, and its ways out.
//
// A line that is opened goes to the page as the trigger `open` ({kind, id}). `acted` tells that the study
// has changed, so that the undo button of the page's head knows.

import { createChannel } from './channel.js';
import { whenGone } from './dom.js';
import { FindPanel } from './find_panel.js';

const panels = new WeakMap();

export default function findList({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector('.qc-find');
  let kept = panels.get(root);
  if (!kept) {
    kept = make(root, data);
    panels.set(root, kept);
  }
  kept.send = setTriggerValue;
  kept.channel.open(data.channel);
  kept.panel ??= start(root, kept, data);
  kept.panel.update(data);
  return () =>
    whenGone(root, () => {
      kept.panel.leave();
      panels.delete(root);
    });
}

function make() {
  return {
    channel: createChannel({
      wake: () => window.dispatchEvent(new CustomEvent('qc-wake', { detail: {} })),
    }),
    panel: null,
    send: null,
  };
}

function start(root, kept, data) {
  const name = `qc-find:${data.study}`;
  const panel = new FindPanel({
    root,
    ask: kept.channel.ask,
    data: { ...data, question: data.question ?? read(name) },
    on: {
      opened: ({ kind, id }) => kept.send('open', { kind, id }),
      asked: (question) => keep(name, question),
      coded: () => kept.send('acted', { at: Date.now() }),
    },
  });
  panel.focus();
  return panel;
}

// A browser may forbid keeping anything: then the question is asked anew.
function read(name) {
  try {
    return JSON.parse(sessionStorage.getItem(name));
  } catch {
    return null;
  }
}

function keep(name, question) {
  try {
    sessionStorage.setItem(name, JSON.stringify(question));
  } catch {
    // Nothing is lost but the question's return on this page.
  }
}
