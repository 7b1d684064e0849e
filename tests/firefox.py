"""A real Firefox for the tests, by WebDriver BiDi: Playwright drives only a build of its own.

One browser serves a whole run; every test has a page of its own in it (``tests.firefox_page``).
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

SECONDS_TO_START = 60
SECONDS_TO_ANSWER = 60
# Firefox asks its maker for news, experiments and lists of unsafe addresses: not here.
QUIET = {
    "app.normandy.enabled": False,
    "app.update.enabled": False,
    "browser.aboutwelcome.enabled": False,
    "browser.newtabpage.enabled": False,
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.page": 0,
    "datareporting.policy.dataSubmissionEnabled": False,
    "extensions.update.enabled": False,
    "intl.accept_languages": "fi-FI, fi",
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "data:,",
    "toolkit.telemetry.enabled": False,
    "ui.prefersReducedMotion": 1,
}


# NS_BINDING_ABORTED: a page that is left stops fetching its fonts, which is nobody's error.
LEFT_MEANWHILE = "status=2152398850"


class FirefoxProblem(AssertionError):
    """Firefox did not start, refused a command, or the page did not come to say what it should."""


class Firefox:
    """One headless Firefox with a profile in ``folder``."""

    def __init__(self, program: Path, folder: Path) -> None:
        profile = folder / "profile"
        profile.mkdir(parents=True)
        lines = (f"user_pref({json.dumps(k)}, {json.dumps(v)});" for k, v in QUIET.items())
        (profile / "user.js").write_text("\n".join(lines), encoding="utf-8")
        self.errors: list[tuple[str, str]] = []
        """(page, what it said) of each JavaScript error that nobody caught."""
        self._said: list[str] = []
        # System access is for ``dark`` alone: the colour scheme is a setting of the browser.
        self._process = subprocess.Popen(
            [
                program, "--headless", "--no-remote", "--remote-allow-system-access",
                "--profile", profile, "--remote-debugging-port", "0",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            errors="replace",
        )  # fmt: skip
        self._socket: ClientConnection | None = None
        self._number = 0
        try:
            self._socket = connect(
                f"{self._address()}/session", max_size=None, proxy=None, legacy=True
            )
            self.call("session.new", capabilities={})
            self.call("session.subscribe", events=["log.entryAdded"])
        except BaseException:
            self.close()
            raise

    @property
    def running(self) -> bool:
        """Whether the program still runs."""
        return self._process.poll() is None

    @contextlib.contextmanager
    def dark(self) -> Iterator[None]:
        """Pages are told meanwhile that the person prefers dark colours."""
        scheme = "layout.css.prefers-color-scheme.content-override"
        self._run_inside(f"Services.prefs.setIntPref('{scheme}', 0)")
        try:
            yield
        finally:
            self._run_inside(f"Services.prefs.clearUserPref('{scheme}')")

    def close(self) -> None:
        """Ends the browser."""
        if self._socket is not None:
            self._socket.close()
        self._process.terminate()
        try:
            self._process.wait(15)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """What Firefox answers to a command of WebDriver BiDi."""
        assert self._socket is not None
        self._number += 1
        asked = {"id": self._number, "method": method, "params": parameters}
        self._socket.send(json.dumps(asked))
        while True:
            answer: dict[str, Any] = json.loads(self._socket.recv(SECONDS_TO_ANSWER))
            if answer.get("id") == self._number:
                break
            if answer.get("method") == "log.entryAdded":
                self._note(answer["params"])
        if answer["type"] == "error":
            raise FirefoxProblem(f"{method}: {answer['error']}: {answer['message']}")
        result: dict[str, Any] = answer["result"]
        return result

    def _note(self, entry: dict[str, Any]) -> None:
        # "javascript" is what nobody caught; "console" is what a page writes there itself.
        if LEFT_MEANWHILE in (entry["text"] or ""):
            return
        if entry["type"] == "javascript" and entry["level"] == "error":
            frames = (entry.get("stackTrace") or {}).get("callFrames") or [{}]
            place = f"{frames[0].get('url', '')}:{frames[0].get('lineNumber', '')}"
            self.errors.append((entry["source"].get("context", ""), f"{entry['text']} ({place})"))

    def _run_inside(self, expression: str) -> None:
        tree = self.call("browsingContext.getTree", **{"moz:scope": "chrome"})
        target = {"context": tree["contexts"][0]["context"]}
        answer = self.call(
            "script.evaluate", expression=expression, target=target, awaitPromise=False
        )
        if answer["type"] != "success":
            raise FirefoxProblem(answer["exceptionDetails"]["text"])

    def _address(self) -> str:
        """Where Firefox listens, as it says itself."""
        listening = threading.Event()
        assert self._process.stderr is not None
        stream = self._process.stderr

        def read() -> None:
            for line in stream:
                self._said.append(line)
                if "WebDriver BiDi listening on" in line:
                    listening.set()

        threading.Thread(target=read, daemon=True).start()
        if not listening.wait(SECONDS_TO_START):
            raise FirefoxProblem("Firefox does not listen:\n" + "".join(self._said))
        line = next(one for one in self._said if "WebDriver BiDi listening on" in one)
        return line.split("listening on", 1)[1].strip()
