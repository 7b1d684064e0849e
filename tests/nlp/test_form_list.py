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
from qualcode.nlp.form_list import MOST_RULES, FormList, digest_said, form_list_file, rule_of
from qualcode.nlp.meant_words import VERSION, MeantWords
from qualcode.nlp.problems import (
    BrokenEngine,
    FormListFault,
    MissingEngine,
    ModelInUse,
    NoRoomForModel,
    TooManyRules,
    UnreadableEngine,
)
from qualcode.texts import gettext_for

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


MEANT = {
    "työpajassa": ("työ", "paja"),
    "kotiavulla": ("koti", "apu"),
    "perhetyön": ("perhe", "työ"),
    "yhteistyötä": ("yhteinen", "työ"),
    "sosiaalityöntekijät": ("sosiaali", "sosiaalityö", "työ", "työntekijä", "tekijä"),
    "valinnanvapaus": ("valinta", "vapaus"),
    "vertais-apua": ("vertais", "apu"),
    "kieliavun": ("kieli", "apu"),
    "kieliapu": ("kieli", "apu"),
    "suonpohja": ("pohja", "suonpohja"),
    "intohimolla": ("intohimo",),
    "avun": ("apu",),
}
"""Of these words, by the lists of words below, in this VERSION."""


def test_whoever_changes_what_words_mean_raises_the_version():
    """Vectors are kept under it, and the forms and parts come from a module the search shares."""
    words = {base: base for bases in MEANT.values() for base in bases} | {
        "työpajassa": "työpaja",
        "kotiavulla": "kotiapu",
        "perhetyön": "perhetyö",
        "yhteistyötä": "yhteistyö",
        "yhteistyö": "yhteistyö",
        "sosiaalityöntekijät": "sosiaalityöntekijä",
        "sosiaalityöntekijä": "sosiaalityöntekijä",
        "työn": "työ",
        "valinnan": "valinta",
        "valinnanvapaus": "valinnanvapaus",
        "apua": "apu",
        "avun": "avu",
        "suonpohja": "suonpohja",
        "suon": "suo",
        "intohimolla": "intohimo",
        "into": "into",
        "himo": "himo",
    }
    common = dict.fromkeys([*words, "koti", "perhe", "kieli"], 0.1)
    known = MeantWords(FinnishForms(words, common))
    assert (VERSION, {word: known.of(word) for word in MEANT}) == (2, MEANT)


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


@pytest.mark.parametrize(
    "harm", ["a letter", "cut off", "empty", "another file", "head", "rule", "places", "digest"]
)
def test_a_damaged_list_is_found_out_before_it_is_used(models, harm):
    path = building.file_of(models)
    whole = path.read_bytes()
    path.write_bytes(
        {
            "a letter": whole[:-9] + bytes([whole[-9] ^ 1]) + whole[-8:],
            "cut off": whole[:-10],
            "empty": b"",
            "another file": b"PK\3\4" + whole[4:],
            "head": whole.replace(b"{", b"[", 1),
            "rule": whole.replace(b'"nen"', b'"nem"', 1),
            "places": whole.replace(b'"places": 1', b'"places": 9', 1),
            "digest": whole[:4] + bytes([whole[4] ^ 1]) + whole[5:],
        }[harm]
    )
    assert path.read_bytes() != whole
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


@pytest.mark.parametrize("places", [b"0", b"99", b"-1", b'""'])
def test_no_search_runs_out_of_a_table_whose_head_was_changed_meanwhile(models, places):
    path = building.file_of(models)
    whole = path.read_bytes()
    said = b'"places": 15, '
    assert said in whole
    path.write_bytes(whole.replace(said, (b'"places": ' + places + b",").ljust(len(said))))
    with pytest.raises(FormListFault):
        FormList.in_file(path)


def test_a_list_that_another_program_holds_is_read_when_it_is_free_again(models, monkeypatch):
    def held(_path):
        raise PermissionError(13, "in use")

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(building, "is_whole", held)
        building.look_again()
        with pytest.raises(UnreadableEngine, match="in use") as problem:
            building.ready(models)
        assert not building.sound(models)
    assert not problem.value.lasting
    building.ready(models)
    assert building.opened(models).get("hevosen") == "hevonen"


def test_a_list_that_is_taken_away_while_it_is_looked_at_is_missing(models, monkeypatch):
    stat = Path.stat

    def gone_after(self, **how):
        found = stat(self, **how)
        self.unlink(missing_ok=True)
        return found

    building.look_again()
    monkeypatch.setattr(Path, "stat", gone_after)
    with pytest.raises(MissingEngine, match="models build"):
        building.ready(models)


def test_a_folder_in_the_place_of_the_list_is_no_list(tmp_path):
    building.file_of(tmp_path).mkdir()
    with pytest.raises(BrokenEngine):
        building.ready(tmp_path)
    assert building.fingerprint(tmp_path) == ""


def test_a_whole_list_is_read_through_once_and_again_when_asked(models, monkeypatch):
    read = []
    look = building.is_whole
    monkeypatch.setattr(building, "is_whole", lambda path: read.append(path) or look(path))
    building.look_again()
    for _ in range(3):
        building.ready(models)
    assert len(read) == 1
    building.look_again()
    building.ready(models)
    assert len(read) == 2


def test_lists_of_older_forms_go_when_a_new_one_is_made_and_nothing_else_does(tmp_path):
    now = building.FORM
    others = [f"{building.STEM}{now + 1}.bin", f"{building.STEM}notes.bin", "finnish.bin"]
    older = [f"{building.STEM}{form}.bin" for form in range(1, now)]
    assert older
    for name in [*others, *older]:
        (tmp_path / name).write_bytes(b"list")
    made = building.build(tmp_path, WORDS)
    assert {path.name for path in tmp_path.iterdir()} == {made.name, *others}


def test_more_rules_than_can_be_numbered_are_told_before_they_are_numbered(tmp_path):
    words = {str(number): f"a{number}" for number in range(MOST_RULES)}
    assert FormList.in_file(building.build(tmp_path, words)).get("65535") == "a65535"
    with pytest.raises(TooManyRules, match="simplemma") as problem:
        form_list_file([*words.items(), ("b", "c")])
    told = problem.value.message(gettext_for("fi"))
    assert "Suomen muotoluetteloa" in told and "requirements.txt" in told


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


def test_a_list_that_another_program_reads_stays_and_is_not_said_to_be_another(models, monkeypatch):
    before = digest_said(building.file_of(models))

    def in_use(self, target):
        raise PermissionError(13, "in use")

    monkeypatch.setattr(Path, "replace", in_use)
    building.build(models, WORDS)
    with pytest.raises(ModelInUse, match="End qualcode") as problem:
        building.build(models, {**WORDS, "tuella": "tuki"})
    assert digest_said(building.file_of(models)) == before
    assert "Sulje qualcode" in problem.value.message(gettext_for("fi"))
    building.file_of(models).write_bytes(b"damaged")
    with pytest.raises(ModelInUse, match="in use"):
        building.build(models, WORDS)
    assert [path.name for path in models.iterdir()] == [building.file_of().name]


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
def test_what_simplemma_lists_is_found_in_the_file(tmp_path, simplemmas_words):
    listed = FormList.in_file(building.build(tmp_path, simplemmas_words))
    assert len(simplemmas_words) > 30_000
    assert all(listed.get(form) == base for form, base in simplemmas_words.items())
    # Forms turned round are hardly ever Finnish.
    turned = [form[::-1] for form in simplemmas_words if form[::-1] not in simplemmas_words]
    assert not any(listed.get(form) for form in turned)
