"""Versions of a role map: kept under a name, gone back to, and what changed between two."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from qualcode.domain.map_versions import Difference, MapVersion, RoleChange, VersionKind
from qualcode.domain.role_maps import RoleMap
from qualcode.ui import state, undo_line
from qualcode.ui.pages.role_map_shared import PLACE, do
from qualcode.ui.words import plain
from qualcode.workbench import map_versions
from qualcode.workbench.bench import Workbench
from qualcode.workbench.map_versions import NOW, Restored
from qualcode.workbench.messages import day_and_time
from qualcode.workbench.role_words import CHANGES, VERSIONS


def show(bench: Workbench, role_map: RoleMap) -> None:
    _ = state.translator()
    versions = map_versions.versions_of(bench, role_map.id)
    left, right = st.columns([2, 3], gap="large")
    with left:
        if not bench.reviewing:
            _keep(bench, role_map, first=not versions)
        for version in reversed(versions):
            _card(bench, version)
    with right:
        if versions:
            _compare(bench, role_map, versions)
        elif bench.reviewing:
            st.info(_("No version of the map has been kept yet."), icon=":material/difference:")
        else:
            st.info(
                _(
                    "Keep the map as it is now before you change it: as the figure of the text, "
                    "as an appendix, or before you take comments in. Later you see here what "
                    "changed."
                ),
                icon=":material/difference:",
            )


def _keep(bench: Workbench, role_map: RoleMap, first: bool) -> None:
    _ = state.translator()
    with (
        st.expander(_("Keep the map as it is now"), expanded=first),
        st.form("keep-version", border=False, clear_on_submit=True),
    ):
        name = st.text_input(_("Name of the version"), placeholder=_("for example Figure 1"))
        kind = st.selectbox(
            _("What it is"), list(VersionKind), format_func=lambda kind: _(VERSIONS[kind])
        )
        note = st.text_input(_("Note"))
        if st.form_submit_button(_("Keep"), type="primary"):
            do(
                lambda: map_versions.keep(bench, role_map.id, name, VersionKind(str(kind)), note),
                _("Kept as a version: {name}").format(name=" ".join(name.split())),
            )


def _card(bench: Workbench, version: MapVersion) -> None:
    _ = state.translator()
    with st.container(border=True, gap="xxsmall", key=f"version-{version.id}"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(
                f"**{plain(version.name)}**  :gray[{_(VERSIONS[version.kind])}]", width="stretch"
            )
            if not bench.reviewing:
                st.button(
                    _("Go back to this"),
                    key=f"version-restore-{version.id}",
                    type="tertiary",
                    icon=":material/settings_backup_restore:",
                    help=_(
                        "The roles become as they are in this version. The map as it is now is "
                        "kept as a version, and all this is undone in one step."
                    ),
                    on_click=_restore,
                    args=(version,),
                )
            if not bench.reviewing and st.button(
                _("Remove"), key=f"version-remove-{version.id}", type="tertiary"
            ):
                do(
                    lambda: map_versions.remove(bench, version.id),
                    _("Version removed: {name}").format(name=version.name),
                )
        if version.note:
            st.markdown(plain(version.note))
        st.caption(plain(f"{version.created_by} · {day_and_time(version.created_at)}"))


def _restore(version: MapVersion) -> None:
    _ = state.translator()
    made: list[Restored] = []

    def act() -> None:
        kept_as = _("Before going back to {name}").format(name=version.name)
        made.append(map_versions.restore(state.bench(), version.id, kept_as))

    # The line beside the undo stays short, or the page would move; the rest is told over it.
    short = _("The map is as it was in {name}.").format(name=version.name)
    if undo_line.attempt(PLACE, act, short):
        told = _told(made[0])
        if not made[0].changed:
            state.notify(_("The map is already as it is in {name}.").format(name=version.name))
        elif told:
            state.notify(told)


def _told(made: Restored) -> str:
    """What else going back did, and what a version could not bring back."""
    _ = state.translator()
    told = []
    if made.kept:
        told.append(_("The map before this was kept: {name}.").format(name=made.kept.name))
    if made.back:
        names = ", ".join(made.back)
        told.append(_("Came back without evidence, link it anew: {roles}.").format(roles=names))
    if made.gone:
        told.append(_("Not on the map any more: {roles}.").format(roles=", ".join(made.gone)))
    return " ".join(told)


def _compare(bench: Workbench, role_map: RoleMap, versions: Sequence[MapVersion]) -> None:
    _ = state.translator()
    st.subheader(_("What changed"))
    names = {version.id: version.name for version in versions} | {NOW: _("the map now")}
    with st.container(horizontal=True):
        before = st.selectbox(
            _("From"),
            [version.id for version in versions],
            index=max(len(versions) - 2, 0),
            format_func=names.__getitem__,
            key=f"version-from-{role_map.id}-{len(versions)}",
        )
        after = st.selectbox(
            _("To"),
            list(names),
            index=len(names) - (1 if len(versions) == 1 else 2),
            format_func=names.__getitem__,
            key=f"version-to-{role_map.id}-{len(versions)}",
        )
    found = map_versions.compare(bench, role_map.id, before, after)
    if not found:
        st.caption(_("Nothing has changed."))
    role = ""
    for one in found:
        if one.role != role:
            role = one.role
            st.markdown(f"**{plain(role)}**")
        _difference(one)


def _difference(one: Difference) -> None:
    _ = state.translator()
    with st.container(gap="xxsmall", key=f"difference-{abs(hash(one))}"):
        if one.change is RoleChange.RENAMED:
            st.markdown(
                _("was earlier called: {name}").format(name=f":red[~~{plain(one.before)}~~]")
            )
            return
        st.markdown(f":gray[{_(CHANGES[one.change])}]")
        if one.change is RoleChange.DESCRIPTION:
            st.markdown(f":red[−] {plain(one.before) or '–'}")
            st.markdown(f":green[+] {plain(one.after) or '–'}")
        for text in one.gone:
            st.markdown(f":red[−] {plain(text)}")
        for text in one.new:
            st.markdown(f":green[+] {plain(text)}")
