"""What the machine offers: codes for a text, groups of reductions, near-duplicates. With reasons.

Nothing here changes the analysis. Accepting is an act of a person and a decision of its own; a
suggestion that was turned down does not come back; accepted work never moves by itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from qualcode.analysis.code_suggestion import CodeSuggester, CodeWords
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
from qualcode.domain.categories import Category, CategoryTree, Level, Placement
from qualcode.domain.codes import Code, Codebook
from qualcode.domain.coding import Coding, ReducedExpression
from qualcode.domain.decisions import Act
from qualcode.domain.documents import Document, Segment, one_line
from qualcode.domain.errors import DuplicateName, EmptyName, QualcodeError, UnknownRow
from qualcode.domain.suggestions import Dismissal, Reason, ReasonKind, Suggestion
from qualcode.nlp import registry
from qualcode.nlp.registry import EngineChoice
from qualcode.store.repository import Reading
from qualcode.workbench.bench import Work, Workbench
from qualcode.workbench.categorising import save_tree, tree_of
from qualcode.workbench.likeness import Progress, engine_name, expressions, renamed

GROUP, APART, CODE, PLACE = "group:", "apart:", "code:", "place:"
"""What a dismissal's key begins with: a set of reductions or of categories, a pair kept apart, a
code for a text, a place for a reduction."""


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
    name = engine_name(engine)
    return first_grouping(
        expressions(bench, name, [(r.id, r.wording) for r in waiting], on_progress),
        engine=name,
        per_group=per_group,
        piles=piles,
        dismissed={key.removeprefix(GROUP) for key in dismissed if key.startswith(GROUP)},
        apart=_pairs(dismissed, APART),
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
    name = engine_name(engine)
    texts = [(r.id, r.wording) for r in reductions] + [(c.id, c.name) for c in free]
    everything = expressions(bench, name, texts, on_progress)
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


@dataclass(frozen=True)
class Places:
    """The subcategories as places to compare reductions with, as they were at one revision.

    ``turned_down`` holds the pairs (reduction, subcategory) that were dismissed.
    """

    groups: NamedGroups
    turned_down: frozenset[tuple[str, str]]

    def suggest(self, reduction_id: str) -> PlacementSuggestion:
        """The nearest subcategories for the reduction, best first, without those turned down.

        One that is no nearer than the middle of the whole study is not offered.
        """
        down = {category for reduction, category in self.turned_down if reduction == reduction_id}
        found = self.groups.suggest(reduction_id, dismissed=down)
        near = tuple(c for c in found.suggestion.candidates if c.score > 0)
        return replace(
            found,
            suggestion=replace(found.suggestion, candidates=near),
            nearness=found.nearness[: len(near)],
        )


def places(
    bench: Workbench, *, engine: str | None = None, on_progress: Progress | None = None
) -> Places | None:
    """What ``suggest_places`` compares with, to be kept while the study does not change.

    None when the study has no subcategories.
    """
    with bench.store.reading() as rows:
        tree = tree_of(rows)
        reductions = rows.find(ReducedExpression)
        dismissed = _dismissed(rows)
    groups = [
        NamedGroup(c.id, c.name, tuple(tree.reductions_in(c.id)))
        for c in tree.categories.values()
        if c.level is Level.SUBCATEGORY
    ]
    if not groups:
        return None
    name = engine_name(engine)
    texts = [(r.id, r.wording) for r in reductions] + [(g.id, g.name) for g in groups]
    everything = expressions(bench, name, texts, on_progress)
    named = NamedGroups(
        everything.only(r.id for r in reductions),
        groups,
        everything.only(g.id for g in groups),
        engine=name,
    )
    return Places(named, frozenset(_pairs(dismissed, PLACE)))


def suggest_places(
    bench: Workbench,
    reduction_ids: Sequence[str] | None = None,
    *,
    engine: str | None = None,
    on_progress: Progress | None = None,
) -> list[PlacementSuggestion]:
    """For each reduction without a place (or those named): the nearest subcategories there are."""
    if reduction_ids is None:
        with bench.store.reading() as rows:
            placed = {p.id for p in rows.find(Placement)}
            reduction_ids = [r.id for r in rows.find(ReducedExpression) if r.id not in placed]
    if not reduction_ids:
        return []
    compared = places(bench, engine=engine, on_progress=on_progress)
    return [compared.suggest(id) for id in reduction_ids] if compared else []


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
    name = engine_name(engine)
    words = [CodeWords(c.id, c.label(bench.language), c.definition(bench.language)) for c in codes]
    texts = [
        *((d.id, d.text) for d in documents),
        *((f"name:{w.id}", w.name) for w in words),
        *((f"described:{w.id}", w.described) for w in words),
    ]
    everything = expressions(bench, name, texts, on_progress)
    suggester = CodeSuggester(
        everything.only(d.id for d in documents),
        words,
        renamed(everything, "name:"),
        renamed(everything, "described:"),
        accepted,
        engine=name,
    )
    already: dict[str, set[str]] = {}
    for document_id, code_id in accepted:
        already.setdefault(document_id, set()).add(code_id)
    for document_id, code_id in _pairs(dismissed, CODE):
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
        apart = {frozenset(pair) for pair in _pairs(_dismissed(rows), APART)}
    if len(reductions) < 2:
        return []
    reductions.sort(key=lambda r: (r.wording.casefold(), r.id))
    name = engine_name(engine)
    pairs = near_identical(
        expressions(bench, name, [(r.id, r.wording) for r in reductions], on_progress),
        limit + len(apart),
    )
    return [p for p in pairs if frozenset((p.first_id, p.second_id)) not in apart][:limit]


def wordings_of(bench: Workbench, reduction_ids: Sequence[str]) -> dict[str, str]:
    """The wordings behind ids, for showing what a suggestion speaks of."""
    with bench.store.reading() as rows:
        found = rows.find(ReducedExpression, id=tuple(reduction_ids)) if reduction_ids else []
    return {r.id: r.wording for r in found}


# --- deciding -------------------------------------------------------------------------------


class NothingLeftToPlace(QualcodeError):
    """Another window, or an earlier act of one's own, has placed every member already."""

    template = (
        "Everything in the suggested groups already has a place, so no category was made and "
        "nothing was changed. Ask for new suggestions to group what is still without a place."
    )


