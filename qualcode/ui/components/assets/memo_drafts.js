// What is being written into memos and not saved yet: it outlives a closed field, a reload and a refusal.
//
//   draft  {text, seen}: the words, and the memo's text that the writer had before their eyes when
//          they began (null for a new memo). When the memo reads otherwise by now, somebody else has
//          changed it meanwhile.

// Where a draft lies: under its memo, or under its place while there is no memo yet.
export const placeKey = (doc, start, end) => (start === null ? doc : `${doc}:${start}-${end}`);

export const keyOf = ({ doc, from, to, whole }, memo) => (
  memo?.id ?? placeKey(doc, whole ? null : from, whole ? null : to));

// The draft for a memo or a place; null without one. One that says what the memo says is none.
export function draftOf(memory, key, memo) {
  const kept = memory.memos[key];
  return kept && kept.text !== memo?.text ? kept : null;
}

export function keepDraft(memory, key, text, seen) {
  if (text.trim() && text !== seen) memory.memos[key] = { text, seen };
  else delete memory.memos[key];
  memory.keep();
}

export function dropDraft(memory, key) {
  delete memory.memos[key];
  memory.keep();
}

// What the server would not save goes back to where it was written. When the memo itself is gone, the
// words wait in the field for a new one at its place, after what is being written there.
export function keepRefused(desk, op) {
  const { memory, view } = desk;
  const rewrites = op.op === 'change_memo';
  if (!rewrites && op.op !== 'write_memo') return;
  const place = op._place ?? placeKey(op.doc, op.start ?? null, op.end ?? null);
  const there = rewrites && view.rows.get(op.doc)?.memos.some(({ id }) => id === op.id);
  if (there) keepDraft(memory, op.id, op.text, op.seen);
  else {
    const waiting = memory.memos[place]?.text;
    keepDraft(memory, place, waiting ? `${waiting}\n\n${op.text}` : op.text, null);
  }
}
