"""What the analyst has decided about suggestions: shown or not, which codes for which question.

The study keeps it among its options; every change is an act, so that the log tells how the study
was made.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum

from qualcode.domain.approaches import Study
from qualcode.domain.codes import Code
from qualcode.domain.decisions import Act
from qualcode.domain.documents import Item
from qualcode.workbench.bench import STUDY_ID, Workbench
from qualcode.workbench.code_weights import weights_of, with_weights


class Shown(StrEnum):
    """Whether a coder sees suggestions: at once, only after having decided, or never."""

    SHOWN = "shown"
    BLIND = "blind"
    OFF = "off"


LEFT_OUT, PLAIN, FAVOURED = 0.0, 1.0, 1.5
"""How a code counts for a question: not offered, like any other, before others."""

SHOWN, UNSURE = "suggestions", "suggestions_unsure_below"
"""Names among the study's options."""


def shown(study: Study) -> Shown:
    """Whether suggestions are shown in this study: of codes, places, groups and merging."""
    value = study.options.get(SHOWN)
    return Shown(value) if value in set(Shown) else Shown.SHOWN


def set_shown(bench: Workbench, how: Shown) -> None:
    """Suggestions are shown, shown after one's own decision, or switched off."""
    with bench.act(Act.SET_SUGGESTIONS) as work:
        study = work.require(Study, STUDY_ID)
        work.put(replace(study, options={**study.options, SHOWN: how.value}))
        work.say(**{how.value: study.name})


def unsure_below(study: Study) -> float:
    """When even the first offer is less likely than this (0...1), none is made: "I do not know"."""
    value = study.options.get(UNSURE, 0.0)
    return min(1.0, max(0.0, float(value))) if isinstance(value, int | float) else 0.0


def set_unsure_below(bench: Workbench, chance: float) -> None:
    """Where even the first offer is less likely than this to be chosen, nothing is offered."""
    chance = round(min(1.0, max(0.0, chance)), 2)
    with bench.act(Act.SET_SUGGESTIONS) as work:
        study = work.require(Study, STUDY_ID)
        work.put(replace(study, options={**study.options, UNSURE: chance}))
        work.say(threshold=f"{chance * 100:.0f} %")


def weights(study: Study, item_id: str | None) -> dict[str, float]:
    """How codes count for a question; those that count like any other are not there."""
    return weights_of(study).get(item_id or "", {})


def set_weights(bench: Workbench, item_id: str, wished: Mapping[str, float]) -> None:
    """How codes count for this question from now on."""
    with bench.act(Act.WEIGH_CODES) as work:
        study, item = work.require(Study, STUDY_ID), work.require(Item, item_id)
        for code_id in wished:
            work.require(Code, code_id)
        mine = {code: weight for code, weight in sorted(wished.items()) if weight != PLAIN}
        work.put(with_weights(study, {**weights_of(study), item_id: mine}))
        work.say(item=item.text or item.number, left_out=sum(w == LEFT_OUT for w in mine.values()))