@dataclass(frozen=True)
class AcceptedGroup:
    """A suggested group as the analyst accepts it, edited or not.

    A group of ``level`` SUBCATEGORY holds reductions, one of a higher level categories. ``key``
    names the suggestion, ``offered_ids`` what it held, so that the log can tell an edited
    acceptance from a plain one; ``reasons`` are those that were on screen, member by member.
    """

    key: str
    name: str
    member_ids: tuple[str, ...]
    category_id: str | None = None
    under: str | None = None
    offered_ids: tuple[str, ...] = ()
    offered_name: str = ""
    level: Level = Level.SUBCATEGORY
    reasons: Mapping[str, tuple[Reason, ...]] = field(default_factory=dict)

    @property
    def edited(self) -> bool:
        """Whether the analyst changed the members or the name before accepting."""
        return bool(self.offered_ids) and (
            set(self.offered_ids) != set(self.member_ids) or self.offered_name != self.name
        )


def accept_groups(
    bench: Workbench, groups: Sequence[AcceptedGroup], engine: str = ""
) -> list[Category]:
    """The groups become categories with their members: one step, whatever their number.

    A member that has got a place meanwhile stays where it is, and a group of which none is left
    makes no category. ``NothingLeftToPlace`` when that is so of all of them.
    """
    with bench.act(Act.ACCEPT_SUGGESTION) as work:
        before = after = tree_of(work.rows)
        # Sent twice: what has become a category already is passed over in silence.
        waiting = [group for group in groups if group.category_id not in before.categories]
        accepted: list[AcceptedGroup] = []
        made, seen, placed = [], [], 0
        for group in waiting:
            members = _left_to_place(work, after, group)
            if not members:
                continue
            category = _category_of(bench, group, after)
            after = _filled(after.add(category), category, list(members))
            accepted.append(group)
            made.append(after[category.id])
            seen.append({"category": category.name, "members": _seen(group.reasons, members)})
            placed += len(members)
        if groups and not made and len(waiting) == len(groups):
            raise NothingLeftToPlace()
        save_tree(work, before, after)
        held = "reductions" if all(g.level is Level.SUBCATEGORY for g in accepted) else "categories"
        work.say(
            category=made[0].name if made else "",
            count=len(made),
            engine=engine,
            edited=sum(group.edited for group in accepted),
            seen=seen,
            **{held: placed},
        )
    return made


def _category_of(bench: Workbench, group: AcceptedGroup, tree: CategoryTree) -> Category:
    name = one_line(group.name)
    if not name:
        raise EmptyName()
    if any(
        c.level is group.level and c.name.casefold() == name.casefold()
        for c in tree.categories.values()
    ):
        raise DuplicateName(kind="category", name=name)
    return Category(group.category_id or bench.new_id(), name, group.level, group.under)


