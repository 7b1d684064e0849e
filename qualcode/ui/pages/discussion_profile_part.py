"""A person's profile on a map, and how each role has changed from one discussion to the next."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from qualcode.domain.discussions import Discussion
from qualcode.exports.report import Figure
from qualcode.exports.role_profile import draw_course, draw_profile, in_words
from qualcode.exports.svg import as_png
from qualcode.ui import state
from qualcode.ui.components.answer_bars import answer_bars
from qualcode.ui.pages.discussion_shared import day_words
from qualcode.ui.words import plain
from qualcode.workbench import discussing
from qualcode.workbench.bench import Workbench
from qualcode.workbench.role_profiles import lines_of, up_to, words_for


def show(bench: Workbench, found: Sequence[Discussion], chosen: Discussion) -> None:
    _ = state.translator()
    course = up_to(found, chosen)
    talks = discussing.talks_of(bench, [one.id for one in course])
    lines = lines_of(course, talks)
    if not lines:
        st.info(_("No role has been chosen. Choose one or two above, or all."))
        return
    days = [day_words(one.day) for one in course]
    words = words_for(_)
    st.caption(
        _(
            "Each role is a matter of its own: the profile has no sum and no mean. “++” is the "
            "target, and “+++” is as far from it as “+”."
        )
    )
    _figure(draw_profile(lines, days, words), in_words(lines, days, words), "profile")
    # A role that was never marked has no course: an empty panel would tell nothing.
    marked = [line for line in lines if any(line.steps)]
    if len(course) > 1 and marked:
        st.subheader(_("From one discussion to the next"))
        _figure(draw_course(marked, days, words), in_words(marked, days, words), "course")
        without = [line.name for line in lines if line not in marked]
        if without:
            st.caption(plain(_("Never marked: {roles}").format(roles=", ".join(without))))


def _figure(svg: str, told: str, name: str) -> None:
    _ = state.translator()
    with st.container(key=f"figure-{name}", width=860):
        answer_bars(f"self-assessment-{name}", Figure(name, "", svg, told))
        with st.container(horizontal=True):
            st.download_button(
                "SVG",
                data=svg.encode("utf-8"),
                file_name=f"{name}.svg",
                mime="image/svg+xml",
                icon=":material/download:",
                key=f"{name}-svg",
                on_click="ignore",
            )
            st.download_button(
                "PNG",
                data=lambda: as_png(svg),
                file_name=f"{name}.png",
                mime="image/png",
                icon=":material/download:",
                key=f"{name}-png",
                on_click="ignore",
            )
            with st.popover(_("In words"), key=f"{name}-words", type="tertiary"):
                st.markdown(plain(told))
