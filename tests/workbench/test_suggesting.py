"""Suggestions: what is offered, what a person makes of it, and what the log keeps. Invented texts.

The engine is a small one made here: a text lies where its words of a few themes point, so that
what is near to what can be seen by reading.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import ClassVar

import numpy as np
import pytest

from qualcode.domain.categories import Category, Level
from qualcode.domain.coding import ReducedExpression
from qualcode.domain.decisions import Act
from qualcode.domain.errors import DuplicateName, EmptyName, UnknownRow
from qualcode.domain.suggestions import Dismissal, ReasonKind, Suggestion
from qualcode.nlp import registry
from qualcode.store.memory import MemoryStore
from qualcode.store.opening import create, open_study
from qualcode.texts import gettext_for
from qualcode.workbench import categorising, coding, history, operations, reducing, suggesting
from qualcode.workbench.messages import act_sentence
from qualcode.workbench.suggesting import AcceptedGroup, NothingLeftToPlace
from tests.builders import a_study, everything, with_answers, with_codes

ENGINE = "themes"
THEMES = ("kiire", "raha", "apu", "puhelin", "perhe", "lomake")

HURRY = ("kiire vei ajan", "kiire väsytti", "kiire painoi päivää", "kiire jatkui illalla")
MONEY = ("raha loppui", "raha riitti ruokaan", "raha meni laskuihin", "raha huoletti öisin")
HELP = ("apu tuli heti", "apu viipyi", "apu löytyi läheltä", "apu oli tuttua")


class Themes:
    """A text's place: one axis a theme, and a little of its own so that no two lie on one spot."""

    asked: ClassVar[list[str]] = []

    name, prefix, dimensions, lasting, warning = ENGINE, "", len(THEMES) + 8, True, ""

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        type(self).asked.extend(texts)
        rows = []
        for text in texts:
            about = [1.0 if theme in text.casefold() else 0.0 for theme in THEMES]
            own = [(byte - 128) / 2000 for byte in sha256(text.encode()).digest()[:8]]
            rows.append([*about, *own])
        vectors = np.asarray(rows, dtype=np.float32)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@pytest.fixture(autouse=True)
def engine(monkeypatch):
    """The engine of these tests stands in the table, and is light enough to run right here."""
    monkeypatch.setitem(registry.EMBEDDERS, ENGINE, f"{__name__}:Themes")
    monkeypatch.setattr(registry, "LIGHT", registry.LIGHT | {ENGINE})
    monkeypatch.setattr(Themes, "asked", [])


@pytest.fixture(scope="module")
def empty_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("empty") / "tutkimus.qualcode"
    create(path).close()
    return path


@pytest.fixture(params=["memory", "sqlite"])
def bench(request, tmp_path, empty_file) -> Iterator[suggesting.Workbench]:
    if request.param == "memory":
        yield a_study(MemoryStore())
        return
    store = open_study(shutil.copy(empty_file, tmp_path / "tutkimus.qualcode"))
    yield a_study(store)
    store.close()


def reductions(bench, *wordings):
    """Reductions with these wordings; their ids are their wordings."""
    with bench.act(Act.REDUCE) as work:
        work.add([ReducedExpression(wording, wording) for wording in wordings])
    return list(wordings)


def subcategory(bench, name, *members, level=Level.SUBCATEGORY, under=None):
    """A category whose id is its name, with the reductions in it."""
    return categorising.add(bench, name, level, under, name, members).id


def groups_of(bench, **wishes):
    return suggesting.suggest_groups(bench, engine=ENGINE, per_group=4, **wishes).groups


def higher_of(bench, level=Level.SUBCATEGORY):
    return suggesting.suggest_higher_groups(bench, level, engine=ENGINE).groups


def place_of(bench, reduction):
    (found,) = suggesting.suggest_places(bench, [reduction], engine=ENGINE)
    return found


def members(groups):
    return {frozenset(group.member_ids) for group in groups}


def taken(group, **changed):
    """The group accepted as it was offered, but for what is ``changed``."""
    return AcceptedGroup(
        **{
            "key": group.key,
            "name": group.name,
            "member_ids": group.member_ids,
            "offered_ids": group.member_ids,
            "offered_name": group.name,
            "reasons": group.reasons,
            **changed,
        }
    )


