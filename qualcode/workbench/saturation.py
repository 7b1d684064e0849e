"""Whether the material is saturated: how much each person told that nobody had told before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from qualcode.analysis.saturation import Curve, Rule, Spread, curve, spread
from qualcode.domain.approaches import Study
from qualcode.domain.categories import Placement
from qualcode.domain.coding import Coding, ReductionLink
from qualcode.domain.decisions import Act
from qualcode.domain.documents import Document, Segment
from qualcode.exports import saturation_figure
from qualcode.exports.diverging_bars import PRINTED, Look
from qualcode.store.repository import Reading
from qualcode.store.views import ExpressionQuery, QuoteQuery
from qualcode.texts import N_
from qualcode.workbench.bench import STUDY_ID, Workbench

OPTION = "saturation"
"""The name among the study's options."""
_AT_A_TIME = 2000

Translate = Callable[[str], str]


class Of(StrEnum):
    """What is counted as information."""

    CODES = "codes"
    REDUCTIONS = "reductions"
    CATEGORIES = "categories"


class Order(StrEnum):
    """In which order people are taken: as they were first worked on, or as they were brought in."""

    WORKED = "worked"
    BROUGHT_IN = "brought_in"


TITLES = {
    Of.CODES: N_("Codes"),
    Of.REDUCTIONS: N_("Reductions"),
    Of.CATEGORIES: N_("Subcategories"),
}


@dataclass(frozen=True)
class Found:
    """The course in the order asked for, and its spread over random orders. ``people``: how many
    are on the course; ``without``: texts that nobody in particular wrote count one each.

    Who is not on the course: ``untouched``, of whom nothing has been coded (or reduced) yet, and
    ``unplaced``, whose reductions have no subcategory.
    """

    of: Of
    order: Order
    curve: Curve
    spread: Spread
    people: int
    without: int = 0
    untouched: int = 0
    unplaced: int = 0


def rule(study: Study) -> Rule:
    """How saturation is judged in this study."""
    kept = study.options.get(OPTION, {})
    usual = Rule()
    if not isinstance(kept, Mapping):
        return usual
    return Rule(
        base=int(kept.get("base", usual.base)),
        run=int(kept.get("run", usual.run)),
        threshold=float(kept.get("threshold", usual.threshold)),
    )


def set_rule(bench: Workbench, wished: Rule) -> None:
    """From now on saturation is judged so, also in the report."""
    with bench.act(Act.SET_SATURATION) as work:
        study = work.require(Study, STUDY_ID)
        kept = {"base": wished.base, "run": wished.run, "threshold": wished.threshold}
        work.put(replace(study, options={**study.options, OPTION: kept}))


def found(rows: Reading, of: Of, order: Order, wished: Rule) -> Found | None:
    """The course of the study as it is now; None when there is nothing to follow."""
    said = _told(rows, of)
    told, position = said.told, said.position
    if not told:
        return None
    if order is Order.WORKED:
        people = sorted(told, key=lambda who: (said.began[who], position[who], who))
    else:
        people = sorted(told, key=lambda who: (position[who], who))
    line = [told[who] for who in people]
    return Found(
        of,
        order,
        curve(line, wished),
        spread(line, wished),
        len(line),
        without=said.nobody,
        untouched=said.untouched,
        unplaced=said.unplaced,
    )


@dataclass(frozen=True)
class _Told:
    """Per person: what they told, when they were first worked on, where they stand in the material;
    the counts are those of ``Found``."""

    told: Mapping[str, set[str]]
    began: Mapping[str, str]
    position: Mapping[str, int]
    nobody: int
    untouched: int
    unplaced: int


def _told(rows: Reading, of: Of) -> _Told:
    counted = _counted_segments(rows)
    documents = {document.id: document for document in rows.find(Document)}
    told: dict[str, set[str]] = defaultdict(set)
    began: dict[str, str] = {}
    position: dict[str, int] = {}
    nobody, unplaced = set(), set()
    for segment_id, item, at in _items(rows, of):
        document = documents[counted[segment_id]] if segment_id in counted else None
        if document is None:
            continue
        who = _writer(document)
        if item is None:
            unplaced.add(who)
            continue
        if document.respondent_id is None:
            nobody.add(who)
        told[who].add(item)
        began[who] = min(began.get(who, at), at)
        position[who] = min(position.get(who, document.position), document.position)
    unplaced -= told.keys()
    there = [one for one in documents.values() if not one.set_aside and one.text.strip()]
    untouched = {_writer(one) for one in there} - told.keys() - unplaced
    return _Told(dict(told), began, position, len(nobody), len(untouched), len(unplaced))


def _writer(document: Document) -> str:
    return document.respondent_id or f"text {document.id}"


def _items(rows: Reading, of: Of) -> list[tuple[str, str | None, str]]:
    """(segment, what it tells, when that was said) of every coding or reduction; a reduction
    without a subcategory tells None of them."""
    if of is Of.CODES:
        return [(c.segment_id, c.code_id, c.created_at) for c in rows.find(Coding)]
    links = rows.find(ReductionLink)
    if of is Of.REDUCTIONS:
        return [(k.segment_id, k.reduction_id, k.created_at) for k in links]
    places = {place.id: place.category_id for place in rows.find(Placement)}
    return [(k.segment_id, places.get(k.reduction_id), k.created_at) for k in links]


