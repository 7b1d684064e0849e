"""The page of reading without a browser: what is sent to the marker, and what comes back of it."""

from __future__ import annotations

import json

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from qualcode.domain.codes import Code, Codebook, colour_for
from qualcode.ui.components.segment_marker import (
    DETAIL_BUDGET,
    KEYS,
    TEXTS,
    marker_codes,
    safe_colour,
)
from qualcode.workbench import coding, reducing
from tests.apptest import component_data, fire
from tests.ui.reading_study import ANSWERS, CODER, bench_of, codings, make_study

MARKER = "segment_marker"


def _page() -> None:
    from qualcode.ui import shell, state
    from qualcode.ui.pages import coding_page

    state.page_link = lambda address, label, icon=None: None  # links need the app's navigation
    shell.header()
    coding_page.show(state.bench())


@pytest.fixture
def read(tmp_path, monkeypatch):
    """Opens the page on a study; gives the app as it is after its first run."""

    def open_page(study, **query):
        monkeypatch.setenv("QUALCODE_STUDY", str(study))
        monkeypatch.setenv("QUALCODE_CODER", CODER)
        st.cache_resource.clear()
        st.cache_data.clear()
        app = AppTest.from_function(_page, default_timeout=60)
        for name, value in query.items():
            app.query_params[name] = value
        return app.run()

    yield open_page
    st.cache_resource.clear()


def operation(seq, **fields):
    return {"op": "code", "id": f"k{seq}", "doc": "q0-0", "start": 0, "end": 4, "code": "c0",
            "seq": seq, **fields}  # fmt: skip


def send(app, *operations, client="window"):
    return fire(app, MARKER, "ops", {"client": client, "ops": list(operations)})


def reply(app):
    return component_data(app, MARKER)["reply"]


def test_the_marker_gets_the_answers_with_their_codes_and_reductions(read, tmp_path):
    study = make_study(tmp_path / "s.qualcode")
    mine, other = bench_of(study), bench_of(study, "Pekka")
    coding.code(mine, "q0-0", 0, 4, "c0")
    coding.code(other, "q0-0", 5, 9, "c1")
    reducing.reduce(mine, "q0-0", 0, 4, "saaminen")
    data = component_data(read(study), MARKER)
    row = data["rows"][0]
    assert (row["number"], row["label"], row["text"]) == ("1", "V0", ANSWERS[0])
    assert [span[1:] for span in row["spans"]] == [[0, 4, "c0"], [5, 9, "c1", "Pekka"]]
    assert [link[4] for link in row["reductions"]] == ["saaminen"]
    assert [code["key"] for code in data["codes"]] == ["1", "2", "3", ""]
    assert len(json.dumps(data)) < 60_000


def test_an_operation_is_carried_out_once_however_often_it_is_sent(read, tmp_path):
    study = make_study(tmp_path / "s.qualcode")
    app = read(study)
    for _ in range(3):
        send(app, operation(1))
    assert reply(app)["ack"] == {"window": 1}
    assert codings(study) == [("Sain", "Osallisuus")]
    assert len(component_data(app, MARKER)["rows"][0]["spans"]) == 1


def test_a_refusal_says_why_and_the_rest_goes_in(read, tmp_path):
    study = make_study(tmp_path / "s.qualcode")
    app = read(study)
    send(app, operation(1, end=9_999), operation(2, code="nothing"), operation(3))
    told = reply(app)
    assert told["ack"] == {"window": 3}
    assert [refusal["seq"] for refusal in told["refused"]] == [1, 2]
    assert all(len(refusal["message"]) > 20 for refusal in told["refused"])
    assert codings(study) == [("Sain", "Osallisuus")]
    send(app, operation(1, end=9_999), operation(2, code="nothing"), operation(3))
    assert [refusal["seq"] for refusal in reply(app)["refused"]] == [1, 2], "a resend hides none"


@pytest.mark.parametrize(
    ("event", "value"),
    [
        ("ops", None),
        ("ops", {"client": 7, "ops": []}),
        ("ops", {"client": "x", "ops": "no list"}),
        ("ops", {"client": "x", "ops": [1, None, {"op": "code"}]}),
        ("ops", {"client": "x" * 500, "ops": [operation(1)]}),
        ("ask", {"token": "one", "text": "apua"}),
        ("ask", {"token": 1, "text": ["apua"]}),
        ("page", {"delta": 10**9, "from": "q0-0"}),
        ("page", {"delta": 1, "from": ["q0-0"]}),
        ("page", "next"),
    ],
)
def test_what_a_tampered_browser_sends_harms_nothing(read, tmp_path, event, value):
    study = make_study(tmp_path / "s.qualcode")
    app = read(study)
    fire(app, MARKER, event, value)
    assert not app.exception
    assert codings(study) == []
    send(app, operation(1))
    assert codings(study) == [("Sain", "Osallisuus")]


