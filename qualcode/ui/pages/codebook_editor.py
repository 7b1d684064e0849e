"""One codebook open: its details, its place among the others, its files, taking it out of use."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import streamlit as st

from qualcode.domain.codes import Codebook, CodebookKind
from qualcode.ui import memo_button, state, undo_line
from qualcode.ui.labels import CODEBOOK_KINDS
from qualcode.ui.words import plain
from qualcode.workbench import codebook_files, codebooks
from qualcode.workbench.bench import Workbench
from qualcode.workbench.codebooks import CodebookBranch

PLACE = "codebooks"
FIELDS = ("name_fi", "name_en", "theory_source", "unit", "note")


def own_folder() -> Path:
    """Where codebooks saved from a study go, and where the library finds them."""
    return state.settings_of_run().folder / "codebooks"


def show(bench: Workbench, branch: CodebookBranch, in_use: int) -> None:
    _ = state.translator()
    book = branch.codebook
    with st.container(border=True, key="codebook-editor"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.subheader(plain(book.name(bench.language)), anchor=False, width="stretch")
            memo_button.show(bench, "codebook", book.id)
        _details(book)
    with st.container(border=True):
        title = _("As a file")
        st.markdown(f"**{title}**")
        _files(bench, book)
    with st.container(border=True):
        _order(book, in_use)
        _out_of_use(branch)


def _details(book: Codebook) -> None:
    _ = state.translator()
    edition = hashlib.sha256(repr(book).encode()).hexdigest()[:12]
    names = {
        "name_fi": _("Name in Finnish"),
        "name_en": _("Name in English"),
        "theory_source": _("Theory source"),
        "unit": _("What is coded"),
        "note": _("Note"),
    }
    for field in (*FIELDS, "kind"):
        st.session_state.setdefault(_key(edition, field), getattr(book, field))
    with st.form(f"book-form-{edition}", border=False):
        left, right = st.columns(2, gap="small")
        with left:
            st.text_input(names["name_fi"], key=_key(edition, "name_fi"))
        with right:
            st.text_input(names["name_en"], key=_key(edition, "name_en"))
        st.text_input(
            names["theory_source"],
            key=_key(edition, "theory_source"),
            placeholder=_("Author year: pages"),
        )
        left, right = st.columns(2, gap="small")
        with left:
            st.selectbox(
                _("Kind"),
                list(CodebookKind),
                format_func=lambda kind: _(CODEBOOK_KINDS[kind]),
                key=_key(edition, "kind"),
            )
        with right:
            st.text_input(names["unit"], key=_key(edition, "unit"))
        st.text_area(names["note"], key=_key(edition, "note"), height=80)
        st.form_submit_button(
            _("Save"),
            type="primary",
            key=f"save-book-{edition}",
            on_click=_save,
            args=(book, edition),
        )


def _files(bench: Workbench, book: Codebook) -> None:
    _ = state.translator()
    st.session_state.setdefault("pick:codebooks:folder", str(own_folder()))
    st.download_button(
        _("Download YAML"),
        data=codebook_files.as_yaml(bench, book.id),
        file_name=f"{codebook_files.key_of_file(book)}.yaml",
        mime="application/yaml",
        icon=":material/download:",
        on_click="ignore",
        key="codebook-download",
    )
    st.text_input(
        _("Folder for the new version"),
        key="pick:codebooks:folder",
        help=_("The library shows the codebooks of the folder that is offered here."),
    )
    st.button(
        _("Save as version {version}").format(version=book.version + 1),
        icon=":material/save:",
        key="codebook-version",
        help=_("A new file is made; no earlier version is ever written over."),
        on_click=_save_version,
        args=(book,),
    )
    saved = state.chosen("codebooks:saved")
    if saved and saved[0] == book.id:
        st.caption(_("Saved: {path}").format(path=plain(saved[1])))


def _order(book: Codebook, in_use: int) -> None:
    _ = state.translator()
    at = [branch.codebook.id for branch in codebooks.code_tree(state.bench())].index(book.id)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(_("Place among the codebooks in use"), width="stretch")
        st.button(
            _("Up"),
            icon=":material/arrow_upward:",
            key="codebook-up",
            disabled=at == 0,
            on_click=_move,
            args=(book, -1),
        )
        st.button(
            _("Down"),
            icon=":material/arrow_downward:",
            key="codebook-down",
            disabled=at == in_use - 1,
            on_click=_move,
            args=(book, 1),
        )


def _out_of_use(branch: CodebookBranch) -> None:
    _ = state.translator()
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(
            _("Its codes are hidden; {count} codings stay.").format(count=branch.codings)
            if branch.referred
            else _("Nothing uses its codes, so it leaves the study altogether."),
            width="stretch",
        )
        st.button(
            _("Take out of use"),
            icon=":material/remove_circle:",
            key="codebook-drop",
            on_click=_drop,
            args=(branch.codebook,),
        )


# --- acts ---------------------------------------------------------------------------------------


def _save(book: Codebook, edition: str) -> None:
    _ = state.translator()
    typed = {field: st.session_state[_key(edition, field)] for field in (*FIELDS, "kind")}
    undo_line.attempt(
        PLACE,
        lambda: codebooks.edit_codebook(state.bench(), replace(book, **typed)),
        _("Saved."),
    )


def _save_version(book: Codebook) -> None:
    folder = Path(str(st.session_state["pick:codebooks:folder"]).strip()).expanduser()
    state.choose("codebooks:saved", None)

    def save() -> None:
        path = codebook_files.save_version(state.bench(), book.id, folder)
        state.choose("codebooks:saved", (book.id, str(path)))

    undo_line.attempt(PLACE, save)


def _move(book: Codebook, by: int) -> None:
    undo_line.attempt(PLACE, lambda: codebooks.move_codebook(state.bench(), book.id, by))


def _drop(book: Codebook) -> None:
    _ = state.translator()
    undo_line.attempt(
        PLACE,
        lambda: codebooks.drop(state.bench(), book.id),
        _("{name} is out of use.").format(name=book.name(state.language())),
    )


def _key(edition: str, field: str) -> str:
    return f"pick:codebook:{edition}:{field}"