def latest(bench):
    return history.log(bench).rows[0]


# --- groups of reductions -------------------------------------------------------------------


def test_groups_hold_what_speaks_of_like_things_and_tell_why(bench):
    reductions(bench, *HURRY, *MONEY, *HELP)
    groups = groups_of(bench)
    assert members(groups) == {frozenset(HURRY), frozenset(MONEY), frozenset(HELP)}
    for group in groups:
        assert group.engine == ENGINE
        assert group.name in group.member_ids
        for id in group.member_ids:
            near = [r for r in group.reasons[id] if r.kind is ReasonKind.NEAREST]
            assert {other for reason in near for other in reason.ids} < set(group.member_ids)
            assert id not in {other for reason in near for other in reason.ids}


def test_only_reductions_without_a_place_are_grouped(bench):
    reductions(bench, *HURRY, *MONEY, *HELP)
    subcategory(bench, "Rahan puute", *MONEY)
    assert members(groups_of(bench)) == {frozenset(HURRY), frozenset(HELP)}


def test_nothing_is_offered_of_a_single_reduction(bench):
    reductions(bench, HURRY[0])
    found = suggesting.suggest_groups(bench, engine=ENGINE)
    assert (found.groups, found.left_out) == ((), (HURRY[0],))


def test_offering_changes_nothing(bench):
    reductions(bench, *HURRY, *MONEY)
    before, decisions = everything(bench.store), history.log(bench).total
    groups_of(bench)
    suggesting.near_duplicates(bench, engine=ENGINE)
    assert everything(bench.store) == before
    assert history.log(bench).total == decisions


def test_a_dismissed_group_does_not_come_back_until_the_dismissal_is_undone(bench):
    reductions(bench, *HURRY, *MONEY, *HELP)
    group = next(g for g in groups_of(bench) if set(g.member_ids) == set(HURRY))
    suggesting.dismiss_groups(bench, [group.key])
    assert frozenset(HURRY) not in members(groups_of(bench))
    assert frozenset(MONEY) in members(groups_of(bench)), "the others are offered still"
    suggesting.dismiss_groups(bench, [group.key])
    with bench.store.reading() as rows:
        assert rows.count(Dismissal) == 1
    history.undo(bench)
    assert frozenset(HURRY) in members(groups_of(bench))


def test_what_is_kept_apart_never_comes_into_one_group(bench):
    reductions(bench, *HURRY, *MONEY, *HELP)
    suggesting.keep_apart(bench, HURRY[3], HURRY[0])
    groups = groups_of(bench)
    assert groups
    assert not any({HURRY[0], HURRY[3]} <= group for group in members(groups))


# --- accepting groups -----------------------------------------------------------------------


def test_accepted_groups_become_subcategories_in_one_step(bench):
    reductions(bench, *HURRY, *MONEY)
    groups = groups_of(bench)
    before = everything(bench.store)
    made = suggesting.accept_groups(bench, [taken(group) for group in groups], ENGINE)
    tree = categorising.tree(bench)
    assert {frozenset(tree.reductions_in(c.id)) for c in made} == members(groups)
    assert {tree[c.id].level for c in made} == {Level.SUBCATEGORY}
    history.undo(bench)
    assert everything(bench.store) == before


def test_accepted_work_never_moves_by_itself(bench):
    reductions(bench, *HURRY, *MONEY)
    offered = next(g for g in groups_of(bench) if set(g.member_ids) == set(HURRY))
    elsewhere = subcategory(bench, "Arki", HURRY[0])
    (made,) = suggesting.accept_groups(bench, [taken(offered, name="Kiire")], ENGINE)
    placed = dict(categorising.tree(bench).placements)
    assert placed[HURRY[0]].category_id == elsewhere
    assert {placed[id].category_id for id in HURRY[1:]} == {made.id}
    for group in groups_of(bench):
        assert not set(group.member_ids) & set(HURRY)
    assert categorising.tree(bench).placements == placed


def test_the_log_counts_what_was_placed_and_not_what_stayed_elsewhere(bench):
    reductions(bench, *HURRY, *MONEY)
    subcategory(bench, "Arki", HURRY[0])
    groups = [
        AcceptedGroup("k", "Kiire", HURRY),
        AcceptedGroup("r", "Raha", (*MONEY, HURRY[1])),
    ]
    suggesting.accept_groups(bench, groups, ENGINE)
    placed = len(HURRY) - 1 + len(MONEY)
    assert (latest(bench).summary["count"], latest(bench).summary["reductions"]) == (2, placed)


