// What the screen shows: the server's rows with the operations it has not confirmed yet. Pure.
//
// A new kind of operation that should be seen before it is saved: one line in VIEWS.

// rows as Python sends them -> rows as the marker uses them.
//   spans       [coding id, start, end, code id, coder?]        (coder only when it is not me)
//   reductions  [link id, start, end, reduction id, wording, coder?]
//   turns       [start, words, end, n]     (of the speaker with the number n; see long_text.js)
//   speakers    [label, interviewer?] · bookmarks  [id, position]
//   stances     [id, start, end, stance, whom it speaks of, who speaks, coder?]
//   memos       [id, start, end, text, who, at, links]     (start and end null: the whole answer)
export function readRow(row) {
  return {
    ...row,
    spans: row.spans.map(([id, start, end, code, coder]) => ({ id, start, end, code, coder })),
    reductions: row.reductions.map(([id, start, end, reduction, wording, coder]) => ({
      id, start, end, reduction, wording, coder,
    })),
    speakers: (row.speakers ?? []).map(([label, interviewer]) => ({ label, interviewer })),
    bookmarks: (row.bookmarks ?? []).map(([id, position]) => ({ id, position })),
    stances: (row.stances ?? []).map(([id, start, end, stance, about, speaker, coder]) => ({
      id, start, end, stance, about, speaker, coder,
    })),
    memos: (row.memos ?? []).map(([id, start, end, text, who, at, links]) => ({
      id, start, end, text, who, at, links,
    })),
  };
}

// {rows, codes}: `rows` (Map id -> row) and `codes` (Map id -> code) after `pending`. Rows that no
// operation touches are the same objects as before, so a repaint can tell what changed.
export function withPending(rows, codes, pending) {
  let view = { rows, codes };
  for (const op of pending) view = VIEWS[op.op]?.(withNewCode(view, op), op) ?? view;
  return view;
}

// An act may make the code that it uses.
function withNewCode(view, op) {
  if (!op.new) return view;
  return VIEWS.add_code(view, { id: op.code, ...op.new, _book: op._book });
}

// operation -> (view, op) -> view. Undo and redo are painted as far as the page remembers what they
// bring back (undo_memory.js); only the server knows it for sure.
const VIEWS = {
  code: onRow((row, op) => addTo(row, 'spans', spanOf(op, op.code))),
  reduce: onRow((row, op) => addTo(row, 'reductions', linkOf(op))),
  link: onRow((row, op) => addTo(row, 'reductions', linkOf(op))),
  stand: onRow(stand),
  aside: onRow((row, op) => ({ ...row, aside: op.aside })),
  aside_many: (view, op) => op.docs.reduce((so, doc) => VIEWS.aside(so, { ...op, doc }), view),
  uncode: onEvery((row, op) => removeFrom(row, 'spans', [op.id])),
  uncode_many: onEvery((row, op) => removeFrom(row, 'spans', op.ids)),
  unlink: onEvery((row, op) => removeFrom(row, 'reductions', [op.id])),
  stretch: onEvery((row, op) => (op.kind === 'reduction' ? stretchLink(row, op) : stretch(row, op))),
  split_coding: onEvery(splitCoding),
  merge_codings: onEvery(mergeCodings),
  recode: onEvery(recode),
  code_many: (view, op) => op.items.reduce(
    (so, item) => VIEWS.code(so, { ...item, code: op.code }), view),
  accept_codes: (view, op) => op.items.reduce((so, item) => VIEWS.code(so, item), view),
  bookmark: onRow((row, { id, position }) => addTo(row, 'bookmarks', { id, position })),
  unbookmark: onEvery((row, op) => removeFrom(row, 'bookmarks', [op.id])),
  speaker: onEvery(setSpeaker),
  write_memo: onRow((row, op) => addTo(row, 'memos', memoOf(op))),
  change_memo: onEvery((row, { id, text }) => (row.memos.some((memo) => memo.id === id)
    ? { ...row, memos: row.memos.map((memo) => (memo.id === id ? { ...memo, text } : memo)) }
    : row)),
  remove_memo: onEvery((row, op) => removeFrom(row, 'memos', [op.id])),
  pin: ({ rows, codes }, { code, key }) => (
    { rows, codes: editCode(codes, { id: code, changes: { shortcut: key } }) }),
  edit_code: ({ rows, codes }, op) => ({ rows, codes: editCode(codes, op) }),
  merge_codes: ({ rows, codes }, op) => ({
    rows: onEvery(takeCode)({ rows, codes }, op).rows,
    codes: new Map([...codes].filter(([id]) => !op.others.includes(id))),
  }),
  undo: (view, op) => (op._paint ? VIEWS[op._paint.op](view, op._paint) : view),
  redo: (view, op) => (op._paint ? VIEWS[op._paint.op]?.(view, op._paint) ?? view : view),
  _put: (view, op) => ({
    ...view,
    rows: op.marks.reduce((rows, { doc, mark }) => (
      changeRow(rows, doc, mark, (row) => addTo(row, op.list, mark))), view.rows),
  }),
  add_code: ({ rows, codes }, op) => (
    { rows, codes: codes.has(op.id) ? codes : new Map(codes).set(op.id, newCode(op)) }),
};

