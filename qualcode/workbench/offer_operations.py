"""Suggestions that a person accepted or rejected, as a window sends them."""

from __future__ import annotations

from collections.abc import Mapping

from qualcode.domain.categories import Level
from qualcode.domain.errors import BadOperation
from qualcode.domain.suggestions import Reason, ReasonKind
from qualcode.workbench import edge, suggesting
from qualcode.workbench.bench import Workbench
from qualcode.workbench.edge import Operation


def accepted_code(o: Operation) -> suggesting.AcceptedCode:
    """A coding with what was on screen when it was accepted: ``offer``."""
    offer = o.get("offer")
    if not isinstance(offer, Mapping):
        raise BadOperation(operation=edge.shown(o))
    one = {"op": o.get("op"), **offer}
    offered = [_offered(o, each) for each in edge.several(o, offer.get("codes"))]
    return suggesting.AcceptedCode(
        *edge.span(o),
        code_id=edge.identifier(o, "code"),
        coding_id=edge.identifier(o, "id"),
        engine=edge.identifier(one, "engine"),
        offered=tuple(offered),
        reasons=tuple(_reason(o, reason) for reason in edge.several(o, offer.get("reasons", []))),
        instead_of=edge.optional(one, "instead_of"),
    )


def _offered(o: Operation, sent: object) -> tuple[str, float]:
    """[code id, score] of what stood on the screen."""
    if not isinstance(sent, list) or len(sent) != 2 or not isinstance(sent[1], int | float):
        raise BadOperation(operation=edge.shown(o))
    return edge.plain(sent[0], edge.LONGEST_ID, edge.shown(o)), float(sent[1])


def accept_codes(bench: Workbench, o: Operation) -> None:
    items = o.get("items")
    if not isinstance(items, list) or not 0 < len(items) <= edge.MOST_IDS:
        raise BadOperation(operation=edge.shown(o))
    if not all(isinstance(item, Mapping) for item in items):
        raise BadOperation(operation=edge.shown(o))
    taken = [accepted_code({"op": o.get("op"), **item}) for item in items]
    suggesting.accept_codes(bench, taken)


def reject_code(bench: Workbench, o: Operation) -> None:
    suggesting.reject_code(bench, suggesting.Span(*edge.span(o)), edge.identifier(o, "code"))


def accept_groups(bench: Workbench, o: Operation) -> None:
    groups = o.get("groups")
    if not isinstance(groups, list) or not groups:
        raise BadOperation(operation=o.get("op"))
    suggesting.accept_groups(bench, [_accepted(o, group) for group in groups], _engine(o))


def _accepted(o: Operation, group: object) -> suggesting.AcceptedGroup:
    if not isinstance(group, Mapping):
        raise BadOperation(operation=o.get("op"))
    one = {"op": o.get("op"), **group}
    return suggesting.AcceptedGroup(
        key=edge.text(one, "key"),
        name=edge.text(one, "name"),
        member_ids=tuple(edge.identifiers(one, "members")),
        category_id=edge.text(one, "id"),
        under=edge.optional(one, "under"),
        offered_ids=tuple(edge.identifiers(one, "offered")) if "offered" in one else (),
        offered_name=edge.optional(one, "offered_name") or "",
        level=edge.level(one) if "level" in one else Level.SUBCATEGORY,
        reasons=_reasons(one),
        joins=edge.optional(one, "joins"),
    )


def dismiss_groups(bench: Workbench, o: Operation) -> None:
    """``keys``, and what is known of some of the groups: {key, members, joins}."""
    told = o.get("groups", [])
    if not isinstance(told, list) or len(told) > edge.MOST_IDS:
        raise BadOperation(operation=edge.shown(o))
    known = {group.key: group for group in (_refused(o, group) for group in told)}
    suggesting.dismiss_groups(bench, [known.get(key, key) for key in edge.identifiers(o, "keys")])


def _refused(o: Operation, group: object) -> suggesting.RefusedGroup:
    if not isinstance(group, Mapping):
        raise BadOperation(operation=edge.shown(o))
    one = {"op": o.get("op"), **group}
    return suggesting.RefusedGroup(
        edge.identifier(one, "key"),
        tuple(edge.identifiers(one, "members")),
        edge.optional(one, "joins"),
    )


def _reasons(o: Operation) -> dict[str, tuple[Reason, ...]]:
    """Why each member was offered, as the window showed it: {member: [{wording, value, words}]}."""
    told = o.get("reasons", {})
    if not isinstance(told, Mapping) or len(told) > edge.MOST_IDS:
        raise BadOperation(operation=edge.shown(o))
    return {
        edge.plain(id, edge.LONGEST_ID, edge.shown(o)): tuple(
            _reason(o, one) for one in edge.several(o, reasons)
        )
        for id, reasons in told.items()
    }


def _reason(o: Operation, told: object) -> Reason:
    if not isinstance(told, Mapping):
        raise BadOperation(operation=edge.shown(o))
    name = edge.shown(o)
    words = tuple(
        edge.plain(w, edge.LONGEST_ID, name) for w in edge.several(o, told.get("words", []))
    )
    if not told.get("wording"):
        return Reason(ReasonKind.SHARED_WORDS, words=words)
    text = edge.plain(told["wording"], edge.LONGEST_TEXT, name)
    value = told.get("value")
    near = float(value) if isinstance(value, int | float) and abs(value) <= 1 else None
    return Reason(ReasonKind.NEAREST, words=words, text=text, value=near)


def _engine(o: Operation) -> str:
    return edge.optional(o, "engine") or ""
