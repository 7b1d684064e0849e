"""The file that is being brought in: opened and looked at, but not yet in the study."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

import streamlit as st

from qualcode.domain.documents import SourceKind
from qualcode.domain.errors import FileProblem, QualcodeError
from qualcode.domain.instruments import FormItem
from qualcode.readers.problems import ReadProblem
from qualcode.readers.recognising import Recognised, recognise
from qualcode.readers.survey import SurveyGuess, SurveyPlan, SurveyReading
from qualcode.ui import state
from qualcode.workbench.form_matching import Match
from qualcode.workbench.form_of_survey import FormOffer
from qualcode.workbench.importing import Imported, digest


@dataclass
class SurveyDraft:
    """What a person has chosen of a survey so far, and what was worked out from it.

    ``from_map`` is the plan of a column map that was loaded; ``version`` changes with it, so that
    the fields start from it anew. ``offered`` is the form that the columns look like, and ``found``
    the questions they are of the form that is chosen, with the columns that tell who answers by
    others of them, each with what it was looked for by.
    ``bound`` is what a person has bound by hand: a column's field -> the question, or none.
    """

    version: int = 0
    map_id: str = ""
    from_map: SurveyPlan | None = None
    guesses: dict[tuple[str, tuple[int, ...] | None], SurveyGuess] = field(default_factory=dict)
    read: tuple[str, SurveyPlan, SurveyReading] | None = None
    offered: tuple[object, FormOffer | None] | None = None
    found: tuple[object, Mapping[int, Match], Mapping[int, FormItem]] | None = None
    bound: dict[str, str] = field(default_factory=dict)


@dataclass
class Draft:
    """One file on its way in. ``number`` rises with every file, and widgets carry it in their keys.

    ``problem`` is why the file cannot be opened; nothing else is there then. ``pasted`` is a text
    that came from no file.
    """

    number: int
    id: str
    file: str
    data: bytes
    recognised: Recognised | None = None
    kind: SourceKind | None = None
    problem: QualcodeError | None = None
    encoding: str | None = None
    delimiter: str | None = None
    pasted: str = ""
    survey: SurveyDraft = field(default_factory=SurveyDraft)
    key: str = ""

    def __post_init__(self) -> None:
        self.key = digest(self.data)

    def widget(self, name: str) -> str:
        """The key of a widget that belongs to this file alone."""
        return state.filter_key("material", f"{self.number}-{name}")


def current() -> Draft | None:
    return cast("Draft | None", state.chosen("material:draft"))


def number() -> int:
    """Which file this is since the study was opened."""
    return int(state.chosen("material:number") or 0)


def open_file(id: str, file: str, data: bytes) -> Draft:
    """The file opened and recognised, or opened with the problem it has."""
    _ = state.translator()
    draft = Draft(number(), id, file, data)
    with st.spinner(_("Reading {file}…").format(file=file)):
        try:
            draft.recognised = recognise(data, file)
            draft.kind = draft.recognised.kind
        except FileProblem as problem:
            draft.problem = problem
    state.choose("material:draft", draft)
    return draft


def open_notes(file: str, text: str) -> Draft:
    """Pasted notes, to be looked at as a file would be."""
    draft = Draft(number(), f"pasted-{number()}", file, text.encode("utf-8"), pasted=text)
    draft.kind = SourceKind.WORKSHOP
    state.choose("material:draft", draft)
    return draft


def read_again(draft: Draft, encoding: str | None, delimiter: str | None) -> None:
    """The same file with another encoding or delimiter; after a FileProblem it is as it was."""
    recognised = recognise(draft.data, draft.file, encoding=encoding, delimiter=delimiter)
    draft.encoding, draft.delimiter, draft.recognised = encoding, delimiter, recognised
    draft.survey = SurveyDraft(draft.survey.version + 1)


def drop() -> None:
    """The file is laid away; the uploader is empty again."""
    state.choose("material:draft", None)
    state.choose("material:number", number() + 1)


@dataclass(frozen=True)
class Receipt:
    """What came in last, told until the next file or until it is closed."""

    imported: Imported
    problems: tuple[ReadProblem, ...]


def finish(imported: Imported) -> None:
    """The file is in: its receipt is shown, and the page is ready for the next one."""
    drop()
    state.choose("material:receipt", Receipt(imported, imported.problems))
    st.rerun()
