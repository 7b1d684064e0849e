"""Sixty real answers coded and reduced by keyboard alone, in a real browser.

    .venv/bin/python -m benchmarks.keyboard_walk [--answers 60] [--delay 100]

The answers are those of the open Child Barometer (FSD3134, CC BY 4.0) to the question "What are you
good at?". They lie outside the project (../shared/gold); without them nothing is measured, and it
says so. What is decided is a stand-in for a person: codes by plain words, the reduction is the
answer's first clause. So the seconds are those of typing and of the workbench, without any reading
or thinking; ``--delay`` is the pause between two key presses in milliseconds (100: a quick
typist).
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from qualcode.bootstrap import create_store, open_store
from qualcode.domain.codes import Code, Codebook, Origin, colour_for
from qualcode.domain.coding import Coding, ReducedExpression, ReductionLink
from qualcode.domain.decisions import Act
from qualcode.readers import survey
from qualcode.readers.sheets import open_workbook
from qualcode.workbench import Workbench, importing, studies
from qualcode.workbench.checking import check
from tests.conftest import CHROMIUM_FLAGS, ROOT
from tests.serving import AppServer, serve_command

ANSWERS = ROOT.parent / "shared" / "gold" / "child_barometer_fsd3134.csv"
MAP = {
    "id": "fsd_id",
    "actor_group": {"value": "lapsi"},
    "background": ["gender", "major_region"],
    "open": [{"column": "q3", "number": "3", "theme": "osaaminen"}],
    "ignore": ["paino", "q7", "q11", "daycare_before_school"],
}
CODES = {
    "Leikki ja pelit": "leik|pel",
    "Liikunta": "juok|kiip|uida|uimi|hypp|luist|pyörä|jalkapal|sähly|urhei|hiih|tanss|voimist",
    "Kädentaidot": "piirt|askar|maal|rakent|värit|muovail",
    "Lukeminen ja laskeminen": "luke|luki|lask|kirjoit|matikk|laskem",
    "Auttaminen ja arki": "autt|sii|kokka|leipo|keit|pukem|imuro",
}
SAVED = ".qc-marker[data-pending='0'][data-state='saved']"


def main() -> int:
    wanted = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    wanted.add_argument("--answers", type=int, default=60)
    wanted.add_argument("--delay", type=float, default=100)
    chosen = wanted.parse_args()
    if not ANSWERS.is_file():
        print("Nothing measured: the Child Barometer is not beside this checkout (../shared/gold)")
        return 0
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        study = _study(Path(folder) / "lapset.qualcode")
        server = AppServer(
            lambda port: serve_command(study, port, "--coder", "koodaaja"),
            Path(folder) / "log",
            study,
        )
        server.start()
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), headless=True, args=CHROMIUM_FLAGS
        )
        page = browser.new_page(viewport={"width": 1280, "height": 720}, locale="fi-FI")
        page.goto(f"{server.url}/koodaus")
        page.wait_for_selector(".qc-row:focus", timeout=60_000)
        keys, seconds = _walk(page, chosen.answers, chosen.delay)
        page.wait_for_selector(SAVED)
        browser.close()
        server.stop()
        kept = _kept(study)
    told = {
        "answers": len(seconds),
        "keys an answer, mean": statistics.mean(keys),
        "seconds an answer, mean": statistics.mean(seconds),
        "seconds an answer, median": statistics.median(seconds),
        "seconds an answer, longest": max(seconds),
        "of which typing pauses, mean": statistics.mean(keys) * chosen.delay / 1000,
        **kept,
    }
    json.dump({k: round(v, 2) for k, v in told.items()}, sys.stdout, indent=1)
    print()
    return 0


def _study(path: Path) -> Path:
    bench = Workbench(create_store(path), "koodaaja")
    studies.start(bench, "Lapsibarometri")
    data = ANSWERS.read_bytes()
    sheet = open_workbook(data, ANSWERS.name).sheets[0]
    read = survey.read_survey(sheet, survey.plan_from_map(MAP, sheet))
    importing.import_survey(bench, ANSWERS.name, data, read)
    with bench.act(Act.TAKE_CODEBOOK) as work:
        work.put(Codebook("b", "osaaminen", "Osaaminen"))
        work.add(
            [
                Code(
                    f"c{n}", "b", f"c{n}", name,
                    origin=Origin.DATA, colour=colour_for(n), shortcut=str(n + 1), position=n,
                )
                for n, name in enumerate(CODES)
            ]
        )  # fmt: skip
    bench.store.close()
    return path


def _walk(page: Page, answers: int, delay: float) -> tuple[list[int], list[float]]:
    """Keys pressed and seconds spent on each answer, until the next one is the current one."""
    pressed, spent = [], []
    written: set[str] = set()

    def press(*keys: str) -> None:
        for key in keys:
            page.keyboard.press(key) if len(key) > 1 else page.keyboard.type(key)
            page.wait_for_timeout(delay)
            pressed[-1] += 1

    for _ in range(answers):
        begun = time.perf_counter()
        pressed.append(0)
        current = page.locator(".qc-row[aria-current=true]")
        here = current.get_attribute("data-doc")
        text = current.locator(".qc-text").inner_text()
        for n, words in enumerate(CODES.values()):
            if re.search(words, text, re.IGNORECASE):
                press(str(n + 1))
        wording = re.split(r"[.,;!?]| ja ", text.strip())[0].strip().lower()[:60]
        press("Enter")
        page.wait_for_selector(".qc-reduce input:focus")
        if wording in written:
            press(*wording[:4])
            offers = page.locator(".qc-offers [role=option]")
            offers.filter(has_text=wording).first.wait_for()
            names = [name.split("\n")[0].strip() for name in offers.all_inner_texts()]
            press(*["ArrowDown"] * (1 + next(n for n, one in enumerate(names) if wording in one)))
        else:
            press(*wording)
            written.add(wording)
        press("Enter")
        page.wait_for_function(
            "here => document.querySelector('.qc-row[aria-current=true]')?.dataset.doc !== here",
            arg=here,
        )
        spent.append(time.perf_counter() - begun)
    return pressed, spent


def _kept(study: Path) -> dict[str, float]:
    store = open_store(study)
    with store.reading() as rows:
        kept = {
            "codings kept": rows.count(Coding),
            "reductions kept": rows.count(ReducedExpression),
            "links kept": rows.count(ReductionLink),
        }
    kept["problems that check finds"] = len(check(Workbench(store, "koodaaja")))
    store.close()
    return kept


if __name__ == "__main__":
    sys.exit(main())
