// The wall as plain values, and what an act makes of it before the server has confirmed it.
//
//   wall = { fields: [{ quadrant, title, groups: [{ id, name, notes }], loose: [note] }] }
//   note = { id, text, where }
//
// `apply(wall, op)` gives a new wall; an act that no longer fits (its note is gone) changes nothing.

export function apply(wall, op) {
  switch (op.op) {
    case 'wall_move':
      return hang(wall, op.notes, op.quadrant, op.group ?? null);
    case 'wall_group':
      return grouped(wall, op);
    case 'wall_rename':
      return withGroups(wall, (group) => (group.id === op.id ? { ...group, name: op.name } : group));
    case 'wall_ungroup':
      return ungrouped(wall, op.id);
    case 'wall_add':
      return added(wall, op);
    default:
      return wall;
  }
}

export const applyAll = (wall, ops) => ops.reduce(apply, wall);

export function noteOf(wall, id) {
  return notesOf(wall).find((note) => note.id === id) ?? null;
}

export function notesOf(wall) {
  return wall.fields.flatMap((field) => [...field.groups.flatMap((g) => g.notes), ...field.loose]);
}

export function groupOf(wall, id) {
  return wall.fields.flatMap((field) => field.groups).find((group) => group.id === id) ?? null;
}

export function countOf(field) {
  return field.loose.length + field.groups.reduce((sum, group) => sum + group.notes.length, 0);
}

// Offers whose notes still hang loose; what somebody has grouped meanwhile is left out of them.
export function offersLeft(wall, offers) {
  return offers
    .map((offer) => {
      const field = wall.fields.find((f) => f.quadrant === offer.quadrant);
      const loose = new Set((field?.loose ?? []).map((note) => note.id));
      return { ...offer, members: offer.members.filter((id) => loose.has(id)) };
    })
    .filter((offer) => offer.members.length > 1);
}

// The next thing in a direction, by the order on the page: for the arrow keys.
export function besides(ids, id, step) {
  const at = ids.indexOf(id);
  if (at < 0) return ids[0] ?? null;
  return ids[Math.min(ids.length - 1, Math.max(0, at + step))];
}

function hang(wall, ids, quadrant, groupId) {
  const moving = ids.map((id) => noteOf(wall, id)).filter(Boolean);
  const gone = new Set(moving.map((note) => note.id));
  const there = groupId ? wall.fields.find((f) => f.groups.some((g) => g.id === groupId)) : null;
  if (groupId && !there) return wall;
  const to = there?.quadrant ?? quadrant;
  return {
    ...wall,
    fields: wall.fields.map((field) => ({
      ...field,
      groups: field.groups.map((group) => ({
        ...group,
        notes: [
          ...group.notes.filter((note) => !gone.has(note.id)),
          ...(group.id === groupId ? moving : []),
        ],
      })),
      loose: [
        ...field.loose.filter((note) => !gone.has(note.id)),
        ...(!groupId && field.quadrant === to ? moving : []),
      ],
    })),
  };
}

function grouped(wall, { id, quadrant, name, notes = [] }) {
  if (groupOf(wall, id)) return wall; // the server has it already
  const bare = {
    ...wall,
    fields: wall.fields.map((field) =>
      field.quadrant === quadrant
        ? { ...field, groups: [...field.groups, { id, name, notes: [] }] }
        : field,
    ),
  };
  return notes.length ? hang(bare, notes, quadrant, id) : bare;
}

function ungrouped(wall, id) {
  return {
    ...wall,
    fields: wall.fields.map((field) => {
      const gone = field.groups.find((group) => group.id === id);
      if (!gone) return field;
      return {
        ...field,
        groups: field.groups.filter((group) => group.id !== id),
        loose: [...field.loose, ...gone.notes],
      };
    }),
  };
}

function added(wall, { id, quadrant, group = null, text }) {
  if (noteOf(wall, id)) return wall; // the server has it already
  const note = { id, text, where: '' };
  return {
    ...wall,
    fields: wall.fields.map((field) => ({
      ...field,
      groups: field.groups.map((one) =>
        group && one.id === group ? { ...one, notes: [...one.notes, note] } : one,
      ),
      loose:
        !group && field.quadrant === quadrant ? [...field.loose, note] : field.loose,
    })),
  };
}

function withGroups(wall, change) {
  return {
    ...wall,
    fields: wall.fields.map((field) => ({ ...field, groups: field.groups.map(change) })),
  };
}
