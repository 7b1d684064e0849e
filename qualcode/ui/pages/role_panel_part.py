"""The chosen role: its description, theory sources and words from the material, and its form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from qualcode.domain.coding import ReducedExpression
from qualcode.domain.role_maps import Role, RoleMap
from qualcode.store.views import ExpressionQuery
from qualcode.ui import begun, memo_button, state, undo_line
from qualcode.ui.pages import role_comments_part, role_relations_part
from qualcode.ui.pages.role_map_shared import PLACE, category_names, counted, do, lines, quote
from qualcode.ui.words import plain
from qualcode.workbench import role_mapping
from qualcode.workbench.bench import Workbench
from qualcode.workbench.role_evidence import RoleEvidence, RoleLink, evidence_of
from qualcode.workbench.role_mapping import RoleDraft

QUOTES = 6


def show(bench: Workbench, role_map: RoleMap, roles: Sequence[Role], role: Role | None) -> None:
    _ = state.translator()
    if roles:
        by_id = {one.id: one for one in roles}
        with st.container(horizontal=True, vertical_alignment="bottom"):
            # The list is the keyboard's and the screen reader's way round the figure.
            chosen = st.selectbox(
                _("Chosen role"),
                list(by_id),
                index=list(by_id).index(role.id) if role else 0,
                format_func=lambda id: by_id[id].name,
                key=f"role-pick-{role.id if role else ''}-{len(roles)}",
            )
            if not bench.reviewing:
                with st.popover(_("New role"), icon=":material/add:"):
                    _new_role(bench, role_map)
            if role is not None:
                memo_button.show(bench, "role", role.id)
        if role is not None and chosen != role.id:
            state.choose("role", chosen)
            st.rerun()
    elif not bench.reviewing:
        _new_role(bench, role_map)
    if role is None:
        return
    evidence = evidence_of(bench, role_map.id)[role.id]
    _description(role)
    role_relations_part.show(bench, role_map, role)
    role_comments_part.of_role(bench, role)
    _evidence(bench, role, evidence)
    if bench.reviewing:
        return
    with st.expander(_("Edit the role"), expanded=not role.descriptors and not role.description):
        _edit_role(bench, role)


def _new_role(bench: Workbench, role_map: RoleMap) -> None:
    _ = state.translator()
    with st.form("new-role", border=False, clear_on_submit=True):
        name = st.text_input(_("Name of the role"))
        descriptors = st.text_area(
            _("Descriptors, one on a line"), height=80, help=_("They stand inside the circle.")
        )
        central = st.checkbox(_("Central role"))
        pressed = st.form_submit_button(_("Add the role"))
    if pressed:
        made: list[Role] = []
        draft = RoleDraft(name, central, lines(descriptors))
        said = _("Role added: {name}").format(name=name)
        if undo_line.attempt(
            PLACE,
            lambda: made.append(role_mapping.add_role(bench, role_map.id, draft)),
            said,
        ):
            state.choose("role", made[0].id)
        st.rerun()


def _edit_role(bench: Workbench, role: Role) -> None:
    _ = state.translator()
    seen = begun.from_what("role", role)
    with st.form(f"role-{role.id}-{hash(seen)}", border=False):
        name = st.text_input(_("Name of the role"), value=seen.name)
        central = st.checkbox(_("Central role"), value=seen.central)
        descriptors = st.text_area(
            _("Descriptors, one on a line"), value="\n".join(seen.descriptors), height=90
        )
        description = st.text_area(_("Description"), value=seen.description, height=130)
        sources = st.text_area(
            _("Theory sources, one on a line"), value="\n".join(seen.sources), height=80
        )
        pressed = st.form_submit_button(_("Save the role"), type="primary")
    if pressed:
        changed = replace(
            seen,
            name=" ".join(name.split()),
            central=central,
            descriptors=lines(descriptors),
            description=description.strip(),
            sources=lines(sources),
        )
        if undo_line.attempt(
            PLACE,
            lambda: role_mapping.edit_role(bench, changed, seen),
            _("Role saved: {name}").format(name=name),
        ):
            begun.anew("role")
        st.rerun()
    if st.button(_("Remove the role"), icon=":material/delete:", key=f"remove-{role.id}"):
        do(
            lambda: role_mapping.remove_role(bench, role.id),
            _("Role removed: {name}").format(name=role.name),
        )


def _description(role: Role) -> None:
    """What the role is and whose theory it leans on, or that these are not written yet."""
    _ = state.translator()
    if role.description:
        st.markdown(plain(role.description))
    else:
        st.caption(_("The role has no description yet."))
    if role.sources:
        st.caption(plain("; ".join(role.sources)))
    else:
        st.caption(_("No theory sources yet."))


def _evidence(bench: Workbench, role: Role, evidence: RoleEvidence) -> None:
    """Counts, links to take away or add, and the role's words from the material."""
    _ = state.translator()
    title = _("Evidence")
    people, mentions = counted(evidence)
    st.markdown(f"**{title}:** {people}, {mentions}")
    with st.container(gap=None):
        for link in evidence.links:
            _link_row(bench, link)
    if not bench.reviewing:
        _add_links(bench, role, evidence)
    _quotes(bench, evidence)


