"""What trying a sentence model on a study's own texts has shown, and whether to warn of it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from qualcode.texts import N_

FEWEST_TEXTS = 20
MOST_TEXTS = 150
# English in an English model is cut into 1.1-1.4 pieces a word, Finnish in a multilingual one into
# about 2; Finnish in an English model into 2.7-3.4.
MOST_PIECES_A_WORD = 2.9
MOST_UNKNOWN = 0.05

STRANGE_LANGUAGE = N_(
    "This model does not seem to know the language of the material: it finds texts alike by their "
    "letters rather than by their meaning. Its suggestions are close to guesses. Choose a "
    "multilingual model, or the engine of the program."
)
TOO_FEW = N_(
    "There are too few texts yet to tell whether this model knows the language of the material."
)


@dataclass(frozen=True)
class Trial:
    """What was seen. The two agreements are rank correlations over all pairs of texts, -1...1.

    None where it could not be told: too few texts, or no other engine that compares meaning.
    """

    texts: int
    dimensions: int
    prefix: str
    texts_a_second: float
    pieces_a_word: float | None = None
    unknown: float = 0.0
    like_meaning: float | None = None
    like_spelling: float | None = None
    reference: str = ""

    @property
    def warning(self) -> str:
        """The msgid to show before the model is taken into use; empty if all seems well."""
        if self.like_meaning is not None and self.like_spelling is not None:
            strange = self.like_meaning < self.like_spelling
        elif self.texts < FEWEST_TEXTS and self.pieces_a_word is None:
            return TOO_FEW
        else:
            strange = (self.pieces_a_word or 0) > MOST_PIECES_A_WORD
        return STRANGE_LANGUAGE if strange or self.unknown > MOST_UNKNOWN else ""

    def as_message(self) -> dict[str, Any]:
        return asdict(self)
