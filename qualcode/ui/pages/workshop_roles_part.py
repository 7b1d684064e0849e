"""The board of role-shaping notes, to be looked at with the group."""

from __future__ import annotations

from html import escape
from pathlib import Path

import streamlit as st

from qualcode.domain.workshop_days import Workshop
from qualcode.ui import state
from qualcode.ui.file_types import SLIDES
from qualcode.workbench import role_notes
from qualcode.workbench.bench import Workbench
from qualcode.workbench.role_notes import Asked, Chosen

ASSETS = Path(__file__).parents[1] / "assets"


def show(bench: Workbench, workshop: Workshop, asked: list[Asked]) -> None:
    _ = state.translator()
    with st.container(horizontal=True, vertical_alignment="center", key="role-notes-row"):
        st.caption(
            _(
                "What was chosen, and what it stands for. Nobody's name is shown. The notes are "
                "reduced on the page “Read and code”."
            ),
            width="stretch",
        )
        st.download_button(
            _("PowerPoint"),
            data=lambda: role_notes.as_slides(state.bench(), workshop.id),
            file_name=f"{workshop.name}.pptx",
            mime=SLIDES,
            key="role-notes-slides",
            icon=":material/slideshow:",
            on_click="ignore",
        )
    st.html(ASSETS / "role_notes.css")
    st.html("".join(_question(one) for one in asked))


def _question(one: Asked) -> str:
    _ = state.translator()
    title = escape(one.question or _("Without a question"))
    cards = "".join(_card(card) for card in one.chosen)
    return (
        f'<section class="qcr-question"><h3>{title} <span>({one.count})</span></h3>'
        f'<div class="qcr-cards">{cards}</div></section>'
    )


def _card(card: Chosen) -> str:
    _ = state.translator()
    picture = escape(card.picture or _("Without a picture"))
    meanings = "".join(f"<p>{escape(text)}</p>" for text in card.meanings)
    return f'<article class="qcr-card"><h4>{picture}</h4>{meanings}</article>'
