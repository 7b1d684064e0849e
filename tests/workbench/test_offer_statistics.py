"""What the suggestions of a study have been worth, counted from real acts. Invented texts."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from qualcode.analysis.calibration import Calibration
from qualcode.domain.errors import StudyBusy
from qualcode.domain.suggestions import Candidate
from qualcode.store.offers import CODE, COMPARED, SHOWN, OfferCell
from qualcode.store.opening import create, open_study
from qualcode.workbench import coding, suggesting
from qualcode.workbench.suggesting import keeping, options, statistics
from qualcode.workbench.suggesting.statistics import worth
from tests.builders import a_study
from tests.workbench.test_code_offers import (  # noqa: F401  (fixtures)
    ANSWERS,
    bench,
    code_id,
    offers,
    taken,
    whole,
)
from tests.workbench.test_suggesting import engine  # noqa: F401  (a fixture)

THREE_IN_TEN = Calibration((-0.8473, 0.0, 0.0, 0.0), 100)
"""Whatever the score, three offers in ten have been chosen."""


def line(found, name):
    return next(t for t in found.targets if t.name == name)


def test_offers_are_counted_by_what_became_of_them(bench):  # noqa: F811
    hurry, money, help_ = (offers(bench, whole(bench, n)) for n in (0, 1, 2))
    suggesting.accept_code(bench, taken(bench, whole(bench, 0), hurry))
    suggesting.accept_code(
        bench,
        taken(
            bench,
            whole(bench, 1),
            money,
            code_id=code_id(bench, "Apu"),
            instead_of=code_id(bench, "Raha"),
        ),
    )
    coding.code(bench, "d3", 0, len(ANSWERS[2]), code_id(bench, "Apu"))
    suggesting.reject_code(bench, whole(bench, 2), code_id(bench, "Kiire"))
    found = worth(bench)
    assert found.decided == 3
    assert found.top_one == pytest.approx(2 / 3)
    assert found.top_three == 1.0
    assert line(found, "Kiire").offered == 3
    assert (line(found, "Kiire").accepted, line(found, "Kiire").rejected) == (1, 1)
    assert line(found, "Raha").edited == 1
    # Help was given twice: once in the place of another, once by hand.
    assert line(found, "Apu").chosen - line(found, "Apu").accepted >= 1
    assert help_.suggestion.candidates[0].label == "Apu"


def test_each_code_has_its_own_precision_at_first_and_among_three(bench):  # noqa: F811
    hurry, _money = (offers(bench, whole(bench, n)) for n in (0, 1))
    assert all(t.three.share is None for t in worth(bench).targets), "undecided is not unchosen"
    suggesting.accept_code(bench, taken(bench, whole(bench, 0), hurry))
    found = worth(bench)
    right = line(found, "Kiire")
    # It stands also at the second answer, of which nothing has been decided.
    assert right.offered == 2
    assert (right.first.share, right.three.share) == (1.0, 1.0)
    assert line(found, "Raha").three.share == 0.0
    assert line(found, "Raha").first.share is None, "it has been first only where it is undecided"


def test_the_error_of_a_code_waits_for_ten_decisions_and_a_meaning_of_scores():
    def cell(count, right, seen=SHOWN, of=""):
        return OfferCell(
            target="c", rank=1, percent=40, later=False, seen=seen, decided=True, right=right,
            accepted=False, rejected=False, engine=of, count=count,
        )  # fmt: skip

    def error(cells, meaning=THREE_IN_TEN):
        (target,) = statistics._targets(cells, {"c": "Kiire"}, {}, meaning, "e5")
        return target.error

    assert error([cell(4, True), cell(5, False)]) is None
    assert error([cell(4, True), cell(6, False)]) == pytest.approx(0.1, abs=0.001)
    assert error([cell(4, True), cell(6, False)], Calibration()) is None
    assert error([cell(4, True, COMPARED), cell(6, False)]) == pytest.approx(0.1, abs=0.001)
    assert error([cell(4, True, of="e5"), cell(6, False, of="floret")]) is None


def test_looks_that_could_not_be_written_are_written_later(monkeypatch, tmp_path):
    create(tmp_path / "s.qualcode").close()
    bench = a_study(open_study(tmp_path / "s.qualcode", patience=0.05))  # noqa: F811
    monkeypatch.setattr(keeping, "AT_ONCE", 2)

    def look(subject):
        keeping.note(bench, CODE, (subject, 0, 4), [Candidate("c1", "Kiire", 0.5)], "")

    with closing(sqlite3.connect(tmp_path / "s.qualcode", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        look("d1")
        look("d2")
        with pytest.raises(StudyBusy):
            keeping.write_down(bench)
    look("d3")
    keeping.write_down(bench)
    with bench.store.reading() as rows:
        assert sum(cell.count for cell in rows.offer_cells(CODE)) == 3
    bench.store.close()


def test_a_score_means_nothing_before_enough_has_been_decided(bench):  # noqa: F811
    assert not offers(bench, whole(bench, 0)).chances
    assert not worth(bench).meaning.curve


def test_below_the_limit_nothing_is_offered(bench, monkeypatch):  # noqa: F811
    from qualcode.workbench.suggesting import teaching

    monkeypatch.setattr(teaching, "_meaning", lambda *_which: THREE_IN_TEN)
    assert offers(bench, whole(bench, 0)).chances == (0.3, 0.3, 0.3)
    options.set_unsure_below(bench, 0.4)
    found = offers(bench, whole(bench, 0))
    assert found.withheld
    assert found.suggestion.candidates == ()


def test_a_code_left_out_for_a_question_is_not_offered_there(bench):  # noqa: F811
    from dataclasses import replace

    from qualcode.domain.decisions import Act
    from qualcode.domain.documents import Document
    from tests.builders import an_item

    with bench.act(Act.IMPORT) as work:
        work.put(an_item("arki"))
        work.put(replace(work.require(Document, "d1"), item_id="arki"))
    options.set_weights(bench, "arki", {code_id(bench, "Kiire"): options.LEFT_OUT})
    names = [c.label for c in offers(bench, whole(bench, 0)).suggestion.candidates]
    assert "Kiire" not in names
    names = [c.label for c in offers(bench, whole(bench, 4)).suggestion.candidates]
    assert names[0] == "Kiire"


def test_what_blind_mode_and_the_limit_kept_from_the_screen_is_not_counted_as_offered(
    bench,  # noqa: F811
    monkeypatch,
):
    from qualcode.workbench.suggesting import teaching

    monkeypatch.setattr(teaching, "_meaning", lambda *_which: THREE_IN_TEN)
    offers(bench, whole(bench, 0))
    options.set_unsure_below(bench, 0.4)
    offers(bench, whole(bench, 1))
    options.set_shown(bench, options.Shown.BLIND)
    offers(bench, whole(bench, 2))
    coding.code(bench, "d3", 0, len(ANSWERS[2]), code_id(bench, "Apu"))
    offers(bench, whole(bench, 2))
    found = worth(bench)
    assert [(t.offered, t.compared, t.withheld) for t in found.targets] == [(1, 1, 1)] * 3
    assert (found.decided, found.blind.decided, found.blind.top_one) == (0, 1, 1.0)
    # The one coding was made before anything was shown.
    assert (found.codings_with, found.codings_without) == (0, 1)


def test_a_rejected_offer_is_judged_even_though_the_next_look_is_another(bench):  # noqa: F811
    first = offers(bench, whole(bench, 0)).suggestion.candidates[0]
    suggesting.reject_code(bench, whole(bench, 0), first.target_id)
    after = offers(bench, whole(bench, 0)).suggestion.candidates
    assert first.target_id not in {c.target_id for c in after}
    found = worth(bench)
    assert line(found, first.label).rejected == 1
    assert found.meaning.decided == 1


def test_a_second_best_does_not_become_as_sure_as_a_first_when_that_is_rejected(
    bench,  # noqa: F811
    monkeypatch,
):
    from qualcode.workbench.suggesting import teaching

    falling = Calibration((0.0, 0.0, -2.0, 0.0), 100)
    monkeypatch.setattr(teaching.statistics, "meaning", lambda *_which: falling)
    before = offers(bench, whole(bench, 0))
    assert before.chances[0] > before.chances[1]
    suggesting.reject_code(bench, whole(bench, 0), before.suggestion.candidates[0].target_id)
    assert offers(bench, whole(bench, 0)).chances[0] == before.chances[1]
