"""What the engines are called, what using one costs and what lacking one does (msgids)."""

from __future__ import annotations

from qualcode.texts import N_

LABELS = {
    "e5-forms": N_("Sentence model with Finnish word vectors and dictionary forms"),
    "e5-floret": N_("Sentence model with Finnish word vectors"),
    "e5": N_("Multilingual sentence model"),
    "floret": N_("Finnish word vectors"),
    "tfidf": N_("Likeness of spelling"),
    "sentences": N_("A sentence model of your own"),
    "minilm": N_("MiniLM (English only)"),
}
COSTS = {
    "e5-forms": N_(
        "Compares whole sentences, words, their dictionary forms, near-synonyms and the parts of "
        "compounds; the best for Finnish. Works offline."
    ),
    "e5-floret": N_("Compares whole sentences and Finnish words as written. Works offline."),
    "e5": N_("Compares whole sentences in Finnish, Swedish and English. Works offline."),
    "floret": N_("Compares meaning word by word; ready at once. Made for Finnish."),
    "tfidf": N_("Compares spelling only: what is said in other words is not found."),
    "sentences": N_("Compares whole sentences; slower and takes more memory."),
    "minilm": N_("Compares whole English sentences; does not understand Finnish."),
}
LACKS = {
    "e5-forms": N_(
        "Without it inflected words and compounds are compared as they are written only, words "
        "that mean nearly the same less surely, and the right category is first a little less "
        "often."
    ),
    "e5-floret": N_(
        "Without it expressions that say the same in other words find one another less often."
    ),
    "e5": N_("Without it whole sentences are not compared, and Swedish and English hardly at all."),
    "floret": N_("Without it only spelling is compared: meaning does not count."),
    "sentences": N_("Without it the study's own choice is not followed on this computer."),
    "minilm": N_("Without it the study's own choice is not followed on this computer."),
}
