"""A sentence-transformers model as files: where it is, what it asks for, and which one it is.

Read without the library, so that a page can tell of a model without loading hundreds of megabytes.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from qualcode.nlp.problems import BrokenModel, MissingEngine, UnknownModel

INSTALL = "pip install sentence-transformers"
WEIGHTS = ("*.safetensors", "*.bin", "*.onnx")
WHOLE = 1 << 20
"""Files up to this size are read whole for the fingerprint, larger ones at sixteen places."""

PLACES, PIECE = 16, 1 << 16
E5_NAME = re.compile(r"(?:^|[^a-z])e5(?:$|[^a-z])", re.IGNORECASE)
E5_PREFIX = "query: "


def ready(model: str = "", **_: Any) -> None:
    """Nothing when the model can be loaded here; raises the EngineProblem that tells why not.

    Without a model only the library is looked for.
    """
    if importlib.util.find_spec("sentence_transformers") is None:
        raise MissingEngine(engine="sentences", missing="sentence-transformers", install=INSTALL)
    if model:
        folder = folder_of(model)
        if folder is None and may_download():
            return
        if folder is None or not (
            (folder / "config.json").is_file() or (folder / "modules.json").is_file()
        ):
            raise UnknownModel(engine="sentences", model=model)
        broken = damage(folder)
        if broken:
            raise BrokenModel(engine="sentences", what=broken, model=model)


def folder_of(model: str) -> Path | None:
    """The folder of a model: as given, or of a name in the local Hugging Face cache."""
    folder = Path(model).expanduser()
    if folder.is_dir():
        return folder
    kept = _hub_cache() / f"models--{model.replace('/', '--')}"
    for name in ("main", "master"):
        told = kept / "refs" / name
        if told.is_file():
            snapshot = kept / "snapshots" / told.read_text(encoding="utf-8").strip()
            return snapshot if snapshot.is_dir() else None
    return None


def may_download() -> bool:
    """Whether the environment lets the library ask a model hub (HF_HUB_OFFLINE=0)."""
    return os.environ.get("HF_HUB_OFFLINE", "1").upper() not in {"1", "TRUE", "YES", "ON"}


def damage(folder: Path) -> str:
    """What is plainly wrong with the folder's files; empty when nothing is.

    A settings file that is no JSON, no weights, or weights that were cut off.
    """
    for name in ("config.json", "modules.json", "tokenizer.json"):
        if (folder / name).is_file() and _json(folder / name) is None:
            return name
    weights = [path for form in WEIGHTS for path in folder.rglob(form)]
    if not weights and (folder / "config.json").is_file():
        return WEIGHTS[0]
    return next((path.name for path in weights if _is_cut_off(path)), "")


def own_prefix(model: str) -> str:
    """What the model asks to stand before every text: by its own settings, or as an E5 model."""
    folder = folder_of(model)
    settings = _json(folder / "config_sentence_transformers.json") if folder else None
    if isinstance(settings, dict):
        prompts = settings.get("prompts") or {}
        for name in (settings.get("default_prompt_name"), "clustering", "query"):
            if name and prompts.get(name):
                return str(prompts[name])
    return E5_PREFIX if E5_NAME.search(Path(model).name) else ""


def fingerprint(model: str = "", prefix: str | None = None, **_: Any) -> str:
    """What tells this model with this prefix from every other: a copy has the same.

    Empty for a model whose files are not here (yet).
    """
    folder = folder_of(model) if model else None
    if folder is None:
        return ""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    signs = tuple((str(path), path.stat().st_size, path.stat().st_mtime_ns) for path in files)
    said = own_prefix(model) if prefix is None else prefix
    return hashlib.sha256(f"{_digest(folder, signs)}\0{said}".encode()).hexdigest()[:12]


@lru_cache(maxsize=16)
def _digest(folder: Path, signs: tuple[tuple[str, int, int], ...]) -> str:
    """Of all files; read again only when one has changed."""
    found = hashlib.sha256()
    for name, size, _changed in signs:
        path = Path(name)
        if path.suffix == ".md":
            continue
        found.update(f"{path.relative_to(folder).as_posix()}\0{size}\0".encode())
        with path.open("rb") as file:
            if size <= WHOLE:
                found.update(file.read())
                continue
            for place in range(PLACES):
                file.seek(place * (size - PIECE) // (PLACES - 1))
                found.update(file.read(PIECE))
    return found.hexdigest()


def _is_cut_off(path: Path) -> bool:
    """Whether a file of weights is shorter than its own beginning says (safetensors), or empty."""
    size = path.stat().st_size
    if path.suffix != ".safetensors":
        return size == 0
    with path.open("rb") as file:
        length = int.from_bytes(file.read(8), "little")
        if not 0 < length <= size - 8:
            return True
        try:
            tensors = json.loads(file.read(length))
            ends = [t["data_offsets"][1] for name, t in tensors.items() if name != "__metadata__"]
        except (ValueError, KeyError, TypeError, AttributeError):
            return True
    return size != 8 + length + max(ends, default=0)


def _json(path: Path) -> dict[str, Any] | list[Any] | None:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict | list) else None


def _hub_cache() -> Path:
    """Where Hugging Face's libraries keep what was downloaded."""
    named = os.environ.get("HF_HUB_CACHE")
    if named:
        return Path(named)
    home = os.environ.get("HF_HOME")
    return (Path(home) if home else Path.home() / ".cache" / "huggingface") / "hub"
