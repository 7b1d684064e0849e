"""What the machine offers: codes for a text, groups of reductions, near-duplicates. With reasons.

Nothing here changes the analysis. Accepting is an act of a person and a decision of its own; a
suggestion that was turned down does not come back; accepted work never moves by itself.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from qualcode.analysis.code_suggestion import CodeSuggester, CodeWords
from qualcode.analysis.expressions import Expressions
from qualcode.analysis.grouping import (
    PER_GROUP,
    Grouping,
    Piles,
    first_grouping,
    group_key,
    grouping_of_categories,
)
from qualcode.analysis.near_identical import NearIdentical, near_identical
from qualcode.analysis.placing import NamedGroup, NamedGroups
from qualcode.analysis.placing import Placement as PlacementSuggestion
from qualcode.domain.categories import Category, Level, Placement
from qualcode.domain.codes import Code, Codebook
from qualcode.domain.coding import Coding, ReducedExpression
from qualcode.domain.decisions import Act
from qualcode.domain.documents import Document, Segment
from qualcode.domain.errors import DuplicateName, EmptyName
from qualcode.domain.suggestions import Dismissal, Suggestion
from qualcode.nlp import registry
from qualcode.nlp.embedding import Vectors
from qualcode.nlp.lemmas import SnowballLemmas
from qualcode.nlp.registry import EngineChoice
from qualcode.nlp.worker import embed_in_worker
from qualcode.store.repository import Reading
from qualcode.workbench.bench import Workbench
from qualcode.workbench.categorising import save_tree, tree_of

Progress = Callable[[int, int], None]

GROUP, APART, CODE = "group:", "apart:", "code:"
"""What a dismissal's key begins with: a set of reductions, a pair kept apart, a code for a text."""


def engine(name: str | None = None) -> EngineChoice:
    """The engine asked for, or the best one that works here, with what using it costs."""
    return registry.choice(name) if name else registry.best_available()


# --- offering -------------------------------------------------------------------------------


def suggest_groups(
    bench: Workbench,
    *,
    per_group: float = PER_GROUP,
    piles: Piles = Piles.EVEN,
    engine: str | None = None,
    on_progress: Progress | None = None,
) -> Grouping:
    """Groups of the reductions that have no place yet, each with a name to start from."""
    with bench.store.reading() as rows:
        placed = {p.id for p in rows.find(Placement)}
        waiting = [r for r in rows.find(ReducedExpression) if r.id not in placed]
        dismissed = _dismissed(rows)
    waiting.sort(key=lambda r: (r.wording.casefold(), r.id))
    if len(waiting) < 2:
        return Grouping((), tuple(r.id for r in waiting))
    name = _engine_name(engine)
    return first_grouping(
        _expressions(bench, name, [(r.id, r.wording) for r in waiting], on_progress),
        engine=name,
        per_group=per_group,
        piles=piles,
        dismissed={key.removeprefix(GROUP) for key in dismissed if key.startswith(GROUP)},
        apart=_apart(dismissed),
    )


def suggest_higher_groups(
    bench: Workbench,
    level: Level,
    *,
    engine: str | None = None,
    on_progress: Progress | None = None,
) -> Grouping:
    """Groups of the categories of one level that lie under nothing yet; members are categories."""
    with bench.store.reading() as rows:
        tree = tree_of(rows)
        reductions = rows.find(ReducedExpression)
        dismissed = _dismissed(rows)
    free = [c for c in tree.categories.values() if c.level == level and c.parent_id is None]
    if len(free) < 2:
        return Grouping((), tuple(c.id for c in free))
    name = _engine_name(engine)
    texts = [(r.id, r.wording) for r in reductions] + [(c.id, c.name) for c in free]
    everything = _expressions(bench, name, texts, on_progress)
    return grouping_of_categories(
        [
            NamedGroup(
                c.id,
                c.name,
                tuple(id for branch in tree.branch(c.id) for id in tree.reductions_in(branch)),
            )
            for c in sorted(free, key=lambda c: (c.position, c.id))
        ],
        everything.only(c.id for c in free),
        everything.only(r.id for r in reductions),
        engine=name,
        dismissed={key.removeprefix(GROUP) for key in dismissed if key.startswith(GROUP)},
    )


def suggest_places(
    bench: Workbench,
    reduction_ids: Sequence[str] | None = None,
    *,
    engine: str | None = None,
    on_progress: Progress | None = None,
) -> list[PlacementSuggestion]:
    """For each reduction without a place (or those named): the nearest subcategories there are."""
    with bench.store.reading() as rows:
        tree = tree_of(rows)
        reductions = rows.find(ReducedExpression)
    groups = [
        NamedGroup(c.id, c.name, tuple(tree.reductions_in(c.id)))
        for c in tree.categories.values()
        if c.level is Level.SUBCATEGORY
    ]
    wanted = (
        list(reduction_ids)
        if reduction_ids is not None
        else [r.id for r in reductions if r.id not in tree.placements]
    )
    if not groups or not wanted:
        return []
    name = _engine_name(engine)
    texts = [(r.id, r.wording) for r in reductions] + [(g.id, g.name) for g in groups]
    everything = _expressions(bench, name, texts, on_progress)
    named = NamedGroups(
        everything.only(r.id for r in reductions),
        groups,
        everything.only(g.id for g in groups),
        engine=name,
    )
    return [named.suggest(id) for id in wanted]


