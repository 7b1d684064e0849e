"""Confidentiality: how discussions are kept, and how a person's are erased for good."""

from __future__ import annotations

import streamlit as st

from qualcode.ui import state, undo_line
from qualcode.ui.pages.discussion_shared import PLACE, close_discussion, day_words
from qualcode.ui.words import plain
from qualcode.workbench import erasing
from qualcode.workbench.bench import Workbench


def show(bench: Workbench) -> None:
    _ = state.translator()
    box = st.popover(
        _("Confidentiality"), icon=":material/lock:", type="tertiary", on_change="rerun",
        key="discussion-privacy",
    )  # fmt: skip
    if not box.open:
        return
    with box, st.container(width=460):
        st.markdown(
            _(
                "Discussions stay in the study's own file and are in no report. The log names "
                "neither the person nor what was said."
            )
        )
        people = erasing.ever_discussed(bench)
        if people:
            _erase(bench, people)


def _erase(bench: Workbench, people: list[str]) -> None:
    _ = state.translator()
    st.markdown(
        _(
            "A person has the right to have their discussions erased for good: out of the study "
            "and out of its log, also those that were removed earlier. **It cannot be undone.** "
            "Papers, pictures and copies of the study made before must be destroyed separately."
        )
    )
    person = st.selectbox(
        _("Whose discussions"), people, index=None, placeholder=_("Choose a person")
    )
    if person:
        _tell(bench, person)
    sure = st.checkbox(_("I want to erase them for good"), key=f"erase-sure-{person}")
    if st.button(
        _("Erase for good"), icon=":material/delete_forever:", disabled=not (person and sure)
    ):
        undo_line.attempt(PLACE, lambda: erasing.erase_person(bench, str(person)))
        # They are gone also when only the file could not be written anew: see ``still_in_file``.
        if person not in erasing.ever_discussed(bench):
            close_discussion()
            state.notify(_("Erased for good: {person}").format(person=person))
        st.rerun()


def _tell(bench: Workbench, person: str) -> None:
    """Which discussions would go: one whose name was mended is another person's by now."""
    _, ngettext = state.translator(), state.plural()
    found, only_in_log = erasing.discussions_of(bench, person)
    told = [" · ".join((one.person, day_words(one.day), one.map_title)) for one in found]
    if only_in_log:
        told.append(
            ngettext(
                "{n} discussion that is only in the log",
                "{n} discussions only in the log",
                only_in_log,
            ).format(n=only_in_log)
        )
    st.markdown(_("These would be erased:") + "".join(f"\n- {plain(one)}" for one in told))


def still_in_file(bench: Workbench) -> None:
    """Offers to write the file anew when an erasure could not: it was in use just then."""
    _ = state.translator()
    if bench.reviewing:
        return
    with bench.store.reading() as rows:
        if not erasing.still_in_file(rows):
            return
    with st.container(border=True, key="discussion-still-in-file"):
        st.markdown(
            _(
                "Discussions were erased from the study and its log, but the study's file was in "
                "use just then: their words may still be read in its unused room with other "
                "programs. Writing the file anew takes them out of there, too, and changes nothing "
                "else. Close the study in other windows and programs first."
            )
        )
        if st.button(_("Write the file anew"), icon=":material/cleaning_services:"):
            with st.spinner(_("The file is being written anew…")):
                done = undo_line.attempt(PLACE, lambda: erasing.write_file_anew(bench))
            if done:
                state.notify(_("The file was written anew: nothing that was erased is left in it."))
            st.rerun()
