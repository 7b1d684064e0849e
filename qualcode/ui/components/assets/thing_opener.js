// Opens what a memo points at: an answer and a code where they stand in the marker, everything else on the
// page that shows it.
//
//   const opener = thingOpener(desk)
//   opener.address(kind, id)   the address of the page, for a link that can be opened in another tab
//   opener.open(kind, id)      shows it in this window

export function thingOpener(desk) {
  const onPage = (kind, id) => desk.line.tell('thing', { kind, id, at: Date.now() });

  async function open(kind, id) {
    if (kind === 'document' && desk.rows.has(id)) {
      desk.fields.leave();
      document.getSelection().removeAllRanges();
      desk.activate(id, { focus: true });
    } else if (kind === 'code' && desk.view.codes.has(id)) {
      desk.emit('show code', id, { focus: true });
    } else onPage(kind, id);
  }

  return {
    address: (kind, id) => desk.options.places[kind] + encodeURIComponent(id),
    open,
  };
}
