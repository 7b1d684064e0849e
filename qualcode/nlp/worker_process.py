"""The helper process itself: ``python -m qualcode.nlp.worker_process``, asked by ``worker``.

It reads jobs from its standard input and answers on its standard output. One job runs at a time;
"cancel" is read while it runs. It ends when its input does, so it cannot outlive the program that
started it.
"""

from __future__ import annotations

import json
import os
import queue
import sys
import threading
import traceback
from collections.abc import Callable, Mapping
from typing import IO, Any, TypeVar

import numpy as np

from qualcode.nlp import offline, registry
from qualcode.nlp.base_forms import base_forms
from qualcode.nlp.embedding import Embedder
from qualcode.nlp.lemmas import SpacyLemmas, Words
from qualcode.nlp.model_trial import tried
from qualcode.nlp.names import find_all_names
from qualcode.nlp.phrases import noun_phrases
from qualcode.nlp.problems import EngineProblem
from qualcode.nlp.segmenting import sentences
from qualcode.nlp.sentences import SentenceModel
from qualcode.nlp.worker_messages import Message, receive, send

TEXTS_AT_ONCE = 64
WORDS_AT_ONCE = 50
LETTERS_AT_ONCE = 16_000
LONGEST_READ = 2_000  # models read the beginning of a text, about so much
BACKGROUND = 2  # how much is left to others, of 19 steps of politeness
Made = TypeVar("Made")


class _Cancelled(Exception):
    pass


class _Jobs:
    """What the worker can do. Engines stay loaded from one job to the next."""

    def __init__(self, answers: IO[bytes]) -> None:
        self.answers = answers
        self.cancelled = threading.Event()
        self._engines: dict[str, tuple[str, Embedder]] = {}
        self._lemmas: SpacyLemmas | None = None

    def do(self, request: Message) -> None:
        try:
            getattr(self, f"_{request['job']}")(request)
        except _Cancelled:
            self._problem("EngineCancelled", {}, "")
        except EngineProblem as problem:
            values = {name: str(value) for name, value in problem.values.items()}
            self._problem(type(problem).__name__, values, str(problem))
        except Exception as error:  # everything an engine can raise must reach the program
            traceback.print_exc()
            self._problem("", {}, f"{type(error).__name__}: {error}")

    def _embed(self, request: Message) -> None:
        engine = self._engine(request["engine"], request["options"])
        texts = request["texts"]
        # An engine whose vectors hold within one call only must get all the texts in one.
        at_once = getattr(engine, "texts_at_once", TEXTS_AT_ONCE)
        if not engine.lasting:
            at_once = max(1, len(texts))
        rows = np.zeros((len(texts), engine.dimensions), dtype="<f4")
        parts = self._in_parts(engine.embed, texts, at_once, long=engine.lasting)
        if parts:
            rows = np.concatenate(parts).astype("<f4")
        send(self.answers, {"is": "vectors", "shape": rows.shape}, rows.tobytes())

    def _engine(self, name: str, options: Mapping[str, Any]) -> Embedder:
        """The engine with these options and of these files; an earlier one of its name goes."""
        key = json.dumps([registry.vectors_key(name, options), options], sort_keys=True)
        kept = self._engines.get(name)
        if kept is None or kept[0] != key:
            self._engines.pop(name, None)
            self._engines[name] = kept = (key, registry.embedder(name, **options))
        return kept[1]

    def _build(self, request: Message) -> None:
        """The offline sentence model, made anew in the user's cache."""

        def tell(done: int, steps: int, _step: str) -> None:
            send(self.answers, {"is": "progress", "done": done, "all": steps})

        offline.build(on_progress=tell)
        send(self.answers, {"is": "built"})

    def _try(self, request: Message) -> None:
        """A model of one's own on texts of the study, beside the best engine of the program."""
        reference = self._engine(request["reference"], {}) if request["reference"] else None
        model = self._engine("sentences", request["options"])
        assert isinstance(model, SentenceModel)
        seen = tried(model, request["texts"], reference)
        send(self.answers, {"is": "trial", "trial": seen.as_message()})

    def _words(self, request: Message) -> None:
        if self._lemmas is None:
            self._lemmas = SpacyLemmas()
        words = Words.joined(self._in_parts(self._lemmas.words, request["texts"], TEXTS_AT_ONCE))
        send(self.answers, {"is": "words", "stems": words.stems, "forms": dict(words.forms)})

    def _base_forms(self, request: Message) -> None:
        known = base_forms(request["language"])
        parts = self._in_parts(
            lambda words: [(known.sought(word), known.keys(word)) for word in words],
            request["texts"],
            WORDS_AT_ONCE,
        )
        send(self.answers, {"is": "words", "words": [word for part in parts for word in part]})

    def _names(self, request: Message) -> None:
        language = request["language"]
        parts = self._in_parts(
            lambda texts: find_all_names(texts, language), request["texts"], TEXTS_AT_ONCE
        )
        hits = [
            [(hit.start, hit.end, hit.kind, hit.certain) for hit in found]
            for part in parts
            for found in part
        ]
        send(self.answers, {"is": "names", "hits": hits})

    def _phrases(self, request: Message) -> None:
        parts = self._in_parts(noun_phrases, request["texts"], TEXTS_AT_ONCE)
        send(self.answers, {"is": "phrases", "found": [one for part in parts for one in part]})

    def _sentences(self, request: Message) -> None:
        language = request["language"]
        parts = self._in_parts(
            lambda texts: [sentences(text, language) for text in texts],
            request["texts"],
            TEXTS_AT_ONCE,
        )
        spans = [text_spans for part in parts for text_spans in part]
        send(self.answers, {"is": "sentences", "spans": spans})

    def _in_parts(
        self,
        make: Callable[[list[str]], Made],
        texts: list[str],
        at_once: int,
        long: bool = False,
    ) -> list[Made]:
        """What is made of the texts, part by part; fewer at a time where they are ``long``.

        Between parts the worker hears whether the job is still wanted.
        """
        made = []
        start = 0
        while start < len(texts):
            if self.cancelled.is_set():
                raise _Cancelled
            part = texts[start : start + at_once]
            if long:
                part = part[: _fitting(part)]
            made.append(make(part))
            start += len(part)
            send(self.answers, {"is": "progress", "done": start, "all": len(texts)})
        return made

    def _problem(self, name: str, values: Mapping[str, str], what: str) -> None:
        send(self.answers, {"is": "problem", "problem": name, "values": dict(values), "what": what})