def suggest_codes(
    bench: Workbench,
    document_ids: Sequence[str] | None = None,
    *,
    limit: int | None = None,
    engine: str | None = None,
    on_progress: Progress | None = None,
) -> list[Suggestion]:
    """For each text that has no code yet (or those named): the three nearest codes in use.

    From the codes' names and definitions, and from the study's own codings as they grow.
    """
    with bench.store.reading() as rows:
        documents = sorted(rows.find(Document, set_aside=False), key=lambda d: (d.position, d.id))
        in_use = tuple(b.id for b in rows.find(Codebook, in_use=True))
        codes = rows.find(Code, codebook_id=in_use) if in_use else []
        segments = {s.id: s.document_id for s in rows.find(Segment)}
        accepted = [(segments[c.segment_id], c.code_id) for c in rows.find(Coding)]
        dismissed = _dismissed(rows)
    coded = {document_id for document_id, _ in accepted}
    wanted = (
        list(document_ids)
        if document_ids is not None
        else [d.id for d in documents if d.id not in coded]
    )[:limit]
    if not codes or not wanted:
        return []
    name = _engine_name(engine)
    words = [CodeWords(c.id, c.label(bench.language), c.definition(bench.language)) for c in codes]
    texts = [
        *((d.id, d.text) for d in documents),
        *((f"name:{w.id}", w.name) for w in words),
        *((f"described:{w.id}", w.described) for w in words),
    ]
    everything = _expressions(bench, name, texts, on_progress)
    suggester = CodeSuggester(
        everything.only(d.id for d in documents),
        words,
        _renamed(everything, "name:"),
        _renamed(everything, "described:"),
        accepted,
        engine=name,
    )
    already: dict[str, set[str]] = {}
    for document_id, code_id in accepted:
        already.setdefault(document_id, set()).add(code_id)
    for key in dismissed:
        if key.startswith(CODE):
            document_id, __, code_id = key.removeprefix(CODE).partition("|")
            already.setdefault(document_id, set()).add(code_id)
    known = {d.id for d in documents}
    return [suggester.suggest(id, dismissed=already.get(id, set())) for id in wanted if id in known]


def near_duplicates(
    bench: Workbench,
    *,
    limit: int = 200,
    engine: str | None = None,
    on_progress: Progress | None = None,
) -> list[NearIdentical]:
    """Pairs of reductions that could be one, the surest first; pairs kept apart are left out."""
    with bench.store.reading() as rows:
        reductions = rows.find(ReducedExpression)
        apart = {frozenset(pair) for pair in _apart(_dismissed(rows))}
    if len(reductions) < 2:
        return []
    reductions.sort(key=lambda r: (r.wording.casefold(), r.id))
    name = _engine_name(engine)
    pairs = near_identical(
        _expressions(bench, name, [(r.id, r.wording) for r in reductions], on_progress),
        limit + len(apart),
    )
    return [p for p in pairs if frozenset((p.first_id, p.second_id)) not in apart][:limit]


def wordings_of(bench: Workbench, reduction_ids: Sequence[str]) -> dict[str, str]:
    """The wordings behind ids, for showing what a suggestion speaks of."""
    with bench.store.reading() as rows:
        found = rows.find(ReducedExpression, id=tuple(reduction_ids)) if reduction_ids else []
    return {r.id: r.wording for r in found}


# --- deciding -------------------------------------------------------------------------------


@dataclass(frozen=True)
class AcceptedGroup:
    """A suggested group as the analyst accepts it, edited or not.

    ``key`` names the suggestion, ``offered_ids`` what it held, so that the log can tell an edited
    acceptance from a plain one.
    """

    key: str
    name: str
    member_ids: tuple[str, ...]
    category_id: str | None = None
    under: str | None = None
    offered_ids: tuple[str, ...] = ()
    offered_name: str = ""


def accept_groups(
    bench: Workbench, groups: Sequence[AcceptedGroup], engine: str = ""
) -> list[Category]:
    """The groups become subcategories with their members: one step, whatever their number.

    A member that has got a place meanwhile stays where it is.
    """
    with bench.act(Act.ACCEPT_SUGGESTION) as work:
        before = after = tree_of(work.rows)
        made = []
        for group in groups:
            name = " ".join(group.name.split())
            if not name:
                raise EmptyName()
            if any(
                c.level is Level.SUBCATEGORY and c.name.casefold() == name.casefold()
                for c in after.categories.values()
            ):
                raise DuplicateName(kind="category", name=name)
            category = Category(
                group.category_id or bench.new_id(), name, Level.SUBCATEGORY, group.under
            )
            if category.id in before.categories:
                continue
            members = [id for id in group.member_ids if id not in after.placements]
            for id in members:
                work.require(ReducedExpression, id)
            after = after.add(category).place(members, category.id)
            made.append(after[category.id])
        save_tree(work, before, after)
        work.say(
            category=made[0].name if made else "",
            count=len(made),
            reductions=sum(len(g.member_ids) for g in groups),
            engine=engine,
            edited=sum(
                bool(g.offered_ids)
                and (set(g.offered_ids) != set(g.member_ids) or g.offered_name != g.name)
                for g in groups
            ),
        )
    return made


