"""Running text: interviews, group discussions and diaries from .txt and .docx files.

A file becomes one document, or one a paragraph, or one a speaker's turn. Turns of the interviewer
can be marked, so that they are shown for the context but not coded or counted.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath

from qualcode.domain.documents import Provenance, normalise
from qualcode.domain.errors import EmptyFile, TooManyBytes
from qualcode.domain.non_answers import is_non_answer
from qualcode.domain.turns import guess_interviewers, speakers_of, turns_of
from qualcode.readers.docx_text import DocxText, read_docx
from qualcode.readers.files import (
    MEGABYTE,
    TEXT,
    WORD,
    check_size,
    check_type,
    decode,
    extension,
    open_archive,
    unknown_type,
    without_control_characters,
)
from qualcode.readers.problems import ReadProblem
from qualcode.texts import N_

KNOWN_TYPES = (".txt", ".md", ".docx")
# About twenty long novels: more than any study's transcript in one file.
MAX_CHARACTERS = 10 * MEGABYTE

INVISIBLE = N_("Invisible control characters were left out of the text.")
NO_SPEAKERS = N_(
    "No speakers were found, so the text was read by paragraphs. A turn begins with a name and a "
    "colon at the beginning of a line."
)


class TextUnit(StrEnum):
    """What becomes one document."""

    WHOLE = "whole"
    PARAGRAPH = "paragraph"
    TURN = "turn"


@dataclass(frozen=True)
class Paragraph:
    """One paragraph: where it is in the text (end exclusive) and which one it is, from 1."""

    start: int
    end: int
    number: int


@dataclass(frozen=True)
class OpenedText:
    """The text of a file as it will be stored, before it is divided.

    ``speakers`` counts the turns of each speaker found, in order of appearance. ``titles`` are
    the lines that a Word document shows as headings.
    """

    file: str
    title: str
    text: str
    paragraphs: tuple[Paragraph, ...]
    speakers: Mapping[str, int]
    encoding: str = ""
    problems: tuple[ReadProblem, ...] = ()
    titles: frozenset[str] = frozenset()


@dataclass(frozen=True)
class TextPlan:
    """How an opened text is divided, and who of its speakers asks the questions."""

    unit: TextUnit = TextUnit.WHOLE
    interviewers: frozenset[str] = frozenset()


@dataclass(frozen=True)
class TextDocument:
    """One document to be stored.

    ``attributes`` may hold ``speaker``, and ``interviewer`` = "yes" for a turn that is not to be
    coded. ``provenance.row`` is the number of its first paragraph.
    """

    text: str
    attributes: Mapping[str, str]
    set_aside: bool
    provenance: Provenance


@dataclass(frozen=True)
class TextReading:
    title: str
    documents: tuple[TextDocument, ...]
    speakers: Mapping[str, int]
    problems: tuple[ReadProblem, ...]


def open_text(data: bytes, file: str, *, encoding: str | None = None) -> OpenedText:
    """The text of a .txt or .docx file, its paragraphs and its speakers.

    ``encoding`` is a person's own choice for plain text. Raises a FileProblem that says what is
    wrong with the file and what to do.
    """
    ending = extension(file)
    if ending not in KNOWN_TYPES:
        raise unknown_type(file, ", ".join(KNOWN_TYPES))
    check_size(data, file)
    if ending == ".docx":
        check_type(data, file, WORD)
        with open_archive(data, file) as archive:
            check_document_size(archive, file)
        found = read_docx(data, file)
    else:
        check_type(data, file, TEXT)
        decoded = decode(data, file, encoding)
        lines = normalise(decoded.text).split("\n")
        found = DocxText(lines, PurePath(file).stem, (), decoded.encoding)
    return _opened(found, file)


def check_document_size(archive: zipfile.ZipFile, file: str) -> None:
    """Nothing when the document's own part is of a size that can be parsed at once."""
    limit = 20 * MAX_CHARACTERS
    sizes = [part.file_size for part in archive.infolist() if part.filename.endswith(".xml")]
    size = max(sizes, default=0)
    if size > limit:
        raise TooManyBytes(file=file, size=round(size / MEGABYTE), limit=limit // MEGABYTE)


def _opened(found: DocxText, file: str) -> OpenedText:
    problems = list(found.problems)
    clean = [normalise(without_control_characters(paragraph)) for paragraph in found.paragraphs]
    if clean != [normalise(paragraph) for paragraph in found.paragraphs]:
        problems.append(ReadProblem(None, "", INVISIBLE))
    text = "\n".join(clean)
    if not text.strip():
        raise EmptyFile(file=file)
    if len(text) > MAX_CHARACTERS:
        raise TooManyBytes(
            file=file, size=round(len(text) / MEGABYTE), limit=MAX_CHARACTERS // MEGABYTE
        )
    paragraphs: list[Paragraph] = []
    start = 0
    for number, paragraph in enumerate(clean, start=1):
        if paragraph.strip():
            paragraphs.append(Paragraph(start, start + len(paragraph), number))
        start += len(paragraph) + 1
    speakers = speakers_of(turns_of(text))
    return OpenedText(
        file,
        found.title,
        text,
        tuple(paragraphs),
        speakers,
        found.encoding,
        tuple(problems),
        frozenset(normalise(without_control_characters(title)) for title in found.titles),
    )


# --- speakers -------------------------------------------------------------------------------


def likely_interviewers(speakers: Mapping[str, int]) -> frozenset[str]:
    """Speakers whose mark says that they ask; for a person to confirm.

    >>> sorted(likely_interviewers({"H": 12, "V1": 10, "V2": 3}))
    ['H']
    """
    return guess_interviewers(speakers)


# --- dividing -------------------------------------------------------------------------------


def read_text(opened: OpenedText, plan: TextPlan) -> TextReading:
    """The documents of an opened text, divided by the plan; empty ones are left out."""
    problems = list(opened.problems)
    unit = plan.unit
    if unit is TextUnit.TURN and not opened.speakers:
        problems.append(ReadProblem(None, "", NO_SPEAKERS))
        unit = TextUnit.PARAGRAPH
    divide = {
        TextUnit.WHOLE: _whole,
        TextUnit.PARAGRAPH: _paragraphs,
        TextUnit.TURN: _turns,
    }[unit]
    documents = tuple(
        TextDocument(
            piece.text,
            _attributes(piece.speaker, plan.interviewers),
            is_non_answer(piece.text),
            Provenance(file=opened.file, row=piece.paragraph),
        )
        for piece in divide(opened)
    )
    return TextReading(opened.title, documents, opened.speakers, tuple(problems))


@dataclass(frozen=True)
class _Piece:
    text: str
    paragraph: int | None
    speaker: str = ""


def _attributes(speaker: str, interviewers: frozenset[str]) -> dict[str, str]:
    attributes = {"speaker": speaker} if speaker else {}
    if speaker in interviewers:
        attributes["interviewer"] = "yes"
    return attributes


def _whole(opened: OpenedText) -> Iterator[_Piece]:
    yield _Piece(opened.text, None)


def _paragraphs(opened: OpenedText) -> Iterator[_Piece]:
    for paragraph in opened.paragraphs:
        yield _Piece(opened.text[paragraph.start : paragraph.end], paragraph.number)


def _turns(opened: OpenedText) -> Iterator[_Piece]:
    """The words of each turn without its mark, and what stands before or between turns."""
    place = 0
    for turn in turns_of(opened.text):
        yield from _words(opened, place, turn.start)
        yield from _words(opened, turn.words, turn.end, turn.speaker, turn.start)
        place = turn.end
    yield from _words(opened, place, len(opened.text))


def _words(
    opened: OpenedText, start: int, end: int, speaker: str = "", mark: int | None = None
) -> Iterator[_Piece]:
    """What is said from ``start`` to ``end`` without empty lines; nothing when it is empty."""
    lines = [line for line in opened.text[start:end].split("\n") if line.strip()]
    if not lines:
        return
    first = start if mark is None else mark
    number = next(p.number for p in opened.paragraphs if p.end > first)
    yield _Piece("\n".join(lines), number, speaker)