function onRow(change) {
  return ({ rows, codes }, op) => ({ codes, rows: changeRow(rows, op.doc, op, change) });
}

function onEvery(change) {
  return ({ rows, codes }, op) => {
    let result = rows;
    for (const id of rows.keys()) result = changeRow(result, id, op, change);
    return { codes, rows: result };
  };
}

function changeRow(rows, id, op, change) {
  const row = rows.get(id);
  if (!row) return rows;
  const changed = change(row, op);
  return changed === row ? rows : new Map(rows).set(id, changed);
}

// --- the marks of a row ---

const spanOf = (place, code) => ({
  id: place.id, start: place.start, end: place.end, code, waiting: true,
});

const linkOf = (op) => ({
  id: op.id,
  start: op.start,
  end: op.end,
  reduction: op.reduction ?? op.id,
  wording: op.wording ?? op._wording ?? '…',
  waiting: true,
});

const memoOf = ({ id, start = null, end = null, text }) => ({
  id, start, end, text, who: '', at: '', links: {}, waiting: true,
});

const newCode = (op) => ({
  id: op.id,
  label: op.label,
  book: op._book ?? '',
  colour: op.colour ?? '#777777',
  key: '',
  parent: op.under ?? '',
});

// A key belongs to one code at a time: another that has it loses it.
function editCode(codes, { id, changes: { shortcut, ...texts } }) {
  if (!codes.has(id)) return codes;
  const changed = new Map(codes);
  if (shortcut) {
    for (const [other, code] of codes) if (code.key === shortcut) changed.set(other, { ...code, key: '' });
  }
  const key = shortcut === undefined ? {} : { key: shortcut };
  return changed.set(id, { ...codes.get(id), ...texts, ...key });
}

function addTo(row, list, item) {
  if (row[list].some((other) => other.id === item.id)) return row;
  return { ...row, [list]: [...row[list], item] };
}

function removeFrom(row, list, ids) {
  if (!row[list].some((item) => ids.includes(item.id))) return row;
  return { ...row, [list]: row[list].filter((item) => !ids.includes(item.id)) };
}

const samePlace = (a, b) => a.start === b.start && a.end === b.end;

// The row with my coding `span` as given in its old place; one that says the same becomes one with it.
function laid(row, span) {
  const twin = (other) => other.id !== span.id && other.code === span.code && samePlace(other, span)
    && !other.coder && !span.coder;
  const spans = row.spans.map((other) => (other.id === span.id ? span : other));
  return { ...row, spans: spans.filter((other) => !twin(other)) };
}

function stretch(row, { id, start, end }) {
  const old = row.spans.find((span) => span.id === id);
  return old ? laid(row, { ...old, start, end, waiting: true }) : row;
}

