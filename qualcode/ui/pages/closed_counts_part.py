"""A ready table of counts brought in from the browser: JSON, Excel or CSV."""

from __future__ import annotations

import streamlit as st

from qualcode.domain.documents import Source
from qualcode.domain.errors import QualcodeError
from qualcode.ui import state, undo_line
from qualcode.ui.file_types import EXCEL
from qualcode.ui.pages import import_parts
from qualcode.ui.uploader import uploader
from qualcode.ui.words import plain
from qualcode.workbench import counting_in, importing
from qualcode.workbench.bench import Workbench

_RECEIPT = "closed:receipt"
_NUMBER = "closed:file"


def show(bench: Workbench, place: str) -> None:
    """The file, what was understood of it, and the button that brings it in."""
    _ = state.translator()
    st.caption(
        _(
            "Answers that exist only as numbers, for example in an earlier report: a question a "
            "row, an option a column (.xlsx, .csv), or the program's own JSON. Feedback on events, "
            "a survey of how well something is known, and media follow-up come in the same way."
        )
    )
    with st.container(horizontal=True):
        st.download_button(
            _("Example table"),
            data=counting_in.EXAMPLE.encode("utf-8-sig"),
            file_name=_("example counts") + ".csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
        )
        st.download_button(
            _("Example: events and media"),
            data=counting_in.example_followed,
            file_name=_("example of events and media") + ".xlsx",
            mime=EXCEL,
            icon=":material/download:",
            on_click="ignore",
            help=_("A sheet each, because each has options of its own. Put your numbers in it."),
        )
    number = int(state.chosen(_NUMBER) or 0)
    chosen = uploader(_("Bring in a ready table"), ["xlsx", "csv", "json"], f"closed-file-{number}")
    if chosen is None:
        return
    data = chosen.getvalue()
    try:
        read = counting_in.read(data, chosen.name)
    except QualcodeError as error:
        st.error(state.message(error), icon=":material/error:")
        return
    st.markdown(counting_in.told(read, state.language()))
    if read.problems:
        import_parts.problems(read.problems)
    before = importing.imported_before(bench, data)
    again = before is not None and st.checkbox(
        _("The same file is in the study already. Bring it in again as well.")
    )
    group = ""
    if any(not row.actor_group for row in read.rows):
        group = st.text_input(_("Actor group of the rows that have none"))
    if st.button(_("Bring in"), type="primary", disabled=before is not None and not again):
        made: list[importing.Imported] = []
        done = undo_line.attempt(
            place,
            lambda: made.append(
                counting_in.bring_in(bench, chosen.name, data, read, group, again=bool(again))
            ),
            _("{file} is in the study.").format(file=chosen.name),
        )
        state.choose(_NUMBER, number + 1)
        if done:
            state.choose(_RECEIPT, made[0].source.id)
        st.rerun()


def receipt(bench: Workbench) -> None:
    """What the last table brought, as long as it is in the study."""
    _ = state.translator()
    source_id = state.chosen(_RECEIPT)
    if not source_id:
        return
    with bench.store.reading() as rows:
        source = rows.get(Source, source_id)
    if source is None:
        state.choose(_RECEIPT, None)
        return
    with st.container(horizontal=True, vertical_alignment="center", key="closed-receipt"):
        st.markdown(
            ":material/check_circle: "
            + _("**{file}** is in the study.").format(file=plain(source.name)),
            width="content",
        )
        st.button(
            _("Close"),
            key="closed-receipt-close",
            type="tertiary",
            on_click=lambda: state.choose(_RECEIPT, None),
        )
