// The line to the server: the only place of the marker that knows how things travel. What is asked
// goes by the direct channel; the page itself is told once, a while after the last act.
//
//   line.connect(data, trigger)  what the page sent: opens the channel; gives whether the rows of this
//                                data are to be shown (they may be older than what the channel told)
//   line.send(ops, client)       operations, from the outbox; repeated until the server has them
//   line.ask(verb, body)         -> Promise of any other answer (see channel.js), once, not repeated
//   line.nearest(text, wanted)   -> Promise of the reductions nearest to a text, [{id, wording, uses}].
//                                One question at a time: an older one, or one that `wanted()` says
//                                nobody waits for any more, is never answered
//   line.turn(step)              to the next (1) or previous (-1) sheet
//   line.turnTo({number})        to a sheet by its number, or by an answer on it: {doc}
//
// News: every reply to operations, and a question every few seconds while the page is in sight, brings
// what has changed in the study since `#seen`, by whomever. desk.news(reply) paints it in place.

import { createChannel } from './channel.js';

const ASK_AFTER = 150; // ms of quiet typing before the server is asked
const NEWS_EVERY = 3000; // ms
const READ_AHEAD_AFTER = 250; // ms after a sheet has been shown
const TELL_PAGE_AFTER = 2500; // ms after the last act
const PAUSES = [250, 500, 1000, 2000, 3000]; // ms before another try

export class Line {
  #trigger = null;
  #channel = createChannel({ wake: () => this.#wake() });
  #seen = 0; // the revision of the study that is on the screen
  #highestKey = 0; // of the sheets that the server has told of
  #ahead = null; // the next sheet, read but not shown: {after, sheet, rows, revision}
  #sending = false;
  #sendAgain = false;
  #failures = 0;
  #turning = false;
  #taking = Promise.resolve(); // until the server knows of the sheet that was read ahead
  #closed = false;
  #question = 0;
  #acts = 0;
  #timers = {};

  constructor(desk) {
    this.desk = desk;
    const look = () => {
      if (!document.hidden) this.#askNews();
    };
    document.addEventListener('visibilitychange', look);
    window.addEventListener('focus', look);
    this.#later('news', NEWS_EVERY, () => this.#poll());
    desk.on('close', () => {
      this.#closed = true;
      document.removeEventListener('visibilitychange', look);
      window.removeEventListener('focus', look);
      for (const timer of Object.values(this.#timers)) clearTimeout(timer);
    });
  }

  // --- what the page sends ---

  connect(data, trigger) {
    this.#trigger = trigger;
    const anew = data.channel.token !== this.#channel.token;
    this.#channel.open(data.channel);
    if (anew) {
      this.#highestKey = 0;
      this.#turning = false;
    }
    const { key } = data.sheet;
    // A sheet the channel has told of already: the page only says again what it knew then.
    const another = key > this.#highestKey;
    const shown = another || (key === this.desk.sheet?.key && data.revision >= this.#seen);
    this.#tell(data.sheet);
    if (another) this.#ahead = null;
    if (shown) this.#seen = data.revision;
    if (another) this.#readAhead(data.sheet);
    // Another server, or another session of it: what the one before could not do, this one may.
    if (anew) this.#later('again', 0, () => this.desk.acts.outbox.tryAgain());
    return shown;
  }

  ask(verb, body, how) {
    return this.#channel.ask(verb, body, how);
  }

  // What only the page can do, such as setting its filters: a run of the page.
  tell(event, value) {
    this.#trigger?.(event, value);
  }

  // --- operations ---

  send(ops, client) {
    // One batch at a time: the next one carries all that is pending by then.
    if (this.#sending) {
      this.#sendAgain = true;
      return;
    }
    this.#send(ops, client);
  }

  async #send(ops, client) {
    this.#sending = true;
    this.#sendAgain = false;
    const asked = this.#askedNow();
    try {
      const reply = await this.#channel.ask('ops', { client, ops, ...asked });
      this.#failures = 0;
      this.#take(reply, asked);
      this.#acted();
    } catch (error) {
      this.#failed(error);
      if (error.kind === 'broken') this.desk.acts.outbox.failed();
      else this.#later('again', this.#pause(), () => this.desk.acts.outbox.flush());
      return;
    } finally {
      this.#sending = false;
    }
    if (this.#sendAgain) this.desk.acts.outbox.flush();
  }

  #failed(error) {
    if (!error.kind) throw error;
    if (error.kind === 'refused') this.desk.say(error.message);
  }

  #pause() {
    this.#failures += 1;
    return PAUSES[Math.min(this.#failures, PAUSES.length) - 1];
  }

  // What the page shows beside the marker grows old with every act; it is told when there is a rest.
  #acted() {
    this.#later('page', TELL_PAGE_AFTER, () => {
      this.#acts += 1;
      this.#trigger?.('acted', this.#acts);
    });
  }

