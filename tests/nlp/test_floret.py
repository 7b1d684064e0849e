"""The default engine: spaCy's Finnish vectors without spaCy."""

import importlib
import json
import subprocess
import sys
import unicodedata

import numpy as np
import pytest

from benchmarks.suggestion_quality import SHIPPED, read
from qualcode.nlp import floret as floret_module
from qualcode.nlp.embedding import Embedder
from qualcode.nlp.floret import FloretSif, FloretTable
from qualcode.nlp.problems import BrokenEngine, MissingEngine
from qualcode.nlp.words import words_of
from qualcode.workbench.worth import plain
from qualcode.workbench.worth.of_table import replay_table
from tests.conftest import ROOT


def finnish_words(count: int) -> list[str]:
    lines = SHIPPED.read_text(encoding="utf-8").splitlines()
    words = dict.fromkeys(w for line in lines if line[:1] not in "#@" for w in words_of(line))
    return [*[*words][: count - 5], "a", "yö", "EU:n", "lapsiperheiden", "Äiti"]


def test_two_hundred_words_get_the_vectors_that_spacy_gives_them(floret):
    spacy_vectors = importlib.import_module("spacy.vectors")
    theirs = spacy_vectors.Vectors()
    theirs.from_disk(floret_module._vocab_folder())
    words = finnish_words(200)
    assert len(set(words)) == 200
    for word in words:
        theirs.strings.add(word)
    for word, expected in zip(words, theirs.get_batch(words), strict=True):
        ours = floret.table.vector(word)
        cosine = ours @ expected / np.linalg.norm(ours) / np.linalg.norm(expected)
        assert cosine > 0.9999, word
        assert np.linalg.norm(ours) == pytest.approx(np.linalg.norm(expected), rel=1e-4), word


def test_the_engine_needs_neither_spacy_nor_torch_nor_scikit_learn(floret):
    code = (
        "import sys, json\n"
        "from qualcode.nlp.registry import embedder\n"
        "from qualcode.nlp import worker\n"
        "from qualcode.analysis import code_suggestion, grouping, near_identical, placing\n"
        "embedder('floret').embed(['apua ei saa'])\n"
        "print(json.dumps(sorted(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True)
    assert not {"spacy", "torch", "sklearn", "pandas"} & set(json.loads(done.stdout))


def test_it_is_an_embedder_whose_vectors_may_be_kept(floret):
    assert isinstance(floret, Embedder)
    assert (floret.name, floret.prefix, floret.dimensions) == ("floret", "", 300)
    assert floret.lasting and floret.warning == ""


def test_rows_are_of_unit_length_or_zero_where_nothing_is_said(floret):
    rows = floret.embed(
        ["apua ei saa", "", "😀 !!! ...", "5", "ä" * 5000, " ".join(["sana"] * 5000)]
    )
    assert rows.dtype == np.float32 and rows.shape == (6, 300)
    assert np.allclose(np.linalg.norm(rows, axis=1), [1, 0, 0, 1, 1, 1], atol=1e-5)
    assert floret.embed([]).shape == (0, 300)


def test_letters_pasted_in_pieces_and_capitals_change_nothing(floret):
    plain, pieces, capitals = floret.embed(
        ["äidin työ", unicodedata.normalize("NFD", "äidin työ"), "ÄIDIN TYÖ"]
    )
    assert np.array_equal(plain, pieces) and np.array_equal(plain, capitals)


def test_common_words_count_for_less(floret):
    assert floret.weight("ja") < 0.05 < floret.weight("apua") < floret.weight("kapulakieli") == 1.0


def test_the_sum_of_weighted_unit_vectors_is_what_a_text_is(floret):
    words = ["hoitaja", "kuuntelee", "ja"]
    parts = [floret.table.vector(word) for word in words]
    summed = sum(
        floret.weight(word) * part / np.linalg.norm(part)
        for word, part in zip(words, parts, strict=True)
    )
    (row,) = floret.embed(["Hoitaja kuuntelee, ja..."])
    assert np.allclose(row, summed / np.linalg.norm(summed), atol=1e-5)


def test_other_words_for_the_same_thing_are_nearer_than_other_things(floret):
    said, same, other = floret.embed(
        ["lääkäriin joutuu odottamaan", "vastaanotolle pitkä jono", "bussi ei kulje kylään"]
    )
    assert said @ same > said @ other


def test_a_full_word_memory_gives_the_same_vectors(floret, monkeypatch):
    texts = ["apua ei saa", "lomake on vaikea", "apua ei saa"]
    before = floret.embed(texts)
    monkeypatch.setattr(floret_module, "KEPT_WORDS", 2)
    assert np.array_equal(FloretSif().embed(texts), before)


@pytest.mark.parametrize("missing", ["spacy_fi_experimental_web_md", "wordfreq", "mmh3"])
def test_a_missing_package_is_named_with_the_line_that_brings_it(floret, monkeypatch, missing):
    real_find, real_import = importlib.util.find_spec, importlib.import_module

    def find(name, *rest):
        return None if name == missing else real_find(name, *rest)

    def load(name, *rest):
        if name == missing:
            raise ImportError(name)
        return real_import(name, *rest)

    monkeypatch.setattr(importlib.util, "find_spec", find)
    monkeypatch.setattr(importlib, "import_module", load)
    with pytest.raises(MissingEngine, match=r"pip install .*wordfreq") as problem:
        FloretSif()
    assert str(problem.value.values["missing"]).replace("-", "_") == missing


@pytest.mark.parametrize(
    "damage",
    [
        lambda vocab: (vocab / "vectors.cfg").unlink(),
        lambda vocab: (vocab / "vectors.cfg").write_text("{"),
        lambda vocab: (vocab / "vectors.cfg").write_text('{"mode": "default"}'),
        lambda vocab: (vocab / "vectors").write_bytes(b"no array"),
    ],
)
def test_a_damaged_table_is_told_as_such(tmp_path, damage):
    settings = {"mode": "floret", "minn": 4, "maxn": 5, "hash_count": 2, "hash_seed": 1}
    (tmp_path / "vectors.cfg").write_text(json.dumps({**settings, "bow": "<", "eow": ">"}))
    with (tmp_path / "vectors").open("wb") as file:
        np.save(file, np.ones((10, 3), dtype=np.float32))
    assert FloretTable.in_folder(tmp_path).dimensions == 3
    damage(tmp_path)
    with pytest.raises(BrokenEngine, match="damaged"):
        FloretTable.in_folder(tmp_path)


def test_suggestions_on_the_machine_made_set_stay_as_good_as_measured(floret):
    """A short form of benchmarks/suggestion_quality.py; the set is machine-made."""
    table = read(SHIPPED, coded=False)
    found = plain.of_table(replay_table(table, "floret", "fi", orders=1), table)
    assert found["top3"] >= 0.74 and found["top1"] >= 0.45
    assert found["new_group_auc"] >= 0.74
    assert found["names_known"]["top3"] >= 0.74
    assert found["names_known_ari"] >= 0.16
    assert found["blind_ari"] >= 0.07
