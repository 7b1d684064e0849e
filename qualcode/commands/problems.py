"""A remark on a file's row or column, as a line of a terminal."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from qualcode.domain.errors import Sentence
from qualcode.readers.problems import ReadProblem
from qualcode.texts import N_


def told(problem: ReadProblem, _: Callable[[str], str]) -> str:
    """The remark with its place before it."""
    where: Sequence[str] = (
        Sentence(N_("row {row}"), row=problem.row).message(_) if problem.row is not None else "",
        Sentence(N_("column {column}"), column=problem.column).message(_) if problem.column else "",
    )
    place = ", ".join(part for part in where if part)
    return f"{place}: {problem.message(_)}" if place else problem.message(_)
