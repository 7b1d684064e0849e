"""The same model as a sentence-transformers folder, in full precision and with every piece.

For comparing (``SentenceModel`` loads it with torch) and for other programs. Written without
torch: the folder is a few JSON files and the weights.
"""

from __future__ import annotations

import json
import tempfile
import unicodedata
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qualcode.nlp.e5 import building, source, vocabulary
from qualcode.nlp.libraries import library

LAYER_PARTS = {
    "attention.self.query": "q",
    "attention.self.key": "k",
    "attention.self.value": "v",
    "attention.output.dense": "ao",
    "attention.output.LayerNorm": "aln",
    "intermediate.dense": "fi",
    "output.dense": "fo",
    "output.LayerNorm": "oln",
}
SPECIAL = {
    "bos_token": "<s>",
    "cls_token": "<s>",
    "eos_token": "</s>",
    "sep_token": "</s>",
    "unk_token": "<unk>",
    "pad_token": "<pad>",
}


def write(folder: Path, file: Path | None = None) -> Path:
    """Writes the folder (about 470 MB) and gives it. ``file`` is the source, if it is known."""
    with tempfile.TemporaryDirectory() as fetched:
        opened = source.read(file or source.find() or building.fetch(Path(fetched)))
        folder.mkdir(parents=True, exist_ok=True)
        library("safetensors.numpy", engine="e5").save_file(
            weights(opened), folder / "model.safetensors", metadata={"format": "pt"}
        )
        _tokenizer(opened).save(str(folder / "tokenizer.json"))
        for name, content in _settings(opened).items():
            path = folder / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(json.dumps(content, indent=1), encoding="utf-8")
    return folder


def weights(opened: source.Source) -> dict[str, NDArray[np.float32]]:
    """Every tensor under the name that transformers' BertModel gives it."""
    sizes = opened.sizes
    width, inner = sizes.hidden, sizes.feed_forward
    found = {
        "embeddings.word_embeddings.weight": opened.tensor("emb.word", sizes.vocabulary, width),
        "embeddings.position_embeddings.weight": opened.tensor("emb.pos", sizes.positions, width),
        "embeddings.token_type_embeddings.weight": opened.tensor("emb.type", sizes.types, width),
        "embeddings.LayerNorm.weight": opened.tensor("emb.ln.w", width),
        "embeddings.LayerNorm.bias": opened.tensor("emb.ln.b", width),
    }
    for layer in range(sizes.layers):
        for name, part in LAYER_PARTS.items():
            rows = inner if part == "fi" else width
            columns = () if part.endswith("ln") else (inner if part == "fo" else width,)
            place = f"encoder.layer.{layer}.{name}"
            found[f"{place}.weight"] = opened.tensor(f"l{layer}.{part}.w", rows, *columns)
            found[f"{place}.bias"] = opened.tensor(f"l{layer}.{part}.b", rows)
    return found


def _tokenizer(opened: source.Source) -> Any:
    """The tokenizer with the character map inside, since others do not call ``readable``."""
    tokenizers = library("tokenizers", engine="e5")
    made = vocabulary.tokenizer(opened.pieces)
    replace = tokenizers.normalizers.Replace
    steps = [replace(chr(point), text) for point, text in _signs(opened)]
    steps += [tokenizers.normalizers.NFKC(), replace(tokenizers.Regex(" {2,}"), " ")]
    made.normalizer = tokenizers.normalizers.Sequence([*steps, tokenizers.normalizers.Strip()])
    return made


def _signs(opened: source.Source) -> list[tuple[int, str]]:
    """What the character map changes and Unicode's compatibility form (NFKC) would not."""
    return [
        (point, text)
        for point, text in opened.characters.items()
        if unicodedata.normalize("NFKC", chr(point)) != text
    ]


def _settings(opened: source.Source) -> dict[str, Any]:
    sizes = opened.sizes
    return {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "vocab_size": sizes.vocabulary,
            "hidden_size": sizes.hidden,
            "num_hidden_layers": sizes.layers,
            "num_attention_heads": sizes.heads,
            "intermediate_size": sizes.feed_forward,
            "max_position_embeddings": sizes.positions,
            "type_vocab_size": sizes.types,
            "layer_norm_eps": 1e-12,
            "hidden_act": "gelu",
            "pad_token_id": opened.pieces.padding,
        },
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": sizes.positions,
            **SPECIAL,
        },
        "special_tokens_map.json": SPECIAL,
        "modules.json": [
            {"idx": n, "name": str(n), "path": path, "type": f"sentence_transformers.models.{kind}"}
            for n, (path, kind) in enumerate(
                [("", "Transformer"), ("1_Pooling", "Pooling"), ("2_Normalize", "Normalize")]
            )
        ],
        "sentence_bert_config.json": {"max_seq_length": sizes.positions, "do_lower_case": False},
        "config_sentence_transformers.json": {
            "prompts": {"query": "query: ", "passage": "passage: "},
            "similarity_fn_name": "cosine",
        },
        "1_Pooling/config.json": {
            "word_embedding_dimension": sizes.hidden,
            "pooling_mode_mean_tokens": True,
        },
        "2_Normalize/config.json": {},
    }
