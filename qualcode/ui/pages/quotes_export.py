"""The quote bank as a file: Word, Excel or CSV, all quotes or the chosen ones.

Whoever reviews gets the checked ones, as they are printed.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from qualcode.exports.report import Report
from qualcode.store.views import ExpressionQuery, QuoteQuery
from qualcode.ui import state
from qualcode.ui.file_types import EXCEL, WORD
from qualcode.workbench.bench import Workbench
from qualcode.workbench.quoting import export

CHECKED = QuoteQuery(chosen=True, checked=True)


def show(bench: Workbench) -> None:
    """The button; pressed, it asks which quotes, and gives the files when they are asked for."""
    _ = state.translator()
    box = st.popover(
        _("Download"), icon=":material/download:", key="quotes-export", on_change="rerun"
    )
    if not box.open:
        return
    with box, st.container(width=330):
        if bench.reviewing:
            st.caption(_("The checked quotes as they are printed, without identifiers."))
            _files(bench, CHECKED, labels=False)
            return
        names = {"checked": _("Checked"), "chosen": _("Chosen"), "all": _("All")}
        which = st.segmented_control(
            _("Which quotes"),
            list(names),
            format_func=names.__getitem__,
            default="all",
            required=True,
            key="quotes-export-which",
        )
        labels = st.checkbox(
            _("The respondents' own identifiers"),
            key="quotes-export-labels",
            help=_("They may tell who somebody is. Usually a running number is printed instead."),
        )
        quotes = {
            "checked": CHECKED,
            "chosen": QuoteQuery(chosen=True),
            "all": QuoteQuery(),
        }[which]
        _files(bench, quotes, labels)


def _files(bench: Workbench, quotes: QuoteQuery, labels: bool) -> None:
    _ = state.translator()
    query = ExpressionQuery(quotes=quotes)
    name = f"{_('quotes')}-{bench.clock()[:10]}"
    for kind, mime, write in (
        ("Word", WORD, export.as_word),
        ("Excel", EXCEL, export.as_excel),
        ("CSV", "text/csv", export.as_csv),
    ):
        ending = {"Word": "docx", "Excel": "xlsx", "CSV": "csv"}[kind]
        st.download_button(
            kind,
            data=partial(_file, bench, query, labels, write),
            file_name=f"{name}.{ending}",
            mime=mime,
            key=f"quotes-export-{ending}",
            width="stretch",
            on_click="ignore",
        )


def _file(
    bench: Workbench, query: ExpressionQuery, labels: bool, write: Callable[[Report], bytes]
) -> bytes:
    return write(export.report(bench, query, labels))
