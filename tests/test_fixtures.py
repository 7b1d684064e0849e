"""The fixtures do what they promise: a real PostgreSQL, a real browser, a served app, AppTest."""

from __future__ import annotations

import functools
import subprocess
import sys
import tempfile
import textwrap
import threading
import urllib.request
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import sqlalchemy
from streamlit.testing.v1 import AppTest

from tests.apptest import component_data, fire
from tests.browsing import outside
from tests.postgres import PostgresServer, PostgresUnavailable
from tests.serving import AppServer
from tests.window import Window

# --- PostgreSQL


@pytest.mark.postgres
def test_postgres_keeps_what_is_written(postgres_url):
    engine = sqlalchemy.create_engine(postgres_url)
    with engine.begin() as connection:
        connection.execute(sqlalchemy.text("CREATE TABLE answers (words text)"))
        connection.execute(sqlalchemy.text("INSERT INTO answers VALUES ('Äiti 😀')"))
    with engine.connect() as connection:
        row = connection.execute(
            sqlalchemy.text("SELECT words, lower(words), length(words) FROM answers")
        ).one()
    # Code points are counted and Finnish letters have a lower case, as on a server in real use.
    assert tuple(row) == ("Äiti 😀", "äiti 😀", 6)
    engine.dispose()


@pytest.mark.postgres
@pytest.mark.parametrize("turn", [1, 2])
def test_each_test_has_an_empty_database(postgres_url, turn):
    engine = sqlalchemy.create_engine(postgres_url)
    assert sqlalchemy.inspect(engine).get_table_names() == []
    with engine.begin() as connection:
        connection.execute(sqlalchemy.text("CREATE TABLE left_behind (turn int)"))
    # Left open on purpose: a test's connection doesn't keep its database from being removed.
    engine.connect()


@pytest.mark.postgres
def test_a_stopped_server_leaves_nothing(postgres_server):
    server = PostgresServer.start(postgres_server.programs)
    folder = server.folder
    assert (folder / ".s.PGSQL.5432").exists()
    server.stop()
    assert not folder.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="the server isn't started there")
def test_a_server_that_cannot_start_says_why():
    # Not in tmp_path, which only we may enter: as root the server runs as another account.
    with tempfile.TemporaryDirectory() as programs:
        initdb = Path(programs) / "initdb"
        initdb.write_text("#!/bin/sh\necho no room on the disk\nexit 1\n")
        initdb.chmod(0o755)
        Path(programs).chmod(0o755)
        with pytest.raises(PostgresUnavailable, match="no room on the disk"):
            PostgresServer.start(Path(programs))


# --- the browser

A_PAGE = "<!doctype html><title>koe</title><p id=greeting>Hyvää päivää</p>"


@pytest.mark.browser
def test_a_page_lists_what_it_asked_for(page):
    page.route("http://outside.example/**", lambda route: route.abort())
    page.goto("data:text/html;charset=utf-8," + A_PAGE)
    assert page.locator("#greeting").inner_text() == "Hyvää päivää"
    assert page.evaluate("navigator.language") == "fi-FI"
    assert outside(page.requested) == []
    page.evaluate("fetch('http://outside.example/letters.woff').catch(() => null)")
    assert outside(page.requested) == ["http://outside.example/letters.woff"]


@pytest.fixture
def own_window(chromium):
    """What this test does to a window must not come to the others' when it fails."""
    window = Window(
        chromium.browser,
        viewport={"width": 1440, "height": 900},
        locale="fi-FI",
        reduced_motion="reduce",
    )
    yield window
    window.throw_away()


@pytest.mark.browser
def test_a_page_has_nothing_of_the_one_before_it(own_window, tmp_path):
    folder = functools.partial(SimpleHTTPRequestHandler, directory=tmp_path)
    with ThreadingHTTPServer(("127.0.0.1", 0), folder) as server:
        threading.Thread(target=server.serve_forever).start()
        address = f"http://127.0.0.1:{server.server_port}/"
        page = own_window.open()
        page.goto(address)
        page.evaluate("localStorage.setItem('left', 'here')")
        page.keyboard.down("Shift")
        page.emulate_media(color_scheme="dark", reduced_motion="no-preference")
        own_window.leave()
        same = own_window.open()
        same.goto(address)
        same.evaluate(
            "void addEventListener('keydown', (event) => { window.shift = event.shiftKey })"
        )
        same.keyboard.press("a")
        assert same is page and same.evaluate("[localStorage.length, shift]") == [0, False]
        assert not same.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
        assert same.evaluate("matchMedia('(prefers-reduced-motion)').matches")
        # What listens to a page stays with it: the next one is another, without its store either.
        same.on("dialog", lambda dialog: dialog.dismiss())
        same.evaluate("localStorage.setItem('left', 'here')")
        own_window.leave()
        other = own_window.open()
        other.goto(address)
        assert other is not page and other.evaluate("localStorage.length") == 0
        other.evaluate("localStorage.setItem('left', 'here')")
        server.shutdown()
    # Nobody answers there any more, and what the browser keeps of it is emptied all the same.
    own_window.leave()
    with ThreadingHTTPServer(("127.0.0.1", server.server_port), folder) as server:
        threading.Thread(target=server.serve_forever).start()
        again = own_window.open()
        again.goto(address)
        assert again.context is other.context and again.evaluate("localStorage.length") == 0
        server.shutdown()


