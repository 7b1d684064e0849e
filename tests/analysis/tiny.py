"""A deterministic embedder small enough to reason about: one axis a theme, by the words used."""

from __future__ import annotations

import numpy as np

from qualcode.analysis.expressions import Expressions

THEMES = {
    "queue": {"jono", "odotus", "odottaa", "kauan", "jonotus", "viive"},
    "money": {"maksu", "hinta", "raha", "kallis", "lasku", "velka"},
    "listening": {"kuunnella", "kuulla", "välittää", "aito", "huomata"},
}


def vectors_of(texts: list[str]) -> np.ndarray:
    """A unit row a text: how often it uses the words of each theme, and a shared axis of all."""
    rows = np.zeros((len(texts), len(THEMES) + 1), dtype=np.float32)
    for row, text in enumerate(texts):
        words = text.lower().split()
        for axis, known in enumerate(THEMES.values()):
            rows[row, axis] = sum(word in known for word in words)
        if words and rows[row].any():
            rows[row, -1] = 0.5
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return rows / np.where(lengths == 0, 1, lengths)


def expressions(*texts: str, prefix: str = "r") -> Expressions:
    """The texts with ids r0, r1, ... and their words as stems."""
    return Expressions(
        ids=tuple(f"{prefix}{row}" for row in range(len(texts))),
        texts=texts,
        vectors=vectors_of(list(texts)),
        stems=tuple(tuple(text.lower().split()) for text in texts),
    )


QUEUE = ("jono kauan", "odotus kauan", "odottaa jono", "jonotus viive", "viive odotus")
MONEY = ("maksu kallis", "hinta kallis", "lasku velka", "velka raha", "raha maksu")
LISTENING = ("kuunnella aito", "kuulla huomata", "välittää aito", "huomata kuulla aito")


def study() -> Expressions:
    """Fourteen reductions on three themes: r0-r4 queues, r5-r9 money, r10-r13 listening."""
    return expressions(*QUEUE, *MONEY, *LISTENING)
