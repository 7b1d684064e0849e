// The mouse on the wall: a click chooses or does what its button says; notes are dragged to a group or
// a quadrant.

export class WallMouse {
  #view;
  #drag = null;

  constructor(view) {
    this.#view = view;
    const { root } = view;
    root.addEventListener('click', (event) => this.#clicked(event));
    root.addEventListener('dblclick', (event) => this.#doubleClicked(event));
    root.addEventListener('dragstart', (event) => this.#dragStarted(event));
    root.addEventListener('dragover', (event) => this.#draggedOver(event));
    root.addEventListener('dragleave', () => this.#mark(null));
    root.addEventListener('drop', (event) => this.#dropped(event));
  }

  #clicked(event) {
    const act = event.target.closest('[data-act]')?.dataset.act;
    if (act) {
      this.#view.do(act, event.target);
      return;
    }
    const note = event.target.closest('[data-note]');
    if (note) {
      this.#view.choose(note.dataset.note, event.ctrlKey || event.metaKey || event.shiftKey);
      return;
    }
    const group = event.target.closest('[data-group]');
    if (this.#view.wall.carried.size) {
      const quadrant = event.target.closest('[data-quadrant]')?.dataset.quadrant;
      if (quadrant !== undefined) this.#view.wall.move([...this.#view.wall.carried], quadrant, group?.dataset.group);
    } else if (group && this.#view.isLarge && event.target.closest('.qcw-name')) {
      this.#view.toggle(group.dataset.group);
    }
  }

  #doubleClicked(event) {
    const name = event.target.closest('.qcw-name');
    if (name && !event.target.closest('button')) this.#view.rename(name.dataset.id);
  }

  #dragStarted(event) {
    const id = event.target.closest?.('[data-note]')?.dataset.note;
    if (!id) return;
    const { chosen } = this.#view.wall;
    this.#drag = chosen.has(id) ? [...chosen] : [id];
    event.dataTransfer.effectAllowed = 'move';
    event.dataTransfer.setData('text/plain', '');
  }

  #draggedOver(event) {
    const place = this.#drag && event.target.closest('[data-drop]');
    if (!place) return;
    event.preventDefault();
    this.#mark(place);
  }

  #dropped(event) {
    const place = this.#drag && event.target.closest('[data-drop]');
    this.#mark(null);
    if (!place) return;
    event.preventDefault();
    const quadrant = place.closest('[data-quadrant]').dataset.quadrant;
    this.#view.wall.move(this.#drag, quadrant, place.closest('[data-group]')?.dataset.group ?? null);
    this.#drag = null;
  }

  #mark(place) {
    for (const old of this.#view.root.querySelectorAll('.qcw-over')) {
      if (old !== place) old.classList.remove('qcw-over');
    }
    place?.classList.add('qcw-over');
  }
}
