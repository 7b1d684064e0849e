// The facts of an answer beyond those in its line: all background variables by name, opened by a button
// or a key and kept open for every answer until they are closed.

export class Facts {
  constructor(desk) {
    this.desk = desk;
    this.open = false;
    desk.on('repaint', () => this.#tell());
    desk.keys.bind('i', () => this.turn(), { name: 'all background facts' });
    desk.root.addEventListener('click', (event) => {
      if (event.target.closest?.('.qc-more-facts')) this.turn();
    });
  }

  turn() {
    this.open = !this.open;
    const { desk } = this;
    desk.layout.keepingView(() => desk.root.classList.toggle('qc-shows-facts', this.open));
    this.#tell();
    for (const answer of desk.rows.all) answer.layOutMargin();
  }

  #tell() {
    for (const button of this.desk.root.querySelectorAll('.qc-more-facts')) {
      button.setAttribute('aria-expanded', String(this.open));
    }
  }
}
