"""Noun phrases of Finnish texts that can be a name: "oma päätösvalta", not "päätösvalta, oma".

By the Finnish spaCy pipeline, which takes half a gigabyte and seconds: a web process asks the
worker (``Worker.phrases``). Only phrases whose head stands in the nominative are taken, since
others would have to be inflected to be a name.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qualcode.nlp.embedding import normalised
from qualcode.nlp.finnish_pipeline import finnish_pipeline

FEWEST_WORDS, MOST_WORDS = 2, 4
NAMING = frozenset({"NOUN", "PROPN", "ADJ", "NUM", "VERB", "CCONJ"})
NOT_NEEDED = ["ner", "lemmatizer", "tagger", "attribute_ruler"]
LONGEST_READ = 2_000
"""Letters of a text that are looked at: a name comes from a short wording."""


def noun_phrases(texts: Sequence[str]) -> list[tuple[str, ...]]:
    """The phrases of each text, in its order, of two to four words.

    Raises MissingEngine where the pipeline is not installed.
    """
    pipeline, _ = finnish_pipeline()
    documents = pipeline.pipe(
        (normalised(text)[:LONGEST_READ] for text in texts), disable=NOT_NEEDED
    )
    return [
        tuple(dict.fromkeys(chunk.text for chunk in document.noun_chunks if _names(chunk)))
        for document in documents
    ]


def _names(chunk: Any) -> bool:
    return (
        FEWEST_WORDS <= len(chunk) <= MOST_WORDS
        and chunk.root.pos_ in ("NOUN", "PROPN")
        and chunk.root.morph.get("Case") == ["Nom"]
        and all(token.pos_ in NAMING for token in chunk)
    )
