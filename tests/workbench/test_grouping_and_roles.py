"""Categories and role maps as acts: what is saved, what the log says, what goes along."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qualcode.domain.categories import Category, Level, Placement
from qualcode.domain.codes import Origin
from qualcode.domain.coding import ReducedExpression
from qualcode.domain.decisions import Act
from qualcode.domain.errors import (
    AlreadyThere,
    DuplicateName,
    EmptyName,
    NotForReductions,
    UnknownRow,
    WrongLevel,
)
from qualcode.domain.role_maps import Role, RoleMap, RolePlacement
from qualcode.workbench import categorising, history, reducing, role_mapping
from tests.builders import (
    a_respondent,
    a_study,
    an_answer,
    bring_in,
    everything,
    put_tree,
    tree_from,
    tree_text,
    with_codes,
)

TREE = """
    M apu > G arki > S kotityö: a, b
    M apu > G arki > S lapset: c
    M apu > G raha
    M muu
"""


@pytest.fixture
def bench():
    bench = a_study()
    put_tree(bench, tree_from(TREE))
    with bench.act(Act.REDUCE) as work:
        work.add([ReducedExpression("irti", "vailla paikkaa")])
    return bench


def rows(bench, cls, **equals):
    with bench.store.reading() as reading:
        return reading.find(cls, **equals)


def lines(bench):
    return tree_text(categorising.tree(bench))


def test_what_is_saved_is_the_tree(bench):
    assert lines(bench) == [
        "M apu > G arki > S kotityö: a, b",
        "M apu > G arki > S lapset: c",
        "M apu > G raha",
        "M muu",
    ]


def test_a_new_category_with_reductions_in_it(bench):
    new = categorising.add(bench, " Oma \n aika ", Level.SUBCATEGORY, "raha", "uusi", ["irti", "a"])
    assert (new.id, new.name) == ("uusi", "Oma aika")
    assert lines(bench)[2] == "M apu > G raha > S Oma aika: irti, a"
    count = history.log(bench).total
    assert categorising.add(bench, "Oma aika", Level.SUBCATEGORY, "raha", "uusi").id == "uusi"
    assert history.log(bench).total == count


def test_two_categories_of_a_level_do_not_share_a_name(bench):
    for name in ("kotityö", " KOTITYÖ"):
        with pytest.raises(DuplicateName):
            categorising.add(bench, name, Level.SUBCATEGORY)
    with pytest.raises(DuplicateName):
        categorising.rename(bench, "lapset", "Kotityö")
    categorising.add(bench, "kotityö", Level.MAIN_CATEGORY)
    categorising.rename(bench, "kotityö", "Kotityö")
    with pytest.raises(EmptyName):
        categorising.rename(bench, "kotityö", "\t")


def test_placing_moving_and_taking_out(bench):
    categorising.place(bench, ["irti", "c"], "kotityö", "b")
    assert lines(bench)[0] == "M apu > G arki > S kotityö: a, irti, c, b"
    categorising.place(bench, ["a"], None)
    assert rows(bench, Placement, id="a") == []
    assert [d.summary.get("category") for d in history.log(bench).rows[:2]] == ["", "kotityö"]
    categorising.place(bench, [], "kotityö")
    with pytest.raises(UnknownRow):
        categorising.place(bench, ["poissa"], "kotityö")
    with pytest.raises(NotForReductions):
        categorising.place(bench, ["a"], "apu")


def test_moving_several_branches_keeps_their_order(bench):
    categorising.move(bench, ["lapset", "kotityö"], "raha")
    assert lines(bench)[:3] == [
        "M apu > G arki",
        "M apu > G raha > S lapset: c",
        "M apu > G raha > S kotityö: a, b",
    ]
    categorising.move(bench, ["lapset"], "raha", "lapset")
    assert lines(bench)[1] == "M apu > G raha > S lapset: c"
    categorising.move(bench, [], "raha")


def test_merging_hands_members_and_roles_to_the_one_kept(bench):
    role_map = role_mapping.start(
        bench, "Kartta", "", [role_mapping.RoleDraft("Saaja", category_ids=("kotityö", "lapset"))]
    )
    before = everything(bench.store)
    categorising.merge(bench, "kotityö", ["lapset", "lapset", "kotityö"])
    assert lines(bench)[0] == "M apu > G arki > S kotityö: a, b, c"
    assert [p.category_id for p in rows(bench, RolePlacement)] == ["kotityö"]
    history.undo(bench)
    assert everything(bench.store) == before
    assert role_map.title == "Kartta"


def test_merging_higher_categories_takes_their_branches_along(bench):
    categorising.add(bench, "työ", Level.GENERIC_CATEGORY, "muu", "työ")
    categorising.merge(bench, "apu", ["muu"])
    assert lines(bench)[-1] == "M apu > G työ"
    with pytest.raises(WrongLevel):
        categorising.merge(bench, "apu", ["kotityö"])


def test_splitting_makes_a_neighbour(bench):
    categorising.split(bench, "kotityö", "siivous", ["b", "irti"], "uusi")
    assert "M apu > G arki > S siivous: b, irti" in lines(bench)
    for taken in ("uusi", "arki", "lapset"):
        with pytest.raises(AlreadyThere):
            categorising.split(bench, "lapset", "pesu", ["c"], taken)
    with pytest.raises(UnknownRow):
        categorising.split(bench, "lapset", "pesu", ["poissa"])


def test_removing_keeps_what_was_inside(bench):
    categorising.remove(bench, ["arki", "kotityö"])
    assert lines(bench) == ["M apu > G raha", "M muu", "S lapset: c"]
    assert {r.id for r in rows(bench, ReducedExpression)} == {"a", "b", "c", "irti"}


def test_a_level_changes_only_where_the_tree_allows_it(bench):
    tree = categorising.tree(bench)
    with pytest.raises(WrongLevel):
        categorising.edit(bench, replace(tree["arki"], level=Level.SUBCATEGORY, parent_id=None))
    with pytest.raises(NotForReductions):
        categorising.edit(
            bench, replace(tree["kotityö"], level=Level.GENERIC_CATEGORY, parent_id="apu")
        )
    categorising.edit(bench, replace(tree["muu"], level=Level.UNIFYING_CATEGORY))
    categorising.edit(bench, replace(tree["raha"], definition="Rahasta puhuminen"))
    assert rows(bench, Category, id="raha")[0].definition == "Rahasta puhuminen"


def test_theorys_codes_become_categories_once(bench):
    with_codes(bench, "Lohtu", "Tuki")
    made = categorising.take_codes(bench, ["c1", "c2"], Level.MAIN_CATEGORY)
    assert [(c.name, c.origin, c.code_id) for c in made] == [
        ("Lohtu", Origin.THEORY, "c1"),
        ("Tuki", Origin.THEORY, "c2"),
    ]
    assert categorising.take_codes(bench, ["c1"], Level.MAIN_CATEGORY) == []


# --- role maps ------------------------------------------------------------------------------


def test_a_map_is_derived_from_categories(bench):
    role_map = role_mapping.derive(bench, "Asiakas", "asiakas", "apu", ["arki", "muu", "apu"])
    roles = sorted(rows(bench, Role, map_id=role_map.id), key=lambda r: r.position)
    assert [(r.name, r.central) for r in roles] == [("apu", True), ("arki", False), ("muu", False)]
    assert [r.descriptors for r in roles] == [("raha",), ("kotityö", "lapset"), ()]
    assert {p.category_id for p in rows(bench, RolePlacement)} == {"apu", "arki", "muu"}
    history.undo(bench)
    assert rows(bench, RoleMap) == rows(bench, Role) == rows(bench, RolePlacement) == []


def test_a_map_has_one_central_role(bench):
    drafts = [role_mapping.RoleDraft("A", True), role_mapping.RoleDraft("B", True)]
    role_map = role_mapping.start(bench, "Kartta", "", drafts)
    added = role_mapping.add_role(bench, role_map.id, role_mapping.RoleDraft(" C ", True))

    def central():
        return [r.name for r in rows(bench, Role, map_id=role_map.id, central=True)]

    assert central() == ["C"]
    (first,) = rows(bench, Role, name="A")
    role_mapping.edit_role(bench, replace(first, central=True))
    assert central() == ["A"]
    history.undo(bench)
    history.undo(bench)
    assert central() == ["A"]
    assert rows(bench, Role, id=added.id) == []


def test_links_are_many_to_many_and_made_once(bench):
    drafts = [role_mapping.RoleDraft("A"), role_mapping.RoleDraft("B")]
    role_map = role_mapping.start(bench, "Kartta", "", drafts)
    a, b = sorted(rows(bench, Role, map_id=role_map.id), key=lambda r: r.name)
    first = role_mapping.link(bench, a.id, category_id="arki")
    assert role_mapping.link(bench, a.id, category_id="arki") == first
    role_mapping.link(bench, b.id, category_id="arki")
    role_mapping.link(bench, a.id, reduction_id="irti")
    assert len(rows(bench, RolePlacement)) == 3
    role_mapping.unlink(bench, first.id)
    role_mapping.remove_role(bench, b.id)
    assert [p.reduction_id for p in rows(bench, RolePlacement)] == ["irti"]
    role_mapping.remove_map(bench, role_map.id)
    assert rows(bench, Role) == rows(bench, RolePlacement) == []
    assert rows(bench, Category, id="arki")
    with pytest.raises(UnknownRow):
        role_mapping.link(bench, a.id, category_id="arki")


def test_what_no_role_reaches_stays_in_sight(bench):
    bring_in(
        bench,
        a_respondent("r1", "asiakas"),
        a_respondent("r2", "työntekijä"),
        an_answer("Apua sai heti", "d1", "r1"),
        an_answer("Aikaa puuttui", "d2", "r2"),
    )
    for reduction in ("a", "c", "irti"):
        reducing.link(bench, "d1", 0, 4, reduction)
    reducing.link(bench, "d2", 0, 6, "b")
    role_map = role_mapping.start(bench, "Asiakas", "asiakas", [role_mapping.RoleDraft("Saaja")])
    (role,) = rows(bench, Role)

    def outside():
        found = role_mapping.outside(bench, role_map.id)
        return set(found.category_ids), set(found.reduction_ids)

    assert outside() == ({"kotityö", "lapset"}, {"irti"})
    role_mapping.link(bench, role.id, reduction_id="irti")
    role_mapping.link(bench, role.id, category_id="lapset")
    assert outside() == ({"kotityö"}, set())
    role_mapping.link(bench, role.id, category_id="apu")
    assert outside() == (set(), set())
    with pytest.raises(UnknownRow):
        role_mapping.outside(bench, "poissa")