def test_a_group_of_which_nothing_is_left_to_place_makes_no_category(bench):
    reductions(bench, *HURRY, *MONEY)
    subcategory(bench, "Arki", *HURRY)
    gone = AcceptedGroup("k", "Kiire", HURRY, offered_ids=HURRY, offered_name="vei ajan")
    (made,) = suggesting.accept_groups(bench, [gone, AcceptedGroup("r", "Raha", MONEY)], ENGINE)
    assert made.name == "Raha"
    assert {c.name for c in categorising.tree(bench).categories.values()} == {"Arki", "Raha"}
    summary = latest(bench).summary
    assert (summary["count"], summary["reductions"], summary["edited"]) == (1, len(MONEY), 0)
    assert [one["category"] for one in summary["seen"]] == ["Raha"]


def test_when_no_group_has_anything_left_to_place_it_is_said(bench):
    reductions(bench, *HURRY)
    subcategory(bench, "Arki", *HURRY)
    before, decisions = everything(bench.store), history.log(bench).total
    groups = [AcceptedGroup("k", "Kiire", HURRY[:2]), AcceptedGroup("l", "Loput", HURRY[2:])]
    with pytest.raises(NothingLeftToPlace) as caught:
        suggesting.accept_groups(bench, groups, ENGINE)
    assert "on jo paikka" in caught.value.message(gettext_for("fi"))
    assert everything(bench.store) == before
    assert history.log(bench).total == decisions


def test_a_group_of_placed_categories_makes_no_category_above_them(free):
    first, second = higher_of(free)[0].member_ids[:2]
    subcategory(free, "Muu", level=Level.MAIN_CATEGORY)
    categorising.move(free, [first, second], "Muu")
    group = AcceptedGroup("k", "Uusi", (first, second), level=Level.GENERIC_CATEGORY)
    with pytest.raises(NothingLeftToPlace):
        suggesting.accept_groups(free, [group], ENGINE)


def test_sending_again_what_was_half_empty_is_no_error(bench):
    reductions(bench, *HURRY, *MONEY)
    subcategory(bench, "Arki", *HURRY)
    groups = [
        AcceptedGroup("k", "Kiire", HURRY, category_id="tyhjä"),
        AcceptedGroup("r", "Raha", MONEY, category_id="uusi"),
    ]
    assert [c.id for c in suggesting.accept_groups(bench, groups, ENGINE)] == ["uusi"]
    assert suggesting.accept_groups(bench, groups, ENGINE) == []


def test_a_group_sent_twice_is_accepted_once(bench):
    reductions(bench, *HURRY, *MONEY)
    group = taken(groups_of(bench)[0], category_id="uusi")
    assert len(suggesting.accept_groups(bench, [group], ENGINE)) == 1
    total = history.log(bench).total
    assert suggesting.accept_groups(bench, [group], ENGINE) == []
    assert history.log(bench).total == total


def test_the_log_keeps_the_engine_and_the_reasons_that_were_on_screen(bench):
    reductions(bench, *HURRY, *MONEY)
    offered = next(g for g in groups_of(bench) if set(g.member_ids) == set(HURRY))
    suggesting.accept_groups(bench, [taken(offered)], ENGINE)
    summary = latest(bench).summary
    assert (summary["engine"], summary["count"], summary["edited"]) == (ENGINE, 1, 0)
    assert summary["reductions"] == len(HURRY)
    (group,) = summary["seen"]
    assert group["category"] == offered.name
    assert {one["member"] for one in group["members"]} == set(HURRY)
    for one in group["members"]:
        assert set(one["nearest"]) == set(HURRY) - {one["member"]}
        assert one["words"] == ["kiire"]
    history.undo(bench)
    undone = latest(bench)
    assert undone.of and "seen" not in undone.summary, "they stay with the acceptance itself"


