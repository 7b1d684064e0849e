"""Role pairs, second codings, comments and versions: what is kept, shown from both ends, undone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qualcode.domain.map_versions import KeptRole, RoleChange, VersionKind
from qualcode.domain.role_comments import EmptyComment
from qualcode.domain.role_maps import Role
from qualcode.domain.role_pairs import SameMap
from qualcode.domain.role_traits import STATES, TYPES, Step, Trait
from qualcode.workbench import (
    history,
    map_versions,
    role_coding,
    role_commenting,
    role_mapping,
    role_pairing,
)
from qualcode.workbench.role_mapping import RoleDraft
from tests.builders import a_bench, a_study, everything


@pytest.fixture
def bench():
    bench = a_study()
    drafts = [RoleDraft("Päättäjä", True, ("Valitsee",)), RoleDraft("Uskaltaja")]
    role_mapping.start(bench, "Asiakas", "asiakas", drafts)
    role_mapping.start(bench, "Työntekijä", "työntekijä", [RoleDraft("Vallanjakaja", True)])
    return bench


def roles(bench):
    with bench.store.reading() as rows:
        return {role.name: role for role in rows.find(Role)}


def test_a_counter_role_is_seen_from_both_maps(bench):
    role = roles(bench)
    role_pairing.pair(bench, role["Uskaltaja"].id, role["Vallanjakaja"].id, "lupa erehtyä")

    client = role_pairing.counter_roles(bench, role["Uskaltaja"].map_id)
    worker = role_pairing.counter_roles(bench, role["Vallanjakaja"].map_id)
    assert [c.role.name for c in client[role["Uskaltaja"].id]] == ["Vallanjakaja"]
    assert [c.role_map.title for c in worker[role["Vallanjakaja"].id]] == ["Asiakas"]
    assert client[role["Päättäjä"].id] == []


def test_a_pair_made_from_its_other_end_is_the_same_pair(bench):
    role = roles(bench)
    first = role_pairing.pair(bench, role["Uskaltaja"].id, role["Vallanjakaja"].id, "lupa")
    again = role_pairing.pair(bench, role["Vallanjakaja"].id, role["Uskaltaja"].id)
    assert again == first


def test_roles_of_one_map_are_no_pair(bench):
    role = roles(bench)
    with pytest.raises(SameMap):
        role_pairing.pair(bench, role["Uskaltaja"].id, role["Päättäjä"].id)


def test_each_coder_says_for_themselves_of_what_kind_a_role_is(bench):
    role = roles(bench)["Uskaltaja"]
    other = a_bench(bench.store, "Olli")
    role_coding.set_traits(bench, role.id, TYPES, [Trait.SOCIAL, Trait.COSMIC])
    role_coding.set_traits(other, role.id, TYPES, [Trait.SOCIAL])
    role_coding.set_traits(bench, role.id, STATES, [Trait.UNDERDEVELOPED])
    role_coding.set_traits(bench, role.id, TYPES, [Trait.SOCIAL])

    assert role_coding.traits_of(bench, role.map_id)[role.id] == {
        Trait.SOCIAL: ["Maija", "Olli"],
        Trait.UNDERDEVELOPED: ["Maija"],
    }


def test_a_state_of_the_theory_has_its_sign_on_the_scale_and_a_distorted_role_none():
    signs = {state: state.step.sign if state.step else None for state in STATES}
    assert signs == {
        Trait.MISSING: "- -",
        Trait.UNDERDEVELOPED: "-",
        Trait.DEVELOPING: "+",
        Trait.APPROPRIATE: "++",
        Trait.OVERDEVELOPED: "+++",
        Trait.DISTORTED: None,
    }
    assert all(kind.step is None for kind in TYPES)


def test_a_comment_outlives_its_role_and_tells_what_that_was_called(bench):
    role = roles(bench)["Uskaltaja"]
    role_commenting.comment(
        bench, role.map_id, role.id, "Kaipaa vahvistusta", "Verkosto", "31.1.2019", "muistio 2"
    )
    role_mapping.remove_role(bench, role.id)
    (kept,) = role_commenting.comments_on(bench, role.map_id)
    assert (kept.role_id, kept.about, kept.author) == (None, "Uskaltaja", "Verkosto")

    history.undo(bench)
    (back,) = role_commenting.comments_on(bench, role.map_id)
    assert back.role_id == role.id


def test_an_empty_comment_is_refused(bench):
    role = roles(bench)["Uskaltaja"]
    with pytest.raises(EmptyComment):
        role_commenting.comment(bench, role.map_id, None, "  \n")


def test_two_versions_tell_what_changed_between_them(bench):
    role = roles(bench)
    map_id = role["Uskaltaja"].map_id
    figure = map_versions.keep(bench, map_id, "Kuvio 1", VersionKind.FIGURE)
    role_mapping.edit_role(
        bench, replace(role["Päättäjä"], name="Ratkaisija", descriptors=("Valitsee", "Johtaa"))
    )
    role_mapping.remove_role(bench, role["Uskaltaja"].id)
    role_mapping.add_role(bench, map_id, RoleDraft("Neuvoja"))
    appendix = map_versions.keep(bench, map_id, "Liite 6", VersionKind.APPENDIX)

    found = map_versions.compare(bench, map_id, figure.id, appendix.id)
    assert [(one.role, one.change) for one in found] == [
        ("Ratkaisija", RoleChange.RENAMED),
        ("Ratkaisija", RoleChange.DESCRIPTORS),
        ("Neuvoja", RoleChange.ADDED),
        ("Uskaltaja", RoleChange.REMOVED),
    ]
    assert (found[1].gone, found[1].new) == ((), ("Johtaa",))
    assert map_versions.compare(bench, map_id, appendix.id, map_versions.NOW) == []


def test_a_role_made_again_under_its_name_has_not_changed(bench):
    role = roles(bench)["Uskaltaja"]
    before = map_versions.keep(bench, role.map_id, "Ennen")
    role_mapping.remove_role(bench, role.id)
    role_mapping.add_role(bench, role.map_id, RoleDraft("uskaltaja"))
    found = map_versions.compare(bench, role.map_id, before.id, map_versions.NOW)
    assert [one.change for one in found] == [RoleChange.RENAMED]


def test_going_back_to_a_version_is_one_act_and_keeps_the_map_there_was(bench):
    role = roles(bench)
    map_id = role["Uskaltaja"].map_id
    role_pairing.pair(bench, role["Päättäjä"].id, role["Vallanjakaja"].id)
    figure = map_versions.keep(bench, map_id, "Kuvio 1", VersionKind.FIGURE)
    role_mapping.edit_role(bench, replace(role["Päättäjä"], name="Ratkaisija", central=True))
    role_mapping.remove_role(bench, role["Uskaltaja"].id)
    role_mapping.add_role(bench, map_id, RoleDraft("Neuvoja", central=True))
    before = everything(bench.store)

    done = map_versions.restore(bench, figure.id, "Ennen paluuta")
    assert map_versions.compare(bench, map_id, figure.id, map_versions.NOW) == []
    assert (done.back, done.gone) == (("Uskaltaja",), ("Neuvoja",))
    today = roles(bench)
    assert today["Päättäjä"] == role["Päättäjä"]
    assert today["Uskaltaja"] == role["Uskaltaja"]
    counters = role_pairing.counter_roles(bench, map_id)[role["Päättäjä"].id]
    assert [counter.role.name for counter in counters] == ["Vallanjakaja"]
    with bench.store.reading() as rows:
        kept = {one.name for one in rows.find(KeptRole, version_id=done.kept.id)}
    assert kept == {"Ratkaisija", "Neuvoja"}

    history.undo(bench)
    assert everything(bench.store) == before


def test_a_map_that_a_version_has_already_is_not_kept_twice(bench):
    role = roles(bench)["Uskaltaja"]
    figure = map_versions.keep(bench, role.map_id, "Kuvio 1")
    role_mapping.edit_role(bench, replace(role, name="Rohkea"))
    appendix = map_versions.keep(bench, role.map_id, "Liite 6")

    assert map_versions.restore(bench, figure.id, "Ennen paluuta").kept is None
    names = [version.name for version in map_versions.versions_of(bench, role.map_id)]
    assert names == ["Kuvio 1", "Liite 6"]
    assert map_versions.restore(bench, appendix.id, "Ennen paluuta").kept is None
    assert map_versions.restore(bench, appendix.id, "Ennen paluuta").changed is False


def test_a_map_goes_with_all_that_hangs_on_it_and_one_undo_brings_it_back(bench):
    role = roles(bench)
    map_id = role["Uskaltaja"].map_id
    role_pairing.pair(bench, role["Uskaltaja"].id, role["Vallanjakaja"].id)
    role_coding.set_traits(bench, role["Uskaltaja"].id, TYPES, [Trait.SOCIAL])
    role_commenting.comment(bench, map_id, role["Uskaltaja"].id, "Rohkeutta")
    map_versions.keep(bench, map_id, "Kuvio 1")
    before = everything(bench.store)

    role_mapping.remove_map(bench, map_id)
    assert [one.name for one in roles(bench).values()] == ["Vallanjakaja"]
    history.undo(bench)
    assert everything(bench.store) == before


def test_the_steps_of_the_scale_are_words_and_cannot_be_added_up():
    with pytest.raises(TypeError):
        sum(Step)
