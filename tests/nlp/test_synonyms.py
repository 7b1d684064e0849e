"""Near-synonyms from open dictionaries, and what they do to the word vectors."""

import gzip
import hashlib

import numpy as np
import pytest

from benchmarks import finnish_synonyms as making
from qualcode.nlp import floret as floret_module
from qualcode.nlp import synonyms
from qualcode.nlp.e5 import engine
from qualcode.nlp.problems import DamagedProgram
from qualcode.nlp.synonyms import Synonyms


@pytest.fixture(scope="module")
def shipped():
    return synonyms.opened()


def near(shipped, word):
    return [other for other, _ in shipped.of(word)]


# --- the list that comes along ---------------------------------------------------------------


def test_words_that_dictionaries_translate_alike_are_near_synonyms(shipped):
    assert "hoppu" in near(shipped, "kiire") and "kiire" in near(shipped, "hoppu")
    assert "huolehtia" in near(shipped, "hoitaa")
    assert "korvaus" in near(shipped, "maksu")
    assert "työläinen" in near(shipped, "työntekijä")


def test_the_nearest_comes_first_and_no_word_is_its_own_synonym(shipped):
    for word in ("kiire", "hoitaa", "maksu", "työ", "äiti"):
        found = shipped.of(word)
        weights = [weight for _, weight in found]
        assert 1 <= len(found) <= making.MOST_OTHERS
        assert weights == sorted(weights, reverse=True) and weights[-1] >= 1
        assert word not in near(shipped, word)


@pytest.mark.parametrize(
    "word",
    ["", "kapulakieliqq", "Kiire", "kiire ", "kiiree", "ö" * 5000, "😀", "\x00", "aaa", "öööö"],
)
def test_of_other_words_nothing_is_known(shipped, word):
    assert shipped.of(word) == ()


def test_the_list_is_whole(shipped):
    count = len(shipped.words)
    assert count > 40_000
    assert np.all(shipped.words[:-1] < shipped.words[1:])
    assert len(shipped.starts) == count + 1 and np.all(np.diff(shipped.starts.astype(int)) >= 1)
    assert shipped.starts[-1] == len(shipped.others) == len(shipped.weights)
    assert shipped.others.max() < count
    assert shipped.evening.shape == (300, 300)
    assert np.array_equal(shipped.evening, shipped.evening.T)


def test_whoever_changes_the_list_or_its_use_raises_the_version():
    """Vectors are kept under it."""
    made = hashlib.sha256(synonyms.FILE.read_bytes()).hexdigest()[:12]
    use = (float(floret_module.NEAR), engine.MEANINGS_SHARE)
    assert (synonyms.VERSION, made, use) == (1, "3de87361e8d0", (1.0, 0.4))


@pytest.mark.parametrize("harm", ["missing", "empty", "another file", "cut off", "a letter"])
def test_a_list_that_cannot_be_read_is_told_as_such(tmp_path, monkeypatch, harm):
    path, whole = tmp_path / "finnish.npz", synonyms.FILE.read_bytes()
    half = len(whole) // 2
    harmed = {
        "empty": b"",
        "another file": b"no list",
        "cut off": whole[:half],
        "a letter": whole[:half] + bytes([whole[half] ^ 1]) + whole[half + 1 :],
    }
    if harm in harmed:
        path.write_bytes(harmed[harm])
    monkeypatch.setattr(synonyms, "FILE", path)
    synonyms.opened.cache_clear()
    try:
        with pytest.raises(DamagedProgram, match=r"finnish\.npz.*git checkout"):
            synonyms.opened()
    finally:
        synonyms.opened.cache_clear()


# --- with the word vectors -------------------------------------------------------------------


class Listed(dict):
    """Words that are their own dictionary forms."""


def listed(*words):
    return Listed({word: word for word in words})


def test_words_that_mean_the_same_come_nearer_and_others_do_not(floret, shipped):
    words = listed("kiire", "hoppu", "lomake")
    without = type(floret)(words=words)
    with_them = type(floret)(words=words, synonyms=shipped)

    def likeness(engine, one, other):
        return float(np.prod(engine.embed([one, other]), axis=0).sum())

    assert likeness(with_them, "kiire", "hoppu") > likeness(without, "kiire", "hoppu") + 0.1
    same, other = (likeness(with_them, "kiire", word) for word in ("hoppu", "lomake"))
    assert same > other + 0.3


