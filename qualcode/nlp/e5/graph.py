"""The network as an ONNX graph, written node by node from the source's tensors.

multilingual-e5-small is a BERT of twelve layers whose last states are averaged over the text's
pieces and scaled to unit length (Wang et al. 2024). Written by hand because an export would need
torch.

In eight bits every output of a linear layer has a scale of its own. What goes into the layers is
evened channel by channel and rounded with one scale that was measured once (``outliers``); only
after GELU, where some pieces reach fifty times further than others, has each piece its own. What
hardly changes there is left out (``idle``). Either way a vector does not depend on the other texts
of its batch, as it would with the usual one scale a batch, and it comes nearer to the source's:
cosine .9996 instead of .997. A known scale also saves passes over all values: the product takes it
in, and the bias with it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qualcode.nlp.e5.idle import NONE, Idle, idle
from qualcode.nlp.e5.outliers import Evening, evenings, plain
from qualcode.nlp.e5.source import Source
from qualcode.nlp.libraries import library

OPSET = 20
RUNTIME_OPS = "com.microsoft"  # operators of onnxruntime's own
IR_VERSION = 10
LOWEST_GELU = 0.17  # below zero it goes no further than this
MIDDLE, STEPS = 128, 127
"""Where zero lies in eight bits, and the steps to either side of it."""
LOW_MIDDLE, HIGH_STEPS = 32, 223
"""The same after GELU: little is below zero, so most steps are above."""
HIGH_ENOUGH = LOWEST_GELU * HIGH_STEPS / LOW_MIDDLE
"""Up to here the lowest value, not the highest, sets the scale after GELU."""
LAYER_EPSILON = 1e-12
BY_HEAD = (0, 2, 1, 3)
KEYS_BY_HEAD = (0, 2, 3, 1)
INPUT = "input_ids"
OUTPUT = "vector"


@dataclass(frozen=True)
class Rounded:
    """Names of a value, of the same in eight bits, of its scale and of where its zero lies."""

    values: str
    rounded: str
    scale: str
    middle: str
    by_row: bool = False


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

    def linear(
        self, x: Rounded, weights: NDArray[np.float32], bias: NDArray[np.float32] | None = None
    ) -> str:
        """x · weightsᵀ, and the bias on top."""
        number = len(self.nodes)
        more = [] if bias is None else [self.const(f"b_{number}", bias)]
        if x.values == x.rounded:
            product = self.op("MatMul", x.values, self.const(f"w_{number}", weights.T))
            return self.op("Add", product, *more) if more else product
        scales = np.abs(weights).max(axis=1) / (2 ** (self.bits - 1) - 1)
        scales[scales == 0] = 1
        small = np.rint(weights / scales[:, None]).astype(np.int8)
        inside = ["", *more] if more and not x.by_row else []
        product = self.op(
            "MatMulIntegerToFloat",
            x.rounded,
            self.const(f"w_{number}", small.T),
            "unit" if x.by_row else x.scale,
            self.const(f"s_{number}", scales),
            x.middle,
            *inside,
            domain=RUNTIME_OPS,
        )
        if not x.by_row:
            return product
        scaled = self.op("Mul", product, x.scale)
        return self.op("Add", scaled, *more) if more else scaled

    def rounded(self, x: str, reach: float) -> Rounded:
        """x in eight bits, ``reach`` being as far as they go; as it is in full precision."""
        if self.bits == 32:
            return Rounded(x, x, "", "")
        step = self.number(f"step_{len(self.nodes)}", reach / STEPS)
        return Rounded(x, self.op("QuantizeLinear", x, step, "middle"), step, "middle")

    def rounded_after_gelu(self, x: str, highest: float) -> Rounded:
        """x after GELU in eight bits, each row with the scale that its highest value asks for.

        Nothing there is lower than -.17, so the lowest value needs no pass of its own; and where
        nothing goes high (``highest``), all rows would get the same scale.
        """
        if self.bits == 32:
            return Rounded(x, x, "", "")
        if highest <= HIGH_ENOUGH:
            step = self.number(f"step_{len(self.nodes)}", HIGH_ENOUGH / HIGH_STEPS)
            return Rounded(x, self.op("QuantizeLinear", x, step, "low_middle"), step, "low_middle")
        most = self.op("ReduceMax", x, "axis_last", keepdims=1)
        scale = self.op("Mul", self.op("Clip", most, "high_enough"), "high_step")
        flat = self.op("Reshape", scale, "flat")
        whole = self.op("QuantizeLinear", x, flat, "low_middles", axis=0)
        return Rounded(x, whole, scale, "low_middle", by_row=True)

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
    heads = g.whole("heads", sizes.heads, width // sizes.heads)
    by_head = g.op("Concat", g.op("Shape", INPUT), heads, axis=0)
    even = evenings(width)
    still = idle() if bits != 32 else {}
    x = _evened(g, g.op("Reshape", x, "rows"), _weights(source, "emb.ln", width), even["l0.qkv"])
    if bits != 32:
        g.op("Expand", "low_middle", g.op("Shape", x, start=0, end=1), out="low_middles")
    for layer in range(sizes.layers):
        name = f"l{layer}."
        after = even.get(f"l{layer + 1}.qkv", plain(width))
        x = _layer(g, source, name, x, by_head, even, after, still.get(name, NONE))
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
    g.const("middle", np.array(MIDDLE, dtype=np.uint8))
    g.const("low_middle", np.array(LOW_MIDDLE, dtype=np.uint8))
    g.number("high_step", 1 / HIGH_STEPS)
    g.number("high_enough", HIGH_ENOUGH)


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
    by_head: str,
    even: Mapping[str, Evening],
    after: Evening,
    still: Idle,
) -> str:
    """One layer, from x as it is evened before it to x as it is to be evened ``after`` it.

    Without the values that stay ``still`` between its feed-forward products.
    """
    sizes = source.sizes
    width, inner = sizes.hidden, sizes.feed_forward
    before, gathered, between = (even[f"{name}{place}"] for place in ("qkv", "ao", "fi"))

    def weights(part: str, out: int, into: int) -> NDArray[np.float32]:
        return source.tensor(f"{name}{part}.w", out, into)

    def bias(part: str, out: int) -> NDArray[np.float32]:
        return source.tensor(f"{name}{part}.b", out)

    def joined(part: str, product: str, x: str, even: Evening) -> str:
        """The product on top of x as it was before it was evened, but for the middle."""
        return g.op("Add", product, g.op("Mul", x, g.const(f"{name}{part}.even", even.scale)))

    mixed = g.rounded(_attention(g, source, name, x, by_head, before, gathered), gathered.reach)
    out = weights("ao", width, width)
    carried = bias("v", width) + weights("v", width, width) @ before.middle
    more = bias("ao", width) + out @ carried + before.middle
    found = joined("ao", g.linear(mixed, out * gathered.scale, more), x, before)
    found = _evened(g, found, _weights(source, f"{name}aln", width), between)
    moving = np.delete(np.arange(inner), still.places)
    wider = weights("fi", inner, width)[moving]
    more = bias("fi", inner)[moving] + wider @ between.middle
    wide = g.linear(g.rounded(found, between.reach), wider * between.scale, more)
    # By tanh: no further from the exact function than .0005, and a quarter faster.
    wide = g.op("Gelu", wide, approximate="none" if g.bits == 32 else "tanh")
    narrower = weights("fo", width, inner)
    more = bias("fo", width) + narrower[:, still.places] @ still.usual + between.middle
    product = g.linear(g.rounded_after_gelu(wide, still.highest), narrower[:, moving], more)
    result = joined("fo", product, found, between)
    return _evened(g, result, _weights(source, f"{name}oln", width), after)


def _attention(
    g: _Graph,
    source: Source,
    name: str,
    x: str,
    by_head: str,
    even: Evening,
    gathered: Evening,
) -> str:
    """What each piece gathers from the others of its text, evened as ``gathered`` tells.

    The keys' bias moves all likenesses of a piece alike, so it changes nothing; the values' bias
    comes out as it went in, so ``_layer`` adds it after the next weights. In plain steps, which is
    a little faster for short texts than the runtime's own MultiHeadAttention.
    """
    sizes = source.sizes
    width = sizes.hidden
    rounded = g.rounded(x, even.reach)
    asking, key, value = (source.tensor(f"{name}{part}.w", width, width) for part in "qkv")
    smaller = np.float32((width // sizes.heads) ** -0.5)
    bias = (source.tensor(f"{name}q.b", width) + asking @ even.middle) * smaller
    asked = g.linear(rounded, asking * even.scale * smaller, bias)
    keys = g.linear(rounded, key * even.scale)
    values = g.linear(rounded, value * even.scale / gathered.scale[:, None])
    asked, keys, values = (
        g.op("Transpose", g.op("Reshape", part, by_head), perm=order)
        for part, order in ((asked, BY_HEAD), (keys, KEYS_BY_HEAD), (values, BY_HEAD))
    )
    shares = g.op("Softmax", g.op("MatMul", asked, keys), axis=-1)
    found = g.op("Transpose", g.op("MatMul", shares, values), perm=BY_HEAD)
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
