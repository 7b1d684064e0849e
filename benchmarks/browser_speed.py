"""The workbench in a real browser with 10,000 answers, 20,000 codings and 300 codes.

    .venv/bin/python -m benchmarks.browser_speed

Prints the table of docs/benchmarks.md. The peer, in the same run, is the least a Streamlit page
can do: one button whose press stores one row in SQLite and draws the page again.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from benchmarks.big_study import build
from tests.conftest import CHROMIUM_FLAGS
from tests.serving import AppServer, serve_command

KEYS = 30
SIZE = {"codings": 20_000, "reductions": 5_000, "number_of_codes": 300}
PEER = """
import sqlite3, streamlit as st
db = sqlite3.connect({path!r}, timeout=10)
db.execute("create table if not exists coding (n integer primary key, code text)")
if st.button("code"):
    with db:
        db.execute("insert into coding (code) values ('a')")
st.write("stored", db.execute("select count(*) from coding").fetchone()[0])
"""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        place = Path(folder)
        study = build(place / "iso.qualcode", **SIZE)
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), headless=True, args=CHROMIUM_FLAGS
        )
        peer_saved = _peer(browser, place)
        server = AppServer(
            lambda port: serve_command(study, port, "--coder", "koodaaja"), place / "log", study
        )
        begun = time.perf_counter()
        server.start()
        healthy = time.perf_counter() - begun
        page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="fi-FI")
        page.goto(f"{server.url}/koodaus")
        page.wait_for_selector(".qc-row", timeout=60_000)
        usable = time.perf_counter() - begun
        before = _memory(server)
        paint, saved = _keys(page)
        stepped = _next_rows(page)
        picked = _picker(page)
        turned = _turn_pages(page)
        kept = _burst(page, server, study)
        page.goto(f"{server.url}/luokat")
        page.get_by_role("button", name="Ehdota ryhmiä").click(timeout=20_000)
        page.wait_for_selector(".qcb-group", timeout=120_000)
        after = _memory(server)
        server.stop()
        browser.close()
    rows = {
        "server up (s)": healthy,
        "first page usable, browser included (s)": usable,
        "memory of the server before suggestions (MB)": before,
        "memory with suggestions loaded (MB)": after,
        "key to paint, median (ms)": statistics.median(paint),
        "key to paint, p95 (ms)": _p95(paint),
        "key to saved, median (ms)": statistics.median(saved),
        "key to saved, p95 (ms)": _p95(saved),
        "next row, key to shown, median (ms)": statistics.median(stepped),
        "next row, key to shown, p95 (ms)": _p95(stepped),
        "picker, a key to its list, median (ms)": statistics.median(picked),
        "picker, a key to its list, p95 (ms)": _p95(picked),
        "next page of answers shown, median (ms)": statistics.median(turned),
        f"burst of {KEYS} keys, server killed and restarted: kept": kept,
        "peer: one button, press to shown, median (ms)": statistics.median(peer_saved),
        "key to saved / peer": statistics.median(saved) / statistics.median(peer_saved),
    }
    json.dump({k: round(v, 2) for k, v in rows.items()}, sys.stdout, indent=1)
    print()


def _keys(page: Page) -> tuple[list[float], list[float]]:
    """Milliseconds from a code's key to its highlight, and to its being saved and shown so."""
    page.locator(".qc-row[tabindex='0']").first.focus()
    for n in range(KEYS):
        page.keyboard.press("j")
        page.keyboard.press(str(n % 9 + 1))
        page.wait_for_selector("[data-pending='0']")
    page.wait_for_timeout(500)
    return _measured(page, "qc-key-to-paint"), _measured(page, "qc-key-to-saved")


def _next_rows(page: Page) -> list[float]:
    """Milliseconds from J to the frame in which the next row is the current one."""
    page.locator(".qc-row[tabindex='0']").first.focus()
    page.evaluate(
        """() => {
            window.qcSteps = [];
            addEventListener('keydown', (event) => {
                if (event.key !== 'j') return;
                const pressed = event.timeStamp;
                const before = document.querySelector('.qc-row[aria-current=true]');
                const look = () => {
                    const now = document.querySelector('.qc-row[aria-current=true]');
                    if (now !== before) window.qcSteps.push(performance.now() - pressed);
                    else requestAnimationFrame(look);
                };
                requestAnimationFrame(look);
            }, true);
        }"""
    )
    page.keyboard.press("Home")
    for n in range(15):
        page.keyboard.press("j")
        page.wait_for_function("n => window.qcSteps.length === n + 1", arg=n)
    found: list[float] = page.evaluate("window.qcSteps")
    return found


def _picker(page: Page) -> list[float]:
    """Milliseconds from a letter typed in the code picker to the frame with its list."""
    page.keyboard.press("c")
    page.wait_for_selector(".qc-options [role=option]")
    for letter in "koodi 27" * 3:
        page.keyboard.press("Backspace" if letter == " " else letter)
        page.wait_for_timeout(50)
    page.keyboard.press("Escape")
    return _measured(page, "qc-picker-key")


def _measured(page: Page, name: str) -> list[float]:
    found: list[float] = page.evaluate(
        "name => performance.getEntriesByName(name).map(entry => entry.duration)", name
    )
    if len(found) < KEYS // 3:
        raise AssertionError(f"{name}: only {len(found)} measures")
    return found


def _turn_pages(page: Page) -> list[float]:
    times = []
    page.locator(".qc-row[tabindex='0']").first.focus()
    for _ in range(10):
        first = page.locator(".qc-row").first.get_attribute("data-doc")
        page.keyboard.press("End")
        begun = time.perf_counter()
        page.keyboard.press("j")
        page.wait_for_function(
            "first => document.querySelector('.qc-row')?.dataset.doc !== first", arg=first
        )
        times.append((time.perf_counter() - begun) * 1000)
    return times


def _burst(page: Page, server: AppServer, study: Path) -> int:
    """How many of 30 keys, pressed as fast as they go while the server dies, are in the study."""
    before = _codings(study)
    page.locator(".qc-row[tabindex='0']").first.focus()
    for n in range(KEYS):
        page.keyboard.press("j")
        page.keyboard.press(str(n % 9 + 1))
        if n == KEYS // 2:
            server.kill()
    server.restart()
    page.wait_for_selector("[data-pending='0']", timeout=60_000)
    return _codings(study) - before


def _codings(study: Path) -> int:
    with sqlite3.connect(study) as db:
        return int(db.execute("select count(*) from coding").fetchone()[0])


def _memory(server: AppServer) -> float:
    assert server.process is not None
    status = Path(f"/proc/{server.process.pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def _peer(browser: Any, place: Path) -> list[float]:
    script = place / "peer.py"
    script.write_text(PEER.format(path=str(place / "peer.db")))
    server = AppServer(
        lambda port: [
            *(sys.executable, "-m", "streamlit", "run", str(script)),
            *("--server.port", str(port), "--server.address", "127.0.0.1"),
            *("--server.headless", "true"),
        ],
        place / "peer.log",
    )
    server.start()
    page = browser.new_page()
    page.goto(server.url)
    page.wait_for_selector("text=stored")
    times = []
    for n in range(1, KEYS + 1):
        begun = page.evaluate("performance.now()")
        page.get_by_role("button", name="code").click()
        page.wait_for_selector(f"text=stored {n}")
        times.append(page.evaluate("performance.now()") - begun)
    page.close()
    server.stop()
    return times


def _p95(values: list[float]) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * 0.95))]


if __name__ == "__main__":
    main()