@pytest.mark.browser
def test_a_javascript_error_fails_the_test(pytester_like):
    done = pytester_like(
        """
        def test_page(page):
            page.goto("data:text/html,<script>setTimeout(() => { throw Error('oho') })</script>")
            page.wait_for_timeout(100)
        """
    )
    assert "1 error" in done
    assert "oho" in done
    assert "Screenshot and console" in done


@pytest.fixture
def pytester_like(tmp_path):
    """Runs a test module of its own under the project's conftest; returns what pytest said."""
    root = Path(__file__).resolve().parent.parent

    def run(module: str) -> str:
        (tmp_path / "test_inner.py").write_text(textwrap.dedent(module), encoding="utf-8")
        command = [
            sys.executable, "-m", "pytest", str(tmp_path), "-q", "-p", "tests.conftest",
            "-p", "no:cacheprovider", "--rootdir", str(root), "-c", str(root / "pyproject.toml"),
        ]  # fmt: skip
        done = subprocess.run(
            command, cwd=root, capture_output=True, text=True, encoding="utf-8", check=False
        )
        return done.stdout + done.stderr

    return run


# --- a served app

AN_APP = """
import streamlit as st
st.title("Koe")
if st.query_params.get("break"):
    raise RuntimeError("broken on purpose")
"""


@pytest.fixture
def an_app(tmp_path):
    """A Streamlit server on a one-line app, under the project's own settings."""
    script = tmp_path / "an_app.py"
    script.write_text(AN_APP, encoding="utf-8")
    server = AppServer(
        lambda port: [
            sys.executable,
            "-m",
            "streamlit",
            "run",
            str(script),
            "--server.port",
            str(port),
        ],
        log=tmp_path / "server.log",
    )
    server.start()
    yield server
    server.stop()


def answers(server: AppServer) -> bool:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(server.url + "/_stcore/health", timeout=2) as answer:
            return answer.status == 200
    except OSError:
        return False


@pytest.mark.slow
def test_a_killed_server_comes_back_on_its_port(an_app):
    url = an_app.url
    assert answers(an_app)
    an_app.kill()
    assert not answers(an_app)
    an_app.restart()
    assert an_app.url == url
    assert answers(an_app)
    an_app.stop_and_check_log()


@pytest.mark.slow
@pytest.mark.browser
def test_an_exception_in_the_app_is_found_in_its_log(an_app, page):
    page.goto(an_app.url)
    page.get_by_role("heading", name="Koe").wait_for()
    assert outside(page.requested) == []
    page.goto(an_app.url + "/?break=1")
    page.get_by_text("RuntimeError").first.wait_for()
    # showErrorDetails = "type": the message itself may quote an answer and stays in the log.
    assert page.get_by_text("broken on purpose").count() == 0
    with pytest.raises(AssertionError, match="broken on purpose"):
        an_app.stop_and_check_log()


def test_a_server_that_ends_at_once_shows_what_it_said(tmp_path):
    server = AppServer(
        lambda port: [sys.executable, "-c", "print('no such study'); raise SystemExit(4)"],
        log=tmp_path / "server.log",
    )
    with pytest.raises(AssertionError, match="no such study"):
        server.start()


# --- AppTest


def component_page() -> None:
    import streamlit as st

    counter = st.components.v2.component("counter", js="export default function () {}")
    st.session_state.setdefault("sum", 0)

    def add() -> None:
        st.session_state.sum += st.session_state["the-counter"]["step"]["by"]

    shown = {"sum": st.session_state.sum, "word": "pelkistys"}
    counter(key="the-counter", data=shown, on_step_change=add)


def test_a_component_is_read_and_answers():
    app = AppTest.from_function(component_page, default_timeout=30).run()
    assert component_data(app, "the-counter") == {"sum": 0, "word": "pelkistys"}
    fire(app, "the-counter", "step", {"by": 3})
    fire(app, "the-counter", "step", {"by": 4})
    assert not app.exception
    # A callback runs before the page, so what the page shows is already the new sum.
    assert component_data(app, "the-counter")["sum"] == 7
    assert app.session_state.sum == 7


def test_a_component_that_is_not_shown_is_named():
    app = AppTest.from_function(component_page, default_timeout=30).run()
    with pytest.raises(AssertionError, match=r"'board'.*shown: .*the-counter"):
        component_data(app, "board")