def _left_to_place(work: Work, tree: CategoryTree, group: AcceptedGroup) -> dict[str, str]:
    """The members that have no place yet, and what they are called (by id)."""
    if group.level is Level.SUBCATEGORY:
        return {
            id: work.require(ReducedExpression, id).wording
            for id in group.member_ids
            if id not in tree.placements
        }
    return {id: tree[id].name for id in group.member_ids if tree[id].parent_id is None}


def _filled(tree: CategoryTree, category: Category, member_ids: Sequence[str]) -> CategoryTree:
    """The tree with the members in the category."""
    if category.level is Level.SUBCATEGORY:
        return tree.place(member_ids, category.id)
    for id in member_ids:
        tree = tree.move(id, category.id)
    return tree


def accept_place(
    bench: Workbench, reduction_id: str, category_id: str, suggestion: Suggestion
) -> None:
    """The reduction goes to the suggested subcategory; one that has a place stays there.

    The log keeps what was on screen: the engine, which places were offered, and the reasons.
    """
    offered = {candidate.target_id: candidate for candidate in suggestion.candidates}
    if category_id not in offered or suggestion.subject_id != reduction_id:
        raise UnknownRow(kind="category", id=category_id)
    chosen = offered[category_id]
    with bench.act(Act.ACCEPT_SUGGESTION) as work:
        before = tree_of(work.rows)
        wording = work.require(ReducedExpression, reduction_id).wording
        if reduction_id in before.placements:
            return
        save_tree(work, before, before.place([reduction_id], category_id))
        work.say(
            wording=wording,
            category=before[category_id].name,
            engine=suggestion.engine,
            rank=list(offered).index(category_id) + 1,
            offered=[candidate.label for candidate in suggestion.candidates],
            score=round(chosen.score, 3),
            seen=_reasons_seen(chosen.reasons),
        )


def _seen(
    reasons: Mapping[str, tuple[Reason, ...]], members: Mapping[str, str]
) -> list[dict[str, object]]:
    """For each member that had reasons on screen: what it is called and what they said."""
    return [
        {"member": name, **_reasons_seen(reasons[id])}
        for id, name in members.items()
        if id in reasons
    ]


def _reasons_seen(reasons: Sequence[Reason]) -> dict[str, object]:
    """Reasons in words for the log: the nearest by name, the words shared, the margin."""
    nearest = [r.text for r in reasons if r.kind is ReasonKind.NEAREST]
    words = [word for r in reasons if r.kind is not ReasonKind.MARGIN for word in r.words]
    said: dict[str, object] = {"nearest": nearest} if nearest else {}
    if words:
        said["words"] = list(dict.fromkeys(words))
    for margin in (r for r in reasons if r.kind is ReasonKind.MARGIN and r.value is not None):
        said |= {"ahead_of": margin.text, "margin": round(margin.value or 0.0, 3)}
    return said


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


def dismiss_place(bench: Workbench, reduction_id: str, category_id: str) -> None:
    """The subcategory is not offered as a place of this reduction again."""
    with bench.store.reading() as rows:
        reduction = rows.get(ReducedExpression, reduction_id)
        category = rows.get(Category, category_id)
    if reduction is None:
        raise UnknownRow(kind="reduction", id=reduction_id)
    if category is None:
        raise UnknownRow(kind="category", id=category_id)
    _dismiss(
        bench,
        [f"{PLACE}{reduction_id}|{category_id}"],
        wording=reduction.wording,
        category=category.name,
    )


def _dismiss(bench: Workbench, keys: Sequence[str], **said: str) -> None:
    with bench.act(Act.DISMISS_SUGGESTION) as work:
        for key in keys:
            if not work.rows.count(Dismissal, key=key):
                work.put(Dismissal(bench.new_id(), key, bench.coder, bench.clock()))
        work.say(count=len(keys), **said)


def _dismissed(rows: Reading) -> set[str]:
    return {d.key for d in rows.find(Dismissal)}


def _pairs(keys: set[str], kind: str) -> list[tuple[str, str]]:
    """The two ids that each dismissal of the kind names."""
    pairs = (key.removeprefix(kind).split("|") for key in keys if key.startswith(kind))
    return [(pair[0], pair[1]) for pair in pairs if len(pair) == 2]


__all__ = [
    "AcceptedGroup",
    "EngineChoice",
    "NothingLeftToPlace",
    "Places",
    "accept_groups",
    "accept_place",
    "dismiss_code",
    "dismiss_groups",
    "dismiss_place",
    "engine",
    "group_key",
    "keep_apart",
    "near_duplicates",
    "places",
    "suggest_codes",
    "suggest_groups",
    "suggest_higher_groups",
    "suggest_places",
    "wordings_of",
]
