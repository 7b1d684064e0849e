"""Two real Chromium tabs that press random keys while their server dies and comes back."""

from __future__ import annotations

import json
import os
import random
import shutil
import sys
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from playwright.sync_api import Error as BrowserError

from benchmarks.soaking.disturbances import Disturbance, Imports, PowerCuts
from benchmarks.soaking.verdict import Verdict, judge
from tests.conftest import CHROMIUM_FLAGS
from tests.serving import AppServer, serve_command
from tests.ui.reading_page import SAVED
from tests.ui.reading_study import ANSWERS, make_study

ANALYST = "Liisa"
"""Somebody else made the study: a first undo takes back nothing of its material."""

TABS = 2
SECONDS_TO_SETTLE = 90
SECONDS_TO_OPEN = 300
"""A page that takes some seconds to open meets several servers that die under it."""
WORDS = ("apua", "äiti 👩", "oma", "raha 😀", "jono", "tuki")

# Every batch of operations with the answer to it, as the page itself got it.
LISTENING = """
const asking = window.fetch;
window.fetch = async (...asked) => {
  const reply = await asking(...asked);
  if (String(asked[0]).endsWith('/ops') && reply.ok) {
    window.qcHeard(String(asked[1].body), await reply.clone().text());
  }
  return reply;
};
"""

SHOWN = """
() => Object.fromEntries([...document.querySelectorAll('.qc-row[data-doc]')].map((row) => [
  row.dataset.doc,
  [...row.querySelectorAll('.qc-label, .qc-chip')].map((mark) => mark.textContent).sort(),
]))
"""
"""What a tab shows of each answer: its codes and reductions."""


