"""Placing one reduction among named categories: names and members together."""

import numpy as np
import pytest

from qualcode.analysis.placing import NamedGroup, NamedGroups
from qualcode.analysis.similarity import unit
from qualcode.domain.suggestions import ReasonKind
from tests.analysis.tiny import LISTENING, MONEY, QUEUE, expressions, study

NAMES = ("jonotus", "lasku", "aito")


def groups(*members, reductions=None, names=NAMES):
    named = [NamedGroup(f"c{n}", names[n], tuple(ids)) for n, ids in enumerate(members)]
    return NamedGroups(reductions or study(), named, expressions(*names, prefix="c"), engine="tiny")


def test_a_name_alone_draws_its_reductions():
    placement = groups((), (), ()).suggest("r6")
    assert next(c.target_id for c in placement.suggestion.candidates) == "c1"
    assert placement.suggestion.engine == "tiny"
    assert placement.suggestion.subject == MONEY[1]


def test_the_score_is_the_likeness_to_the_members_plus_twice_the_name():
    reductions = study()
    named = groups(("r0", "r1"), (), (), reductions=reductions)
    name = unit(expressions("jonotus").vectors - reductions.centre)
    place = unit(reductions.centred[[0, 1]].sum(axis=0) + 2 * name)
    assert named.scores("r2")[0] == pytest.approx(float(place[0] @ reductions.centred[2]), abs=1e-5)


def test_a_member_is_judged_without_itself():
    alone = groups(("r0",), ("r5",), ()).scores("r0")[0]
    assert alone == pytest.approx(groups((), ("r5",), ()).scores("r0")[0], abs=1e-5)


def test_at_most_three_are_offered_best_first_each_ahead_of_the_next():
    names = (*NAMES, "velka", "viive")
    reductions = study()
    named = groups((), (), (), (), (), reductions=reductions, names=names)
    candidates = named.suggest("r8").suggestion.candidates
    assert len(candidates) == 3
    assert [c.score for c in candidates] == sorted((c.score for c in candidates), reverse=True)
    margin = next(r for r in candidates[0].reasons if r.kind is ReasonKind.MARGIN)
    assert margin.value == pytest.approx(candidates[0].score - candidates[1].score)
    assert margin.ids == (candidates[1].target_id,)


def test_reasons_show_three_nearest_members_the_shared_words_and_the_name():
    best = groups(("r0", "r1", "r3", "r4"), ("r5",), ()).suggest("r2").suggestion.candidates[0]
    near = [reason for reason in best.reasons if reason.kind is ReasonKind.NEAREST]
    assert len(near) == 3 and {reason.ids[0] for reason in near} <= {"r0", "r1", "r3", "r4"}
    shared = next(reason for reason in best.reasons if reason.kind is ReasonKind.SHARED_WORDS)
    assert shared.words == ("jono",)
    name = next(reason for reason in best.reasons if reason.kind is ReasonKind.DEFINITION)
    assert name.ids == ("c0",) and name.text == "jonotus"


def test_a_category_turned_down_does_not_come_back():
    placement = groups((), (), ()).suggest("r6", dismissed={"c1"})
    assert "c1" not in [c.target_id for c in placement.suggestion.candidates]


def test_what_the_engine_cannot_read_gets_no_candidates():
    reductions = expressions(*QUEUE, *MONEY, *LISTENING, "😀😀")
    placement = groups((), (), (), reductions=reductions).suggest("r14")
    assert placement.suggestion.candidates == ()
    assert placement.newness is None and not placement.new_group


def test_without_categories_there_is_nothing_to_offer():
    placement = NamedGroups(study(), [], expressions(prefix="c"), engine="t")
    assert placement.suggest("r1").suggestion.candidates == ()
    assert not placement.suggest("r1").new_group


def test_a_reduction_far_from_every_category_seems_new():
    accepted = [tuple(f"r{n}" for n in range(5)), tuple(f"r{n}" for n in range(5, 10))]
    named = groups(*accepted, names=NAMES[:2])
    assert named.suggest("r11").new_group
    assert not any(named.suggest(f"r{n}").new_group for n in (0, 6))
    assert named.suggest("r11").newness == 1.0


def test_three_reductions_are_too_few_to_call_one_new():
    reductions = expressions("jono kauan", "maksu kallis", "kuulla aito")
    named = groups(("r0",), ("r1",), reductions=reductions, names=NAMES[:2])
    placement = named.suggest("r2")
    assert placement.newness is None and not placement.new_group


def test_a_duplicate_of_a_member_goes_where_that_member_is():
    reductions = expressions(*QUEUE, *MONEY, *LISTENING, QUEUE[0])
    named = groups(("r0",), ("r5",), ("r10",), reductions=reductions)
    assert int(np.argmax(named.scores("r14"))) == 0
