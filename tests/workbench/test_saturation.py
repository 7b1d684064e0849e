"""Saturation of a study: in the order people were worked on, and honest about few people."""

from __future__ import annotations

import pytest

from qualcode.analysis.saturation import ORDERS, Rule
from qualcode.domain.categories import Level
from qualcode.texts import gettext_for
from qualcode.workbench import categorising, coding, history, reducing, reporting, saturation
from qualcode.workbench.reporting import Section
from qualcode.workbench.saturation import Of, Order
from tests.builders import a_respondent, a_study, an_answer, bring_in, with_codes

TEXT = "Sain apua arkeen."
# Which codes each person's answer is given: the last person of the material has all of them.
GIVEN = [(0,), (0,), (0, 1), (1,), (1,), (0,), (0,), (0, 1, 2, 3, 4)]


@pytest.fixture
def bench():
    """Eight people, worked on from the last to the first. Invented."""
    bench = a_study()
    count = len(GIVEN)
    bring_in(
        bench,
        *(a_respondent(f"r{n}", position=n) for n in range(count)),
        *(an_answer(TEXT, f"d{n}", f"r{n}", position=n) for n in range(count)),
    )
    codes = with_codes(bench, *(f"Koodi {n}" for n in range(5)))
    for n in reversed(range(count)):
        for code in GIVEN[n]:
            coding.code(bench, f"d{n}", 0, len(TEXT), codes[code])
    return bench


def found(bench, of=Of.CODES, order=Order.WORKED, rule=None):
    with bench.store.reading() as rows:
        return saturation.found(rows, of, order, rule or Rule())


def test_people_are_taken_in_the_order_they_were_worked_on(bench):
    assert [p.new for p in found(bench).curve.points] == [5, 0, 0, 0, 0, 0, 0, 0]
    assert found(bench).curve.reached == 4


def test_or_in_the_order_of_the_material_which_may_tell_otherwise(bench):
    course = found(bench, order=Order.BROUGHT_IN).curve
    assert [p.new for p in course.points] == [1, 0, 1, 0, 0, 0, 0, 3]
    assert course.reached == 4


def test_texts_set_aside_are_not_on_the_course(bench):
    coding.set_aside(bench, ["d7"], True)
    assert found(bench).people == 7
    assert found(bench).curve.points[-1].cumulative == 2


def test_the_sentence_tells_the_rule_the_result_and_that_the_order_matters(bench):
    told = saturation.sentences(found(bench), gettext_for("fi"), ORDERS)
    assert told[0] == "Koodeja ensimmäisiltä 4 vastaajalta: 5."
    assert "Kyllääntyminen saavutettiin 4 vastaajan jälkeen" in told[1]
    assert "satunnaisessa järjestyksessä" in told[2]
    assert "yksi ainoa vastaaja ratkaisee" in told[3]


def test_too_few_people_give_no_verdict(bench):
    told = saturation.sentences(found(bench, rule=Rule(base=7, run=3)), gettext_for("fi"), ORDERS)
    assert len(told) == 1 and "vähintään 10" in told[0]


def test_a_study_without_codings_has_no_course():
    assert found(a_study()) is None


def test_the_rule_is_kept_for_the_report_and_can_be_taken_back(bench):
    saturation.set_rule(bench, Rule(3, 3, 0.0))
    assert saturation.rule(bench.study()) == Rule(3, 3, 0.0)
    history.undo(bench)
    assert saturation.rule(bench.study()) == Rule()


def test_the_report_has_the_figure_the_table_and_the_words(bench):
    report = reporting.report(bench, "fi", [Section.SATURATION])
    (figure,) = report.figures()
    assert "<svg" in figure.svg and figure.alt.startswith("Koodit")
    (table,) = report.tables()
    assert [row.cells[2].value for row in table.rows] == [5] * 8
    assert "Guest, Namey & Chen 2020" in table.note


def test_who_is_left_out_is_told_with_the_reason(bench):
    bring_in(bench, a_respondent("uusi"), an_answer(TEXT, "koodaamatta", "uusi"))
    told = saturation.sentences(found(bench), gettext_for("fi"), ORDERS)
    assert told[-1] == "1 vastaaja on jätetty pois: hänen vastauksistaan ei ole koodattu mitään."
    coding.set_aside(bench, ["koodaamatta"], True)
    assert found(bench).untouched == 0
    home = categorising.add(bench, "Apu", Level.SUBCATEGORY)
    kept = reducing.reduce(bench, "d0", 0, len(TEXT), "apua saatiin")
    categorising.place(bench, [kept.id], home.id)
    for n in (1, 2):
        reducing.reduce(bench, f"d{n}", 0, len(TEXT), "arki sujuu")
    course = found(bench, Of.CATEGORIES)
    assert (course.people, course.unplaced, course.untouched) == (1, 2, 5)
    assert saturation.sentences(course, gettext_for("fi"), ORDERS)[1:] == [
        "5 vastaajaa on jätetty pois: heidän vastauksistaan ei ole pelkistetty mitään.",
        "2 vastaajaa on jätetty pois: heidän pelkistyksillään ei ole vielä alaluokkaa.",
    ]
