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
from typing import IO, Any

from qualcode.domain.errors import QualcodeError
from qualcode.nlp.problems import EngineProblem
from qualcode.store.opening import open_study
from qualcode.texts import gettext_for
from qualcode.workbench.bench import Workbench
from qualcode.workbench.messages import message_of
from qualcode.workbench.worth import plain
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
    for engine in engines:
        news = _News(answers, engine)
        try:
            worth = replay_study(bench, done, engine, shuffled=request["shuffled"], told=news)
        except EngineProblem as problem:
            message = message_of(problem, gettext_for(request["language"]))
            _tell(answers, {"is": "problem", "engine": engine, "what": message})
        else:
            _tell(answers, {"is": "worth", "worth": plain.of_study(worth)})
    _tell(answers, {"is": "done"})


class _News:
    """Tells how far an engine is, a few times a second."""

    def __init__(self, answers: IO[str], engine: str) -> None:
        self.answers, self.engine, self.told = answers, engine, 0.0

    def __call__(self, step: str, done: int, whole: int) -> None:
        now = time.monotonic()
        if now - self.told >= NEWS_EVERY or done >= whole:
            self.told = now
            _tell(
                self.answers,
                {"is": "progress", "engine": self.engine, "step": step, "done": done, "all": whole},
            )


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
