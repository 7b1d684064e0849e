// How closely the answers stand: roomy for reading, or close for looking through many. This browser
// remembers it for every study.

const KEPT = 'qc-density';
const ROOMY = 'roomy';
const CLOSE = 'close';

export class Density {
  constructor(desk) {
    this.desk = desk;
    const { texts } = desk;
    this.button = desk.bar.button(texts.density, 'Y', () => this.turn(), '☰');
    desk.addTool(this.button);
    desk.keys.bind('y', () => this.turn(), { name: 'density' });
    this.#show(localStorage.getItem(KEPT) === CLOSE ? CLOSE : ROOMY);
  }

  turn() {
    const { desk } = this;
    const density = this.density === ROOMY ? CLOSE : ROOMY;
    desk.layout.keepingView(() => this.#show(density));
    for (const answer of desk.rows.all) answer.layOutMargin();
    localStorage.setItem(KEPT, density);
    desk.say(density === CLOSE ? desk.texts.density_close : desk.texts.density_roomy);
  }

  #show(density) {
    this.density = density;
    this.desk.root.classList.toggle('qc-is-close', density === CLOSE);
    this.button.setAttribute('aria-pressed', String(density === CLOSE));
  }
}
