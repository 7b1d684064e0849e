"""How suggestions were used: shown, hidden until the coder had decided, or switched off."""

from __future__ import annotations

from qualcode.exports.report import Block, Paragraph
from qualcode.store.offers import CODE
from qualcode.workbench import reading_orders
from qualcode.workbench.bench import Workbench
from qualcode.workbench.report_parts.material import Material
from qualcode.workbench.suggesting import options
from qualcode.workbench.suggesting.options import Shown
from qualcode.workbench.suggesting.statistics import worth

SUGGESTIONS = "suggestions"


def told(bench: Workbench, material: Material) -> list[Block]:
    """A paragraph for the method chapter; nothing when codes were neither offered nor hidden."""
    _ = material._
    how = options.shown(material.study)
    found = worth(bench, CODE)
    offered = sum(target.offered for target in found.targets)
    sentences = []
    if how is Shown.OFF:
        sentences.append(_("Suggestions of codes were switched off in this study."))
    elif how is Shown.BLIND:
        sentences.append(
            _("Suggested codes were hidden until the coder had decided, and then compared.")
        )
    elif offered:
        sentences.append(
            _(
                "While reading, at most three codes were suggested for a passage; every code was "
                "given by a person."
            )
        )
    if offered:
        sentences.append(
            _(
                "Suggestions shown: {offered}. Accepted: {accepted}, given otherwise: {other}, "
                "rejected: {rejected}."
            ).format(
                offered=offered,
                accepted=sum(t.accepted for t in found.targets),
                other=sum(t.chosen - t.accepted for t in found.targets),
                rejected=sum(t.rejected for t in found.targets),
            )
        )
    if found.decided and found.top_one is not None and found.top_three is not None:
        sentences.append(
            _(
                "Of the {count} passages decided on, the first suggestion was chosen for {one} % "
                "and one of the three for {three} %."
            ).format(
                count=found.decided,
                one=round(found.top_one * 100),
                three=round(found.top_three * 100),
            )
        )
    if found.blind.decided and found.blind.top_one is not None:
        sentences.append(
            _(
                "In blind mode the coder's own code was the first suggestion for {one} % of "
                "{count} passages."
            ).format(one=round(found.blind.top_one * 100), count=found.blind.decided)
        )
    if found.meaning.curve and found.reliability.error is not None:
        sentences.append(
            _(
                "The chances shown were learned from {count} decisions of this study; they were "
                "off by {error} percentage points on average, each judged by what the others "
                "taught."
            ).format(count=found.meaning.decided, error=round(found.reliability.error * 100))
        )
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
