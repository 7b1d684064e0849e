"""A real Firefox for the tests, by WebDriver BiDi: Playwright drives only a build of its own.

Just what a story needs: open an address, press keys, ask the page, wait until it says something.
"""

from __future__ import annotations

import base64
import json
import re
import subprocess
import threading
import time
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

SECONDS_TO_START = 60
SECONDS_TO_WAIT = 60
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
KEYS = {
    "Alt": "\ue00a",
    "ArrowDown": "\ue015",
    "ArrowLeft": "\ue012",
    "ArrowRight": "\ue014",
    "ArrowUp": "\ue013",
    "Backspace": "\ue003",
    "Control": "\ue009",
    "Delete": "\ue017",
    "End": "\ue010",
    "Enter": "\ue007",
    "Escape": "\ue00c",
    "Home": "\ue011",
    "PageDown": "\ue00f",
    "Shift": "\ue008",
    "Tab": "\ue004",
}


class FirefoxProblem(AssertionError):
    """Firefox did not start, refused a command, or the page did not come to say what it should."""


class Firefox:
    """One headless Firefox with a profile in ``folder`` and one page of 1280 x 720."""

    def __init__(self, program: Path, folder: Path) -> None:
        profile = folder / "profile"
        profile.mkdir()
        lines = (f"user_pref({json.dumps(k)}, {json.dumps(v)});" for k, v in QUIET.items())
        (profile / "user.js").write_text("\n".join(lines), encoding="utf-8")
        self._said: list[str] = []
        self._process = subprocess.Popen(
            [
                program, "--headless", "--no-remote",
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
            self._call("session.new", capabilities={})
            self._page = self._call("browsingContext.create", type="tab")["context"]
            self._call(
                "browsingContext.setViewport",
                context=self._page,
                viewport={"width": 1280, "height": 720},
            )
        except BaseException:
            self.close()
            raise

    def open(self, url: str) -> None:
        """Goes to the address and waits for its document."""
        self._call("browsingContext.navigate", context=self._page, url=url, wait="complete")

    def press(self, *keys: str) -> None:
        """Presses each key, such as ``a``, ``Enter`` or ``Control+z``."""
        for key in keys:
            parts = [KEYS.get(part, part) for part in re.split(r"(?<=.)\+", key)]
            self._act(
                {
                    "type": "key",
                    "id": "keyboard",
                    "actions": [
                        *({"type": "keyDown", "value": part} for part in parts),
                        *({"type": "keyUp", "value": part} for part in reversed(parts)),
                    ],
                }
            )

    def write(self, text: str) -> None:
        """Types the text, one character a key."""
        self.press(*text)

    def drag(self, *places: tuple[float, float]) -> None:
        """Presses the mouse at the first place (x, y), moves over the others, lets it go."""
        moves = [
            {"type": "pointerMove", "x": round(x), "y": round(y), "duration": 100}
            for x, y in places
        ]
        self._act(
            {
                "type": "pointer",
                "id": "mouse",
                "parameters": {"pointerType": "mouse"},
                "actions": [
                    moves[0],
                    {"type": "pointerDown", "button": 0},
                    *moves[1:],
                    {"type": "pointerUp", "button": 0},
                ],
            }
        )

    def ask(self, expression: str) -> Any:
        """The value of a JavaScript expression in the page, by way of JSON."""
        answer = self._call(
            "script.evaluate",
            expression=f"JSON.stringify({expression})",
            target={"context": self._page},
            awaitPromise=False,
        )
        if answer["type"] != "success":
            raise FirefoxProblem(answer["exceptionDetails"]["text"])
        told = answer["result"].get("value")
        return None if told is None else json.loads(told)

    def wait_for(self, expression: str) -> Any:
        """Waits until the expression is true in the page, and returns it."""
        deadline = time.monotonic() + SECONDS_TO_WAIT
        while time.monotonic() < deadline:
            told = self.ask(expression)
            if told:
                return told
            time.sleep(0.05)
        raise FirefoxProblem(f"not so after {SECONDS_TO_WAIT} s: {expression}")

    def wait_for_selector(self, selector: str) -> None:
        """Waits until something on the page fits the CSS selector."""
        self.wait_for(f"!!document.querySelector({json.dumps(selector)})")

    def screenshot(self, path: Path) -> None:
        """Saves what the page looks like as a PNG file."""
        shot = self._call("browsingContext.captureScreenshot", context=self._page)
        path.write_bytes(base64.b64decode(shot["data"]))

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

    def _act(self, *sources: dict[str, Any]) -> None:
        self._call("input.performActions", context=self._page, actions=list(sources))

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

    def _call(self, method: str, **parameters: Any) -> dict[str, Any]:
        assert self._socket is not None
        self._number += 1
        asked = {"id": self._number, "method": method, "params": parameters}
        self._socket.send(json.dumps(asked))
        while True:
            answer: dict[str, Any] = json.loads(self._socket.recv(SECONDS_TO_WAIT))
            if answer.get("id") == self._number:
                break
        if answer["type"] == "error":
            raise FirefoxProblem(f"{method}: {answer['error']}: {answer['message']}")
        result: dict[str, Any] = answer["result"]
        return result
