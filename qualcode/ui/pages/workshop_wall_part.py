"""The wall on its page: suggestions for groups, the wall itself, slides to take along."""

from __future__ import annotations

import hashlib

import streamlit as st

from qualcode.domain.workshop_days import Workshop
from qualcode.ui import channel, state, suggestions_line
from qualcode.ui.components.wall_board import wall_board
from qualcode.ui.engine_note import engine_note
from qualcode.ui.file_types import SLIDES
from qualcode.ui.long_work import with_progress
from qualcode.ui.pages import workshop_intake
from qualcode.ui.wall_told import wall_told
from qualcode.workbench import wall, wall_slides
from qualcode.workbench.bench import Workbench
from qualcode.workbench.suggesting import options
from qualcode.workbench.suggesting.options import Shown
from qualcode.workbench.suggesting.wall import FEWEST, WallOffer, suggest_on_wall


def show(bench: Workbench, workshop: Workshop) -> None:
    _ = state.translator()
    with bench.store.reading() as rows:
        found = wall.wall(rows, workshop.id)
        told = wall_told(rows, workshop.id, bench.language)
        revision = rows.revision()
    if not found.count:
        st.info(
            _(
                "Nothing hangs here yet. Bring in the notes of the evening, or write notes on the "
                "wall with the group."
            ),
            icon=":material/sticky_note_2:",
        )
        with st.expander(_("Bring in notes"), icon=":material/upload_file:"):
            workshop_intake.bring_in()
    _row(bench, found)
    offers: list[WallOffer] = state.chosen(f"wall:{workshop.id}:offers") or []
    if options.shown(bench.study()) is not Shown.SHOWN:
        offers = []
    wall_board(
        f"wall-{workshop.id}",
        told={
            "study": hashlib.sha256(bench.store.address.encode()).hexdigest()[:16],
            "workshop": workshop.id,
            "revision": revision,
            "wall": told,
            "channel": {"path": channel.path(), "token": state.desk().token},
        },
        offers=[
            {
                "key": offer.group.key,
                "quadrant": offer.quadrant,
                "name": offer.group.name,
                "members": list(offer.group.member_ids),
                "engine": offer.group.engine,
            }
            for offer in offers
        ],
        offer=int(state.chosen(f"wall:{workshop.id}:number") or 0),
        language=bench.language,
        on_acted=_acted,
    )


def _acted() -> None:
    """The run itself is what was asked for: the undo button of the head tells what was done."""


def _row(bench: Workbench, found: wall.Wall) -> None:
    _ = state.translator()
    workshop = found.workshop
    enough = any(len(field.loose) >= FEWEST for field in found.fields)
    with st.container(horizontal=True, vertical_alignment="center", key="wall-row"):
        asked = False
        if not suggestions_line.off(bench) and not suggestions_line.hidden(
            bench, _("Groups are not suggested here: suggestions are hidden in this study.")
        ):
            asked = st.button(
                _("Suggest groups"),
                icon=":material/lightbulb:",
                key="wall-suggest",
                disabled=not enough,
                help=_(
                    "Likenesses among notes that hang loose. Nothing is grouped before you say."
                ),
            )
            # Beside the buttons, or the last one would fall to a row of its own.
            with st.container(width="stretch"):
                engine_note(bench)
        else:
            st.space("stretch")
        st.download_button(
            _("PowerPoint"),
            data=lambda: wall_slides.as_slides(state.bench(), workshop.id),
            file_name=f"{workshop.name}.pptx",
            mime=SLIDES,
            key="wall-slides",
            icon=":material/slideshow:",
            disabled=not found.count,
            on_click="ignore",
        )
    if asked:
        _suggest(bench, workshop)


def _suggest(bench: Workbench, workshop: Workshop) -> None:
    _ = state.translator()
    offers = with_progress(
        _("Comparing the notes…"),
        lambda progressed: suggest_on_wall(bench, workshop.id, progressed),
        key="wall-suggest",
    )
    if offers is None:
        return
    state.choose(f"wall:{workshop.id}:offers", list(offers))
    state.choose(
        f"wall:{workshop.id}:number", int(state.chosen(f"wall:{workshop.id}:number") or 0) + 1
    )
    if not offers:
        st.info(_("No groups stood out among the notes. Group them by hand on the wall."))