def accept_higher_group(
    bench: Workbench, name: str, level: Level, category_ids: Sequence[str], engine: str = ""
) -> Category:
    """A category of the level above, with the accepted categories under it."""
    tidy = " ".join(name.split())
    if not tidy:
        raise EmptyName()
    with bench.act(Act.ACCEPT_SUGGESTION) as work:
        before = tree_of(work.rows)
        category = Category(bench.new_id(), tidy, level)
        after = before.add(category)
        for id in category_ids:
            after = after.move(id, category.id)
        save_tree(work, before, after)
        work.say(category=tidy, count=1, reductions=len(category_ids), engine=engine)
    return after[category.id]


def dismiss_groups(bench: Workbench, keys: Sequence[str]) -> None:
    """These very groups are not offered again."""
    _dismiss(bench, [GROUP + key for key in keys])


def keep_apart(bench: Workbench, first_id: str, second_id: str) -> None:
    """The two reductions are different things: never offered as one, nor in one group."""
    _dismiss(bench, [apart_key(first_id, second_id)])


def apart_key(first_id: str, second_id: str) -> str:
    """The key of the dismissal that keeps the two apart, whichever is named first."""
    return APART + "|".join(sorted((first_id, second_id)))


def dismiss_code(bench: Workbench, document_id: str, code_id: str) -> None:
    """The code is not offered for this text again."""
    _dismiss(bench, [f"{CODE}{document_id}|{code_id}"])


def _dismiss(bench: Workbench, keys: Sequence[str]) -> None:
    with bench.act(Act.DISMISS_SUGGESTION) as work:
        for key in keys:
            if not work.rows.count(Dismissal, key=key):
                work.put(Dismissal(bench.new_id(), key, bench.coder, bench.clock()))
        work.say(count=len(keys))


# --- vectors --------------------------------------------------------------------------------


def _engine_name(name: str | None) -> str:
    return (registry.choice(name) if name else registry.best_available()).name


def _expressions(
    bench: Workbench,
    engine: str,
    texts: Sequence[tuple[str, str]],
    on_progress: Progress | None,
) -> Expressions:
    """Texts with their vectors (from the study's cache where there) and their content words."""
    wordings = [text for _, text in texts]
    words = SnowballLemmas(bench.language).words(wordings)
    return Expressions(
        ids=tuple(id for id, _ in texts),
        texts=tuple(wordings),
        vectors=_vectors(bench, engine, wordings, on_progress),
        stems=words.stems,
        forms=words.forms,
    )


def _vectors(
    bench: Workbench, engine: str, texts: Sequence[str], on_progress: Progress | None
) -> Vectors:
    if engine in registry.PASSING:
        return _embed(engine, texts, on_progress)
    keys = [hashlib.sha256(text.encode()).hexdigest() for text in texts]
    with bench.store.reading() as rows:
        kept = rows.vectors(engine, list(dict.fromkeys(keys)))
    new = {key: text for key, text in zip(keys, texts, strict=True) if key not in kept}
    if new:
        made = _embed(engine, list(new.values()), on_progress)
        fresh = {
            key: np.asarray(row, dtype="<f4").tobytes() for key, row in zip(new, made, strict=True)
        }
        with bench.store.writing() as writing:
            writing.keep_vectors(engine, fresh)
        kept.update(fresh)
    return np.stack([np.frombuffer(kept[key], dtype="<f4") for key in keys])


def _embed(engine: str, texts: Sequence[str], on_progress: Progress | None) -> Vectors:
    if registry.runs_in_process(engine, len(texts)):
        return registry.embedder(engine).embed(texts)
    return embed_in_worker(engine, texts, on_progress)


def _renamed(everything: Expressions, prefix: str) -> Expressions:
    """Those whose ids begin with ``prefix``, under the ids without it."""
    part = everything.only(id for id in everything.ids if id.startswith(prefix))
    return Expressions(
        tuple(id.removeprefix(prefix) for id in part.ids),
        part.texts,
        part.vectors,
        part.stems,
        part.forms,
    )


def _dismissed(rows: Reading) -> set[str]:
    return {d.key for d in rows.find(Dismissal)}


def _apart(keys: set[str]) -> list[tuple[str, str]]:
    pairs = (key.removeprefix(APART).split("|") for key in keys if key.startswith(APART))
    return [(pair[0], pair[1]) for pair in pairs if len(pair) == 2]


__all__ = [
    "AcceptedGroup",
    "EngineChoice",
    "accept_groups",
    "accept_higher_group",
    "dismiss_code",
    "dismiss_groups",
    "engine",
    "group_key",
    "keep_apart",
    "near_duplicates",
    "suggest_codes",
    "suggest_groups",
    "suggest_higher_groups",
    "suggest_places",
    "wordings_of",
]
