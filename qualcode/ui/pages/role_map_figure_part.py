"""The drawn map, its pictures to take along, and what the material has outside it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from qualcode.domain.categories import Category
from qualcode.domain.coding import ReducedExpression
from qualcode.domain.role_maps import Role, RoleMap
from qualcode.exports.role_figure import RoleFigure, draw
from qualcode.exports.svg import as_png
from qualcode.ui import state
from qualcode.ui.components.role_figure import role_figure
from qualcode.ui.pages.role_map_shared import do, file_name
from qualcode.ui.words import plain
from qualcode.workbench import role_mapping
from qualcode.workbench.bench import Workbench
from qualcode.workbench.role_evidence import figure_of

_FIGURE = "role-figure"


def chosen_role(roles: Sequence[Role]) -> Role | None:
    """The role that was clicked, else the central one, else the first."""
    by_id = {role.id: role for role in roles}
    central = next((role for role in roles if role.central), roles[0] if roles else None)
    return by_id.get(state.chosen("role") or "") or central


def show(bench: Workbench, role_map: RoleMap, roles: Sequence[Role], role: Role | None) -> None:
    _ = state.translator()
    if not roles:
        st.info(_("The map has no roles yet. Add the first one on the right."))
        return
    chosen = role.id if role else ""

    def clicked() -> None:
        state.choose("role", st.session_state[_FIGURE]["choose"]["role"])

    role_figure(
        _FIGURE,
        figure_of(roles, language=bench.language, chosen=chosen),
        _("Role map {title}. Choose a role to see its evidence.").format(title=role_map.title),
        clicked,
    )
    with st.container(horizontal=True, horizontal_alignment="center"):
        titled = st.toggle(_("Title in the picture"), key=state.filter_key("roles", "titled"))
        drawing = figure_of(roles, role_map.title if titled else "", bench.language)
        _downloads(role_map, drawing)


def _downloads(role_map: RoleMap, drawing: RoleFigure) -> None:
    _ = state.translator()
    name = file_name(role_map.title, "role-map")
    st.download_button(
        "SVG",
        data=lambda: draw(drawing).encode("utf-8"),
        file_name=f"{name}.svg",
        mime="image/svg+xml",
        icon=":material/download:",
        help=_("A drawing that stays sharp at any size"),
        on_click="ignore",
    )
    st.download_button(
        "PNG",
        data=lambda: as_png(draw(drawing), 2400),
        file_name=f"{name}.png",
        mime="image/png",
        icon=":material/download:",
        help=_("A picture for Word or slides"),
        on_click="ignore",
    )


def outside(bench: Workbench, role_map: RoleMap, roles: Sequence[Role]) -> None:
    """What the actor said that no role reaches: the map's own limit, always in sight."""
    _, ngettext = state.translator(), state.plural()
    left = role_mapping.outside(bench, role_map.id)
    st.subheader(_("Outside the map"))
    if not left.category_ids and not left.reduction_ids:
        st.caption(_("Everything that has a place in the study is reached by some role."))
        return
    with bench.store.reading() as rows:
        categories = {row.id: row.name for row in rows.find(Category, id=left.category_ids)}
        loose = rows.find(ReducedExpression, id=left.reduction_ids)
    names = {
        **{("category", id): categories[id] for id in left.category_ids},
        **{("reduction", row.id): _("“{text}”").format(text=row.wording) for row in loose},
    }
    st.caption(
        _("Subcategories ({categories}) and single reductions ({reductions}) of no role.").format(
            categories=len(categories), reductions=len(loose)
        )
    )
    st.markdown("\n".join(f"- {plain(name)}" for name in list(names.values())[:12]))
    if len(names) > 12:
        more = ngettext("and {n} more", "and {n} more", len(names) - 12)
        st.caption(more.format(n=len(names) - 12))
    if not roles or bench.reviewing:
        return
    with (
        st.form("outside-link", border=False, clear_on_submit=True),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        picked = st.multiselect(
            _("Give a role to"),
            list(names),
            format_func=names.__getitem__,
            placeholder=_("Choose"),
        )
        titles = {role.id: role.name for role in roles}
        given = st.multiselect(
            _("Roles"), list(titles), format_func=titles.__getitem__, placeholder=_("Choose")
        )
        pressed = st.form_submit_button(_("Link"))
    if pressed and picked and given:
        said = _("Linked to {role}: {name}").format(
            role=", ".join(titles[id] for id in given), name=", ".join(names[key] for key in picked)
        )
        state.choose("role", given[0])
        do(
            lambda: role_mapping.link_many(
                bench,
                given,
                [id for kind, id in picked if kind == "category"],
                [id for kind, id in picked if kind == "reduction"],
            ),
            said,
        )
