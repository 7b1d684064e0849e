"""Whether the study is whole. Each fault is made past the acts, which would refuse it."""

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from qualcode.domain.categories import Category, Level, Placement
from qualcode.domain.coding import Coding, ReducedExpression
from qualcode.domain.documents import Document, Segment
from qualcode.domain.quotes import ChosenQuote
from qualcode.domain.role_maps import Role
from qualcode.domain.second_marks import Alike, Likeness
from qualcode.store.memory import MemoryStore
from qualcode.store.opening import create
from qualcode.workbench import history, reporting
from qualcode.workbench.checking import check
from tests import report_builders


@pytest.fixture
def bench():
    return report_builders.small_study(MemoryStore())


def spoil(bench, *entities):
    """Changes rows behind the log's back."""
    with bench.store.writing() as writing:
        for entity in entities:
            writing.put(entity)


def first(bench, cls, **equals):
    with bench.store.reading() as rows:
        return sorted(rows.find(cls, **equals), key=lambda row: row.id)[0]


def told(bench):
    return "\n".join(str(finding) for finding in check(bench))


def test_a_study_made_by_acts_is_whole(bench):
    assert check(bench) == []


def test_it_is_still_whole_after_undo_and_redo(bench):
    for _ in range(5):
        history.undo(bench)
    for _ in range(3):
        history.redo(bench)
    assert check(bench) == []


def test_an_expression_outside_its_text_is_found(bench):
    spoil(bench, replace(first(bench, Segment, document_id="d0"), end=9000))
    assert "Se on tekstinsä ulkopuolella (0–9000)." in told(bench)


def test_a_text_that_was_not_normalised_is_found(bench):
    document = first(bench, Document, id="d0")
    spoil(bench, replace(document, text=document.text + "\r\n"))
    assert "ei ole siinä muodossa" in told(bench)


def test_a_reduction_with_nothing_behind_it_is_found(bench):
    spoil(bench, ReducedExpression("lost", "leijuu ilmassa"))
    assert "”leijuu ilmassa”: Sen takana ei ole yhtään alkuperäisilmausta." in told(bench)


def test_a_reduction_placed_higher_than_a_subcategory_is_found(bench):
    top = first(bench, Category, level=Level.MAIN_CATEGORY)
    placement = first(bench, Placement)
    spoil(bench, replace(placement, category_id=top.id))
    assert "joka ei ole alaluokka" in told(bench)


def test_a_category_under_one_of_a_lower_level_is_found(bench):
    sub = first(bench, Category, level=Level.SUBCATEGORY)
    main = first(bench, Category, name="Kohtaaminen")
    spoil(bench, replace(main, parent_id=sub.id))
    assert "joka ei ole ylempää tasoa" in told(bench)


def test_a_tree_that_goes_round_is_found(bench):
    one = first(bench, Category, name="Oma päätösvalta")
    two = first(bench, Category, name="Valinta")
    spoil(bench, replace(one, parent_id=two.id))
    assert told(bench).count("Se on oman itsensä alla.") == 2


def test_a_quote_of_what_nobody_has_coded_is_found(bench):
    spoil(bench, Segment("d0:0-2", "d0", 0, 2), ChosenQuote("d0:0-2"))
    assert "Sitaatti d0:0-2: Se on valittu raporttiin, mutta kukaan ei ole koodannut" in told(bench)


def test_two_views_of_one_coder_on_the_same_two_findings_are_found(bench):
    pair = [("category", category) for category in ("yksi", "kaksi")]
    spoil(
        bench,
        Likeness("a", Alike.SAME, *pair[0], *pair[1], "Maija"),
        Likeness("b", Alike.DIFFERS, *pair[1], *pair[0], "Maija"),
        Likeness("c", Alike.DIFFERS, *pair[1], *pair[0], "Pekka"),
    )
    assert told(bench).count("samoja kahta tulosta toiseen kertaan") == 1


def test_a_row_that_names_what_is_not_there_is_found(tmp_path):
    path = tmp_path / "rikki.qualcode"
    bench = report_builders.small_study(create(path))
    role = first(bench, Role)
    with closing(sqlite3.connect(path)) as past_the_program, past_the_program as rows:
        rows.execute("INSERT INTO role_pair VALUES ('p', ?, 'poissa', '')", (role.id,))
    found = told(bench)
    assert "p: Se viittaa sellaiseen, mitä tutkimuksessa ei ole (rooli poissa)." in found
    bench.store.close()


def test_a_row_changed_past_the_log_is_found(bench):
    spoil(bench, replace(first(bench, Role, name="Kumppani"), name="Vaihdettu"))
    [finding] = check(bench)
    assert finding.where.startswith("Ratkaisuloki, role ")


def test_a_row_removed_past_the_log_is_found(bench):
    coding = first(bench, Coding)
    with bench.store.writing() as writing:
        writing.remove(Coding, [coding.id])
    assert any(coding.id in finding.where for finding in check(bench))


def test_a_number_without_its_evidence_is_found(bench, monkeypatch):
    make = reporting.report

    def wrong(*arguments, **named):
        report = make(*arguments, **named)
        return replace(report, traces=dict(list(report.traces.items())[1:]))

    monkeypatch.setattr(reporting, "report", wrong)
    findings = check(bench)
    assert findings
    assert all(finding.where.startswith("Raportti, taulukko") for finding in findings)
