// How a passage stands (success, difficulty, wish, doubt), whom it speaks of and who speaks: O opens
// a small menu where the keys speak of. What has been said stands below the answer as a quiet line.

import { ChipsBelow, passageChip, placeIn } from './chips_below.js';
import { brief, h } from './dom.js';
import { placeNear } from './popover.js';

const STANCES = ['success', 'difficulty', 'wish', 'doubt'];
const SIGNS = { success: '+', difficulty: '–', wish: '*', doubt: '?', '': '→' };

export class Stances {
  constructor(desk) {
    this.desk = desk;
    this.chips = new ChipsBelow({
      name: 'qc-memos qc-stances',
      label: desk.texts.stance,
      chip: (answer, one) => this.#chip(answer, one),
    });
    desk.keys.bind('o', () => this.open(), { name: 'stance', acts: true });
    desk.on('repaint', (view) => this.#paint(view));
    desk.on('active', () => this.#paint(desk.view));
  }

  // The menu for the target: each press says one thing and closes it.
  open(target = this.desk.selecting.toOpenOn()) {
    const { desk } = this;
    const answer = desk.rows.get(target.doc);
    const row = desk.view.rows.get(target.doc);
    if (!answer) return;
    if (row.aside) {
      desk.say(desk.texts.is_set_aside);
      return;
    }
    if (target.whole && answer.long) {
      desk.say(desk.texts.select_first);
      return;
    }
    const mine = row.stances.find((one) => !one.coder && one.start === target.from
      && one.end === target.to) ?? { stance: '', about: '', speaker: '' };
    const close = () => {
      desk.closeOpen();
      desk.activate(target.doc, { focus: true });
      if (!target.whole) answer.select(target.start, target.end);
    };
    const give = (change) => {
      close();
      this.#give(target, mine, change);
    };
    const choices = [
      ...STANCES.map((stance) => ({
        label: desk.texts[`stance_${stance}`],
        on: mine.stance === stance,
        act: () => give({ stance: mine.stance === stance ? '' : stance }),
      })),
      ...this.#groups(mine.about).map((about) => ({
        label: desk.texts.speaks_of.replace('{group}', () => about),
        on: mine.about === about,
        act: () => give({ about: mine.about === about ? '' : about }),
      })),
      ...(mine.speaker ? [{
        label: desk.texts.speaks.replace('{group}', () => mine.speaker),
        on: true,
        act: () => give({ speaker: '' }),
      }] : []),
    ];
    const buttons = choices.map(({ label, on, act }, n) => h('button', {
      type: 'button', class: 'qc-bookmark', 'aria-pressed': String(on), onclick: act,
    }, n < 9 && h('kbd', { 'aria-hidden': 'true' }, String(n + 1)), ` ${label}${on ? ' ✓' : ''}`));
    const other = this.#field(desk.texts.speaks_of_other, (about) => give({ about }));
    const speaker = this.#field(desk.texts.speaks_other, (name) => give({ speaker: name }));
    const stops = [...buttons, other, speaker];
    const step = (by) => {
      const at = stops.indexOf(element.getRootNode().activeElement) + by;
      stops[Math.max(0, Math.min(stops.length - 1, at))].focus();
    };
    const element = h('div', {
      class: 'qc-picker qc-bookmarks qc-stance-menu',
      role: 'dialog',
      'aria-label': desk.texts.stance,
      onkeydown: (event) => {
        const typed = [other, speaker].includes(event.target);
        const n = Number(event.key);
        const act = {
          ArrowDown: () => step(1), ArrowUp: () => step(-1), Escape: close,
        }[event.key] ?? (!typed && n >= 1 && choices[n - 1]?.act);
        if (act) {
          event.preventDefault();
          act();
        }
        event.stopPropagation();
      },
    }, h('div', { class: 'qc-heading' }, `${desk.texts.stance}: ${desk.selecting.named(target, 40)}`),
    ...buttons, other, speaker);
    placeNear(desk.layout.list, element, desk.selecting.anchor(target));
    desk.open({ kind: 'stance', element, target });
    buttons[0].focus({ preventScroll: true });
  }

  // A field that takes a name with Enter.
  #field(label, give) {
    const field = h('input', {
      type: 'text',
      class: 'qc-field',
      maxlength: '200',
      placeholder: label,
      'aria-label': label,
      onkeydown: (event) => {
        if (event.key !== 'Enter' || event.isComposing || !field.value.trim()) return;
        event.preventDefault();
        give(field.value.trim());
      },
    });
    return field;
  }

  // The study's actor groups, and another that this passage is said to speak of.
  #groups(about) {
    const { groups = [] } = this.desk.options;
    return about && !groups.includes(about) ? [...groups, about] : groups;
  }

  #give(target, mine, change) {
    const { desk } = this;
    const { stance, about, speaker } = { ...mine, ...change };
    const said = this.#told({ stance, about, speaker });
    desk.act({
      op: 'stand',
      id: crypto.randomUUID(),
      doc: target.doc,
      start: target.from,
      end: target.to,
      stance: stance || null,
      about,
      speaker,
    }, said || desk.texts.stance_gone);
  }

  // What was said of a passage, as one line.
  #told({ stance, about, speaker, coder }) {
    const { texts } = this.desk;
    return [stance && texts[`stance_${stance}`],
      speaker && texts.speaks.replace('{group}', () => speaker),
      about && texts.speaks_of.replace('{group}', () => about),
      coder].filter(Boolean).join(' · ');
  }

  // --- below the answers ---

  #paint(view) {
    if (!view) return;
    for (const answer of this.desk.rows.all) {
      this.chips.paint(answer, view.rows.get(answer.id)?.stances ?? []);
    }
  }

  #chip(answer, one) {
    const target = targetOf(answer, one);
    return passageChip(this.desk, answer, target, {
      class: 'qc-memo qc-stance',
      'data-stance': one.stance,
      title: brief(target.quote, 60),
      open: () => this.open(target),
      sign: SIGNS[one.stance] ?? '',
      words: this.#told(one),
    });
  }
}

function targetOf(answer, { start, end }) {
  const from = Math.min(start, answer.map.length);
  const to = Math.min(end, answer.map.length);
  const whole = from === 0 && to === answer.map.length;
  return placeIn(answer, answer.map.toUtf16(from), answer.map.toUtf16(to), whole);
}
