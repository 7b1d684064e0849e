// What the tab remembers of a study through a reload: the row and the scroll, the codes used last,
// drafts of reductions, memos and codes. A part may keep a field of its own here: give it a beginning in NOTHING.

const NOTHING = {
  codebook: true,
  doc: null,
  scroll: 0,
  recent: [],
  branch: null, // the code whose branch the picker was last limited to
  drafts: {},
  memos: {},
  codes: {},
  reading: null,
};
const RECENT_CODES = 6;
const WRITING = 250; // ms after the last key in a field

export class Memory {
  #keeping = 0;

  constructor(desk) {
    this.desk = desk;
    this.key = `qc-marker-place-${desk.study}`;
    Object.assign(this, structuredClone(NOTHING), recall(this.key));
  }

  // Writes it down, with the place as it is now: a list that has left the page is at none.
  keep() {
    const { desk } = this;
    clearTimeout(this.#keeping);
    this.doc = desk.rows.activeId;
    if (desk.layout.list.isConnected) this.scroll = desk.layout.list.scrollTop;
    const kept = Object.fromEntries(Object.keys(NOTHING).map((name) => [name, this[name]]));
    sessionStorage.setItem(this.key, JSON.stringify(kept));
  }

  usedCode(id) {
    this.recent = [id, ...this.recent.filter((other) => other !== id)].slice(0, RECENT_CODES);
    this.keepLater(0);
    this.desk.emit('used', id);
  }

  // Writes it down after the paint that shows what was done; whoever leaves before that keeps it too.
  keepLater(wait = WRITING) {
    clearTimeout(this.#keeping);
    this.#keeping = setTimeout(() => this.keep(), wait);
  }
}

function recall(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? '{}');
  } catch (error) {
    console.warn('qualcode: the place of last time could not be read', error);
    return {};
  }
}
