"""The replay beside the pages, in a process of its own; the paragraph for the method chapter."""

import time

import pytest

from qualcode.bootstrap import create_store
from qualcode.domain.categories import Level
from qualcode.exports.report import Paragraph
from qualcode.texts import gettext_for
from qualcode.workbench import categorising, reporting, suggesting
from qualcode.workbench.engines import ChosenEngine, choose
from qualcode.workbench.reporting import Section
from qualcode.workbench.suggesting import AcceptedGroup
from qualcode.workbench.worth import beside
from qualcode.workbench.worth.telling import method_paragraph, verdict
from tests.builders import a_study
from tests.workbench.test_worth import MONEY, QUEUE, reduced

SECONDS = 120


@pytest.fixture
def bench(tmp_path):
    """Twelve reductions; one suggested group accepted, the other made by hand."""
    store = create_store(tmp_path / "keksitty.qualcode")
    bench = a_study(store)
    choose(bench, ChosenEngine("tfidf"))
    ids = reduced(bench, *QUEUE, *MONEY)
    money = categorising.add(bench, "hinta", Level.SUBCATEGORY)
    categorising.place(bench, [ids[word] for word in MONEY], money.id)
    queues = tuple(ids[word] for word in QUEUE)
    suggesting.accept_groups(
        bench,
        [AcceptedGroup("k", "jono", queues, offered_ids=queues, offered_name="jono")],
        engine="tfidf",
    )
    yield bench
    beside.cancel(bench)
    store.close()


def ended(bench):
    """The replay when it has come to its end."""
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        state = beside.state(bench)
        if state is not None and not state.running:
            return state
        time.sleep(0.05)
    raise AssertionError(f"still running: {beside.state(bench)}")


def test_a_replay_beside_the_page_tells_its_figures(bench):
    assert beside.state(bench) is None
    beside.start(bench, ["tfidf"])
    state = ended(bench)
    assert state.problems == ()
    (found,) = state.found
    assert found["engine"] == "tfidf" and found["groups"]["top3"] == 1.0
    assert state.past["groups"]["accepted"] == 1
    with bench.store.reading() as rows:
        assert state.revision == rows.revision()


def test_a_second_start_leaves_the_first_to_go_on_and_a_stop_stops_it(bench):
    beside.start(bench)
    first = beside._jobs[bench.store.address]
    beside.start(bench)
    assert beside._jobs[bench.store.address] is first
    beside.cancel(bench)
    state = ended(bench)
    assert state.cancelled and not state.running
    assert state.problems == ()
    assert first._process.wait(timeout=SECONDS) != 0


def test_a_process_that_is_killed_is_told_of(bench):
    beside.start(bench)
    beside._jobs[bench.store.address]._process.kill()
    state = ended(bench)
    assert "päättyi yllättäen" in state.problems[-1]


def test_an_engine_that_cannot_be_used_is_told_and_the_next_one_tried(bench):
    beside.start(bench, ["tuntematon", "tfidf"])
    state = ended(bench)
    assert [found["engine"] for found in state.found] == ["tfidf"]
    assert "tuntematon" in state.problems[0]


# --- in words -------------------------------------------------------------------------------------


def paragraph(bench, language):
    report = reporting.report(bench, language, [Section.REPLAY])
    return next(block.text for block in report.blocks if isinstance(block, Paragraph))


def test_the_method_chapter_gets_its_paragraph_in_finnish(bench):
    told = paragraph(bench, "fi")
    assert "Ratkaistuja ryhmäehdotuksia oli 1: niistä hyväksyttiin 1 (muokattuina 0)" in told
    assert "kolmen ensimmäisen joukossa 100 %:ssa sijoituksista" in told
    assert "pelkistyksiä 12, luokkia 2" in told


def test_and_in_english(bench):
    told = paragraph(bench, "en")
    assert "Of 1 suggested groups that were decided on, 1 were accepted" in told
    assert "12 reductions, 2 categories" in told


def test_nobody_gets_the_part_who_has_not_asked_for_it(bench):
    assert Section.REPLAY not in reporting.USUAL


def test_without_an_analysis_there_is_no_paragraph(tmp_path):
    store = create_store(tmp_path / "tyhja.qualcode")
    told = paragraph(a_study(store), "fi")
    assert told == "Raportoitavaa ei ole vielä."
    store.close()


def figures(three, low, high, by_size, items=100):
    return {
        "groups": {
            "items": items,
            "groups": 8,
            "top1": three / 2,
            "top3": three,
            "intervals": {"top3": [low, high]},
            "by_size": {"top3": by_size},
        },
        "codes": None,
    }


def test_a_clear_gain_and_an_unclear_one_are_told_apart():
    english = gettext_for("en")
    clear = " ".join(verdict(figures(0.8, 0.7, 0.9, 0.3), english))
    unclear = " ".join(verdict(figures(0.4, 0.3, 0.5, 0.35, items=20), english))
    assert "knew more" in clear and "small" not in clear
    assert "not clear" in unclear and "The study is small" in unclear


def test_what_was_taken_is_told_of_a_study_that_is_too_small_to_go_through_again():
    taken = {"accepted": 2, "edited": 0, "dismissed": 1, "engines": {"tfidf": 2}}
    told = method_paragraph(None, {"places": taken}, gettext_for("en"))
    assert told.startswith("Of 3 suggested places that were decided on, 2 were accepted")
    assert method_paragraph(None, {}, gettext_for("en")) == ""