def _link_row(bench: Workbench, link: RoleLink) -> None:
    _ = state.translator()
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        sort = _("category") if link.category_id else _("reduced expression")
        st.markdown(f"{plain(link.name)}  :gray[{sort}]", width="stretch")
        if not bench.reviewing and st.button(
            _("Unlink"),
            key=f"unlink-{link.placement_id}",
            type="tertiary",
            help=_("The role loses this evidence; nothing else changes."),
        ):
            _unlink(bench, link)


def _unlink(bench: Workbench, link: RoleLink) -> None:
    _ = state.translator()
    said = _("Unlinked: {name}").format(name=link.name)
    do(lambda: role_mapping.unlink(bench, link.placement_id), said)


def _add_links(bench: Workbench, role: Role, evidence: RoleEvidence) -> None:
    _ = state.translator()
    taken = {link.category_id for link in evidence.links} | {
        link.reduction_id for link in evidence.links
    }
    names = {id: name for id, name in category_names(bench).items() if id not in taken}
    with bench.store.reading() as rows:
        found = sorted(rows.find(ReducedExpression), key=lambda row: row.wording.casefold())
    wordings = {row.id: row.wording for row in found if row.id not in taken}
    with st.expander(_("Link categories and reductions")):
        with st.form(f"link-{role.id}", border=False, clear_on_submit=True):
            categories = st.multiselect(
                _("Categories"),
                list(names),
                format_func=names.__getitem__,
                placeholder=_("Choose categories"),
                help=_("A category brings everything below it along."),
            )
            reductions = st.multiselect(
                _("Reduced expressions"),
                list(wordings),
                format_func=wordings.__getitem__,
                placeholder=_("Choose reductions"),
            )
            pressed = st.form_submit_button(_("Link"))
        if pressed and (categories or reductions):
            do(
                lambda: role_mapping.link_many(bench, [role.id], categories, reductions),
                _("Linked to {role}.").format(role=role.name),
            )


def _quotes(bench: Workbench, evidence: RoleEvidence) -> None:
    _ = state.translator()
    if not evidence.segment_ids:
        st.caption(_("Nothing in the material speaks for this role yet."))
        return
    with bench.store.reading() as rows:
        query = ExpressionQuery(segment_ids=evidence.segment_ids)
        page = rows.expressions(query, 0, QUOTES)
    for row in page.rows:
        quote(row)
    if page.total > QUOTES:
        ngettext = state.plural()
        more = ngettext("and {n} more", "and {n} more", page.total - QUOTES)
        st.caption(more.format(n=page.total - QUOTES))
