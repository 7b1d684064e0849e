"""Suggestions hidden until the reduction has its place, or off: of places, groups and merging.

Invented texts.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from qualcode.domain.categories import Level
from qualcode.domain.suggestions import Candidate
from qualcode.exports.report import Paragraph
from qualcode.store.offers import PLACE
from qualcode.workbench import categorising, suggesting
from qualcode.workbench.method_chapter import drafting
from qualcode.workbench.report_parts import suggestions
from qualcode.workbench.report_parts.material import read
from qualcode.workbench.suggesting import comparing, keeping, options, outlook
from qualcode.workbench.suggesting.allowing import SuggestionsHidden, SuggestionsOff
from qualcode.workbench.suggesting.options import Shown
from qualcode.workbench.suggesting.statistics import worth
from qualcode.workbench.suggesting.wall import suggest_on_wall
from tests.workbench.test_suggesting import (  # noqa: F401  (fixtures among them)
    ENGINE,
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


def compared_with(bench):  # noqa: F811
    return suggesting.places(bench, engine=ENGINE)


@pytest.fixture
def blind(placed):  # noqa: F811
    options.set_shown(placed, Shown.BLIND)
    return placed


def test_an_own_place_is_compared_with_what_would_have_been_offered(blind):
    assert comparing.compare(compared_with(blind), HURRY[3]) is None, "it has no place yet"
    categorising.place(blind, [HURRY[3]], "Kiire")
    same = comparing.compare(compared_with(blind), HURRY[3])
    assert (same.category_id, same.rank) == ("Kiire", 1)
    assert same.offered[0].label == "Kiire"
    categorising.place(blind, [MONEY[3]], "Apu")
    other = comparing.compare(compared_with(blind), MONEY[3])
    assert other.rank is None or other.rank > 1
    assert other.offered[0].label == "Raha"


def test_a_category_made_for_it_alone_is_nothing_to_compare_with(blind):
    subcategory(blind, "Uusi kiire", HURRY[3])
    assert comparing.compare(compared_with(blind), HURRY[3]) is None


def test_what_is_placed_unopened_is_counted_as_compared_and_never_as_shown(blind):
    categorising.place(blind, [HURRY[3]], "Kiire")
    categorising.place(blind, [MONEY[3]], "Apu")
    comparing.look_after(blind, compared_with(blind), [HURRY[3], MONEY[3]])
    found = worth(blind, PLACE)
    assert (found.decided, found.blind.decided) == (0, 2)
    assert found.blind.top_one == 0.5
    assert sum(target.offered for target in found.targets) == 0


def test_a_look_kept_before_the_decision_is_not_replaced_by_one_after_it(blind, monkeypatch):
    comparing.look_unseen(blind, compared_with(blind), HURRY[3])
    categorising.place(blind, [HURRY[3]], "Apu")
    later = comparing.compare(compared_with(blind), HURRY[3])
    agreed = replace(later, offered=(Candidate("Apu", "Apu", 0.9),))
    monkeypatch.setattr(comparing, "compare", lambda *_: agreed)
    comparing.look_after(blind, compared_with(blind), [HURRY[3]])
    assert worth(blind, PLACE).blind.top_one == 0.0, "as it was before anybody had decided"


def test_in_blind_mode_no_groups_are_made_and_only_placed_ones_are_compared_with_another(blind):
    for ask in (suggesting.piling, suggesting.regrouping):
        with pytest.raises(SuggestionsHidden):
            ask(blind, engine=ENGINE)
    with pytest.raises(SuggestionsHidden):
        suggesting.suggest_higher_groups(blind, Level.SUBCATEGORY, engine=ENGINE)
    reductions(blind, "kiire vei ajan!", "kiire vei ajan?")
    pairs = suggesting.near_duplicates(blind, engine=ENGINE)
    named = {id for pair in pairs for id in (pair.first_id, pair.second_id)}
    assert not named & {"kiire vei ajan!", "kiire vei ajan?"}
    categorising.place(blind, ["kiire vei ajan!"], "Kiire")
    pairs = suggesting.near_duplicates(blind, engine=ENGINE)
    assert {HURRY[0], "kiire vei ajan!"} in [{p.first_id, p.second_id} for p in pairs]


def test_switched_off_nothing_is_compared_at_all(placed, monkeypatch):  # noqa: F811
    options.set_shown(placed, Shown.OFF)
    monkeypatch.setattr(Themes, "asked", [])
    for ask in (
        suggesting.places,
        suggesting.piling,
        suggesting.regrouping,
        suggesting.near_duplicates,
        suggesting.near_categories,
        suggesting.suggest_codes,
    ):
        with pytest.raises(SuggestionsOff):
            ask(placed, engine=ENGINE)
    with pytest.raises(SuggestionsOff):
        suggesting.suggest_higher_groups(placed, Level.SUBCATEGORY, engine=ENGINE)
    with pytest.raises(SuggestionsOff):
        suggest_on_wall(placed, "a workshop")
    with pytest.raises(SuggestionsOff):
        outlook.look_through(placed, lambda done, all: None)
    assert Themes.asked == []


@pytest.mark.parametrize(
    ("how", "said"),
    [
        (Shown.OFF, "neither codes nor places for reductions were suggested"),
        (Shown.BLIND, "places were hidden until the person had decided"),
    ],
)
def test_the_report_and_the_method_chapter_tell_how_it_was(placed, how, said):  # noqa: F811
    options.set_shown(placed, how)
    categorising.place(placed, [HURRY[3]], "Kiire")
    if how is Shown.BLIND:
        comparing.look_after(placed, compared_with(placed), [HURRY[3]])
    (paragraph,) = suggestions.told(placed, read(placed, "en", show_labels=False, themes_from=None))
    assert isinstance(paragraph, Paragraph)
    chapter = " ".join(t.text for part in drafting.drafted(placed, "en") for t in part.told)
    assert said in chapter
    assert said in paragraph.text
    counted = "analyst's own place was the first suggestion for 100 %" in paragraph.text
    assert counted is (how is Shown.BLIND)


@pytest.mark.parametrize(
    ("how", "said", "untrue"),
    [
        (Shown.OFF, "have been switched off; the numbers are of what was", "were off in this"),
        (Shown.BLIND, "were shown at first; after that", "Suggested codes and places were hidden"),
    ],
)
def test_what_was_shown_before_that_is_not_denied_in_the_report(placed, how, said, untrue):  # noqa: F811
    keeping.note(placed, PLACE, (HURRY[3], 0, 0), [Candidate("Kiire", "Kiire", 0.5)], "")
    categorising.place(placed, [HURRY[3]], "Kiire")
    options.set_shown(placed, how)
    (paragraph,) = suggestions.told(placed, read(placed, "en", show_labels=False, themes_from=None))
    assert isinstance(paragraph, Paragraph)
    assert said in paragraph.text
    assert untrue not in paragraph.text
    assert "suggested" in paragraph.text


def test_the_method_chapter_does_not_deny_what_was_accepted_before(placed):  # noqa: F811
    suggestion = compared_with(placed).suggest(HURRY[3]).suggestion
    suggesting.accept_place(placed, HURRY[3], suggestion.candidates[0].target_id, suggestion)
    options.set_shown(placed, Shown.OFF)
    chapter = " ".join(t.text for part in drafting.drafted(placed, "en") for t in part.told)
    assert "have been switched off" in chapter
    assert "were off in this study" not in chapter


def test_suggested_groups_that_were_turned_down_are_not_denied_when_suggestions_are_off(
    placed,  # noqa: F811
):
    options.set_shown(placed, Shown.OFF)
    known = read(placed, "en", show_labels=False, themes_from=None)
    (paragraph,) = suggestions.told(placed, known)
    assert "were off in this study" in paragraph.text
    suggesting.dismiss_groups(placed, ["any"])
    (paragraph,) = suggestions.told(placed, known)
    assert "were off in this study" not in paragraph.text
    assert "Before that some had been accepted or turned down" in paragraph.text
