"""The questions of a form as a table, and the chosen one as fields beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import streamlit as st

from qualcode.domain.instruments import AskedAs, FormItem
from qualcode.exports.report import Cell, Column, Row, RowKind, Table
from qualcode.ui import begun, state, undo_line
from qualcode.ui.components.report_table import report_table
from qualcode.ui.words import plain
from qualcode.workbench import form_words, instruments
from qualcode.workbench.bench import Workbench
from qualcode.workbench.instruments import FormSheet

ASSETS = Path(__file__).parents[1] / "assets"
_TABLE = "form-table"
NEW = "new"


def show(bench: Workbench, sheet: FormSheet, place: str) -> None:
    _ = state.translator()
    st.html(ASSETS / "forms.css")
    picked = state.chosen("form-item")
    item = sheet.item(picked)
    left, right = st.columns([11, 8], gap="large")
    with left:
        if sheet.items:
            with st.container(key="form-questions-table"):
                _table(sheet, item)
        else:
            st.info(
                _("The form has no questions yet. Write the first one on the right."),
                icon=":material/arrow_forward:",
            )
        st.button(
            _("Add a question at the end"),
            icon=":material/add:",
            key="form-add-end",
            on_click=_begin_new,
            args=(None,),
        )
    with right, st.container(key="form-item-side"):
        if item is not None and picked != NEW:
            _editor(bench, sheet, item, place)
        elif picked == NEW or not sheet.items:
            _new(bench, sheet, place)
        else:
            st.caption(_("Choose a question in the table to see and change it."))


# --- the table -----------------------------------------------------------------------------------


def _table(sheet: FormSheet, chosen: FormItem | None) -> None:
    _ = state.translator()
    rows: list[Row] = []
    ids: list[str | None] = []
    section = ""
    for item in sheet.items:
        if item.section != section:
            section = item.section
            rows.append(Row((Cell(section or _("no section")),), kind=RowKind.GROUP))
            ids.append(None)
        told = [form_words.told(warning, _) for warning in sheet.warnings_of(item.id)]
        asked = form_words.kind(item.asked_as, _)
        here = chosen is not None and chosen.id == item.id
        rows.append(
            Row(
                (
                    Cell(item.number or "–", strong=here),
                    Cell(("➤ " if here else "") + item.text, (item.id,), strong=here),
                    Cell(asked),
                    Cell("\n".join(f"⚠ {text}" for text in told)),
                ),
                level=0,
            )
        )
        ids.append(item.id)
    columns = (
        Column(_("No."), 1.3),
        Column(_("Question"), 8.0),
        Column(_("Type"), 3.0),
        Column(_("Remarks"), 5.0),
    )

    def opened() -> None:
        row = int(st.session_state[_TABLE]["open"]["row"])
        if 0 <= row < len(ids):
            state.choose("form-item", ids[row])

    report_table(
        _TABLE,
        Table("form", "", columns, tuple(rows)),
        state.language(),
        _("Open the question"),
        opened,
        limit=len(rows),
    )


# --- the fields ----------------------------------------------------------------------------------


def _editor(bench: Workbench, sheet: FormSheet, item: FormItem, place: str) -> None:
    _ = state.translator()
    with st.container(border=True, key="form-item-editor"):
        for warning in sheet.warnings_of(item.id):
            st.warning(form_words.told(warning, _), icon=":material/rule:")
        seen = begun.from_what("form-item", item)
        changed = _fields(sheet, seen, _("Save"))
        if changed is not None:
            if undo_line.attempt(
                place, lambda: instruments.edit_item(bench, changed, seen), _("Question saved.")
            ):
                begun.anew("form-item")
            st.rerun()
        with st.container(horizontal=True, vertical_alignment="center"):
            _act_button(_("Up"), "arrow_upward", "up", place, lambda: _move(bench, item, -1))
            _act_button(_("Down"), "arrow_downward", "down", place, lambda: _move(bench, item, 1))
            st.button(
                _("Add after this"),
                icon=":material/add:",
                key="form-add-after",
                on_click=_begin_new,
                args=(item.id,),
            )
            if st.button(_("Remove"), icon=":material/delete:", key="form-item-remove"):
                if undo_line.attempt(
                    place,
                    lambda: instruments.remove_item(bench, item.id),
                    _("Question removed: {name}").format(name=item.title),
                ):
                    state.choose("form-item", None)
                st.rerun()
        if item.asked_as.steps and not item.options:
            _act_button(
                _("Fill in the usual scale"),
                "linear_scale",
                "scale",
                place,
                lambda: instruments.edit_item(
                    bench, replace(item, options=form_words.usual_scale(item.asked_as, _)), item
                ),
            )


def _act_button(label: str, icon: str, key: str, place: str, act: Callable[[], object]) -> None:
    _ = state.translator()
    if st.button(label, icon=f":material/{icon}:", key=f"form-item-{key}"):
        if undo_line.attempt(place, act, _("Saved.")):
            begun.anew("form-item")
        st.rerun()


def _move(bench: Workbench, item: FormItem, by: int) -> None:
    instruments.move_item(bench, item.id, by)


def _begin_new(after: str | None) -> None:
    state.choose("form-item", NEW)
    state.choose("form-item-after", after)


def _new(bench: Workbench, sheet: FormSheet, place: str) -> None:
    """Fields for a question that is not on the form yet; its section is that of its neighbour."""
    _ = state.translator()
    after = sheet.item(state.chosen("form-item-after"))
    beside = after or (sheet.items[-1] if sheet.items else None)
    start = FormItem(
        "",
        sheet.form.id,
        "",
        "",
        AskedAs.OPEN,
        section=beside.section if beside else "",
        theme=beside.theme if beside else "",
    )
    with st.container(border=True, key="form-item-new"):
        where = (
            _("New question after {number}").format(number=after.number or plain(after.text))
            if after
            else _("New question")
        )
        st.markdown(f"**{where}**")
        made = _fields(sheet, start, _("Add the question"))
    if made is None:
        return
    if not made.text.strip():
        st.error(_("Write the question first."))
        return
    added: list[FormItem] = []
    if undo_line.attempt(
        place,
        lambda: added.append(instruments.add_item(bench, made, after.id if after else None)),
        _("Question added."),
    ):
        state.choose("form-item", added[0].id)
    st.rerun()


def _fields(sheet: FormSheet, item: FormItem, save: str) -> FormItem | None:
    """The question as the person wrote it when they press the button, else None."""
    _ = state.translator()
    edition = f"{item.id}-{hash(item)}"
    with st.form(f"form-fields-{edition}", border=False):
        kind_at, number_at = st.columns([3, 1.4])
        kinds = list(AskedAs)
        asked = kind_at.selectbox(
            _("Type"),
            kinds,
            index=kinds.index(item.asked_as),
            format_func=lambda kind: form_words.kind(kind, _),
        )
        number = number_at.text_input(_("No."), value=item.number)
        text = st.text_area(_("Question"), value=item.text, height=90)
        options = st.text_area(
            _("Options, one on each line"),
            value="\n".join(item.options),
            height=120,
            help=_("For scales and choices, as printed: “1 = disagree” or “a) yes”."),
        )
        one, two = st.columns(2)
        section = one.text_input(_("Section"), value=item.section)
        theme = two.text_input(_("Theme"), value=item.theme)
        more = any(
            (item.stem, item.citation, item.parts, item.follows, item.filter_value, item.unit)
        )
        with st.expander(_("More about the question"), expanded=more):
            rest = _fields_of_few(sheet, item)
        if not st.form_submit_button(save, type="primary", key=f"form-item-save-{edition}"):
            return None
    return replace(
        item,
        text=text,
        asked_as=asked,
        number=number,
        options=tuple(options.splitlines()),
        section=section,
        theme=theme,
        **rest,
    )


def _fields_of_few(sheet: FormSheet, item: FormItem) -> dict[str, Any]:
    """What few questions have: a text before them, parts, ties to other questions, a unit."""
    _ = state.translator()
    others = {one.id: plain(one.title) for one in sheet.items if one.id != item.id}
    ties: list[str | None] = [None, *others]

    def tie_name(id: str | None) -> str:
        return others[id] if id else "–"

    stem = st.text_area(_("Text read before the question"), value=item.stem, height=80)
    citation = st.text_input(_("Where that text is from"), value=item.citation)
    parts = st.text_area(
        _("Parts of the answer, one on each line"),
        value="\n".join(item.parts),
        height=80,
    )
    follows = st.selectbox(
        _("Goes on from the question"),
        ties,
        index=ties.index(item.follows if item.follows in others else None),
        format_func=tie_name,
    )
    filter_of = st.selectbox(
        _("Asked only by the answer to"),
        ties,
        index=ties.index(item.filter_of if item.filter_of in others else None),
        format_func=tie_name,
    )
    filter_value = st.text_input(_("and the answer is"), value=item.filter_value)
    unit = st.text_input(_("Unit of a number"), value=item.unit)
    measure = st.text_input(
        _("Measures"),
        value=item.measure,
        help=_("The same words on questions of different forms: they may be compared."),
    )
    note = st.text_area(_("Note"), value=item.note, height=70)
    return {
        "stem": stem,
        "citation": citation,
        "parts": tuple(parts.splitlines()),
        "follows": follows,
        "filter_of": filter_of,
        "filter_value": filter_value,
        "unit": unit,
        "measure": measure,
        "note": note,
    }
