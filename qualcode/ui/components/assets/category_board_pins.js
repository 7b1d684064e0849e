// Pins: what a person has fixed in its place, so that no suggestion proposes to move it.

import { fill } from './dom.js';

/** What of the chosen can be pinned: categories, and cards that have a place. */
export function pinnable(board) {
  const cards = board.chosen('r:').filter((id) => board.view.cards.get(id)?.category != null);
  return [...board.chosen('c:'), ...cards];
}

/** Pins what is chosen, or takes the pins off when all of it is pinned already. */
export function togglePins(board) {
  const { texts, view } = board;
  const ids = pinnable(board);
  if (!ids.length) {
    board.say(texts.cannot_pin, { problem: true });
    return;
  }
  const thing = (id) => view.categories.get(id) ?? view.cards.get(id);
  const off = ids.every((id) => thing(id).pinned);
  const first = thing(ids[0]);
  const name = first.name ?? first.wording;
  const said = off ? texts.said_unpinned : texts.said_pinned;
  board.act(
    { op: off ? 'unpin_place' : 'pin_place', ids },
    ids.length === 1 ? fill(said.one, { name }) : fill(said.other, { name, n: ids.length }),
  );
}
