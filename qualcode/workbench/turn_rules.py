"""What must hold after an undo or a redo, as after any act: asked only of what it touched.

An act checks the method's rules when it is made. Turned later, among others' acts, it could break
them: a reduction left without an expression, two categories of one name, two central roles.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from qualcode.domain.categories import Category, Level, Placement
from qualcode.domain.codes import Code
from qualcode.domain.coding import Coding, ReducedExpression, ReductionLink, bare_wording
from qualcode.domain.decisions import Change
from qualcode.domain.quotes import ChosenQuote
from qualcode.domain.role_maps import Role
from qualcode.store.kinds import KINDS, Entity, kind_of
from qualcode.store.repository import Reading

Named = tuple[str, str]
"""(kind, id) of a row."""


class Blocked(Exception):
    """The act cannot be turned as the study is now: this row stands in the way.

    ``decision`` is the number of the act behind it, when it is known already. ``more`` gives what
    else was seen to stand in the way, each if it still does when it is asked for: an act that
    hundreds build on need not be tried anew after each of them.
    """

    def __init__(
        self,
        kind: str,
        id: str,
        decision: int | None = None,
        more: Iterable[Blocked] = (),
    ) -> None:
        super().__init__(f"{kind} {id}")
        self.kind = kind
        self.id = id
        self.decision = decision
        self.more = more


def check_before(rows: Reading, back: Sequence[Entity], gone: Mapping[str, Sequence[str]]) -> None:
    """What the store would refuse: a row that names one that is gone, the same thing twice."""
    coming: dict[str, list[Entity]] = defaultdict(list)
    for one in back:
        coming[kind_of(type(one)).name].append(one)
    going = {kind: set(ids) for kind, ids in gone.items()}
    for name, entities in coming.items():
        kind = KINDS[name]
        for field, target in kind.references.items():
            named = {getattr(one, field) for one in entities} - {None}
            for id in _missing(rows, target, named, coming, going):
                raise Blocked(target, id)
        if kind.unique:
            _check_unique(rows, name, entities, going.get(name, set()))


def _missing(
    rows: Reading,
    target: str,
    named: set[str],
    coming: Mapping[str, Sequence[Entity]],
    going: Mapping[str, set[str]],
) -> list[str]:
    sought = named - {one.id for one in coming.get(target, ())}
    there = {one.id for one in rows.find(KINDS[target].cls, id=tuple(sorted(sought)))}
    return sorted(sought - (there - going.get(target, set())))


def _check_unique(rows: Reading, name: str, entities: Sequence[Entity], going: set[str]) -> None:
    kind = KINDS[name]

    def key(one: Entity) -> tuple[object, ...]:
        return tuple(getattr(one, field) for field in kind.unique)

    mine = {key(one): one.id for one in entities}
    first = kind.unique[0]
    values = tuple(sorted({getattr(one, first) for one in entities}))
    moving = going | {one.id for one in entities}
    for other in rows.find(kind.cls, **{first: values}):
        if other.id not in moving and key(other) in mine:
            raise Blocked(name, other.id)


def check_after(rows: Reading, made: Iterable[Change]) -> None:
    """The method's rules about everything the changes touched."""
    touched: dict[str, list[Change]] = defaultdict(list)
    for change in made:
        touched[change.kind].append(change)
    for rule, kinds in RULES:
        if any(kind in touched for kind in kinds):
            for kind, id in rule(rows, touched):
                raise Blocked(kind, id)


Touched = Mapping[str, Sequence[Change]]


def _ids(touched: Touched, kind: str) -> tuple[str, ...]:
    return tuple(change.id for change in touched.get(kind, ()))


def _field(touched: Touched, kind: str, name: str) -> set[str]:
    """Every value that the field has had in the rows, before or after."""
    return {
        str(row[name])
        for change in touched.get(kind, ())
        for row in (change.before, change.after)
        if row is not None and row[name] is not None
    }


def reductions_stand_for_something(rows: Reading, touched: Touched) -> Iterator[Named]:
    """A reduction is never without an expression."""
    ids = {*_ids(touched, "reduction"), *_field(touched, "reduction_link", "reduction_id")}
    named = tuple(sorted(ids))
    there = {reduction.id for reduction in rows.find(ReducedExpression, id=named)}
    linked = {link.reduction_id for link in rows.find(ReductionLink, reduction_id=named)}
    for id in sorted(there - linked):
        yield next(iter(rows.referrers(ReducedExpression, [id])), ("reduction", id))


