"""Codebooks: those in use with their codes, and the library one takes them from."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from qualcode.domain.codes import Code, Codebook, Origin
from qualcode.ui import places, state, undo_line
from qualcode.ui.labels import CODEBOOK_KINDS, origin_label
from qualcode.ui.pages import (
    code_editor,
    code_reading,
    codebook_editor,
    codebook_library,
    codebook_rows,
)
from qualcode.ui.pages.code_editor import TOP
from qualcode.ui.pages.codebook_rows import slug_of
from qualcode.ui.words import plain
from qualcode.workbench import codebooks, coding
from qualcode.workbench.bench import Workbench
from qualcode.workbench.codebooks import CodebookBranch

PLACE = "codebooks"
IN_USE, LIBRARY = "in use", "library"
AREA = state.filter_key(PLACE, "area")
OPEN_ALL = 60
"""With more codes than this in use, only the first codebook stands open at the start."""

STYLE = Path(__file__).parent.parent / "assets" / "codebooks.css"


def show(bench: Workbench) -> None:
    _ = state.translator()
    st.html(STYLE)
    places.follow("code", "codebook", choose=_open)
    tree = codebooks.code_tree(bench)
    if bench.reviewing:
        st.title(_("Codebooks"), anchor=False)
        _in_use(bench, tree)
        return
    with st.container(horizontal=True, vertical_alignment="center", key="codebooks-head"):
        st.title(_("Codebooks"), width="content", anchor=False)
        area = _area(len(tree))
        # Beside the title, not under it: the lists must not jump when the line comes or goes.
        with st.container(width="stretch"):
            undo_line.show(bench, PLACE)
    if area == LIBRARY:
        codebook_library.show(bench)
    else:
        _in_use(bench, tree)


def _area(in_use: int) -> str:
    _ = state.translator()
    names = {IN_USE: _("In use ({count})").format(count=in_use), LIBRARY: _("Library")}
    st.session_state.setdefault(AREA, IN_USE)
    picked = st.segmented_control(
        _("What is shown"),
        list(names),
        format_func=names.__getitem__,
        key=AREA,
        required=True,
        label_visibility="collapsed",
        persist_state="session",
    )
    return picked or IN_USE


def open_library() -> None:
    st.session_state[AREA] = LIBRARY


def _open(kind: str, id: str) -> None:
    """Chooses the code, or the codebook, that an address names."""
    state.choose(PLACE, (kind, id))
    st.session_state[AREA] = IN_USE


# --- codebooks in use ---


def _in_use(bench: Workbench, tree: Sequence[CodebookBranch]) -> None:
    _ = state.translator()
    hidden = codebooks.code_tree(bench, in_use=False)
    if not tree and (not hidden or bench.reviewing):
        _nothing_in_use(bench)
        return
    left, right = st.columns([6, 5], gap="large")
    with left:
        _codebooks(bench, tree)
        if not bench.reviewing:
            _new_codebook(bench)
            if hidden:
                _out_of_use(hidden)
    with right, st.container(key="codebooks-aside"):
        _chosen(bench, tree)


def _nothing_in_use(bench: Workbench) -> None:
    _ = state.translator()
    if bench.reviewing:
        st.info(_("No codebook is in use yet."), icon=":material/menu_book:")
        return
    st.info(
        _(
            "No codebook is in use yet. Take one or more from the library as your analysis frame, "
            "or start reading and make codes as you go: they gather here by themselves."
        ),
        icon=":material/menu_book:",
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            _("Browse the library"),
            type="primary",
            icon=":material/local_library:",
            key="browse",
            on_click=open_library,
        )
        _new_codebook(bench)
        state.page_link("koodaus", _("Start reading"), icon=":material/arrow_forward:")


def _codebooks(bench: Workbench, tree: Sequence[CodebookBranch]) -> None:
    _ = state.translator()
    chosen = state.chosen(PLACE)
    st.html(codebook_rows.styles(tree, chosen))
    few = sum(len(branch.rows) for branch in tree) <= OPEN_ALL
    for number, branch in enumerate(tree):
        book = branch.codebook
        holds_chosen = any(("code", row.code.id) == chosen for row in branch.rows)
        part = st.expander(
            f"**{plain(book.name(bench.language))}** · {_codes_told(len(branch.rows))}",
            expanded=few or number == 0 or holds_chosen,
            key=f"book-{slug_of(book.id)}",
            on_change="rerun",
        )
        if part.open:
            with part:
                _codebook(bench, branch)


def _codebook(bench: Workbench, branch: CodebookBranch) -> None:
    _ = state.translator()
    book = branch.codebook
    with st.container(horizontal=True, vertical_alignment="center", gap="small", wrap=False):
        st.caption(_told_of(book), width="stretch")
        if not bench.reviewing:
            st.button(
                _("Codebook…"),
                icon=":material/tune:",
                key=f"edit-{slug_of(book.id)}",
                type="tertiary",
                help=_("Details, order, saving as a file, taking out of use"),
                on_click=state.choose,
                args=(PLACE, ("codebook", book.id)),
            )
    if branch.rows:
        codebook_rows.show(bench, branch, PLACE)
    else:
        st.caption(
            _("No codes yet.") if bench.reviewing else _("No codes yet. Add the first one below.")
        )
    if not bench.reviewing:
        _add_code(bench, branch)


def _add_code(bench: Workbench, branch: CodebookBranch) -> None:
    _ = state.translator()
    if not bench.study().allows_new_codes():
        st.caption(
            _("The frame is strict: codes are not added. The study's settings can change it.")
        )
        return
    book = branch.codebook
    slug = slug_of(book.id)
    by_id = {row.code.id: row for row in branch.rows}
    with (
        st.popover(_("Add a code"), icon=":material/add:", type="tertiary"),
        st.form(f"add-{slug}", border=False, clear_on_submit=True),
    ):
        st.text_input(_("Name of the code"), key=f"add-label-{slug}")
        st.selectbox(
            _("Where it comes from"),
            list(Origin),
            index=list(Origin).index(Origin.DATA),
            format_func=lambda origin: origin_label(origin, _),
            key=f"add-origin-{slug}",
        )
        st.selectbox(
            _("Under"),
            [TOP, *by_id],
            format_func=lambda id: (
                by_id[id].code.label(bench.language) if id else _("— at the top —")
            ),
            key=f"add-parent-{slug}",
        )
        st.form_submit_button(_("Add"), type="primary", on_click=_add, args=(book, slug))


def _add(book: Codebook, slug: str) -> None:
    _ = state.translator()
    label = str(st.session_state[f"add-label-{slug}"])
    made: list[Code] = []
    done = undo_line.attempt(
        PLACE,
        lambda: made.append(
            coding.add_code(
                state.bench(),
                label,
                book.id,
                parent_id=st.session_state[f"add-parent-{slug}"] or None,
                origin=st.session_state[f"add-origin-{slug}"],
            )
        ),
        _("Added the code {name}.").format(name=label.strip()),
    )
    if done:
        state.choose(PLACE, ("code", made[0].id))


def _new_codebook(bench: Workbench) -> None:
    _ = state.translator()
    if not bench.study().allows_new_codes():
        return
    with (
        st.popover(_("Start a codebook of your own"), icon=":material/add:"),
        st.form("new-codebook", border=False, clear_on_submit=True),
    ):
        st.text_input(_("Name of the codebook"), key="new-codebook-name")
        st.form_submit_button(_("Start"), type="primary", on_click=_start_codebook)


def _start_codebook() -> None:
    _ = state.translator()
    name = str(st.session_state["new-codebook-name"])
    made: list[Codebook] = []
    if undo_line.attempt(
        PLACE,
        lambda: made.append(codebooks.new_codebook(state.bench(), name)),
        _("Started the codebook {name}.").format(name=name.strip()),
    ):
        state.choose(PLACE, ("codebook", made[0].id))


def _out_of_use(hidden: Sequence[CodebookBranch]) -> None:
    _ = state.translator()
    st.subheader(_("Out of use"), anchor=False)
    for branch in hidden:
        book = branch.codebook
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(plain(book.name(state.language())), width="content")
            st.caption(
                _("{codes}, {codings} codings kept").format(
                    codes=_codes_told(len(branch.rows)), codings=branch.codings
                ),
                width="stretch",
            )
            st.button(
                _("Take into use again"),
                key=f"back-{slug_of(book.id)}",
                on_click=_bring_back,
                args=(book,),
            )


def _bring_back(book: Codebook) -> None:
    _ = state.translator()
    undo_line.attempt(
        PLACE,
        lambda: codebooks.bring_back(state.bench(), book.id),
        _("{name} is in use again.").format(name=book.name(state.language())),
    )


# --- what is open at the right ---


def _chosen(bench: Workbench, tree: Sequence[CodebookBranch]) -> None:
    _ = state.translator()
    kind, id = state.chosen(PLACE) or ("", "")
    for branch in tree:
        if kind == "codebook" and branch.codebook.id == id:
            if bench.reviewing:
                code_reading.codebook(bench, branch)
            else:
                codebook_editor.show(bench, branch, len(tree))
            return
        for row in branch.rows:
            if kind == "code" and row.code.id == id:
                (code_reading if bench.reviewing else code_editor).show(bench, row, branch)
                return
    with st.container(border=True):
        st.caption(
            _("Choose a code to read what belongs to it.")
            if bench.reviewing
            else _(
                "Choose a code to see and edit what belongs to it, or “Codebook…” to save the "
                "codebook as a file or take it out of use."
            )
        )


def _told_of(book: Codebook) -> str:
    _ = state.translator()
    parts = [
        plain(book.theory_source),
        _(CODEBOOK_KINDS[book.kind]),
        _("version {version}").format(version=book.version),
    ]
    return " · ".join(part for part in parts if part)


def _codes_told(count: int) -> str:
    ngettext = state.plural()
    return ngettext("{count} code", "{count} codes", count).format(count=count)
