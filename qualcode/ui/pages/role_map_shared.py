"""What the parts of the role map page share: where they tell of an act, and their fields."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

import streamlit as st

from qualcode.domain.categories import CategoryTree, level_name
from qualcode.domain.documents import Respondent
from qualcode.store.views import ExpressionRow
from qualcode.ui import state, undo_line
from qualcode.ui.words import plain
from qualcode.workbench import whereabouts
from qualcode.workbench.bench import Workbench
from qualcode.workbench.categorising import tree_of
from qualcode.workbench.role_evidence import RoleEvidence

PLACE = "role-map"


def do(act: Callable[[], object], said: str) -> None:
    undo_line.attempt(PLACE, act, said)
    st.rerun()


def group_field(bench: Workbench, key: str, value: str = "") -> str:
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


def category_names(bench: Workbench) -> dict[str, str]:
    """Category -> its name with its level, in the tree's order."""
    study = bench.study()
    with bench.store.reading() as rows:
        tree: CategoryTree = tree_of(rows)
    return {
        category.id: f"{'  ' * depth}{category.name} "
        f"({level_name(category.level, study.level_names, bench.language)})"
        for depth, category in tree.walk()
    }


def lines(text: str) -> tuple[str, ...]:
    return tuple(" ".join(line.split()) for line in text.splitlines() if line.strip())


def counted(evidence: RoleEvidence) -> tuple[str, str]:
    ngettext = state.plural()
    return (
        ngettext("{n} respondent", "{n} respondents", evidence.respondents).format(
            n=evidence.respondents
        ),
        ngettext("{n} mention", "{n} mentions", evidence.mentions).format(n=evidence.mentions),
    )


def quote(row: ExpressionRow) -> None:
    label = whereabouts.label(state.reviewing(), row.respondent_label)
    where = " · ".join(plain(part) for part in (row.actor_group, label, row.item_text) if part)
    with st.container(border=True, gap="xxsmall"):
        st.markdown(f"*{plain(row.text.strip())}*")
        st.caption(where)


def file_name(title: str, otherwise: str) -> str:
    """A title as the name of a file that every computer takes.

    >>> file_name("Työntekijän roolikartta", "role-map")
    'tyontekijan-roolikartta'
    """
    ascii_name = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9]+", "-", ascii_name).strip("-").lower() or otherwise
