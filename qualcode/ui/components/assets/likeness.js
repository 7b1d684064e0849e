// How a likeness is said on a suggestion.
//
// Scores are centred on the study: at nothing a text and a code are as like as any two. Such a suggestion
// is still worth a look, for it is nearer than all other codes (in a replay of the demo analysis 15 % of
// those in second and third place were chosen, and half of those in first), but "0,00" reads as a reason
// to leave it out. A word is said then, and in full what it means.

const LEAST = 0.005; // what is less would be printed as nothing

/** As on a chip: "0,14", or a word where a number would say nothing. */
export function likeness(value, texts, language) {
  if (value < LEAST) return texts.offer_weak;
  return decimal(value, language);
}

/** Two decimals, as a reason tells its likeness: below nothing it is nothing, never "-0,00". */
export function decimal(value, language) {
  return Math.max(0, value).toFixed(2).replace('.', language === 'fi' ? ',' : '.');
}

/** The sentence with `{code}` and `{score}` that tells what the chip says. */
export function likenessTold(value, texts) {
  return value < LEAST ? texts.offer_title_weak : texts.offer_title;
}
