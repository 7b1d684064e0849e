"""BERTopic beside the first grouping, on the same texts with the same vectors, in one run.

    python -m benchmarks.bertopic_peer [--texts 1000 10000] [--groups-of 25]

BERTopic is no part of this project: where it cannot be imported, this says so and measures
only the first grouping. Install it into an environment of your own, beside this project
(`pip install bertopic`), and run it from there.

The vectors are invented (``suggestion_speed.invented``), so times are what they would be with any
engine, and the agreement (ARI) tells how each finds groups that are really there. BERTopic gets the
vectors and runs as its authors set it up (UMAP, HDBSCAN, class-based TF-IDF), with a fixed seed.
"""

from __future__ import annotations

import argparse
import importlib.util
import time

from sklearn.metrics import adjusted_rand_score

from benchmarks.suggestion_speed import invented
from qualcode.analysis.expressions import Expressions
from qualcode.analysis.grouping import Piles, first_grouping

SEED = 1


def ours(texts: Expressions, own: list[int], piles: Piles) -> str:
    begun, used = time.perf_counter(), time.process_time()
    found = first_grouping(texts, engine="invented", piles=piles)
    wall, processor = time.perf_counter() - begun, time.process_time() - used
    group_of = {id: group.key for group in found.groups for id in group.member_ids}
    labels = [group_of.get(id, id) for id in texts.ids]
    return line(f"first grouping, {piles}", wall, processor, own, labels, len(found.left_out))


def bertopics(texts: Expressions, own: list[int]) -> str:
    """BERTopic as it comes. Outliers count as groups of one, as what we leave out does."""
    from bertopic import BERTopic
    from umap import UMAP

    begun, used = time.perf_counter(), time.process_time()
    reducer = UMAP(n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=SEED)
    topics, _ = BERTopic(umap_model=reducer, calculate_probabilities=False).fit_transform(
        list(texts.texts), embeddings=texts.vectors
    )
    wall, processor = time.perf_counter() - begun, time.process_time() - used
    labels = [f"left {n}" if topic == -1 else str(topic) for n, topic in enumerate(topics)]
    return line("BERTopic", wall, processor, own, labels, sum(topic == -1 for topic in topics))


def line(
    what: str, wall: float, processor: float, own: list[int], labels: list[str], left: int
) -> str:
    agreement = adjusted_rand_score(own, labels)
    return (
        f"  {what:24} {wall:7.1f} s, {processor:6.1f} s of processor, ARI {agreement:.3f},"
        f" {len(set(labels)) - left} groups, {left / len(own):.1%} left out"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--texts", type=int, nargs="*", default=[1_000, 10_000])
    parser.add_argument("--groups-of", type=int, default=25)
    wanted = parser.parse_args()
    peer = all(importlib.util.find_spec(name) for name in ("bertopic", "umap"))
    if not peer:
        print("BERTopic is not installed here, so only the first grouping is measured.")
    for count in wanted.texts:
        texts, _, own = invented(count, max(2, count // wanted.groups_of))
        print(f"{count} texts in {max(2, count // wanted.groups_of)} groups")
        for piles in Piles:
            print(ours(texts, own, piles), flush=True)
        if peer:
            # The first call compiles its parts; that is not counted.
            if count == wanted.texts[0]:
                few, _, few_own = invented(200, 8)
                bertopics(few, few_own)
            print(bertopics(texts, own), flush=True)


if __name__ == "__main__":
    main()
