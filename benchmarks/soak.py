"""Hours of random work, with servers that die: is anything lost, doubled or untold afterwards?

    .venv/bin/python -m benchmarks soak --minutes 60

Two tabs of one coder and a third of another, on two server processes over one study file, code,
reduce, group, undo, redo and take back each other's acts; the servers are killed and started again
at random while texts are imported from the command line. Then two real Chromium tabs press random
keys in the same way (``--no-browser`` leaves them out). At the end the checks find nothing, the log
replays to the same study, every acknowledged operation is there exactly once, and every window
shows what the study holds.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

from benchmarks.soaking.browser import soak_in_own_browser
from benchmarks.soaking.disturbances import Disturbance, Imports, PowerCuts
from benchmarks.soaking.tabs import Tab
from benchmarks.soaking.verdict import Verdict, judge
from tests.serving import AppServer, serve_command
from tests.ui.reading_study import ANSWERS, make_study

PEOPLE = ("Liisa", "Pekka")
"""Neither made the study: a first undo takes back nothing of its material."""

TABS = (("liisa-1", 0), ("liisa-2", 0), ("pekka-1", 1))
"""(name, which server it is on)"""

TEXTS = [f"{text} ({n})" for n in range(8) for text in ANSWERS]


def main() -> int:
    options = _options()
    seed = options.seed if options.seed is not None else random.randrange(10**6)
    folder = options.folder or Path(tempfile.mkdtemp(prefix="qualcode-soak-"))
    minutes = options.minutes if options.no_browser else options.minutes / 2
    print(f"seed {seed}, {options.minutes} min, study in {folder}", flush=True)
    verdicts = [soak(folder / "kanava", seed, minutes * 60)]
    if not options.no_browser:
        verdicts.append(soak_in_own_browser(folder / "selain", seed, minutes * 60))
    problems = [problem for verdict in verdicts for problem in verdict.problems]
    print(
        f"\n{len(problems)} problems" if problems else "\nnothing lost, nothing doubled", flush=True
    )
    return 1 if problems else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks soak")
    parser.add_argument("--minutes", type=float, default=0.6, help="in all (default: %(default)s)")
    parser.add_argument("--seed", type=int, help="the same disturbances and draws again")
    parser.add_argument("--folder", type=Path, help="keep the studies and logs here")
    parser.add_argument("--no-browser", action="store_true", help="only through the channel")
    return parser.parse_args()


def soak(folder: Path, seed: int, seconds: float) -> Verdict:
    """Through the real channel without a browser; prints what happened and gives the verdict."""
    folder.mkdir(parents=True, exist_ok=True)
    study = make_study(folder / "tutkimus.qualcode", TEXTS)
    servers = [_server(study, folder, who) for who in PEOPLE]
    for server in servers:
        server.start()
    enough, quiet = threading.Event(), threading.Event()
    tabs = [
        Tab(name, servers[server].url, seed + n, enough) for n, (name, server) in enumerate(TABS)
    ]
    around: list[Disturbance] = [
        PowerCuts(seed + 10, quiet, servers),
        Imports(seed + 11, quiet, study),
    ]
    try:
        _let_go(tabs, around, enough, quiet, seconds)
        stale = {tab.name: tab.stale_rows() for tab in tabs}
    finally:
        quiet.set()
        enough.set()
        for tab in tabs:
            tab.window.close()
        for server in servers:
            server.stop()
    verdict = judge(study, {tab.client: (tab.acknowledged, tab.refused) for tab in tabs})
    for name, rows in stale.items():
        if rows:
            verdict.problems.append(f"{name} shows otherwise than they are: {rows}")
    verdict.problems += [
        f"{server.log.name}: the server met an exception"
        for server in servers
        if "Traceback" in server.said()
    ]
    _tell(tabs, around, verdict)
    return verdict


def _server(study: Path, folder: Path, who: str) -> AppServer:
    return AppServer(
        lambda port: serve_command(study, port, "--coder", who), folder / f"{who}.log", study
    )


def _let_go(
    tabs: list[Tab],
    around: list[Disturbance],
    enough: threading.Event,
    quiet: threading.Event,
    seconds: float,
) -> None:
    """Everything at once; then the disturbances end, and the tabs finish what they began."""
    everybody: list[Tab | Disturbance] = [*tabs, *around]
    for one in everybody:
        one.start()
    end = time.monotonic() + seconds
    while time.monotonic() < end and not any(one.failure for one in everybody):
        time.sleep(0.2)
    for waited, done in ((around, quiet), (tabs, enough)):
        done.set()
        for one in waited:
            one.join(120)
    for one in everybody:
        if one.failure:
            raise one.failure
        if one.is_alive():
            raise AssertionError(f"{one.name} did not come to an end")
    for tab in tabs:
        tab.read_news()


def _tell(tabs: list[Tab], around: list[Disturbance], verdict: Verdict) -> None:
    tally = sum((tab.tally for tab in tabs), Counter())
    print(f"  operations: {verdict.operations}, refused {sum(len(t.refused) for t in tabs)}, ")
    print("  " + ", ".join(f"{name} {count}" for name, count in tally.most_common()))
    print("  " + ", ".join(f"{type(one).__name__} {one.times}" for one in around))
    print(f"  decisions: {verdict.decisions}; acts that changed nothing: {verdict.repeated}")
    for problem in verdict.problems[:40]:
        print(f"  PROBLEM {problem}")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