@pytest.mark.parametrize(
    ("changed", "edited"),
    [
        ({}, 0),
        ({"name": "Kiireen tuntu"}, 1),
        ({"member_ids": HURRY[:2]}, 1),
        ({"member_ids": tuple(reversed(HURRY))}, 0),
        ({"offered_ids": (), "name": "Kiireen tuntu"}, 0),
    ],
)
def test_the_log_tells_an_edited_acceptance_from_a_plain_one(bench, changed, edited):
    reductions(bench, *HURRY, *MONEY)
    offered = next(g for g in groups_of(bench) if set(g.member_ids) == set(HURRY))
    offered = taken(offered, **{"member_ids": HURRY, "offered_ids": HURRY, **changed})
    suggesting.accept_groups(bench, [offered], ENGINE)
    assert latest(bench).summary["edited"] == edited


def test_only_reasons_of_members_accepted_are_kept(bench):
    reductions(bench, *HURRY, *MONEY)
    offered = next(g for g in groups_of(bench) if set(g.member_ids) == set(HURRY))
    suggesting.accept_groups(bench, [taken(offered, member_ids=HURRY[:2])], ENGINE)
    (group,) = latest(bench).summary["seen"]
    assert {one["member"] for one in group["members"]} == set(HURRY[:2])


def test_a_group_needs_a_name_of_its_own_and_members_that_exist(bench):
    reductions(bench, *HURRY)
    subcategory(bench, "Kiire")
    before = everything(bench.store)
    for error, group in (
        (EmptyName, AcceptedGroup("k", " \n ", HURRY)),
        (DuplicateName, AcceptedGroup("k", " KIIRE ", HURRY)),
        (UnknownRow, AcceptedGroup("k", "Muu", ("poissa",))),
    ):
        with pytest.raises(error):
            suggesting.accept_groups(bench, [AcceptedGroup("a", "Hyvä", HURRY[:1]), group])
    assert everything(bench.store) == before, "none of them, when one can't be"


# --- nearest places -------------------------------------------------------------------------


@pytest.fixture
def placed(bench):
    """Three subcategories of three reductions each; the fourth of each theme has no place."""
    reductions(bench, *HURRY, *MONEY, *HELP)
    for name, wordings in (("Kiire", HURRY), ("Raha", MONEY), ("Apu", HELP)):
        subcategory(bench, name, *wordings[:3])
    return bench


def test_the_nearest_subcategory_comes_first_with_its_reasons(placed):
    found = place_of(placed, HURRY[3])
    best = found.suggestion.candidates[0]
    assert best.label == "Kiire"
    nearest = [r for r in best.reasons if r.kind is ReasonKind.NEAREST]
    assert {reason.text for reason in nearest} == set(HURRY[:3])
    assert {word for reason in nearest for word in reason.words} == {"kiire"}
    assert not found.new_group
    assert all(c.score > 0 for c in found.suggestion.candidates)
    assert len(found.suggestion.candidates) == len(found.nearness) <= 3


def test_reductions_without_a_place_are_asked_for_by_themselves(placed):
    found = suggesting.suggest_places(placed, engine=ENGINE)
    assert {one.suggestion.subject_id for one in found} == {HURRY[3], MONEY[3], HELP[3]}


def test_nothing_is_offered_while_there_are_no_subcategories(bench):
    reductions(bench, *HURRY)
    categorising.add(bench, "Pääluokka", Level.MAIN_CATEGORY)
    assert suggesting.places(bench, engine=ENGINE) is None
    assert suggesting.suggest_places(bench, engine=ENGINE) == []
    assert Themes.asked == [], "and nothing is worked out for it"


def test_what_is_near_to_nothing_is_said_to_be_perhaps_new(placed):
    reductions(placed, "puhelin ja lomake hankalia", "perhe muutti pois")
    found = place_of(placed, "perhe muutti pois")
    assert found.new_group
    assert found.suggestion.candidates == (), "nothing is nearer than the middle of the study"


def test_a_place_is_accepted_in_one_step_with_what_was_on_screen(placed):
    before = everything(placed.store)
    suggestion = place_of(placed, HURRY[3]).suggestion
    suggesting.accept_place(placed, HURRY[3], "Kiire", suggestion)
    assert HURRY[3] in categorising.tree(placed).reductions_in("Kiire")
    decision = latest(placed)
    assert decision.act is Act.ACCEPT_SUGGESTION
    summary = decision.summary
    assert (summary["engine"], summary["rank"]) == (ENGINE, 1)
    assert (summary["wording"], summary["category"]) == (HURRY[3], "Kiire")
    assert summary["offered"] == [c.label for c in suggestion.candidates]
    assert set(summary["seen"]["nearest"]) == set(HURRY[:3])
    assert summary["seen"]["words"] == ["kiire"]
    assert summary["seen"]["margin"] > 0
    assert act_sentence(decision, gettext_for("en")) == (
        f"placed “{HURRY[3]}” in the suggested category “Kiire”"
    )
    history.undo(placed)
    assert everything(placed.store) == before