class Pressing:
    """A tab whose keys are pressed at random, and what the server acknowledged of it."""

    def __init__(self, context: BrowserContext, url: str, chance: random.Random) -> None:
        self.chance = chance
        self.url = url
        self.page: Page = context.new_page()
        self.errors: list[str] = []
        self.tally: Counter[str] = Counter()
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def open(self) -> None:
        self.page.goto(f"{self.url}/koodaus", timeout=60_000)
        self.page.wait_for_selector(".qc-row", timeout=60_000)

    def press_something(self) -> None:
        (gesture,) = self.chance.choices(
            (
                self._move,
                self._code,
                self._find_code,
                self._reduce,
                self._mark,
                self._turn,
                self._odd,
            ),
            (20, 30, 6, 12, 16, 14, 2),
        )
        self.tally[gesture.__name__.strip("_")] += 1
        gesture()

    def _keys(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def _move(self) -> None:
        self._keys(self.chance.choice(("j", "k", "j", "ArrowDown", "PageDown", "Home")))

    def _code(self) -> None:
        for _ in range(self.chance.randint(0, 3)):
            self._keys(self.chance.choice(("ArrowRight", "Shift+ArrowRight", "s")))
        self._keys(*self.chance.sample("123", self.chance.randint(1, 3)))

    def _find_code(self) -> None:
        self._keys("c")
        self.page.keyboard.type(
            self.chance.choice(("lu", "osal", f"uusi {self.chance.random():.4f}"))
        )
        self._keys("Enter", "Escape")

    def _reduce(self) -> None:
        self._keys("Enter")
        self.page.keyboard.type(f"{self.chance.choice(WORDS)} {self.chance.randint(1, 40)}")
        self._keys(self.chance.choice(("Enter", "Enter", "Escape")), "Escape")

    def _mark(self) -> None:
        for _ in range(self.chance.randint(1, 3)):
            self._keys(self.chance.choice("[]"))
        self._keys(
            self.chance.choice(
                ("Delete", "Shift+ArrowRight", "Shift+ArrowLeft", "d", "+", "Escape")
            )
        )

    def _turn(self) -> None:
        self._keys(self.chance.choice(("Control+z", "Control+z", "Control+Shift+z")))

    def _odd(self) -> None:
        (odd,) = self.chance.choices(("x", "Escape", "v", "reload"), (3, 3, 3, 1))
        if odd == "reload":
            self.page.reload(wait_until="commit", timeout=60_000)
            self.page.wait_for_selector(".qc-row", timeout=60_000)
        self._keys("Escape" if odd == "reload" else odd)

    def settle(self) -> None:
        """Returns when everything is saved and the last news has come."""
        self._keys("Escape", "Escape")
        try:
            self.page.wait_for_selector(SAVED, timeout=SECONDS_TO_SETTLE * 1000)
        except BrowserError as error:
            raise AssertionError(f"never saved: {self._state()}; errors: {self.errors}") from error
        self.page.bring_to_front()
        time.sleep(5)

    def _state(self) -> object:
        return self.page.evaluate(
            "() => [location.href, document.querySelector('.qc-marker')?.dataset,"
            " {...sessionStorage}, document.body.innerText.slice(0, 600)]"
        )

    def shown(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = self.page.evaluate(SHOWN)
        return found


class Heard:
    """What the server acknowledged to any tab: client -> operations done, numbers refused."""

    def __init__(self) -> None:
        self.done: dict[str, dict[int, Any]] = {}
        self.refused: dict[str, set[int]] = {}

    def hear(self, asked: str, replied: str) -> None:
        question, answer = json.loads(asked), json.loads(replied)
        client = question["client"]
        no = {one["seq"] for one in answer["refused"]}
        last = answer["ack"].get(client, 0)
        for operation in question["ops"]:
            if operation["seq"] in no:
                self.refused.setdefault(client, set()).add(operation["seq"])
            elif operation["seq"] <= last:
                self.done.setdefault(client, {})[operation["seq"]] = operation

    def tabs(self) -> dict[str, tuple[dict[int, Any], set[int]]]:
        clients = {*self.done, *self.refused}
        return {c: (self.done.get(c, {}), self.refused.get(c, set())) for c in clients}


def soak_in_own_browser(folder: Path, seed: int, seconds: float) -> Verdict:
    """The same with a Chromium of its own."""
    with sync_playwright() as playwright:
        program = os.environ.get("QUALCODE_CHROMIUM") or shutil.which("chromium")
        browser = playwright.chromium.launch(
            executable_path=program, headless=True, args=CHROMIUM_FLAGS
        )
        try:
            return soak_in_browser(browser, folder, seed, seconds)
        finally:
            browser.close()


def soak_in_browser(browser: Browser, folder: Path, seed: int, seconds: float) -> Verdict:
    """Through the whole app; prints what happened and gives the verdict."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = [f"{text} ({n})" for n in range(8) for text in ANSWERS]
    study = make_study(folder / "tutkimus.qualcode", texts)
    server = AppServer(
        lambda port: serve_command(study, port, "--coder", ANALYST), folder / "palvelin.log", study
    )
    server.start()
    quiet = threading.Event()
    around: list[Disturbance] = [
        PowerCuts(seed + 20, quiet, [server]),
        Imports(seed + 21, quiet, study),
    ]
    heard = Heard()
    context = browser.new_context(locale="fi-FI")
    try:
        tabs = _work(context, server, heard, around, seed, seconds)
        problems = _look(tabs)
    finally:
        quiet.set()
        context.close()
        server.stop()
    verdict = judge(study, heard.tabs())
    verdict.problems += problems
    if "Traceback" in server.said():
        verdict.problems.append(f"{server.log}: the server met an exception")
    _tell(tabs, around, verdict)
    return verdict


def _work(
    context: BrowserContext,
    server: AppServer,
    heard: Heard,
    around: list[Disturbance],
    seed: int,
    seconds: float,
) -> list[Pressing]:
    """Keys in one tab, then in the other, until the time is up; then everything is saved."""
    context.expose_function("qcHeard", heard.hear)
    context.add_init_script(LISTENING)
    chance = random.Random(seed)
    tabs = [Pressing(context, server.url, random.Random(seed + n)) for n in range(TABS)]
    for tab in tabs:
        tab.open()
    for one in around:
        one.start()
    end = time.monotonic() + seconds
    while time.monotonic() < end and not any(one.failure for one in around):
        tab = chance.choice(tabs)
        tab.page.bring_to_front()
        for _ in range(chance.randint(3, 15)):
            try:
                tab.press_something()
            except BrowserError:
                # A reload met a server that was down: the page comes when the server does.
                tab.tally["could not open"] += 1
                _reopen(tab)
            time.sleep(chance.expovariate(15))
    for one in around:
        one.enough.set()
    for one in around:
        one.join(120)
        if one.failure:
            raise one.failure
    for tab in tabs:
        tab.page.bring_to_front()
        tab.settle()
    return tabs


def _reopen(tab: Pressing) -> None:
    deadline = time.monotonic() + SECONDS_TO_OPEN
    while True:
        try:
            tab.open()
        except BrowserError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.5)
        else:
            return


def _look(tabs: list[Pressing]) -> list[str]:
    """What each tab shows by news alone must be what it shows when it is opened anew."""
    problems = []
    for number, tab in enumerate(tabs):
        tab.page.bring_to_front()
        time.sleep(4)
        before = tab.shown()
        tab.page.reload(timeout=60_000)
        tab.page.wait_for_selector(".qc-row", timeout=60_000)
        time.sleep(1)
        after = tab.shown()
        stale = [doc for doc in before.keys() & after.keys() if before[doc] != after[doc]]
        problems += [f"tab {number}: {doc} showed {before[doc]}, is {after[doc]}" for doc in stale]
        problems += [f"tab {number}: {error}" for error in tab.errors]
        tab.tally["answers compared"] = len(before.keys() & after.keys())
    return problems


def _tell(tabs: list[Pressing], around: list[Disturbance], verdict: Verdict) -> None:
    print(f"  in the browser: operations {verdict.operations}, decisions {verdict.decisions}")
    for tab in tabs:
        print("  " + ", ".join(f"{name} {count}" for name, count in tab.tally.most_common()))
    print("  " + ", ".join(f"{type(one).__name__} {one.times}" for one in around))
    for problem in verdict.problems[:40]:
        print(f"  PROBLEM {problem}")
    sys.stdout.flush()
