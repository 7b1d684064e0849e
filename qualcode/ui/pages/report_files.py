"""The files of the report: made at a click, a large one with how far it is and a way to stop."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from qualcode.exports.report import Report
from qualcode.texts import N_
from qualcode.ui import state
from qualcode.ui.file_types import EXCEL, WORD
from qualcode.ui.long_work import with_progress
from qualcode.workbench import reporting
from qualcode.workbench.likeness import Progress


@dataclass(frozen=True)
class _Sort:
    ending: str
    mime: str
    icon: str
    download: str
    make: str
    making: str
    write: Callable[[Report, Progress | None], bytes]


_SORTS = (
    _Sort(
        "docx",
        WORD,
        ":material/description:",
        N_("Download Word"),
        N_("Make the Word file"),
        N_("Writing the Word file…"),
        reporting.as_word,
    ),
    _Sort(
        "xlsx",
        EXCEL,
        ":material/table:",
        N_("Download Excel"),
        N_("Make the Excel file"),
        N_("Writing the Excel file…"),
        reporting.as_excel,
    ),
)


def show(report: Report, made: dict[str, bytes]) -> None:
    """The buttons. ``made`` keeps the large files that have been written of this report."""
    _ = state.translator()
    large = reporting.is_large(report)
    for sort in _SORTS:
        if large and sort.ending not in made:
            _make(report, made, sort)
        else:
            _download(report, made.get(sort.ending), sort)
    st.download_button(
        _("Download HTML"),
        data=lambda: reporting.as_html(report),
        file_name=f"{_file_name(report)}.html",
        mime="text/html",
        icon=":material/public:",
        width="stretch",
        on_click="ignore",
        help=_(
            "One file that opens in any browser without a network. It holds the answers behind "
            "its numbers: keep it as you keep the material."
        ),
    )


def _download(report: Report, data: bytes | None, sort: _Sort) -> None:
    _ = state.translator()
    st.download_button(
        _(sort.download),
        data=data if data is not None else lambda: sort.write(report, None),
        file_name=f"{_file_name(report)}.{sort.ending}",
        mime=sort.mime,
        icon=sort.icon,
        type="primary" if sort is _SORTS[0] else "secondary",
        width="stretch",
        on_click="ignore",
        help=_excel_help(report) if sort.ending == "xlsx" else None,
    )


def _excel_help(report: Report) -> str:
    _ = state.translator()
    if not report.data:
        return _("A sheet for each table.")
    return _(
        "A sheet for each table, and behind them the answers that the numbers were counted from: "
        "keep it as you keep the material."
    )


def _make(report: Report, made: dict[str, bytes], sort: _Sort) -> None:
    """A file that takes a while to write: made first, downloaded when it is ready."""
    _ = state.translator()
    if not st.button(
        _(sort.make),
        key=f"report-make-{sort.ending}",
        icon=sort.icon,
        type="primary" if sort is _SORTS[0] else "secondary",
        width="stretch",
    ):
        return
    data = with_progress(
        _(sort.making),
        lambda progress: sort.write(report, progress),
        f"report-{sort.ending}",
        _("Stopped. No file was made."),
    )
    if data is not None:
        made[sort.ending] = data
        st.rerun()


def _file_name(report: Report) -> str:
    """The study's name as a file name that every system takes."""
    ascii_name = unicodedata.normalize("NFKD", report.title).encode("ascii", "ignore").decode()
    stem = re.sub(r"[^A-Za-z0-9]+", "-", ascii_name).strip("-").lower() or "report"
    return f"{stem[:60]}-{report.made_at[:10]}"
