// How the answers stand: roomy for reading, close for looking through many, or as a table with a column
// for each thing. Y goes from one to the next. Every saved view, and reading without one, has a look of
// its own, which this browser remembers.

const KEPT = 'qc-looks';
export const LOOKS = ['roomy', 'close', 'table'];

export class Density {
  #view = null; // the saved view looked through; '' for none

  constructor(desk) {
    this.desk = desk;
    this.look = LOOKS[0];
    const { texts } = desk;
    this.button = desk.bar.button(texts.density, 'Y', () => this.turn(), '☰');
    desk.addTool(this.button);
    desk.keys.bind('y', () => this.turn(), { name: 'density' });
    desk.on('data', ({ view }) => {
      if (view === this.#view) return;
      this.#view = view;
      this.#show(this.remembered.look ?? LOOKS[0]);
    });
  }

  turn() {
    const { desk } = this;
    const look = LOOKS[(LOOKS.indexOf(this.look) + 1) % LOOKS.length];
    this.remember({ look });
    this.#show(look);
    desk.say(desk.texts[`density_${look}`]);
  }

  // {look, columns} of the view that is looked through; each may be missing.
  get remembered() {
    return recall()[this.#key] ?? {};
  }

  remember(what) {
    const all = recall();
    localStorage.setItem(KEPT, JSON.stringify({ ...all, [this.#key]: { ...all[this.#key], ...what } }));
  }

  get #key() {
    return `${this.desk.study} ${this.#view ?? ''}`;
  }

  #show(look) {
    const { desk } = this;
    this.look = look;
    desk.layout.keepingView(() => {
      for (const one of LOOKS) desk.root.classList.toggle(`qc-is-${one}`, one === look);
      desk.emit('look', look);
    });
    for (const answer of desk.rows.all) answer.layOutMargin();
    // The names of the columns may have come over it.
    if (desk.active) desk.moving.scrollTo(desk.active.element);
    this.button.setAttribute('aria-pressed', String(look !== LOOKS[0]));
  }
}

function recall() {
  try {
    return JSON.parse(localStorage.getItem(KEPT) ?? '{}');
  } catch (error) {
    console.warn('qualcode: how the answers stood could not be read', error);
    return {};
  }
}
