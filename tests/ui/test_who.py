"""Whose hands a window is in: as chosen, as the browser remembers, or as the run says."""

from __future__ import annotations

import json
from types import SimpleNamespace
from urllib.parse import quote

import pytest

from qualcode.bootstrap import Settings
from qualcode.commands import serving
from qualcode.commands.arguments import parser
from qualcode.ui.components import who_keeper
from tests.ui.grouping_study import grouping_study, run_page, texts


@pytest.fixture
def bench(tmp_path, monkeypatch):
    with grouping_study(tmp_path, monkeypatch) as bench:
        yield bench


def browser_with(monkeypatch, **cookies):
    monkeypatch.setattr(who_keeper, "cookie_name", lambda: "who")
    context = SimpleNamespace(cookies=cookies)
    monkeypatch.setattr(who_keeper.st, "context", context)


@pytest.mark.parametrize(
    ("kept", "known"),
    [
        (quote(json.dumps({"name": "Äiti & Co; =", "reviewing": True})), ("Äiti & Co; =", True)),
        (quote(json.dumps({"name": " Aino "})), ("Aino", False)),
        (quote(json.dumps({"name": "Aino", "reviewing": "yes"})), ("Aino", False)),
        (quote(json.dumps({"name": "  "})), None),
        (quote(json.dumps(["Aino"])), None),
        ("%7Bnot json", None),
        ("", None),
    ],
)
def test_what_a_browser_remembers_is_taken_only_when_it_is_whole(monkeypatch, kept, known):
    browser_with(monkeypatch, who=kept)
    assert who_keeper.remembered() == known


def test_a_browser_without_a_cookie_remembers_nobody(monkeypatch):
    browser_with(monkeypatch)
    assert who_keeper.remembered() is None


def page():
    import streamlit as st

    from qualcode.ui import state, who

    who.chooser()
    who.keep()
    bench = state.bench()
    st.caption(f"{bench.coder} {bench.reviewing} {state.desk().bench().reviewing}")


def test_nobody_has_sat_down_until_somebody_says_who_they_are(bench):
    app = run_page(page)
    assert "Aino False False" in texts(app)
    assert not app.get("bidi_component")


def test_who_reviews_does_so_in_the_pages_and_on_the_direct_channel(bench):
    app = run_page(page)
    app.session_state["coder"] = "Pekka"
    app.session_state["reviewing"] = True
    app.session_state["sat-down"] = True
    app.run()
    assert "Pekka True True" in texts(app)
    assert app.get("bidi_component"), "the browser is told to remember it"


@pytest.mark.parametrize(
    ("options", "asked"),
    [
        ([], False),
        (["--ask-name"], True),
        (["--address", "0.0.0.0"], True),
        (["--address", "0.0.0.0", "--coder", "Aino"], False),
        (["--address", "localhost"], False),
    ],
)
def test_a_server_for_others_asks_who_they_are(monkeypatch, tmp_path, options, asked):
    told = {}
    monkeypatch.delenv("QUALCODE_ASK_NAME", raising=False)
    monkeypatch.setattr(serving.os, "execve", lambda path, command, given: told.update(given))
    monkeypatch.setattr(serving.subprocess, "call", lambda command, env: told.update(env))
    given = parser().parse_args(["serve", "--study", str(tmp_path / "x.qualcode"), *options])
    serving.serve(given)
    assert Settings.from_environment(told).ask_name is asked
