// The segment marker: a page of answers that is read, coded and reduced by keyboard or mouse.
//
// Every act is painted at once from the outbox and confirmed by the server later. What comes from the
// page (see segment_marker.py): rows, codes, counts, progress, sheet, texts, options, and where the
// direct channel is. Everything else comes and goes by that channel: marker_line.js.
//
// The marker is a desk with parts around it, each in a module of its own with one task. A part is a
// class that gets the desk, brings its own elements, keys and listeners, and speaks to the others
// through their public methods only. A new feature is a new part: write it as marker_<noun>.js and
// add it to PARTS in marker_parts.js. What a part finds on the desk:
//
//   desk.view            {rows, codes}: Maps id -> row, id -> code, after what still waits to be saved
//   desk.options, desk.texts, desk.study, desk.root
//   desk.counts          Map code id -> [mentions, respondents]; desk.progress {answers, coded, reduced}
//   desk.sheet           {key, ids, first, total, number, count, has_previous, has_next}: the sheet of
//                        answers on the screen; desk.line.turn(1), desk.line.turnTo({number})
//   desk.active          the AnswerRow that keys speak of, or undefined before the first data
//   desk.activate(id, {focus})   makes a row the active one and brings it into sight
//   desk.target()        what an act concerns: {doc, start, end, from, to, whole, quote}; start and end
//                        in UTF-16 for the screen, from and to in code points for the study. With
//                        several rows gathered also `docs`, their ids
//   desk.act(op, message)        carries out an operation: painted at once, sent by the outbox
//   desk.readsOnly       whether this person reviews: nothing is changed, and no act is offered
//   desk.say(text)       a sentence in the foot, also for a screen reader
//   desk.repaint()       paints what differs from the last time
//   desk.open({kind, element, target}) / desk.opened / desk.closeOpen()
//                        the one box or field that is open over the answers
//   desk.addTool(button) puts a button on the bar (desk.bar.button(...) makes one)
//   desk.addPanel(element, side)  puts a panel beside the answers, side 'left' or 'right'
//   desk.keys.bind(key, act, {name})   a key of the part's own, such as 'v' or 'Ctrl+Shift+z'
//   desk.on(event, handler)      'active' (answer) · 'repaint' (view) · 'data' (data of the page) ·
//                        'refused' (op, message: what the server would not do) ·
//                        'news' (reply: what changed in the study, see channel/news.py) ·
//                        'look' (how the answers stand, see marker_density.js) ·
//                        'place' (sheet) · 'resized' (the answers have another height) · 'close'
//   desk.part(Class)     another part
//   desk.rows .moving .selecting .picking .gathering .reshaping .acts .fields .recoding .mouse .keys
//   .bar .status .layout .memory .timings .line      the parts that are always there

import { closeConnectionDialog } from './connection_dialog.js';
import { cameByNavigation, whenGone } from './dom.js';
import { showKeys } from './key_help.js';
import { withPending } from './marker_view.js';
import { Acts } from './marker_acts.js';
import { Bar } from './marker_bar.js';
import { Fields } from './marker_fields.js';
import { Gathering } from './marker_gathering.js';
import { Keys } from './marker_keys.js';
import { Layout } from './marker_layout.js';
import { Line } from './marker_line.js';
import { Memory } from './marker_memory.js';
import { Mouse } from './marker_mouse.js';
import { Moving } from './marker_moving.js';
import { Opened } from './marker_opened.js';
import { PARTS } from './marker_parts.js';
import { Picking } from './marker_picking.js';
import { Recoding } from './marker_recoding.js';
import { Reshaping } from './marker_reshaping.js';
import { Rows } from './marker_rows.js';
import { Selecting } from './marker_selecting.js';
import { Status } from './marker_status.js';
import { Timings } from './marker_timings.js';

const markers = new WeakMap(); // parentElement -> Marker: lives through every rerun of the page

export default function segmentMarker({ data, parentElement, setTriggerValue }) {
  let marker = markers.get(parentElement);
  if (!marker) {
    marker = new Marker(parentElement.querySelector('.qc-marker'), data);
    markers.set(parentElement, marker);
  }
  marker.receive(data, setTriggerValue);
  return () => whenGone(marker.root, () => {
    markers.delete(parentElement);
    marker.close();
  });
}

class Marker {
  #handlers = new Map();
  #parts = [];
  #box;
  #codes = null;
  #codesSignature = '';
  #numbersRevision = 0; // the study's revision that the counts and the progress are of

  constructor(root, data) {
    Object.assign(this, { root, texts: data.texts, options: data.options, study: data.options.study });
    Object.assign(this, { sheet: null, counts: new Map(), progress: null });
    this.memory = new Memory(this);
    this.timings = new Timings();
    this.layout = new Layout(this);
    this.keys = new Keys(this);
    this.status = new Status(this);
    this.bar = new Bar(this);
    this.rows = new Rows(this);
    this.line = new Line(this);
    this.acts = new Acts(this);
    this.#box = new Opened(this);
    this.moving = new Moving(this);
    this.selecting = new Selecting(this);
    this.picking = new Picking(this);
    this.gathering = new Gathering(this);
    this.reshaping = new Reshaping(this);
    this.fields = new Fields(this);
    this.recoding = new Recoding(this);
    this.mouse = new Mouse(this);
    this.layout.build();
    this.#bindKeys();
    this.#parts = PARTS.map((Part) => new Part(this));
    this.on('close', closeConnectionDialog(root, (event) => this.keys.press(event)));
  }

