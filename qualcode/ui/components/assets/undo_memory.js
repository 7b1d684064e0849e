// What undo and redo mean in this window, and how it looks: so that an undo names the act that it takes
// back, and can be painted before the server has answered. Pure.
//
//   memory.told({ undo, redo }, revision)   what the server would turn, as of that revision: numbers of
//                                           acts, the next one first
//   memory.noted(op, pending)               the operation as the outbox should keep it: an undo or a redo
//                                           names its act; null when there is none. `pending` is what waits
//                                           to be saved
//   memory.sent(op, view)                   an operation with its number, once the outbox has it; `view` is
//                                           what the screen showed before it
//   memory.done(client, done)               {number of an operation: the act that came of it}
//
// An act is named by its number in the log, or, while that is not known, by the operation that makes it:
// { client, seq }. The server alone knows the whole order; what waits to be saved lies on top of it.
// An act that turns out to be refused takes its undo with it: the server never takes another instead.

const LONGEST = 200;

export class UndoMemory {
  #told = { undo: [], redo: [] };
  #revision = -1;
  #acts = new Map(); // name of an operation -> name of the act that came of it
  #looks = new Map(); // name of an act -> {act, back}: how it is painted again, and how its undoing is

  told(turns, revision) {
    if (!turns || revision < this.#revision) return;
    this.#told = turns;
    this.#revision = revision;
  }

  noted(op, pending) {
    if ((op.op !== 'undo' && op.op !== 'redo') || op.of || op.number !== undefined) return op;
    const [named] = this.#stacks(pending)[op.op];
    if (!named) return null;
    const look = this.#looks.get(named)?.[op.op === 'undo' ? 'back' : 'act'];
    return { ...op, ...reference(named), ...(look ? { _paint: look } : {}) };
  }

  sent(op, view) {
    if (TURNS.has(op.op)) return;
    keepLatest(this.#looks, nameOf(op), { act: op, back: backOf(op, view) });
  }

  done(client, done) {
    for (const [seq, act] of Object.entries(done)) {
      const name = nameOf({ client, seq });
      keepLatest(this.#acts, name, String(act));
      if (this.#looks.has(name)) keepLatest(this.#looks, String(act), this.#looks.get(name));
      this.#looks.delete(name);
    }
  }

  // What undo and redo would name one after another, the next first: what the server told, and on it
  // what it does not know yet.
  #stacks(pending) {
    let undo = this.#told.undo.map(String);
    let redo = this.#told.redo.map(String);
    const turn = (from, to, named) => [from.filter((one) => one !== named), [named, ...to]];
    for (const op of pending) {
      const named = this.#named(op);
      if (op.op === 'undo' || op.op === 'undo_act') [undo, redo] = turn(undo, redo, named);
      else if (op.op === 'redo' || op.op === 'redo_act') [redo, undo] = turn(redo, undo, named);
      else [undo, redo] = [[nameOf(op), ...undo], []];
    }
    return { undo, redo };
  }

  // The act that a turn names: by its number, as soon as that is known.
  #named({ number, of }) {
    if (number !== undefined) return String(number);
    return of && (this.#acts.get(nameOf(of)) ?? nameOf(of));
  }
}

function keepLatest(map, name, value) {
  map.set(name, value);
  if (map.size > LONGEST) map.delete(map.keys().next().value);
}

const TURNS = new Set(['undo', 'redo', 'undo_act', 'redo_act']);

const nameOf = ({ client, seq }) => `${client} ${seq}`;

function reference(named) {
  const [client, seq] = named.split(' ');
  return seq ? { of: { client, seq: Number(seq) } } : { number: Number(named) };
}

// The operation that undoes this one on the screen, or null.
function backOf(op, view) {
  switch (op.op) {
    case 'code':
      return { op: 'uncode', id: op.id };
    case 'code_many':
      return { op: 'uncode_many', ids: op.items.map((item) => item.id) };
    case 'reduce':
    case 'link':
      return { op: 'unlink', id: op.id };
    case 'uncode':
      return put(view, 'spans', [op.id]);
    case 'uncode_many':
      return put(view, 'spans', op.ids);
    case 'unlink':
      return put(view, 'reductions', [op.id]);
    case 'aside':
      return { op: 'aside', doc: op.doc, aside: !op.aside };
    case 'aside_many':
      return { op: 'aside_many', docs: op.docs, aside: !op.aside };
    default:
      return null;
  }
}

// The marks as they are now, to be put back where they were.
function put(view, list, ids) {
  const marks = [];
  for (const [doc, row] of view?.rows ?? []) {
    for (const mark of row[list]) if (ids.includes(mark.id)) marks.push({ doc, mark });
  }
  return marks.length ? { op: '_put', list, marks } : null;
}
