"""Vectors of texts: made once, kept in short steps, nothing lost when a job is stopped."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
import pytest

from qualcode.nlp import registry
from qualcode.nlp.problems import BrokenEngine, EngineCancelled, WorkerDied
from qualcode.store.memory import MemoryStore
from qualcode.store.opening import create
from qualcode.workbench import likeness
from qualcode.workbench.likeness import vectors_of
from tests.builders import a_study

TEXTS = [f"teksti {number}" for number in range(10)]


class Lengths:
    """A text's vector by its letters; tells what it was asked for, and stops where it is told."""

    name, prefix, dimensions, lasting, warning = "lengths", "", 3, True, ""
    asked: ClassVar[list[list[str]]] = []
    stops: ClassVar[dict[int, Exception]] = {}

    def embed(self, texts):
        self.asked.append(list(texts))
        if len(self.asked) in self.stops:
            raise self.stops[len(self.asked)]
        return np.array([[len(t), sum(map(ord, t)) % 97, 1] for t in texts], dtype=np.float32)


@pytest.fixture(autouse=True)
def engine(monkeypatch):
    monkeypatch.setitem(registry.EMBEDDERS, "lengths", f"{__name__}:Lengths")
    monkeypatch.setattr(registry, "LIGHT", registry.LIGHT | {"lengths"})
    monkeypatch.setattr(likeness, "TEXTS_AT_ONCE", 4)
    monkeypatch.setattr(Lengths, "asked", [])
    monkeypatch.setattr(Lengths, "stops", {})
    yield
    registry.forget_failures()


@pytest.fixture(params=["memory", "sqlite"])
def bench(request, tmp_path):
    if request.param == "memory":
        yield a_study(MemoryStore())
        return
    store = create(tmp_path / "tutkimus.qualcode")
    yield a_study(store)
    store.close()


def asked():
    return [text for part in Lengths.asked for text in part]


def test_each_text_is_embedded_once_and_comes_back_in_its_place(bench):
    first = vectors_of(bench, "lengths", [*TEXTS, TEXTS[0]], None)
    assert sorted(asked()) == sorted(TEXTS)
    assert np.array_equal(first[0], first[-1])
    again = vectors_of(bench, "lengths", [TEXTS[3], "uusi", TEXTS[1]], None)
    assert asked()[len(TEXTS) :] == ["uusi"]
    assert np.array_equal(again[[0, 2]], first[[3, 1]])


def test_a_cancelled_job_goes_on_where_it_stopped(bench):
    Lengths.stops[3] = EngineCancelled()
    with pytest.raises(EngineCancelled):
        vectors_of(bench, "lengths", TEXTS, None)
    Lengths.asked.clear()
    Lengths.stops.clear()
    assert len(vectors_of(bench, "lengths", TEXTS, None)) == len(TEXTS)
    assert len(asked()) == 2


def test_after_a_killed_worker_only_its_last_part_is_made_again(bench):
    Lengths.stops[2] = WorkerDied(engine="lengths", what="exit code -9")
    with pytest.raises(WorkerDied):
        vectors_of(bench, "lengths", TEXTS, None)
    Lengths.asked.clear()
    Lengths.stops.clear()
    vectors_of(bench, "lengths", TEXTS, None)
    assert len(asked()) == 6
    assert registry.probe("lengths") is None  # it may well work the next time


def test_nobody_waits_for_more_than_one_part_to_be_kept(bench, monkeypatch):
    held = []
    store = type(bench.store)
    writing = store.writing

    def counted(self):
        held.append(len(Lengths.asked))
        return writing(self)

    monkeypatch.setattr(store, "writing", counted)
    vectors_of(bench, "lengths", TEXTS, None)
    assert held == [1, 2, 3]


def test_kept_vectors_of_another_size_are_made_anew(bench):
    vectors_of(bench, "lengths", TEXTS, None)
    key = likeness.text_key(TEXTS[2])
    with bench.store.writing() as rows:
        rows.keep_vectors("lengths", {key: np.ones(7, dtype="<f4").tobytes()})
    Lengths.asked.clear()
    assert vectors_of(bench, "lengths", TEXTS, None).shape == (10, 3)
    assert asked() == [TEXTS[2]]


def test_other_files_are_another_engine(bench, monkeypatch):
    vectors_of(bench, "lengths", TEXTS, None)
    monkeypatch.setitem(registry.FINGERPRINTS, "lengths", f"{__name__}:other_files")
    Lengths.asked.clear()
    vectors_of(bench, "lengths", TEXTS, None)
    assert len(asked()) == len(TEXTS)


def other_files():
    return "0123abcd"


def test_what_is_broken_is_passed_over_until_its_files_change(bench, monkeypatch):
    monkeypatch.setitem(registry.BY_THEMSELVES, "fi", ("lengths", "tfidf"))
    assert likeness.engine_name(bench, None) == "lengths"
    Lengths.stops[1] = BrokenEngine(engine="lengths", what="cut off", install="-")
    with pytest.raises(BrokenEngine):
        vectors_of(bench, "lengths", TEXTS, None)
    assert likeness.engine_name(bench, None) == "tfidf"
    monkeypatch.setitem(registry.FINGERPRINTS, "lengths", f"{__name__}:other_files")
    assert likeness.engine_name(bench, None) == "lengths"


def test_how_many_lack_a_vector_is_told(bench):
    vectors_of(bench, "lengths", TEXTS[:4], None)
    assert likeness.lacking(bench, "lengths", [*TEXTS, *TEXTS]) == 6


def test_strange_texts_and_none_are_no_error(bench):
    assert vectors_of(bench, "lengths", ["", "😀", "\ud800 rikki"], None).shape == (3, 3)
    assert len(vectors_of(bench, "lengths", [], None)) == 0
