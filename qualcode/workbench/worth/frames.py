"""The codes of a table, with what a codebook says of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qualcode.analysis.code_scores import CodeWords
from qualcode.domain.codes import Code
from qualcode.workbench.worth.tables import Table, tidy


@dataclass(frozen=True)
class Frame:
    """The codes to choose from, and the code id behind each label of the table.

    ``undefined`` are labels that the codebook does not know, all of them when it is about something
    else and was left out; ``unused`` counts codes of the codebook that no text of the table
    carries: they are offered too, as in a study.
    """

    codes: tuple[CodeWords, ...]
    id_of: dict[str, str]
    undefined: tuple[str, ...]
    unused: int

    @property
    def fits_nothing(self) -> bool:
        """Whether a codebook was there that knows none of the codes."""
        return bool(self.undefined) and len(self.undefined) == len(self.id_of)


def frame_of(table: Table, books: Sequence[Sequence[Code]] = (), language: str = "fi") -> Frame:
    """The table's codes, matched to the codebooks' by id or by label in either language.

    Of several codebooks those count that know a code which no better one of them knows.
    """
    labels = list(dict.fromkeys(code for row in table.coded for code in row.codes))
    book = _in_use(books, labels, language)
    found = _by_name(book, language)
    words: dict[str, CodeWords] = {}
    id_of: dict[str, str] = {}
    undefined = []
    for label in labels:
        match = found.get(label.casefold())
        if match is None:
            id_of[label] = f"label:{label}"
            words[id_of[label]] = CodeWords(id_of[label], label)
            undefined.append(label)
        else:
            id_of[label] = match[0].id
            words.setdefault(match[0].id, _words(*match))
    named = {label.casefold() for label in labels if label not in undefined}
    # Both languages of one codebook would be a mixture: the rest speaks as those matched do.
    spoken = [match[1] for label in labels if (match := found.get(label.casefold()))]
    main = max(set(spoken), key=spoken.count) if spoken else language
    # A code of the same name in another codebook could never be right: it is this one.
    unused = [code for code in book if code.id not in words and not _names(code) & named]
    for code in unused:
        words[code.id] = _words(code, main)
    return Frame(tuple(words.values()), id_of, tuple(undefined) if any(books) else (), len(unused))


def _names(code: Code) -> set[str]:
    return {tidy(name).casefold() for name in (code.key, code.label_fi, code.label_en)} - {""}


Named = dict[str, tuple[Code, str]]


def _by_name(book: Sequence[Code], language: str) -> Named:
    """Each code by its id and labels, with the language that the name is in."""
    found: Named = {}
    for code in book:
        for name, written_in in (
            (code.key, language),
            (code.label_fi, "fi"),
            (code.label_en, "en"),
        ):
            if name.strip():
                found.setdefault(tidy(name).casefold(), (code, written_in))
    return found


def _in_use(
    books: Sequence[Sequence[Code]], labels: Sequence[str], language: str
) -> tuple[Code, ...]:
    """The codes of the codebooks that know some of the labels, the one that knows most first."""
    sought = {label.casefold() for label in labels}
    known = [(book, sought & _by_name(book, language).keys()) for book in books]
    chosen: list[Code] = []
    while sought and known:
        book, names = max(known, key=lambda one: len(one[1] & sought))
        if not names & sought:
            break
        chosen += book
        sought -= names
    return tuple(chosen)


def _words(code: Code, language: str) -> CodeWords:
    return CodeWords(code.id, code.label(language), code.definition(language))
