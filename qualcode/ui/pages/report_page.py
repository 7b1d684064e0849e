"""The report: choose its parts, read it through, follow any number to the answers, download."""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import replace

import streamlit as st

from qualcode.domain.codes import Codebook
from qualcode.domain.quotes import ChosenQuote
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
from qualcode.exports.role_figure import as_png
from qualcode.ui import state
from qualcode.ui.components.report_table import report_table
from qualcode.ui.long_work import with_progress
from qualcode.ui.pages import report_cross_choice
from qualcode.ui.words import plain
from qualcode.workbench import reporting
from qualcode.workbench.bench import Workbench
from qualcode.workbench.report_parts.crossed import Cross
from qualcode.workbench.reporting import Choices, Section

ROWS = 25
EVIDENCE = 10
QUOTES = "quotes"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_KEY = "report-preview"


def show(bench: Workbench) -> None:
    _ = state.translator()
    st.title(_("Report"))
    with bench.store.reading() as rows:
        progress = rows.progress()
    if not (progress.segments or progress.closed_answers or progress.roles or progress.set_aside):
        st.info(
            _("There is nothing to report yet. Bring in material, mark expressions and reduce."),
            icon=":material/info:",
        )
        state.page_link("aineisto", _("Go to Material"), ":material/upload_file:")
        return
    chosen, shown = st.columns([1, 3], gap="large")
    with chosen:
        language, sections, choices = _choices(bench)
    with shown:
        if not sections:
            st.info(_("Choose at least one part of the report."), icon=":material/info:")
            return
        report = _report(bench, language, sections, choices)
        if report is None:
            return
        with chosen:
            _downloads(bench, report)
        _preview(bench, report)


# --- what is printed -----------------------------------------------------------------------------


def _choices(bench: Workbench) -> tuple[str, tuple[Section, ...], Choices]:
    """Language, parts and the finer choices, as widgets that stay between pages."""
    _ = state.translator()
    names = {"fi": "Suomi", "en": "English"}
    language = st.segmented_control(
        _("Language of the report"),
        list(names),
        format_func=names.__getitem__,
        default=state.language(),
        required=True,
        key=f"report-language-{state.language()}",
    )
    usual = [section.value for section in reporting.USUAL]
    sections: list[Section] = []
    cross: tuple[Cross, ...] = ()
    backgrounds: tuple[str, ...] = ()
    parts = _("Parts of the report")
    with st.container(gap="xsmall"):
        st.markdown(f"**{parts}**")
        for section in Section:
            if st.checkbox(
                _(reporting.TITLES[section]),
                value=section.value in usual,
                key=state.filter_key("report", section.value),
            ):
                sections.append(section)
                if section is Section.CROSS:
                    cross, backgrounds = report_cross_choice.show(bench)
    if Section.MEMOS in sections:
        st.warning(
            _(
                "Memos were written for the analysts. Read the appendix through before the report "
                "leaves your hands: they may tell who somebody is."
            ),
            icon=":material/warning:",
        )
    with st.expander(_("More choices")):
        choices = replace(_finer_choices(bench), cross=cross, backgrounds=backgrounds)
    return str(language), tuple(sections), choices


def _finer_choices(bench: Workbench) -> Choices:
    _ = state.translator()
    amounts = {5: "5", 10: "10", 20: "20", None: _("all")}
    each = st.selectbox(
        _("Quotes of a category"),
        list(amounts),
        index=1,
        format_func=amounts.__getitem__,
        key=state.filter_key("report", "quotes-each"),
    )
    with bench.store.reading() as rows:
        books = {book.id: book.name(bench.language) for book in rows.find(Codebook, in_use=True)}
    source = st.selectbox(
        _("Themes come from"),
        [None, *books],
        format_func=lambda id: books[id] if id else _("the questions"),
        help=_("Without themes of the questions, the codes on the expressions are the themes."),
        key=state.filter_key("report", "themes"),
    )
    shares = st.checkbox(
        _("Percentages in closed answers"),
        help=_("Shown beside the counts. With few answers they say little."),
        key=state.filter_key("report", "shares"),
    )
    bars = st.checkbox(
        _("Bars after the tables of closed answers"),
        value=True,
        key=state.filter_key("report", "bars"),
    )
    labels = st.checkbox(
        _("The respondents' own identifiers in quotes"),
        help=_("They may tell who somebody is. Usually a running number is printed instead."),
        key=state.filter_key("report", "labels"),
    )
    if labels:
        st.warning(
            _("Do not publish a report that has the respondents' identifiers in it."),
            icon=":material/warning:",
        )
    lists = st.checkbox(
        _("Lists of tables and figures in Word"),
        value=True,
        key=state.filter_key("report", "lists"),
    )
    appendix = st.checkbox(
        _("Appendix: what the numbers rest on"),
        help=_("Every number is followed to the answers it was counted from, by reference."),
        key=state.filter_key("report", "appendix"),
    )
    with bench.store.reading() as rows:
        picked = rows.count(ChosenQuote)
    only_chosen = not picked or st.checkbox(
        _("Only the quotes chosen on the Quotes page"),
        value=True,
        help=_("Otherwise quotes are taken from as many respondents as possible, unchecked."),
        key=state.filter_key("report", "only-chosen"),
    )
    return Choices(
        only_chosen=only_chosen,
        lists=lists,
        appendix=appendix,
        quotes_each=each,
        shares=shares,
        bars=bars,
        respondent_labels=labels,
        themes_from=source,
    )


