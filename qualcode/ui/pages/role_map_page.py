"""Role maps: the figure on the left, the chosen role with its evidence on the right."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace

import streamlit as st

from qualcode.domain.categories import Category, CategoryTree, level_name
from qualcode.domain.coding import ReducedExpression
from qualcode.domain.documents import Respondent
from qualcode.domain.role_maps import Role, RoleMap
from qualcode.exports.role_figure import RoleFigure, as_png, draw
from qualcode.readers.role_map_yaml import RoleMapFrame, shipped_role_map_frames
from qualcode.store.repository import Reading
from qualcode.store.views import ExpressionQuery, ExpressionRow
from qualcode.ui import memo_button, places, state, undo_line
from qualcode.ui.components.role_figure import role_figure
from qualcode.ui.words import plain
from qualcode.workbench import role_mapping
from qualcode.workbench.bench import Workbench
from qualcode.workbench.categorising import tree_of
from qualcode.workbench.role_evidence import RoleEvidence, RoleLink, evidence_of, figure_of
from qualcode.workbench.role_mapping import RoleDraft

QUOTES = 6
_PLACE = "role-map"
_FIGURE = "role-figure"


def show(bench: Workbench) -> None:
    _ = state.translator()
    with bench.store.reading() as rows:
        maps = sorted(rows.find(RoleMap), key=lambda m: (m.position, m.title, m.id))
        places.follow("role", "role_map", choose=lambda kind, id: _open(rows, kind, id))
    role_map = _choose_map(bench, maps)
    if role_map is None:
        st.title(_("Role maps"))
        undo_line.show(bench, _PLACE)
        st.info(
            _(
                "A role map shows the roles of one actor around a central role. Start one from a "
                "shipped frame, from your own categories, or empty."
            ),
            icon=":material/hub:",
        )
        with st.container(width=620):
            _new_map(bench)
        return
    with bench.store.reading() as rows:
        roles = sorted(rows.find(Role, map_id=role_map.id), key=lambda r: (r.position, r.name))
    role = _chosen_role(roles)
    left, right = st.columns([11, 9], gap="large")
    with left:
        _figure(bench, role_map, roles, role)
        _outside(bench, role_map, roles)
    with right:
        _role_panel(bench, role_map, roles, role)


def _open(rows: Reading, kind: str, id: str) -> None:
    """Chooses the role, or the map, that an address names."""
    role = rows.get(Role, id) if kind == "role" else None
    state.choose("role", role.id if role else None)
    state.choose("role-map", role.map_id if role else id)


# --- which map -----------------------------------------------------------------------------------


def _choose_map(bench: Workbench, maps: Sequence[RoleMap]) -> RoleMap | None:
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
        with st.popover(_("New map"), icon=":material/add:"):
            _new_map(bench)
        with st.popover(_("Map's settings"), icon=":material/settings:"):
            _map_settings(bench, current)
        memo_button.show(bench, "role_map", current.id)
        # Beside the buttons, not under them: the figure must not jump when the line comes or goes.
        with st.container(width="stretch"):
            undo_line.show(bench, _PLACE)
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
        group = _group_field(bench, f"map-group-{role_map.id}", role_map.actor_group)
        note = st.text_area(_("Note"), value=role_map.note, height=80)
        if st.form_submit_button(_("Save")):
            title = " ".join(title.split())
            _do(
                lambda: role_mapping.edit_map(
                    bench, replace(role_map, title=title, actor_group=group, note=note)
                ),
                _("Map saved."),
            )
    if st.button(_("Remove the map"), icon=":material/delete:", key=f"remove-{role_map.id}"):
        _do(
            lambda: role_mapping.remove_map(bench, role_map.id),
            _("Role map removed: {name}").format(name=role_map.title),
        )


def _new_map(bench: Workbench) -> None:
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
            group = _group_field(bench, "new-map-empty-group")
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
    group = _group_field(bench, f"new-map-frame-group-{key}", frame.actor_group)
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
    names = _category_names(bench)
    if not names:
        st.caption(_("There are no categories yet. Make them on the Categories page."))
        return
    with st.form("new-map-categories", border=False):
        title = st.text_input(_("Title"))
        group = _group_field(bench, "new-map-categories-group")
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


def _group_field(bench: Workbench, key: str, value: str = "") -> str:
    """Whose map it is: one of the study's actor groups, another, or nobody in particular."""
    _ = state.translator()
    with bench.store.reading() as rows:
        groups = sorted({person.actor_group for person in rows.find(Respondent)} - {""})
    options = list(dict.fromkeys(["", *groups, *([value] if value else [])]))
    chosen = st.selectbox(
        _("Actor group"),
        options,
        index=options.index(value),
        format_func=lambda group: group or _("every group"),
        help=_("Outside the map is shown what this group said and no role reaches."),
        key=key,
    )
    return str(chosen or "")


