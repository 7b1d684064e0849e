"""The list of Finnish forms: made once, read where it lies, and clear when it is damaged."""

from __future__ import annotations

import os
import time
from pathlib import Path

import numpy as np
import pytest

from qualcode.nlp import form_list_building as building
from qualcode.nlp import offline, registry
from qualcode.nlp.finnish_forms import FinnishForms
from qualcode.nlp.form_list import FormList, FormListFault, rule_of
from qualcode.nlp.meant_words import MeantWords
from qualcode.nlp.problems import BrokenEngine, MissingEngine, NoRoomForModel

# Some forms as simplemma lists them: of two words, of names, a dictionary form itself.
WORDS = {
    "maksu": "maksu",
    "maksut": "maksu",
    "maksuista": "maksu",
    "asiakas": "asiakas",
    "asiakkaan": "asiakas",
    "ohjaus": "ohjaus",
    "ohjausta": "ohjaus",
    "hevosen": "hevonen",
    "yö": "yö",
    "öinä": "yö",
    "Oulussa": "Oulu",
    "tuen": "tuki",
}
COMMON = dict.fromkeys(("maksu", "asiakas", "ohjaus", "yö"), 0.1)


@pytest.fixture
def models(tmp_path):
    building.build(tmp_path, WORDS)
    return tmp_path


@pytest.fixture
def listed(models):
    return building.opened(models)


def test_each_form_has_its_dictionary_form_and_nothing_else_has_one(listed):
    assert {form: listed.get(form) for form in WORDS} == WORDS
    for form in ("", "maks", "maksuistan", "Yö", "oulussa", "ö", "x" * 5000, "😀", "maksu\0"):
        assert listed.get(form) is None


def test_many_forms_share_a_table_without_taking_one_anothers_place(tmp_path):
    words = {f"sana{number}ssa": f"sana{number}" for number in range(20_000)}
    listed = FormList.in_file(building.build(tmp_path, words))
    assert all(listed.get(form) == base for form, base in words.items())
    assert not any(listed.get(f"muu{number}ssa") for number in range(20_000))


def test_a_list_of_nothing_is_a_list(tmp_path):
    assert FormList.in_file(building.build(tmp_path, {})).get("maksu") is None


@pytest.mark.parametrize(
    ("form", "base", "rule"),
    [
        ("taloissa", "talo", (4, "")),
        ("hevosen", "hevonen", (3, "nen")),
        ("öinä", "yö", (4, "yö")),
        ("on", "olla", (1, "lla")),
    ],
)
def test_a_dictionary_form_is_made_of_the_form_by_a_rule(form, base, rule):
    cut, end = rule_of(form, base)
    assert (cut, end) == rule and form[: len(form) - cut] + end == base


def test_finding_forms_by_the_file_is_finding_them_by_the_words(listed):
    by_file, by_words = FinnishForms(listed, COMMON), FinnishForms(WORDS, COMMON)
    for word in (
        "maksuista",
        "asiakasmaksuista",
        "hevosen",
        "kapulakieltä",
        "tuen",
        "asiakasmaksu",
    ):
        assert by_file.readings(word) == by_words.readings(word)
        assert by_file.parts(word) == by_words.parts(word)


def meant(words):
    return MeantWords(FinnishForms(words, COMMON))


def test_a_compound_means_its_parts_and_another_word_its_dictionary_form(listed):
    known = meant(listed)
    assert known.of("asiakasmaksuista") == ("asiakas", "maksu")
    assert known.of("asiakas-maksut") == ("asiakas", "maksu")
    assert known.of("maksuista") == ("maksu",)
    assert known.of("hevosen") == ("hevonen",)


def test_a_word_that_nothing_is_known_of_means_itself(listed):
    known = meant(listed)
    for word in ("kapulakieltä", "maksuq", "5", "eu:n", "-", "maksu" * 13, "ö" * 5000):
        assert known.of(word) == (word,)


# --- with the word vectors -------------------------------------------------------------------


def test_inflected_words_and_compounds_come_nearer_to_what_they_mean(floret, listed):
    with_forms = type(floret)(words=listed)
    for written, meant in (("asiakasmaksuista", "maksu"), ("öinä", "yö"), ("hevosen", "hevonen")):
        before, after = (
            float(np.prod(engine.embed([written, meant]), axis=0).sum())
            for engine in (floret, with_forms)
        )
        assert after > before + 0.05, written
    assert np.allclose(with_forms.embed(["maksu"]), floret.embed(["maksu"]), atol=1e-6)
    assert not with_forms.embed(["", "😀 !!!"]).any()


def test_a_text_has_the_same_vector_whatever_stands_beside_it(floret, listed):
    texts = ["asiakkaan maksut", "ohjausta öinä", "tuen"]
    alone = [type(floret)(words=listed).embed([text])[0] for text in texts]
    assert np.array_equal(type(floret)(words=listed).embed(texts), alone)