def test_what_got_a_place_meanwhile_stays_there(placed):
    suggestion = place_of(placed, HURRY[3]).suggestion
    categorising.place(placed, [HURRY[3]], "Raha")
    total = history.log(placed).total
    suggesting.accept_place(placed, HURRY[3], "Kiire", suggestion)
    assert HURRY[3] in categorising.tree(placed).reductions_in("Raha")
    assert history.log(placed).total == total


def test_only_what_was_offered_can_be_accepted(placed):
    suggestion = place_of(placed, HURRY[3]).suggestion
    with pytest.raises(UnknownRow):
        suggesting.accept_place(placed, HURRY[3], "poissa", suggestion)
    with pytest.raises(UnknownRow):
        suggesting.accept_place(placed, MONEY[3], "Kiire", suggestion)
    categorising.remove(placed, ["Kiire"])
    with pytest.raises(UnknownRow):
        suggesting.accept_place(placed, HURRY[3], "Kiire", suggestion)
    assert HURRY[3] not in categorising.tree(placed).placements


def test_a_place_turned_down_is_not_offered_for_that_reduction_again(placed):
    reductions(placed, "kiire yllätti")
    suggesting.dismiss_place(placed, HURRY[3], "Kiire")
    offered = {c.label for c in place_of(placed, HURRY[3]).suggestion.candidates}
    assert "Kiire" not in offered
    assert place_of(placed, "kiire yllätti").suggestion.candidates[0].label == "Kiire"
    assert act_sentence(latest(placed), gettext_for("en")) == (
        f"dismissed the suggestion to place “{HURRY[3]}” in “Kiire”"
    )
    history.undo(placed)
    assert place_of(placed, HURRY[3]).suggestion.candidates[0].label == "Kiire"


def test_a_place_turned_down_makes_a_reduction_less_sure_and_is_not_its_nearest(placed):
    def nearest():
        found = suggesting.places(placed, engine=ENGINE).unsure()
        return next((one.nearest, one.chance) for one in found if one.reduction_id == HURRY[3])

    reductions(placed, "kiire yllätti")
    before, chance = nearest()
    assert before == "Kiire"
    suggesting.dismiss_place(placed, HURRY[3], "Kiire")
    after, less = nearest()
    assert after not in ("", "Kiire") and less < chance


def test_turning_down_a_place_that_is_gone_is_refused(placed):
    for reduction, category in (("poissa", "Kiire"), (HURRY[3], "poissa")):
        with pytest.raises(UnknownRow):
            suggesting.dismiss_place(placed, reduction, category)


# --- categories above categories ------------------------------------------------------------


@pytest.fixture
def free(bench):
    """Six subcategories under nothing, two of each of three themes, with a reduction each."""
    for theme in ("kiire", "raha", "apu"):
        for n in (1, 2):
            wording = f"{theme} numero {n}"
            reductions(bench, wording)
            subcategory(bench, f"{theme} {n}", wording)
    return bench


def test_categories_under_nothing_are_grouped(free):
    subcategory(free, "Pääluokka", level=Level.MAIN_CATEGORY)
    categorising.move(free, ["apu 1", "apu 2"], "Pääluokka")
    for group in higher_of(free):
        assert not {"apu 1", "apu 2"} & set(group.member_ids)
    assert {id for g in higher_of(free) for id in g.member_ids} == {
        "kiire 1", "kiire 2", "raha 1", "raha 2",
    }  # fmt: skip
    assert higher_of(free, Level.MAIN_CATEGORY) == (), "one alone is no group"