def _start(act: Callable[[], RoleMap]) -> None:
    _ = state.translator()
    made: list[RoleMap] = []
    if undo_line.attempt(_PLACE, lambda: made.append(act()), _("Role map started.")):
        state.choose("role-map", made[0].id)
        state.choose("role", None)
    st.rerun()


def _do(act: Callable[[], object], said: str) -> None:
    undo_line.attempt(_PLACE, act, said)
    st.rerun()


# --- the figure ----------------------------------------------------------------------------------


def _chosen_role(roles: Sequence[Role]) -> Role | None:
    """The role that was clicked, else the central one, else the first."""
    by_id = {role.id: role for role in roles}
    central = next((role for role in roles if role.central), roles[0] if roles else None)
    return by_id.get(state.chosen("role") or "") or central


def _figure(bench: Workbench, role_map: RoleMap, roles: Sequence[Role], role: Role | None) -> None:
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
    ascii_name = unicodedata.normalize("NFKD", role_map.title).encode("ascii", "ignore").decode()
    name = re.sub(r"[^A-Za-z0-9]+", "-", ascii_name).strip("-").lower() or "role-map"
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


def _outside(bench: Workbench, role_map: RoleMap, roles: Sequence[Role]) -> None:
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
    if not roles:
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
        _do(
            lambda: role_mapping.link_many(
                bench,
                given,
                [id for kind, id in picked if kind == "category"],
                [id for kind, id in picked if kind == "reduction"],
            ),
            said,
        )


# --- the chosen role -----------------------------------------------------------------------------


def _role_panel(
    bench: Workbench, role_map: RoleMap, roles: Sequence[Role], role: Role | None
) -> None:
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
            with st.popover(_("New role"), icon=":material/add:"):
                _new_role(bench, role_map)
            if role is not None:
                memo_button.show(bench, "role", role.id)
        if role is not None and chosen != role.id:
            state.choose("role", chosen)
            st.rerun()
    else:
        _new_role(bench, role_map)
    if role is None:
        return
    evidence = evidence_of(bench, role_map.id)[role.id]
    _evidence(bench, role, evidence)
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
        draft = RoleDraft(name, central, _lines(descriptors))
        said = _("Role added: {name}").format(name=name)
        if undo_line.attempt(
            _PLACE,
            lambda: made.append(role_mapping.add_role(bench, role_map.id, draft)),
            said,
        ):
            state.choose("role", made[0].id)
        st.rerun()


