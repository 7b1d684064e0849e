"""The notes behind the wall: their files, and the next day their reductions by the groups."""

from __future__ import annotations

from collections import Counter
from functools import partial

import streamlit as st

from qualcode.domain.documents import Document, Source
from qualcode.domain.workshop_days import Workshop
from qualcode.ui import state, undo_line
from qualcode.ui.labels import document_kind_label
from qualcode.ui.pages import workshop_intake
from qualcode.ui.words import plain
from qualcode.workbench import wall_reducing, workshops
from qualcode.workbench.bench import Workbench
from qualcode.workbench.quadrant_names import quadrant_name


def show(bench: Workbench, workshop: Workshop, place: str) -> None:
    _ = state.translator()
    _files(bench, workshop, place)
    with st.expander(_("Bring in more notes"), icon=":material/upload_file:"):
        workshop_intake.bring_in()
    st.subheader(_("From the wall to the analysis"))
    _reductions(bench, workshop, place)


def _files(bench: Workbench, workshop: Workshop, place: str) -> None:
    _ = state.translator()
    with bench.store.reading() as rows:
        sources = workshops.sources_of(rows, workshop.id)
        kinds = {
            source.id: Counter(d.kind for d in rows.find(Document, source_id=source.id))
            for source in sources
        }
    if not sources:
        st.info(_("No notes have been brought in yet."), icon=":material/sticky_note_2:")
    for source in sources:
        with st.container(horizontal=True, vertical_alignment="center", key=f"notes-{source.id}"):
            counted = kinds[source.id].items()
            told = " · ".join(f"{document_kind_label(kind, _)}: {n}" for kind, n in counted)
            st.markdown(f"{plain(source.name)}  :gray[{plain(told)}]", width="stretch")
            if st.button(
                _("Not from this workshop"), key=f"notes-off-{source.id}", type="tertiary"
            ):
                said = _("{file} was taken off the workshop.").format(file=source.name)
                undo_line.attempt(place, partial(_take_off, bench, source), said)
                st.rerun()


def _reductions(bench: Workbench, workshop: Workshop, place: str) -> None:
    """The groups of the wall with their waiting notes; those ticked are reduced to their names."""
    _ = state.translator()
    with bench.store.reading() as rows:
        groups = wall_reducing.to_reduce(rows, workshop.id)
    st.caption(
        _(
            "A note of a group is reduced to the name of the group, and joins the reductions of "
            "everybody. Its origin stays beside it: this workshop, its table and its round. Notes "
            "that hang loose, role-shaping notes and observations are reduced on the page “Read "
            "and code”."
        )
    )
    if not groups:
        st.info(_("There are no groups on the wall yet."), icon=":material/dashboard:")
        return
    waiting = [one for one in groups if one.waiting]
    chosen: list[str] = []
    for one in groups:
        group, left = one.group.group, len(one.waiting)
        where = quadrant_name(group.quadrant, bench.language)
        told = _("{where} · {left} of {all} not reduced yet").format(
            where=where, left=left, all=len(one.group.notes)
        )
        label = f"**{plain(group.name)}**  :gray[{plain(told)}]"
        if st.checkbox(
            label, value=bool(left), disabled=not left, key=f"wall-reduce-{group.id}-{left}"
        ):
            chosen.append(group.id)
    count = sum(len(one.waiting) for one in waiting if one.group.group.id in chosen)
    if st.button(
        _("Reduce {n} notes by their groups").format(n=count),
        type="primary",
        disabled=not count,
        key="wall-reduce",
    ):
        said = _("{n} notes were reduced by their groups.").format(n=count)
        undo_line.attempt(
            place, lambda: wall_reducing.reduce_groups(bench, workshop.id, set(chosen)), said
        )
        st.rerun()
    state.page_link("pelkistykset", _("Reductions"), icon=":material/short_text:")


def _take_off(bench: Workbench, source: Source) -> None:
    workshops.set_workshop(bench, source.id, None)