def _counted_segments(rows: Reading) -> dict[str, str]:
    """Segment -> its text, of those that are material: nothing set aside, no interviewer."""
    counted: dict[str, str] = {}
    if not rows.count(Segment):
        return counted
    query, offset = ExpressionQuery(quotes=QuoteQuery()), 0
    while True:
        page = rows.expressions(query, offset, _AT_A_TIME)
        counted.update({row.segment_id: row.document_id for row in page.rows})
        offset += len(page.rows)
        if not page.rows or offset >= page.total:
            return counted


# --- in words -------------------------------------------------------------------------------------

SENTENCES = {
    Of.CODES: N_("The first {base} respondents brought {items} codes."),
    Of.REDUCTIONS: N_("The first {base} respondents brought {items} reductions."),
    Of.CATEGORIES: N_("The first {base} respondents brought {items} subcategories."),
}
REACHED = N_(
    "Saturation was reached after {reached} respondents: the next {run} brought {new} new ones, "
    "which is {ratio} % of what the first {base} brought (threshold {threshold} %)."
)
NOT_REACHED = N_(
    "Saturation was not reached: the last {run} respondents still brought {new} new ones, which is "
    "{ratio} % of what the first {base} brought (threshold {threshold} %)."
)
TOO_FEW = N_(
    "There are {people} respondents; the rule needs at least {needed} (a base of {base} and a run "
    "of {run}), so nothing can be said of saturation yet."
)
LATER = N_("The respondents after them still brought {later} new ones.")
ORDERS_TELL = N_(
    "The order matters: in {orders} random orders of the same respondents saturation was reached "
    "in {share} %, usually after {usual} respondents ({earliest}–{latest})."
)
NEVER = N_("In {orders} random orders of the same respondents it was never reached.")
FEW = N_(
    "With so few respondents a single one decides the result: do not rest a conclusion on it alone."
)
ITSELF = N_(
    "Reductions are worded freely, so nearly every respondent brings new ones: look at the "
    "subcategories as well."
)
UNTOUCHED = {
    Of.CODES: (
        N_("{n} respondent is left out: nothing of theirs has been coded."),
        N_("{n} respondents are left out: nothing of theirs has been coded."),
    ),
    Of.REDUCTIONS: (
        N_("{n} respondent is left out: nothing of theirs has been reduced."),
        N_("{n} respondents are left out: nothing of theirs has been reduced."),
    ),
    Of.CATEGORIES: (
        N_("{n} respondent is left out: nothing of theirs has been reduced."),
        N_("{n} respondents are left out: nothing of theirs has been reduced."),
    ),
}
UNPLACED = (
    N_("{n} respondent is left out: their reductions have no subcategory yet."),
    N_("{n} respondents are left out: their reductions have no subcategory yet."),
)
SMALL = 15
"""With fewer people than this one person's words move the result."""


def sentences(result: Found, translate: Translate, orders: int) -> list[str]:
    """What the course tells, and how far that can be trusted."""
    _, judged, course = translate, result.curve.rule, result.curve
    common = {
        "base": judged.base,
        "run": judged.run,
        "threshold": f"{judged.threshold * 100:g}",
    }
    if result.people < judged.base + judged.run:
        needed = judged.base + judged.run
        few = _(TOO_FEW).format(people=result.people, needed=needed, **common)
        return [few, *left_out(result, translate)]
    told = [_(SENTENCES[result.of]).format(items=course.base_items, **common)]
    at = course.reached + judged.run if course.reached is not None else result.people
    point = course.points[at - 1]
    told.append(
        _(REACHED if course.reached is not None else NOT_REACHED).format(
            reached=course.reached,
            new=point.in_run,
            ratio=round((point.ratio or 0.0) * 100),
            **common,
        )
    )
    later = course.points[-1].cumulative - point.cumulative
    if later:
        told.append(_(LATER).format(later=later))
    spread_out = result.spread
    if spread_out.usual is None:
        told.append(_(NEVER).format(orders=orders))
    else:
        told.append(
            _(ORDERS_TELL).format(
                orders=orders,
                share=round(spread_out.share * 100),
                usual=spread_out.usual,
                earliest=spread_out.earliest,
                latest=spread_out.latest,
            )
        )
    if result.people < SMALL:
        told.append(_(FEW))
    if result.of is Of.REDUCTIONS:
        told.append(_(ITSELF))
    return [*told, *left_out(result, translate)]


def left_out(result: Found, translate: Translate) -> list[str]:
    """How many respondents are not on the course, and why."""
    _ = translate
    return [
        _(one if n == 1 else many).format(n=n)
        for n, (one, many) in (
            (result.untouched, UNTOUCHED[result.of]),
            (result.unplaced, UNPLACED),
        )
        if n
    ]


def figure(result: Found, translate: Translate, look: Look = PRINTED) -> str:
    """The course as SVG."""
    _ = translate
    course = result.curve
    drawn = saturation_figure.Drawn(
        new=[point.new for point in course.points],
        known=[point.cumulative for point in course.points],
        low=result.spread.low,
        high=result.spread.high,
        reached=course.reached,
        across=_("Respondents"),
        upwards=_(TITLES[result.of]),
        line=_("known so far"),
        bars=_("new from each"),
        band=_("in random orders (80 %)"),
        mark=_("saturation"),
        label=in_words(result, translate),
    )
    return saturation_figure.draw(drawn, look)


def in_words(result: Found, translate: Translate) -> str:
    """The figure in words, for those who do not see it."""
    _ = translate
    known = ", ".join(str(point.cumulative) for point in result.curve.points[:60])
    title = _(TITLES[result.of])
    return _("{what} known after each respondent: {known}.").format(what=title, known=known)
