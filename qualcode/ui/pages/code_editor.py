"""One code open for editing: its texts in two languages, its look and its place."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

import streamlit as st

from qualcode.domain.codes import PALETTE, Code, CodebookKind, Origin
from qualcode.domain.definitions import tells_what_belongs
from qualcode.domain.errors import ChangedMeanwhile, EmptyName
from qualcode.store.views import ExpressionQuery
from qualcode.texts import N_
from qualcode.ui import memo_button, originals, state, undo_line
from qualcode.ui.components.codebook_words import COLOUR_NAMES
from qualcode.ui.labels import origin_label
from qualcode.ui.words import plain
from qualcode.workbench import codebooks, coding
from qualcode.workbench.bench import Workbench
from qualcode.workbench.codebook_rules import SHORTCUTS
from qualcode.workbench.codebooks import CodebookBranch, CodeRow

PLACE = "codebooks"
TOP = ""
"""Stands for no parent in a list of codes."""

TEXTS = (
    # (field, Finnish, English, height of the box or None for one line)
    ("label", N_("Name in Finnish"), N_("Name in English"), None),
    ("definition", N_("Definition in Finnish"), N_("Definition in English"), 96),
    ("rule", N_("When to use and when not, in Finnish"), N_("The same in English"), 80),
    ("example", N_("Example in Finnish"), N_("Example in English"), 80),
)
COLOURS = dict(zip(PALETTE, COLOUR_NAMES, strict=True))


def show(bench: Workbench, row: CodeRow, branch: CodebookBranch) -> None:
    """The editor of the code. Nothing is saved before Save is pressed."""
    _, ngettext = state.translator(), state.plural()
    code = row.code
    with st.container(border=True, key="code-editor"):
        st.subheader(plain(code.label(bench.language)), anchor=False)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(plain(branch.codebook.name(bench.language)), width="stretch")
            memo_button.show(bench, "code", code.id)
        definition = code.definition(bench.language)
        if not definition.strip():
            st.info(
                _(
                    "The code has no definition. Write below what belongs to it: suggestions need "
                    "it too."
                ),
                icon=":material/edit_note:",
            )
        elif not tells_what_belongs(definition, code.label(bench.language)):
            st.warning(
                _("The definition lists no content: write what belongs to the code."),
                icon=":material/edit_note:",
            )
        _form(bench, code, branch)
        _place(row, branch)
    if row.count.mentions:
        with st.expander(
            ngettext(
                "{count} original expression", "{count} original expressions", row.count.mentions
            ).format(count=row.count.mentions),
            key=f"originals-of-{_edition(code)}",
            on_change="rerun",
        ) as part:
            if part.open:
                originals.show(bench, ExpressionQuery(code_id=code.id), "codebooks")


def _form(bench: Workbench, code: Code, branch: CodebookBranch) -> None:
    _ = state.translator()
    edition = _edition(code)
    _start_values(edition, code)
    with st.form(f"form-{edition}", border=False):
        for field, finnish, english, height in TEXTS:
            left, right = st.columns(2, gap="small")
            for column, name, label in (
                (left, f"{field}_fi", _(finnish)),
                (right, f"{field}_en", _(english)),
            ):
                with column:
                    if height is None:
                        st.text_input(label, key=_key(edition, name))
                    else:
                        st.text_area(label, key=_key(edition, name), height=height)
        left, right = st.columns(2, gap="small")
        with left:
            st.selectbox(
                _("Origin"),
                list(Origin),
                format_func=lambda origin: origin_label(origin, _),
                key=_key(edition, "origin"),
            )
        with right:
            st.selectbox(
                _("Shortcut"),
                ["", *SHORTCUTS],
                format_func=lambda digit: digit or _("none"),
                key=_key(edition, "shortcut"),
                help=_("The key that gives the code while reading. One code has it at a time."),
            )
        _place_fields(bench, code, branch, edition)
        _colour_field(code, edition)
        st.form_submit_button(
            _("Save"), type="primary", key=f"save-{edition}", on_click=_save, args=(code, edition)
        )


def _place_fields(bench: Workbench, code: Code, branch: CodebookBranch, edition: str) -> None:
    """Parent and level, where the codebook has such."""
    _ = state.translator()
    below = _below(code, branch)
    labels = {
        row.code.id: row.code.label(bench.language)
        for row in branch.rows
        if row.code.id not in below
    }
    ordered = branch.codebook.kind is CodebookKind.ORDERED
    left, right = st.columns(2, gap="small")
    # Levels order an ordered codebook; a parent is offered there only if some code has one.
    if not ordered or any(row.depth for row in branch.rows):
        left.selectbox(
            _("Under"),
            [TOP, *labels],
            format_func=lambda id: labels[id] if id else _("— at the top —"),
            key=_key(edition, "parent_id"),
        )
    else:
        right = left
    if ordered or code.level is not None:
        right.number_input(
            _("Level (1 is the lowest)"),
            min_value=1,
            max_value=999,
            step=1,
            key=_key(edition, "level"),
        )


def _colour_field(code: Code, edition: str) -> None:
    """A row of swatches; each is named, so that colour is not needed to tell them apart."""
    _ = state.translator()
    own = [] if not code.colour or code.colour in COLOURS else [code.colour]
    colours = [*COLOURS, *own]
    swatches = " ".join(
        f".st-key-code-colour button:nth-of-type({number}) {{ --swatch: {colour}; }}"
        for number, colour in enumerate(colours, start=1)
    )
    st.html(f"<style>{swatches}</style>")
    with st.container(key="code-colour"):
        st.pills(
            _("Colour"),
            colours,
            format_func=lambda colour: _(COLOURS[colour]) if colour in COLOURS else colour,
            key=_key(edition, "colour"),
            required=True,
        )


def _place(row: CodeRow, branch: CodebookBranch) -> None:
    """Moving the code, and removing it when nothing needs it."""
    _ = state.translator()
    code = row.code
    beside = [other.code for other in branch.rows if other.code.parent_id == code.parent_id]
    at = beside.index(code)
    users = codebooks.users_of(state.bench(), code.id)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.button(
            _("Up"),
            icon=":material/arrow_upward:",
            key="code-up",
            disabled=at == 0,
            on_click=_move,
            args=(code, -1),
        )
        st.button(
            _("Down"),
            icon=":material/arrow_downward:",
            key="code-down",
            disabled=at == len(beside) - 1,
            on_click=_move,
            args=(code, 1),
        )
        st.space("stretch")
        st.button(
            _("Remove the code"),
            icon=":material/delete:",
            key="code-remove",
            disabled=users > 0,
            help=_(
                "The code is in use: {count} codings, subcodes or categories need it. "
                "Only a code that nothing needs can be removed."
            ).format(count=users)
            if users
            else None,
            on_click=_remove,
            args=(code,),
        )


# --- acts ---------------------------------------------------------------------------------------


def _save(seen: Code, edition: str) -> None:
    """Saves the form on top of the code as the writer saw it."""
    _ = state.translator()
    typed: dict[str, Any] = {
        name: st.session_state[_key(edition, name)]
        for name in _values(seen)
        if _key(edition, name) in st.session_state
    }
    conflict: list[ChangedMeanwhile] = []

    def save() -> None:
        try:
            codebooks.edit_code(state.bench(), replace(seen, **_sane(typed)), seen)
        except ChangedMeanwhile as error:
            conflict.append(error)
            raise

    undo_line.attempt(PLACE, save, _("Saved."))
    if conflict:
        # What was typed stays in the fields, now over the code as it is: saving again keeps it.
        with state.bench().store.reading() as rows:
            now = rows.get(Code, seen.id)
        if now is not None:
            for name, value in typed.items():
                st.session_state[_key(_edition(now), name)] = value


def _sane(typed: dict[str, Any]) -> dict[str, Any]:
    """Labels that are both empty are the workbench's to refuse, not the domain's to trip over."""
    if not (typed["label_fi"].strip() or typed["label_en"].strip()):
        raise EmptyName()
    kept = {name: value for name, value in typed.items() if name != "colour" or value}
    return kept | {"parent_id": typed["parent_id"] or None}


def _move(code: Code, by: int) -> None:
    undo_line.attempt(PLACE, lambda: codebooks.move_code(state.bench(), code.id, by))


def _remove(code: Code) -> None:
    _ = state.translator()
    name = code.label(state.language())
    undo_line.attempt(
        PLACE,
        lambda: coding.remove_code(state.bench(), code.id),
        _("Removed the code {name}.").format(name=name),
    )


# --- the form's values ----------------------------------------------------------------------------


def _values(code: Code) -> dict[str, Any]:
    values: dict[str, Any] = {
        f"{field}_{language}": getattr(code, f"{field}_{language}")
        for field, *_others in TEXTS
        for language in ("fi", "en")
    }
    return values | {
        "origin": code.origin,
        "shortcut": code.shortcut,
        "parent_id": code.parent_id or TOP,
        "level": code.level,
        "colour": code.colour or None,
    }


def _start_values(edition: str, code: Code) -> None:
    for name, value in _values(code).items():
        st.session_state.setdefault(_key(edition, name), value)


def _edition(code: Code) -> str:
    """A new name for the form whenever the code changes, so that it shows what is saved."""
    return hashlib.sha256(repr((code.id, _values(code))).encode()).hexdigest()[:12]


def _key(edition: str, name: str) -> str:
    return f"pick:code:{edition}:{name}"


def _below(code: Code, branch: CodebookBranch) -> set[str]:
    """The code and everything under it: none of these can be its parent."""
    found = {code.id}
    for row in branch.rows:  # in tree order, so a parent comes before its children
        if row.code.parent_id in found:
            found.add(row.code.id)
    return found
