// What the grouping board knows, as plain values: the category tree, where each reduction lies, and
// what an operation makes of them. The rules are those of the domain's CategoryTree; here they let the
// screen change at once, before the server has confirmed. Nothing in this file touches the page.
//
// board = { categories: Map(id -> category), cards: Map(id -> card) }
//   category { id, name, level (1 = subcategory), parent (id or null), position, origin, pinned, ... }
//   card     { id, wording, expressions, category (id or null), position, pinned }

export const PAGE = 60; // unplaced cards a page
export const SUBCATEGORY = 1;
export const HIGHEST_LEVEL = 4;

/** The board as the server last described it. Categories come in the order a table prints them. */
export function boardFrom(data) {
  const categories = new Map();
  const cards = new Map();
  data.categories.forEach(({ cards: placed, ...category }, position) => {
    categories.set(category.id, { ...category, position });
    placed.forEach(([id, wording, expressions, pinned = false], place) =>
      cards.set(id, { id, wording, expressions, category: category.id, position: place, pinned }),
    );
  });
  data.unplaced.cards.forEach(([id, wording, expressions], place) =>
    cards.set(id, { id, wording, expressions, category: null, position: place, pinned: false }),
  );
  return { categories, cards };
}

/**
 * The board after the operations the server has not confirmed. An operation that no longer fits
 * (its category is gone) changes nothing here: the server's answer will tell.
 */
export function applyOperations(board, operations) {
  const earlier = [];
  let now = board;
  for (const operation of operations) {
    if (operation.op === 'undo') {
      // Only what is still unconfirmed can be taken back here; the rest the server takes back.
      if (operation.of?.seq === earlier.at(-1)?.seq) now = earlier.pop()?.board ?? now;
      continue;
    }
    const change = CHANGES[operation.op];
    if (!change) continue;
    const next = change(now, operation);
    if (next !== now) earlier.push({ seq: operation.seq, board: now });
    now = next;
  }
  return now;
}

const CHANGES = {
  pin_place: (board, { ids }) => pinned(board, ids, true),
  unpin_place: (board, { ids }) => pinned(board, ids, false),

  place: (board, { reductions, category, before }) => place(board, reductions, category, before),

  move(board, { categories, under, before }) {
    const ids = categories.filter((id) => canMove(board, id, under));
    const siblings = childrenOf(board, under).filter((one) => !ids.includes(one.id));
    const places = positions(siblings, before, ids.length);
    return withCategories(
      board,
      ids.map((id, n) => ({ ...board.categories.get(id), parent: under, position: places[n] })),
    );
  },

  add(board, { id, name, level, under = null, reductions = [], categories = [] }) {
    if (board.categories.has(id) || (under !== null && !board.categories.has(under))) return board;
    const [position] = positions(childrenOf(board, under), null, 1);
    const added = { id, name, level, parent: under, position, origin: 'data' };
    let next = withCategories(board, [added]);
    if (categories.length) next = CHANGES.move(next, { categories, under: id });
    return reductions.length ? place(next, reductions, id) : next;
  },

  rename(board, { id, name }) {
    const category = board.categories.get(id);
    return category ? withCategories(board, [{ ...category, name }]) : board;
  },

  merge(board, { into, others }) {
    const gone = others.filter((id) => id !== into && board.categories.has(id));
    if (!canMerge(board, [into, ...gone])) return board;
    return gone.reduce((next, id) => {
      const children = childrenOf(next, id).map((child) => child.id);
      const moved = CHANGES.move(next, { categories: children, under: into });
      return without(place(moved, cardsIn(moved, id).map((card) => card.id), into), id);
    }, board);
  },

  split(board, { id, new: newId, name, members }) {
    const old = board.categories.get(id);
    if (!old) return board;
    const inside = (member) => board.categories.has(member);
    return CHANGES.add(board, {
      id: newId,
      name,
      level: old.level,
      under: old.parent,
      categories: members.filter(inside),
      reductions: members.filter((member) => !inside(member)),
    });
  },

  remove(board, { id }) {
    if (!board.categories.has(id)) return board;
    const children = childrenOf(board, id).map((child) => child.id);
    const moved = CHANGES.move(board, { categories: children, under: null });
    return without(place(moved, cardsIn(moved, id).map((card) => card.id), null), id);
  },

  accept_groups: (board, { groups }) =>
    groups.reduce(
      (next, { id, name, under = null, joins = null, members, level = SUBCATEGORY }) => {
        const free = members.filter((member) => isFree(next, member));
        if (!free.length) return next; // all have a place: the study makes no empty category
        if (joins !== null) return next.categories.has(joins) ? place(next, free, joins) : next;
        const holds = level === SUBCATEGORY ? 'reductions' : 'categories';
        return CHANGES.add(next, { id, name, level, under, [holds]: free });
      },
      board,
    ),
};

function place(board, ids, category, before) {
  if (category !== null && !canPlace(board, category)) return board;
  const moving = new Set(ids.filter((id) => board.cards.has(id)));
  const siblings = cardsIn(board, category).filter((card) => !moving.has(card.id));
  const places = positions(siblings, before, moving.size);
  const cards = new Map(board.cards);
  [...moving].forEach((id, n) =>
    cards.set(id, {
      ...cards.get(id),
      category,
      position: places[n],
      // Without a place there is nothing to be fixed to.
      pinned: category !== null && cards.get(id).pinned,
    }),
  );
  return { ...board, cards };
}

