"""Suggestions hidden until the coder has decided, or switched off for the study.

A real browser with real keys. Invented answers.
"""

from __future__ import annotations

import pytest

from qualcode.domain.codes import Code
from qualcode.domain.decisions import Act
from qualcode.domain.documents import Document
from qualcode.domain.suggestions import Candidate
from qualcode.store.offers import CODE
from qualcode.workbench import coding, history
from qualcode.workbench.suggesting import keeping, options
from tests.ui.reading_page import Reading
from tests.ui.reading_study import CODER, bench_of, make_study

pytestmark = [pytest.mark.browser, pytest.mark.slow]

READY = 120_000
HIDDEN, BLIND, OFF = "Piilossa, kunnes olet itse koodannut tämän.", "Sokko", "Pois käytöstä"


@pytest.fixture
def server(language_model, serve, tmp_path, monkeypatch):
    monkeypatch.setenv("QUALCODE_CODER", CODER)
    return serve(make_study(tmp_path / "study.qualcode", questions=1))


def choose(page, server, how):
    """How suggestions are shown, chosen on their page."""
    page.goto(f"{server.url}/ehdotukset")
    page.get_by_role("tab", name="Asetukset").click()
    page.get_by_role("radiogroup", name="Ehdotukset koodeista ja paikoista").get_by_text(
        how
    ).click()
    page.get_by_text("Tallennettu.").first.wait_for()


def newest(server):
    bench = bench_of(server.study)
    found = history.log(bench, 0, 1).rows[0]
    bench.store.close()
    return found


def test_in_blind_mode_nothing_is_told_before_the_coders_own_decision(page, server):
    choose(page, server, BLIND)
    assert newest(server).act is Act.SET_SUGGESTIONS
    reading = Reading(page, server)
    reading.open()
    line = page.locator(".qc-proposed[data-state=blind][data-doc=q0-0]")
    line.get_by_text(HIDDEN).wait_for(timeout=READY)
    reading.press("q")
    reading.press("e")
    assert page.locator(".qc-suggestion").count() == 0, "there is nothing to give or to choose"
    reading.act("1")
    page.wait_for_selector(".qc-proposed .qc-suggestion-verdict", timeout=READY)
    assert len(reading.codings) == 1, "the coder's own code alone: Q gave nothing"
    said = page.locator(".qc-suggestion-verdict").inner_text()
    told = page.locator(".qc-suggestion-told")
    assert told.count() == 3
    same = page.locator(".qc-suggestion-told.qc-is-same").count()
    assert said.startswith("Sama kuin ehdotus" if same else "Eri kuin ehdotukset")
    reading.press("j")
    page.locator(".qc-proposed[data-doc=q0-1]").get_by_text(HIDDEN).wait_for(timeout=READY)


def test_switched_off_the_line_is_gone_until_they_are_shown_again(page, server):
    choose(page, server, OFF)
    reading = Reading(page, server)
    page.route("**/qc/offers", lambda route: route.abort())
    reading.open()
    assert page.locator(".qc-proposed").is_hidden(), "it has no room from the beginning"
    page.unroute("**/qc/offers")
    reading.press("j")
    page.locator(".qc-proposed[data-state=off]").wait_for(state="hidden", timeout=READY)
    page.locator(".qc-offers-off").get_by_text("Ehdotukset pois käytöstä").wait_for()
    reading.press("k")
    reading.press("q")
    page.locator(".qc-foot").get_by_text("välilehdellä Asetukset").first.wait_for()
    reading.act("1")
    assert len(reading.codings) == 1
    choose(page, server, "Näytetään työn aikana")
    reading.open(1)
    page.wait_for_selector(".qc-proposed[data-doc=q0-1] .qc-suggestion", timeout=READY)


def study_of_wrong_suggestions(path):
    """Every suggestion so far was wrong, whatever its score: 35 answers got another code.

    The answers of question 0 wait.
    """
    make_study(path, questions=8)
    bench = bench_of(path)
    with bench.store.reading() as rows:
        offered, given = sorted(rows.find(Code), key=lambda code: code.id)[:2]
        answers = [d for d in rows.find(Document) if d.item_id != "q0"]
    for number, answer in enumerate(answers):
        span = (answer.id, 0, len(answer.text))
        score = (0.3, 0.5, 0.7, 0.9)[number % 4]
        keeping.note(bench, CODE, span, [Candidate(offered.id, "", score)], "")
        coding.code(bench, *span, given.id)
    keeping.write_down(bench)
    options.set_unsure_below(bench, 0.5)
    bench.store.close()
    return path


def test_what_is_not_known_is_said_and_listed_and_opens_from_the_list(
    language_model, page, serve, tmp_path
):
    reading = Reading(page, serve(study_of_wrong_suggestions(tmp_path / "study.qualcode")))
    reading.open()
    page.locator(".qc-proposed[data-doc=q0-0]").get_by_text("En tiedä").wait_for(timeout=READY)
    reading.press("Shift+E")
    page.wait_for_selector("dialog.qc-review[data-ready=true]", timeout=READY)
    pile = page.locator(".qc-review-unsure")
    assert pile.locator("b").inner_text() == "En tiedä (5)"
    pile.locator("button").nth(3).focus()
    reading.press("Enter")
    reading.wait_active(3)
    page.wait_for_selector(f"{reading.row(3)}:focus")
    assert reading.codings == []
