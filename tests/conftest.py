"""Fixtures for all tests: the model study's material, a real PostgreSQL, a real browser, the app.

A tool that is missing makes its tests skip with a line on what to install; where ``CI`` is set they
fail instead, so that a green run there means that everything was run.
"""

from __future__ import annotations

import gc
import os
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest
from hypothesis import HealthCheck, settings

from scripts.system_packages import find_browser, find_postgres
from tests.postgres import PostgresServer, PostgresUnavailable
from tests.serving import AppServer, serve_command
from tests.window import Window

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Playwright

# A busy machine may take long over one example; that tells nothing of the code.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")

ROOT = Path(__file__).resolve().parent.parent

# Every window of a full Chromium loads two hidden pages for its address bar, a fifth of what a page
# of ours costs. Only the last --disable-features counts: what Playwright turns off stands here too.
UNUSED_FEATURES = (
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    "AimEnabled",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "ThirdPartyStoragePartitioning",
    "Translate",
)

# Without --no-sandbox Chromium refuses to start as root; the others keep it from calling home.
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--disable-features={','.join(UNUSED_FEATURES)}",
]


def unavailable(what: str, install: str) -> NoReturn:
    """Skips the test, or fails it on CI, saying what to install."""
    message = f"{what}: {install}"
    if os.environ.get("CI", "").lower() in ("1", "true"):
        pytest.fail(message, pytrace=False)
    pytest.skip(message)


@pytest.fixture(scope="session")
def gold() -> Path:
    """The model study's material, which lies beside the checkout and isn't shipped."""
    folder = ROOT.parent / "shared" / "gold"
    if not folder.is_dir():
        pytest.skip("the model study's material is not beside this checkout (../shared/gold)")
    return folder


@pytest.fixture(scope="session", autouse=True)
def own_data_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keeps the tests, and the programs they start, out of the person's own data folder."""
    with pytest.MonkeyPatch.context() as patch:
        home = tmp_path_factory.mktemp("home")
        for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
            patch.setenv(name, str(home / name.lower()))
        # Without the sentence model, which takes half a minute to build (see tests/nlp/test_e5.py).
        patch.setenv("QUALCODE_MODELS", str(home / "models"))
        yield


@pytest.fixture(scope="session", autouse=True)
def forked_servers() -> Iterator[None]:
    """Servers start in a tenth of the time that a user's takes (tests/forking.py)."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(AppServer, "anew", False)
        yield


# --- PostgreSQL ----------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A PostgreSQL server of the test run's own, on a socket in a temporary folder."""
    programs = find_postgres()
    if programs is None:
        unavailable("no PostgreSQL server programs", "install Debian's package postgresql")
    try:
        server = PostgresServer.start(programs)
    except PostgresUnavailable as problem:
        unavailable("PostgreSQL can't be started here", str(problem))
    yield server
    server.stop()


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """The SQLAlchemy address of an empty database of this test's own."""
    name = postgres_server.create_database()
    yield postgres_server.url(name)
    postgres_server.drop_database(name)


# --- the app -------------------------------------------------------------------------------------


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., AppServer]]:
    """Starts the real app on a study file: ``serve(study)`` -> AppServer (url, kill, restart).

    ``anew=True`` starts it as its users do, which takes three seconds of a processor more.
    Every server started is stopped at the end, and an exception in its log fails the test.
    """
    with ExitStack() as started:

        def start(study: Path, *arguments: str, anew: bool | None = None) -> AppServer:
            number = len(list(tmp_path.glob("server-*.log"))) + 1
            server = AppServer(
                lambda port: serve_command(study, port, *arguments),
                log=tmp_path / f"server-{number}.log",
                study=study,
                anew=anew,
            )
            started.callback(server.stop_and_check_log)
            server.start()
            return server

        yield start


# --- the browser ---------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def node() -> Path:
    """The Node.js that Playwright carries; ``node --test FILE`` runs the components' own tests."""
    from playwright._impl._driver import compute_driver_executable

    return Path(compute_driver_executable()[0])


