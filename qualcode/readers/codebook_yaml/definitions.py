"""What a file says of codes, in any of the shapes in which people write that down.

To code with, a codebook must be whole (``reading``). Whoever only asks how much definitions would
have helped may have them as a list, as ``label: definition``, or several codebooks in one file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from qualcode.domain.codes import Code
from qualcode.domain.errors import BrokenCodebook
from qualcode.readers.codebook_yaml.reading import (
    CODE_FIELDS,
    CODEBOOK_FIELDS,
    code_id,
    codebook_id,
    read_codebook,
)
from qualcode.readers.problems import ReadProblem
from qualcode.readers.yaml_fields import Fields, YamlReading, read_bytes
from qualcode.texts import N_

KEYS = ("id", "key", "code")
LABELS = ("label", "name")
DEFINITIONS = ("definition", "description")
ENDINGS = ("", "_fi", "_en", "_sv")
KNOWN = (
    *KEYS,
    *(f"{field}{ending}" for field in (*LABELS, *DEFINITIONS) for ending in ENDINGS),
    # Of no use here, but of codebooks.
    *CODE_FIELDS,
)
NAMES = {"name_fi", "name_en"}
NOT_CODES = {*CODEBOOK_FIELDS, "language", "name", "title", "author", "description"}
NO_CODES = N_(
    "no codes were found. Write each as a line “label: definition”, or as a list “codes:” whose "
    "items have “label:” and “definition:”."
)


@dataclass(frozen=True)
class Definitions:
    """The codes of each codebook of a file, and what deserves a look."""

    books: tuple[tuple[Code, ...], ...] = ()
    problems: tuple[ReadProblem, ...] = ()


def read_definitions(
    source: Path | str | bytes, file: str = "", language: str = "fi"
) -> Definitions:
    """The codes of every codebook in the file, each with at least a label.

    A file with an ``id``, a name and ``codes`` is a codebook of this program and must be a right
    one, but for Swedish labels, which such a codebook has not. Elsewhere fields without a language,
    and those of ``language``, are taken for the study's own.
    Raises BrokenCodebook when there are no codes, one has no name, or a field is there twice.
    """
    raw, name = read_bytes(source, file)
    reading = YamlReading(name, BrokenCodebook)
    text = reading.decode(raw)
    node = reading.node(text)
    fields = _fields(reading, node)
    if {"id", "codes"} <= fields.keys() and fields.keys() & NAMES and language != "sv":
        found = read_codebook(text, name)
        return Definitions((found.codes,), found.problems)
    books = tuple(
        tuple(_codes(reading, part, f"definitions{number}", language))
        for number, part in enumerate(_lists(reading, node, fields))
    )
    if not any(books):
        raise reading.broken(1, NO_CODES)
    # Fields of others' own are no mistakes; those that look misspelt are told.
    misspelt = tuple(problem for problem in reading.problems if "near" in problem.values)
    return Definitions(books, misspelt)


def _fields(reading: YamlReading, node: Node) -> dict[str, Node]:
    """The fields of a mapping by their names, none of anything else."""
    return Fields(reading, node, None).nodes if isinstance(node, MappingNode) else {}


def _lists(reading: YamlReading, node: Node, fields: dict[str, Node]) -> list[Node]:
    """Where each codebook has its codes."""
    several = fields.get("codebooks")
    if several is None:
        return [fields.get("codes", node)]
    if isinstance(several, SequenceNode):
        each = list(several.value)
    else:
        each = list(_fields(reading, several).values())
    return [part for book in each if (part := _fields(reading, book).get("codes"))]


def _codes(reading: YamlReading, node: Node, book: str, language: str) -> Iterator[Code]:
    found: list[tuple[str, Node]] = []
    if isinstance(node, SequenceNode):
        found = [_of_one_field(reading, item) for item in node.value]
    else:
        each = _fields(reading, node).items()
        found = [(key, item) for key, item in each if key not in NOT_CODES]
    for position, (key, item) in enumerate(found):
        yield _code(reading, item, key, book, position, language)


def _of_one_field(reading: YamlReading, item: Node) -> tuple[str, Node]:
    """An item ``- label: definition`` as its label and its definition; others as they are."""
    fields = _fields(reading, item)
    if len(fields) == 1:
        ((key, value),) = fields.items()
        if key not in KNOWN:
            return key, value
    return "", item


def _code(
    reading: YamlReading, node: Node, key: str, book: str, position: int, language: str
) -> Code:
    english = ("", "")
    if isinstance(node, ScalarNode):
        said = "" if node.tag.endswith(":null") else str(node.value)
        label, definition = (key, said) if key else (said, "")
    else:
        fields = Fields(reading, node, KNOWN)
        if not fields.nodes.keys() & KNOWN:
            raise reading.broken(fields.line, NO_CODES)
        label, definition = (_own(fields, names, language) for names in (LABELS, DEFINITIONS))
        english = (_first(fields, LABELS, "_en"), _first(fields, DEFINITIONS, "_en"))
        key = _first(fields, KEYS, "") or key
    label = label or ("" if english[0] else key)
    if not (label or english[0]):
        raise reading.broken(
            node.start_mark.line + 1,
            N_("the code “{code}” has no label. Add a line “label_fi: ...” or “label_en: ...”."),
            code=key,
        )
    key = key or label or english[0]
    return Code(
        id=code_id(book, f"{key}#{position}"),
        codebook_id=codebook_id(book),
        key=key,
        label_fi=label,
        label_en=english[0],
        definition_fi=definition,
        definition_en=english[1],
        position=position,
    )


def _own(fields: Fields, names: tuple[str, ...], language: str) -> str:
    """What the study's own language says; of English there is a field of its own."""
    endings = ("", "_fi") if language == "en" else (f"_{language}", "", "_fi")
    return next((said for ending in endings if (said := _first(fields, names, ending))), "")


def _first(fields: Fields, names: tuple[str, ...], ending: str) -> str:
    said = (" ".join(fields.texts(f"{name}{ending}")).strip() for name in names)
    return next((text for text in said if text), "")
