"""Finds what hardly changes inside the sentence model: ``python -m benchmarks.e5_idle``.

Writes what stands in ``qualcode/nlp/e5/idle.json``: of the values after GELU in every layer those
that could be left out with the least loss, what they usually are, and the highest that any other
reached. The loss is how much a value changes from piece to piece, times what the next weights and
the layer norm make of it. The network runs in full precision over the texts of ``e5_outliers`` and
over common words of Finnish, Swedish and English drawn at random, as they are typed and in small
letters; the highest value is looked for among pieces drawn at random too. Takes two minutes.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import onnx
import onnxruntime
from wordfreq import top_n_list

from benchmarks.e5_outliers import at_random, invented_lines
from qualcode.nlp.e5 import graph, idle, outliers, source, vocabulary
from qualcode.nlp.e5.engine import PREFIX

LEFT_OUT = {11: 1152}
"""How many of a layer's 1,536, by multiples of 32, which the products of eight bits like best. Of
the other layers even 32 are missed, by long texts most (docs/benchmarks.md)."""

DRAWN = 400
COMMON = (100, 1000, 5000)
WORDS = (1, 2, 3, 5, 8)
PIECES_AT_ONCE = 512


class Seen:
    """Sums, squares and the highest of each value after one layer's GELU."""

    def __init__(self, size: int) -> None:
        self.count = 0
        self.sums = np.zeros(size)
        self.squares = np.zeros(size)
        self.highest = np.full(size, -np.inf)

    def add(self, values: np.ndarray, counted: bool) -> None:
        self.highest = np.maximum(self.highest, values.max(axis=0))
        if counted:
            self.count += len(values)
            self.sums += values.sum(axis=0)
            self.squares += np.square(values, dtype=np.float64).sum(axis=0)

    @property
    def usual(self) -> np.ndarray:
        return self.sums / self.count

    @property
    def variance(self) -> np.ndarray:
        return np.maximum(self.squares / self.count - self.usual**2, 0)


def main() -> None:
    opened = source.read(source.find() or Path(source.FILE))
    kept = vocabulary.needed(opened)
    tokenizer = vocabulary.tokenizer(vocabulary.pruned(opened.pieces, kept))
    session, names = network(opened, kept)

    def cut(line: str) -> list[int]:
        read = vocabulary.readable(PREFIX + line, opened.characters)
        return [*tokenizer.encode(read).ids]

    seen = [Seen(opened.sizes.feed_forward) for _ in names]
    lines = [*invented_lines(), *common_words()]
    for ids in at_once(cut(written) for line in lines for written in (line, line.lower())):
        look(session, names, ids, seen, counted=True)
    for ids in at_once(at_random(cut("a"), len(kept))):
        look(session, names, ids, seen, counted=False)
    found = {f"l{layer}.": told(opened, layer, seen[layer]) for layer in LEFT_OUT}
    rows = ",\n".join(f' "{layer}": {json.dumps(said)}' for layer, said in found.items())
    idle.FILE.write_text("{\n" + rows + "\n}\n", encoding="utf-8")


def network(
    opened: source.Source, kept: Sequence[int]
) -> tuple[onnxruntime.InferenceSession, list[str]]:
    model = graph.model(opened, kept, bits=32)
    names = [node.output[0] for node in model.graph.node if node.op_type == "Gelu"]
    for name in names:
        model.graph.output.add().name = name
    with TemporaryDirectory() as folder:
        path = Path(folder) / "network.onnx"
        onnx.save(model, path)
        return onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"]), names


def common_words() -> Iterable[str]:
    drawing = random.Random(2)
    for language in vocabulary.LANGUAGES:
        words = top_n_list(language, max(COMMON))
        for _ in range(DRAWN):
            among = words[: drawing.choice(COMMON)]
            yield " ".join(drawing.choice(among) for _ in range(drawing.choice(WORDS)))


def at_once(texts: Iterable[list[int]]) -> Iterable[np.ndarray]:
    """Equally long texts together: nothing is padded."""
    by_length: dict[int, list[list[int]]] = {}
    for ids in texts:
        by_length.setdefault(len(ids), []).append(ids)
    for length, alike in by_length.items():
        step = max(1, PIECES_AT_ONCE // length)
        for start in range(0, len(alike), step):
            yield np.array(alike[start : start + step], dtype=np.int64)


def look(
    session: Any, names: list[str], ids: np.ndarray, seen: Sequence[Seen], counted: bool
) -> None:
    for one, values in zip(seen, session.run(names, {graph.INPUT: ids}), strict=True):
        one.add(values.reshape(-1, values.shape[-1]), counted)


def told(opened: source.Source, layer: int, seen: Seen) -> dict[str, Any]:
    sizes = opened.sizes
    even = outliers.evenings(sizes.hidden).get(f"l{layer + 1}.qkv", outliers.plain(sizes.hidden))
    reach = opened.tensor(f"l{layer}.oln.w", sizes.hidden) / even.scale
    weights = opened.tensor(f"l{layer}.fo.w", sizes.hidden, sizes.feed_forward) * reach[:, None]
    loss = seen.variance * np.square(weights, dtype=np.float64).sum(axis=0)
    places = np.sort(np.argsort(loss, kind="stable")[: LEFT_OUT[layer]])
    return {
        "highest": round(float(np.delete(seen.highest, places).max()), 2),
        "places": places.tolist(),
        "usual": [round(float(one), 3) for one in seen.usual[places]],
    }


if __name__ == "__main__":
    main()
