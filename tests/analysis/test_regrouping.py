"""Regrouping keeps what a person decided, whatever the vectors are. Invented texts."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qualcode.analysis.dendrogram import average, constrained_average
from qualcode.analysis.expressions import Expressions
from qualcode.analysis.grouping import Piles, first_grouping
from qualcode.analysis.placing import NamedGroup, NamedGroups
from qualcode.analysis.refused import Refused, group_key
from qualcode.analysis.regrouping import Regrouping
from qualcode.analysis.similarity import unit
from tests.analysis.tiny import LISTENING, MONEY, QUEUE, expressions, study

ENGINE = "tiny"
IDS = tuple(f"r{n}" for n in range(14))


def named(reductions, members):
    names = expressions(*members, prefix="g")
    groups = [
        NamedGroup(f"g{n}", name, tuple(ids)) for n, (name, ids) in enumerate(members.items())
    ]
    return NamedGroups(reductions, groups, names, engine=ENGINE)


def regrouped(members, *, per_group=6, **bonds):
    """What is offered of the study's fourteen reductions around the groups named."""
    placed = {id for ids in members.values() for id in ids}
    waiting = [id for id in IDS if id not in placed]
    groups = Regrouping(named(study(), members), waiting, **bonds).cut(per_group).groups
    joining = {group.joins: set(group.member_ids) for group in groups if group.joins}
    return joining, [set(group.member_ids) for group in groups if not group.joins]


# --- the method -----------------------------------------------------------------------------------


def test_what_is_like_a_category_joins_it_and_the_rest_makes_groups_beside_it():
    joining, new = regrouped({"jono": ["r0", "r1"]})
    assert joining == {"g0": {"r2", "r3", "r4"}}
    assert sorted(new, key=len) == [set(IDS[10:]), set(IDS[5:10])]


def test_accepted_groups_stay_however_alike_they_are():
    joining, new = regrouped({"jono": ["r0", "r1"], "odotus": ["r2", "r3"]})
    offered = set().union(*joining.values(), *new)
    assert not offered & {"r0", "r1", "r2", "r3"}
    assert "r4" in joining.get("g0", set()) | joining.get("g1", set())


def test_a_category_turned_down_for_a_reduction_is_not_offered_again_in_a_group():
    joining, new = regrouped({"jono": ["r0", "r1"]}, never=[("r4", "g0")])
    assert joining == {"g0": {"r2", "r3"}}
    assert all("r4" not in group or not group & set(IDS[:4]) for group in new)


def test_kept_apart_from_a_member_is_kept_apart_from_its_category():
    joining, _ = regrouped({"jono": ["r0", "r1"]}, apart=[("r1", "r3")])
    assert joining == {"g0": {"r2", "r4"}}


def test_a_group_turned_down_does_not_come_back_as_nearly_the_same():
    _, new = regrouped({"jono": ["r0", "r1"]})
    money = next(group for group in new if "r5" in group)
    _, then = regrouped({"jono": ["r0", "r1"]}, refused=[money - {"r9"}])
    for group in then:
        assert not (money - {"r9"}) <= group


def test_what_joins_tells_the_examples_that_speak_for_it():
    placed = {"jono": ["r0", "r1"]}
    groups = Regrouping(named(study(), placed), IDS[2:]).cut(6).groups
    joining = next(group for group in groups if group.joins)
    assert joining.name == "jono"
    for id in joining.member_ids:
        opened = {named_id for reason in joining.reasons[id] for named_id in reason.ids}
        assert opened & {"r0", "r1"}


def test_the_same_cut_is_the_same_every_time_and_a_finer_one_has_more_groups():
    regrouping = Regrouping(named(study(), {"jono": ["r0", "r1"]}), IDS[2:])
    assert regrouping.cut(4) == regrouping.cut(4)
    assert len(regrouping.cut(2).groups) >= len(regrouping.cut(12).groups)


# --- whatever the vectors ----------------------------------------------------------------------

ROWS = st.integers(0, 13)


@st.composite
def decided(draw):
    """Vectors without any meaning, and decisions about them."""
    seed = draw(st.integers(0, 10**6))
    random = np.random.default_rng(seed)
    wide = draw(st.integers(1, 6))
    vectors = unit(random.normal(size=(14, wide)).astype(np.float32))
    # Some say nothing at all, and some say just the same.
    vectors[draw(st.lists(ROWS, max_size=3))] = 0
    for row in draw(st.lists(ROWS, max_size=4)):
        vectors[row] = vectors[0]
    same = draw(st.lists(ROWS, max_size=3))
    texts = ["sama" if row in same else f"teksti {row}" for row in range(14)]
    home = draw(st.lists(st.sampled_from([None, None, 0, 1, 2]), min_size=14, max_size=14))
    groups = [
        NamedGroup(f"g{g}", f"nimi {g}", tuple(IDS[r] for r in range(14) if home[r] == g))
        for g in range(draw(st.integers(0, 3)))
    ]
    names = Expressions(
        tuple(g.id for g in groups),
        tuple(g.name for g in groups),
        unit(random.normal(size=(len(groups), wide)).astype(np.float32)).reshape(-1, wide),
    )
    pair = st.tuples(st.sampled_from(IDS), st.sampled_from(IDS)).filter(lambda p: p[0] != p[1])
    piles = st.sets(st.sampled_from(IDS), min_size=2, max_size=8)
    return (
        Expressions(IDS, tuple(texts), vectors),
        groups,
        names,
        draw(st.lists(pair, max_size=6)),
        draw(st.lists(st.tuples(st.sampled_from(IDS), st.sampled_from("g0 g1 g2".split())))),
        draw(st.lists(piles, max_size=3)),
        draw(st.sampled_from([1, 2, 4, 8, 100])),
    )


