"""The study itself: starting one, and its settings."""

from __future__ import annotations

from dataclasses import replace

from qualcode.domain.approaches import Approach, Study
from qualcode.domain.categories import LevelNames
from qualcode.domain.decisions import Act
from qualcode.domain.documents import normalise, one_line
from qualcode.domain.errors import EmptyName, StudyExists
from qualcode.workbench.bench import STUDY_ID, Workbench


def start(
    bench: Workbench,
    name: str,
    approach: Approach = Approach.THEORY_GUIDED,
    task: str = "",
) -> Study:
    """A new study in an empty store."""
    name = one_line(name)
    if not name:
        raise EmptyName()
    study = Study(STUDY_ID, name, bench.language, approach, task=normalise(task))
    with bench.act(Act.CREATE_STUDY) as work:
        if work.rows.get(Study, STUDY_ID) is not None:
            raise StudyExists(path=bench.store.address)
        work.put(study)
        work.say(name=study.name)
    return study


def edit(
    bench: Workbench,
    *,
    name: str | None = None,
    approach: Approach | None = None,
    strict_frame: bool | None = None,
    task: str | None = None,
    level_names: LevelNames | None = None,
) -> Study:
    """The study with the settings given; the others stay."""
    name = None if name is None else one_line(name)
    if name == "":
        raise EmptyName()
    with bench.act(Act.EDIT_STUDY) as work:
        old = work.require(Study, STUDY_ID)
        study = replace(
            old,
            name=old.name if name is None else name,
            approach=old.approach if approach is None else approach,
            strict_frame=old.strict_frame if strict_frame is None else strict_frame,
            task=old.task if task is None else normalise(task),
            level_names=old.level_names if level_names is None else level_names,
        )
        work.put(study)
        work.say(name=study.name)
    return study