def _edit_role(bench: Workbench, role: Role) -> None:
    _ = state.translator()
    # The key carries what the fields show, so that after undo they show the role as it is again.
    with st.form(f"role-{role.id}-{hash(role)}", border=False):
        name = st.text_input(_("Name of the role"), value=role.name)
        central = st.checkbox(_("Central role"), value=role.central)
        descriptors = st.text_area(
            _("Descriptors, one on a line"), value="\n".join(role.descriptors), height=90
        )
        description = st.text_area(_("Description"), value=role.description, height=130)
        sources = st.text_area(
            _("Theory sources, one on a line"), value="\n".join(role.sources), height=80
        )
        pressed = st.form_submit_button(_("Save the role"), type="primary")
    if pressed:
        _do(
            lambda: role_mapping.edit_role(
                bench,
                replace(
                    role,
                    name=" ".join(name.split()),
                    central=central,
                    descriptors=_lines(descriptors),
                    description=description.strip(),
                    sources=_lines(sources),
                ),
            ),
            _("Role saved: {name}").format(name=name),
        )
    if st.button(_("Remove the role"), icon=":material/delete:", key=f"remove-{role.id}"):
        _do(
            lambda: role_mapping.remove_role(bench, role.id),
            _("Role removed: {name}").format(name=role.name),
        )


def _evidence(bench: Workbench, role: Role, evidence: RoleEvidence) -> None:
    """Counts, links to take away or add, and the role's words from the material."""
    _ = state.translator()
    if role.description:
        st.write(plain(role.description))
    for source in role.sources:
        st.caption(plain(source))
    title = _("Evidence")
    people, mentions = _counted(evidence)
    st.markdown(f"**{title}:** {people}, {mentions}")
    with st.container(gap=None):
        for link in evidence.links:
            _link_row(bench, link)
    _add_links(bench, role, evidence)
    _quotes(bench, evidence)


def _link_row(bench: Workbench, link: RoleLink) -> None:
    _ = state.translator()
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        sort = _("category") if link.category_id else _("reduced expression")
        st.markdown(f"{plain(link.name)}  :gray[{sort}]", width="stretch")
        if st.button(
            _("Unlink"),
            key=f"unlink-{link.placement_id}",
            type="tertiary",
            help=_("The role loses this evidence; nothing else changes."),
        ):
            _unlink(bench, link)


def _unlink(bench: Workbench, link: RoleLink) -> None:
    _ = state.translator()
    said = _("Unlinked: {name}").format(name=link.name)
    _do(lambda: role_mapping.unlink(bench, link.placement_id), said)


def _counted(evidence: RoleEvidence) -> tuple[str, str]:
    ngettext = state.plural()
    return (
        ngettext("{n} respondent", "{n} respondents", evidence.respondents).format(
            n=evidence.respondents
        ),
        ngettext("{n} mention", "{n} mentions", evidence.mentions).format(n=evidence.mentions),
    )


def _add_links(bench: Workbench, role: Role, evidence: RoleEvidence) -> None:
    _ = state.translator()
    taken = {link.category_id for link in evidence.links} | {
        link.reduction_id for link in evidence.links
    }
    names = {id: name for id, name in _category_names(bench).items() if id not in taken}
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
            _do(
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
        _quote(row)
    if page.total > QUOTES:
        ngettext = state.plural()
        more = ngettext("and {n} more", "and {n} more", page.total - QUOTES)
        st.caption(more.format(n=page.total - QUOTES))


def _quote(row: ExpressionRow) -> None:
    where = " · ".join(
        plain(part) for part in (row.actor_group, row.respondent_label, row.item_text) if part
    )
    with st.container(border=True, gap="xxsmall"):
        st.markdown(f"*{plain(row.text.strip())}*")
        st.caption(where)


# --- words ---------------------------------------------------------------------------------------


def _category_names(bench: Workbench) -> dict[str, str]:
    """Category -> its name with its level, in the tree's order."""
    study = bench.study()
    with bench.store.reading() as rows:
        tree: CategoryTree = tree_of(rows)
    return {
        category.id: f"{'  ' * depth}{category.name} "
        f"({level_name(category.level, study.level_names, bench.language)})"
        for depth, category in tree.walk()
    }


def _lines(text: str) -> tuple[str, ...]:
    return tuple(" ".join(line.split()) for line in text.splitlines() if line.strip())