def test_nearest_reductions_are_offered_for_what_is_written(read, tmp_path):
    study = make_study(tmp_path / "s.qualcode")
    bench = bench_of(study)
    reducing.reduce(bench, "q0-0", 0, 4, "apua saatiin heti")
    reducing.reduce(bench, "q0-1", 0, 4, "rahat loppuivat kesken")
    app = read(study)
    fire(app, MARKER, "ask", {"token": 5, "text": "apua saatiin nopeasti", "doc": "q0-2"})
    offers = reply(app)["offers"]
    assert offers["token"] == 5
    assert offers["items"][0]["wording"] == "apua saatiin heti"
    assert offers["items"][0]["uses"] == 1


def test_undo_tells_what_it_took_back(read, tmp_path):
    study = make_study(tmp_path / "s.qualcode")
    app = read(study)
    send(app, operation(1))
    send(app, {"op": "undo", "seq": 2})
    assert codings(study) == []
    assert "Osallisuus" in reply(app)["notice"] or "Sain" in reply(app)["notice"]
    send(app, operation(3, id="k3"))
    assert reply(app)["notice"] is None


def test_the_next_page_of_a_filter_passes_over_no_answer(read, tmp_path):
    study = make_study(tmp_path / "s.qualcode", [f"Vastaus {n}" for n in range(60)])
    app = read(study)
    app.session_state["filter:coding:state"] = "uncoded"
    app.run()
    shown = [row["id"] for row in component_data(app, MARKER)["rows"]]
    send(app, *(operation(n + 1, doc=doc) for n, doc in enumerate(shown[:10])))
    assert [row["id"] for row in component_data(app, MARKER)["rows"]] == shown
    for _ in range(2):  # a repeated wish turns one page
        fire(app, MARKER, "page", {"delta": 1, "from": shown[0]})
    turned = [row["id"] for row in component_data(app, MARKER)["rows"]]
    assert turned[0] == "q0-25"


def test_a_link_opens_the_page_that_holds_the_answer(read, tmp_path):
    study = make_study(tmp_path / "s.qualcode", [f"Vastaus {n}" for n in range(60)], questions=2)
    data = component_data(read(study, vastaus="q1-30"), MARKER)
    assert data["options"]["open"]["doc"] == "q1-30"
    assert data["rows"][0]["id"] == "q1-25"
    assert data["options"]["has_previous"] and data["options"]["has_next"]


def test_a_link_to_an_answer_that_is_gone_says_so_and_shows_the_others(read, tmp_path):
    app = read(make_study(tmp_path / "s.qualcode"), vastaus="nobody")
    assert not app.exception
    assert len(component_data(app, MARKER)["rows"]) == len(ANSWERS)


def test_an_empty_study_says_what_to_do_next(read, tmp_path):
    app = read(make_study(tmp_path / "s.qualcode", []))
    assert "Tuo ensin vastaukset" in app.info[0].value


def test_filters_that_nothing_matches_can_be_cleared(read, tmp_path):
    app = read(make_study(tmp_path / "s.qualcode"))
    app.text_input(key="filter:coding:text").set_value("qqqq").run()
    assert "Mikään vastaus" in app.info[0].value
    next(b for b in app.button if b.label == "Näytä kaikki vastaukset").click().run()
    assert len(component_data(app, MARKER)["rows"]) == len(ANSWERS)


def test_a_code_is_pinned_to_a_key_in_the_side_panel(read, tmp_path):
    app = read(make_study(tmp_path / "s.qualcode"))
    app.selectbox(key="filter:coding:looked-at").select("c3").run()
    app.selectbox(key="pin:c3:").select("1").run()
    keys = {code["label"]: code["key"] for code in component_data(app, MARKER)["codes"]}
    assert keys == {"Osallisuus": "", "Valinnanvapaus": "2", "Tiedon puute": "3", "Luottamus": "1"}


def test_every_text_of_the_marker_is_in_finnish(read, tmp_path):
    data = component_data(read(make_study(tmp_path / "s.qualcode")), MARKER)
    same = {name for name, text in data["texts"].items() if text == TEXTS[name]}
    assert same == set()
    finnish = [key["text"] for key in data["options"]["keys"]]
    assert not set(finnish) & {text for _, text in KEYS}


# --- values ---------------------------------------------------------------------------------------


def test_long_definitions_are_cut_to_one_message():
    books = {"b": Codebook("b", "b", "Kirja")}
    codes = [
        Code(f"c{n}", "b", f"k{n}", f"Koodi {n}", definition_fi="pitkä " * 200) for n in range(300)
    ]
    shown = marker_codes(codes, books, "fi", str)
    assert sum(len(code.definition) for code in shown) <= DETAIL_BUDGET
    assert shown[0].definition.endswith("…")
    short = marker_codes(codes[:5], books, "fi", str)
    assert short[0].definition == codes[0].definition_fi


@pytest.mark.parametrize(
    "colour", ["", "red", "#12", "#12345g", "#123456; background: url(//x)", "url(//example.org)"]
)
def test_a_colour_that_is_none_becomes_the_palettes(colour):
    assert safe_colour(colour, 3) == colour_for(3)
