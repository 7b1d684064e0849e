"""The roles of a discussion, one at a time: the scale, and what is said of the role."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from qualcode.domain.discussions import TALK_FIELDS, Discussion, RoleTalk
from qualcode.domain.role_maps import Role
from qualcode.domain.role_traits import TARGET, Step
from qualcode.exports.role_profile import ORDER
from qualcode.ui import state, undo_line
from qualcode.ui.pages.discussion_shared import PLACE, as_stored, written
from qualcode.ui.words import plain
from qualcode.workbench import discussing, role_pairing
from qualcode.workbench.bench import Workbench
from qualcode.workbench.role_words import FIELDS, HINTS, MEANINGS, STEPS, sign

_CHOSEN = "discussed-role"


def show(bench: Workbench, discussion: Discussion) -> None:
    _ = state.translator()
    talks = discussing.talks_of(bench, [discussion.id])[discussion.id]
    _choose_roles(bench, discussion, talks)
    if not talks:
        st.info(_("No role has been chosen. Choose one or two above, or all."))
        return
    talk = _pick(talks)
    with st.container(border=True, key="discussed-role"):
        _role(bench, talk)
        _scale(bench, talk)
        _fields(bench, talk)
        _turn(talks, talk)


def _choose_roles(bench: Workbench, discussion: Discussion, talks: Sequence[RoleTalk]) -> None:
    """Which roles are discussed and in which order; a role no longer on the map stays if chosen."""
    _ = state.translator()
    with bench.store.reading() as rows:
        roles = rows.find(Role, map_id=discussion.map_id)
    ordered = sorted(roles, key=lambda r: (not r.central, r.position, r.name))
    names = {talk.role_id: talk.role_name for talk in talks} | {r.id: r.name for r in ordered}
    now = [talk.role_id for talk in talks]
    key = f"discussed-{discussion.id}"
    with st.expander(_("Roles of the discussion, in the order you want")):
        as_stored(key, now)
        st.multiselect(
            _("Roles"),
            list(names),
            format_func=names.__getitem__,
            placeholder=_("Choose"),
            key=key,
            on_change=_save_roles,
            args=(bench, discussion.id, key, _("Roles chosen.")),
            label_visibility="collapsed",
        )
        st.caption(_("Of a role that is left out what was said goes too; undo brings it back."))


def _save_roles(bench: Workbench, discussion_id: str, key: str, said: str) -> None:
    chosen = list(st.session_state[key])
    undo_line.attempt(PLACE, lambda: discussing.choose_roles(bench, discussion_id, chosen), said)


def _pick(talks: Sequence[RoleTalk]) -> RoleTalk:
    _ = state.translator()
    by_role = {talk.role_id: talk for talk in talks}
    wanted = state.chosen(_CHOSEN)
    current = wanted if wanted in by_role else talks[0].role_id

    def name(role_id: str) -> str:
        talk = by_role[role_id]
        return (
            f"{plain(talk.role_name)}  {plain(sign(talk.step))}"
            if talk.step
            else plain(talk.role_name)
        )

    picked = st.pills(
        _("Role"),
        list(by_role),
        default=current,
        format_func=name,
        required=True,
        key=f"discussed-pick-{current}-{hash(tuple(talks))}",
        label_visibility="collapsed",
    )
    if picked and picked != current:
        state.choose(_CHOSEN, picked)
        st.rerun()
    return by_role[current]


def _role(bench: Workbench, talk: RoleTalk) -> None:
    _ = state.translator()
    st.subheader(plain(talk.role_name))
    with bench.store.reading() as rows:
        role = rows.get(Role, talk.role_id)
    if role is None:
        st.caption(_("The role is no longer on the map."))
        return
    if role.descriptors:
        st.markdown(f"*{plain(', '.join(role.descriptors))}*")
    if role.description:
        st.markdown(plain(role.description))
    counters = role_pairing.counter_roles(bench, role.map_id)[role.id]
    if counters:
        names = ", ".join(counter.role.name for counter in counters)
        st.caption(_("Counter-role: {name}").format(name=plain(names)))


def _scale(bench: Workbench, talk: RoleTalk) -> None:
    _ = state.translator()

    def label(step: Step) -> str:
        words = _(STEPS[step])
        if step is TARGET:
            words = _("{words} (target)").format(words=words)
        return f"**{plain(sign(step))}** {words}"

    key = f"scale-{talk.id}"
    as_stored(key, talk.step)
    st.segmented_control(
        _("How strong is the role now?"),
        list(ORDER),
        format_func=label,
        key=key,
        on_change=_mark,
        args=(bench, talk, key, _("Marked: {role}").format(role=talk.role_name)),
        width="stretch",
    )
    st.caption(_(MEANINGS[talk.step]) if talk.step else _("Not marked yet. It can be left so."))


def _mark(bench: Workbench, talk: RoleTalk, key: str, said: str) -> None:
    step = st.session_state[key]
    undo_line.attempt(PLACE, lambda: discussing.mark(bench, talk.id, step), said)


def _fields(bench: Workbench, talk: RoleTalk) -> None:
    _ = state.translator()
    left, right = st.columns(2)
    for n, field in enumerate(TALK_FIELDS):
        with left if n % 2 == 0 else right:
            written(
                _(FIELDS[field]),
                getattr(talk, field),
                f"talk-{talk.id}-{field}",
                lambda text, field=field: discussing.write(  # type: ignore[misc]
                    bench, talk.id, field, text
                ),
                hint=_(HINTS[field]),
            )


def _turn(talks: Sequence[RoleTalk], talk: RoleTalk) -> None:
    """The way to the role before and the next one."""
    at = [one.id for one in talks].index(talk.id)
    with st.container(horizontal=True, vertical_alignment="center", key="discussed-turn"):
        if at:
            _way(talks[at - 1], ":material/arrow_back:", "before")
        # The head of the role may be out of sight here.
        st.markdown(f"**{plain(talk.role_name)}**", width="content")
        if at + 1 < len(talks):
            _way(talks[at + 1], ":material/arrow_forward:", "after")


def _way(talk: RoleTalk, icon: str, key: str) -> None:
    st.button(
        plain(talk.role_name),
        key=f"discussed-{key}",
        icon=icon,
        on_click=state.choose,
        args=(_CHOSEN, talk.role_id),
    )
