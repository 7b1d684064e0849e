"""How good the suggestions are, on reductions whose groups are known.

    python -m benchmarks.suggestion_quality [--engine floret] [--file F] [--orders 5] [--json]

The file holds ``@main group|group`` lines, each followed by its expressions, one a line. The one
that is shipped is machine-made: its items and names come from one author, which flatters every
number that uses names. Measured are

- sequential placing: items come in random order, a group exists from its first member on, with its
  name; is the right group among the first 1, 3, 5? Ties get their middle rank;
- new group: how well a low best score tells items whose group does not exist yet (area under the
  curve), and how often the flag goes up rightly and wrongly;
- names known: all names from the start, and adjusted Rand index (ARI) of placing by name only;
- blind: ARI of the first grouping, without any names, and the share left out;
- codes: the groups as codes of a codebook with 0, 10, 25, 50, 100 accepted codings.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.metrics import adjusted_rand_score, roc_auc_score

from qualcode.analysis.code_suggestion import CodeSuggester, CodeWords
from qualcode.analysis.expressions import Expressions
from qualcode.analysis.grouping import Grouping, Piles, first_grouping, grouping_of_categories
from qualcode.analysis.placing import NamedGroup, NamedGroups
from qualcode.analysis.similarity import mid_ranks
from qualcode.nlp.embedding import Embedder
from qualcode.nlp.lemmas import SnowballLemmas
from qualcode.nlp.registry import embedder

SHIPPED = Path(__file__).parent / "data" / "pelkistykset_synt.txt"


@dataclass(frozen=True)
class Grouped:
    """Expressions with the group and main group that somebody put each into."""

    reductions: Expressions
    names: Expressions
    group_of: tuple[str, ...]
    main_of: dict[str, str]
    engine: str

    def members(self, rows) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for row in rows:
            found.setdefault(self.group_of[row], []).append(self.reductions.ids[row])
        return {group: tuple(ids) for group, ids in found.items()}

    def named(self, members: dict[str, tuple[str, ...]]) -> NamedGroups:
        groups = [NamedGroup(name, name, ids) for name, ids in members.items()]
        return NamedGroups(self.reductions, groups, self.names, engine=self.engine)


def read(path: Path, engine: Embedder) -> Grouped:
    texts, group_of, main_of = [], [], {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("@"):
            main, group = line[1:].split("|")
            main_of[group] = main
        elif line.strip() and not line.startswith("#"):
            texts.append(line.strip())
            group_of.append(group)
    names = list(main_of)
    # One call for all, because the vectors of a spelling engine hold within one call only.
    vectors = engine.embed(texts + names)
    words = SnowballLemmas("fi").words(texts + names)
    return Grouped(
        reductions=Expressions(
            ids=tuple(f"r{row}" for row in range(len(texts))),
            texts=tuple(texts),
            vectors=vectors[: len(texts)],
            stems=words.stems[: len(texts)],
            forms=words.forms,
        ),
        names=Expressions(
            ids=tuple(names),
            texts=tuple(names),
            vectors=vectors[len(texts) :],
            stems=words.stems[len(texts) :],
            forms=words.forms,
        ),
        group_of=tuple(group_of),
        main_of=main_of,
        engine=engine.name,
    )


def sequential(data: Grouped, seed: int, names_known: bool = False) -> dict[str, float]:
    """One simulated analyst who places the items one by one in a random order."""
    order = np.random.default_rng(seed).permutation(len(data.reductions))
    ranks, best, new, flagged = [], [], [], []
    for done, row in enumerate(order):
        members = data.members(order[:done])
        if names_known:
            members = {name: members.get(name, ()) for name in data.names.ids}
        if not members:
            continue
        groups = data.named(members)
        scores = groups.scores(data.reductions.ids[row])
        best.append(scores.max())
        new.append(data.group_of[row] not in members)
        flagged.append(groups.suggest(data.reductions.ids[row]).new_group)
        if not new[-1]:
            ranks.append(mid_ranks(scores)[list(members).index(data.group_of[row])])
    found = top(ranks)
    if any(new):
        is_new = np.array(new)
        found["new_group_auc"] = float(roc_auc_score(is_new, -np.array(best)))
        found["flag_right"] = float(np.mean(np.array(flagged)[is_new]))
        found["flag_wrong"] = float(np.mean(np.array(flagged)[~is_new]))
    return found


def names_only_ari(data: Grouped) -> float:
    """Every item put where the names alone point, against the known groups."""
    groups = data.named(dict.fromkeys(data.names.ids, ()))
    placed = [int(np.argmax(groups.scores(id_))) for id_ in data.reductions.ids]
    return float(adjusted_rand_score(data.group_of, placed))


def blind(data: Grouped, piles: Piles) -> dict[str, float]:
    grouping = first_grouping(data.reductions, engine=data.engine, piles=piles)
    return {
        "ari": float(adjusted_rand_score(data.group_of, labels(grouping, data.reductions.ids))),
        "groups": len(grouping.groups),
        "left_out": len(grouping.left_out) / len(data.reductions),
    }


def main_level_ari(data: Grouped) -> float:
    """The known groups put together again into main groups, against the known ones."""
    members = data.members(range(len(data.reductions)))
    categories = [NamedGroup(name, name, ids) for name, ids in members.items()]
    found = grouping_of_categories(categories, data.names, data.reductions, engine=data.engine)
    ids = tuple(members)
    return float(adjusted_rand_score([data.main_of[id_] for id_ in ids], labels(found, ids)))


def labels(grouping: Grouping, ids: tuple[str, ...]) -> list[str]:
    """The group key of each id; whatever was left out is a group of its own."""
    key_of = {id_: group.key for group in grouping.groups for id_ in group.member_ids}
    return [key_of.get(id_, id_) for id_ in ids]


def codes(data: Grouped, accepted: int, seed: int) -> dict[str, float]:
    """The other items' codes, after ``accepted`` random items have been coded rightly."""
    order = np.random.default_rng(seed).permutation(len(data.reductions))
    suggester = CodeSuggester(
        data.reductions,
        [CodeWords(name, name) for name in data.names.ids],
        data.names,
        data.names,
        [(data.reductions.ids[row], data.group_of[row]) for row in order[:accepted]],
        engine=data.engine,
    )
    return top(
        mid_ranks(suggester.scores(data.reductions.ids[row]))[data.names.rows[data.group_of[row]]]
        for row in order[accepted:]
    )


