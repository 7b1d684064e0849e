"""The quote bank as a table: for Word, Excel and CSV."""

from __future__ import annotations

from collections.abc import Iterator

from qualcode.exports import excel, plain_csv, word
from qualcode.exports.report import Cell, Column, Paragraph, Report, Row, Table, Trace
from qualcode.store.views import ExpressionQuery
from qualcode.texts import gettext_for
from qualcode.workbench import whereabouts
from qualcode.workbench.bench import Workbench
from qualcode.workbench.categorising import tree_of
from qualcode.workbench.messages import day_and_time
from qualcode.workbench.quoting.bank import BankRow, browse
from qualcode.workbench.quoting.people import people
from qualcode.workbench.quoting.rules import rules

_AT_A_TIME = 500
KEY = "quote_bank"


def report(bench: Workbench, query: ExpressionQuery, labels: bool = False) -> Report:
    """The quotes that match, each with whose it is, its classes, consent and check.

    ``labels``: the respondents' own identifiers instead of running numbers. Whoever reviews gets of
    them only what a report would print: checked, consented to, as edited and without identifiers.
    """
    _ = gettext_for(bench.language)
    study = bench.study()
    found, as_printed = list(_rows(bench, query)), bench.reviewing
    if as_printed:
        found = [r for r in found if r.quote and r.quote.is_checked and r.consents is not False]
    traces = {
        row.id: Trace(
            row.id, row.expression.document_id, row.expression.respondent_id, speaker=row.speaker
        )
        for row in found
    }
    told = any(row.origin for row in found)
    columns = (
        Column(_("Quote"), 7.0),
        *([] if as_printed else [Column(_("As written"), 4.0)]),
        Column(_("Who"), 2.4),
        *([Column(_("Origin"), 2.6)] if told else []),
        Column(_("Question"), 3.0),
        Column(_("Categories"), 3.4),
        Column(_("Reduced expression"), 3.4),
        Column(_("Codes"), 2.6),
        Column(_("Consent"), 1.8),
        Column(_("In the report"), 2.6),
    )
    table = Table(
        KEY,
        _("Quotes with their classes"),
        columns,
        tuple(_row(row, labels, told, as_printed, bench.language) for row in found),
        note=_("What stands in [brackets] was left out or changed before printing."),
    )
    blocks = (table,) if found else (Paragraph(_("No quote matches.")),)
    return Report(
        title=study.name,
        language=bench.language,
        made_at=bench.clock(),
        blocks=blocks,
        traces=traces,
        material_language=study.language,
        subtitle=_("Quote bank"),
    )


def as_word(made: Report) -> bytes:
    return word.write(made)


def as_excel(made: Report) -> bytes:
    return excel.write(made)


def as_csv(made: Report) -> bytes:
    """The table as text; only a heading when nothing matched."""
    tables = made.tables() or [Table(KEY, "", (Column(made.subtitle),), ())]
    return plain_csv.write(tables[0], made.language)


def _rows(bench: Workbench, query: ExpressionQuery) -> Iterator[BankRow]:
    _ = gettext_for(bench.language)
    wanted = rules(bench.study())
    with bench.store.reading() as rows:
        everyone, tree = people(rows, wanted, _), tree_of(rows)
        offset = 0
        while True:
            page = browse(rows, tree, everyone, query, offset, _AT_A_TIME, bench.language)
            yield from page.rows
            offset += len(page.rows)
            if not page.rows or offset >= page.total:
                return


def _row(row: BankRow, labels: bool, tells_origin: bool, as_printed: bool, language: str) -> Row:
    _ = gettext_for(language)
    edited = row.shown != row.expression.text
    who = row.speaker
    label = whereabouts.label(as_printed or not labels, row.expression.respondent_label)
    if label:
        who = f"{row.expression.actor_group}, {label}"
    consent = {True: _("yes"), False: _("no"), None: ""}[row.consents]
    question = " ".join(p for p in (row.expression.item_number, row.expression.item_text) if p)
    texts = (
        *([] if as_printed else [row.expression.text if edited else ""]),
        who,
        *([row.origin] if tells_origin else []),
        question,
        "\n".join(row.categories),
        "\n".join(row.reductions),
        "\n".join(row.codes),
        consent,
        state_of(row, language),
    )
    return Row((Cell(row.shown, (row.id,)), *(Cell(text) for text in texts)))


def state_of(row: BankRow, language: str) -> str:
    """Whether it is chosen and checked, and by whom, in words; "" when it is not chosen."""
    _ = gettext_for(language)
    if row.quote is None:
        return ""
    if not row.quote.is_checked:
        return _("chosen, not checked yet")
    return _("checked by {who}, {when}").format(
        who=row.quote.checked_by, when=day_and_time(row.quote.checked_at)
    )
