"""Noun phrases as names of suggested groups. Invented texts."""

import pytest

from qualcode.domain.suggestions import GroupSuggestion
from qualcode.store.memory import MemoryStore
from qualcode.workbench.suggesting import phrases
from tests.builders import a_study

FOUND = {
    "oma päätösvalta puuttuu": ("oma päätösvalta",),
    "päätösvallan menetys arjessa": ("päätösvallan menetys",),
    "omat päätökset ohitetaan": ("omat päätökset",),
    "puhelin soi": (),
}


class Worker:
    """Finds the phrases above, and remembers what it was asked."""

    def __init__(self):
        self.asked = []

    def phrases(self, texts, told):
        self.asked.append(list(texts))
        return [FOUND[text] for text in texts]


@pytest.fixture
def worker(monkeypatch):
    made = Worker()
    monkeypatch.setattr(phrases, "shared_worker", lambda task: made)
    monkeypatch.setattr(phrases.importlib.util, "find_spec", lambda name: object())
    monkeypatch.setattr(phrases, "_known", {})
    monkeypatch.setattr(phrases, "PATIENCE", 20.0)
    return made


def look(bench):
    texts = {f"r{n}": wording for n, wording in enumerate(FOUND)}
    group = GroupSuggestion("k", "n", (), tuple(texts), 0.5, "e")
    phrases.look_for(bench, [group], texts)


def test_the_phrase_whose_words_most_members_use_is_the_name(worker):
    look(a_study(MemoryStore()))
    assert phrases.phrase_for(list(FOUND)) in (
        "oma päätösvalta",
        "päätösvallan menetys",
        "omat päätökset",
    )
    assert phrases.phrase_for(list(FOUND)[:2]) == "oma päätösvalta"


def test_a_phrase_of_one_member_alone_names_no_group(worker):
    look(a_study(MemoryStore()))
    assert phrases.phrase_for(["oma päätösvalta puuttuu", "puhelin soi"]) == ""
    assert phrases.phrase_for([]) == ""


def test_each_wording_is_looked_at_once(worker):
    bench = a_study(MemoryStore())
    look(bench)
    look(bench)
    assert len(worker.asked) == 1


def test_without_the_pipeline_nobody_waits_and_nothing_is_asked(worker, monkeypatch):
    monkeypatch.setattr(phrases.importlib.util, "find_spec", lambda name: None)
    look(a_study(MemoryStore()))
    assert worker.asked == []
    assert phrases.phrase_for(list(FOUND)) == ""
