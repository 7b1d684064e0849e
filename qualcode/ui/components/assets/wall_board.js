// The wall of a workshop, live: the group moves, names and adds notes, and sees what others do.
//
// The browser paints an act at once, keeps it in an outbox and sends it by the direct channel until it
// is confirmed; every two seconds it asks what has changed. What the wall is lies in wall_model.js,
// how it looks in wall_view.js, the keys in wall_keys.js.
//
// Triggers to the page: `acted` ({at}) when something was saved, so that the head's undo knows of it.

import { createChannel } from './channel.js';
import { fill, whenGone } from './dom.js';
import { createOutbox } from './outbox.js';
import { WallKeys } from './wall_keys.js';
import { applyAll, groupOf, offersLeft } from './wall_model.js';
import { printWall } from './wall_print.js';
import { WallView } from './wall_view.js';

const NEWS_EVERY = 2000; // ms
const TOLD_FOR = 6000; // ms
const walls = new WeakMap();

export default function wallBoard({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector('.qcw-host');
  let wall = walls.get(root);
  if (!wall || wall.workshop !== data.workshop) {
    wall?.leave();
    wall = new Wall(root, data);
    walls.set(root, wall);
  }
  wall.trigger = setTriggerValue;
  wall.update(data);
  return () =>
    whenGone(root, () => {
      wall.leave();
      walls.delete(root);
    });
}

class Wall {
  #wall;
  #offers = [];
  #offerNumber = null;
  #revision = 0;
  #timer = 0;
  #toldTimer = 0;
  #asking = false;
  #left = false;

  constructor(root, data) {
    this.root = root;
    this.workshop = data.workshop;
    this.texts = data.texts;
    this.chosen = new Set();
    this.carried = new Set();
    this.#wall = data.wall;
    this.#revision = data.revision;
    this.channel = createChannel({
      wake: () => window.dispatchEvent(new CustomEvent('qc-wake', { detail: {} })),
    });
    this.channel.open(data.channel);
    this.outbox = createOutbox({
      storageKey: `qc-wall-${data.study}-${data.workshop}`,
      send: (ops, client) => this.#send(ops, client),
      onChange: () => this.paint(),
      wake: () => window.dispatchEvent(new CustomEvent('qc-wake', { detail: {} })),
    });
    this.view = new WallView(this);
    this.keys = new WallKeys(this);
    this.#later();
  }

  // --- what is on the wall ---

  get wall() {
    return applyAll(this.#wall, this.outbox.pending);
  }

  get offers() {
    return offersLeft(this.wall, this.#offers);
  }

  get state() {
    return this.outbox.state;
  }

  update(data) {
    this.texts = data.texts;
    this.channel.open(data.channel);
    if (data.offer !== this.#offerNumber) {
      this.#offerNumber = data.offer;
      this.#offers = data.offers;
    }
    if (data.revision >= this.#revision) this.#take(data.wall, data.revision);
    this.paint();
  }

  paint() {
    if (!this.#left) this.view?.paint();
  }

  leave() {
    this.#left = true;
    clearTimeout(this.#timer);
    clearTimeout(this.#toldTimer);
    this.outbox.close();
    this.view.leave();
  }

  // --- acts ---

  act(op) {
    this.outbox.act({ ...op, workshop: this.workshop });
  }

  move(ids, quadrant, group = null) {
    if (!ids.length) return;
    this.act({ op: 'wall_move', notes: ids, quadrant, group });
    this.letGo();
  }

  makeGroup(quadrant, name, notes = [], engine = '') {
    const id = crypto.randomUUID();
    this.act({ op: 'wall_group', id, quadrant, name, notes, engine });
    this.letGo();
    return id;
  }

  rename(id, name) {
    if (groupOf(this.wall, id)?.name !== name) this.act({ op: 'wall_rename', id, name });
  }

  ungroup(id) {
    this.act({ op: 'wall_ungroup', id });
  }

  addNote(quadrant, text, group = null) {
    this.act({ op: 'wall_add', id: crypto.randomUUID(), quadrant, text, group });
  }

  accept(offer, name) {
    this.makeGroup(offer.quadrant, name, offer.members, offer.engine);
    this.#drop(offer.key);
  }

  dismiss(offer) {
    // The members go along: nearly the same group is not offered again either.
    const groups = [{ key: offer.key, members: offer.members }];
    this.act({ op: 'dismiss_groups', keys: [offer.key], groups });
    this.#drop(offer.key);
  }

  turn(what) {
    this.act({ op: what });
  }

  print() {
    printWall(this.wall, this.texts);
  }

  letGo() {
    this.chosen.clear();
    this.carried.clear();
    this.paint();
  }

  say(text) {
    clearTimeout(this.#toldTimer);
    this.view.say(text);
    this.#toldTimer = setTimeout(() => this.view.say(''), TOLD_FOR);
  }

  #drop(key) {
    this.#offers = this.#offers.filter((offer) => offer.key !== key);
    this.paint();
  }

  // --- the server ---

  async #send(ops, client) {
    try {
      const reply = await this.channel.ask('ops', { client, ops, docs: [], seen: this.#revision });
      await this.#news();
      for (const { message } of this.outbox.acknowledge(reply.ack, reply.refused)) this.say(message);
      if (reply.notice) this.say(reply.notice);
      this.trigger?.('acted', { at: Date.now() });
    } catch (error) {
      if (error.kind === 'broken') this.outbox.failed();
      else if (error.kind === 'refused') this.say(error.message);
    }
  }

  #later() {
    clearTimeout(this.#timer);
    if (!this.#left) this.#timer = setTimeout(() => this.#poll(), NEWS_EVERY);
  }

  async #poll() {
    if (!document.hidden && !this.#asking && !this.outbox.pending.length) {
      await this.#news().catch(() => {}); // the next round asks again
    }
    this.#later();
  }

  async #news() {
    this.#asking = true;
    try {
      const body = { workshop: this.workshop, seen: this.#revision };
      const reply = await this.channel.ask('wall', body);
      if (reply.wall) this.#take(reply.wall, reply.revision);
      else this.#revision = Math.max(this.#revision, reply.revision);
      const others = reply.others ?? [];
      if (others.length) {
        const { who, what } = others.at(-1);
        this.say(fill(this.texts.other, { who, what }));
      }
    } finally {
      this.#asking = false;
    }
  }

  #take(wall, revision) {
    if (revision < this.#revision) return;
    this.#wall = wall;
    this.#revision = revision;
    this.paint();
  }
}