def test_an_accepted_group_of_categories_is_a_category_above_them(free):
    before = everything(free.store)
    group = higher_of(free)[0]
    accepted = taken(group, name="Arjen reunat", level=Level.GENERIC_CATEGORY)
    (made,) = suggesting.accept_groups(free, [accepted], ENGINE)
    assert made.level is Level.GENERIC_CATEGORY
    tree = categorising.tree(free)
    assert {c.id for c in tree.children(made.id)} == set(group.member_ids)
    summary = latest(free).summary
    assert (summary["categories"], summary["edited"]) == (len(group.member_ids), 1)
    assert "reductions" not in summary
    (seen,) = summary["seen"]
    assert {one["member"] for one in seen["members"]} == set(group.member_ids)
    assert all(one["nearest"] for one in seen["members"])
    assert not any(set(g.member_ids) & set(group.member_ids) for g in higher_of(free))
    history.undo(free)
    assert everything(free.store) == before


def test_a_category_that_got_a_place_meanwhile_stays_there(free):
    group = higher_of(free)[0]
    first, *rest = group.member_ids
    subcategory(free, "Muu", level=Level.MAIN_CATEGORY)
    categorising.move(free, [first], "Muu")
    accepted = taken(group, name="Uusi", level=Level.GENERIC_CATEGORY)
    (made,) = suggesting.accept_groups(free, [accepted], ENGINE)
    tree = categorising.tree(free)
    assert tree[first].parent_id == "Muu"
    assert {c.id for c in tree.children(made.id)} == set(rest)


def test_names_of_levels_do_not_bar_one_another(free):
    group = higher_of(free)[0]
    accepted = taken(group, name=group.member_ids[0], level=Level.GENERIC_CATEGORY)
    (made,) = suggesting.accept_groups(free, [accepted], ENGINE)
    assert made.name == group.member_ids[0]


def free_name(bench, id):
    return categorising.tree(bench)[id].name


def test_a_dismissed_group_of_categories_does_not_come_back(free):
    group = higher_of(free)[0]
    suggesting.dismiss_groups(free, [group.key])
    assert frozenset(group.member_ids) not in members(higher_of(free))


def test_nearly_the_same_group_of_categories_does_not_come_back_either(free):
    group = higher_of(free)[0]
    suggesting.dismiss_groups(free, [suggesting.RefusedGroup(group.key, group.member_ids)])
    # Alike in name to what was refused, it would have joined these.
    subcategory(free, f"{free_name(free, group.member_ids[0])} taas")
    assert not any(set(group.member_ids) <= found for found in members(higher_of(free)))


# --- codes, near-duplicates -----------------------------------------------------------------


def code_ids(bench, document):
    (found,) = suggesting.suggest_codes(bench, [document], engine=ENGINE)
    return [candidate.target_id for candidate in found.candidates]


def test_codes_are_offered_for_texts_without_one_and_not_again_when_turned_down(bench):
    hurried, paid, helped = with_answers(
        bench, "Kiire oli koko ajan.", "Raha loppui.", "Apu viipyi."
    )
    hurry, money, _help = with_codes(bench, "kiire", "raha", "apu")
    assert code_ids(bench, hurried)[0] == hurry
    suggesting.dismiss_code(bench, hurried, hurry)
    assert hurry not in code_ids(bench, hurried)
    assert code_ids(bench, paid)[0] == money
    coding.code(bench, paid, 0, 4, money)
    assert money not in code_ids(bench, paid), "what it has already is not offered"
    waiting = suggesting.suggest_codes(bench, engine=ENGINE)
    assert [one.subject_id for one in waiting] == [hurried, helped]
    assert len(suggesting.suggest_codes(bench, engine=ENGINE, limit=1)) == 1


def test_no_codes_no_suggestions(bench):
    with_answers(bench, "Kiire oli koko ajan.")
    assert suggesting.suggest_codes(bench, engine=ENGINE) == []


def test_near_duplicates_kept_apart_are_not_offered_again(bench):
    reductions(bench, "kiire painoi", "Kiire painoi.", "raha loppui", "apu viipyi")
    (pair,) = suggesting.near_duplicates(bench, engine=ENGINE)
    assert {pair.first_id, pair.second_id} == {"kiire painoi", "Kiire painoi."}
    suggesting.keep_apart(bench, pair.second_id, pair.first_id)
    assert suggesting.near_duplicates(bench, engine=ENGINE) == []
    history.undo(bench)
    assert len(suggesting.near_duplicates(bench, engine=ENGINE)) == 1


