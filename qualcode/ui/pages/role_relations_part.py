"""The chosen role's counter-roles on other maps, and of what kind and in what state it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from qualcode.domain.role_maps import Role, RoleMap
from qualcode.domain.role_traits import STATES, TYPES, Trait
from qualcode.ui import state
from qualcode.ui.pages.role_map_shared import do
from qualcode.ui.words import plain
from qualcode.workbench import role_coding, role_pairing
from qualcode.workbench.bench import Workbench
from qualcode.workbench.role_pairing import CounterRole
from qualcode.workbench.role_words import TRAITS, sign


def show(bench: Workbench, role_map: RoleMap, role: Role) -> None:
    _counter_roles(bench, role_map, role)
    _traits(bench, role)


# --- counter-roles -----------------------------------------------------------------------------


def _counter_roles(bench: Workbench, role_map: RoleMap, role: Role) -> None:
    _ = state.translator()
    found = role_pairing.counter_roles(bench, role_map.id)[role.id]
    candidates = role_pairing.candidates(bench, role_map.id)
    if not found and not candidates:
        return
    with st.container(
        horizontal=True, vertical_alignment="center", gap="small", key="role-counters"
    ):
        title = _("Counter-role")
        st.markdown(f"**{title}**", width="content")
        for counter in found:
            st.button(
                counter.role.name,
                key=f"counter-{counter.pair.id}",
                icon=":material/swap_horiz:",
                help=_("Open it on the map {title}").format(title=plain(counter.role_map.title)),
                on_click=_open,
                args=(counter.role,),
            )
        if not found:
            st.caption(_("none yet"), width="content")
        if not bench.reviewing:
            with st.popover(_("Change"), key=f"pair-{role.id}", type="tertiary"):
                _pairing(bench, role, found, candidates)
    for counter in found:
        if counter.pair.note:
            st.caption(plain(f"{counter.role.name}: {counter.pair.note}"))


def _open(role: Role) -> None:
    state.choose("role", role.id)
    state.choose("role-map", role.map_id)


def _pairing(
    bench: Workbench,
    role: Role,
    found: Sequence[CounterRole],
    candidates: Mapping[str, tuple[Role, RoleMap]],
) -> None:
    _ = state.translator()
    st.caption(
        _(
            "The role of another actor against which this one can grow, for example a worker's "
            "role. The pair is shown on both maps."
        )
    )
    taken = {counter.role.id for counter in found}
    left = {id: pair for id, pair in candidates.items() if id not in taken}
    if left:
        with st.form(f"pair-form-{role.id}", border=False, clear_on_submit=True):
            chosen = st.selectbox(
                _("Counter-role"),
                list(left),
                index=None,
                format_func=lambda id: f"{left[id][0].name} ({left[id][1].title})",
                placeholder=_("Choose a role"),
            )
            note = st.text_input(_("How they go together"))
            pressed = st.form_submit_button(_("Make them a pair"))
        if pressed and chosen:
            do(
                lambda: role_pairing.pair(bench, role.id, chosen, note),
                _("Counter-role: {name}").format(name=left[chosen][0].name),
            )
    elif not found:
        st.caption(_("Start a map of another actor first."))
    for counter in found:
        if st.button(
            _("Take apart: {name}").format(name=counter.role.name),
            key=f"unpair-{counter.pair.id}",
            type="tertiary",
        ):
            do(
                lambda id=counter.pair.id: role_pairing.unpair(bench, id),  # type: ignore[misc]
                _("Pair taken apart: {name}").format(name=counter.role.name),
            )


# --- kinds and states --------------------------------------------------------------------------


def _traits(bench: Workbench, role: Role) -> None:
    _ = state.translator()
    seen = role_coding.traits_of(bench, role.map_id)[role.id]
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="role-traits"):
        title, nothing = _("Kind and state"), _("not said yet")
        st.markdown(f"**{title}**", width="content")
        st.markdown(said(seen, bench.coder) or f":gray[{nothing}]", width="content")
        if bench.reviewing:
            return
        with st.popover(_("Change"), key=f"traits-{role.id}", type="tertiary"):
            st.caption(
                _(
                    "A second coding of the role, as the material shows it. Several may be true "
                    "at once. Other coders' choices are theirs."
                )
            )
            _choose(bench, role, seen, _("Kind of role"), TYPES)
            _choose(bench, role, seen, _("State of the role"), STATES)


def said(seen: Mapping[Trait, Sequence[str]], coder: str) -> str:
    """The traits in words; those that only others see are followed by their names."""
    _ = state.translator()
    told = []
    for trait, coders in seen.items():
        words = _(TRAITS[trait])
        if trait.step is not None:
            words = f"{words} {sign(trait.step)}"
        others = [one for one in coders if one != coder]
        told.append(plain(f"{words} ({', '.join(others)})" if coder not in coders else words))
    return ", ".join(told)


def _choose(
    bench: Workbench,
    role: Role,
    seen: Mapping[Trait, Sequence[str]],
    label: str,
    among: Sequence[Trait],
) -> None:
    _ = state.translator()
    mine = [trait for trait in among if bench.coder in seen.get(trait, ())]
    chosen = st.pills(
        label,
        list(among),
        selection_mode="multi",
        default=mine,
        format_func=lambda trait: _name(trait),
        # The key carries what is stored, so that after undo the choice is shown as it is again.
        key=f"traits-{role.id}-{among[0].value}-{'-'.join(mine)}",
    )
    if set(chosen) != set(mine):
        do(
            lambda: role_coding.set_traits(bench, role.id, among, chosen),
            _("Kind and state saved: {name}").format(name=role.name),
        )


def _name(trait: Trait) -> str:
    _ = state.translator()
    words = _(TRAITS[trait])
    return f"{words} {plain(sign(trait.step))}" if trait.step is not None else words
