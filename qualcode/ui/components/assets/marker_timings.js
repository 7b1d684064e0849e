// How long a key takes to be seen and to be saved, in the browser's own list of measures:
// qc-key-to-paint and qc-key-to-saved. A part measures its own with `measure(name, start)`.

const KEPT = 500;

let made = 0; // acts since the window was loaded, also through a marker made anew

export class Timings {
  #pressedAt;
  #waiting = new Map(); // "client seq" -> when its key was pressed

  // Runs what a key does; operations made meanwhile count from the press.
  during(press) {
    this.#pressedAt = performance.now();
    try {
      press();
    } finally {
      this.#pressedAt = undefined;
    }
  }

  get made() {
    return made;
  }

  // An operation set out: called with a function that makes it, gives the operation.
  timed(make) {
    const pressed = this.#pressedAt ?? performance.now();
    made += 1;
    const op = make();
    this.#waiting.set(name(op), pressed);
    requestAnimationFrame(() => measure('qc-key-to-paint', pressed));
    return op;
  }

  // What is in `pending` still waits; the others have been saved.
  saved(pending) {
    if (!this.#waiting.size) return;
    const still = new Set(pending.map(name));
    for (const [op, pressed] of this.#waiting) {
      if (still.has(op)) continue;
      this.#waiting.delete(op);
      requestAnimationFrame(() => measure('qc-key-to-saved', pressed));
    }
  }
}

const name = (op) => `${op.client} ${op.seq}`;

export function measure(what, start) {
  if (performance.getEntriesByName(what).length >= KEPT) performance.clearMeasures(what);
  performance.measure(what, { start, end: performance.now() });
}