def test_wordings_behind_ids(bench):
    reductions(bench, *HURRY)
    assert suggesting.wordings_of(bench, [HURRY[0], "poissa"]) == {HURRY[0]: HURRY[0]}
    assert suggesting.wordings_of(bench, []) == {}


# --- vectors --------------------------------------------------------------------------------


def test_a_text_is_embedded_once_in_a_study(bench):
    reductions(bench, *HURRY, *MONEY)
    first = groups_of(bench)
    assert sorted(Themes.asked) == sorted((*HURRY, *MONEY))
    assert groups_of(bench) == first
    assert len(Themes.asked) == 8, "the second time everything is in the study's cache"
    reducing.reword(bench, HURRY[0], "kiire kaikkialla", HURRY[0])
    groups_of(bench)
    assert Themes.asked[8:] == ["kiire kaikkialla"], "only what is new"


def test_vectors_in_the_cache_are_no_act_of_the_analyst(bench):
    groups_of(bench)
    total = history.log(bench).total
    reductions(bench, *HURRY)
    groups_of(bench)
    assert history.log(bench).total == total + 1


def test_vectors_that_hold_within_one_call_are_never_kept(bench, monkeypatch):
    reductions(bench, *HURRY, *MONEY)
    keys = [sha256(wording.encode()).hexdigest() for wording in (*HURRY, *MONEY)]
    suggesting.suggest_groups(bench, engine="tfidf")
    with bench.store.reading() as rows:
        assert rows.vectors("tfidf", keys) == {}
    groups_of(bench)
    with bench.store.reading() as rows:
        assert set(rows.vectors(ENGINE, keys)) == set(keys)


# --- from the browser -----------------------------------------------------------------------


def sent(bench, **group):
    operation = {"seq": 1, "op": "accept_groups", "engine": ENGINE, "groups": [group]}
    return operations.apply(bench, "w", [operation])


def test_the_window_sends_the_reasons_it_showed(bench):
    reductions(bench, *HURRY)
    told = [
        {"wording": HURRY[1], "value": 0.9, "words": ["kiire"]},
        {"wording": "", "value": None, "words": ["aika"]},
    ]
    members = list(HURRY[:2])
    reply = sent(bench, key="k", id="g", name="Kiire", members=members, reasons={HURRY[0]: told})
    assert reply.refused == ()
    (seen,) = latest(bench).summary["seen"]
    assert seen["members"] == [
        {"member": HURRY[0], "nearest": [HURRY[1]], "words": ["kiire", "aika"]}
    ]


def test_the_window_accepts_a_category_above_categories(free):
    reply = sent(free, key="k", id="g", name="Tuki", level=2, members=["apu 1", "apu 2"])
    assert reply.refused == ()
    assert categorising.tree(free)["apu 1"].parent_id == "g"
    with free.store.reading() as rows:
        assert rows.get(Category, "g").level is Level.GENERIC_CATEGORY


@pytest.mark.parametrize(
    "bad",
    [
        {"reasons": []},
        {"reasons": {"a": "x"}},
        {"reasons": {"a": ["x"]}},
        {"reasons": {"a": [{"wording": 7}]}},
        {"reasons": {"a": [{"wording": "x", "words": [None]}]}},
        {"reasons": {"a": [{"wording": "x\x00"}]}},
        {"reasons": {"a": [{}] * 101}},
        {"level": 9},
        {"level": "2"},
    ],
)
def test_what_is_no_reason_or_level_is_refused(bench, bad):
    reductions(bench, *HURRY)
    total = history.log(bench).total
    reply = sent(bench, key="k", id="g", name="Kiire", members=[HURRY[0]], **bad)
    assert len(reply.refused) == 1
    assert history.log(bench).total == total


# --- does this still belong here? ------------------------------------------------------------


@pytest.fixture
def doubted(bench):
    """Two subcategories; one reduction about money has come among those about hurry."""
    reductions(bench, *HURRY, *MONEY)
    subcategory(bench, "kiire", *HURRY, MONEY[0])
    subcategory(bench, "raha", *MONEY[1:])
    return bench


def doubts_of(bench, category):
    return [doubt.subject_id for doubt in suggesting.places(bench, engine=ENGINE).doubts(category)]


