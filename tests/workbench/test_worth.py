"""Were the suggestions worth it? A small finished study, replayed; what the log tells. Invented."""

import json

import pytest

from qualcode.bootstrap import create_store
from qualcode.commands import DONE, REFUSED, main
from qualcode.domain.categories import Level
from qualcode.domain.coding import ReducedExpression
from qualcode.domain.suggestions import Candidate, Suggestion
from qualcode.workbench import categorising, coding, history, reducing, suggesting
from qualcode.workbench.suggesting import AcceptedGroup
from qualcode.workbench.worth.past import Offer
from qualcode.workbench.worth.study import blocks, finished, replay_study
from tests.builders import a_study, with_answers, with_codes

QUEUE = (
    "jonossa seistään",
    "jono venyy",
    "jonottaja väsyy",
    "pitkä jono",
    "jonotus alkaa",
    "jonot",
)
MONEY = (
    "hinta nousee",
    "hinnat karkaavat",
    "hintava palvelu",
    "kova hinta",
    "hintalappu",
    "hinnoin",
)


@pytest.fixture
def bench():
    return a_study()


def reduced(bench, *wordings):
    """Each answer whole becomes a reduction of the same words; ids of the reductions."""
    documents = with_answers(bench, *wordings)
    for document, wording in zip(documents, wordings, strict=True):
        reducing.reduce(bench, document, 0, len(wording), wording)
    with bench.store.reading() as rows:
        return {r.wording: r.id for r in rows.find(ReducedExpression)}


@pytest.fixture
def grouped(bench):
    """Twelve reductions placed one by one, queue and money in turn; the queues begin."""
    ids = reduced(bench, *QUEUE, *MONEY)
    queues = categorising.add(bench, "jono", Level.SUBCATEGORY)
    money = categorising.add(bench, "hinta", Level.SUBCATEGORY)
    for queue, price in zip(QUEUE, MONEY, strict=True):
        categorising.place(bench, [ids[queue]], queues.id)
        categorising.place(bench, [ids[price]], money.id)
    return bench


def test_the_order_is_that_of_the_work(grouped):
    done = finished(grouped)
    said = [wording for _, wording, _ in done.placed]
    assert said == [word for pair in zip(QUEUE, MONEY, strict=True) for word in pair]
    assert done.past.by_hand == {Offer.PLACES: 12, Offer.CODES: 0}


def test_a_study_replayed_in_its_order(grouped):
    """Each wording shares its stem with its category's name, so that it is always first."""
    worth = replay_study(grouped, finished(grouped), "tfidf")
    assert (worth.placed, worth.groups, worth.orders) == (12, 2, 1)
    # The first of all has nothing to be compared with, and the first of the money was new.
    assert worth.placing.first.items == 10
    assert worth.placing.first.value == 1.0
    assert worth.placing.three.value == 1.0
    assert worth.coding is None


def test_in_random_orders_the_items_stay_the_same_number(grouped):
    worth = replay_study(grouped, finished(grouped), "tfidf", shuffled=3)
    assert worth.orders == 3
    assert worth.placing.first.items <= 12
    again = replay_study(grouped, finished(grouped), "tfidf", shuffled=3)
    assert again == worth


def test_a_placement_that_was_undone_does_not_count(grouped):
    history.undo(grouped)
    assert [wording for _, wording, _ in finished(grouped).placed][-1] == QUEUE[-1]
    history.redo(grouped)
    assert [wording for _, wording, _ in finished(grouped).placed][-1] == MONEY[-1]


def test_one_moved_later_keeps_its_turn_and_has_its_final_place(grouped):
    first = finished(grouped).placed[0]
    other = next(group for _, _, group in finished(grouped).placed if group != first[2])
    categorising.place(grouped, [first[0]], other)
    assert finished(grouped).placed[0] == (first[0], first[1], other)


