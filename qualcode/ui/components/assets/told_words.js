// The words that reasons speak of, shown where they stand: painted over the text without touching it,
// so that caret, selection and offsets stay as they are. Where a browser cannot, nothing is painted.

const NAME = 'qc-told-words';

/** Paints these ranges instead of those before; none takes the paint away. */
export function tellWords(ranges) {
  const painted = globalThis.CSS?.highlights;
  if (!painted) return;
  if (ranges.length) painted.set(NAME, new Highlight(...ranges));
  else painted.delete(NAME);
}