// A span is reduced to one reduction once: the link that is there stays.
function stretchLink(row, { id, start, end }) {
  const old = row.reductions.find((link) => link.id === id);
  if (!old) return row;
  const now = { ...old, start, end, waiting: true };
  const there = row.reductions.some((link) => link.id !== id && link.reduction === old.reduction
    && samePlace(link, now));
  if (there) return removeFrom(row, 'reductions', [id]);
  return { ...row, reductions: row.reductions.map((link) => (link.id === id ? now : link)) };
}

function splitCoding(row, { id, pieces, ids }) {
  const old = row.spans.find((span) => span.id === id);
  if (!old) return row;
  const [[start, end], ...others] = pieces;
  let result = stretch(row, { id, start, end });
  others.forEach(([from, to], n) => {
    const piece = spanOf({ id: ids[n], start: from, end: to }, old.code);
    const there = result.spans.some((span) => span.code === old.code && samePlace(span, piece)
      && !span.coder);
    if (!there) result = addTo(result, 'spans', piece);
  });
  return result;
}

function mergeCodings(row, { ids }) {
  const parts = row.spans.filter((span) => ids.includes(span.id));
  if (parts.length < 2) return row;
  const [kept, ...gone] = ids;
  return stretch(removeFrom(row, 'spans', gone), {
    id: kept,
    start: Math.min(...parts.map((span) => span.start)),
    end: Math.max(...parts.map((span) => span.end)),
  });
}

// My one word on a passage, instead of what I said of it before; nothing said, it is gone.
function stand(row, { id, start, end, stance, about, speaker }) {
  const before = row.stances.find((one) => !one.coder && samePlace(one, { start, end }));
  const others = row.stances.filter((one) => one !== before);
  const said = { stance: stance ?? '', about, speaker: speaker ?? '' };
  const now = { id: before?.id ?? id, start, end, ...said, waiting: true };
  return { ...row, stances: stance || about || speaker ? [...others, now] : others };
}

// In every text where somebody speaks under this mark, letter case aside.
function setSpeaker(row, { label, interviewer }) {
  const same = (speaker) => speaker.label.toLowerCase() === label.toLowerCase();
  if (!row.speakers?.some((one) => same(one) && one.interviewer !== interviewer)) return row;
  return {
    ...row,
    speakers: row.speakers.map((one) => (same(one) ? { ...one, interviewer } : one)),
  };
}

// Everybody's codings with the `others` say `into`; two of one coder on the same place become one.
function takeCode(row, { into, others }) {
  if (!row.spans.some((span) => others.includes(span.code))) return row;
  const spans = [];
  for (const span of row.spans) {
    const now = others.includes(span.code) ? { ...span, code: into, waiting: true } : span;
    const twin = spans.some((one) => one.code === now.code && one.coder === now.coder && samePlace(one, now));
    if (!twin) spans.push(now);
  }
  return { ...row, spans };
}

function recode(row, { ids, code }) {
  return row.spans
    .filter((span) => ids.includes(span.id) && span.code !== code)
    .reduce((so, span) => laid(so, { ...span, code, waiting: true }), row);
}

// Codings and reductions of a row in the order of the text: what [ and ] step through.
export function inTextOrder(row) {
  return [
    ...row.spans.map((span) => ({ ...span, kind: 'code' })),
    ...row.reductions.map((link) => ({ ...link, kind: 'reduction' })),
  ].sort((a, b) => a.start - b.start || b.end - a.end || a.kind.localeCompare(b.kind));
}

// What a row looks like, as one string: equal strings need no repaint.
export function signature(row) {
  const spans = row.spans.map((s) => `${s.id} ${s.start} ${s.end} ${s.code} ${s.coder ?? ''}`);
  const links = row.reductions.map((r) => `${r.id} ${r.start} ${r.end} ${r.wording}`);
  const { aside, number, label, facts, more, speakers, bookmarks, words } = row;
  return JSON.stringify(
    [spans.sort(), links.sort(), aside, number, label, facts, more, speakers, bookmarks, words]);
}
