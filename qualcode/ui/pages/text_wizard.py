"""An interview, diary or other running text on its way in: how it is divided, and who speaks."""

from __future__ import annotations

import streamlit as st

from qualcode.readers.texts import (
    OpenedText,
    TextDocument,
    TextPlan,
    TextReading,
    TextUnit,
    likely_interviewers,
    read_text,
)
from qualcode.texts import N_
from qualcode.ui import state
from qualcode.ui.pages import import_parts
from qualcode.ui.pages.material_draft import Draft
from qualcode.ui.words import plain
from qualcode.workbench import importing
from qualcode.workbench.bench import Workbench

PIECES_SHOWN = 20
LONGEST_SHOWN = 600
UNITS = {
    TextUnit.TURN: N_("Speaker's turn"),
    TextUnit.PARAGRAPH: N_("Paragraph"),
    TextUnit.WHOLE: N_("The whole file"),
}


def show(bench: Workbench, draft: Draft) -> None:
    _ = state.translator()
    assert draft.recognised is not None and draft.recognised.text is not None
    opened = draft.recognised.text
    st.subheader(_("1. How the text is divided"))
    plan = _plan(draft, opened)
    reading = read_text(opened, plan)
    _pieces(reading)
    st.subheader(_("2. Who speaks"))
    group = import_parts.actor_group(
        bench,
        draft.widget("group"),
        _("Actor group of the speakers") if opened.speakers else _("Actor group of the writer"),
    )
    st.subheader(_("3. What would come in"))
    _report(bench, draft, plan, reading, group)


def _plan(draft: Draft, opened: OpenedText) -> TextPlan:
    _ = state.translator()
    units = [u for u in UNITS if opened.speakers or u is not TextUnit.TURN]
    unit = st.segmented_control(
        _("One text of the study is"),
        units,
        format_func=lambda u: _(UNITS[u]),
        default=units[0],
        required=True,
        key=draft.widget("unit"),
    )
    if opened.encoding:
        with st.expander(_("More: character encoding")):
            import_parts.text_settings(draft, with_delimiter=False)
    if unit is not TextUnit.TURN:
        return TextPlan(unit or units[0])
    interviewers = st.pills(
        _("Speakers and their turns: choose who interviews"),
        list(opened.speakers),
        selection_mode="multi",
        default=sorted(likely_interviewers(opened.speakers)),
        format_func=lambda name: f"{name} ({opened.speakers[name]})",
        key=draft.widget("interviewers"),
        help=_(
            "The interviewer's turns are set aside: they can be read, but they are not coded or "
            "counted as answers."
        ),
    )
    return TextPlan(TextUnit.TURN, frozenset(interviewers))


def _pieces(reading: TextReading) -> None:
    """The first texts as they would stand in the study."""
    _ = state.translator()
    shown = reading.documents[:PIECES_SHOWN]
    title = _("The first texts ({count} of {all})").format(
        count=len(shown), all=len(reading.documents)
    )
    with st.expander(title, expanded=True), st.container(height=300, border=False, gap="xsmall"):
        for piece in shown:
            _piece(piece)


def _piece(piece: TextDocument) -> None:
    _ = state.translator()
    speaker = piece.attributes.get("speaker", "")
    is_interviewer = "interviewer" in piece.attributes
    text = piece.text if len(piece.text) <= LONGEST_SHOWN else f"{piece.text[:LONGEST_SHOWN]}…"
    who, words = st.columns([1, 9])
    with who:
        st.markdown(f"**{plain(speaker)}**" if speaker else f":gray[{piece.provenance.row or ''}]")
    with words, st.container(gap=None):
        st.text(text)
        if is_interviewer or piece.set_aside:
            st.caption(_("set aside: interviewer") if is_interviewer else _("set aside"))


def _report(
    bench: Workbench, draft: Draft, plan: TextPlan, reading: TextReading, group: str
) -> None:
    _ = state.translator()
    asked = sum("interviewer" in d.attributes for d in reading.documents)
    empty = sum(d.set_aside and "interviewer" not in d.attributes for d in reading.documents)
    voices = {d.attributes.get("speaker", "") for d in reading.documents}
    people = len(voices - plan.interviewers - {""}) or 1
    import_parts.figures(
        [
            (
                _("Texts"),
                len(reading.documents) - asked - empty,
                _("Texts to be read and coded."),
            ),
            (_("Interviewer's turns, set aside"), asked, ""),
            (_("Set aside"), empty, _("Turns without content, such as “-”.")),
            (
                _("Respondents"),
                people,
                _("Each speaker is one; a text without speakers is one."),
            ),
        ]
    )
    if reading.problems:
        import_parts.problems(reading.problems)
    import_parts.import_button(
        draft,
        len(reading.documents),
        lambda: importing.import_text(
            bench,
            draft.file,
            draft.data,
            reading,
            actor_group=group,
            again=import_parts.imports_again(draft),
        ),
    )