class Chromium:
    """The machine's own Chromium, headless, started when asked for and again should it die.

    One crash must fail one test, not every browser test that comes after it.
    """

    def __init__(self, playwright: Playwright, program: Path) -> None:
        self._playwright = playwright
        self._program = program
        self._browser: Browser | None = None

    def browser(self) -> Browser:
        if self._browser is None or not self._browser.is_connected():
            self._browser = self._playwright.chromium.launch(
                executable_path=self._program, headless=True, args=CHROMIUM_FLAGS
            )
        return self._browser

    def close(self) -> None:
        if self._browser is not None and self._browser.is_connected():
            self._browser.close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chromium]:
    """The machine's own Chromium, driven by Playwright."""
    program = find_browser()
    if program is None or not program.is_file():
        unavailable("no Chromium", "install Debian's package chromium or set QUALCODE_CHROMIUM")
    from playwright.sync_api import expect, sync_playwright

    # Two busy cores may need longer than Playwright's five seconds for what usually takes one.
    expect.set_options(timeout=30_000)
    with sync_playwright() as playwright:
        started = Chromium(playwright, program)
        yield started
        started.close()


@pytest.fixture(scope="session")
def desktop(chromium: Chromium) -> Iterator[Window]:
    """The window that all tests share: what it has fetched and compiled it has for the next."""
    window = Window(
        chromium.browser,
        viewport={"width": 1440, "height": 900},
        locale="fi-FI",
        reduced_motion="reduce",
    )
    yield window
    window.throw_away()


@pytest.fixture(scope="session")
def laptop_window(chromium: Chromium) -> Iterator[Window]:
    """A second browser beside the desktop's, with cookies and storage of its own."""
    window = Window(
        chromium.browser,
        viewport={"width": 1280, "height": 720},
        locale="fi-FI",
        reduced_motion="reduce",
    )
    yield window
    window.throw_away()


@pytest.fixture
def laptop(laptop_window: Window, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page for whoever works at the same study as ``page``, in a browser of their own."""
    yield laptop_window.open()
    if getattr(request.node, "has_failed", False):
        laptop_window.throw_away()
    else:
        laptop_window.leave()


@pytest.fixture
def page(desktop: Window, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Page]:
    """A Finnish desktop page without animations, with nothing of an earlier test in it.

    ``page.requested`` lists every address it asked for, web sockets too; ``tests.browsing`` tells
    which of them lie outside this computer. An uncaught JavaScript error fails the test, and a
    failed test leaves a screenshot and the browser's console in its temporary folder.
    """
    page = desktop.open()
    page.requested = desktop.requested
    yield page
    errors = [*desktop.errors]
    if getattr(request.node, "has_failed", False) or errors:
        page.screenshot(path=tmp_path / "failed.png")
        (tmp_path / "console.txt").write_text("\n".join(desktop.console), encoding="utf-8")
        print(f"Screenshot and console of the failed page: {tmp_path}", file=sys.stderr)
        desktop.throw_away()
    else:
        desktop.leave()
    assert not errors, "JavaScript errors on the page:\n" + "\n".join(errors)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests in a browser get a second try, and the closing line says how many needed one.

    A real browser, a real server and two busy cores now and then miss a beat that has nothing to
    do with the change; a defect fails twice. Every other test has one try, but for one that
    says why.

    Where several workers share the files, the longest files come first, so that none is left to one
    worker while the others have nothing to do.
    """
    lengths: dict[Path, float] = defaultdict(float)
    for item in items:
        in_browser = {"page", "firefox"} & set(getattr(item, "fixturenames", ()))
        if in_browser:
            item.add_marker(pytest.mark.flaky(reruns=1))
        lengths[item.path] += 3 if in_browser else 6 if item.get_closest_marker("slow") else 0.1
    if "PYTEST_XDIST_WORKER" in os.environ:
        items.sort(key=lambda item: -lengths[item.path])


def pytest_collection_finish() -> None:
    """Thousands of tests last as long as the run: looking through them frees nothing."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):
    report = yield
    if report.when != "teardown":
        item.has_failed = report.failed
    return report
