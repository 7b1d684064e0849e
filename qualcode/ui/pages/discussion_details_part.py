"""A discussion's own line, its details, what is agreed at its end, and its removal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from qualcode.domain.discussions import Company, Discussion, Purpose
from qualcode.ui import state, undo_line
from qualcode.ui.pages import discussion_print_part
from qualcode.ui.pages.discussion_shared import PLACE, as_stored, day_words, written
from qualcode.ui.words import plain
from qualcode.workbench import discussing
from qualcode.workbench.bench import Workbench
from qualcode.workbench.role_words import COMPANIES, FIELDS, HINTS, PURPOSES

_NEXT = "next_day"


def head(bench: Workbench, found: Sequence[Discussion], discussion: Discussion) -> None:
    _ = state.translator()
    parts = [
        day_words(discussion.day),
        discussion.map_title,
        " ".join([_(COMPANIES[discussion.company]), discussion.companion]).strip(),
        discussion.place,
        _(PURPOSES[discussion.purpose]) if discussion.purpose is not Purpose.WORK else "",
    ]
    with st.container(horizontal=True, vertical_alignment="center", key="discussion-head"):
        told = plain(" · ".join(part for part in parts if part))
        st.markdown(f"**{plain(discussion.person)}** · {told}", width="stretch")
        discussion_print_part.show(bench, found, discussion)
        # Once they are saved the key is another, and the form closes.
        with st.popover(
            _("Change the details"), key=f"details-{hash(discussion)}", icon=":material/edit:"
        ):
            _details(bench, discussion)
        if st.button(
            _("Remove"),
            key=f"discussion-remove-{discussion.id}",
            icon=":material/delete:",
            type="tertiary",
            help=_("Undo brings it back. To erase for good, see “Confidentiality”."),
        ):
            undo_line.attempt(
                PLACE, lambda: discussing.remove(bench, discussion.id), _("Discussion removed.")
            )
            st.rerun()


def closing(bench: Workbench, discussion: Discussion) -> None:
    """What is agreed at the end: relations between roles, how it is assessed, the next date."""
    _ = state.translator()
    with st.container(border=True, key="discussion-closing"):
        st.subheader(_("In closing"))
        left, right = st.columns(2)
        for column, field in ((left, "relations"), (right, "assessed_by")):
            with column:
                written(
                    _(FIELDS[field]),
                    getattr(discussion, field),
                    f"closing-{discussion.id}-{field}",
                    lambda text, field=field: discussing.close(  # type: ignore[misc]
                        bench, discussion.id, field, text
                    ),
                    hint=_(HINTS[field]),
                )
        _next_day(bench, discussion)


def _next_day(bench: Workbench, discussion: Discussion) -> None:
    _ = state.translator()
    stored = date.fromisoformat(discussion.next_day) if discussion.next_day else None
    key = f"next-day-{discussion.id}"
    as_stored(key, stored)
    said = _("Next discussion agreed."), _("Next discussion taken away.")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.date_input(
            _(FIELDS[_NEXT]),
            value=None,
            format="DD.MM.YYYY",
            key=key,
            on_change=_agree,
            args=(bench, discussion.id, key, said),
            width=220,
        )
        st.caption(_("You are reminded of it on this page when the day comes."), width="stretch")


def _agree(bench: Workbench, discussion_id: str, key: str, said: tuple[str, str]) -> None:
    picked = st.session_state[key]
    iso = picked.isoformat() if isinstance(picked, date) else ""
    undo_line.attempt(
        PLACE,
        lambda: discussing.close(bench, discussion_id, _NEXT, iso),
        said[0] if iso else said[1],
    )


def _details(bench: Workbench, discussion: Discussion) -> None:
    _ = state.translator()
    with st.form(f"details-{discussion.id}-{hash(discussion)}", border=False):
        person = st.text_input(_("Who (a pseudonym)"), value=discussion.person)
        day = st.date_input(_("Day"), value=date.fromisoformat(discussion.day), format="DD.MM.YYYY")
        company = st.selectbox(
            _("With whom"),
            list(Company),
            index=list(Company).index(discussion.company),
            format_func=lambda one: _(COMPANIES[one]),
        )
        companion = st.text_input(_("Companion (a pseudonym)"), value=discussion.companion)
        place = st.text_input(_("Place"), value=discussion.place)
        purpose = st.selectbox(
            _("What for"),
            list(Purpose),
            index=list(Purpose).index(discussion.purpose),
            format_func=lambda one: _(PURPOSES[one]),
        )
        if st.form_submit_button(_("Save")):
            undo_line.attempt(
                PLACE,
                lambda: discussing.edit(
                    bench,
                    discussion.id,
                    person=" ".join(person.split()),
                    day=day.isoformat() if isinstance(day, date) else discussion.day,
                    company=Company(str(company)),
                    companion=companion,
                    place=" ".join(place.split()),
                    purpose=Purpose(str(purpose)),
                ),
                _("Details saved."),
            )
            st.rerun()