/** The named cards that have a place, and the named categories, fixed or no longer so. */
function pinned(board, ids, on) {
  const cards = new Map(board.cards);
  const categories = new Map(board.categories);
  for (const id of ids) {
    if (categories.has(id)) categories.set(id, { ...categories.get(id), pinned: on });
    else if (cards.get(id)?.category != null) cards.set(id, { ...cards.get(id), pinned: on });
  }
  return { categories, cards };
}

function withCategories(board, changed) {
  if (!changed.length) return board;
  const categories = new Map(board.categories);
  for (const category of changed) categories.set(category.id, category);
  return { ...board, categories };
}

function without(board, id) {
  const categories = new Map(board.categories);
  categories.delete(id);
  return { ...board, categories };
}

/** `count` rising positions before the sibling `before`, or after the last one. */
function positions(siblings, before, count) {
  const index = before ? siblings.findIndex((one) => one.id === before) : -1;
  const steps = Array.from({ length: count }, (_, n) => n + 1);
  if (index < 0) {
    const last = siblings.length ? siblings.at(-1).position : 0;
    return steps.map((step) => last + step);
  }
  const high = siblings[index].position;
  const low = index ? siblings[index - 1].position : high - 1;
  return steps.map((step) => low + ((high - low) / (count + 1)) * step);
}

// --- looking ---

const inOrder = (one, other) => one.position - other.position || (one.id < other.id ? -1 : 1);
// Cards without a place stand by wording, as the server lists them: confirming moves nothing.
const byWording = (one, other) => {
  const [mine, others] = [one.wording.toLowerCase(), other.wording.toLowerCase()];
  return mine === others ? (one.id < other.id ? -1 : 1) : mine < others ? -1 : 1;
};
const rootsFirst = (one, other) => other.level - one.level || inOrder(one, other);

export function childrenOf(board, parent) {
  const children = [...board.categories.values()].filter((one) => one.parent === parent);
  return children.sort(parent === null ? rootsFirst : inOrder);
}

export function cardsIn(board, category) {
  const cards = [...board.cards.values()].filter((card) => card.category === category);
  return cards.sort(category === null ? byWording : inOrder);
}

/**
 * Everything a screen needs at once: `children` (parent id or null -> categories in order), `cards`
 * (category id or null -> cards in order) and `reductions` (category id -> how many in its branch).
 */
export function arrange(board) {
  const children = groupBy(board.categories.values(), (one) => one.parent);
  const cards = groupBy(board.cards.values(), (card) => card.category);
  for (const [parent, list] of children) list.sort(parent === null ? rootsFirst : inOrder);
  for (const [place, list] of cards) list.sort(place === null ? byWording : inOrder);
  const reductions = new Map();
  const count = (id) => {
    let sum = cards.get(id)?.length ?? 0;
    for (const child of children.get(id) ?? []) sum += count(child.id);
    reductions.set(id, sum);
    return sum;
  };
  for (const root of children.get(null) ?? []) count(root.id);
  return { children, cards, reductions };
}

function groupBy(values, key) {
  const groups = new Map();
  for (const value of values) {
    const group = groups.get(key(value));
    if (group) group.push(value);
    else groups.set(key(value), [value]);
  }
  return groups;
}

/** The category's ancestors, nearest first. */
export function ancestors(board, id) {
  const found = [];
  for (let one = board.categories.get(id); one?.parent != null; ) {
    one = board.categories.get(one.parent);
    if (one) found.push(one.id);
  }
  return found;
}

// --- rules ---

/** Whether the reduction has no place yet, or the category lies under nothing. */
export function isFree(board, id) {
  const category = board.categories.get(id);
  return category ? category.parent === null : (board.cards.get(id)?.category ?? null) === null;
}

/** A reduction lies in a subcategory only. */
export function canPlace(board, category) {
  return category === null || board.categories.get(category)?.level === SUBCATEGORY;
}

/** A category lies under one of a higher level, and never under itself. */
export function canMove(board, id, under) {
  const category = board.categories.get(id);
  if (!category) return false;
  if (under === null) return true;
  const parent = board.categories.get(under);
  if (!parent || id === under || ancestors(board, under).includes(id)) return false;
  return parent.level > category.level;
}

/** Two or more categories of one level. */
export function canMerge(board, ids) {
  const levels = new Set(ids.map((id) => board.categories.get(id)?.level));
  return ids.length > 1 && levels.size === 1 && !levels.has(undefined);
}

/** Of the named categories those that do not lie inside another of them. */
export function topmost(board, ids) {
  const named = new Set(ids);
  return ids.filter((id) => !ancestors(board, id).some((above) => named.has(above)));
}

/** The category all of these lie in (cards) or under (categories); undefined when they differ. */
export function commonPlace(board, ids, kind) {
  const places = new Set(
    ids.map((id) =>
      kind === 'card' ? board.cards.get(id)?.category : board.categories.get(id)?.parent,
    ),
  );
  return places.size === 1 ? [...places][0] : undefined;
}

// --- selecting ---

/** The items from `anchor` to `target` in the order shown, both included, whichever comes first. */
export function rangeBetween(order, anchor, target) {
  const from = order.indexOf(anchor);
  const to = order.indexOf(target);
  if (to < 0) return [];
  if (from < 0) return [target];
  return order.slice(Math.min(from, to), Math.max(from, to) + 1);
}

/** What a drag takes along: the whole selection of its kind when the grabbed item is part of it. */
export function grabbed(selection, order, item) {
  if (!selection.has(item)) return [item];
  const kind = item.slice(0, 2);
  return order.filter((one) => selection.has(one) && one.startsWith(kind));
}
