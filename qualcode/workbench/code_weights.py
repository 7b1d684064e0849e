"""How codes count at a question, as the study keeps it, and what a merge or a removal does to it.

The weights stand among the study's options by question and code. A code that goes takes its own
along in the same act, so that one undo brings everything back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from qualcode.domain.approaches import Study
from qualcode.workbench.bench import STUDY_ID, Work

WEIGHTS = "code_weights"
"""The name among the study's options."""

Weights = dict[str, dict[str, float]]
"""Question id -> code id -> weight."""


def weights_of(study: Study) -> Weights:
    """Every weight that differs from the plain one."""
    kept = study.options.get(WEIGHTS, {})
    if not isinstance(kept, Mapping):
        return {}
    return {
        str(item): {str(code): float(weight) for code, weight in mine.items()}
        for item, mine in kept.items()
        if isinstance(mine, Mapping)
    }


def with_weights(study: Study, weights: Weights) -> Study:
    """The study with these weights; a question without any is not named."""
    kept = {item: mine for item, mine in weights.items() if mine}
    return replace(study, options={**study.options, WEIGHTS: kept})


def carry(work: Work, gone: Sequence[str], into: str) -> None:
    """The code kept counts at a question as those merged into it did.

    What has been chosen for the kept code itself stands. Of several others the one that is most
    in its favour does.
    """
    _change(work, set(gone), into)


def drop(work: Work, gone: Sequence[str]) -> None:
    """The codes are gone, and no question names them any more."""
    _change(work, set(gone), None)


def _change(work: Work, gone: set[str], into: str | None) -> None:
    study = work.rows.get(Study, STUDY_ID)
    if study is None:
        return
    before = weights_of(study)
    after = {item: _without(mine, gone, into) for item, mine in before.items()}
    if after != before:
        work.put(with_weights(study, after))


def _without(mine: dict[str, float], gone: set[str], into: str | None) -> dict[str, float]:
    left = {code: weight for code, weight in mine.items() if code not in gone}
    theirs = [weight for code, weight in mine.items() if code in gone]
    if theirs and into is not None:
        left.setdefault(into, max(theirs))
    return dict(sorted(left.items()))
