// What the screen shows: the server's rows with the operations it has not confirmed yet. Pure.

// rows as Python sends them -> rows as the marker uses them.
//   spans       [coding id, start, end, code id, coder?]        (coder only when it is not me)
//   reductions  [link id, start, end, reduction id, wording, coder?]
export function readRow(row) {
  return {
    ...row,
    spans: row.spans.map(([id, start, end, code, coder]) => ({ id, start, end, code, coder })),
    reductions: row.reductions.map(([id, start, end, reduction, wording, coder]) => ({
      id, start, end, reduction, wording, coder,
    })),
  };
}

// {rows, codes}: `rows` (Map id -> row) and `codes` (Map id -> code) after `pending`. Rows that no
// operation touches are the same objects as before, so a repaint can tell what changed.
export function withPending(rows, codes, pending) {
  let view = { rows, codes };
  for (const op of pending) view = withOperation(view, op);
  return view;
}

function withOperation({ rows, codes }, op) {
  switch (op.op) {
    case 'code':
      return { codes, rows: changeRow(rows, op.doc, (row) => addTo(row, 'spans', spanOf(op))) };
    case 'reduce':
    case 'link':
      return { codes, rows: changeRow(rows, op.doc, (row) => addTo(row, 'reductions', linkOf(op))) };
    case 'uncode':
      return { codes, rows: changeEvery(rows, (row) => removeFrom(row, 'spans', op.id)) };
    case 'unlink':
      return { codes, rows: changeEvery(rows, (row) => removeFrom(row, 'reductions', op.id)) };
    case 'aside':
      return { codes, rows: changeRow(rows, op.doc, (row) => ({ ...row, aside: op.aside })) };
    case 'add_code':
      return { rows, codes: codes.has(op.id) ? codes : new Map(codes).set(op.id, newCode(op)) };
    default:
      return { rows, codes }; // undo, redo: only the server knows what they bring back
  }
}

const spanOf = (op) => ({ id: op.id, start: op.start, end: op.end, code: op.code, waiting: true });

const linkOf = (op) => ({
  id: op.id,
  start: op.start,
  end: op.end,
  reduction: op.reduction ?? op.id,
  wording: op.wording ?? op._wording ?? '…',
  waiting: true,
});

const newCode = (op) => ({
  id: op.id, label: op.label, book: op._book ?? '', colour: op._colour ?? '#777777', key: '',
});

function changeRow(rows, id, change) {
  const row = rows.get(id);
  if (!row) return rows;
  const changed = change(row);
  return changed === row ? rows : new Map(rows).set(id, changed);
}

function changeEvery(rows, change) {
  let result = rows;
  for (const id of rows.keys()) result = changeRow(result, id, change);
  return result;
}

function addTo(row, list, item) {
  if (row[list].some((other) => other.id === item.id)) return row;
  return { ...row, [list]: [...row[list], item] };
}

function removeFrom(row, list, id) {
  if (!row[list].some((item) => item.id === id)) return row;
  return { ...row, [list]: row[list].filter((item) => item.id !== id) };
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
  return JSON.stringify([spans.sort(), links.sort(), row.aside, row.number, row.label, row.facts]);
}
