"""Mending the notes before they are stored: a table in which a click says where each belongs."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from qualcode.readers.workshop import QUADRANT_NAMES, Mended, WorkshopReading, mend
from qualcode.texts import N_
from qualcode.ui import state
from qualcode.ui.pages.material_draft import Draft

KEPT, JOINED, NOTE = "kept", "joined", "note"
TITLES = {
    KEPT: N_("Take in"),
    JOINED: N_("Goes on from the one above"),
    NOTE: N_("Text of the note"),
    "quadrant": N_("Quadrant"),
    "table": N_("Table (of the workshop)"),
    "round": N_("Round"),
    "group": N_("Heading or colour"),
    "picture": N_("Picture or object"),
    "question": N_("Question"),
    "target": N_("What was observed"),
    "observer": N_("Observer"),
}
NO_QUADRANT = "–"
"""An empty choice would be shown as the English word None."""

ALWAYS = ("quadrant", "table", "round")
SOMETIMES = ("group", "picture", "question", "target", "observer")
HEIGHT = 420


def mended(draft: Draft, reading: WorkshopReading) -> WorkshopReading:
    """The reading with what a person has mended of it so far."""
    return mend(reading, _kept(draft, reading))


def table(draft: Draft, reading: WorkshopReading) -> WorkshopReading:
    """The table, and the reading as it is mended there."""
    _ = state.translator()
    st.caption(
        _(
            "Click a cell to change where a note belongs. What you leave out of the first column "
            "is not brought in; the words themselves stay as they were written."
        )
    )
    begun = _begun(draft, reading)
    titles = {name: _(TITLES[name]) for name in begun.columns}
    names = {quadrant.value: name.message(_) for quadrant, name in QUADRANT_NAMES.items()}
    edited = st.data_editor(
        begun.rename(columns=titles),
        hide_index=True,
        height=min(HEIGHT, 38 + 35 * max(1, len(begun))),
        key=draft.widget(f"mend-{state.chosen('notes:opened') or 0}"),
        disabled=[titles[NOTE]],
        column_config={
            titles[KEPT]: st.column_config.CheckboxColumn(width=80),
            titles[JOINED]: st.column_config.CheckboxColumn(width=110),
            titles[NOTE]: st.column_config.TextColumn(width="large"),
            titles["quadrant"]: st.column_config.SelectboxColumn(
                options=[NO_QUADRANT, *names.values()], width="small"
            ),
        },
    )
    back = {title: name for name, title in titles.items()}
    changes = _changes(reading, edited.rename(columns=back), {v: k for k, v in names.items()})
    state.choose("notes:mended", (_signature(draft, reading), changes))
    return mend(reading, changes)


def closed() -> None:
    """The table is not shown any more: the next time it begins from what was mended."""
    if state.chosen("notes:begun") is not None:
        state.choose("notes:begun", None)
        state.choose("notes:opened", int(state.chosen("notes:opened") or 0) + 1)


def _begun(draft: Draft, reading: WorkshopReading) -> pd.DataFrame:
    """What the table begins with; it stays so while it is edited, or the edits would be lost."""
    signature = _signature(draft, reading)
    begun = state.chosen("notes:begun")
    if begun is not None and begun[0] == signature:
        frame: pd.DataFrame = begun[1]
        return frame
    closed()
    frame = _frame(reading, _kept(draft, reading))
    state.choose("notes:begun", (signature, frame))
    return frame


def _frame(reading: WorkshopReading, kept: Mapping[int, Mended]) -> pd.DataFrame:
    _ = state.translator()
    names = {quadrant.value: name.message(_) for quadrant, name in QUADRANT_NAMES.items()}
    columns = [
        *ALWAYS,
        *(name for name in SOMETIMES if any(name in note.attributes for note in reading.notes)),
    ]
    rows = []
    for number, note in enumerate((*reading.notes, *reading.outside)):
        change = kept.get(number, Mended())
        is_outside = number >= len(reading.notes)
        where = {**note.attributes, **(change.where or {})}
        row: dict[str, object] = {
            KEPT: change.taken if is_outside else not change.left_out,
            JOINED: change.joined,
            NOTE: " ".join(note.text.split()),
        }
        row |= {name: where.get(name, "") for name in columns}
        row["quadrant"] = names.get(where.get("quadrant", ""), NO_QUADRANT)
        rows.append(row)
    return pd.DataFrame(rows)


def _changes(
    reading: WorkshopReading, edited: pd.DataFrame, quadrants: Mapping[str, str]
) -> dict[int, Mended]:
    """What differs from the reading, by the number of the note."""
    found: dict[int, Mended] = {}
    everything = (*reading.notes, *reading.outside)
    named = [name for name in edited.columns if name not in (KEPT, JOINED, NOTE)]
    for number, row in enumerate(edited.to_dict("records")):
        note = everything[number]
        where = {name: "" if pd.isna(row[name]) else str(row[name]) for name in named}
        where["quadrant"] = quadrants.get(where["quadrant"], "")
        other = {n: v for n, v in where.items() if v.strip() != note.attributes.get(n, "")}
        left_out, joined = not bool(row[KEPT]), bool(row[JOINED])
        if number >= len(reading.notes):
            if not left_out:
                found[number] = Mended(other, taken=True)
            continue
        if other or left_out or joined:
            found[number] = Mended(other, left_out, joined)
    return found


def _kept(draft: Draft, reading: WorkshopReading) -> dict[int, Mended]:
    """What was mended of exactly these notes; of others, read another way, nothing was."""
    kept = state.chosen("notes:mended")
    if kept is None or kept[0] != _signature(draft, reading):
        return {}
    changes: dict[int, Mended] = kept[1]
    return changes


def _signature(draft: Draft, reading: WorkshopReading) -> tuple[int, int]:
    told = hash(tuple((n.text, tuple(n.attributes.items())) for n in reading.notes))
    return draft.number, told
