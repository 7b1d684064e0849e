"""The command ``codebooks``: list, take, show, save."""

from __future__ import annotations

import argparse
from pathlib import Path

from qualcode.bootstrap import Settings
from qualcode.domain.codes import Codebook
from qualcode.domain.errors import UnknownRow
from qualcode.readers.codebook_yaml import (
    CodebookFile,
    read_codebook_file,
    shipped_codebooks,
    write_codebook,
)
from qualcode.texts import gettext_for
from qualcode.workbench import codebooks
from qualcode.workbench.bench import Workbench


def listed(bench: Workbench | None, options: argparse.Namespace) -> list[dict[str, object]]:
    """The study's codebooks, or without a study the shipped ones."""
    if bench is None:
        return [
            {
                "key": card.key,
                "name": card.name(options.language),
                "codes": card.codes,
                "theory": card.theory_source,
                "in_use": False,
            }
            for card in shipped_codebooks()
        ]
    with bench.store.reading() as rows:
        books = sorted(rows.find(Codebook), key=lambda b: b.position)
    counts: dict[str, int] = {}
    for code in codebooks.codes_in_use(bench):
        counts[code.codebook_id] = counts.get(code.codebook_id, 0) + 1
    return [
        {
            "key": book.key,
            "name": book.name(options.language),
            "codes": counts.get(book.id, 0),
            "theory": book.theory_source,
            "in_use": book.in_use,
        }
        for book in books
    ]


def opened(word: str) -> CodebookFile:
    """A shipped codebook, or one the user has saved, by its key; or a file by its path."""
    own = Settings.from_environment().folder / "codebooks"
    card = next((c for c in codebooks.library(own) if c.key == word), None)
    if card is not None:
        return read_codebook_file(card.path)
    if Path(word).is_file():
        return read_codebook_file(Path(word))
    raise UnknownRow(kind="codebook", id=word)


def told(file: CodebookFile, options: argparse.Namespace) -> str:
    """Warnings of the file, one a line, for standard error."""
    _ = gettext_for(options.language)
    return "\n".join(problem.message(_) for problem in file.problems)


def shown(file: CodebookFile) -> str:
    return write_codebook(file.codebook, file.codes)
