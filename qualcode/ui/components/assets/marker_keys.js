// The keys: one table from a key to what it does. Every part binds its own:
//
//   desk.keys.bind('v', () => ..., { name: 'code in vivo' })
//   desk.keys.bind('Ctrl+Shift+z', ...)    modifiers in the order Ctrl, Alt, Shift; letters small
//   { always: true }                       also while there is no answer on the screen
//   { when: () => desk.picking.mark }      only while this holds; such a meaning goes before one that
//                                          always holds, so one key may stretch a picked mark and
//                                          select words otherwise
//   { acts: true }                         it changes something, or opens where one would: whoever only
//                                          reads is told so instead
//
// Two parts cannot have one key for always. The list that ? shows is KEYS in marker_words.py.

// The table's name of a pressed key. Cmd counts as Ctrl. A sign ([ ? .) is named by itself, however
// the keyboard writes it: on a Finnish one [ is AltGr+8, which reads as Ctrl+Alt, and ? is Shift++.
export function keyName({ key, ctrlKey, metaKey, altKey, shiftKey }) {
  const single = key.length === 1;
  const letter = single && /\p{L}/u.test(key);
  const sign = single && !letter && !/[\d ]/u.test(key);
  const ctrl = (ctrlKey || metaKey) && !(sign && altKey);
  const alt = altKey && !sign;
  const shift = shiftKey && !sign && !/^\d$/u.test(key);
  return [ctrl && 'Ctrl', alt && 'Alt', shift && 'Shift', letter ? key.toLowerCase() : key]
    .filter(Boolean)
    .join('+');
}

export class Keys {
  #table = new Map(); // the key's name -> [{act, name, always, when}, ...], conditional ones first

  constructor(desk) {
    this.desk = desk;
    desk.root.addEventListener('keydown', (event) => this.press(event));
  }

  bind(key, act, { name, always = false, when = null, acts = false }) {
    const there = this.#table.get(key) ?? [];
    const taken = !when && there.find((bound) => !bound.when);
    if (taken) throw new Error(`The key ${key} means "${taken.name}" already, not "${name}" too.`);
    const bound = { act, name, always, when, acts };
    this.#table.set(key, when ? [bound, ...there] : [...there, bound]);
  }

  meaning(key) {
    const meant = this.#table.get(key)?.filter((bound) => !bound.when || bound.when()) ?? [];
    // What the key does without changing anything, when this person only reads.
    return (this.desk.readsOnly && meant.find((bound) => !bound.acts)) || meant[0];
  }

  // Only while the focus is here and no field is being typed in.
  press(event) {
    if (event.isComposing || event.target.closest('input, textarea, dialog')) return;
    if (event.target.closest('button, a') && ['Enter', ' '].includes(event.key)) return;
    const bound = this.meaning(keyName(event));
    if (!bound) {
      // Streamlit has single-letter keys of its own (C clears its cache): not while reading here.
      if (event.key.length === 1 && !event.ctrlKey && !event.metaKey) event.stopPropagation();
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    if (!this.desk.active && !bound.always) return;
    if (bound.acts && this.desk.readsOnly) {
      this.desk.say(this.desk.texts.reads_only);
      return;
    }
    this.desk.timings.during(() => bound.act(event));
  }
}
