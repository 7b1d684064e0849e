// What undo and redo will most likely bring back, so that it can be painted before the server has said
// it. Pure.
//
// The page remembers what was done in it; the server alone knows the whole order, other windows' acts
// among it. A guess that was wrong is put right by the rows that come with the answer.

const LONGEST = 200;

export class UndoMemory {
  #done = []; // {act, back}: how it is painted again, and how its undoing is; null: only the server knows
  #undone = [];

  // The operation as the outbox should keep it: an undo or a redo with what it will look like. `view`
  // is what the screen shows before it.
  noted(op, view) {
    switch (op.op) {
      case 'undo':
        return this.#turned(op, this.#done, this.#undone, 'back');
      case 'redo':
        return this.#turned(op, this.#undone, this.#done, 'act');
      case 'undo_act':
      case 'redo_act':
        this.forget();
        return op;
      default:
        this.#done.push({ act: op, back: backOf(op, view) });
        if (this.#done.length > LONGEST) this.#done.shift();
        this.#undone = [];
        return op;
    }
  }

  // After something happened that nobody here foresaw.
  forget() {
    this.#done = [];
    this.#undone = [];
  }

  #turned(op, from, to, side) {
    const last = from.pop();
    if (!last) return op;
    to.push(last);
    return last[side] ? { ...op, _paint: last[side] } : op;
  }
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
