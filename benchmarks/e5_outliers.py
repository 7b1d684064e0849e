"""Measures the channels of the sentence model: ``python -m benchmarks.e5_outliers``.

Writes what stands in ``qualcode/nlp/e5/outliers.json``: for every place where values are rounded,
each middle and divisor, and how far the evened values reach. The network runs in full precision
over invented texts (those with names, the odd ones of ``data/odd_lines.txt``, machine-made
expressions), none of which is among the known texts that the build compares; and over pieces of
the vocabulary drawn at random, which tell only how far values can go. Takes two minutes.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import onnx
import onnxruntime

from benchmarks.embedding_speed import texts
from qualcode.nlp.e5 import graph, outliers, source, vocabulary
from qualcode.nlp.e5.engine import PREFIX

NAMED = Path(__file__).parents[1] / "tests/nlp/data/names_invented.txt"
ODD = Path(__file__).parent / "data/odd_lines.txt"
MACHINE_MADE = 300
DRAWN = 3000
LENGTHS = (1, 1, 2, 3, 5, 10, 20, 30)
CURVE = {"qkv": 0.65, "fi": 0.65, "ao": 0.5}
"""Divisors grow by this power of how far a channel goes beyond the middle one."""


class Bounds:
    """Lowest and highest value of each channel at each place."""

    def __init__(self) -> None:
        self.low: dict[str, np.ndarray] = {}
        self.high: dict[str, np.ndarray] = {}

    def widen(self, place: str, values: np.ndarray) -> None:
        flat = values.reshape(-1, values.shape[-1])
        low, high = flat.min(axis=0), flat.max(axis=0)
        self.low[place] = np.minimum(self.low.get(place, low), low)
        self.high[place] = np.maximum(self.high.get(place, high), high)


def main() -> None:
    opened = source.read(source.find() or Path(source.FILE))
    kept = vocabulary.needed(opened)
    session, places = network(opened, kept)
    tokenizer = vocabulary.tokenizer(vocabulary.pruned(opened.pieces, kept))
    written = [
        tokenizer.encode(vocabulary.readable(PREFIX + line, opened.characters)).ids
        for line in invented_lines()
    ]
    real, drawn = Bounds(), Bounds()
    for ids in written:
        run(session, places, ids, real, drawn)
    for ids in at_random(tokenizer.encode(PREFIX + "a").ids, len(kept)):
        run(session, places, ids, drawn)
    found = {place: measured(place, real, drawn) for place in sorted(real.low, key=in_order)}
    told = ",\n".join(f' "{place}": {json.dumps(said)}' for place, said in found.items())
    outliers.FILE.write_text("{\n" + told + "\n}\n", encoding="utf-8")


def invented_lines() -> list[str]:
    lines = NAMED.read_text(encoding="utf-8").splitlines()
    lines += [line for line in ODD.read_text(encoding="utf-8").splitlines() if line[:1] != "#"]
    return [line.strip() for line in lines if line.strip()] + texts(MACHINE_MADE)


def network(
    opened: source.Source, kept: list[int]
) -> tuple[onnxruntime.InferenceSession, dict[str, tuple[str, outliers.Evening]]]:
    """The network in full precision, and what of it is looked at, by place.

    The values come out evened as the file has it today, which is undone.
    """
    model = graph.model(opened, kept, bits=32)
    known = outliers.evenings(opened.sizes.hidden)
    norms = [node.output[0] for node in model.graph.node if node.op_type == "LayerNormalization"]
    whole = [node.output[0] for node in model.graph.node if node.op_type == "Reshape"]
    into = {name for node in model.graph.node for name in node.input if node.op_type == "MatMul"}
    gathered = [name for name in whole if name in into]
    # A layer has two norms: after the pieces and the layers before it, and after attention.
    names = {}
    for layer in range(opened.sizes.layers):
        for place, name in (
            ("qkv", norms[2 * layer]),
            ("ao", gathered[layer]),
            ("fi", norms[2 * layer + 1]),
        ):
            names[f"l{layer}.{place}"] = (name, known[f"l{layer}.{place}"])
            model.graph.output.add().name = name
    with TemporaryDirectory() as folder:
        path = Path(folder) / "network.onnx"
        onnx.save(model, path)
        return onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"]), names


def run(
    session: Any, places: dict[str, tuple[str, outliers.Evening]], ids: list[int], *into: Bounds
) -> None:
    made = session.run([name for name, _ in places.values()], {graph.INPUT: np.array([ids])})
    for (place, (_, even)), values in zip(places.items(), made, strict=True):
        for bounds in into:
            bounds.widen(place, values * even.scale + even.middle)


def at_random(example: list[int], pieces: int) -> Iterable[list[int]]:
    """Pieces in no order, between the beginning and the end that every text has."""
    drawing = random.Random(1)
    for _ in range(DRAWN):
        drawn = [drawing.randrange(4, pieces) for _ in range(drawing.choice(LENGTHS))]
        yield [*example[:-2], *drawn, example[-1]]


def measured(place: str, real: Bounds, drawn: Bounds) -> dict[str, Any]:
    """Middles and divisors by what is written; the reach by all that was seen."""
    kind = place.partition(".")[2]
    low, high = real.low[place], real.high[place]
    middle = np.zeros_like(low) if kind == "ao" else np.round((low + high) / 2, 2)
    furthest = np.maximum(high - middle, middle - low)
    quarters = np.rint(
        outliers.FINENESS * CURVE[kind] * np.log2(furthest / np.median(furthest))
    ).astype(int)
    even = 2.0 ** (quarters / outliers.FINENESS)
    reach = (np.maximum(drawn.high[place] - middle, middle - drawn.low[place]) / even).max()
    told: dict[str, Any] = {"reach": round(float(reach), 2), "quarters": quarters.tolist()}
    if kind != "ao":
        told["middle"] = [round(float(one), 2) for one in middle]
    return told


def in_order(place: str) -> tuple[int, int]:
    layer, _, kind = place.partition(".")
    return int(layer[1:]), ("qkv", "ao", "fi").index(kind)


if __name__ == "__main__":
    main()
