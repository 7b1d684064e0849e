"""Vectors that are not in use any more: told in bytes, and let go."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from qualcode.domain.errors import StudyBusy
from qualcode.nlp import registry
from qualcode.nlp.problems import EngineProblem, MissingEngine
from qualcode.nlp.registry import EngineChoice
from qualcode.store.opening import create
from qualcode.workbench import engines
from qualcode.workbench.engines import ChosenEngine
from qualcode.workbench.old_vectors import Freed, forget_old_vectors, old_vectors
from tests.builders import a_study

BEST = "e5-forms"
USED, EARLIER, OTHER = "e5-forms@list2", "e5-forms@list1", "e5-floret@build1"


@dataclass
class Computer:
    """What can be used on it, and under which mark each engine keeps its vectors there."""

    marks: dict[str, str] = field(
        default_factory=lambda: {"e5-forms": "list2", "e5-floret": "build1"}
    )
    best: str = BEST
    lacking: tuple[EngineProblem, ...] = ()

    def probe(self, name, options=None):
        if name not in self.marks and name != "sentences":
            raise MissingEngine(engine=name, missing="model", install="make it")

    def vectors_key(self, name, options=None):
        mark = (options or {}).get("model") if name == "sentences" else self.marks.get(name)
        return f"{name}@{mark}" if mark else name

    def best_available(self, language="fi", wanted=()):
        name, options = wanted[0] if wanted else (self.best, {})
        return EngineChoice(name, name, "", self.lacking, options)


@pytest.fixture
def computer(monkeypatch):
    one = Computer()
    for asked in ("probe", "vectors_key", "best_available"):
        monkeypatch.setattr(registry, asked, getattr(one, asked))
    return one


@pytest.fixture
def bench(tmp_path, computer):
    store = create(tmp_path / "tutkimus.qualcode")
    yield keeping(a_study(store), USED, EARLIER, OTHER)
    store.close()


@pytest.fixture
def on_a_server(bench, monkeypatch):
    monkeypatch.setattr(bench.store, "address", "postgresql://palvelin/tutkimus")
    return bench


def keeping(bench, *names):
    with bench.store.writing() as rows:
        for name in names:
            rows.keep_vectors(name, {f"{n}": bytes(100) for n in range(10)})
    return bench


def kept(bench):
    with bench.store.reading() as rows:
        return set(rows.room_of_vectors())


def test_in_a_file_of_ones_own_only_the_vectors_in_use_are_needed(bench):
    assert old_vectors(bench) == {EARLIER: 1000, OTHER: 1000}


def test_what_is_let_go_leaves_the_vectors_in_use_and_a_smaller_file(bench, tmp_path):
    keeping(bench, *(f"e5-forms@before{n}" for n in range(100)))
    bench.store.compact()
    before = (tmp_path / "tutkimus.qualcode").stat().st_size
    assert forget_old_vectors(bench) == Freed(102_000)
    assert kept(bench) == {USED}
    assert (tmp_path / "tutkimus.qualcode").stat().st_size < before
    assert forget_old_vectors(bench) == Freed(0)


def test_on_a_server_another_engine_may_be_in_use_on_another_computer(on_a_server):
    assert old_vectors(on_a_server) == {EARLIER: 1000}


def test_on_a_server_vectors_of_an_engine_that_is_not_here_are_somebody_elses(
    on_a_server, computer
):
    keeping(on_a_server, "e5@build0", "floret", "theirs@1")
    assert old_vectors(on_a_server) == {EARLIER: 1000}
    computer.marks["e5"] = "build1"
    assert set(old_vectors(on_a_server)) == {EARLIER, "e5@build0"}


def test_while_the_best_engine_cannot_be_used_its_vectors_stay(bench, computer):
    computer.best = "e5-floret"
    computer.lacking = (MissingEngine(engine=BEST, missing="list", install="make it"),)
    del computer.marks[BEST]
    assert old_vectors(bench) == {}


def test_models_that_the_study_uses_no_longer_are_old_on_a_server_too(on_a_server):
    keeping(on_a_server, "sentences@first", "sentences@second")
    assert set(old_vectors(on_a_server)) == {EARLIER, "sentences@first", "sentences@second"}
    engines.choose(on_a_server, ChosenEngine("sentences", "second"))
    assert set(old_vectors(on_a_server)) == {EARLIER, "sentences@first"}


def test_a_file_that_somebody_reads_keeps_its_size_but_not_the_vectors(bench, monkeypatch):
    def busy():
        raise StudyBusy(path="tutkimus.qualcode")

    monkeypatch.setattr(bench.store, "compact", busy)
    assert forget_old_vectors(bench) == Freed(2000, smaller=False)
    assert kept(bench) == {USED}