# --- when something is wrong -----------------------------------------------------------------


def test_without_a_list_the_engine_says_how_to_make_it(tmp_path):
    with pytest.raises(MissingEngine, match="models build"):
        building.ready(tmp_path)
    assert not building.sound(tmp_path) and building.fingerprint(tmp_path) == ""


@pytest.mark.parametrize("harm", ["a letter", "cut off", "empty", "another file", "head"])
def test_a_damaged_list_is_found_out_before_it_is_used(models, harm):
    path = building.file_of(models)
    whole = path.read_bytes()
    path.write_bytes(
        {
            "a letter": whole[:-9] + bytes([whole[-9] ^ 1]) + whole[-8:],
            "cut off": whole[:-10],
            "empty": b"",
            "another file": b"PK\3\4" + whole[4:],
            "head": whole[:8] + b"[" + whole[9:],
        }[harm]
    )
    with pytest.raises(BrokenEngine, match="models build"):
        building.opened(models)
    assert not building.sound(models)
    building.build(models, WORDS)
    assert building.sound(models)


def test_a_file_cut_off_while_it_is_looked_at_is_no_list(models):
    path = building.file_of(models)
    path.write_bytes(path.read_bytes()[:-6])
    with pytest.raises(FormListFault):
        FormList.in_file(path)


def test_another_list_is_told_by_its_fingerprint(models, tmp_path):
    other = tmp_path / "other"
    building.build(other, {**WORDS, "tuella": "tuki"})
    assert building.fingerprint(models) != building.fingerprint(other) != ""
    building.build(other, WORDS)
    assert building.fingerprint(models) == building.fingerprint(other)


def test_a_full_disk_leaves_nothing_behind_and_says_where(tmp_path, monkeypatch):
    def full(self, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(NoRoomForModel, match="No space left"):
        building.build(tmp_path, WORDS)
    assert not list(tmp_path.iterdir())


def test_a_list_that_another_program_reads_stays_when_it_is_whole(models, monkeypatch):
    def in_use(self, target):
        raise PermissionError(13, "in use")

    monkeypatch.setattr(Path, "replace", in_use)
    building.build(models, WORDS)
    building.file_of(models).write_bytes(b"damaged")
    with pytest.raises(NoRoomForModel, match="in use"):
        building.build(models, WORDS)


def test_what_an_ended_build_left_goes_a_day_later(models):
    old, new = (models / f"{building.WORKPLACE}{name}" for name in ("old", "new"))
    for left in (old, new):
        left.write_bytes(b"half")
    days_ago = time.time() - 2 * building.DAY
    os.utime(old, (days_ago, days_ago))
    building.build(models, WORDS)
    assert new.exists() and not old.exists()


def test_others_may_read_the_list_as_any_file_of_the_folder(models):
    beside = models / "beside"
    beside.write_bytes(b"")
    assert building.file_of(models).stat().st_mode == beside.stat().st_mode


# --- the whole of it -------------------------------------------------------------------------


def test_only_what_is_not_whole_is_made(models, monkeypatch):
    made = []
    monkeypatch.setattr(offline.building, "sound", lambda _folder: True)
    monkeypatch.setattr(offline.building, "build", lambda *_: made.append("model"))
    monkeypatch.setattr(offline.forms, "build", lambda _models: made.append("forms"))
    told = []
    offline.build(models, lambda *step: told.append(step))
    assert made == [] and told == [(5, 5, "")]
    building.file_of(models).unlink()
    offline.build(models, lambda *step: told.append(step))
    assert made == ["forms"] and told[1:] == [(4, 5, offline.STEPS[-1]), (5, 5, "")]
    offline.build(models, again=True)
    assert made == ["forms", "model", "forms"]


def test_without_the_list_the_next_engine_down_is_taken(models, monkeypatch, floret):
    monkeypatch.setenv("QUALCODE_MODELS", str(models))
    monkeypatch.setattr(offline.building, "_ready", lambda _engine, _models: None)
    assert registry.best_available("fi").name == "e5-forms"
    building.file_of(models).write_bytes(b"damaged")
    found = registry.best_available("fi")
    assert found.name == "e5-floret"
    (why,) = found.passed_over
    assert why.values["engine"] == "e5-forms" and "models build" in str(why)


@pytest.mark.slow
def test_the_whole_of_simplemmas_list_is_found_in_the_file(tmp_path):
    words = building._listed()
    listed = FormList.in_file(building.build(tmp_path))
    forms = list(words)[::101]
    assert len(forms) > 30_000
    assert all(listed.get(form) == words[form] for form in forms)
    # Forms turned round are hardly ever Finnish.
    unknown = [form[::-1] for form in forms if form[::-1] not in words]
    assert not any(listed.get(form) for form in unknown)