def check_offers(offers, waiting, apart, refused):
    seen = [id for group in offers.groups for id in group.member_ids]
    assert len(seen) == len(set(seen)), "each reduction is in one group at most"
    assert set(seen) | set(offers.left_out) == set(waiting)
    assert set(seen).isdisjoint(offers.left_out)
    for group in offers.groups:
        ids = set(group.member_ids)
        assert not any(one in ids and other in ids for one, other in apart)
        if group.joins is None:
            assert not Refused.of((), refused).holds(ids)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(decided())
def test_decisions_hold_in_a_regrouping(given_):
    reductions, groups, names, apart, never, refused, per_group = given_
    placed = {id: group.id for group in groups for id in group.member_ids}
    waiting = [id for id in IDS if id not in placed]
    offers = Regrouping(
        NamedGroups(reductions, groups, names, engine=ENGINE),
        waiting,
        never=never,
        apart=apart,
        refused=refused,
    ).cut(per_group)
    check_offers(offers, waiting, apart, refused)
    known = {group.id: group for group in groups}
    for group in offers.groups:
        if group.joins is not None:
            assert group.joins in known
            assert not {(id, group.joins) for id in group.member_ids} & set(never)
            at_home = set(known[group.joins].member_ids)
            for one, other in apart:
                assert not (one in group.member_ids and other in at_home)
                assert not (other in group.member_ids and one in at_home)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(decided(), st.sampled_from(Piles))
def test_decisions_hold_in_a_first_grouping(given_, piles):
    reductions, _, _, apart, _, refused, per_group = given_
    offers = first_grouping(
        reductions, engine=ENGINE, per_group=per_group, piles=piles, apart=apart, refused=refused
    )
    check_offers(offers, IDS, apart, refused)


# --- what it is made of ----------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(5))
def test_without_bonds_the_joins_are_those_of_average_linkage(seed):
    vectors = unit(np.random.default_rng(seed).normal(size=(30, 8)).astype(np.float32))
    nothing = np.zeros((30, 30), dtype=bool)
    tree, fewest = constrained_average(vectors @ vectors.T, np.ones(30), nothing)
    assert fewest == 1
    plain = average(vectors)
    for groups in range(1, 31):
        assert sorted(map(tree.rows, tree.cut(groups))) == sorted(
            map(plain.rows, plain.cut(groups))
        )


def test_what_is_forbidden_stays_apart_in_every_cut_down_to_the_fewest():
    vectors = unit(np.ones((6, 2), dtype=np.float32))
    forbidden = np.zeros((6, 6), dtype=bool)
    forbidden[0, 1] = forbidden[1, 0] = forbidden[2, 1] = forbidden[1, 2] = True
    tree, fewest = constrained_average(vectors @ vectors.T, np.ones(6), forbidden)
    assert fewest == 2
    for groups in range(fewest, 7):
        for node in tree.cut(groups):
            rows = set(tree.rows(node))
            assert not (1 in rows and rows & {0, 2})


def test_a_group_turned_down_is_known_by_its_key_or_by_its_members():
    refused = Refused.of([group_key("ab")], ["cdef"])
    assert refused.holds("ba")
    assert refused.holds("cdefxyz"), "all of it, and more"
    assert refused.holds("cdefg")
    assert not refused.holds("cde")
    assert not refused.holds("abc")


@pytest.mark.parametrize(
    "texts", [("", "  ", "!"), ("jono",), ("😀", "🎉", "😀"), ("jono jono",) * 400]
)
def test_what_says_nothing_or_always_the_same_is_no_mistake(texts):
    reductions = expressions(*texts)
    groups = NamedGroups(
        reductions, [NamedGroup("g0", "raha")], expressions("raha", prefix="g"), engine=ENGINE
    )
    offers = Regrouping(groups, reductions.ids).cut()
    offered = [id for group in offers.groups for id in group.member_ids]
    assert sorted([*offered, *offers.left_out]) == sorted(reductions.ids)


def test_no_categories_or_nothing_waiting_is_no_mistake():
    assert len(QUEUE) + len(MONEY) + len(LISTENING) == 14
    joining, new = regrouped({})
    assert not joining and new
    assert regrouped({"jono": list(IDS)}) == ({}, [])
