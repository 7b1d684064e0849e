"""Categories under the same one speak for one another, a little. Invented texts."""

import numpy as np
import pytest

from qualcode.analysis.branches import Branches, path_of
from qualcode.analysis.expressions import Expressions
from qualcode.analysis.left_out import left_out
from qualcode.analysis.placing import NamedGroup, NamedGroups
from qualcode.analysis.similarity import unit
from tests.analysis.tiny import expressions, study

IDS = ("g0", "g1", "g2", "g3")


def random_study(seed, above, paths=True):
    random = np.random.default_rng(seed)
    reductions = Expressions(
        tuple(f"r{n}" for n in range(40)),
        tuple(f"teksti {n}" for n in range(40)),
        unit(random.normal(size=(40, 12)).astype(np.float32)),
    )
    names = Expressions(IDS, IDS, unit(random.normal(size=(4, 12)).astype(np.float32)))
    after = Expressions(IDS, IDS, unit(random.normal(size=(4, 12)).astype(np.float32)))
    groups = [
        NamedGroup(id, id, tuple(f"r{n}" for n in range(place, 24, 4)), up)
        for place, (id, up) in enumerate(zip(IDS, above, strict=True))
    ]
    return NamedGroups(reductions, groups, names, engine="t", paths=after if paths else None)


@pytest.mark.parametrize("above", [("", "", "", ""), ("a", "b", "c", "d"), ("a", "a", "a", "a")])
def test_where_the_levels_tell_nothing_the_scores_are_those_of_the_categories(above):
    plain = random_study(1, ("", "", "", ""), paths=False)
    told = random_study(1, above, paths=False)
    for id in ("r0", "r30"):
        assert np.array_equal(plain.scores(id), told.scores(id))


def test_a_reduction_like_the_sisters_is_drawn_to_the_branch():
    reductions = study()
    groups = [
        NamedGroup("g0", "muu", (), "aika"),
        NamedGroup("g1", "jono kauan", ("r0", "r1", "r2"), "aika"),
        NamedGroup("g2", "toinen", (), ""),
        NamedGroup("g3", "hinta", ("r5",), ""),
    ]
    names = expressions(*(group.name for group in groups), prefix="g")
    alone = [NamedGroup(g.id, g.name, g.member_ids) for g in groups]
    told = NamedGroups(reductions, groups, names, engine="t").scores("r3")
    plain = NamedGroups(reductions, alone, names, engine="t").scores("r3")
    assert told[0] - told[2] > plain[0] - plain[2]


@pytest.mark.parametrize("seed", range(4))
def test_taking_in_a_decision_gives_what_making_anew_gives(seed):
    above = ("a", "a", "b", "")
    grown = random_study(seed, above)
    _ = grown.scores("r30"), grown.suggest("r31")
    for id, group in (("r30", "g0"), ("r31", "g3")):
        grown = grown.accepted(id, group)
    anew = NamedGroups(
        grown.reductions,
        [NamedGroup(g.id, g.name, g.member_ids, g.above) for g in grown.groups],
        grown.names,
        engine="t",
        paths=Expressions(IDS, IDS, random_paths(seed)),
    )
    assert [g.above for g in grown.groups] == list(above)
    for id in ("r1", "r30", "r35"):
        assert np.allclose(grown.scores(id), anew.scores(id), atol=1e-5)
        assert grown.suggest(id).nearness == anew.suggest(id).nearness


def random_paths(seed):
    random = np.random.default_rng(seed)
    for size in (40, 4):
        random.normal(size=(size, 12))
    return unit(random.normal(size=(4, 12)).astype(np.float32))


def test_a_member_is_judged_without_itself_also_in_its_branch():
    groups = random_study(3, ("a", "a", "b", "b"))
    with_it = groups._branch_places @ groups.reductions.softened[0]
    likeness, own = groups._judged_likeness()
    branch = left_out(
        groups._branches.across(groups._dots),
        groups._branch_sums,
        groups._branches.of[own],
        groups.reductions.softened[groups._judged],
    )
    row = [int(r) for r in groups._judged].index(0)
    assert branch[row, 0] < with_it[0]
    assert branch[row, 1] == pytest.approx(with_it[1], abs=1e-5)
    assert likeness.shape == (24, 4)


def test_branches_add_up_rows_and_columns_alike():
    branches = Branches(IDS, ("x", "", "x", ""))
    assert branches and branches.count == 3
    table = np.arange(8, dtype=np.float32).reshape(4, 2)
    assert np.array_equal(branches.sums(table), branches.across(table.T).T)
    assert path_of("Ajan puute", "Arki") == "Arki: Ajan puute"
