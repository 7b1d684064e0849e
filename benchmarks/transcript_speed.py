"""A transcript of 20,000 words with 1,000 codings in a real browser: opening, scrolling, coding.

    .venv/bin/python -m benchmarks transcript_speed

Frames are the times between animation frames while the text scrolls under a wheel; a long frame is
what the browser itself reports as a long animation frame (over 50 ms).
"""

from __future__ import annotations

import json
import shutil
import statistics
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from benchmarks.big_transcript import build
from tests.conftest import CHROMIUM_FLAGS
from tests.serving import AppServer, serve_command

KEYS = 30
WHEELS = 220
WHEEL = 240  # px a turn of the wheel
SAVED = ".qc-marker[data-pending='0'][data-state='saved']"
PAINTED = ".qc-row[data-doc=h7] .qc-mark"
WATCH = """() => {
    window.frames_ = []; window.longFrames_ = []; let last = performance.now();
    const step = (now) => {
        window.frames_.push(now - last); last = now; requestAnimationFrame(step);
    };
    requestAnimationFrame((now) => { last = now; requestAnimationFrame(step); });
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) window.longFrames_.push(entry.duration);
    }).observe({ type: 'long-animation-frame' });
}"""
TAKE = """() => {
    const taken = { frames: window.frames_, long: window.longFrames_ };
    window.frames_ = []; window.longFrames_ = [];
    return taken;
}"""
NEXT_SHEET = """(painted) => new Promise((resolve) => {
    const begun = performance.now();
    const look = () => (document.querySelector(painted)
        ? requestAnimationFrame(() => resolve(performance.now() - begun)) : setTimeout(look, 4));
    document.querySelector('.qc-row[aria-current]').dispatchEvent(
        new KeyboardEvent('keydown', { key: 'j', bubbles: true }));
    look();
})"""
IDLE = 50
"""Frames counted without any scrolling: what the machine itself lets through."""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        place = Path(folder)
        study = build(place / "haastattelu.qualcode", short=25)
        server = AppServer(
            lambda port: serve_command(study, port, "--coder", "koodaaja"), place / "log", study
        )
        server.start()
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), headless=True, args=CHROMIUM_FLAGS
        )
        page = browser.new_page(viewport={"width": 1280, "height": 720}, locale="fi-FI")
        opened = [_open(page, server.url) for _ in range(5)]
        reloaded = [_reload(page) for _ in range(5)]
        page.evaluate(WATCH)
        page.wait_for_timeout(IDLE * 17)
        still = page.evaluate(TAKE)
        wheel = _scroll(page)
        _to_top(page)
        pages = _page_down(page)
        paint, saved = _code(page)
        browser.close()
        server.stop()
    rows = {
        "key to the transcript on the screen with its marks, median of 5 (ms)": _median(opened),
        "the slowest of them (ms)": max(opened),
        "browser reload to the transcript with its marks, median of 5 (ms)": _median(reloaded),
        "frame at rest, p95 (ms)": _p95(still["frames"]),
        "frame under the wheel, median (ms)": _median(wheel["frames"]),
        "frame under the wheel, p95 (ms)": _p95(wheel["frames"]),
        "frame under the wheel, longest (ms)": max(wheel["frames"]),
        f"frames over 50 ms of {len(wheel['frames'])}": len(wheel["long"]),
        "frame with PageDown, p95 (ms)": _p95(pages["frames"]),
        "frame with PageDown, longest (ms)": max(pages["frames"]),
        "key to paint, median (ms)": _median(paint),
        "key to paint, p95 (ms)": _p95(paint),
        "key to saved, median (ms)": _median(saved),
        "key to saved, p95 (ms)": _p95(saved),
    }
    print(f"{'measure':<72} {'value':>8}")
    for name, value in rows.items():
        print(f"{name:<72} {value if isinstance(value, int) else round(value, 1):>8}")
    print(json.dumps({name: round(value, 2) for name, value in rows.items()}))


def _open(page: Page, url: str) -> float:
    """From the key that turns the sheet to the transcript painted, its marks with it."""
    page.goto(f"{url}/koodaus?vastaus=d24")
    page.wait_for_selector(".qc-row[data-doc=d24]:focus", timeout=60_000)
    page.wait_for_timeout(1_500)
    return float(page.evaluate(NEXT_SHEET, PAINTED))


def _reload(page: Page) -> float:
    page.wait_for_timeout(500)
    page.reload()
    page.wait_for_selector(PAINTED, timeout=60_000)
    return float(page.evaluate("performance.now()"))


def _scroll(page: Page) -> Any:
    """Turns the wheel through the text, as fast as a hand does."""
    page.wait_for_timeout(1_000)
    box = page.locator(".qc-list").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 200, box["y"] + 200)
    page.evaluate(TAKE)
    for _ in range(WHEELS):
        page.mouse.wheel(0, WHEEL)
        page.wait_for_timeout(16)
    return page.evaluate(TAKE)


def _to_top(page: Page) -> None:
    page.keyboard.press("Home")
    page.wait_for_timeout(500)
    page.evaluate(TAKE)


def _page_down(page: Page) -> Any:
    for _ in range(60):
        page.keyboard.press("PageDown")
        page.wait_for_timeout(60)
    return page.evaluate(TAKE)


def _code(page: Page) -> tuple[list[float], list[float]]:
    """Goes from sentence to sentence and codes each; ms from key to paint, from key to saved."""
    _to_top(page)
    page.keyboard.press("g")
    page.evaluate("performance.clearMeasures()")
    for n in range(KEYS):
        page.keyboard.press("s")
        page.keyboard.press(str(n % 9 + 1))
        page.wait_for_timeout(150)
        page.wait_for_selector(SAVED)
    page.wait_for_timeout(300)
    return _measures(page, "qc-key-to-paint"), _measures(page, "qc-key-to-saved")


def _measures(page: Page, name: str) -> list[float]:
    return list(
        page.evaluate("n => performance.getEntriesByName(n).map((entry) => entry.duration)", name)
    )


def _median(values: list[float]) -> float:
    return statistics.median(values)


def _p95(values: list[float]) -> float:
    return sorted(values)[round(0.95 * (len(values) - 1))]


if __name__ == "__main__":
    main()
