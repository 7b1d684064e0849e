// The keys of the wall: everything that the mouse does.

import { besides } from './wall_model.js';

const QUADRANTS = ['strengths', 'weaknesses', 'opportunities', 'threats'];
const PAGES = { PageDown: 1, PageUp: -1 };
const STEPS = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

export class WallKeys {
  constructor(wall) {
    this.wall = wall;
    wall.view.root.addEventListener('keydown', (event) => this.#pressed(event));
  }

  #pressed(event) {
    const { view } = this.wall;
    if (event.target.matches('input')) {
      this.#inOffer(event);
      return;
    }
    if (event.altKey) return;
    if (event.ctrlKey || event.metaKey) {
      if (event.key.toLowerCase() === 'z') this.#take(event, () => this.wall.turn(event.shiftKey ? 'redo' : 'undo'));
      else if (event.key.toLowerCase() === 'y') this.#take(event, () => this.wall.turn('redo'));
      return;
    }
    const on = event.target.closest('[data-id]');
    const quadrant = event.target.closest('[data-quadrant]')?.dataset.quadrant ?? QUADRANTS[0];
    if (event.key in STEPS) this.#take(event, () => this.#step(on, STEPS[event.key]));
    else if (event.key in PAGES && view.isLarge)
      this.#take(event, () => view.turnPage(PAGES[event.key], event.target.closest('[data-quadrant]')?.dataset.quadrant ?? null));
    else if (event.key === ' ' && on?.dataset.note)
      this.#take(event, () => view.choose(on.dataset.note, true));
    else if (event.key === 'Enter' && on && !on.dataset.note && !event.target.matches('button'))
      this.#take(event, () => view.rename(on.dataset.id));
    else if (event.key === 'Escape' && !view.help.hidden) view.help.hidden = true;
    else if (event.key === 'Escape') this.wall.letGo();
    else if (/^[1-4]$/u.test(event.key)) this.#take(event, () => this.#toQuadrant(on, event.key));
    else this.#letter(event, on, quadrant);
  }

  #letter(event, on, quadrant) {
    const { wall } = this;
    const { view } = wall;
    const group = event.target.closest('[data-group]')?.dataset.group ?? null;
    const acts = {
      n: () => view.addNote(quadrant),
      g: () => (wall.chosen.size ? view.groupChosen() : view.addGroup(quadrant)),
      x: () => {
        if (!wall.chosen.size && on?.dataset.note) wall.chosen.add(on.dataset.note);
        view.carry();
      },
      v: () => wall.move([...wall.carried], quadrant, group),
      f: () => view.large(),
      z: () => view.zoom(quadrant),
      o: () => group && view.toggle(group),
      delete: () => this.#loosen(on, quadrant),
      '?': () => view.do('help', view.root),
    };
    const act = acts[event.key.toLowerCase()];
    if (act) this.#take(event, act);
  }

  #inOffer(event) {
    if (event.key !== 'Enter') return;
    const offer = event.target.closest('[data-offer]');
    if (offer) this.#take(event, () => this.wall.view.do('accept', event.target));
  }

  #toQuadrant(on, key) {
    const ids = this.wall.chosen.size ? [...this.wall.chosen] : [on?.dataset.note].filter(Boolean);
    this.wall.move(ids, QUADRANTS[Number(key) - 1]);
    if (on) this.wall.view.focusOn(on.dataset.id);
  }

  // A note comes off its group; on the name of a group the whole group is taken apart.
  #loosen(on, quadrant) {
    if (!on) return;
    if (on.dataset.note) this.wall.move([on.dataset.note], quadrant);
    else if (on.closest('[data-group]')) this.wall.ungroup(on.dataset.id);
  }

  #step(on, step) {
    const ids = [...this.wall.view.root.querySelectorAll('[data-id]')].map((one) => one.dataset.id);
    const next = besides(ids, on?.dataset.id ?? null, step);
    if (next) this.wall.view.focusOn(next);
  }

  #take(event, act) {
    event.preventDefault();
    event.stopPropagation();
    act();
  }
}
