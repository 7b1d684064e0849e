// The memos at one place, read and written. A memo that somebody else changed while it was being
// rewritten is shown beside one's own words, and only a choice between them saves anything.

import { brief, fill, h } from './dom.js';
import { draftOf, dropDraft, keepDraft, keyOf } from './memo_drafts.js';
import { memoElement } from './memo_text.js';
import { thingOpener } from './thing_opener.js';

export class MemoBox {
  #seen = null; // the edited memo's text that the writer has had before their eyes

  constructor(desk, target, memos, edited, close) {
    Object.assign(this, { desk, target, memos, close, edited: null });
    const { texts } = desk;
    this.field = h('textarea', {
      class: 'qc-field', rows: '3', 'aria-label': texts.write_memo, placeholder: texts.write_memo,
      oninput: () => keepDraft(desk.memory, this.#key, this.field.value, this.#seen),
    });
    this.saving = h('button', { type: 'button', class: 'qc-button', onclick: () => this.#save() },
      texts.save_memo);
    this.conflict = h('div', { class: 'qc-memo-conflict', role: 'alert', hidden: true });
    this.element = h('div', {
      class: 'qc-memo-box', role: 'group', 'aria-label': texts.memos, tabindex: '-1',
      onkeydown: (event) => this.#pressed(event),
      onmouseup: (event) => event.stopPropagation(), // a click here must not take the focus away
    },
    this.#about(),
    ...memos.map((memo) => this.#memo(memo)),
    this.conflict,
    ...(desk.readsOnly ? [] : [
      this.field,
      h('div', { class: 'qc-memo-foot' }, this.saving, h('span', { class: 'qc-hint' }, texts.memo_keys)),
    ]));
    this.#edit(edited);
  }

  // What it is about, where that is not plain: below a short answer it is the answer.
  #about() {
    const { desk, target } = this;
    if (target.whole && !desk.rows.get(target.doc).long) return null;
    const { texts } = desk;
    const about = target.whole
      ? texts.whole_answer
      : fill(texts.quoted, { text: brief(target.quote, 200) });
    return h('div', { class: 'qc-target' }, about);
  }

  // Where one writes, or on the memos where one only reads them.
  focus() {
    (this.desk.readsOnly ? this.element : this.field).focus({ preventScroll: true });
  }

  #memo(memo) {
    const { texts, options } = this.desk;
    // One that is not saved yet has no name beside it: it is mine.
    const mine = !memo.who || memo.who === options.coder;
    const button = (name, act) => h('button', {
      type: 'button', class: 'qc-button', onclick: act,
    }, name);
    return h('div', { class: 'qc-memo-card' },
      memoElement(memo.text, memo.links, thingOpener(this.desk)),
      h('div', { class: 'qc-memo-foot' },
        h('span', { class: 'qc-hint' }, [memo.who, memo.at].filter(Boolean).join(' · ')),
        this.desk.readsOnly ? '' : button(texts.edit, () => {
          this.#edit(memo);
          this.field.focus({ preventScroll: true });
        }),
        mine && !this.desk.readsOnly ? button(texts.remove, () => this.#remove(memo)) : ''));
  }

  #edit(memo) {
    const { desk } = this;
    const { texts } = desk;
    this.edited = memo;
    const draft = draftOf(desk.memory, this.#key, memo);
    this.field.value = draft?.text ?? memo?.text ?? '';
    this.#seen = memo ? draft?.seen ?? memo.text : null;
    this.field.setAttribute('aria-label', memo ? texts.edit_memo : texts.write_memo);
    this.#paintConflict();
  }

  // --- two versions ---

  get #isTorn() {
    return this.edited !== null && this.#seen !== this.edited.text;
  }

  #paintConflict() {
    const { texts } = this.desk;
    this.conflict.hidden = !this.#isTorn;
    if (!this.#isTorn) {
      this.conflict.replaceChildren();
      return;
    }
    const theirs = this.edited.text;
    const settle = (text) => {
      this.#seen = theirs;
      this.field.value = text;
      keepDraft(this.desk.memory, this.#key, text, theirs);
      this.#paintConflict();
      this.field.focus({ preventScroll: true });
    };
    const choice = (name, act) => h('button', { type: 'button', class: 'qc-button', onclick: act }, name);
    this.conflict.replaceChildren(
      h('div', {}, texts.memo_torn),
      h('blockquote', {}, theirs),
      h('div', { class: 'qc-memo-foot' },
        choice(texts.memo_keep_mine, () => settle(this.field.value)),
        choice(texts.memo_join_both, () => settle(`${theirs}\n\n${this.field.value}`)),
        choice(texts.memo_keep_theirs, () => settle(theirs))));
  }

  #save() {
    const { desk, target, edited } = this;
    const text = this.field.value.trim();
    if (this.#isTorn) {
      desk.say(desk.texts.memo_torn);
      this.conflict.querySelector('button').focus();
      return;
    }
    if (!text) {
      this.close();
      return;
    }
    const place = keyOf(target, null);
    const { doc } = target;
    dropDraft(desk.memory, this.#key);
    if (edited) {
      desk.act({ op: 'change_memo', id: edited.id, doc, text, seen: edited.text, _place: place },
        desk.texts.memo_saved);
    } else {
      const about = target.whole
        ? { about_kind: 'document', about_id: doc }
        : { start: target.from, end: target.to };
      desk.act({ op: 'write_memo', id: crypto.randomUUID(), doc, ...about, text }, desk.texts.memo_saved);
    }
    this.close();
  }

  #remove(memo) {
    const { desk } = this;
    desk.act({ op: 'remove_memo', id: memo.id, doc: this.target.doc }, desk.texts.memo_removed);
    this.close();
  }

  get #key() {
    return keyOf(this.target, this.edited);
  }

  #pressed(event) {
    // Letters in here are no keys of the desk, nor of the page around it.
    event.stopPropagation();
    if (event.isComposing) return;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.#save();
    } else if (event.key === 'Escape') {
      event.preventDefault();
      this.close();
    }
  }
}
