"""Measures the outlying channels of the sentence model: ``python -m benchmarks.e5_outliers``.

Prints what stands in ``qualcode/nlp/e5/outliers.json``: channel -> usual value and divisor, for
every place where values are rounded. The network runs in full precision over the invented texts
with names (tests/nlp/data), none of which is among the known texts that the build compares.
"""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import onnx
import onnxruntime

from qualcode.nlp.e5 import graph, outliers, source, vocabulary
from qualcode.nlp.e5.engine import PREFIX

TEXTS = Path(__file__).parents[1] / "tests/nlp/data/names_invented.txt"
CURVE = 0.65
"""Divisors grow by this power of how far a channel goes beyond the middle one."""


def main() -> None:
    opened = source.read(source.find() or Path(source.FILE))
    network = graph.model(opened, range(len(opened.pieces.texts)), bits=32)
    # A layer has two norms: after the pieces and the layers before it, and after attention.
    norms = [node.output[0] for node in network.graph.node if node.op_type == "LayerNormalization"]
    places = outliers.evenings(opened.sizes.hidden).items()
    for name in norms:
        network.graph.output.add().name = name
    tokenizer = vocabulary.tokenizer(opened.pieces)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "network.onnx"
        onnx.save(network, path)
        session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    rows = []
    for line in TEXTS.read_text(encoding="utf-8").splitlines():
        if line.strip():
            text = vocabulary.readable(PREFIX + line.strip(), opened.characters)
            rows.append(session.run(norms, {graph.INPUT: np.array([tokenizer.encode(text).ids])}))
    lines = []
    for number, (place, even) in enumerate(places):
        found = np.concatenate([row[number] for row in rows]) * even.scale + even.middle
        lines.append(f' "{place}": {json.dumps(measured(found))}')
    print("{\n" + ",\n".join(lines) + "\n}")


def measured(values: np.ndarray) -> dict[str, list[float]]:
    """Usual value and divisor of the channels that go far beyond the middle one."""
    usual = values.mean(axis=0)
    furthest = np.abs(values - usual).max(axis=0)
    divisors = 2.0 ** np.rint(CURVE * np.log2(furthest / np.median(furthest)))
    return {
        str(channel): [round(float(usual[channel]), 2), int(divisors[channel])]
        for channel in np.flatnonzero(divisors >= 2)
    }


if __name__ == "__main__":
    main()
