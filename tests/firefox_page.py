"""One page in the tests' Firefox: what a person does on it, and what it says.

Just what a story needs: open an address, press keys, use the mouse or a finger, ask the page, wait
until it says something. A place is the (x, y) of the window, in px.
"""

from __future__ import annotations

import base64
import json
import re
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.browsing import STILL
from tests.firefox import Firefox, FirefoxProblem

SECONDS_TO_WAIT = 60
SECONDS_TO_CONNECT = 10
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
    "F2": "\ue032",
    "Home": "\ue011",
    "PageDown": "\ue00f",
    "PageUp": "\ue00e",
    "Shift": "\ue008",
    "Space": " ",
    "Tab": "\ue004",
}
LAPTOP = (1280, 720)
# The first element in sight that fits the selector and has the words: where its middle is, when
# that is in the window and nothing lies over it.
PLACE_OF = """((selector, words) => {
    const shown = [...document.querySelectorAll(selector)].find((one) =>
        one.checkVisibility({ visibilityProperty: true })
        && !one.disabled && (one.textContent + (one.ariaLabel ?? '')).includes(words));
    if (!shown) return null;
    let box = shown.getBoundingClientRect();
    if (box.top < 0 || box.bottom > innerHeight) {
        shown.scrollIntoView({ block: 'nearest' });
        box = shown.getBoundingClientRect();
    }
    const place = [box.left + box.width / 2, box.top + box.height / 2];
    const there = document.elementFromPoint(...place);
    return there && (shown.contains(there) || there.contains(shown)) ? place : null;
})"""
# The middle of the first place where the words stand in the element.
PLACE_OF_WORDS = """((selector, words) => {
    const element = document.querySelector(selector);
    if (!element) return null;
    const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
        const from = node.data.indexOf(words);
        if (from < 0) continue;
        const range = document.createRange();
        range.setStart(node, from);
        range.setEnd(node, from + words.length);
        const box = range.getBoundingClientRect();
        return [box.left + 1, box.right - 1, (box.top + box.bottom) / 2];
    }
    return null;
})"""

Place = tuple[float, float]


class ServerEnded(FirefoxProblem):
    """The server of a page has ended: what the page stored cannot be emptied from there."""


def is_listening(origin: str) -> bool:
    """Whether anybody takes a connection at the address."""
    url = urlsplit(origin)
    try:
        socket.create_connection((url.hostname, url.port or 80), SECONDS_TO_CONNECT).close()
    except ConnectionRefusedError:
        return False
    return True


