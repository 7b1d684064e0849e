"""Makes the list of Finnish near-synonyms: ``python -m benchmarks.finnish_synonyms FOLDER``.

Writes what stands in ``qualcode/nlp/synonyms/finnish.npz``, from the dictionaries of FreeDict and
WikDict with Finnish on one side. In the folder they lie as Debian's packages hold them:

    apt-get download $(apt-cache search --names-only dict-freedict | awk '/fin/ {print $1}')
    for package in *.deb; do dpkg-deb -x $package FOLDER; done

Two words get a weight of two for each sense of a foreign word that both translate, and of one for
each language in which they share a translation, if those are two or more. Takes a minute.
"""

from __future__ import annotations

import argparse
import gzip
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path

import numpy as np

from qualcode.nlp.floret import FloretSif
from qualcode.nlp.synonyms import FILE

HEAD = re.compile(r"^(\S.*?) (?:/.*/ )?<[^<>]+>$|^(\S.*?) /.+/$")
SENSE = re.compile(r"^ ?\d+\.(?:\s+(.*))?$")
TERM = re.compile(r"[\w' -]{3,59}")
"""What may stand for a word on either side: no signs, no abbreviations of two letters."""

PER_SENSE = 2
FEWEST_LANGUAGES = 2
MOST_SHARING = 12
"""A foreign word with more Finnish ones has many meanings, and they are no synonyms."""

MOST_OTHERS = 4
LONGEST = 32  # bytes
EVENED = 0.35
FLOOR = 0.1
"""Directions are shortened by this power of the words' deviation along them; a tenth of it is
taken to be the same everywhere."""

Entry = tuple[str, list[str]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="where the packages are unpacked")
    known = weighted(sorted(parser.parse_args().folder.rglob("freedict-*fin*.dict.dz")))
    near = strongest(known)
    words = sorted({word for pair in near for word in pair}, key=str.encode)
    places = {word: place for place, word in enumerate(words)}
    if len(words) >= 2**16:
        raise SystemExit(f"{len(words)} words are more than two bytes tell apart")
    rows: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for (word, other), weight in near.items():
        rows[places[word]].append((places[other], min(weight, 255)))
    stretches = [
        sorted(rows[place], key=lambda one: (-one[1], one[0])) for place in range(len(words))
    ]
    pairs = [one for stretch in stretches for one in stretch]
    np.savez_compressed(
        FILE,
        words=np.array([word.encode() for word in words], dtype=f"S{LONGEST}"),
        starts=np.cumsum([0, *map(len, stretches)], dtype=np.uint32),
        others=np.array([other for other, _ in pairs], dtype=np.uint16),
        weights=np.array([weight for _, weight in pairs], dtype=np.uint8),
        evening=evening(words).astype(np.float16),
    )
    print(f"{len(words)} words, {len(pairs)} near-synonyms, {FILE.stat().st_size:,} bytes")


def weighted(files: Iterable[Path]) -> Counter[tuple[str, str]]:
    """For two Finnish words in order, how near they are by these dictionaries."""
    per_sense: Counter[tuple[str, str]] = Counter()
    standing_for: dict[tuple[str, str], set[str]] = defaultdict(set)
    for file in files:
        start, end = file.name.removeprefix("freedict-").split(".")[0].split("-")
        for head, body in entries(file):
            for terms in senses(body):
                if start == "fin":
                    for term in terms:
                        standing_for[end, term].update(single([head]))
                    continue
                finnish = single(terms)
                standing_for[start, head].update(finnish)
                per_sense.update(combinations(sorted(set(finnish)), 2))
    languages: Counter[tuple[str, str]] = Counter()
    sharing: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for (language, _), finnish_words in standing_for.items():
        if 2 <= len(finnish_words) <= MOST_SHARING:
            sharing[language].update(combinations(sorted(finnish_words), 2))
    for pairs in sharing.values():
        languages.update(pairs)
    found = Counter({pair: count for pair, count in languages.items() if count >= FEWEST_LANGUAGES})
    for pair, count in per_sense.items():
        found[pair] += PER_SENSE * count
    return found


def entries(file: Path) -> Iterator[Entry]:
    """Each headword in small letters with the lines below it."""
    head, body = "", []
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for line in map(str.rstrip, lines):
            found = None if SENSE.match(line) else HEAD.match(line)
            if found:
                yield from kept(head, body)
                head = re.sub(r" //?.*$", "", found[1] or found[2]).lower()
                body = []
            elif line:
                body.append(line)
    yield from kept(head, body)


def kept(head: str, body: list[str]) -> Iterator[Entry]:
    if body and TERM.fullmatch(head):
        yield head, body


def senses(body: list[str]) -> Iterator[list[str]]:
    """The translations of each sense: its first line, or the line of a numbered one.

    A number alone goes on with the translations before it; the other lines explain.
    """
    numbered = [found for line in body if (found := SENSE.match(line))]
    before = ""
    for line in [found[1] or "" for found in numbered] or body[:1]:
        before = re.sub(r"\s\d+\.$", "", line) or before
        terms = [re.sub(r"\([^)]*\)", "", term).strip().lower() for term in before.split(",")]
        yield [term for term in terms if TERM.fullmatch(term)]


def single(terms: Iterable[str]) -> list[str]:
    return [term for term in terms if " " not in term and len(term.encode()) <= LONGEST]


def strongest(known: Counter[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """Both ways, of each word only those that are nearest to it."""
    others: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for (one, other), weight in known.items():
        others[one].append((-weight, other))
        others[other].append((-weight, one))
    return {
        (word, other): -less
        for word, found in others.items()
        for less, other in sorted(found)[:MOST_OTHERS]
    }


def evening(words: list[str]) -> np.ndarray:
    """The symmetric matrix that shortens the directions along which the words differ most."""
    vectors = FloretSif().embed(words).astype(np.float64)
    spread = np.cov(vectors, rowvar=False)
    spread *= len(spread) / np.trace(spread)
    variances, axes = np.linalg.eigh((1 - FLOOR) * spread + FLOOR * np.eye(len(spread)))
    return np.asarray((axes * variances ** (-EVENED / 2)) @ axes.T)


if __name__ == "__main__":
    main()
