"""A YAML file as fields that know their line, safe to open whoever wrote it.

Nothing is ever constructed from the file: scalars stay text, so that ``id: 001`` and
``label_en: no`` mean what they look like. Aliases, deep nests and huge files are refused before
they can grow; comments and anchors are harmless and ignored.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from yaml.reader import Reader

from qualcode.domain.errors import EmptyFile, FileProblem, FileTooLarge, Sentence
from qualcode.readers.problems import ReadProblem
from qualcode.texts import N_

MAX_BYTES = 5_000_000
MAX_DEPTH = 20
MAX_EVENTS = 500_000  # 5,000 codes with every field make 170,000
# Identifiers are made of keys, and keys of file names: nothing that would need escaping.
KEY = re.compile(r"[\w.-]{1,100}")
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
NULL_TAG = "tag:yaml.org,2002:null"


class YamlReading:
    """One file being read: its name, the error it raises and the soft problems met so far."""

    def __init__(self, file: str, error: type[FileProblem]) -> None:
        self.file = file
        self.error = error
        self.problems: list[ReadProblem] = []

    def broken(self, line: int, template: str, **values: object) -> FileProblem:
        """The error to raise: where (file and line), what, and what now."""
        return self.error(file=self.file, line=line, what=Sentence(template, **values))

    def warn(self, line: int, column: str, template: str, **values: object) -> None:
        self.problems.append(ReadProblem(line, column, template, values))

    def decode(self, raw: bytes) -> str:
        """Text of UTF-8 bytes, with or without a byte order mark."""
        if len(raw) > MAX_BYTES:
            raise self._too_large(len(raw))
        if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise self.broken(
                1,
                N_("the file is saved as UTF-16. Save it again with the encoding UTF-8."),
            )
        try:
            return raw.decode("utf-8-sig")
        except UnicodeDecodeError as problem:
            line = raw.count(b"\n", 0, problem.start) + 1
            guess = raw[problem.start : problem.start + 1].decode("cp1252", errors="replace")
            raise self.broken(
                line,
                N_(
                    "the file is not UTF-8 text; it looks like a Windows file in which this byte "
                    "is “{letter}”. Open it in a text editor and save it with the encoding UTF-8."
                ),
                letter=guess,
            ) from problem

    def top(self, text: str, known: tuple[str, ...]) -> Fields:
        """The fields of the whole file."""
        return Fields(self, self.node(text), known)

    def node(self, text: str) -> Node:
        """The whole file as YAML has it: fields, a list or a text."""
        if len(text) > MAX_BYTES:
            raise self._too_large(len(text))
        text = text.removeprefix("\ufeff")
        if not text.strip():
            raise EmptyFile(file=self.file)
        unprintable = Reader.NON_PRINTABLE.search(text)
        if unprintable:
            raise self.broken(
                text.count("\n", 0, unprintable.start()) + 1,
                N_(
                    "there is a control character (U+{code}) that YAML does not allow. Remove it; "
                    "if there are many, this is not a text file."
                ),
                code=f"{ord(unprintable.group()):04X}",
            )
        try:
            self._refuse_bombs(text)
            node = yaml.compose(text, Loader=LOADER)
        except yaml.YAMLError as problem:
            raise self._syntax(problem, text) from problem
        if node is None:
            raise EmptyFile(file=self.file)
        found: Node = node
        return found

    def _refuse_bombs(self, text: str) -> None:
        depth = 0
        for count, event in enumerate(yaml.parse(text, Loader=LOADER)):
            if count > MAX_EVENTS:
                raise self.broken(
                    _line(event), N_("the file has too many values. Divide it into several files.")
                )
            if isinstance(event, yaml.AliasEvent):
                raise self.broken(
                    _line(event),
                    N_("“*{name}” refers to another place. Write the text out here instead."),
                    name=event.anchor,
                )
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > MAX_DEPTH:
                    raise self.broken(
                        _line(event),
                        N_("the nesting is more than {limit} levels deep. Check the indentation."),
                        limit=MAX_DEPTH,
                    )
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1

    def _syntax(self, problem: yaml.YAMLError, text: str) -> FileProblem:
        marks = ["problem_mark", "context_mark"]
        if "end of stream" in str(problem):  # an unclosed quotation mark: its opening tells more
            marks.reverse()
        mark = getattr(problem, marks[0], None) or getattr(problem, marks[1], None)
        lines = text.splitlines()
        # A mark at the very end points past the last line.
        line = min(mark.line + 1, max(len(lines), 1)) if mark else 1
        here = lines[line - 1] if lines else ""
        if "\t" in here[: len(here) - len(here.lstrip())]:
            return self.broken(
                line, N_("the line is indented with a tab. Indent with spaces instead.")
            )
        return self.broken(
            line,
            N_(
                "this is not valid YAML ({problem}). Check the indentation, and put quotation "
                "marks around a text that has a colon or begins with a special character."
            ),
            problem=getattr(problem, "problem", None) or str(problem),
        )

    def _too_large(self, size: int) -> FileTooLarge:
        return FileTooLarge(
            file=self.file,
            found=f"{size / 1_000_000:.1f}",
            unit="MB",
            limit=MAX_BYTES // 1_000_000,
            advice=Sentence(N_("Divide it into several files.")),
        )


class Fields:
    """The fields of one mapping. Unknown ones are warned of, twice the same is an error.

    ``known`` is None where every name will do: labels, say.
    """

    def __init__(self, reading: YamlReading, node: Node, known: tuple[str, ...] | None) -> None:
        self.reading = reading
        self.line = _line(node)
        if not isinstance(node, MappingNode):
            raise reading.broken(
                self.line,
                N_("fields are expected here, each on its own line as “name: value”."),
            )
        self.nodes: dict[str, Node] = {}
        for key_node, value in node.value:
            name = self._scalar(key_node, "?")
            if name in self.nodes:
                raise reading.broken(
                    _line(key_node), N_("the field “{field}” is here twice. Keep one."), field=name
                )
            self.nodes[name] = value
            if known is not None and name not in known:
                self._warn_of_unknown(name, _line(key_node), known)

    def _warn_of_unknown(self, name: str, line: int, known: tuple[str, ...]) -> None:
        near = difflib.get_close_matches(name, known, n=1)
        if near:
            self.reading.warn(
                line,
                name,
                N_("The field “{field}” is not known and was left out. Did you mean “{near}”?"),
                field=name,
                near=near[0],
            )
        else:
            self.reading.warn(
                line,
                name,
                N_("The field “{field}” is not known and was left out. Known fields: {known}."),
                field=name,
                known=", ".join(known),
            )

    def line_of(self, field: str) -> int:
        return _line(self.nodes[field]) if field in self.nodes else self.line

    def text(self, field: str) -> str:
        """The text of a field, "" when it is missing or empty."""
        return self._scalar(self.nodes[field], field) if field in self.nodes else ""

    def required(self, field: str) -> str:
        text = self.text(field)
        if not text.strip():
            raise self.reading.broken(
                self.line_of(field),
                N_("the field “{field}” is missing. Add a line “{field}: ...”."),
                field=field,
            )
        return text

    def key(self, field: str) -> str:
        """The name by which other things refer to this one."""
        key = self.required(field)
        if not KEY.fullmatch(key):
            raise self.reading.broken(
                self.line_of(field),
                N_(
                    "“{key}” will not do as an id. Use at most 100 letters, digits, dots, hyphens "
                    "and underscores, without spaces."
                ),
                key=_short(key),
            )
        return key

    def number(self, field: str) -> int | None:
        """A whole number from 1 up, None when the field is missing or empty."""
        text = self.text(field).strip()
        if not text:
            return None
        if not re.fullmatch(r"0*[1-9][0-9]{0,5}", text, re.ASCII):
            raise self.reading.broken(
                self.line_of(field),
                N_("“{field}” must be a whole number from 1 up, not “{found}”."),
                field=field,
                found=_short(text),
            )
        return int(text)

    def flag(self, field: str) -> bool:
        text = self.text(field).strip().lower()
        if text in ("", "false", "no"):
            return False
        if text in ("true", "yes"):
            return True
        raise self.reading.broken(
            self.line_of(field),
            N_("“{field}” must be true or false, not “{found}”."),
            field=field,
            found=_short(text),
        )

    def one_of(self, field: str, known: list[str], default: str) -> str:
        text = self.text(field).strip() or default
        if text not in known:
            raise self.reading.broken(
                self.line_of(field),
                N_("“{field}” is “{found}”, but it must be one of these: {known}."),
                field=field,
                found=_short(text),
                known=", ".join(known),
            )
        return text

    def texts(self, field: str) -> tuple[str, ...]:
        """A list of texts; one text alone is a list of one."""
        node = self.nodes.get(field)
        if isinstance(node, SequenceNode):
            found = [self._scalar(item, field) for item in node.value]
        else:
            found = [self.text(field)]
        return tuple(text for text in found if text.strip())

    def items(self, field: str, known: tuple[str, ...]) -> Iterator[Fields]:
        """The mappings of a list field, none when the field is missing or empty."""
        node = self.nodes.get(field)
        if node is None or _is_null(node):
            return
        if not isinstance(node, SequenceNode):
            raise self.reading.broken(
                _line(node),
                N_("“{field}” must be a list: begin each of its items with “- ”."),
                field=field,
            )
        for item in node.value:
            yield Fields(self.reading, item, known)

    def group(self, field: str, known: tuple[str, ...]) -> Fields | None:
        """The fields inside a field."""
        node = self.nodes.get(field)
        return None if node is None or _is_null(node) else Fields(self.reading, node, known)

    def _scalar(self, node: Node, field: str) -> str:
        if not isinstance(node, ScalarNode):
            raise self.reading.broken(
                _line(node), N_("“{field}” must be text, not a list or fields."), field=field
            )
        if _is_null(node):
            return ""
        text = unicodedata.normalize("NFC", str(node.value))
        if any("\ud800" <= letter <= "\udfff" for letter in text):
            raise self.reading.broken(
                _line(node),
                N_("“{field}” holds half a character. Write the text again."),
                field=field,
            )
        # The line break that ends a block of text is layout, not text.
        return text.rstrip("\n") if node.style in ("|", ">") else text


def read_bytes(source: Path | str | bytes, file: str) -> tuple[bytes, str]:
    """The bytes of a path or of an upload, and the name to call it by in messages."""
    if isinstance(source, bytes):
        return source, file
    path = Path(source)
    try:
        return path.read_bytes(), file or path.name
    except OSError as problem:
        raise FileProblem(file=str(path)) from problem


def _line(found: Node | yaml.Event) -> int:
    """The line as a text editor counts it."""
    return found.start_mark.line + 1 if found.start_mark else 1


def _is_null(node: Node) -> bool:
    return isinstance(node, ScalarNode) and node.tag == NULL_TAG


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
