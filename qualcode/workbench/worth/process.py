"""The replay in a process of its own: ``python -m qualcode.workbench.worth.process``.

It reads one JSON line (study, coder, language, engines, shuffled) from its standard input and
answers with JSON lines: how far it is, each engine's figures, what went wrong, what the log
tells. It ends when its input does, so it cannot outlive the program that started it.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from collections.abc import Sequence
from typing import IO, Any

from qualcode.domain.errors import QualcodeError
from qualcode.nlp.problems import EngineProblem
from qualcode.store.opening import open_study
from qualcode.texts import gettext_for
from qualcode.workbench.bench import Workbench
from qualcode.workbench.messages import message_of
from qualcode.workbench.worth import plain
from qualcode.workbench.worth.of_table import CODING, EMBEDDING, PLACING
from qualcode.workbench.worth.study import engines_of, finished, replay_study

NEWS_EVERY = 0.2
GENTLY = 10


def main() -> None:
    """One replay of one study, told as it goes."""
    answers = _private_output()
    request = json.loads(sys.stdin.readline())
    threading.Thread(target=_end_with_the_input, daemon=True).start()
    if os.name == "posix":
        # Whoever is coding meanwhile goes first.
        os.nice(GENTLY)
    translate = gettext_for(request["language"])
    try:
        _replay(request, answers)
    except QualcodeError as problem:
        _tell(answers, {"is": "failed", "what": message_of(problem, translate)})


def _replay(request: dict[str, Any], answers: IO[str]) -> None:
    store = open_study(request["study"])
    bench = Workbench(store, request["coder"], request["language"])
    with store.reading() as rows:
        revision = rows.revision()
    done = finished(bench)
    engines = request["engines"] or list(engines_of(bench))
    _tell(answers, {"is": "begun", "revision": revision, "engines": engines})
    _tell(answers, {"is": "past", "past": plain.of_past(done.past)})
    steps = [EMBEDDING, PLACING] * done.has_groups + [EMBEDDING, CODING] * done.has_codes
    for engine in engines:
        news = _News(answers, engine, steps)
        try:
            worth = replay_study(bench, done, engine, shuffled=request["shuffled"], told=news)
        except EngineProblem as problem:
            message = message_of(problem, gettext_for(request["language"]))
            _tell(answers, {"is": "problem", "engine": engine, "what": message})
        else:
            _tell(answers, {"is": "worth", "worth": plain.of_study(worth)})
    _tell(answers, {"is": "done"})


class _News:
    """Tells how far an engine is, a few times a second; ``share`` (0...1) never goes back.

    ``steps`` are what is done one after the other; one that has nothing to do is not heard of.
    """

    def __init__(self, answers: IO[str], engine: str, steps: Sequence[str]) -> None:
        self.answers, self.engine, self.steps = answers, engine, steps
        self.at, self.told = 0, 0.0

    def __call__(self, step: str, done: int, whole: int) -> None:
        if step in self.steps[self.at :]:
            self.at = self.steps.index(step, self.at)
        now = time.monotonic()
        if now - self.told < NEWS_EVERY and done < whole:
            return
        self.told = now
        told = {"is": "progress", "engine": self.engine, "step": step, "done": done, "all": whole}
        share = (self.at + done / max(1, whole)) / max(1, len(self.steps))
        _tell(self.answers, {**told, "part": min(1.0, share)})


def _tell(answers: IO[str], message: dict[str, Any]) -> None:
    answers.write(json.dumps(message) + "\n")
    answers.flush()


def _end_with_the_input() -> None:
    sys.stdin.read()
    os._exit(0)


def _private_output() -> IO[str]:
    """The answers' way out. Whatever libraries print goes to the error stream instead."""
    sys.stdout.flush()
    private = os.dup(1)
    os.dup2(2, 1)
    return os.fdopen(private, "w", encoding="ascii")


if __name__ == "__main__":
    main()
