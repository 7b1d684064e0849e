"""The helper process: it answers, reports, stops when told, and never outlives its program."""

import os
import signal
import subprocess
import sys
import threading
import time

import numpy as np
import pytest

from qualcode.nlp.problems import (
    EngineCancelled,
    EngineFailed,
    EngineTimedOut,
    UnfitProcessor,
    UnknownEngine,
    UnknownModel,
    WorkerDied,
)
from qualcode.nlp.tfidf import CharTfidf
from qualcode.nlp.worker import Worker
from tests.conftest import ROOT

TEXTS = [f"omaiset eivät saa tietoa tuista {n}" for n in range(150)]


@pytest.fixture
def worker(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    with Worker() as made:
        yield made


@pytest.fixture
def odd_engines(monkeypatch, tmp_path):
    """Engines that misbehave, brought by a package as any other outsider would be."""
    package = tmp_path / "odd_engines-1.dist-info"
    package.mkdir()
    (package / "METADATA").write_text("Metadata-Version: 2.1\nName: odd-engines\nVersion: 1\n")
    (package / "entry_points.txt").write_text(
        "[qualcode.embedders]\nslow = odd_engines:Slow\nnoisy = odd_engines:Noisy\n"
        "raising = odd_engines:Raising\nstuck = odd_engines:Stuck\nill = odd_engines:Ill\n"
    )
    (tmp_path / "odd_engines.py").write_text(
        """
import os, time, numpy as np

class Slow:
    prefix, dimensions, lasting, warning = "", 2, True, ""
    name = "slow"
    def embed(self, texts):
        time.sleep(0.2)
        return np.ones((len(texts), 2), dtype=np.float32)

class Noisy(Slow):
    def embed(self, texts):
        print("a library that talks")
        os.write(1, b"and one that writes to the descriptor itself")
        return np.ones((len(texts), 2), dtype=np.float32)

class Raising(Slow):
    def embed(self, texts):
        raise ZeroDivisionError("nothing to divide by: ä")

class Ill(Slow):
    def embed(self, texts):
        import signal
        os.kill(os.getpid(), signal.SIGILL)

class Stuck(Slow):
    def embed(self, texts):
        time.sleep(600)
"""
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with Worker() as made:
        yield made


def test_vectors_come_as_they_were_made_with_progress_on_the_way(worker, floret):
    seen = []
    rows = worker.embed("floret", TEXTS, lambda done, of: seen.append((done, of)))
    assert rows.dtype == np.float32
    assert np.allclose(rows, floret.embed(TEXTS), atol=1e-6)
    assert seen == [(64, 150), (128, 150), (150, 150)]


def test_the_same_process_serves_the_next_job(worker):
    worker.embed("tfidf", TEXTS[:5])
    first = worker.process_id
    worker.embed("tfidf", TEXTS[:5])
    assert worker.process_id == first


def test_an_engine_for_one_call_gets_all_texts_in_one(worker):
    assert np.allclose(worker.embed("tfidf", TEXTS), CharTfidf().embed(TEXTS))


def test_long_texts_are_done_few_at_a_time(worker, floret):
    seen = []
    worker.embed("floret", ["sana " * 5000] * 12, lambda done, of: seen.append(done))
    assert seen[0] <= 8 and seen[-1] == 12


def test_no_texts_and_odd_texts_are_no_error(worker):
    assert worker.embed("tfidf", []).shape[0] == 0
    assert worker.embed("tfidf", ["", "😀", "\ud800 rikki", "rivi\nvaihto\0"]).shape[0] == 4


def test_options_travel_and_an_engines_problem_arrives_as_itself(worker):
    assert worker.embed("tfidf", TEXTS, options={"most": 9}).shape == (150, 9)
    with pytest.raises(UnknownEngine, match="The known ones are: e5-forms, e5-floret") as problem:
        worker.embed("nonesuch", ["a"])
    assert problem.value.values["engine"] == "nonesuch"
    assert worker.embed("tfidf", TEXTS[:2]).shape[0] == 2


def test_an_unexpected_error_tells_what_it_was(odd_engines):
    with pytest.raises(EngineFailed, match="ZeroDivisionError: nothing to divide by: ä"):
        odd_engines.embed("raising", ["a"])


def test_what_libraries_print_does_not_garble_the_answer(odd_engines):
    assert odd_engines.embed("noisy", ["a", "b"]).tolist() == [[1, 1], [1, 1]]


def test_a_cancelled_job_stops_between_texts_and_the_process_lives_on(odd_engines):
    odd_engines.embed("slow", ["a"])
    first = odd_engines.process_id
    threading.Timer(0.4, odd_engines.cancel).start()
    start = time.monotonic()
    with pytest.raises(EngineCancelled):
        odd_engines.embed("slow", ["a"] * 64 * 100)
    assert time.monotonic() - start < 100 * 0.2, "the whole of it takes no less"
    assert odd_engines.embed("slow", ["a"]).shape == (1, 2)
    assert odd_engines.process_id == first


def test_a_stuck_job_can_be_cancelled_too(odd_engines):
    threading.Timer(0.5, odd_engines.cancel).start()
    with pytest.raises(EngineCancelled):
        odd_engines.embed("stuck", ["a"])
    assert odd_engines.embed("slow", ["a"]).shape == (1, 2)


def test_a_silent_worker_is_stopped_after_its_time(odd_engines):
    odd_engines.embed("slow", ["a"])
    with pytest.raises(EngineTimedOut, match="1 seconds"):
        odd_engines.embed("stuck", ["a"], silence_seconds=1)
    assert odd_engines.embed("slow", ["a"]).shape == (1, 2)


def test_a_caller_that_gives_up_does_not_disturb_the_next_one(odd_engines):
    odd_engines.embed("slow", ["a"])
    first = odd_engines.process_id

    def leave(done, of):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        odd_engines.embed("slow", ["a"] * 200, leave)
    assert odd_engines.embed("slow", ["a"] * 3).shape == (3, 2)
    assert odd_engines.process_id == first  # with the engine still loaded


def test_who_waits_can_give_up_before_there_is_any_news(odd_engines):
    odd_engines.embed("slow", ["a"])

    def leave():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        odd_engines.embed("stuck", ["a"], on_wait=leave)
    assert odd_engines.embed("slow", ["a"]).shape == (1, 2)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_killed_worker_is_told_and_replaced(odd_engines):
    odd_engines.embed("slow", ["a"])
    threading.Timer(0.3, os.kill, (odd_engines.process_id, signal.SIGKILL)).start()
    with pytest.raises(WorkerDied, match="exit code -9"):
        odd_engines.embed("slow", ["a"] * 64 * 100)
    assert odd_engines.embed("slow", ["a"]).shape == (1, 2)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGILL")
def test_an_instruction_that_the_processor_lacks_is_told_as_that(odd_engines):
    with pytest.raises(UnfitProcessor, match="too old"):
        odd_engines.embed("ill", ["a"])
    assert odd_engines.embed("slow", ["a"]).shape == (1, 2)


@pytest.mark.skipif(sys.platform == "win32", reason="asks /proc or ps for the process")
def test_the_worker_dies_with_the_program_that_started_it(odd_engines):
    program = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import threading\n"
            "from qualcode.nlp.worker import Worker\n"
            "w = Worker()\n"
            "w.embed('slow', ['a'])\n"
            "print(w.process_id, flush=True)\n"
            "w.embed('stuck', ['a'])\n",
        ],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    worker_id = int(program.stdout.readline())
    assert alive(worker_id)
    program.kill()
    program.wait()
    program.stdout.close()
    until = time.monotonic() + 10
    while alive(worker_id) and time.monotonic() < until:
        time.sleep(0.05)
    assert not alive(worker_id)


def alive(process_id: int) -> bool:
    done = subprocess.run(["ps", "-o", "stat=", "-p", str(process_id)], capture_output=True)
    return bool(done.stdout.strip()) and not done.stdout.strip().startswith(b"Z")


def test_closing_ends_the_process(worker):
    worker.embed("tfidf", TEXTS[:2])
    process = worker._process
    worker.close()
    assert process.returncode is not None
    assert worker.process_id is None


@pytest.mark.slow
def test_sentences_lemmas_and_sentence_models_come_from_the_worker(worker, floret):
    assert worker.sentences(["Sain apua. Kiitos!", ""]) == [[(0, 10), (11, 18)], []]
    (named, none) = worker.names(["Soitin Sirpa Korhoselle.", "Sain apua."])
    assert [(hit.start, hit.end, hit.kind) for hit in named] == [(7, 23, "person")]
    assert none == ()
    words = worker.words(["palveluista kerrotaan", "tietoa palveluista"])
    assert words.stems[0][0] == words.stems[1][1]
    with pytest.raises(UnknownModel):
        worker.embed("sentences", ["a"], options={"model": "no/such-model"})
