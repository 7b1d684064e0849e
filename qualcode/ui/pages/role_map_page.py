"""Role maps: the map with its roles, the roles as text, versions, comments, guide and form."""

from __future__ import annotations

import streamlit as st

from qualcode.domain.role_maps import Role, RoleMap
from qualcode.store.repository import Reading
from qualcode.ui import places, state, undo_line
from qualcode.ui.pages import (
    role_comments_part,
    role_guide_part,
    role_map_choice_part,
    role_map_figure_part,
    role_panel_part,
    role_texts_part,
    role_versions_part,
)
from qualcode.ui.pages.role_map_shared import PLACE
from qualcode.workbench import map_versions, role_commenting
from qualcode.workbench.bench import Workbench

MAP, TEXTS, VERSIONS, COMMENTS, GUIDE = "map", "texts", "versions", "comments", "guide"


def show(bench: Workbench) -> None:
    with bench.store.reading() as rows:
        maps = sorted(rows.find(RoleMap), key=lambda m: (m.position, m.title, m.id))
        places.follow("role", "role_map", choose=lambda kind, id: _open(rows, kind, id))
    role_map = role_map_choice_part.choose(bench, maps)
    if role_map is None:
        _begin(bench)
        return
    with bench.store.reading() as rows:
        roles = sorted(rows.find(Role, map_id=role_map.id), key=lambda r: (r.position, r.name))
    part = _part(bench, role_map)
    if part == TEXTS:
        role_texts_part.show(bench, role_map, roles)
    elif part == VERSIONS:
        role_versions_part.show(bench, role_map)
    elif part == COMMENTS:
        role_comments_part.show(bench, role_map, roles)
    elif part == GUIDE:
        role_guide_part.show(bench, role_map, roles)
    else:
        _map(bench, role_map, roles)


def _begin(bench: Workbench) -> None:
    _ = state.translator()
    st.title(_("Role maps"))
    undo_line.show(bench, PLACE)
    if bench.reviewing:
        st.info(_("There is no role map in the study yet."), icon=":material/hub:")
        return
    st.info(
        _(
            "A role map shows the roles of one actor around a central role. Start one from a "
            "shipped frame, from your own categories, or empty."
        ),
        icon=":material/hub:",
    )
    with st.container(width=620):
        role_map_choice_part.new_map(bench)


def _part(bench: Workbench, role_map: RoleMap) -> str:
    _ = state.translator()
    versions = len(map_versions.versions_of(bench, role_map.id))
    comments = len(role_commenting.comments_on(bench, role_map.id))
    names = {
        MAP: _("Map"),
        TEXTS: _("Roles as text"),
        VERSIONS: _("Versions ({count})").format(count=versions) if versions else _("Versions"),
        COMMENTS: _("Comments ({count})").format(count=comments) if comments else _("Comments"),
        GUIDE: _("Guide and form"),
    }
    chosen = st.segmented_control(
        _("What is shown"),
        list(names),
        format_func=names.__getitem__,
        default=MAP,
        required=True,
        key=state.filter_key("roles", "part"),
        label_visibility="collapsed",
    )
    return str(chosen)


def _map(bench: Workbench, role_map: RoleMap, roles: list[Role]) -> None:
    role = role_map_figure_part.chosen_role(roles)
    left, right = st.columns([11, 9], gap="large")
    with left:
        role_map_figure_part.show(bench, role_map, roles, role)
        role_map_figure_part.outside(bench, role_map, roles)
    with right:
        role_panel_part.show(bench, role_map, roles, role)


def _open(rows: Reading, kind: str, id: str) -> None:
    """Chooses the role, or the map, that an address names."""
    role = rows.get(Role, id) if kind == "role" else None
    state.choose("role", role.id if role else None)
    state.choose("role-map", role.map_id if role else id)
