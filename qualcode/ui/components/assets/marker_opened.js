// What is open over the answers: one thing at a time, be it the picker, a reduction's field or the
// list of marks at a place. {kind, element, target?} and whatever its opener wants to find again.

export class Opened {
  current = null;

  constructor(desk) {
    this.desk = desk;
    desk.on('close', () => globalThis.CSS?.highlights?.delete('qc-target'));
  }

  // The element must be in the page already; what was open before must have been closed.
  open(what) {
    this.current = what;
    if (what.target) this.desk.selecting.showTarget(what.target);
  }

  close() {
    const { current } = this;
    if (!current) return;
    this.current = null;
    globalThis.CSS?.highlights?.delete('qc-target');
    current.element.remove();
    this.desk.status.paint();
  }
}
