"""What the draft of a method chapter is told from, and the sentences it is made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from qualcode.domain.approaches import Study
from qualcode.workbench.method_chapter.counts import Counts
from qualcode.workbench.method_chapter.course import Course, Stretch
from qualcode.workbench.suggesting.options import Shown
from qualcode.workbench.worth.past import Past

Translate = Callable[[str], str]


@dataclass(frozen=True)
class Told:
    """One sentence. ``sources``: decisions of the log it was counted from; with none it rests on
    the study as it is now."""

    text: str
    sources: tuple[int, ...] = ()


@dataclass(frozen=True)
class Part:
    """A paragraph under a heading."""

    heading: str
    told: tuple[Told, ...]


@dataclass(frozen=True)
class Known:
    """All that the draft is told from."""

    study: Study
    course: Course
    counts: Counts
    past: Past
    shown: Shown
    language: str


def when(stretch: Stretch, language: str) -> str:
    """The days of a phase: 1.–3.9.2026, or one day."""
    first, last = day_of(stretch.first, language), day_of(stretch.last, language)
    return first if first == last else f"{first}–{last}"


def day_of(at: str, language: str) -> str:
    year, month, day = at[:10].split("-")
    return f"{int(day)}.{int(month)}.{year}" if language == "fi" else at[:10]
