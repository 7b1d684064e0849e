"""The places follow what is decided, and say what they would say made anew. Invented texts."""

from __future__ import annotations

import pytest

from qualcode.analysis.placing import NamedGroups
from qualcode.nlp import registry
from qualcode.nlp.registry import EngineChoice
from qualcode.workbench import categorising, history, pinning, suggesting
from qualcode.workbench.suggesting import following_places
from tests.workbench.test_suggesting import (  # noqa: F401  (fixtures among them)
    ENGINE,
    HELP,
    HURRY,
    MONEY,
    Themes,
    bench,
    empty_file,
    engine,
    placed,
    reductions,
    subcategory,
)


@pytest.fixture
def followed(placed, monkeypatch):  # noqa: F811
    """A study whose places have been looked at once, with the small engine as its own."""

    monkeypatch.setattr(registry, "best_available", lambda *_: EngineChoice(ENGINE, "", ""))
    suggesting.places_now(placed)
    return placed


def made_times(monkeypatch):
    """Counts how often everything is compared anew."""
    made = []
    plain = following_places.places

    def counted(*args, **wishes):
        made.append(1)
        return plain(*args, **wishes)

    monkeypatch.setattr(following_places, "places", counted)
    return made


def said(places, reduction):
    found = places.suggest(reduction)
    return [(c.target_id, round(c.score, 4)) for c in found.suggestion.candidates], found.new_group


def as_made_anew(bench):  # noqa: F811
    """What follows says the same of every reduction as what is made from the study as it is."""
    now, anew = suggesting.places_now(bench), suggesting.places(bench, engine=ENGINE)
    for reduction in (*HURRY, *MONEY, *HELP):
        assert said(now, reduction) == said(anew, reduction)
    assert {g.id: set(g.member_ids) for g in now.groups.groups} == {
        g.id: set(g.member_ids) for g in anew.groups.groups
    }
    assert (now.turned_down, now.staying, now.pinned) == (
        anew.turned_down,
        anew.staying,
        anew.pinned,
    )


def test_an_accepted_place_counts_at_once_and_nothing_is_compared_anew(followed, monkeypatch):
    made = made_times(monkeypatch)
    suggestion = suggesting.places_now(followed).suggest(HURRY[3]).suggestion
    suggesting.accept_place(followed, HURRY[3], "Kiire", suggestion)
    kiire = next(g for g in suggesting.places_now(followed).groups.groups if g.id == "Kiire")
    assert HURRY[3] in kiire.member_ids
    assert made == []
    as_made_anew(followed)


def test_moves_leaving_and_undo_are_followed(followed, monkeypatch):
    made = made_times(monkeypatch)
    categorising.place(followed, [HURRY[0], MONEY[3]], "Apu")
    as_made_anew(followed)
    history.undo(followed)
    as_made_anew(followed)
    history.redo(followed)
    as_made_anew(followed)
    assert made == []


def test_what_was_turned_down_and_pinned_is_followed(followed, monkeypatch):
    made = made_times(monkeypatch)
    suggesting.dismiss_place(followed, HURRY[3], "Kiire")
    suggesting.let_stay(followed, MONEY[0], "Raha")
    pinning.pin(followed, ["Apu", HURRY[1]])
    as_made_anew(followed)
    assert suggesting.places_now(followed).pinned == {*HELP[:3], HURRY[1]}
    # What is placed into a pinned category is held there too.
    categorising.place(followed, [HELP[3]], "Apu")
    as_made_anew(followed)
    assert HELP[3] in suggesting.places_now(followed).pinned
    assert made == []


def test_new_words_ask_for_everything_anew(followed, monkeypatch):
    made = made_times(monkeypatch)
    reductions(followed, "perhe muutti pois")
    assert suggesting.places_now(followed).suggest("perhe muutti pois").suggestion.subject
    subcategory(followed, "Perhe", "perhe muutti pois")
    assert "Perhe" in {g.id for g in suggesting.places_now(followed).groups.groups}
    assert made == [1, 1]
    categorising.remove(followed, ["Kiire", "Raha", "Apu", "Perhe"])
    assert suggesting.places_now(followed) is None


def test_a_decision_that_is_in_already_is_taken_once(followed, monkeypatch):
    """Somebody places one while everything is compared: it is found in both."""
    plain = following_places.places

    def slow(*args, **wishes):
        categorising.place(followed, [MONEY[3]], "Raha")
        return plain(*args, **wishes)

    monkeypatch.setattr(following_places, "places", slow)
    reductions(followed, "lomake oli pitkä")
    suggesting.places_now(followed)
    monkeypatch.setattr(following_places, "places", plain)
    categorising.place(followed, [HELP[3]], "Apu")
    raha = next(g for g in suggesting.places_now(followed).groups.groups if g.id == "Raha")
    assert raha.member_ids.count(MONEY[3]) == 1
    as_made_anew(followed)


def test_many_at_once_are_taken_together(followed, monkeypatch):
    singly = []
    plain = NamedGroups.accepted
    monkeypatch.setattr(
        NamedGroups,
        "accepted",
        lambda groups, *which: singly.append(which) or plain(groups, *which),
    )
    monkeypatch.setattr(following_places, "ONE_BY_ONE", 1)
    categorising.place(followed, [HURRY[3], MONEY[3]], "Apu")
    as_made_anew(followed)
    assert singly == []