def top(ranks) -> dict[str, float]:
    reached = np.array(list(ranks))
    return {f"top{within}": float((reached <= within).mean()) for within in (1, 3, 5)}


def mean(runs: list[dict[str, float]]) -> dict[str, float]:
    return {name: round(float(np.mean([run[name] for run in runs])), 3) for name in runs[0]}


def measure(data: Grouped, orders: int) -> dict[str, object]:
    seeds = range(orders)
    return {
        "engine": data.engine,
        "sequential": mean([sequential(data, seed) for seed in seeds]),
        "names_known": mean([sequential(data, seed, names_known=True) for seed in seeds]),
        "names_only_ari": round(names_only_ari(data), 3),
        "blind_even": blind(data, Piles.EVEN),
        "blind_purer": blind(data, Piles.PURER),
        "main_level_ari": round(main_level_ari(data), 3),
        "codes": {n: mean([codes(data, n, seed) for seed in seeds]) for n in (0, 10, 25, 50, 100)},
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--engine", action="append", help="floret, tfidf, ... (may be repeated)")
    parser.add_argument("--file", type=Path, default=SHIPPED)
    parser.add_argument("--orders", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    wanted = parser.parse_args()
    for name in wanted.engine or ["floret", "tfidf"]:
        found = measure(read(wanted.file, embedder(name)), wanted.orders)
        found["data"] = f"{wanted.file.name}" + (
            " (machine-made)" if wanted.file == SHIPPED else ""
        )
        if wanted.json:
            print(json.dumps(found, ensure_ascii=False))
            continue
        print(f"\n{name} on {found['data']}, {wanted.orders} orders")
        for measured, value in found.items():
            if measured not in ("engine", "data"):
                print(f"  {measured:16} {value}")


if __name__ == "__main__":
    main()