class FirefoxPage:
    """A page of 1280 x 720 with cookies and storage of its own, in a browser that others share."""

    def __init__(self, browser: Firefox, beside: FirefoxPage | None = None) -> None:
        """``beside`` another page, it is another tab of the same person."""
        self.browser = browser
        self._person = beside._person if beside else self._new_person()
        created = browser.call("browsingContext.create", type="tab", userContext=self._person)
        self.context: str = created["context"]
        self.resize(LAPTOP)

    def _new_person(self) -> str:
        person: str = self.browser.call("browser.createUserContext")["userContext"]
        return person

    # --- addresses and windows ---

    def open(self, url: str) -> None:
        """Goes to the address and waits for its document."""
        self._call("browsingContext.navigate", url=url, wait="complete")

    def reload(self) -> None:
        """Loads the page again."""
        self._call("browsingContext.reload", wait="complete")

    def resize(self, size: tuple[int, int]) -> None:
        """Gives the page so many px of width and height."""
        viewport = {"width": size[0], "height": size[1]}
        self._call("browsingContext.setViewport", viewport=viewport)

    def to_front(self) -> None:
        """Makes this tab the one that is looked at."""
        self._call("browsingContext.activate")

    @contextmanager
    def offline(self) -> Iterator[None]:
        """The page has no connection meanwhile."""
        command = "emulation.setNetworkConditions"
        contexts = [self.context]
        cut = {"type": "offline"}
        self.browser.call(command, contexts=contexts, networkConditions=cut)
        try:
            yield
        finally:
            self.browser.call(command, contexts=contexts, networkConditions=None)

    def screenshot(self, path: Path) -> None:
        """Saves what the page looks like as a PNG file."""
        shot = self._call("browsingContext.captureScreenshot")
        path.write_bytes(base64.b64decode(shot["data"]))

    @property
    def errors(self) -> list[str]:
        """The JavaScript errors of this page that nobody caught."""
        return [said for context, said in self.browser.errors if context == self.context]

    def leave(self) -> None:
        """Makes it as new for another test: nothing open or stored, no key or button held down.

        Raises:
            ServerEnded: the server that it showed answers no more.
        """
        origin = self.ask("location.origin")
        if origin.startswith("http"):
            # A page without a program, lest that keeps something when it is left.
            try:
                self.open(f"{origin}/_stcore/health")
            except FirefoxProblem as problem:
                if is_listening(origin):
                    raise
                raise ServerEnded(origin) from problem
            self.ask("(localStorage.clear(), sessionStorage.clear(), 1)")
        stored = {"type": "context", "context": self.context}
        self.browser.call("storage.deleteCookies", partition=stored)
        self.open("about:blank")
        self._call("input.releaseActions")
        self.hover((0, 0))
        self.resize(LAPTOP)

    def close(self) -> None:
        """Closes the tab, and with its last tab all that the person had stored."""
        self._call("browsingContext.close")

    # --- keys ---

    def press(self, *keys: str) -> None:
        """Presses each key, such as ``a``, ``Enter`` or ``Control+z``."""
        for key in keys:
            parts = [KEYS.get(part, part) for part in re.split(r"(?<=.)\+", key)]
            downs = [{"type": "keyDown", "value": part} for part in parts]
            ups = [{"type": "keyUp", "value": part} for part in reversed(parts)]
            self._act({"type": "key", "id": "keyboard", "actions": [*downs, *ups]})

    def write(self, text: str) -> None:
        """Types the text, one character a key."""
        for sign in text:
            self.press(KEYS["Enter"] if sign == "\n" else sign)

    # --- mouse and fingers ---

    def place(self, selector: str, words: str = "") -> Place:
        """The middle of the first element in sight that has the words, once it rests there."""
        asked = f"{PLACE_OF}({json.dumps(selector)}, {json.dumps(words)})"
        found = self.wait_for(asked)
        while (again := self.wait_for(asked)) != found:
            found = again
        return found[0], found[1]

    def words(self, selector: str, words: str) -> tuple[float, float, float]:
        """Where the words stand in the element: (left, right, middle of the line)."""
        asked = f"{PLACE_OF_WORDS}({json.dumps(selector)}, {json.dumps(words)})"
        left, right, middle = self.wait_for(asked)
        return left, right, middle

    def word(self, selector: str, words: str) -> Place:
        """The middle of the words in the element."""
        left, right, middle = self.words(selector, words)
        return (left + right) / 2, middle

    def click(self, selector: str, words: str = "", *, held: str = "") -> None:
        """Clicks the first element in sight that has the words, with a key held down meanwhile."""
        self.click_at(self.place(selector, words), held=held)

    def click_at(self, place: Place, *, held: str = "", times: int = 1) -> None:
        """Clicks there."""
        click = [{"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}]
        if held:
            self._act(_keyboard("keyDown", held))
        self._act(_pointer("mouse", [_move(place), *click * times]))
        if held:
            self._act(_keyboard("keyUp", held))

    def hover(self, place: Place) -> None:
        """Moves the mouse there."""
        self._act(_pointer("mouse", [_move(place)]))

    def hold(self, *places: Place) -> None:
        """Presses the mouse at the first place and carries it over the others, still pressed."""
        first, *rest = places
        moves = [_move(place, milliseconds=60) for place in rest]
        down = {"type": "pointerDown", "button": 0}
        self._act(_pointer("mouse", [_move(first), down, *moves]))

    def let_go(self) -> None:
        """Lets the mouse button go where it is."""
        self._act(_pointer("mouse", [{"type": "pointerUp", "button": 0}]))

    def drag(self, *places: Place) -> None:
        """Presses the mouse at the first place, moves over the others, lets it go."""
        self.hold(*places)
        self.let_go()

    def tap(self, place: Place) -> None:
        """Touches the screen there with a finger."""
        touch = [{"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}]
        self._act(_pointer("touch", [_move(place), *touch]))

    # --- what the page says ---

    def ask(self, expression: str) -> Any:
        """The value of a JavaScript expression in the page, by way of JSON; of a promise, later."""
        answer = self.browser.call(
            "script.evaluate",
            expression=f"Promise.resolve({expression}).then((told) => JSON.stringify(told))",
            target={"context": self.context},
            awaitPromise=True,
        )
        if answer["type"] != "success":
            raise FirefoxProblem(answer["exceptionDetails"]["text"])
        told = answer["result"].get("value")
        return None if told is None else json.loads(told)

    def run(self, script: str) -> None:
        """Runs a script of any length in the page."""
        self.browser.call(
            "script.evaluate",
            expression=f"{script}\n;undefined",
            target={"context": self.context},
            awaitPromise=False,
        )

    def wait_for(self, expression: str) -> Any:
        """Waits until the expression is true in the page, and returns it."""
        deadline = time.monotonic() + SECONDS_TO_WAIT
        while time.monotonic() < deadline:
            told = self.ask(expression)
            if told:
                return told
            time.sleep(0.05)
        said = self.ask("[document.activeElement?.outerHTML.slice(0, 160), location.href]")
        raise FirefoxProblem(f"not so after {SECONDS_TO_WAIT} s: {expression}\non {said}")

    def wait_for_selector(self, selector: str) -> None:
        """Waits until something on the page fits the CSS selector."""
        self.wait_for(f"!!document.querySelector({json.dumps(selector)})")

    def wait_gone(self, selector: str) -> None:
        """Waits until nothing in sight fits the CSS selector."""
        self.wait_for(f"{_IN_SIGHT}({json.dumps(selector)}).length === 0")

    def wait_text(self, selector: str, words: str) -> None:
        """Waits until something in sight that fits the selector has the words."""
        asked = f"{_IN_SIGHT}({json.dumps(selector)}).some((text) => text.includes(%s))"
        self.wait_for(asked % json.dumps(words))

    def wait_count(self, selector: str, count: int) -> None:
        """Waits until so many things on the page fit the selector."""
        self.wait_for(f"document.querySelectorAll({json.dumps(selector)}).length === {count}")

    def wait_until_still(self) -> None:
        """Waits until the page's program has ended and all that it said is drawn."""
        at_rest = "[data-testid=stApp][data-test-script-state=notRunning]"
        for _ in range(2):  # a part that comes by itself may start the program again
            self.wait_for_selector(at_rest)
            self.wait_count("[data-testid=stSkeleton]", 0)
            self.ask(f"({STILL})()")
        self.wait_for_selector(at_rest)

    def texts(self, selector: str) -> list[str]:
        """What is written in all in sight that fits the selector."""
        found: list[str] = self.ask(f"{_IN_SIGHT}({json.dumps(selector)})")
        return found

    def count(self, selector: str) -> int:
        """How many things on the page fit the selector."""
        found: int = self.ask(f"document.querySelectorAll({json.dumps(selector)}).length")
        return found

    def _act(self, *sources: dict[str, Any]) -> None:
        self._call("input.performActions", actions=list(sources))

    def _call(self, method: str, **parameters: Any) -> dict[str, Any]:
        return self.browser.call(method, context=self.context, **parameters)


_IN_SIGHT = """((selector) => [...document.querySelectorAll(selector)]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }))
    .map((one) => one.innerText))"""


def _keyboard(what: str, key: str) -> dict[str, Any]:
    action = {"type": what, "value": KEYS.get(key, key)}
    return {"type": "key", "id": "keyboard", "actions": [action]}


def _move(place: Place, milliseconds: int = 0) -> dict[str, Any]:
    x, y = (round(one) for one in place)
    return {"type": "pointerMove", "x": x, "y": y, "duration": milliseconds}


def _pointer(kind: str, actions: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "type": "pointer",
        "id": kind,
        "parameters": {"pointerType": kind},
        "actions": actions,
    }
