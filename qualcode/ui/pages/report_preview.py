"""The report read through on the screen, each number followed to the answers it counts."""

from __future__ import annotations

import streamlit as st

from qualcode.exports.report import (
    Cell,
    Column,
    Counted,
    Figure,
    QuoteSection,
    Report,
    Row,
    Table,
    caption_label,
    count,
)
from qualcode.exports.svg import as_png
from qualcode.ui import state
from qualcode.ui.pages import table_in_pages
from qualcode.ui.pages.table_in_pages import EVIDENCE, Opened
from qualcode.ui.words import plain
from qualcode.workbench import reporting
from qualcode.workbench.bench import Workbench

ROWS = 25
QUOTES = "quotes"
_PLACE = "report"
_KEY = "report-preview"


def show(bench: Workbench, report: Report) -> None:
    _ = state.translator()
    titles = _titles(report)
    if not titles:
        st.info(_("There is nothing to report yet."), icon=":material/info:")
        return
    key = state.filter_key("report", "table")
    if st.session_state.get(key) not in titles:
        st.session_state[key] = next(iter(titles))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            _("Table, figure or quotes"),
            list(titles),
            format_func=titles.__getitem__,
            key=key,
        )
        _step_buttons(list(titles), key)
    figure = next((figure for figure in report.figures() if figure.key == chosen), None)
    if figure is not None:
        _show_figure(report, figure)
    else:
        table = next(table for table in _tables(report) if table.key == chosen)
        _show_table(bench, report, table)


def _titles(report: Report) -> dict[str, str]:
    """Key -> what the list shows, in the order of the report."""
    _ = state.translator()
    numbers = report.numbers()
    titles: dict[str, str] = {}
    for block in report.blocks:
        if isinstance(block, Table | Figure):
            label = caption_label(report.language, isinstance(block, Figure))
            titles[block.key] = f"{label} {numbers[block.key]}. {block.caption}"
        elif isinstance(block, QuoteSection) and QUOTES not in titles:
            titles[QUOTES] = _("Quotes under the headings of the categories")
    return titles


def _tables(report: Report) -> list[Table]:
    return [*report.tables(), _quotes_as_table(report)]


def _quotes_as_table(report: Report) -> Table:
    """The quotes as they are read on the screen; in Word they stand under headings."""
    _ = state.translator()
    rows = []
    for block in report.blocks:
        if isinstance(block, QuoteSection):
            for n, quote in enumerate(block.quotes):
                cells = (
                    Cell(block.heading, joined=n > 0, strong=True),
                    Cell(quote.text, quote.evidence),
                    Cell(quote.source),
                )
                rows.append(Row(cells))
            if not block.quotes:
                rows.append(Row((Cell(block.heading, strong=True), Cell(), Cell())))
    columns = (Column(_("Category"), 4.5), Column(_("Quote"), 9.5), Column(_("Who"), 2.5))
    return Table(QUOTES, "", columns, tuple(rows))


def _step_buttons(keys: list[str], key: str) -> None:
    _ = state.translator()
    at = keys.index(st.session_state[key])

    def turn(to: int) -> None:
        st.session_state[key] = keys[to]

    st.button(
        _("Previous"),
        icon=":material/chevron_left:",
        disabled=at == 0,
        on_click=turn,
        args=(at - 1,),
        key="report-previous",
    )
    st.button(
        _("Next"),
        icon=":material/chevron_right:",
        disabled=at == len(keys) - 1,
        on_click=turn,
        args=(at + 1,),
        key="report-next",
    )


def _show_figure(report: Report, figure: Figure) -> None:
    number = report.numbers()[figure.key]
    st.image(as_png(figure.svg, 1400), width=760)
    st.markdown(f"**{caption_label(report.language, True)} {number}.** {plain(figure.caption)}")
    st.caption(plain(figure.alt))


def _show_table(bench: Workbench, report: Report, table: Table) -> None:
    _ = state.translator()
    number = report.numbers().get(table.key)
    if number is not None:
        label = caption_label(report.language)
        st.markdown(f"**{label} {number}.** {plain(table.caption)}")
    opened = table_in_pages.show(
        _PLACE, _KEY, table, report.language, _("Show what stands behind this"), ROWS
    )
    if opened is not None:
        _open_evidence(bench, report, table, opened)


def _open_evidence(bench: Workbench, report: Report, table: Table, opened: Opened) -> None:
    """A window over the page: the original expressions or answers that the cell counts."""
    cell = opened.cell
    title = table.columns[opened.column].title
    heading = f"{title}: {cell.text(report.language)}" if isinstance(cell.value, int) else title

    @st.dialog(heading, width="large", on_dismiss=lambda: table_in_pages.close(_PLACE))
    def dialog() -> None:
        first = table.rows[opened.row].cells[0].text(report.language)
        if opened.column:
            st.markdown(f"**{plain(first)}**")
        offset = (table_in_pages.window_page(_PLACE) - 1) * EVIDENCE
        found = reporting.behind(bench, report, cell.evidence, offset, EVIDENCE)
        st.caption(_evidence_counted(report, cell))
        with st.container(gap="xsmall"):
            for one in found.rows:
                _piece_of_evidence(one)
        table_in_pages.turn_window(_PLACE, found.total)

    dialog()


def _evidence_counted(report: Report, cell: Cell) -> str:
    """How many pieces are listed and how many people they come from: neither number alone."""
    ngettext = state.plural()
    answers = count(cell.evidence, Counted.ANSWERS, report.traces)
    people = count(cell.evidence, Counted.RESPONDENTS, report.traces)
    told = [ngettext("{n} text or answer", "{n} texts or answers", answers).format(n=answers)]
    if people:
        told.append(ngettext("{n} respondent", "{n} respondents", people).format(n=people))
    return ", ".join(told)


def _piece_of_evidence(one: reporting.Behind) -> None:
    _ = state.translator()
    with st.container(border=True, gap="xxsmall"):
        shown = plain(one.text) or _("(empty)")
        st.markdown(shown if one.count == 1 else f"{shown} × {one.count}")
        places = (one.speaker, one.question, one.place)
        if state.reviewing() and not one.document_id:  # not whose a single closed answer is
            places = ("", one.question, "")
        st.caption(" · ".join(plain(part) for part in places if part))
