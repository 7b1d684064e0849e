"""Workshop notes on their way in: what was understood and what was not, mended before it is saved.

For a facilitator who knows nothing of codebooks: everything has a guess, and a click mends it.
"""

from __future__ import annotations

from collections import Counter, defaultdict

import streamlit as st

from qualcode.domain.documents import DocumentKind
from qualcode.domain.errors import QualcodeError
from qualcode.domain.workshops import Quadrant
from qualcode.nlp.language_guess import guess_language
from qualcode.readers.workshop import QUADRANT_NAMES, NoteRow, WorkshopReading
from qualcode.texts import N_
from qualcode.ui import state
from qualcode.ui.labels import document_kind_label
from qualcode.ui.pages import import_parts, workshop_layout, workshop_mending, workshop_named
from qualcode.ui.pages.material_draft import Draft
from qualcode.ui.words import plain
from qualcode.workbench import importing
from qualcode.workbench.bench import Workbench

NOTES_SHOWN = 8
"""Notes of a quadrant shown before the rest is told as a number."""

IN_FIELDS, IN_TABLE = "fields", "table"
LANGUAGES = {"fi": N_("Finnish"), "sv": N_("Swedish"), "en": N_("English")}
MOST_GUESSED = 400
"""Notes whose language is looked at."""

RARELY = 0.05
"""A language of a smaller share of the notes is not told of."""


def show(bench: Workbench, draft: Draft) -> None:
    _ = state.translator()
    st.subheader(_("1. The notes"))
    try:
        reading = workshop_layout.reading(draft)
    except QualcodeError as error:
        st.error(state.message(error), icon=":material/error:")
        return
    if reading is None:
        st.info(
            _("Choose above how a sheet is laid out, so that its notes can be read."),
            icon=":material/info:",
        )
        return
    reading = _looked_at(draft, reading)
    st.subheader(_("2. Which workshop, and who speaks"))
    workshop = workshop_named.choice(bench, draft)
    group = import_parts.actor_group(
        bench, draft.widget("group"), _("Actor group of the participants")
    )
    st.caption(_("Each table of the workshop becomes one respondent: it speaks with one voice."))
    st.subheader(_("3. What would come in"))
    aside = sum(note.set_aside for note in reading.notes)
    tables = {note.attributes.get("table", "") for note in reading.notes}
    import_parts.figures(
        [
            (_("Notes"), len(reading.notes) - aside, _("Texts to be read and coded.")),
            (_("Set aside"), aside, _("Notes without content, such as “-”.")),
            (_("Tables of the workshop"), len(tables - {""}), ""),
            (_("Dropped cells"), reading.dropped_cells, _("Names of the writers are not saved.")),
        ]
    )
    import_parts.import_button(
        draft,
        len(reading.notes),
        lambda: importing.import_workshop(
            bench,
            draft.file,
            draft.data,
            reading,
            actor_group=group,
            again=import_parts.imports_again(draft),
            workshop=workshop,
        ),
    )


# --- what was understood -----------------------------------------------------------------------


def _looked_at(draft: Draft, reading: WorkshopReading) -> WorkshopReading:
    """The notes as they were understood, and as a person mends them."""
    _ = state.translator()
    with st.container(horizontal=True, vertical_alignment="center", key="notes-understood"):
        understood = _understood(workshop_mending.mended(draft, reading))
        st.markdown(f":material/check_circle: {plain(understood)}", width="stretch")
        view = st.segmented_control(
            _("How the notes are shown"),
            [IN_FIELDS, IN_TABLE],
            format_func=lambda v: _("By quadrant") if v == IN_FIELDS else _("Mend one by one"),
            default=IN_FIELDS,
            required=True,
            key=draft.widget("notes-view"),
            label_visibility="collapsed",
        )
    if reading.problems:
        import_parts.problems(reading.problems, expanded=len(reading.problems) <= 5)
    if view == IN_TABLE:
        return workshop_mending.table(draft, reading)
    workshop_mending.closed()
    mended = workshop_mending.mended(draft, reading)
    _notes(mended)
    return mended


def _understood(reading: WorkshopReading) -> str:
    """In a sentence: how many notes of what sort, in which quadrants, at tables, in languages."""
    _ = state.translator()
    kinds = Counter(note.kind for note in reading.notes)
    said = [
        _("{kind}: {count}").format(kind=document_kind_label(kind, _), count=count)
        for kind, count in kinds.items()
    ]
    quadrants = {note.attributes.get("quadrant", "") for note in reading.notes} - {""}
    if DocumentKind.WORKSHOP_NOTE in kinds:
        said.append(_("quadrants {count}/4").format(count=len(quadrants)))
    for name, text in (("table", N_("tables {count}")), ("round", N_("rounds {count}"))):
        found = {note.attributes.get(name, "") for note in reading.notes} - {""}
        if found:
            said.append(_(text).format(count=len(found)))
    spoken = Counter(guess_language([note.text]) for note in reading.notes[:MOST_GUESSED])
    # A few short notes among hundreds look like another language by chance.
    fewest = max(2, spoken.total() * RARELY)
    often = [language for language, count in spoken.most_common() if count >= fewest]
    if len(often) > 1:
        named = ", ".join(_(LANGUAGES[language]) for language in often)
        said.append(_("languages: {languages}").format(languages=named))
    return _("Understood: {what}").format(what=" · ".join(said))


def _notes(reading: WorkshopReading) -> None:
    """The notes as they were understood: quadrants in two by two, other notes in a list."""
    _ = state.translator()
    by_quadrant: dict[str, list[NoteRow]] = defaultdict(list)
    for note in reading.notes:
        by_quadrant[note.attributes.get("quadrant", "")].append(note)
    loose = by_quadrant.pop("", [])
    if by_quadrant:
        for pair in (
            (Quadrant.STRENGTHS, Quadrant.WEAKNESSES),
            (Quadrant.OPPORTUNITIES, Quadrant.THREATS),
        ):
            for column, quadrant in zip(st.columns(2, gap="small"), pair, strict=True):
                with column:
                    title = QUADRANT_NAMES[quadrant].message(_)
                    _group(title, by_quadrant.get(quadrant.value, []), quadrant.value)
    by_question: dict[str, list[NoteRow]] = defaultdict(list)
    for note in loose:
        kept = note.attributes
        by_question[kept.get("question") or kept.get("target") or kept.get("group", "")].append(
            note
        )
    for number, (question, notes) in enumerate(by_question.items()):
        title = question or (_("Without a quadrant") if by_quadrant else _("Notes"))
        _group(title, notes, f"question-{number}")


def _group(title: str, notes: list[NoteRow], key: str) -> None:
    _ = state.translator()
    with st.container(border=True, height="stretch", key=f"notes-of-{key}", gap="xsmall"):
        st.markdown(f"**{plain(title)}** ({len(notes)})")
        for note in notes[:NOTES_SHOWN]:
            st.markdown(_told(note))
        if len(notes) > NOTES_SHOWN:
            with st.expander(_("Show the rest ({count})").format(count=len(notes) - NOTES_SHOWN)):
                st.markdown(
                    "\n\n".join(_told(n) for n in notes[NOTES_SHOWN : import_parts.MOST_SHOWN])
                )
                import_parts.rest(len(notes))


def _told(note: NoteRow) -> str:
    where = " · ".join(
        note.attributes[name]
        for name in ("picture", "table", "round", "observer")
        if name in note.attributes
    )
    text = plain(" ".join(note.text.split()))
    return text + (f"  :gray[{plain(where)}]" if where else "")
