"""Every role of the map as text: description, theory sources and quotes together, and what lacks.

What stands in the text of a thesis under the figure, on one page.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from qualcode.domain.role_maps import Role, RoleMap
from qualcode.store.views import ExpressionQuery
from qualcode.ui import state
from qualcode.ui.pages import role_relations_part
from qualcode.ui.pages.role_map_shared import counted, quote
from qualcode.ui.words import plain
from qualcode.workbench import role_coding, role_pairing
from qualcode.workbench.bench import Workbench
from qualcode.workbench.role_evidence import RoleEvidence, evidence_of
from qualcode.workbench.role_gaps import WORDS, RoleGaps, gaps_of

QUOTES = 3


def show(bench: Workbench, role_map: RoleMap, roles: Sequence[Role]) -> None:
    _ = state.translator()
    if not roles:
        st.info(_("The map has no roles yet. Add the first one in the part “Map”."))
        return
    ordered = sorted(roles, key=lambda role: not role.central)
    evidence = evidence_of(bench, role_map.id)
    counters = role_pairing.counter_roles(bench, role_map.id)
    traits = role_coding.traits_of(bench, role_map.id)
    gaps = gaps_of(
        ordered,
        evidence,
        frozenset(id for id, found in counters.items() if found),
        others=bool(role_pairing.candidates(bench, role_map.id)),
    )
    left, right = st.columns([7, 3], gap="large")
    with right:
        _missing(gaps)
    with left:
        for role in ordered:
            _role(role)
            names = [f"{c.role.name} ({c.role_map.title})" for c in counters[role.id]]
            if names:
                st.markdown(_("Counter-role: {name}").format(name=plain(", ".join(names))))
            if traits[role.id]:
                told = role_relations_part.said(traits[role.id], bench.coder)
                st.markdown(_("Kind and state: {told}").format(told=told))
            _words(bench, evidence[role.id])


def _role(role: Role) -> None:
    _ = state.translator()
    central = _("central role")
    st.subheader(f"{plain(role.name)} :gray[{central}]" if role.central else plain(role.name))
    if role.descriptors:
        st.markdown(f"*{plain(', '.join(role.descriptors))}*")
    if role.description:
        st.markdown(plain(role.description))
    if role.sources:
        st.caption(plain("; ".join(role.sources)))


def _words(bench: Workbench, evidence: RoleEvidence) -> None:
    _, ngettext = state.translator(), state.plural()
    if not evidence.segment_ids:
        st.caption(_("Nothing in the material speaks for this role yet."))
        return
    with bench.store.reading() as rows:
        page = rows.expressions(ExpressionQuery(segment_ids=evidence.segment_ids), 0, QUOTES)
    st.caption(", ".join(counted(evidence)))
    for row in page.rows:
        quote(row)
    if page.total > QUOTES:
        more = ngettext("and {n} more", "and {n} more", page.total - QUOTES)
        st.caption(more.format(n=page.total - QUOTES))


def _missing(gaps: Sequence[RoleGaps]) -> None:
    _ = state.translator()
    st.subheader(_("What is missing"))
    lacking = [one for one in gaps if one.gaps]
    if not lacking:
        st.caption(
            _(
                "Every role has descriptors, a description, theory sources and words of the "
                "material."
            )
        )
    for one in lacking:
        with st.container(gap=None):
            st.button(
                one.role.name,
                key=f"gap-{one.role.id}",
                type="tertiary",
                help=_("Open the role on the map"),
                on_click=_open,
                args=(one.role.id,),
            )
            st.caption(", ".join(_(WORDS[gap]) for gap in one.gaps))


def _open(role_id: str) -> None:
    state.choose("role", role_id)
    st.session_state[state.filter_key("roles", "part")] = "map"
