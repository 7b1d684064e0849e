"""What was on screen when somebody accepted, in words for the log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qualcode.domain.suggestions import Reason, ReasonKind


def members_seen(
    reasons: Mapping[str, tuple[Reason, ...]], members: Mapping[str, str]
) -> list[dict[str, object]]:
    """For each member that had reasons on screen: what it is called and what they said."""
    return [
        {"member": name, **reasons_seen(reasons[id])}
        for id, name in members.items()
        if id in reasons
    ]


def reasons_seen(reasons: Sequence[Reason]) -> dict[str, object]:
    """Reasons in words for the log: the nearest by name, the words shared, the margin."""
    nearest = [r.text for r in reasons if r.kind is ReasonKind.NEAREST]
    rules = [r.text for r in reasons if r.kind is ReasonKind.RULE]
    words = [word for r in reasons if r.kind is not ReasonKind.MARGIN for word in r.words]
    said: dict[str, object] = {"nearest": nearest} if nearest else {}
    if rules:
        said["rule"] = rules[0]
    if words:
        said["words"] = list(dict.fromkeys(words))
    for margin in (r for r in reasons if r.kind is ReasonKind.MARGIN and r.value is not None):
        said |= {"ahead_of": margin.text, "margin": round(margin.value or 0.0, 3)}
    return said