def test_a_text_has_the_same_vector_whatever_stands_beside_it(floret, shipped):
    texts = ["kiire ja hoppu", "lomake on vaikea", "", "😀", "kiire"]
    words = listed("kiire", "hoppu", "lomake", "vaikea")
    together = type(floret)(words=words, synonyms=shipped).embed(texts)
    for text, row in zip(texts, together, strict=True):
        assert np.array_equal(type(floret)(words=words, synonyms=shipped).embed([text])[0], row)
    assert np.allclose(np.linalg.norm(together, axis=1), [1, 1, 0, 0, 1], atol=1e-5)


def test_a_full_memory_of_meanings_gives_the_same_vectors(floret, shipped, monkeypatch):
    texts, words = ["kiire, hoppu, lomake", "kiire"], listed("kiire", "hoppu", "lomake")
    before = type(floret)(words=words, synonyms=shipped).embed(texts)
    monkeypatch.setattr(floret_module, "KEPT_WORDS", 1)
    assert np.array_equal(type(floret)(words=words, synonyms=shipped).embed(texts), before)


def test_what_a_word_means_lies_half_way_to_its_synonyms(floret):
    known = Synonyms(
        words=np.array([b"hoppu", b"kiire"]),
        starts=np.array([0, 0, 1], dtype=np.uint32),
        others=np.array([0], dtype=np.uint16),
        weights=np.array([3], dtype=np.uint8),
        evening=np.eye(300, dtype=np.float32),
    )
    made = type(floret)(words=listed("kiire"), synonyms=known)
    kiire, hoppu = floret.embed(["kiire", "hoppu"])
    between = (kiire + hoppu) / np.linalg.norm(kiire + hoppu)
    weight = floret.weight("kiire")
    expected = weight * (2 * kiire + between)
    assert np.allclose(made.embed(["kiire"])[0], expected / np.linalg.norm(expected), atol=1e-5)


# --- how the list is made --------------------------------------------------------------------


ENGLISH_FINNISH = """\
queue //kju// //kjuː// <n>
1. häntä
(heraldry) animal's tail
2. jono 2.
waiting list
 3.
line of people
hurry /hʌri/ <n>
kiire (myös lehdissä), hoppu, kova kiire
rushed action
x /ɛks/ <n>
kirjain, rasti
"""
FINNISH_SWEDISH = """\
Kiire /kˈiːre/ <n>
brådska
tarve toimia nopeasti
hoppu /hˈopːu/ <n>
brådska
"""


def dictionary(folder, pair, text):
    file = folder / f"freedict-{pair}.dict.dz"
    file.write_bytes(gzip.compress(text.encode()))
    return file


def test_senses_are_read_with_their_numbers_signs_and_notes(tmp_path):
    file = dictionary(tmp_path, "eng-fin", ENGLISH_FINNISH)
    found = {head: [*making.senses(body)] for head, body in making.entries(file)}
    assert found == {
        "queue": [["häntä"], ["jono"], ["jono"]],
        "hurry": [["kiire", "hoppu", "kova kiire"]],
    }


def test_one_sense_weighs_two_and_each_language_shared_one(tmp_path):
    english = dictionary(tmp_path, "eng-fin", ENGLISH_FINNISH)
    swedish = dictionary(tmp_path, "fin-swe", FINNISH_SWEDISH)
    assert making.weighted([english]) == {("hoppu", "kiire"): 2}
    # Swedish alone says nothing: of one language the shared word may have two meanings.
    assert making.weighted([swedish]) == {}
    assert making.weighted([english, swedish]) == {("hoppu", "kiire"): 2 + 2}


def test_only_the_nearest_are_kept_of_each_word():
    known = making.Counter({("a", str(number)): number for number in range(1, 10)})
    kept = making.strongest(known)
    assert [other for word, other in kept if word == "a"] == ["9", "8", "7", "6"]
    assert kept["1", "a"] == 1
