"""The network as an ONNX graph, written node by node from the source's tensors.

multilingual-e5-small is a BERT of twelve layers whose last states are averaged over the text's
pieces and scaled to unit length (Wang et al. 2024). Written by hand because an export would need
torch.

In eight bits every output of a linear layer has a scale of its own, and so has every piece of
every text: a vector then does not depend on the other texts of its batch, as it would with the
usual one scale a batch, and comes nearer to the source's (cosine .999 instead of .997).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qualcode.nlp.e5.source import Source
from qualcode.nlp.libraries import library

OPSET = 20
RUNTIME_OPS = "com.microsoft"  # operators of onnxruntime's own
IR_VERSION = 10
FAR_AWAY = -1e9  # added to the attention of padding
LAYER_EPSILON = 1e-12
INPUTS = ("input_ids", "attention_mask")
OUTPUT = "vector"


@dataclass(frozen=True)
class Rounded:
    """Names of a value, of the same in eight bits, and of the scale between them."""

    values: str
    rounded: str
    scale: str


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

    def linear(self, x: Rounded, weights: NDArray[np.float32], bias: NDArray[np.float32]) -> str:
        """x · weightsᵀ + bias."""
        number = len(self.nodes)
        if x.values == x.rounded:
            product = self.op("MatMul", x.values, self.const(f"w_{number}", weights.T))
        else:
            scales = np.abs(weights).max(axis=1) / (2 ** (self.bits - 1) - 1)
            scales[scales == 0] = 1
            small = np.rint(weights / scales[:, None]).astype(np.int8)
            product = self.op(
                "MatMulIntegerToFloat",
                x.rounded,
                self.const(f"w_{number}", small.T),
                "unit",
                self.const(f"s_{number}", scales),
                "middle",
                domain=RUNTIME_OPS,
            )
            product = self.op("Mul", product, x.scale)
        return self.op("Add", product, self.const(f"b_{number}", bias))

    def rounded(self, x: str) -> Rounded:
        """x in eight bits around 128, with the scale of each row; as it is in full precision."""
        if self.bits == 32:
            return Rounded(x, x, "")
        highest = self.op("ReduceMax", self.op("Abs", x), "axis_last", keepdims=1)
        highest = self.op("Max", highest, "tiny")
        # Casting cuts decimals off, so half a step more rounds to the nearest.
        raised = self.op("Add", self.op("Mul", x, self.op("Div", "steps", highest)), "raise")
        whole = self.op("Cast", raised, to=self.onnx.TensorProto.UINT8)
        return Rounded(x, whole, self.op("Div", highest, "steps"))

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
    """An ``onnx.ModelProto``: ids and mask (texts x pieces) -> unit vectors.

    ``kept`` are the ids of the pieces that stay; ids in the input count these only. ``bits`` of a
    weight are 8, 7 for processors whose products of 8 bits overflow, or 32 for full precision.
    """
    g = _Graph(bits)
    sizes = source.sizes
    width = sizes.hidden
    _shared_constants(g, sizes.heads, width)
    x = _pieces(g, source, kept)
    length = g.op("Shape", "input_ids", start=1, end=2)
    x = g.op("Add", x, g.op("Slice", _positions(g, source), "axis_0", length, "axis_0"))
    x = g.normal(x, source.tensor("emb.ln.w", width), source.tensor("emb.ln.b", width))
    mask = g.op("Cast", "attention_mask", to=g.onnx.TensorProto.FLOAT)
    absent = g.op("Mul", g.op("Sub", "full", mask), "far_away")
    bias = g.op("Unsqueeze", absent, "axes_12")
    for layer in range(sizes.layers):
        x = _layer(g, source, f"l{layer}.", x, bias)
    weights = g.op("Unsqueeze", mask, "axis_last")
    total = g.op("ReduceSum", g.op("Mul", x, weights), "axis_1", keepdims=0)
    count = g.op("ReduceSum", weights, "axis_1", keepdims=0)
    g.op("LpNormalization", g.op("Div", total, count), out=OUTPUT, axis=-1, p=2)
    return _whole_model(g, width)


def _shared_constants(g: _Graph, heads: int, width: int) -> None:
    g.whole("axis_0", 0)
    g.whole("axis_1", 1)
    g.whole("axis_last", -1)
    g.whole("axes_12", 1, 2)
    g.whole("by_heads", 0, 0, heads, width // heads)
    g.whole("joined", 0, 0, width)
    g.number("full", 1.0)
    g.number("unit", 1.0)
    g.number("far_away", FAR_AWAY)
    g.number("tiny", 1e-9)
    g.number("steps", 127.0)
    g.number("raise", 128.5)
    g.const("middle", np.array(128, dtype=np.uint8))


def _pieces(g: _Graph, source: Source, kept: Sequence[int]) -> str:
    table = source.tensor("emb.word", source.sizes.vocabulary, source.sizes.hidden)[list(kept)]
    if g.bits == 32:
        return g.op("Gather", g.const("pieces", table), "input_ids")
    scales = np.abs(table).max(axis=1, keepdims=True) / 127
    scales[scales == 0] = 1
    rounded = np.rint(table / scales).astype(np.int8)
    small = g.op("Gather", g.const("pieces", rounded), "input_ids")
    real = g.op("Cast", small, to=g.onnx.TensorProto.FLOAT)
    return g.op("Mul", real, g.op("Gather", g.const("piece_scales", scales), "input_ids"))


def _positions(g: _Graph, source: Source) -> str:
    sizes = source.sizes
    places = source.tensor("emb.pos", sizes.positions, sizes.hidden)
    kind = source.tensor("emb.type", sizes.types, sizes.hidden)[0]
    return g.const("positions", places + kind)


def _layer(g: _Graph, source: Source, name: str, x: str, bias: str) -> str:
    sizes = source.sizes
    width, inner = sizes.hidden, sizes.feed_forward

    def linear(part: str, value: str, into: int, out: int) -> str:
        weights = source.tensor(f"{name}{part}.w", out, into)
        return g.linear(g.rounded(value), weights, source.tensor(f"{name}{part}.b", out))

    def normal(part: str, value: str) -> str:
        weights = (source.tensor(f"{name}{part}.{which}", width) for which in "wb")
        return g.normal(value, *weights)

    found = normal(
        "aln", g.op("Add", linear("ao", _attention(g, source, name, x, bias), width, width), x)
    )
    wide = g.op("Gelu", linear("fi", found, width, inner), approximate="none")
    return normal("oln", g.op("Add", linear("fo", wide, inner, width), found))


def _attention(g: _Graph, source: Source, name: str, x: str, bias: str) -> str:
    """What each piece gathers from the others; the three linear layers are done as one."""
    sizes = source.sizes
    width = sizes.hidden
    shrink = 1 / math.sqrt(width // sizes.heads)
    weights = [source.tensor(f"{name}{part}.w", width, width) for part in "qkv"]
    biases = [source.tensor(f"{name}{part}.b", width) for part in "qkv"]
    weights[0], biases[0] = weights[0] * shrink, biases[0] * shrink
    all_three = g.linear(g.rounded(x), np.concatenate(weights), np.concatenate(biases))
    parts = [f"{name}{part}" for part in "qkv"]
    g.nodes.append(g.onnx.helper.make_node("Split", [all_three], parts, axis=-1, num_outputs=3))
    asked, keys, values = (g.op("Reshape", part, "by_heads") for part in parts)
    asked = g.op("Transpose", asked, perm=[0, 2, 1, 3])
    keys = g.op("Transpose", keys, perm=[0, 2, 3, 1])
    values = g.op("Transpose", values, perm=[0, 2, 1, 3])
    likeness = g.op("Add", g.op("MatMul", asked, keys), bias)
    found = g.op("MatMul", g.op("Softmax", likeness, axis=-1), values)
    return g.op("Reshape", g.op("Transpose", found, perm=[0, 2, 1, 3]), "joined")


def _whole_model(g: _Graph, width: int) -> Any:
    helper, types = g.onnx.helper, g.onnx.TensorProto
    graph = helper.make_graph(
        g.nodes,
        "multilingual-e5-small",
        [helper.make_tensor_value_info(name, types.INT64, ["texts", "pieces"]) for name in INPUTS],
        [helper.make_tensor_value_info(OUTPUT, types.FLOAT, ["texts", width])],
        g.constants,
    )
    made = helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", OPSET), helper.make_opsetid(RUNTIME_OPS, 1)]
    )
    made.ir_version = IR_VERSION
    return made