def _report(
    bench: Workbench, language: str, sections: tuple[Section, ...], choices: Choices
) -> Report | None:
    """The report, made anew with its progress shown; None when making it was broken off."""
    _ = state.translator()
    with bench.store.reading() as rows:
        revision = rows.revision()
    kept = _kept(bench.store.address, revision, language, sections, choices)
    if "report" not in kept:
        made = with_progress(
            _("Putting the report together…"),
            lambda progress: reporting.report(bench, language, sections, choices, progress),
            "report",
            _("Stopped. The report is put together when you come back to the page."),
        )
        if made is None:
            return None
        kept["report"] = made
    return kept["report"]


@st.cache_resource(show_spinner=False, max_entries=6, ttl=3600)
def _kept(
    address: str, revision: int, language: str, sections: tuple[Section, ...], choices: Choices
) -> dict[str, Report]:
    """Room for a report: it never changes, so windows that look at the same study share it."""
    return {}


def _downloads(bench: Workbench, report: Report) -> None:
    """The files are made when asked for: a figure takes a moment to draw."""
    _ = state.translator()
    name = _file_name(report)
    st.download_button(
        _("Download Word"),
        data=lambda: reporting.as_word(report),
        file_name=f"{name}.docx",
        mime=_WORD,
        icon=":material/description:",
        type="primary",
        width="stretch",
        on_click="ignore",
    )
    st.download_button(
        _("Download Excel"),
        data=lambda: reporting.as_excel(report),
        file_name=f"{name}.xlsx",
        mime=_EXCEL,
        icon=":material/table:",
        width="stretch",
        on_click="ignore",
    )
    st.download_button(
        _("Download HTML"),
        data=lambda: reporting.as_html(report),
        file_name=f"{name}.html",
        mime="text/html",
        icon=":material/public:",
        width="stretch",
        on_click="ignore",
        help=_(
            "One file that opens in any browser without a network. It holds the answers behind "
            "its numbers: keep it as you keep the material."
        ),
    )


def _file_name(report: Report) -> str:
    """The study's name as a file name that every system takes."""
    ascii_name = unicodedata.normalize("NFKD", report.title).encode("ascii", "ignore").decode()
    stem = re.sub(r"[^A-Za-z0-9]+", "-", ascii_name).strip("-").lower() or "report"
    return f"{stem[:60]}-{report.made_at[:10]}"


# --- reading it through --------------------------------------------------------------------------


def _preview(bench: Workbench, report: Report) -> None:
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
    pages = max(1, math.ceil(len(table.rows) / ROWS))
    page_key = state.filter_key("report", f"page-{table.key}")
    page = min(int(st.session_state.get(page_key, 1)), pages)

    def opened() -> None:
        state.choose("report-cell", st.session_state[_KEY]["open"])
        state.choose("report-cell-page", 1)

    report_table(
        _KEY,
        table,
        report.language,
        _("Show what stands behind this"),
        opened,
        offset=(page - 1) * ROWS,
        limit=ROWS,
    )
    if pages > 1:
        st.pagination(pages, key=page_key)
    for text in (table.note, *table.warnings):
        if text:
            st.caption(plain(text))
    picked = state.chosen("report-cell")
    if picked and picked.get("table") == table.key:
        _open_evidence(bench, report, table, int(picked["row"]), int(picked["column"]))


# --- behind a number -----------------------------------------------------------------------------


def _open_evidence(bench: Workbench, report: Report, table: Table, row: int, column: int) -> None:
    """A window over the page: the original expressions or answers that the cell counts."""
    _ = state.translator()
    if not (0 <= row < len(table.rows) and 0 <= column < len(table.rows[row].cells)):
        return
    cell = table.rows[row].cells[column]
    title = table.columns[column].title
    heading = f"{title}: {cell.text(report.language)}" if isinstance(cell.value, int) else title

    def closed() -> None:
        state.choose("report-cell", None)

    @st.dialog(heading, width="large", on_dismiss=closed)
    def dialog() -> None:
        first = table.rows[row].cells[0].text(report.language)
        if column:
            st.markdown(f"**{plain(first)}**")
        page = int(state.chosen("report-cell-page") or 1)
        found = reporting.behind(bench, report, cell.evidence, (page - 1) * EVIDENCE, EVIDENCE)
        st.caption(_evidence_counted(report, cell))
        with st.container(gap="xsmall"):
            for one in found.rows:
                _piece_of_evidence(one)
        if found.total > EVIDENCE:
            turned = st.pagination(math.ceil(found.total / EVIDENCE), key="report-evidence-page")
            if turned != page:
                state.choose("report-cell-page", turned)
                st.rerun(scope="fragment")

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
        st.caption(" · ".join(plain(part) for part in places if part))
