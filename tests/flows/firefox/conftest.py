"""One Firefox and one tab for all stories; one server and one study for each module."""

from __future__ import annotations

import itertools
import sys

import pytest

from scripts.system_packages import find_firefox
from tests.conftest import unavailable
from tests.firefox import Firefox
from tests.firefox_page import FirefoxPage, ServerEnded
from tests.flows.firefox.reading import CODER, QUESTIONS, FirefoxReading, told_study
from tests.serving import served


@pytest.fixture(scope="session")
def the_firefox(tmp_path_factory):
    """Starts Firefox when it is asked for, and again should it die."""
    program = find_firefox()
    if program is None:
        unavailable("no Firefox", "install Debian's package firefox-esr")
    started: list[Firefox] = []

    def running() -> Firefox:
        if not started or not started[-1].running:
            started.append(Firefox(program, tmp_path_factory.mktemp("firefox")))
        return started[-1]

    yield running
    for one in started:
        one.close()


@pytest.fixture(scope="session")
def tabs(the_firefox):
    """At most one tab, which a test has left as new for the next one."""
    left: list[FirefoxPage] = []
    yield left
    if the_firefox().running:
        for page in left:
            page.close()


@pytest.fixture
def firefox(the_firefox, tabs, tmp_path, request):
    """A page with nothing of an earlier test in it; an uncaught JavaScript error fails the test."""
    browser = the_firefox()
    if tabs and tabs[0].browser is not browser:
        tabs.clear()  # its browser is gone
    page = tabs.pop() if tabs else FirefoxPage(browser)
    earlier = len(page.errors)
    yield page
    errors = page.errors[earlier:]
    if request.node.has_failed or errors:
        page.screenshot(tmp_path / "failed.png")
        print(f"Screenshot of the failed page: {tmp_path}", file=sys.stderr)
        page.close()
    else:
        try:
            page.leave()
            tabs.append(page)
        except ServerEnded:
            page.close()
    assert not errors, "JavaScript errors on the page:\n" + "\n".join(errors)


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("firefox-study")
    study = told_study(folder / "study.qualcode")
    with served(study, "--coder", CODER) as server:
        yield server


@pytest.fixture(scope="module")
def unread():
    """The questions that no test of the module has read yet."""
    return itertools.count()


@pytest.fixture
def reading(server, firefox, unread):
    number = next(unread)
    assert number < QUESTIONS
    reading = FirefoxReading(firefox, server, number)
    reading.open()
    return reading
