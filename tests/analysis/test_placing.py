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


def test_the_likeness_is_that_to_the_members_plus_twice_the_name():
    reductions = study()
    named = groups(("r0", "r1"), (), (), reductions=reductions)
    name = reductions.space.softened(unit(expressions("jonotus").vectors - reductions.centre))
    place = unit(reductions.softened[[0, 1]].sum(axis=0) + 2 * name)
    expected = float(place[0] @ reductions.softened[2])
    assert named.likeness("r2")[0] == pytest.approx(expected, abs=1e-5)


def test_a_member_is_judged_without_itself():
    alone = groups(("r0",), ("r5",), ()).likeness("r0")[0]
    assert alone == pytest.approx(groups((), ("r5",), ()).likeness("r0")[0], abs=1e-5)


def test_a_name_that_is_near_to_everything_does_not_come_first_by_that_alone():
    reductions = study()
    named = groups(("r0", "r1"), ("r5",), ("r10",), reductions=reductions)
    scores = np.stack([named.scores(id) for id in reductions.ids if id not in ("r0", "r1")])
    likeness = np.stack([named.likeness(id) for id in reductions.ids if id not in ("r0", "r1")])
    assert np.ptp(scores.mean(axis=0)) < np.ptp(likeness.mean(axis=0))


def test_names_alone_learn_other_words_from_what_they_draw():
    reductions = study()
    named = groups((), (), (), reductions=reductions, names=("jono", "lasku", "aito"))
    nearest = [int(np.argmax(named.scores(id))) for id in reductions.ids]
    assert nearest == [0] * 5 + [1] * 5 + [2] * 4
    # Nothing in "viive odotus" is in the name; what the name drew speaks of it.
    assert named.likeness("r4")[0] > 0.8


def test_an_accepted_reduction_changes_the_groups_as_making_them_anew_would():
    reductions = study()
    before = groups(("r0", "r1"), ("r5",), ("r10",), reductions=reductions)
    before.suggest("r2")
    after = before.accepted("r2", "c0").accepted("r6", "c1")
    anew = groups(("r0", "r1", "r2"), ("r5", "r6"), ("r10",), reductions=reductions)
    for id in ("r3", "r6", "r11"):
        assert after.scores(id) == pytest.approx(anew.scores(id), abs=1e-5)
        assert after.new_chance(id) == pytest.approx(anew.new_chance(id), abs=1e-4)
        assert after.suggest(id).new_group == anew.suggest(id).new_group
    assert before.groups[0].member_ids == ("r0", "r1")


def test_the_order_of_adding_up_changes_no_rank_among_usual_scores():
    """What is left of float sums after the seventh digit decides nothing."""
    reductions = study()
    ids = reductions.ids
    shares = ids[:5], ids[5:10], ids[10:14]
    anew = groups(*shares, reductions=reductions)
    backwards = groups(*(share[::-1] for share in shares), reductions=reductions)
    followed = groups(*(share[:-1] for share in shares), reductions=reductions)
    followed.suggest(ids[0])
    for place, share in enumerate(shares):
        followed = followed.accepted(share[-1], f"c{place}")
    for id in ids:
        nearness = anew.suggest(id).nearness
        assert nearness == backwards.suggest(id).nearness == followed.suggest(id).nearness
    # A member's own score is one of those that are usual, so never below all of them.
    assert min(anew.suggest(id).nearness[0] for id in ids) > 0


def test_the_first_accepted_reduction_ends_what_the_names_had_drawn():
    reductions = study()
    first = groups((), (), (), reductions=reductions).accepted("r0", "c0")
    anew = groups(("r0",), (), (), reductions=reductions)
    assert first.scores("r7") == pytest.approx(anew.scores("r7"), abs=1e-6)


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