def wordings_stand_once(rows: Reading, touched: Touched) -> Iterator[Named]:
    """No two reductions have the same words."""
    written = {
        change.id: bare_wording(str(change.after["wording"]))
        for change in touched.get("reduction", ())
        if change.after is not None
        and (change.before is None or change.before["wording"] != change.after["wording"])
    }
    if not written:
        return
    sought = set(written.values())
    for other in rows.find(ReducedExpression):
        if other.id not in written and bare_wording(other.wording) in sought:
            yield "reduction", other.id


def categories_lie_under_higher_ones(rows: Reading, touched: Touched) -> Iterator[Named]:
    """A category lies under one of a higher level; reductions are placed in subcategories."""
    ids = {
        *_ids(touched, "category"),
        *_field(touched, "category", "parent_id"),
        *_field(touched, "placement", "category_id"),
    }
    named = tuple(sorted(ids))
    tree = {category.id: category for category in rows.find(Category, id=named)}
    below = rows.find(Category, parent_id=named)
    above = {category.parent_id for category in tree.values() if category.parent_id}
    tree |= {one.id: one for one in rows.find(Category, id=tuple(sorted(above - tree.keys())))}
    for child in [*below, *tree.values()]:
        parent = tree.get(child.parent_id or "")
        if parent is not None and parent.level <= child.level:
            yield "category", child.id if child.id not in _ids(touched, "category") else parent.id
    full = {place.category_id for place in rows.find(Placement, category_id=named)}
    for id in sorted(full):
        if tree[id].level is not Level.SUBCATEGORY:
            yield "category", id


def category_names_differ(rows: Reading, touched: Touched) -> Iterator[Named]:
    """Two categories of one level do not share a name."""
    named = {
        change.id: (change.after["level"], str(change.after["name"]).casefold())
        for change in touched.get("category", ())
        if change.after is not None
        and (change.before is None or change.before["name"] != change.after["name"])
    }
    if not named:
        return
    sought = set(named.values())
    for other in rows.find(Category):
        if other.id not in named and (int(other.level), other.name.casefold()) in sought:
            yield "category", other.id


def codes_lie_in_a_tree(rows: Reading, touched: Touched) -> Iterator[Named]:
    """A code does not lie under itself, and its key is its own in the codebook."""
    books = tuple(sorted(_field(touched, "code", "codebook_id")))
    codes = {code.id: code for code in rows.find(Code, codebook_id=books)}
    mine = set(_ids(touched, "code"))
    keys = {(code.codebook_id, code.key) for id, code in codes.items() if id in mine}
    for code in codes.values():
        if code.id not in mine and (code.codebook_id, code.key) in keys:
            yield "code", code.id
    for id in sorted(mine & codes.keys()):
        seen, above = {id}, codes[id].parent_id
        while above is not None and above in codes and above not in seen:
            seen.add(above)
            above = codes[above].parent_id
        if above in seen:
            yield "code", str(codes[id].parent_id)


def one_role_is_central(rows: Reading, touched: Touched) -> Iterator[Named]:
    """A role map has at most one central role."""
    mine = set(_ids(touched, "role"))
    for map_id in sorted(_field(touched, "role", "map_id")):
        central = [role.id for role in rows.find(Role, map_id=map_id, central=True)]
        if len(central) > 1:
            yield "role", next((id for id in central if id not in mine), central[0])


def quotes_are_of_the_analysis(rows: Reading, touched: Touched) -> Iterator[Named]:
    """A chosen quote is an expression that somebody has coded or reduced."""
    named = {
        *_ids(touched, "chosen_quote"),
        *_field(touched, "coding", "segment_id"),
        *_field(touched, "reduction_link", "segment_id"),
    }
    chosen = tuple(quote.id for quote in rows.find(ChosenQuote, id=tuple(sorted(named))))
    if not chosen:
        return
    said = {coding.segment_id for coding in rows.find(Coding, segment_id=chosen)}
    said |= {link.segment_id for link in rows.find(ReductionLink, segment_id=chosen)}
    for id in chosen:
        if id not in said:
            yield "chosen_quote", id


RULES = (
    (reductions_stand_for_something, ("reduction", "reduction_link")),
    (wordings_stand_once, ("reduction",)),
    (categories_lie_under_higher_ones, ("category", "placement")),
    (category_names_differ, ("category",)),
    (codes_lie_in_a_tree, ("code",)),
    (one_role_is_central, ("role",)),
    (quotes_are_of_the_analysis, ("chosen_quote", "coding", "reduction_link")),
)
"""Each rule with the kinds of rows whose touching can break it."""
