"""The report: choose its parts, read it through, follow any number to the answers, download."""

from __future__ import annotations

import re
import unicodedata

import streamlit as st

from qualcode.exports.report import Report
from qualcode.ui import state
from qualcode.ui.file_types import EXCEL, WORD
from qualcode.ui.long_work import with_progress
from qualcode.ui.pages import report_choices, report_preview
from qualcode.workbench import reporting
from qualcode.workbench.bench import Workbench
from qualcode.workbench.reporting import Choices, Section


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
        language, sections, choices = report_choices.show(bench)
    with shown:
        if not sections:
            st.info(_("Choose at least one part of the report."), icon=":material/info:")
            return
        report = _report(bench, language, sections, choices)
        if report is None:
            return
        with chosen:
            _downloads(report)
        report_preview.show(bench, report)


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


def _downloads(report: Report) -> None:
    """The files are made when asked for: a figure takes a moment to draw."""
    _ = state.translator()
    name = _file_name(report)
    st.download_button(
        _("Download Word"),
        data=lambda: reporting.as_word(report),
        file_name=f"{name}.docx",
        mime=WORD,
        icon=":material/description:",
        type="primary",
        width="stretch",
        on_click="ignore",
    )
    st.download_button(
        _("Download Excel"),
        data=lambda: reporting.as_excel(report),
        file_name=f"{name}.xlsx",
        mime=EXCEL,
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
