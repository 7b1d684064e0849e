"""Finding an engine by name, and the best one there is."""

from importlib.metadata import EntryPoint

import pytest

from qualcode.nlp import registry
from qualcode.nlp.problems import MissingEngine, UnknownEngine
from qualcode.nlp.tfidf import CharTfidf


def test_an_unknown_name_is_answered_with_the_known_ones():
    with pytest.raises(UnknownEngine, match="e5-forms, e5-floret, e5, floret, tfidf, sentences"):
        registry.embedder("word2vec")
    with pytest.raises(UnknownEngine):
        registry.choice("word2vec")


def test_options_reach_the_engine():
    assert registry.embedder("tfidf", most=7).embed(["sanoja on monta"]).shape == (1, 7)


def test_every_engine_of_the_table_has_a_label_and_a_cost():
    for name in registry.EMBEDDERS:
        found = registry.choice(name)
        assert found.label != name and found.cost


def test_the_best_engine_is_the_one_with_vectors(floret):
    best = registry.best_available()
    assert best.name == "floret"
    assert [why.values["engine"] for why in best.passed_over] == ["e5-forms", "e5-floret"]
    assert all("models build" in str(why) for why in best.passed_over)


def test_word_vectors_are_offered_for_finnish_only(floret):
    assert registry.best_available("en").name == "tfidf"


def test_without_vectors_spelling_is_left_and_the_choice_says_why(monkeypatch):
    monkeypatch.setitem(registry.PROBES, "floret", "tests.nlp.test_registry:not_installed")
    best = registry.best_available()
    assert best.name == "tfidf"
    words = best.passed_over[2]
    assert isinstance(words, MissingEngine) and "pip install" in str(words)
    passed = [why.values["engine"] for why in best.passed_over]
    assert passed == ["e5-forms", "e5-floret", "floret", "e5"]


def not_installed():
    raise MissingEngine(engine="floret", missing="wordfreq", install="pip install wordfreq")


def test_another_package_brings_an_engine_by_its_entry_point(monkeypatch):
    points = [
        EntryPoint("ours", "qualcode.nlp.tfidf:CharTfidf", registry.ENTRY_POINTS),
        EntryPoint("theirs", "no_such_package_here:Engine", registry.ENTRY_POINTS),
    ]
    monkeypatch.setattr(registry, "entry_points", lambda group: points)
    assert registry.known()[-2:] == ["ours", "theirs"]
    assert isinstance(registry.embedder("ours"), CharTfidf)
    with pytest.raises(MissingEngine, match="no_such_package_here"):
        registry.embedder("theirs")


@pytest.mark.parametrize(
    ("name", "texts", "here"),
    [("floret", 100, True), ("tfidf", 2000, True), ("floret", 9000, False), ("minilm", 1, False)],
)
def test_few_texts_of_light_engines_are_done_in_process(name, texts, here):
    assert registry.runs_in_process(name, texts) is here
