"""Whoever reviews reads the results, and is not told who has answered. All texts are invented."""

from __future__ import annotations

from contextlib import closing, contextmanager

import pytest

from qualcode.domain.categories import Level
from qualcode.domain.documents import Segment
from qualcode.store import opening
from qualcode.workbench import categorising, reducing
from qualcode.workbench.quoting import checking, choosing, rules
from qualcode.workbench.quoting.rules import QuoteRules
from tests.apptest import fire
from tests.builders import a_bench, a_respondent, a_study, an_answer, bring_in
from tests.ui.grouping_study import texts
from tests.ui.page_study import open_page
from tests.workbench.test_closed_tables import a_file

SAID = ("Liisa auttoi aina.", "Sain apua heti.", "Kukaan ei vastannut.")


def quotes_script():
    from qualcode.ui import state
    from qualcode.ui.pages import quotes_page

    quotes_page.show(state.bench())


def closed_script():
    from qualcode.ui import state
    from qualcode.ui.pages import closed_page

    closed_page.show(state.bench())


def report_script():
    from qualcode.ui import state
    from qualcode.ui.pages import report_page

    report_page.show(state.bench())


@pytest.fixture
def path(tmp_path, monkeypatch):
    """Eleven clients, the first the only man; the first three are reduced, two of them placed."""
    path = tmp_path / "keksitty.qualcode"
    with closing(opening.create(path)) as store:
        bench = a_study(store)
        for n in range(11):
            known = {"sukupuoli": "nainen" if n else "mies", "lupa": "ei" if n == 1 else "kyllä"}
            bring_in(bench, a_respondent(f"tunnus{n}", "asiakas", known, n))
        for n, text in enumerate(SAID):
            bring_in(bench, an_answer(text, f"d{n}", f"tunnus{n}", position=n))
        made = [reducing.reduce(bench, f"d{n}", 0, len(SAID[n]), f"apu {n}").id for n in range(3)]
        categorising.add(bench, "Apu", Level.SUBCATEGORY, reductions=made[:2])
        rules.set_rules(bench, QuoteRules(consent="lupa", consented=("kyllä",)))
    from qualcode.ui.pages import quotes_row

    monkeypatch.setattr(quotes_row, "names_in", lambda texts, language: [[] for _ in texts])
    return path


@contextmanager
def bench_of(path):
    with closing(opening.open_study(path)) as store:
        yield a_bench(store, prefix="t")


def read_as(path, script, reviewing, key="", part=""):
    app = open_page(script, path, "Pekka", reviewing=reviewing)
    if key:
        app.session_state[key] = part
        app.run()
        assert not app.exception
    return app


def choose(path, *places, check=()):
    """Chooses the quotes of these answers, and checks some."""
    with bench_of(path) as bench:
        with bench.store.reading() as rows:
            segments = {s.document_id: s.id for s in rows.find(Segment)}
        choosing.choose(bench, [segments[f"d{n}"] for n in places])
        checking.check(bench, [segments[f"d{n}"] for n in check])


@pytest.mark.parametrize("part", ["all", "chosen", "unplaced"])
def test_quotes_are_read_without_identifiers_and_without_what_is_rare(path, part):
    choose(path, 0)
    key = "filter:quotes:part"
    analyst = texts(read_as(path, quotes_script, False, key, part))
    assert "TUNNUS" in analyst
    assert part == "unplaced" or "sukupuoli: mies (1/11)" in analyst
    app = read_as(path, quotes_script, True, key, part)
    told = texts(app)
    assert "asiakas 1" in told or "asiakas 3" in told
    assert "TUNNUS" not in told and "mies" not in told and "/11" not in told
    assert part == "unplaced" or "harvalla sama tausta" in told
    helps = " ".join(one.help or "" for kind in (app.caption, app.button) for one in kind)
    assert "TUNNUS" not in helps
    assert "Lue sitaatti silti" not in told and "sijoita ne" not in told


def test_a_reader_downloads_quotes_without_choosing_which_or_asking_for_identifiers(path):
    choose(path, 0, 1, 2, check=(0,))
    app = open_page(quotes_script, path, "Pekka", reviewing=True)
    app.session_state["quotes-export"] = True
    app.run()
    assert not app.exception
    assert [b.label for b in app.get("download_button")] == ["Word", "Excel", "CSV"]
    assert not app.checkbox
    assert "quotes-export-which" not in [one.key for one in app.button_group]


def a_survey(path):
    with bench_of(path) as bench:
        a_file(bench, "kysely", "asiakas", [0, 2, 2, 1, "en tiedä kumpi"])


def test_a_closed_answer_is_read_without_whose_it_is_and_where_it_stood(path):
    a_survey(path)
    told = {}
    for reviewing in (False, True):
        app = read_as(path, closed_script, reviewing)
        there = {"table": "closed_1", "row": 0, "column": 6}
        fire(app, "closed-table-closed_1", "open", there)
        assert not app.exception
        told[reviewing] = texts(app)
        assert "en tiedä kumpi" in told[reviewing]
    assert "kysely4" in told[False]
    assert "kysely4" not in told[True]


def test_answers_in_words_are_read_without_whose_they_are(path):
    a_survey(path)
    key = "filter:closed:part-True"
    analyst = texts(read_as(path, closed_script, False, key, "verbal"))
    assert "kysely4" in analyst and "kunnes kerrot" in analyst
    told = texts(read_as(path, closed_script, True, key, "verbal"))
    assert "en tiedä kumpi" in told and "Sain tietoa" in told
    assert "kysely4" not in told and "kunnes kerrot" not in told


def test_questions_side_by_side_send_a_reader_nowhere_to_do_something(path):
    a_survey(path)
    key = "filter:closed:part-True"
    assert "Lomakkeet" in texts(read_as(path, closed_script, False, key, "sides"))
    told = texts(read_as(path, closed_script, True, key, "sides"))
    assert "Mihinkään kysymykseen" in told and "Lomakkeet" not in told


def test_the_report_offers_a_reader_no_identifiers_no_data_and_no_unchecked_quotes(path):
    choose(path, 0)
    offered = {one.key for one in read_as(path, report_script, False).checkbox}
    unseen = {f"filter:report:{name}" for name in ("labels", "data", "only-chosen")}
    left = {one.key for one in read_as(path, report_script, True).checkbox}
    assert offered - left == unseen


def test_behind_a_number_of_the_report_stands_no_name_of_who_gave_a_closed_answer(path):
    a_survey(path)
    told = {}
    for reviewing in (False, True):
        app = read_as(path, report_script, reviewing, "filter:report:table", "closed_1")
        fire(app, "report-preview", "open", {"table": "closed_1", "row": 0, "column": 6})
        assert not app.exception
        told[reviewing] = texts(app)
        assert "en tiedä kumpi" in told[reviewing] and "1 vastaaja" in told[reviewing]
    assert "asiakas 9" in told[False]
    assert "asiakas 9" not in told[True]