def test_the_log_tells_what_was_taken_and_turned_down(bench):
    ids = reduced(bench, *QUEUE)
    offered = tuple(ids[word] for word in QUEUE[:3])
    suggesting.accept_groups(
        bench,
        [AcceptedGroup("k", "Jonot", offered[:2], offered_ids=offered, offered_name="jono")],
        engine="tfidf",
    )
    category = finished(bench).placed[0][2]
    place = Suggestion(ids[QUEUE[3]], QUEUE[3], "floret", (Candidate(category, "Jonot", 0.5),))
    suggesting.accept_place(bench, ids[QUEUE[3]], category, place)
    suggesting.dismiss_place(bench, ids[QUEUE[4]], category)
    suggesting.dismiss_groups(bench, ["toinen"])
    taken = finished(bench).past.taken
    assert (taken[Offer.GROUPS].accepted, taken[Offer.GROUPS].edited) == (1, 1)
    assert taken[Offer.GROUPS].dismissed == 1
    assert (taken[Offer.PLACES].accepted, taken[Offer.PLACES].first) == (1, 1)
    assert taken[Offer.PLACES].dismissed == 1
    assert dict(taken[Offer.PLACES].engines) == {"floret": 1}
    history.undo(bench)
    assert finished(bench).past.taken[Offer.GROUPS].dismissed == 0


def test_codes_in_the_order_they_were_given(bench):
    documents = with_answers(bench, *QUEUE, *MONEY)
    queue, price = with_codes(bench, "jono", "hinta")
    for number, document in enumerate(reversed(documents)):
        coding.code(bench, document, 0, len((*QUEUE, *MONEY)[-1 - number]),
                    price if number < 6 else queue)  # fmt: skip
    done = finished(bench)
    assert [quote for _, quote, _ in done.coded][:2] == [MONEY[-1], MONEY[-2]]
    worth = replay_study(bench, done, "tfidf")
    assert (worth.coded, worth.codes) == (12, 2)
    assert worth.coding.overall.hit.value > 0.5
    assert worth.placing is None


def test_what_was_coded_is_learnt_anew_ever_more_seldom():
    assert blocks(12) == [(0, 10), (10, 12)]
    assert blocks(230) == [(0, 10), (10, 25), (25, 50), (50, 100), (100, 200), (200, 230)]


# --- on the command line --------------------------------------------------------------------------


@pytest.fixture
def file(tmp_path):
    store = create_store(tmp_path / "valmis.qualcode")
    study = a_study(store)
    ids = reduced(study, *QUEUE, *MONEY)
    for name, words in (("jono", QUEUE), ("hinta", MONEY)):
        category = categorising.add(study, name, Level.SUBCATEGORY)
        categorising.place(study, [ids[word] for word in words], category.id)
    store.close()
    return tmp_path / "valmis.qualcode"


def test_the_command_tells_of_the_study(file, capsys):
    assert main(["replay", "--study", str(file), "--engine", "tfidf", "--json"]) == DONE
    found = json.loads(capsys.readouterr().out)
    assert found["order"] == "own"
    (engine,) = found["engines"]
    assert engine["groups"]["items"] == 12 and engine["groups"]["top3"] == 1.0
    assert engine["codes"] is None


def test_the_command_in_finnish(file, capsys):
    code = main(
        ["replay", "--study", str(file), "--engine", "tfidf", "--shuffled", "2", "--language", "fi"]
    )
    out = capsys.readouterr().out
    assert code == DONE
    assert "satunnaisissa järjestyksissä" in out and "kolmen ensimmäisen joukossa" in out


def test_too_little_to_replay_is_said(tmp_path, capsys):
    store = create_store(tmp_path / "uusi.qualcode")
    a_study(store)
    store.close()
    assert (
        main(["replay", "--study", str(tmp_path / "uusi.qualcode"), "--language", "fi"]) == REFUSED
    )
    assert "vähintään 10 pelkistystä" in capsys.readouterr().err