  close() {
    this.memory.keep();
    this.emit('close');
  }

  // --- what comes from the server ---

  receive(data, trigger) {
    const first = !this.rows.ids.length;
    const hadFocus = this.root.contains(document.activeElement);
    this.texts = data.texts;
    this.options = data.options;
    this.root.classList.toggle('qc-reads-only', this.readsOnly);
    if (this.line.connect(data, trigger)) {
      this.sheet = data.sheet;
      this.progress = data.progress;
      this.#numbersRevision = data.revision;
      this.counts = new Map(Object.entries(data.counts));
      this.rows.receive(data.rows, data.revision);
      this.rows.receiveCodes(data.codes, data.revision);
      this.fields.learn(data.rows);
    }
    this.repaint();
    this.emit('data', data);
    this.moving.chooseRow(first);
    if (hadFocus && !this.root.contains(document.activeElement)) this.moving.focusActive();
    else if (first && cameByNavigation()) this.moving.focusActive();
    if (first) requestAnimationFrame(() => this.layout.fitWindow());
  }

  // What has changed in the study, by whomever: painted where it stands, and nothing else moves.
  news(reply) {
    let refused = [];
    this.layout.keepingView(() => {
      this.rows.update(reply.rows, reply.revision);
      if (reply.codes) this.rows.receiveCodes(reply.codes, reply.revision);
      this.#learnNumbers(reply);
      this.fields.learn(reply.rows);
      if (reply.ack) refused = this.acts.acknowledge(reply);
      this.repaint();
    });
    for (const { op, message } of refused) this.acts.showRefusal(op, message);
    if (reply.notice) this.say(reply.notice);
    this.emit('news', reply);
  }

  // Replies may overtake each other: all that an older one counted, a newer one has counted as well.
  #learnNumbers({ revision, counts, progress }) {
    if (revision < this.#numbersRevision) return;
    this.#numbersRevision = revision;
    for (const [id, count] of Object.entries(counts)) this.counts.set(id, count);
    this.progress = progress;
  }

  // Other answers than before; the keys speak of the first of them, or of the last.
  showSheet(sheet, rows, revision) {
    const hadFocus = this.root.contains(document.activeElement);
    this.rows.receive(rows, revision);
    this.fields.learn(rows);
    this.place(sheet);
    this.repaint();
    this.moving.chooseRow(false);
    if (hadFocus) this.moving.focusActive();
  }

  // Where the answers on the screen lie among all.
  place(sheet) {
    this.sheet = sheet;
    this.emit('place', sheet);
  }

  // --- painting ---

  repaint() {
    this.view = withPending(this.rows.fromServer, this.rows.codesFromServer, this.acts.pending);
    const { rows, codes } = this.view;
    if (codes !== this.#codes) {
      this.#codes = codes;
      const shown = [...codes.values()].map((code) => [code.id, code.label, code.colour, code.key]);
      const signature = JSON.stringify(shown);
      if (signature !== this.#codesSignature) this.bar.paintPinned(codes);
      this.#codesSignature = signature;
    }
    const changed = this.rows.paint(rows, codes, this.#codesSignature);
    this.gathering.keep();
    this.picking.keep(changed);
    this.bar.paintState();
    this.status.paint();
    if (this.opened?.target) this.selecting.showTarget(this.opened.target);
    this.emit('repaint', this.view);
  }

  // --- what parts ask of the desk ---

  get active() {
    return this.rows.active;
  }

  get readsOnly() {
    return Boolean(this.options.reads_only);
  }

  get opened() {
    return this.#box.current;
  }

  activate(id, { focus = false } = {}) {
    const another = id !== this.rows.activeId;
    if (another) {
      this.picking.unpick();
      this.rows.setActive(id);
    }
    this.moving.scrollTo(this.active.element);
    if (focus) this.moving.focusActive();
    this.status.paint();
    this.memory.keep();
    if (another) this.emit('active', this.active);
  }

  target() {
    return this.selecting.target();
  }

  act(op, message) {
    return this.acts.act(op, message);
  }

  say(text) {
    this.status.say(text);
  }

  open(what) {
    this.#box.open(what);
  }

  closeOpen() {
    this.#box.close();
  }

  addTool(button) {
    this.bar.addTool(button);
  }

  addPanel(element, side) {
    this.layout.addPanel(element, side);
  }

  part(Class) {
    return this.#parts.find((part) => part instanceof Class);
  }

  on(event, handler) {
    if (!this.#handlers.has(event)) this.#handlers.set(event, []);
    this.#handlers.get(event).push(handler);
  }

  emit(event, ...values) {
    for (const handler of this.#handlers.get(event) ?? []) handler(...values);
  }

  // --- keys that are no part's own ---

  #bindKeys() {
    this.keys.bind('Escape', () => this.clear(), { name: 'clear' });
    this.keys.bind('?', () => this.help(), { name: 'help', always: true });
  }

  clear() {
    document.getSelection().removeAllRanges();
    this.picking.unpick();
    this.gathering.letGo();
    this.closeOpen();
    this.active?.showAlert(null);
    this.status.paint();
  }

  help() {
    const dialog = showKeys(this.root, this.options.keys, this.texts);
    dialog.addEventListener('close', () => this.moving.focusActive());
  }
}
