"""A first grouping: offered, never forced, and never the same refusal twice."""

from collections import Counter

import numpy as np
import pytest

from qualcode.analysis import grouping as grouping_module
from qualcode.analysis.expressions import Expressions
from qualcode.analysis.grouping import (
    Piles,
    Piling,
    first_grouping,
    group_key,
    grouping_of_categories,
)
from qualcode.analysis.placing import NamedGroup
from qualcode.domain.suggestions import ReasonKind
from tests.analysis.tiny import LISTENING, MONEY, QUEUE, expressions, study


def sets(grouping):
    return [set(group.member_ids) for group in grouping.groups]


@pytest.mark.parametrize("piles", Piles)
def test_reductions_on_one_theme_come_together(piles):
    grouping = first_grouping(study(), engine="tiny", per_group=4, piles=piles)
    theme_of = {f"r{n}": 0 if n < 5 else 1 if n < 10 else 2 for n in range(14)}
    assert grouping.groups
    for members in sets(grouping):
        assert len({theme_of[id_] for id_ in members}) == 1


@pytest.mark.parametrize("piles", Piles)
def test_every_reduction_is_offered_once_or_left_out(piles):
    reductions = expressions(*QUEUE, *MONEY, *LISTENING, "aivan muuta", "😀", "")
    grouping = first_grouping(reductions, engine="tiny", per_group=4, piles=piles)
    seen = Counter(id_ for group in grouping.groups for id_ in group.member_ids)
    seen.update(grouping.left_out)
    assert seen == Counter(reductions.ids)
    assert {"r14", "r15", "r16"} <= set(grouping.left_out)
    assert all(len(group.member_ids) > 1 for group in grouping.groups)


def test_the_same_study_gets_the_same_groups():
    assert first_grouping(study(), engine="t") == first_grouping(study(), engine="t")


def test_a_group_is_named_by_its_middle_expression_and_its_telling_words():
    grouping = first_grouping(study(), engine="tiny", per_group=4)
    queue = next(group for group in grouping.groups if "r0" in group.member_ids)
    assert queue.name in QUEUE
    assert set(queue.keywords) <= {word for text in QUEUE for word in text.split()}
    assert 0 < queue.cohesion <= 1
    assert queue.engine == "tiny"
    assert queue.key == group_key(reversed(queue.member_ids))


def test_reasons_name_the_nearest_members_with_their_similarity():
    grouping = first_grouping(study(), engine="tiny", per_group=4)
    for group in grouping.groups:
        assert set(group.reasons) == set(group.member_ids)
        for member, reasons in group.reasons.items():
            near = [reason for reason in reasons if reason.kind is ReasonKind.NEAREST]
            assert 1 <= len(near) <= 3
            assert all(reason.ids[0] in set(group.member_ids) - {member} for reason in near)
            values = [reason.value for reason in near]
            assert values == sorted(values, reverse=True)


def test_groups_come_tightest_first():
    cohesions = [group.cohesion for group in first_grouping(study(), engine="t").groups]
    assert cohesions == sorted(cohesions, reverse=True)


def test_a_group_turned_down_is_not_offered_again_but_its_parts_may_be():
    before = first_grouping(study(), engine="t", per_group=4)
    refused = {group.key for group in before.groups}
    after = first_grouping(study(), engine="t", per_group=4, dismissed=refused)
    assert not refused & {group.key for group in after.groups}
    # The parts of the groups turned down are offered in their place, where they hold two or more.
    assert any(
        set(part.member_ids) < set(group.member_ids)
        for part in after.groups
        for group in before.groups
    )
    again = refused | {group.key for group in after.groups}
    last = first_grouping(study(), engine="t", per_group=4, dismissed=again)
    assert not again & {group.key for group in last.groups}


def test_reductions_to_be_kept_apart_never_share_a_group():
    together = first_grouping(study(), engine="t", per_group=4)
    first, second = together.groups[0].member_ids[:2]
    kept = first_grouping(study(), engine="t", per_group=4, apart=[(second, first)])
    assert not any({first, second} <= members for members in sets(kept))


def test_identical_wordings_count_once_and_stay_together():
    reductions = expressions(*QUEUE, *MONEY, *LISTENING, *["Jono  Kauan"] * 400)
    same = {"r0", *(f"r{n}" for n in range(14, 414))}
    grouping = first_grouping(reductions, engine="t", per_group=4)
    assert [same <= members for members in sets(grouping) if members & same] == [True]
    # Each of the other groups is what it would be without the repetitions.
    alone = first_grouping(study(), engine="t", per_group=4)
    assert [m for m in sets(grouping) if not m & same] == [m for m in sets(alone) if "r0" not in m]


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_a_handful_of_reductions_is_no_error(count):
    reductions = expressions(*QUEUE[:count])
    for piles in Piles:
        grouping = first_grouping(reductions, engine="t", piles=piles)
        seen = [id_ for group in grouping.groups for id_ in group.member_ids]
        assert sorted([*seen, *grouping.left_out]) == sorted(reductions.ids)


def test_more_reductions_than_one_tree_may_hold_are_grouped_in_parts():
    rng = np.random.default_rng(1)
    centres = rng.normal(size=(40, 12))
    vectors = np.repeat(centres, 100, axis=0) + rng.normal(size=(4000, 12)) * 0.05
    vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    ids = tuple(f"r{n}" for n in range(4000))
    grouping = first_grouping(Expressions(ids, ids, vectors), engine="t", per_group=100)
    whole = sum(len({int(id_[1:]) // 100 for id_ in m}) == 1 for m in sets(grouping))
    assert whole / len(grouping.groups) > 0.9
    assert len(grouping.left_out) < 80


def test_subcategories_on_one_theme_are_offered_as_one_generic_category():
    reductions = study()
    names = ["odotus", "jono", "maksu", "raha", "kuulla", "aito"]
    members = [("r0", "r1"), ("r2", "r3", "r4"), ("r5", "r6"), ("r7", "r8"), ("r10",), ("r12",)]
    categories = [NamedGroup(f"c{n}", names[n], members[n]) for n in range(6)]
    grouping = grouping_of_categories(
        categories, expressions(*names, prefix="c"), reductions, engine="t", per_group=2
    )
    assert sorted(map(sorted, sets(grouping))) == [["c0", "c1"], ["c2", "c3"], ["c4", "c5"]]
    assert grouping.left_out == ()
    assert grouping.groups[0].name in names


def test_without_subcategories_there_is_nothing_to_group():
    empty = grouping_of_categories([], expressions(prefix="c"), study(), engine="t")
    assert empty.groups == () and empty.left_out == ()


@pytest.mark.parametrize("piles", list(Piles))
def test_another_cut_of_what_was_joined_once_is_what_grouping_anew_gives(piles, monkeypatch):
    joined = Piling(study(), engine="t")
    joined.cut(8, piles)
    for kind in ("ward", "average"):
        monkeypatch.setattr(grouping_module, kind, None)  # nothing is joined any more
    again = [joined.cut(size, piles) for size in (2, 4, 14)]
    monkeypatch.undo()
    for size, cut in zip((2, 4, 14), again, strict=True):
        assert cut == first_grouping(study(), engine="t", per_group=size, piles=piles)
