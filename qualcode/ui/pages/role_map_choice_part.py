"""Which role map is open, how a new one begins, and the map's settings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import streamlit as st

from qualcode.domain.role_maps import RoleMap
from qualcode.readers.role_map_yaml import RoleMapFrame, shipped_role_map_frames
from qualcode.ui import memo_button, state, undo_line
from qualcode.ui.pages.role_map_shared import PLACE, category_names, do, group_field
from qualcode.ui.words import plain
from qualcode.workbench import role_mapping
from qualcode.workbench.bench import Workbench
from qualcode.workbench.role_mapping import RoleDraft


def choose(bench: Workbench, maps: Sequence[RoleMap]) -> RoleMap | None:
    """The map that is open, and the ways to another, to a new one and to its settings."""
    _ = state.translator()
    if not maps:
        return None
    by_id = {role_map.id: role_map for role_map in maps}
    picked = state.chosen("role-map")
    current = by_id.get(picked) or maps[0]
    with st.container(horizontal=True, vertical_alignment="center", key="role-map-head"):
        chosen = st.selectbox(
            _("Role map"),
            list(by_id),
            index=list(by_id).index(current.id),
            format_func=lambda id: _map_label(by_id[id]),
            # The key names the open map, so that a map just made or removed is never undone here.
            key=f"role-map-{current.id}-{len(maps)}",
            label_visibility="collapsed",
            width=380,
        )
        if not bench.reviewing:
            # Keys of their own after each start and for each map: a box that stays open covers the
            # map just started, and would offer to remove the one that is shown after a removed one.
            with st.popover(_("New map"), icon=":material/add:", key=f"new-map-{len(maps)}"):
                new_map(bench)
            with st.popover(
                _("Map's settings"), icon=":material/settings:", key=f"map-settings-{current.id}"
            ):
                _map_settings(bench, current)
        memo_button.show(bench, "role_map", current.id)
        # Beside the buttons, not under them: the figure must not jump when the line comes or goes.
        with st.container(width="stretch"):
            undo_line.show(bench, PLACE)
    if chosen != current.id:
        state.choose("role-map", chosen)
        st.rerun()
    return current


def _map_label(role_map: RoleMap) -> str:
    return f"{role_map.title} ({role_map.actor_group})" if role_map.actor_group else role_map.title


def _map_settings(bench: Workbench, role_map: RoleMap) -> None:
    _ = state.translator()
    with st.form(f"map-{role_map.id}", border=False):
        title = st.text_input(_("Title"), value=role_map.title)
        group = group_field(bench, f"map-group-{role_map.id}", role_map.actor_group)
        note = st.text_area(_("Note"), value=role_map.note, height=80)
        if st.form_submit_button(_("Save")):
            title = " ".join(title.split())
            do(
                lambda: role_mapping.edit_map(
                    bench, replace(role_map, title=title, actor_group=group, note=note)
                ),
                _("Map saved."),
            )
    if st.button(_("Remove the map"), icon=":material/delete:", key=f"remove-{role_map.id}"):
        do(
            lambda: role_mapping.remove_map(bench, role_map.id),
            _("Role map removed: {name}").format(name=role_map.title),
        )


def new_map(bench: Workbench) -> None:
    """The three ways to begin."""
    _ = state.translator()
    ways = {
        "frame": _("From a shipped frame"),
        "categories": _("From categories"),
        "empty": _("Empty"),
    }
    way = st.segmented_control(
        _("How to begin"),
        list(ways),
        format_func=ways.__getitem__,
        default="frame",
        required=True,
        key="new-map-way",
    )
    if way == "frame":
        _from_frame(bench)
    elif way == "categories":
        _from_categories(bench)
    else:
        with st.form("new-map-empty", border=False):
            title = st.text_input(_("Title"))
            group = group_field(bench, "new-map-empty-group")
            if st.form_submit_button(_("Start the map")):
                _start(lambda: role_mapping.start(bench, title, group))


def _from_frame(bench: Workbench) -> None:
    _ = state.translator()
    frames = {frame.key: frame for frame in shipped_role_map_frames()}
    language = bench.language
    if not frames:
        st.caption(_("No frames are shipped with this program."))
        return
    key = st.selectbox(
        _("Frame"),
        list(frames),
        format_func=lambda key: frames[key].title(language),
        key="new-map-frame",
    )
    frame = frames[key]
    st.caption(plain(", ".join(role.name(language) for role in frame.roles)))
    if frame.theory_source:
        st.caption(plain(frame.theory_source))
    group = group_field(bench, f"new-map-frame-group-{key}", frame.actor_group)
    if st.button(_("Start the map"), key="new-map-frame-start"):
        _start(
            lambda: role_mapping.start(
                bench, frame.title(language), group, _drafts(frame, language), frame.key
            )
        )


def _drafts(frame: RoleMapFrame, language: str) -> list[RoleDraft]:
    return [
        RoleDraft(
            role.name(language),
            role.central,
            role.descriptors(language),
            role.description(language),
            role.sources,
        )
        for role in frame.roles
    ]


def _from_categories(bench: Workbench) -> None:
    _ = state.translator()
    names = category_names(bench)
    if not names:
        st.caption(_("There are no categories yet. Make them on the Categories page."))
        return
    with st.form("new-map-categories", border=False):
        title = st.text_input(_("Title"))
        group = group_field(bench, "new-map-categories-group")
        central = st.selectbox(
            _("Central role"),
            [None, *names],
            format_func=lambda id: names[id] if id else _("none yet"),
        )
        others = st.multiselect(
            _("Other roles"),
            list(names),
            format_func=names.__getitem__,
            placeholder=_("Choose categories"),
            help=_("Each category becomes a role, and its subcategories the role's descriptors."),
        )
        if st.form_submit_button(_("Start the map")):
            _start(lambda: role_mapping.derive(bench, title, group, central, others))


def _start(act: Callable[[], RoleMap]) -> None:
    _ = state.translator()
    made: list[RoleMap] = []
    if undo_line.attempt(PLACE, lambda: made.append(act()), _("Role map started.")):
        state.choose("role-map", made[0].id)
        state.choose("role", None)
    st.rerun()