def _fitting(texts: list[str]) -> int:
    """How many of the texts are done within a moment: one at least."""
    letters = 0
    for number, text in enumerate(texts):
        letters += min(len(text), LONGEST_READ)
        if letters > LETTERS_AT_ONCE:
            return max(1, number)
    return len(texts)


def main() -> None:
    """Does jobs until the standard input ends."""
    if "--background" in sys.argv and hasattr(os, "nice"):
        os.nice(BACKGROUND)
    requests = sys.stdin.buffer
    answers = _private_output()
    jobs = _Jobs(answers)
    waiting: queue.Queue[Message] = queue.Queue()

    def read_requests() -> None:
        while True:
            try:
                received = receive(requests)
            except ValueError:
                received = None
            if received is None:
                # The program that asked is gone: nobody waits for whatever is being computed.
                os._exit(0)
            message, _ = received
            if message["job"] == "cancel":
                jobs.cancelled.set()
            else:
                jobs.cancelled.clear()
                waiting.put(message)

    threading.Thread(target=read_requests, daemon=True).start()
    while True:
        jobs.do(waiting.get())


def _private_output() -> IO[bytes]:
    """The answers' way out. Whatever libraries print goes to the error stream instead."""
    sys.stdout.flush()
    private = os.dup(1)
    os.dup2(2, 1)
    if sys.platform == "win32":
        import msvcrt

        msvcrt.setmode(private, os.O_BINARY)
    return os.fdopen(private, "wb")


if __name__ == "__main__":
    main()
