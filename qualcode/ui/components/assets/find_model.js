// What the search panel knows, without the page: the question, the lines found, what is ticked.

export const WAYS = ['forms', 'exact', 'regex', 'meaning'];
export const KINDS = ['document', 'reduction', 'memo'];
export const UNITS = ['whole', 'sentences', 'words'];

export function emptyQuestion() {
  return { text: '', way: 'forms', where: [...KINDS], group: null, by_item: false };
}

// A question kept by the browser or named by an address: what makes no sense is left out.
export function readQuestion(kept) {
  const question = emptyQuestion();
  if (!kept || typeof kept !== 'object') return question;
  if (typeof kept.text === 'string') question.text = kept.text.slice(0, 1000);
  if (WAYS.includes(kept.way)) question.way = kept.way;
  const where = Array.isArray(kept.where) ? KINDS.filter((kind) => kept.where.includes(kind)) : [];
  if (where.length) question.where = where;
  if (typeof kept.group === 'string') question.group = kept.group;
  question.by_item = kept.by_item === true;
  return question;
}

// The lines with a heading before each question, when they come question by question.
export function withHeadings(lines, byItem) {
  if (!byItem) return lines.map((line) => ({ line }));
  const rows = [];
  let before = null;
  for (const line of lines) {
    const heading = line.kind === 'document' ? `${line.number} ${line.question}`.trim() : line.kind;
    if (heading !== before) rows.push({ heading, kind: line.kind });
    before = heading;
    rows.push({ line });
  }
  return rows;
}

// {document: 12, memo: 1} -> ['12 answers', '1 memo'], in the order of KINDS; kinds with none left out.
export function counted(totals, texts, fill) {
  return KINDS.filter((kind) => totals[kind]).map((kind) =>
    fill(texts[`count_${kind}`][totals[kind] === 1 ? 'one' : 'other'], { n: totals[kind] }),
  );
}

// Where a line leads: [page, parameter, id].
export function wayTo(line) {
  if (line.kind === 'document') return ['koodaus', 'vastaus', line.id];
  if (line.kind === 'reduction') return ['pelkistykset', 'pelkistys', line.id];
  return ['muistiot', 'muistio', line.id];
}

export function address(line) {
  const [page, parameter, id] = wayTo(line);
  return `${page}?${parameter}=${encodeURIComponent(id)}`;
}

// Lines as a table that Excel opens with a double click: semicolons, a mark of UTF-8 at the start, and
// no cell that begins a formula.
export function asCsv(headings, lines) {
  const cell = (value) => {
    const text = String(value ?? '').replace(/\s+/gu, ' ').trim();
    const safe = /^[=+\-@\t]/u.test(text) ? `'${text}` : text;
    return `"${safe.replaceAll('"', '""')}"`;
  };
  const rows = lines.map((line) => [
    line.who,
    line.group,
    line.number,
    line.left,
    line.words,
    line.right,
    line.category_name || line.about,
  ]);
  return `\ufeff${[headings, ...rows].map((row) => row.map(cell).join(';')).join('\r\n')}\r\n`;
}

// What the reader decided while going through the list, for each code by itself: whether a passage
// speaks of one code says nothing of another.
export class Decisions {
  #byCode = new Map();

  // id -> ticked
  of(code) {
    if (!this.#byCode.has(code)) this.#byCode.set(code, new Map());
    return this.#byCode.get(code);
  }

  // What was ticked has been coded. What was left out is still left out.
  done(code) {
    for (const [id, ticked] of this.of(code)) if (ticked) this.of(code).delete(id);
  }
}

// What is ticked of a review list. Rows that carry the code already cannot be ticked. What the
// words found is ticked at first; what an engine thinks is near in meaning is left to the reader.
// `decided` (id -> ticked) is what the reader did to an earlier reading of the list.
export class Ticks {
  constructor(rows, { ticked = true, decided = new Map() } = {}) {
    this.rows = rows;
    this.decided = decided;
    this.ids = new Set(
      this.open.filter((row) => decided.get(row.id) ?? ticked).map((row) => row.id),
    );
  }

  get open() {
    return this.rows.filter((row) => !row.carries && row.spans > 0);
  }

  set(id, ticked) {
    if (!this.open.some((row) => row.id === id)) return;
    this.decided.set(id, ticked);
    if (ticked) this.ids.add(id);
    else this.ids.delete(id);
  }

  setAll(ticked) {
    for (const row of this.open) this.set(row.id, ticked);
  }

  get chosen() {
    return this.open.filter((row) => this.ids.has(row.id)).map((row) => row.id);
  }
}
