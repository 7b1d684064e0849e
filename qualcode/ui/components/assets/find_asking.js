// One search at a time: a newer question ends the older one, here and on the server.
//
//   const asking = new Asking(ask)
//   await asking.newest(question)        the first page, or null when a newer question was asked meanwhile
//   await asking.more(question, offset)  a later page of the same search, or null as above
//   asking.leave()                       nobody waits for anything any more
//
// A problem is thrown only to the one who still waits.

let last = 0;

// Rises in this window, also when the panel is made anew: the server compares the numbers of a window.
function nextNumber() {
  last = Math.max(last + 1, Math.floor(performance.timeOrigin + performance.now()));
  return last;
}

export class Asking {
  #ask;
  #stop = new AbortController();
  #number = 0;

  constructor(ask) {
    this.#ask = ask;
  }

  // Tells the searches of this panel from one another.
  get number() {
    return this.#number;
  }

  newest(question) {
    this.leave();
    return this.more(question, 0);
  }

  async more(question, offset) {
    const number = this.#number;
    const body = { ...question, offset, search: number };
    try {
      const reply = await this.#ask('find', body, { signal: this.#stop.signal });
      return number === this.#number && !reply.replaced ? reply : null;
    } catch (error) {
      if (number === this.#number) throw error;
      return null;
    }
  }

  leave() {
    this.#stop.abort();
    this.#stop = new AbortController();
    this.#number = nextNumber();
  }
}
