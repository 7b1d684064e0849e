// The tree of a review: which lines are seen and where a key leads. Pure.

import { fit, fold } from './typeahead.js';

export const FILTERS = ['all', 'changed', 'unseen', 'unread', 'asked', 'proposed', 'undecided'];

export const isChanged = (node) => node.changed;

const MEANT = {
  all: () => true,
  changed: isChanged,
  unseen: (node) => !node.seen,
  unread: (node) => node.unread > 0,
  asked: (node) => node.state === 'asked' || node.questions > 0,
  proposed: (node) => node.proposals > 0,
  undecided: (node) => node.state !== 'approved' || node.stale,
};

// How many categories each filter leaves: {all: 12, changed: 2, ...}.
export function counts(nodes) {
  return Object.fromEntries(FILTERS.map((name) => [name, nodes.filter(MEANT[name]).length]));
}

// The lines that are seen: [{node, parent: has children, open, meant}]. What is above a meant category
// is kept, so that its place is known; `closed` are the ids folded in, which a filter opens.
export function seenLines(nodes, filter, typed, closed) {
  const searched = fold(typed);
  const narrowed = filter !== 'all' || Boolean(searched);
  const meant = nodes.map((node) => MEANT[filter](node) && (!searched || fit(node.name, searched) > 0));
  const kept = [...meant];
  for (let n = nodes.length - 1; n > 0; n -= 1) {
    const above = kept[n] ? parentOf(nodes, n) : -1;
    if (above >= 0) kept[above] = true;
  }
  const lines = [];
  let hidden = Infinity;
  nodes.forEach((node, n) => {
    if (node.depth > hidden || !kept[n]) return;
    hidden = Infinity;
    const parent = nodes[n + 1]?.depth > node.depth;
    const open = parent && (narrowed || !closed.has(node.id));
    if (parent && !open) hidden = node.depth;
    lines.push({ node, parent, open, meant: meant[n] });
  });
  return lines;
}

export function parentOf(nodes, n) {
  for (let above = n - 1; above >= 0; above -= 1) {
    if (nodes[above].depth < nodes[n].depth) return above;
  }
  return -1;
}

// Where a key leads from a line: {to: id}, {fold: id} or null. As in every tree.
export function stepFrom(lines, id, key) {
  const at = Math.max(0, lines.findIndex(({ node }) => node.id === id));
  const line = lines[at];
  if (!line) return null;
  const to = (n) => (lines[n] && n !== at ? { to: lines[n].node.id } : null);
  switch (key) {
    case 'ArrowDown': return to(at + 1);
    case 'ArrowUp': return to(at - 1);
    case 'Home': return to(0);
    case 'End': return to(lines.length - 1);
    case 'ArrowRight':
      if (!line.parent) return null;
      return line.open ? to(at + 1) : { fold: line.node.id };
    case 'ArrowLeft':
      if (line.parent && line.open) return { fold: line.node.id };
      return to(lines.findLastIndex(({ node }, n) => n < at && node.depth < line.node.depth));
    default: return null;
  }
}

// The category to read after this one: the next not looked at or changed since; else the next one.
export function nextToRead(nodes, id) {
  const at = nodes.findIndex((node) => node.id === id);
  const later = [...nodes.slice(at + 1), ...nodes.slice(0, Math.max(0, at))];
  const waiting = later.find((node) => !node.seen || isChanged(node) || node.unread > 0);
  return (waiting ?? nodes[at + 1] ?? nodes[at])?.id ?? null;
}