def move_doubted(bench, to="raha", instead_of="kiire"):
    (doubt,) = suggesting.places(bench, engine=ENGINE).doubts("kiire")
    offered = Suggestion(doubt.subject_id, doubt.subject, ENGINE, (doubt.elsewhere,))
    suggesting.accept_place(bench, doubt.subject_id, to, offered, instead_of=instead_of)


def test_a_member_nearer_to_another_category_is_asked_about(doubted):
    assert doubts_of(doubted, "kiire") == [MONEY[0]]
    assert doubts_of(doubted, "raha") == []
    assert doubts_of(doubted, "poissa") == []


def test_moving_it_is_one_act_that_tells_why_and_undoes(doubted):
    move_doubted(doubted)
    assert MONEY[0] in categorising.tree(doubted).reductions_in("raha")
    told = history.log(doubted).rows[0]
    assert told.act is Act.ACCEPT_SUGGESTION and told.summary["seen"]["nearest"]
    assert doubts_of(doubted, "kiire") == []
    history.undo(doubted)
    assert doubts_of(doubted, "kiire") == [MONEY[0]]


def test_what_somebody_else_has_moved_meanwhile_stays_where_it_is(doubted):
    move_doubted(doubted, instead_of="apu")
    assert MONEY[0] in categorising.tree(doubted).reductions_in("kiire")


def test_what_is_said_to_belong_is_not_asked_again_until_it_is_undone(doubted):
    suggesting.let_stay(doubted, MONEY[0], "kiire")
    assert doubts_of(doubted, "kiire") == []
    told = act_sentence(history.log(doubted).rows[0], gettext_for("fi"))
    assert told == f"vahvisti, että ”{MONEY[0]}” kuuluu luokkaan ”kiire”"
    history.undo(doubted)
    assert doubts_of(doubted, "kiire") == [MONEY[0]]
    with pytest.raises(UnknownRow):
        suggesting.let_stay(doubted, "poissa", "kiire")


# --- categories that could be one ------------------------------------------------------------


def near_categories(bench):
    return [{p.first_id, p.second_id} for p in suggesting.near_categories(bench, engine=ENGINE)]


def test_categories_of_one_level_that_are_called_nearly_the_same_are_offered(bench):
    reductions(bench, *HURRY, *MONEY)
    subcategory(bench, "kiire päivässä", *HURRY[:2])
    subcategory(bench, "kiire päivissä", *HURRY[2:])
    subcategory(bench, "raha", *MONEY)
    subcategory(bench, "Raha!", level=Level.GENERIC_CATEGORY)
    assert near_categories(bench) == [{"kiire päivässä", "kiire päivissä"}]


def test_kept_apart_or_merged_they_are_not_offered_again(bench):
    subcategory(bench, "kiire päivässä")
    subcategory(bench, "kiire päivissä")
    suggesting.keep_apart(bench, "kiire päivissä", "kiire päivässä")
    assert near_categories(bench) == []
    history.undo(bench)
    assert near_categories(bench)
    categorising.merge(bench, "kiire päivässä", ["kiire päivissä"])
    assert near_categories(bench) == []


def test_categories_of_other_words_whose_reductions_say_the_same_are_not_told_by_their_spelling(
    bench,
):
    reductions(bench, *HURRY)
    subcategory(bench, "aika", *HURRY[:2])
    subcategory(bench, "vauhti", *HURRY[2:])
    assert near_categories(bench) == [], "two categories alone tell nothing of chance"


# --- I do not know ---------------------------------------------------------------------------


def test_the_reduction_that_fits_no_category_comes_first_among_the_unsure(bench):
    reductions(bench, *HURRY, *MONEY, "puhelin ja lomake")
    subcategory(bench, "kiire", *HURRY[:3])
    subcategory(bench, "raha", *MONEY[:3])
    found = suggesting.places(bench, engine=ENGINE).unsure()
    assert found[0].wording == "puhelin ja lomake"
    assert {one.wording for one in found[1:]} == {HURRY[3], MONEY[3]}, "only what has no place"
    assert found[0].chance < 0.5 < found[1].chance
    assert {one.wording: one.nearest for one in found}[MONEY[3]] == "raha"


def test_before_anything_is_placed_nothing_is_said_of_newness(bench):
    reductions(bench, *HURRY)
    subcategory(bench, "kiire")
    assert suggesting.places(bench, engine=ENGINE).unsure() == []
