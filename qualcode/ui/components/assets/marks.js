// How overlapping spans become highlights in the text and stripes in the margin. Pure functions.

// The text cut where any span begins or ends: [{start, end, spans}], covering 0...length without
// holes. `spans` are those that cover the piece, earliest and longest first.
export function flatten(spans, length) {
  const cuts = new Set([0, length]);
  for (const span of spans) {
    cuts.add(span.start);
    cuts.add(span.end);
  }
  const borders = [...cuts].sort((a, b) => a - b);
  const waiting = [...spans].sort((a, b) => a.start - b.start || b.end - a.end);
  const pieces = [];
  let next = 0;
  let open = [];
  for (let i = 0; i + 1 < borders.length; i += 1) {
    const [start, end] = [borders[i], borders[i + 1]];
    while (next < waiting.length && waiting[next].start <= start) {
      open.push(waiting[next]);
      next += 1;
    }
    open = open.filter((span) => span.end > start);
    pieces.push({ start, end, spans: [...open] });
  }
  return pieces;
}

// Stripes side by side: each item {top, bottom} gets the leftmost free `lane` (0, 1, ...).
// Gives the items with their lanes, in the order from top to bottom, and how many lanes there are.
export function inLanes(items) {
  const sorted = [...items].sort((a, b) => a.top - b.top || b.bottom - a.bottom);
  const laneEnds = [];
  const placed = sorted.map((item) => {
    let lane = laneEnds.findIndex((bottom) => bottom <= item.top + 1);
    if (lane < 0) lane = laneEnds.length;
    laneEnds[lane] = item.bottom;
    return { ...item, lane };
  });
  return { placed, lanes: laneEnds.length };
}

// Tops for labels of one `height` that want to stand at `wished` tops (rising) in a column `room`
// high: each as near its wish as it gets without covering another or falling out of the column.
export function spreadLabels(wished, height, room) {
  const tops = [];
  wished.forEach((wish, i) => tops.push(i ? Math.max(wish, tops[i - 1] + height) : wish));
  let floor = room - height;
  for (let i = tops.length - 1; i >= 0; i -= 1) {
    tops[i] = Math.max(0, Math.min(tops[i], floor));
    floor = tops[i] - height;
  }
  return tops;
}

// The lines of a text as [[start, end], ...], line breaks included: a change re-renders its line only.
export function lineBlocks(text) {
  const blocks = [];
  let start = 0;
  while (start < text.length) {
    const lineBreak = text.indexOf('\n', start);
    const end = lineBreak < 0 ? text.length : lineBreak + 1;
    blocks.push([start, end]);
    start = end;
  }
  return blocks.length ? blocks : [[0, 0]];
}
