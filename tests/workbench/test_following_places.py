"""The places follow what is decided, and say what they would say made anew. Invented texts."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest

from qualcode.analysis.calibration import calibration
from qualcode.analysis.placing import NamedGroups
from qualcode.nlp import registry
from qualcode.nlp.registry import EngineChoice
from qualcode.store.offers import PLACE as PLACE_OFFER
from qualcode.workbench import categorising, history, pinning, suggesting
from qualcode.workbench.bench import Workbench
from qualcode.workbench.suggesting import following_places, keeping, statistics
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
    # After every decision, so that it can be compared at once with what is made anew.
    monkeypatch.setattr(following_places, "JUDGED_AGAIN_AFTER", 0)
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


def judged(bench):  # noqa: F811
    """The places, when what scores have meant has been counted to the last decision."""
    for _ in range(2):
        # One that counts still would not count what has been decided since it began.
        kept = following_places._kept[bench.store]
        if kept.judging is not None:
            kept.judging.join(10)
            assert not kept.judging.is_alive()
        found = suggesting.places_now(bench)
    return found


def said(places, reduction):
    found = places.suggest(reduction)
    chances = [round(chance, 4) for chance in places.chances(found.suggestion)]
    offered = [(c.target_id, round(c.score, 4)) for c in found.suggestion.candidates]
    return offered, chances, found.nearness, found.new_group


def doubted(places):
    return [
        (doubt.subject_id, doubt.elsewhere.target_id, round(doubt.margin, 4))
        for group in places.groups.groups
        for doubt in places.doubts(group.id)
    ]


def unsure(places):
    return {one.reduction_id: (round(one.chance, 4), one.nearest) for one in places.unsure()}


def as_made_anew(bench, engine=ENGINE):  # noqa: F811
    """What follows says the same of every reduction as what is made from the study as it is."""
    now, anew = judged(bench), suggesting.places(bench, engine=engine)
    assert now.meaning == anew.meaning
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
    assert doubted(now) == doubted(anew)
    assert unsure(now) == unsure(anew)
    assert now.groups.engine == anew.groups.engine


def test_an_accepted_place_counts_at_once_and_nothing_is_compared_anew(followed, monkeypatch):
    made = made_times(monkeypatch)
    suggestion = suggesting.places_now(followed).suggest(HURRY[3]).suggestion
    suggesting.accept_place(followed, HURRY[3], "Kiire", suggestion)
    kiire = next(g for g in suggesting.places_now(followed).groups.groups if g.id == "Kiire")
    assert HURRY[3] in kiire.member_ids
    assert made == []
    as_made_anew(followed)


def decide(bench, *reductions):  # noqa: F811
    """Each of them accepted into the first place that is offered."""
    for reduction in reductions:
        suggestion = suggesting.places_now(bench).suggest(reduction).suggestion
        # As on the board: what stood on the screen is kept before it is decided on.
        keeping.note(bench, PLACE_OFFER, (reduction, 0, 0), suggestion.candidates, "")
        keeping.write_down(bench)
        suggesting.accept_place(bench, reduction, suggestion.candidates[0].target_id, suggestion)


def test_what_scores_have_meant_is_counted_with_the_decisions_of_everybody(followed, monkeypatch):
    monkeypatch.setattr(statistics, "calibration", partial(calibration, fewest=2))
    second = Workbench(followed.store, "Toinen")
    as_made_anew(followed)
    decide(followed, HURRY[3])
    as_made_anew(followed)
    decide(second, MONEY[3], HELP[3])
    as_made_anew(followed)
    now = suggesting.places_now(second)
    assert now.chances(now.suggest(HURRY[3]).suggestion)


def test_what_scores_have_meant_is_counted_after_so_many_decisions(followed, monkeypatch):
    counted = []
    plain = statistics.meaning
    monkeypatch.setattr(
        statistics, "meaning", lambda *which: counted.append(which) or plain(*which)
    )
    monkeypatch.setattr(following_places, "JUDGED_AGAIN_AFTER", 2)
    for reduction in (HURRY[3], MONEY[3]):
        categorising.place(followed, [reduction], "Apu")
        judged(followed)
    assert counted == []
    categorising.place(followed, [HURRY[0]], "Apu")
    judged(followed)
    assert len(counted) == 1


def test_a_count_that_failed_is_logged_and_tried_after_the_next_decision(
    followed, monkeypatch, caplog
):
    def fails(*_):
        raise OSError("the file is held")

    with monkeypatch.context() as meanwhile, caplog.at_level("ERROR"):
        meanwhile.setattr(statistics, "meaning", fails)
        categorising.place(followed, [MONEY[3]], "Raha")
        judged(followed)
    assert "the file is held" in caplog.text
    categorising.place(followed, [HELP[3]], "Apu")
    as_made_anew(followed)
    kept = following_places._kept[followed.store]
    assert kept.judged_at == kept.revision


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


def test_a_model_that_is_built_later_is_taken_at_the_next_look(placed, monkeypatch):  # noqa: F811
    """Nothing is decided meanwhile: that its files are there now is in no log."""
    best = [ENGINE]
    monkeypatch.setattr(registry, "best_available", lambda *_: EngineChoice(best[0], "", ""))
    monkeypatch.setitem(registry.EMBEDDERS, "built", registry.EMBEDDERS[ENGINE])
    monkeypatch.setattr(registry, "LIGHT", registry.LIGHT | {"built"})
    assert suggesting.places_now(placed).groups.engine == ENGINE
    best[0] = "built"
    assert suggesting.places_now(placed).groups.engine == "built"
    as_made_anew(placed, "built")
    # Nor is it seen by what is decided next alone.
    best[0] = ENGINE
    categorising.place(placed, [MONEY[3]], "Raha")
    as_made_anew(placed)


def test_other_files_of_the_same_engine_are_another_engine(followed, monkeypatch):
    made = made_times(monkeypatch)
    monkeypatch.setitem(registry.FINGERPRINTS, ENGINE, f"{__name__}:other_files")
    suggesting.places_now(followed)
    suggesting.places_now(followed)
    assert made == [1]


def other_files():
    return "other"


def test_an_engine_chosen_while_the_places_are_made_is_taken_at_the_next_look(
    placed,  # noqa: F811
    monkeypatch,
):
    best = [ENGINE]
    monkeypatch.setattr(registry, "best_available", lambda *_: EngineChoice(best[0], "", ""))
    monkeypatch.setitem(registry.EMBEDDERS, "chosen", registry.EMBEDDERS[ENGINE])
    monkeypatch.setattr(registry, "LIGHT", registry.LIGHT | {"chosen"})
    plain = following_places.places

    def slow(*args, **wishes):
        found = plain(*args, **wishes)
        best[0] = "chosen"
        return found

    monkeypatch.setattr(following_places, "places", slow)
    assert suggesting.places_now(placed).groups.engine == ENGINE
    assert suggesting.places_now(placed).groups.engine == "chosen"


def test_windows_that_look_at_once_make_everything_once(placed, monkeypatch):  # noqa: F811
    """Whatever language their people read: the words compared are the study's."""
    monkeypatch.setattr(registry, "best_available", lambda *_: EngineChoice(ENGINE, "", ""))
    made, waiting = [], threading.Event()
    plain = following_places.places

    def slow(*args, **wishes):
        made.append(1)
        assert waiting.wait(10)
        return plain(*args, **wishes)

    monkeypatch.setattr(following_places, "places", slow)
    monkeypatch.setattr(following_places, "SECONDS_TO_WAIT", 0.01)
    english = Workbench(placed.store, "Toinen", "en")
    with ThreadPoolExecutor(2) as windows:
        # The one that waits, whichever it is, hears that it does, and lets the other go on.
        looks = [
            windows.submit(suggesting.places_now, window, lambda *_: waiting.set())
            for window in (placed, english)
        ]
        assert looks[0].result() is looks[1].result()
    assert made == [1]


def test_a_window_that_waits_for_another_can_call_it_off(placed, monkeypatch):  # noqa: F811
    monkeypatch.setattr(registry, "best_available", lambda *_: EngineChoice(ENGINE, "", ""))
    monkeypatch.setattr(following_places, "SECONDS_TO_WAIT", 0.01)

    class CalledOff(Exception):
        pass

    def call_off(*_):
        raise CalledOff

    with following_places._making_of(placed.store), pytest.raises(CalledOff):
        suggesting.places_now(placed, call_off)
    assert suggesting.places_now(placed) is not None


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
