"""What the study has chosen for its tables: themes told as one, and the guard of small cells.

Themes stay apart in the coding; a table that tells two as one says so below it. The study keeps
the choices among its options, every change is an act.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from qualcode.analysis.small_cells import LEAST
from qualcode.domain.approaches import Study
from qualcode.domain.decisions import Act
from qualcode.domain.documents import one_line
from qualcode.domain.errors import EmptyName, QualcodeError
from qualcode.workbench.bench import STUDY_ID, Workbench

TABLES = "tables"
"""Name among the study's options."""

THEMES, GUARD = "themes", "least"
HIGHEST = 20
OFF = 1
"""With this guard everything is shown."""


class TooFewThemes(QualcodeError):
    template = "Choose at least two themes that are told as one."


class BadGuard(QualcodeError):
    template = "The guard is a whole number from {lowest} to {highest}, or off."


def merged(study: Study) -> dict[str, str]:
    """Theme (its text, or the id of the code it is) -> the name it is told under with others."""
    kept = _kept(study).get(THEMES, {})
    if not isinstance(kept, Mapping):
        return {}
    return {str(theme): str(name) for theme, name in kept.items()}


def least(study: Study) -> int:
    """How few people do not show in tables of background variables."""
    value = _kept(study).get(GUARD, LEAST)
    return value if isinstance(value, int) and OFF <= value <= HIGHEST else LEAST


def merge(bench: Workbench, themes: Sequence[str], name: str) -> None:
    """The themes are told under one name in tables from now on."""
    name, named = one_line(name), list(dict.fromkeys(themes))
    if not name:
        raise EmptyName()
    if len(named) < 2:
        raise TooFewThemes()
    with bench.act(Act.MERGE_THEMES) as work:
        study = work.require(Study, STUDY_ID)
        work.put(_with(study, THEMES, {**merged(study), **dict.fromkeys(named, name)}))
        work.say(theme=name, themes=len(named))


def part(bench: Workbench, name: str) -> None:
    """The themes told under this name are told each by itself again."""
    with bench.act(Act.PART_THEMES) as work:
        study = work.require(Study, STUDY_ID)
        left = {theme: told for theme, told in merged(study).items() if told != name}
        work.put(_with(study, THEMES, left))
        work.say(theme=name)


def set_least(bench: Workbench, people: int) -> None:
    """Counts of fewer people than this do not show; ``OFF``: everything shows."""
    if not (people == OFF or LEAST <= people <= HIGHEST):
        raise BadGuard(lowest=LEAST, highest=HIGHEST)
    with bench.act(Act.SET_GUARD) as work:
        study = work.require(Study, STUDY_ID)
        work.put(_with(study, GUARD, people))
        work.say(**({"shown": study.name} if people == OFF else {"least": people}))


def note(study: Study, shown: Mapping[str, str], translate: Callable[[str], str]) -> str:
    """What is told below a table of themes that tells some of them as one.

    ``shown``: theme -> what it is called, of all those that the table speaks of.
    """
    parts: dict[str, list[str]] = {}
    for theme, name in merged(study).items():
        if theme in shown:
            parts.setdefault(name, []).append(shown[theme])
    _ = translate
    told = _("“{name}” is told of the themes {themes}, which the coding keeps apart.")
    return " ".join(
        told.format(name=name, themes=", ".join(themes)) for name, themes in parts.items()
    )


def _kept(study: Study) -> Mapping[str, Any]:
    kept = study.options.get(TABLES, {})
    return kept if isinstance(kept, Mapping) else {}


def _with(study: Study, name: str, value: object) -> Study:
    return replace(study, options={**study.options, TABLES: {**_kept(study), name: value}})
