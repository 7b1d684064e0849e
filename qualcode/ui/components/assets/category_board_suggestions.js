// The suggested groups: dashed boxes beside the board. A suggestion is never part of the tree before
// a person accepts it, and each acceptance is one operation.

import { fill } from './dom.js';
import { ancestors, childrenOf, isFree, SUBCATEGORY } from './category_board_model.js';
import { button, element, setAttribute, setText, syncChildren } from './category_board_dom.js';
import { markShared } from './shared_words.js';

export class Suggestions {
  #board;
  #drafts = new Map(); // key -> { name, under, out: Set of members left out, later }
  #boxes = new Map(); // key -> { element, signature }

  constructor(board) {
    this.#board = board;
    this.list = element('div', 'qcb-groups');
    this.list.addEventListener('keydown', (event) => this.#key(event));
  }

  /** The groups still to be decided: pending answers and members placed meanwhile are left out. */
  open() {
    const { data, view, outbox } = this.#board;
    const handled = new Set(
      outbox.pending.flatMap((op) => op.keys ?? op.groups?.map((group) => group.key) ?? []),
    );
    return data.groups.flatMap((group) => {
      if (handled.has(group.key)) return [];
      const members = group.members.filter(
        ({ id }) => (group.level === SUBCATEGORY || view.categories.has(id)) && isFree(view, id),
      );
      // One alone makes no new category, but it may join one that is there.
      const fewest = group.joins ? 1 : 2;
      if (group.joins && !view.categories.has(group.joins)) return [];
      return members.length >= fewest ? [{ ...group, members }] : [];
    });
  }

  paint() {
    const { texts } = this.#board;
    const groups = this.open();
    const now = groups.filter((group) => !this.#draft(group).later);
    const later = groups.length - now.length;
    const head = [];
    if (now.length > 1) {
      const all = button('qcb-button', fill(texts.accept_all, { n: now.length }));
      all.addEventListener('click', () => this.#accept(now));
      head.push(all);
    }
    if (later) {
      const back = button('qcb-button qcb-quiet', fill(texts.bring_later, { n: later }));
      back.addEventListener('click', () => {
        for (const draft of this.#drafts.values()) draft.later = false;
        this.paint();
      });
      head.push(back);
    }
    const top = (this.top ??= element('div', 'qcb-groups-top'));
    syncChildren(top, head);
    const rows = now.map((group) => this.#box(group));
    const { outside } = this.#board.data;
    if (rows.length && outside) {
      const told = (this.outside ??= element('p', 'qcb-empty'));
      setText(told, fill(texts.outside, { n: outside }));
      rows.push(told);
    }
    if (!rows.length) {
      const empty = (this.empty ??= element('p', 'qcb-empty'));
      setText(empty, texts.no_groups);
      rows.push(empty);
    }
    const focused = this.list.contains(document.activeElement)
      ? document.activeElement.closest('.qcb-group')?.dataset.key
      : null;
    const place = [...this.list.querySelectorAll('.qcb-group')].findIndex(
      (box) => box.dataset.key === focused,
    );
    syncChildren(this.list, [...(head.length ? [top] : []), ...rows]);
    if (focused && !this.list.contains(document.activeElement)) {
      const boxes = [...this.list.querySelectorAll('.qcb-group')];
      const same = boxes.find((box) => box.dataset.key === focused);
      (same ?? boxes[Math.min(place, boxes.length - 1)])?.focus({ preventScroll: true });
    }
    return groups.length;
  }

  #draft(group) {
    if (!this.#drafts.has(group.key)) {
      this.#drafts.set(group.key, { name: group.name, under: '', out: new Set(), later: false });
    }
    return this.#drafts.get(group.key);
  }

  #box(group) {
    const places = this.#places(group.level);
    const signature = JSON.stringify([group, places]);
    const known = this.#boxes.get(group.key);
    if (known?.signature === signature) return known.element;
    const made = this.#build(group, places);
    this.#boxes.set(group.key, { element: made, signature });
    return made;
  }

  /** [id, name] of the categories a new one of the level can lie under, highest first. */
  #places(level) {
    const { view } = this.#board;
    const rows = [];
    const walk = (parent) => {
      for (const one of childrenOf(view, parent)) {
        if (one.level <= level) continue;
        rows.push([one.id, '  '.repeat(ancestors(view, one.id).length) + one.name]);
        walk(one.id);
      }
    };
    walk(null);
    return rows;
  }

  #build(group, places) {
    const { texts } = this.#board;
    const draft = this.#draft(group);
    const higher = group.level > SUBCATEGORY;
    const name = element('input', 'qcb-group-name', {
      type: 'text',
      'aria-label': texts.group_name,
      placeholder: texts.group_name,
    });
    name.value = draft.name;
    name.addEventListener('input', () => (draft.name = name.value));
    const joins = group.joins && this.#board.view.categories.get(group.joins);
    const box = element('section', 'qcb-group', {
      tabindex: 0,
      role: 'group',
      'data-key': group.key,
      'aria-label': fill(joins ? texts.joining_label : higher ? texts.higher_label : texts.group_label, {
        name: joins ? joins.name : group.name,
        n: group.members.length,
      }),
    });
    const chips = element('div', 'qcb-chips');
    for (const [proposal, why] of joins ? [] : nameProposals(group, texts)) {
      const chip = button('qcb-chip', proposal, { title: why });
      chip.addEventListener('click', () => {
        name.value = draft.name = proposal;
        name.focus();
      });
      chips.append(chip);
    }
    const accept = button('qcb-button qcb-main', '', { 'data-do': 'accept' });
    accept.addEventListener('click', () => this.#accept([group]));
    const count = () => {
      const n = group.members.filter(({ id }) => !draft.out.has(id)).length;
      setText(accept, fill(joins ? texts.join : texts.accept, { n }));
      accept.disabled = n === 0;
    };
    const members = element('ul', 'qcb-members');
    for (const member of group.members) {
      members.append(this.#member(member, draft, higher ? 'c' : 'r', count));
    }
    count();

    const under = element('select', 'qcb-select', { 'aria-label': texts.under });
    under.append(element('option', '', { value: '' }, texts.under_none));
    for (const [id, label] of places) under.append(element('option', '', { value: id }, label));
    under.value = places.some(([id]) => id === draft.under) ? draft.under : '';
    under.addEventListener('change', () => (draft.under = under.value));

    const dismiss = button('qcb-button', texts.dismiss, { 'data-do': 'dismiss' });
    dismiss.addEventListener('click', () => this.#dismiss(group));
    const later = button('qcb-button qcb-quiet', texts.later, { 'data-do': 'later' });
    later.addEventListener('click', () => this.#later(group));

    const becomes = fill(texts.becomes, { level: this.#board.levelName(group.level) });
    if (joins) {
      setAttribute(box, 'data-joins', joins.id);
      const title = element('div', 'qcb-group-joins', {});
      const [before, after] = texts.joins.split('{name}');
      const opener = element('button', 'qcb-reason', { type: 'button' }, element('strong', '', {}, joins.name));
      opener.addEventListener('click', () => this.#board.open(`c:${joins.id}`));
      title.append(before, opener, after);
      box.append(title, members, element('div', 'qcb-group-acts', {}, accept, dismiss, later));
      return box;
    }
    box.append(
      ...(higher ? [element('div', 'qcb-becomes', {}, becomes)] : []),
      name,
      chips,
      members,
      ...(places.length ? [element('label', 'qcb-under', {}, texts.under, under)] : []),
      element('div', 'qcb-group-acts', {}, accept, dismiss, later),
    );
    return box;
  }

  #member(member, draft, kind, count) {
    const { texts } = this.#board;
    const leave = button('qcb-leave', '', { 'data-member': member.id });
    const paint = () => {
      const out = draft.out.has(member.id);
      setText(leave, out ? '↺' : '✕');
      setAttribute(leave, 'aria-pressed', String(out));
    };
    const told = fill(texts.leave_member_out, { wording: member.wording });
    setAttribute(leave, 'aria-label', told);
    setAttribute(leave, 'title', told);
    leave.addEventListener('click', () => {
      if (!draft.out.delete(member.id)) draft.out.add(member.id);
      paint();
      count();
    });
    paint();
    const words = member.reasons.flatMap((reason) => reason.words);
    const nearest = member.reasons.filter((reason) => reason.wording);
    const wording = element('span', 'qcb-member-wording');
    wording.append(...marked(member.wording, words, nearest.map((reason) => reason.wording)));
    const row = element(
      'li',
      'qcb-member',
      { draggable: 'true', 'data-drag': `${kind}:${member.id}` },
      element('div', 'qcb-member-line', {}, wording, leave),
    );
    if (nearest.length) {
      const why = element('div', 'qcb-why', {});
      why.append(element('span', '', {}, `${texts.nearest} `));
      nearest.forEach((reason, n) => {
        if (n) why.append(', ');
        // The marks of the reader's language around a wording that has marked words in it.
        const [before, after] = texts.quoted.split('{text}');
        const told = [before, ...marked(reason.wording, words, [member.wording]), after];
        if (reason.id) {
          const opener = element('button', 'qcb-reason', { type: 'button' }, ...told);
          opener.addEventListener('click', () => this.#board.open(`${kind}:${reason.id}`));
          why.append(opener);
        } else why.append(...told);
        if (reason.value != null) {
          const value = reason.value.toLocaleString(this.#board.data.language, {
            minimumFractionDigits: 2,
            maximumFractionDigits: 2,
          });
          why.append(element('span', 'qcb-value', { title: texts.similarity }, ` ${value}`));
        }
      });
      row.append(why);
    }
    return row;
  }

  #accept(groups) {
    const { texts } = this.#board;
    const accepted = groups.flatMap((group) => {
      const draft = this.#draft(group);
      const members = group.members.map((member) => member.id).filter((id) => !draft.out.has(id));
      if (!members.length) return [];
      const under = this.#board.view.categories.has(draft.under) ? { under: draft.under } : {};
      const name = draft.name.trim() || group.name;
      // What was offered and why goes along: the log tells an edited acceptance, and what was seen.
      const offered = group.members.map((member) => member.id);
      const reasons = Object.fromEntries(group.members.map((member) => [member.id, member.reasons]));
      const id = crypto.randomUUID();
      const { key, level, name: offered_name } = group;
      const joins = group.joins ? { joins: group.joins } : {};
      return [{ key, id, name, level, ...under, ...joins, members, offered, offered_name, reasons }];
    });
    if (!accepted.length) {
      this.#board.say(texts.nobody_left, { problem: true });
      return;
    }
    this.#board.act(
      { op: 'accept_groups', groups: accepted, engine: groups[0].engine },
      accepted.length === 1
        ? fill(texts.said_accepted, { name: accepted[0].name })
        : fill(texts.said_accepted_all, { n: accepted.length }),
    );
  }

  #dismiss(group) {
    const said = fill(this.#board.texts.said_dismissed, { name: this.#draft(group).name });
    // The members go along: nearly the same group is not offered again either.
    const { key } = group;
    const held = {
      key,
      members: group.members.map((member) => member.id),
      ...(group.joins ? { joins: group.joins } : {}),
    };
    this.#board.act({ op: 'dismiss_groups', keys: [key], groups: [held] }, said);
  }

  #later(group) {
    this.#draft(group).later = true;
    this.paint();
  }

  #key(event) {
    const box = event.target;
    if (!box.classList.contains('qcb-group') || event.ctrlKey || event.metaKey || event.altKey) return;
    const group = this.open().find((one) => one.key === box.dataset.key);
    if (!group) return;
    const boxes = [...this.list.querySelectorAll('.qcb-group')];
    const beside = (step) => boxes[boxes.indexOf(box) + step]?.focus();
    const act = {
      ArrowDown: () => beside(1),
      ArrowUp: () => beside(-1),
      a: () => this.#accept([group]),
      d: () => this.#dismiss(group),
      l: () => this.#later(group),
      Enter: () => box.querySelector('.qcb-group-name')?.select(),
    }[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }
}

/** [name, where it comes from]: the most typical member, a phrase, the keywords together, each. */
function nameProposals(group, texts) {
  const { name, keywords, phrase } = group;
  const proposals = [[name, texts.name_typical]];
  if (phrase) proposals.push([phrase, texts.name_phrase]);
  if (keywords.length > 1) proposals.push([keywords.join(', '), texts.name_keywords]);
  proposals.push(...keywords.map((word) => [word, texts.use_as_name]));
  return proposals.filter(([one], n) => proposals.findIndex(([other]) => other === one) === n);
}

function marked(wording, words, others) {
  return markShared(wording, words, others).map(({ text, shared }) =>
    shared ? element('mark', 'qcb-shared', {}, text) : document.createTextNode(text),
  );
}
