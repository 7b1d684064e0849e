"""How suggestions were used: shown, hidden until the coder had decided, or switched off."""

from __future__ import annotations

from collections.abc import Callable

from qualcode.domain.decisions import Act
from qualcode.exports.report import Block, Paragraph
from qualcode.store.log_views import LogQuery
from qualcode.store.offers import CODE, PLACE
from qualcode.texts import N_
from qualcode.workbench import reading_orders
from qualcode.workbench.bench import Workbench
from qualcode.workbench.report_parts.material import Material
from qualcode.workbench.suggesting import options
from qualcode.workbench.suggesting.options import Shown
from qualcode.workbench.suggesting.statistics import Hits, Worth, worth

SUGGESTIONS = "suggestions"

Translate = Callable[[str], str]


HOW = {
    Shown.OFF: N_(
        "Suggestions were off in this study: neither codes nor places for reductions were "
        "suggested."
    ),
    Shown.BLIND: N_(
        "Suggested codes and places were hidden until the person had decided, and then compared."
    ),
}

SINCE = {
    Shown.OFF: N_(
        "Suggestions of codes and places have been switched off; the numbers are of what was "
        "suggested before that."
    ),
    Shown.BLIND: N_(
        "Suggestions were shown at first; after that suggested codes and places were hidden until "
        "the person had decided, and then compared."
    ),
}
"""The same of a study in which some had stood on the screen before that was chosen."""

LOOKED_AT = 200
"""So many of the latest decisions on suggestions: that all of them were undone is hardly so."""

BEFORE = N_(
    "Suggestions have been switched off. Before that some had been accepted or turned down; the "
    "log tells which."
)


def told(bench: Workbench, material: Material) -> list[Block]:
    """A paragraph for the method chapter; nothing when none were offered, hidden or off."""
    _ = material._
    how = options.shown(material.study)
    codes, places = worth(bench, CODE), worth(bench, PLACE)
    # What was off all the time is another thing than what was switched off on the way; numbers
    # follow of either, and must not speak against the first sentence.
    met = SINCE if _offered(codes) or _offered(places) else HOW
    if how is Shown.OFF and (_told_in_blind(codes) or _told_in_blind(places)):
        met = SINCE
    sentences = [_(met[how])] if how in met else []
    if how is Shown.OFF and met is HOW and _decided_on_any(bench):
        sentences = [_(BEFORE)]
    if _offered(codes) and how is Shown.SHOWN:
        sentences.append(
            _(
                "While reading, at most three codes were suggested for a passage; every code was "
                "given by a person."
            )
        )
    sentences += _of_codes(codes, _)
    if _offered(places) and how is Shown.SHOWN:
        sentences.append(
            _(
                "At most three subcategories were suggested as the place of a reduction; every "
                "reduction was placed by a person."
            )
        )
    sentences += _of_places(places, _)
    orders = reading_orders.used(bench)
    active = {order.told() for order in reading_orders.ACTIVE}
    if active & orders.keys():
        told = ", ".join(
            f"{_(reading_orders.named(order)).lower()} {count}" for order, count in orders.items()
        )
        sentences.append(
            _("Acts by the order in which the answers were read: {told}.").format(told=told)
        )
    return [Paragraph(" ".join(sentences))] if sentences else []


def _decided_on_any(bench: Workbench) -> bool:
    """Whether the log has a suggestion of whatever kind that somebody accepted or turned down."""
    decided = LogQuery(acts=(Act.ACCEPT_SUGGESTION, Act.DISMISS_SUGGESTION))
    with bench.store.reading() as rows:
        return any(not act.undone for act in rows.decisions(0, LOOKED_AT, decided).rows)


def _offered(found: Worth) -> int:
    return sum(target.offered for target in found.targets)


def _told_in_blind(found: Worth) -> bool:
    return any(target.compared for target in found.targets)


def _counts(found: Worth) -> dict[str, int]:
    return {
        "offered": _offered(found),
        "accepted": sum(t.accepted for t in found.targets),
        "other": sum(t.chosen - t.accepted for t in found.targets),
        "rejected": sum(t.rejected for t in found.targets),
    }


def _of_codes(found: Worth, _: Translate) -> list[str]:
    """What became of the codes offered, or compared in blind mode, and of their chances."""
    told = []
    if _offered(found):
        told.append(
            _(
                "Suggestions shown: {offered}. Accepted: {accepted}, given otherwise: {other}, "
                "rejected: {rejected}."
            ).format(**_counts(found))
        )
    told += _hits(
        found,
        _(
            "Of the {count} passages decided on, the first suggestion was chosen for {one} % "
            "and one of the three for {three} %."
        ),
        _(
            "In blind mode the coder's own code was the first suggestion for {one} % of "
            "{count} passages."
        ),
    )
    if found.meaning.curve and found.reliability.error is not None:
        told.append(
            _(
                "The chances shown were learned from {count} decisions of this study; they were "
                "off by {error} percentage points on average, each judged by what the others "
                "taught."
            ).format(count=found.meaning.decided, error=round(found.reliability.error * 100))
        )
    return told


def _of_places(found: Worth, _: Translate) -> list[str]:
    """The same of places for reductions."""
    told = []
    if _offered(found):
        told.append(
            _(
                "Places suggested: {offered}. Accepted: {accepted}, chosen otherwise: {other}, "
                "rejected: {rejected}."
            ).format(**_counts(found))
        )
    return told + _hits(
        found,
        _(
            "Of the {count} reductions placed, the first suggestion was chosen for {one} % and one "
            "of the three for {three} %."
        ),
        _(
            "In blind mode the analyst's own place was the first suggestion for {one} % and one of "
            "the three for {three} % of {count} reductions."
        ),
    )


def _hits(found: Worth, shown: str, blind: str) -> list[str]:
    """How often what was chosen was offered: where it stood on the screen, and in blind mode."""
    told = []
    for hits, sentence in (
        (Hits(found.decided, found.top_one, found.top_three), shown),
        (found.blind, blind),
    ):
        if hits.decided and hits.top_one is not None and hits.top_three is not None:
            told.append(
                sentence.format(
                    count=hits.decided,
                    one=round(hits.top_one * 100),
                    three=round(hits.top_three * 100),
                )
            )
    return told
