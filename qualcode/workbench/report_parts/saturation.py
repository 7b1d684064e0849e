"""Saturation in the report: the course as a figure and a table, and what it tells."""

from __future__ import annotations

from qualcode.analysis.saturation import ORDERS
from qualcode.exports.report import Align, Block, Cell, Column, Figure, Paragraph, Row, Table
from qualcode.texts import gettext_for
from qualcode.workbench import saturation
from qualcode.workbench.bench import Workbench
from qualcode.workbench.saturation import Found, Of, Order

SATURATION = "saturation"
MOST_ROWS = 50
"""A longer course is printed in steps: its figure tells the rest."""


def told(bench: Workbench, language: str) -> list[Block]:
    """Codes and subcategories, in the order people were worked on; nothing where there are none."""
    judged = saturation.rule(bench.study())
    with bench.store.reading() as rows:
        found = [
            result
            for of in (Of.CODES, Of.CATEGORIES)
            if (result := saturation.found(rows, of, Order.WORKED, judged)) is not None
        ]
    return [block for result in found for block in _blocks(result, language)]


def _blocks(result: Found, language: str) -> list[Block]:
    _ = gettext_for(language)
    words = " ".join(saturation.sentences(result, _, ORDERS))
    if result.people < result.curve.rule.base + result.curve.rule.run:
        return [Paragraph(words)]
    see = (f"saturation_{result.of}", f"saturation_table_{result.of}")
    captions = {
        Of.CODES: _("How new codes came, respondent by respondent"),
        Of.REDUCTIONS: _("How new reductions came, respondent by respondent"),
        Of.CATEGORIES: _("How new subcategories came, respondent by respondent"),
    }
    figure = Figure(
        f"saturation_{result.of}",
        captions[result.of],
        saturation.figure(result, _),
        saturation.in_words(result, _),
        section=SATURATION,
    )
    return [Paragraph(words, see=see), figure, table(result, language)]


def table(result: Found, language: str, most: int = MOST_ROWS) -> Table:
    """The course in numbers."""
    _ = gettext_for(language)
    points = list(enumerate(result.curve.points, start=1))
    step = -(-len(points) // most)
    shown = [
        (n, point)
        for n, point in points
        if step == 1 or n % step == 0 or n in (len(points), result.curve.reached)
    ]
    rows = tuple(
        Row(
            (
                Cell(n, strong=n == result.curve.reached),
                Cell(point.new),
                Cell(point.cumulative),
                Cell(point.in_run),
                Cell("" if point.ratio is None else f"{round(point.ratio * 100)} %"),
            )
        )
        for n, point in shown
    )
    rule = result.curve.rule
    return Table(
        f"saturation_table_{result.of}",
        _("Course of saturation: {what}").format(what=_(saturation.TITLES[result.of]).lower()),
        (
            Column(_("Respondents"), 2.6, Align.RIGHT),
            Column(_("New ones"), 2.2, Align.RIGHT),
            Column(_("Known so far"), 2.8, Align.RIGHT),
            Column(_("New in the last {run}").format(run=rule.run), 3.4, Align.RIGHT),
            Column(_("Of what the base told"), 3.6, Align.RIGHT),
        ),
        rows,
        note=_(
            "Base {base}, run {run}, threshold {threshold} % (Guest, Namey & Chen 2020). Only "
            "respondents of whom something has been coded or reduced are on the course, in the "
            "order they were first worked on."
        ).format(base=rule.base, run=rule.run, threshold=f"{rule.threshold * 100:g}"),
        section=SATURATION,
    )
