// Where headings and second places of answers stand among the rows of a page.

// groups: [{value, ids, ...}] in order, ids: the rows of the page in order, each once. Gives the
// elements to put in, in order: {group} for a heading or {group, again: id} for a second place, each
// with `before`, the id of the row that follows it (null: none does).
export function placesOf(groups, ids) {
  const onPage = new Set(ids);
  const shown = new Set();
  const places = [];
  let waiting = [];
  const put = (place) => {
    places.push(place);
    waiting.push(place);
  };
  for (const group of groups) {
    put({ group, before: null });
    for (const id of group.ids) {
      if (!onPage.has(id)) continue;
      if (shown.has(id)) {
        put({ group, again: id, before: null });
        continue;
      }
      shown.add(id);
      for (const place of waiting) place.before = id;
      waiting = [];
    }
  }
  return places;
}
