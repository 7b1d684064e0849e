"""The page of the replay without a browser: what it says of a replay that has ended."""

from __future__ import annotations

import pytest

from qualcode.ui import state
from qualcode.ui.pages import worth_page
from qualcode.workbench.worth import beside
from qualcode.workbench.worth.beside import Replay
from tests.ui.grouping_study import grouping_study, run_page


@pytest.fixture
def bench(tmp_path, monkeypatch):
    monkeypatch.setattr(worth_page, "FEWEST", 0)
    with grouping_study(tmp_path, monkeypatch) as bench:
        yield bench


def page():
    from qualcode.ui import state
    from qualcode.ui.pages import worth_page

    worth_page.show(state.bench())


def order_chosen(app):
    return app.button_group(key=state.filter_key("worth", "order")).value


@pytest.mark.parametrize("shuffled", [0, 5])
def test_the_order_chosen_is_that_of_the_figures_below(bench, monkeypatch, shuffled):
    ended = Replay(running=False, cancelled=True, shuffled=shuffled)
    monkeypatch.setattr(beside, "state", lambda _bench: ended)
    assert order_chosen(run_page(page)) == shuffled


def test_before_the_first_replay_it_is_the_order_of_the_work(bench, monkeypatch):
    monkeypatch.setattr(beside, "state", lambda _bench: None)
    assert order_chosen(run_page(page)) == 0
