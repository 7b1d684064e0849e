"""The report: choose its parts, read it through, follow any number to the answers, download."""

from __future__ import annotations

from dataclasses import dataclass, field

import streamlit as st

from qualcode.exports.report import Report
from qualcode.ui import state
from qualcode.ui.long_work import with_progress
from qualcode.ui.pages import report_choices, report_files, report_preview
from qualcode.workbench import reporting
from qualcode.workbench.bench import Workbench
from qualcode.workbench.reporting import Choices, Section


@dataclass(frozen=True)
class Kept:
    """A report with the files that have been made of it: ending -> bytes."""

    report: Report
    files: dict[str, bytes] = field(default_factory=dict)


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
        kept = _report(bench, language, sections, choices)
        if kept is None:
            return
        with chosen:
            report_files.show(kept.report, kept.files)
        report_preview.show(bench, kept.report)


def _report(
    bench: Workbench, language: str, sections: tuple[Section, ...], choices: Choices
) -> Kept | None:
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
        kept["report"] = Kept(made)
    return kept["report"]


@st.cache_resource(show_spinner=False, max_entries=6, ttl=3600)
def _kept(
    address: str, revision: int, language: str, sections: tuple[Section, ...], choices: Choices
) -> dict[str, Kept]:
    """Room for a report: it never changes, so windows that look at the same study share it."""
    return {}
