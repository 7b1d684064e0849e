"""The network as an ONNX graph, written node by node from the source's tensors.

multilingual-e5-small is a BERT of twelve layers whose last states are averaged over the text's
pieces and scaled to unit length (Wang et al. 2024). Written by hand because an export would need
torch.

In eight bits every output of a linear layer has a scale of its own, and so has every piece of
every text: a vector then does not depend on the other texts of its batch, as it would with the
usual one scale a batch, and comes nearer to the source's. The few channels that are far larger than
the rest are evened first (``outliers``): cosine .9997 instead of .9990, and .997 with one scale.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qualcode.nlp.e5.outliers import Evening, evenings
from qualcode.nlp.e5.source import Source
from qualcode.nlp.libraries import library

OPSET = 20
RUNTIME_OPS = "com.microsoft"  # operators of onnxruntime's own
IR_VERSION = 10
LOWEST_GELU = 0.17  # below zero it goes no further than this
STEPS = {"middle": (128, 127), "low_middle": (32, 223)}
"""Where zero lies in eight bits, and the steps above it; after GELU little is below."""
LAYER_EPSILON = 1e-12
INPUT = "input_ids"
OUTPUT = "vector"


@dataclass(frozen=True)
class Rounded:
    """Names of a value, of the same in eight bits, and of the scale between them."""

    values: str
    rounded: str
    scale: str
    middle: str


class _Graph:
    """Nodes and constants as they are written; every method gives the name of its result.

    ``bits`` of a weight: 8, 7 where products of 8 would overflow, or 32 for full precision.
    """

    def __init__(self, bits: int) -> None:
        self.onnx: Any = library("onnx", engine="e5")
        self.bits = bits
        self.nodes: list[Any] = []
        self.constants: list[Any] = []

    def const(self, name: str, value: NDArray[Any]) -> str:
        made = self.onnx.numpy_helper.from_array(np.ascontiguousarray(value), name)
        self.constants.append(made)
        return name

    def whole(self, name: str, *values: int) -> str:
        return self.const(name, np.array(values, dtype=np.int64))

    def number(self, name: str, value: float) -> str:
        return self.const(name, np.array(value, dtype=np.float32))

    def op(self, kind: str, *inputs: str, out: str = "", **attributes: Any) -> str:
        name = out or f"{kind}_{len(self.nodes)}"
        self.nodes.append(self.onnx.helper.make_node(kind, list(inputs), [name], **attributes))
        return name

    def linear(self, x: Rounded, weights: NDArray[np.float32]) -> str:
        """x · weightsᵀ."""
        number = len(self.nodes)
        if x.values == x.rounded:
            return self.op("MatMul", x.values, self.const(f"w_{number}", weights.T))
        scales = np.abs(weights).max(axis=1) / (2 ** (self.bits - 1) - 1)
        scales[scales == 0] = 1
        small = np.rint(weights / scales[:, None]).astype(np.int8)
        product = self.op(
            "MatMulIntegerToFloat",
            x.rounded,
            self.const(f"w_{number}", small.T),
            "unit",
            self.const(f"s_{number}", scales),
            x.middle,
            domain=RUNTIME_OPS,
        )
        return self.op("Mul", product, x.scale)

    def rounded(self, x: str, after_gelu: bool = False) -> Rounded:
        """x in eight bits, with the scale of each row; as it is in full precision.

        After GELU nothing is lower than -.17: the highest value tells the scale, which saves a
        pass over all of x, and most of the 255 steps are above zero.
        """
        middle = "low_middle" if after_gelu else "middle"
        if self.bits == 32:
            return Rounded(x, x, "", middle)
        below, above = STEPS[middle]
        if not after_gelu:
            highest = self.op("ReduceMax", self.op("Abs", x), "axis_last", keepdims=1)
        else:
            highest = self.op("ReduceMax", x, "axis_last", keepdims=1)
            least = self.number(f"low_{len(self.nodes)}", LOWEST_GELU * above / below)
            highest = self.op("Max", highest, least)
        scale = self.op("Mul", highest, f"{middle}_step")
        flat = self.op("Reshape", scale, "flat")
        whole = self.op("QuantizeLinear", x, flat, f"{middle}s", axis=0)
        return Rounded(x, whole, scale, middle)

    def normal(self, x: str, weights: NDArray[np.float32], bias: NDArray[np.float32]) -> str:
        number = len(self.nodes)
        return self.op(
            "LayerNormalization",
            x,
            self.const(f"nw_{number}", weights),
            self.const(f"nb_{number}", bias),
            axis=-1,
            epsilon=LAYER_EPSILON,
        )


def model(source: Source, kept: Sequence[int], bits: int = 8) -> Any:
    """An ``onnx.ModelProto``: ids (texts x pieces) -> unit vectors.

    The texts of one call are equally long, so nothing is padded and nothing has to be masked.
    ``kept`` are the ids of the pieces that stay; ids in the input count these only. ``bits`` of a
    weight are 8, 7 for processors whose products of 8 bits overflow, or 32 for full precision.
    """
    g = _Graph(bits)
    sizes = source.sizes
    width = sizes.hidden
    _shared_constants(g, width)
    x = _pieces(g, source, kept)
    length = g.op("Shape", INPUT, start=1, end=2)
    x = g.op("Add", x, g.op("Slice", _positions(g, source), "axis_0", length, "axis_0"))
    # One row a piece from here on; attention alone asks which pieces are of one text.
    by_text = g.op("Concat", g.op("Shape", INPUT), g.whole("width", width), axis=0)
    even = evenings(width)
    x = _evened(g, g.op("Reshape", x, "rows"), _weights(source, "emb.ln", width), even["l0.qkv"])
    if bits != 32:
        pieces = g.op("Shape", x, start=0, end=1)
        for middle in STEPS:
            g.op("Expand", middle, pieces, out=f"{middle}s")
    plain = Evening(np.zeros(width, np.float32), np.ones(width, np.float32))
    for layer in range(sizes.layers):
        name = f"l{layer}."
        following = even.get(f"l{layer + 1}.qkv", plain)
        steps = (even[f"{name}qkv"], even[f"{name}fi"], following)
        x = _layer(g, source, name, x, by_text, steps)
    mean = g.op("ReduceMean", g.op("Reshape", x, by_text), "axis_1", keepdims=0)
    g.op("LpNormalization", mean, out=OUTPUT, axis=-1, p=2)
    return _whole_model(g, width)


def _shared_constants(g: _Graph, width: int) -> None:
    g.whole("axis_0", 0)
    g.whole("axis_1", 1)
    g.whole("axis_last", -1)
    g.whole("flat", -1)
    g.whole("rows", -1, width)
    g.number("unit", 1.0)
    for middle, (below, above) in STEPS.items():
        g.number(f"{middle}_step", 1 / above)
        g.const(middle, np.array(below, dtype=np.uint8))


def _weights(source: Source, name: str, size: int) -> tuple[NDArray[np.float32], ...]:
    return tuple(source.tensor(f"{name}.{which}", size) for which in "wb")


def _pieces(g: _Graph, source: Source, kept: Sequence[int]) -> str:
    table = source.tensor("emb.word", source.sizes.vocabulary, source.sizes.hidden)[list(kept)]
    if g.bits == 32:
        return g.op("Gather", g.const("pieces", table), INPUT)
    scales = np.abs(table).max(axis=1, keepdims=True) / 127
    scales[scales == 0] = 1
    rounded = np.rint(table / scales).astype(np.int8)
    small = g.op("Gather", g.const("pieces", rounded), INPUT)
    real = g.op("Cast", small, to=g.onnx.TensorProto.FLOAT)
    return g.op("Mul", real, g.op("Gather", g.const("piece_scales", scales), INPUT))


def _positions(g: _Graph, source: Source) -> str:
    sizes = source.sizes
    places = source.tensor("emb.pos", sizes.positions, sizes.hidden)
    kind = source.tensor("emb.type", sizes.types, sizes.hidden)[0]
    return g.const("positions", places + kind)


def _evened(g: _Graph, x: str, weights: tuple[NDArray[np.float32], ...], even: Evening) -> str:
    """The layer norm of x with its large channels evened, which costs nothing."""
    gain, bias = weights
    return g.normal(x, gain / even.scale, (bias - even.middle) / even.scale)


def _layer(
    g: _Graph,
    source: Source,
    name: str,
    x: str,
    by_text: str,
    steps: tuple[Evening, Evening, Evening],
) -> str:
    """One layer; ``steps`` tell how x is evened, how its middle is, and how its result is to be."""
    sizes = source.sizes
    width, inner = sizes.hidden, sizes.feed_forward
    before, between, after = steps

    def weights(part: str, out: int, into: int) -> NDArray[np.float32]:
        return source.tensor(f"{name}{part}.w", out, into)

    def bias(part: str, out: int) -> NDArray[np.float32]:
        return source.tensor(f"{name}{part}.b", out)

    def joined(part: str, product: str, more: NDArray[np.float32], x: str, even: Evening) -> str:
        """The product and its bias on top of x as it was before it was evened."""
        scaled = g.op("Mul", x, g.const(f"{name}{part}.even", even.scale))
        moved = g.const(f"{name}{part}.b", more + even.middle)
        return g.op("Add", g.op("Add", product, moved), scaled)

    gathered = g.rounded(_attention(g, source, name, x, by_text, before))
    carried = bias("v", width) + weights("v", width, width) @ before.middle
    out = weights("ao", width, width)
    found = joined("ao", g.linear(gathered, out), bias("ao", width) + out @ carried, x, before)
    found = _evened(g, found, _weights(source, f"{name}aln", width), between)
    wider = weights("fi", inner, width)
    wide = g.linear(g.rounded(found), wider * between.scale)
    moved = g.const(f"{name}fi.b", bias("fi", inner) + wider @ between.middle)
    # By tanh: no further from the exact function than .0005, and a quarter faster.
    wide = g.op("Gelu", g.op("Add", wide, moved), approximate="none" if g.bits == 32 else "tanh")
    product = g.linear(g.rounded(wide, after_gelu=True), weights("fo", width, inner))
    result = joined("fo", product, bias("fo", width), found, between)
    return _evened(g, result, _weights(source, f"{name}oln", width), after)


def _attention(g: _Graph, source: Source, name: str, x: str, by_text: str, even: Evening) -> str:
    """What each piece gathers from the others of its text.

    The keys' bias moves all likenesses of a piece alike, so it changes nothing; the values' bias
    comes out as it went in, so ``_layer`` adds it after the next weights.
    """
    sizes = source.sizes
    width = sizes.hidden
    rounded = g.rounded(x)
    weights = {part: source.tensor(f"{name}{part}.w", width, width) for part in "qkv"}
    asked, keys, values = (g.linear(rounded, part * even.scale) for part in weights.values())
    bias = source.tensor(f"{name}q.b", width) + weights["q"] @ even.middle
    asked = g.op("Add", asked, g.const(f"{name}q.b", bias))
    parts = [g.op("Reshape", part, by_text) for part in (asked, keys, values)]
    found = g.op("MultiHeadAttention", *parts, domain=RUNTIME_OPS, num_heads=sizes.heads)
    return g.op("Reshape", found, "rows")


def _whole_model(g: _Graph, width: int) -> Any:
    helper, types = g.onnx.helper, g.onnx.TensorProto
    graph = helper.make_graph(
        g.nodes,
        "multilingual-e5-small",
        [helper.make_tensor_value_info(INPUT, types.INT64, ["texts", "pieces"])],
        [helper.make_tensor_value_info(OUTPUT, types.FLOAT, ["texts", width])],
        g.constants,
    )
    made = helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", OPSET), helper.make_opsetid(RUNTIME_OPS, 1)]
    )
    made.ir_version = IR_VERSION
    return made