  // --- news ---

  #askedNow() {
    return { docs: this.desk.rows.ids, seen: this.#seen, sheet: this.desk.sheet?.key };
  }

  async #poll() {
    if (!document.hidden) await this.#askNews();
    this.#later('news', NEWS_EVERY, () => this.#poll());
  }

  async #askNews() {
    if (this.#sending || !this.#channel.token) return;
    const asked = this.#askedNow();
    try {
      const reply = await this.#channel.ask('news', asked);
      this.#take(reply, asked);
    } catch (error) {
      // Asked again soon anyway; a reason to tell the person is told when they act.
      if (!error.kind) throw error;
    }
  }

  #take(reply, asked) {
    // Of another sheet by now: its rows are not on the screen, and nothing is known of those that are.
    const current = asked.sheet === this.desk.sheet?.key;
    if (current) this.#seen = Math.max(this.#seen, reply.revision);
    this.desk.news(reply);
  }

  // --- sheets ---

  turn(step) {
    const { sheet } = this.desk;
    if (step > 0 && this.#ahead?.after === sheet.key) this.#taking = this.#takeAhead();
    else this.#turn({ step, from: sheet.key });
  }

  turnTo(place) {
    return this.#turn(place);
  }

  async #turn(asked) {
    if (this.#turning) return;
    this.#turning = true;
    try {
      await this.#taking;
      const turned = await this.#askUntilAnswered('sheet', asked);
      if (turned) this.#show(turned);
    } finally {
      this.#turning = false;
    }
  }

  // The next answers are on the screen before the server hears of it.
  async #takeAhead() {
    const ahead = this.#ahead;
    this.#show(ahead);
    const asked = this.#askedNow();
    const take = { take: ahead.sheet.key, seen: asked.seen };
    const reply = await this.#askUntilAnswered('sheet', take);
    if (!reply) return;
    if (this.desk.sheet.key === ahead.sheet.key) this.desk.place(reply.sheet);
    this.#take(reply, asked);
  }

  // Null when it was refused, or when the page has run anew and shows the sheet it was left at.
  async #askUntilAnswered(verb, asked) {
    const { token } = this.#channel;
    for (let tries = 0; token === this.#channel.token && !this.#closed; tries += 1) {
      try {
        const reply = await this.#channel.ask(verb, asked);
        this.#acted();
        return reply;
      } catch (error) {
        this.#failed(error);
        if (error.kind === 'refused') return null;
        await pause(PAUSES[Math.min(tries, PAUSES.length - 1)]);
      }
    }
    return null;
  }

  #show({ sheet, rows, revision }) {
    this.#tell(sheet);
    this.#ahead = null;
    this.#seen = revision;
    this.desk.showSheet(sheet, rows, revision);
    this.#readAhead(sheet);
  }

  #tell(sheet) {
    this.#highestKey = Math.max(this.#highestKey, sheet.key);
  }

  #readAhead(after) {
    if (!after.has_next) return;
    this.#later('ahead', READ_AHEAD_AFTER, async () => {
      try {
        const ahead = await this.#channel.ask('sheet', { step: 1, from: after.key, ahead: true });
        this.#tell(ahead.sheet);
        if (this.desk.sheet.key === after.key) this.#ahead = { after: after.key, ...ahead };
      } catch (error) {
        // It is read when the page is turned.
        if (!error.kind) throw error;
      }
    });
  }

  // --- questions while typing ---

  nearest(text, wanted) {
    this.#question += 1;
    const question = this.#question;
    return new Promise((resolve) => {
      this.#later('nearest', ASK_AFTER, async () => {
        if (!wanted()) return;
        try {
          const { offers } = await this.#channel.ask('ask', { text });
          if (question === this.#question) resolve(offers);
        } catch (error) {
          // Without offers one writes the reduction oneself.
          if (!error.kind) throw error;
        }
      });
    });
  }

  // --- helpers ---

  #wake() {
    const { activeId } = this.desk.rows;
    window.dispatchEvent(new CustomEvent('qc-wake', { detail: { doc: activeId } }));
  }

  #later(name, wait, act) {
    clearTimeout(this.#timers[name]);
    this.#timers[name] = setTimeout(act, wait);
  }
}

const pause = (wait) => new Promise((resolve) => {
  setTimeout(resolve, wait);
});
