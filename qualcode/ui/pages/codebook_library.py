"""The library: codebooks by theme, looked at before one is taken, and a file of one's own."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache, partial
from html import escape
from itertools import groupby
from pathlib import Path

import streamlit as st

from qualcode.domain.codes import Code
from qualcode.domain.errors import QualcodeError
from qualcode.readers.codebook_yaml import (
    CodebookCard,
    CodebookFile,
    read_codebook_file,
    theme_name,
)
from qualcode.texts import N_
from qualcode.ui import state, undo_line
from qualcode.ui.labels import CODEBOOK_KINDS
from qualcode.ui.pages.codebook_editor import own_folder
from qualcode.ui.uploader import uploader
from qualcode.ui.words import plain
from qualcode.workbench import codebooks
from qualcode.workbench.bench import Workbench
from qualcode.workbench.codebook_order import tree_order
from qualcode.workbench.codebook_uptake import CODE_TEXTS, FieldChange, Uptake

PLACE = "codebooks"
AREA = state.filter_key(PLACE, "area")
SEARCH = state.filter_key(PLACE, "search")
THEME = state.filter_key(PLACE, "theme")
UPLOAD = "\0upload"
"""Stands for the uploaded file where otherwise a card's path is chosen."""

FIELD_NAMES = {
    "label_fi": N_("Name in Finnish"),
    "label_en": N_("Name in English"),
    "definition_fi": N_("Definition in Finnish"),
    "definition_en": N_("Definition in English"),
    "rule_fi": N_("When to use and when not, in Finnish"),
    "rule_en": N_("When to use and when not, in English"),
    "example_fi": N_("Example in Finnish"),
    "example_en": N_("Example in English"),
    "level": N_("Level"),
    "parent": N_("Under"),
}
assert set(FIELD_NAMES) == {*CODE_TEXTS, "level", "parent"}


def show(bench: Workbench) -> None:
    cards = codebooks.library(own_folder())
    in_use = {branch.codebook.key for branch in codebooks.code_tree(bench)}
    left, right = st.columns([5, 6], gap="large")
    with left:
        uploaded = _upload()
        _shelf(cards, in_use)
    with right, st.container(key="codebooks-aside"):
        _preview(bench, cards, uploaded)


# --- the shelf ---


def _shelf(cards: Sequence[CodebookCard], in_use: set[str]) -> None:
    _, ngettext = state.translator(), state.plural()
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        sought = st.text_input(
            _("Search"),
            key=SEARCH,
            type="search",
            placeholder=_("Name, theory source or a word of the codes"),
            label_visibility="collapsed",
            persist_state="session",
        )
        theme = st.selectbox(
            _("Theme"),
            list(dict.fromkeys(card.theme for card in cards)),
            index=None,
            format_func=_theme,
            placeholder=_("All themes"),
            label_visibility="collapsed",
            key=THEME,
            persist_state="session",
            width=190,
        )
    words = (sought or "").casefold().split()
    found = [
        card
        for card in cards
        if theme in (None, card.theme) and all(word in _words(card) for word in words)
    ]
    st.caption(
        ngettext("{count} codebook", "{count} codebooks", len(found)).format(count=len(found))
    )
    if not found:
        st.info(_("No codebook has these words. Try fewer words or another theme."))
    with st.container(height=640, border=False, key="shelf"):
        for name, group in groupby(found, key=lambda card: card.theme):
            st.markdown(f"**{plain(_theme(name))}**")
            with st.container(gap=None, key=f"theme-{name or 'own'}"):
                for card in group:
                    _card(card, card.key in in_use)


def _card(card: CodebookCard, in_use: bool) -> None:
    _, ngettext = state.translator(), state.plural()
    chosen = state.chosen("codebooks:card") == str(card.path)
    name, used = plain(card.name(state.language())), _("in use")
    if card.error is not None:
        told = _("cannot be read")
    else:
        told = " · ".join(
            part
            for part in (
                f"**{used}**" if in_use else "",
                plain(card.theory_source),
                ngettext("{count} code", "{count} codes", card.codes).format(count=card.codes),
                _(CODEBOOK_KINDS[card.kind]),
                _("version {version}").format(version=card.version) if card.version > 1 else "",
            )
            if part
        )
    st.button(
        f"**{name}**" if chosen else name,
        key=f"card-{card.path}",
        type="tertiary",
        on_click=_choose_card,
        args=(str(card.path),),
    )
    st.caption(told)


def _choose_card(path: str) -> None:
    state.choose("codebooks:card", path)


def _theme(theme: str | None) -> str:
    _ = state.translator()
    return theme_name(theme, _) if theme else _("Saved by you")


def _words(card: CodebookCard) -> str:
    """What the search looks at, in folded letters."""
    head = f"{card.name_fi} {card.name_en} {card.theory_source} {card.key}".casefold()
    return head if card.error else f"{head} {_code_words(card.path, card.path.stat().st_mtime_ns)}"


@lru_cache(maxsize=2_000)
def _code_words(path: Path, changed: int) -> str:
    """The codes' labels and definitions. ``changed`` only tells two states of the file apart."""
    codes = read_codebook_file(path).codes
    return " ".join(
        f"{code.label_fi} {code.label_en} {code.definition_fi} {code.definition_en}"
        for code in codes
    ).casefold()


# --- a file of one's own ---


def _upload() -> CodebookFile | QualcodeError | None:
    """The uploaded codebook, or why it cannot be read."""
    _ = state.translator()
    with st.expander(_("Bring a codebook file of your own (YAML)"), icon=":material/upload_file:"):
        file = uploader(
            _("Codebook file"),
            ["yaml", "yml"],
            state.filter_key(PLACE, "upload"),
            label_visible=False,
            size=5,
            on_change=partial(_choose_card, UPLOAD),
        )
        st.caption(
            _(
                "Nothing is taken into use before you say so. The file's form is told in "
                "docs/codebooks.md; any codebook in use can be downloaded as a model."
            )
        )
        if file is not None and state.chosen("codebooks:card") != UPLOAD:
            st.button(
                _("Show {file}").format(file=plain(file.name)),
                key="show-upload",
                on_click=_choose_card,
                args=(UPLOAD,),
            )
    if file is None:
        return None
    try:
        return read_codebook_file(file.getvalue(), file.name)
    except QualcodeError as error:
        return error


# --- one codebook looked at ---


def _preview(
    bench: Workbench,
    cards: Sequence[CodebookCard],
    uploaded: CodebookFile | QualcodeError | None,
) -> None:
    _ = state.translator()
    path = state.chosen("codebooks:card")
    found: CodebookFile | QualcodeError | None = uploaded if path == UPLOAD else None
    card = next((card for card in cards if str(card.path) == path), None)
    if card is not None:
        try:
            found = read_codebook_file(card.path)
        except QualcodeError as error:
            found = error
    with st.container(border=True, key="preview"):
        if found is None:
            st.caption(_("Choose a codebook to see its codes and definitions before taking it."))
        elif isinstance(found, QualcodeError):
            st.error(
                plain(state.message(found)) + "\n\n" + _("Nothing was taken into use."),
                icon=":material/error:",
            )
        else:
            _codebook(bench, found)


def _codebook(bench: Workbench, file: CodebookFile) -> None:
    _, ngettext = state.translator(), state.plural()
    book = file.codebook
    st.subheader(plain(book.name(bench.language)), anchor=False)
    parts = [
        plain(book.theory_source),
        _(CODEBOOK_KINDS[book.kind]),
        _("version {version}").format(version=book.version),
        _("unit: {unit}").format(unit=plain(book.unit)) if book.unit else "",
    ]
    st.caption(" · ".join(part for part in parts if part))
    if book.note:
        st.markdown(plain(book.note))
    _taking(codebooks.compare(bench, file))
    if file.problems:
        with st.expander(
            ngettext(
                "{count} thing worth a look in the file",
                "{count} things worth a look in the file",
                len(file.problems),
            ).format(count=len(file.problems))
        ):
            for problem in file.problems:
                st.caption(
                    _("Line {line}: {what}").format(
                        line=problem.row, what=plain(problem.message(_))
                    )
                )
    st.html(_codes_html(file, bench.language))


def _codes_html(file: CodebookFile, language: str) -> str:
    _ = state.translator()
    level_title, rule_title, example_title = _("Level"), _("Rule"), _("Example")
    items = []
    for code, depth in tree_order(file.codes):
        level = f' <span class="qc-tag">{level_title} {code.level}</span>' if code.level else ""
        rule, example = code.rule(language), code.example(language)
        items.append(
            f'<dt style="margin-left:{1.3 * depth:.1f}rem">{escape(_label(code, language))}{level}'
            f'</dt><dd style="margin-left:{1.3 * depth:.1f}rem">'
            + escape(code.definition(language) or _("No definition."))
            + (f"<p><b>{rule_title}:</b> {escape(rule)}</p>" if rule else "")
            + (f"<p><b>{example_title}:</b> {escape(example)}</p>" if example else "")
            + "</dd>"
        )
    return f'<dl class="qc-codes">{"".join(items)}</dl>'


def _label(code: Code, language: str) -> str:
    return code.label(language)


# --- taking it ---


def _taking(uptake: Uptake) -> None:
    """What taking would bring, and the button that does it."""
    _ = state.translator()
    mine = uptake.codebook
    if mine is None:
        _take_button(uptake, _("Take into use"))
        return
    if uptake.older:
        st.info(
            _("The study has a newer version of this codebook ({mine}); this is {found}.").format(
                mine=mine.version, found=uptake.file.codebook.version
            )
        )
        return
    _told_of(uptake)
    if uptake.newer:
        _take_button(uptake, _("Bring version {version}").format(version=_version(uptake)))
    elif not mine.in_use:
        _take_button(uptake, _("Take into use again"))
    elif uptake.new:
        _take_button(uptake, _("Bring the codes that are missing"))
    if uptake.changed and not uptake.newer:
        st.button(
            _("Bring the file's wording too"),
            key="take-texts",
            on_click=_take,
            args=(uptake.file, True),
        )


def _told_of(uptake: Uptake) -> None:
    _, ngettext = state.translator(), state.plural()
    mine = uptake.codebook
    assert mine is not None
    lines = [
        _("In use, version {version}.").format(version=mine.version)
        if mine.in_use
        else _("Out of use since it was dropped; its codings are kept.")
    ]
    if uptake.new:
        lines.append(_("Codes the study lacks: {codes}.").format(codes=_names(uptake.new)))
    if uptake.absent:
        lines.append(
            _("Codes only the study has, which stay: {codes}.").format(codes=_names(uptake.absent))
        )
    st.markdown("  \n".join(plain(line) for line in lines))
    if uptake.changed:
        with st.expander(
            ngettext(
                "{count} text reads otherwise in the file",
                "{count} texts read otherwise in the file",
                len(uptake.changed),
            ).format(count=len(uptake.changed)),
            expanded=uptake.newer,
        ):
            st.html(_changes_html(uptake.changed))


def _changes_html(changes: Sequence[FieldChange]) -> str:
    _ = state.translator()
    rows = "".join(
        f"<tr><td>{escape(_label(change.code, state.language()))}<br>"
        f"<small>{escape(_(FIELD_NAMES[change.field]))}</small></td>"
        f"<td><del>{escape(change.before) or '–'}</del></td>"
        f"<td><ins>{escape(change.after) or '–'}</ins></td></tr>"
        for change in changes
    )
    titles = (_("Code"), _("In the study"), _("In the file"))
    head = "".join(f"<th>{escape(title)}</th>" for title in titles)
    return f'<table class="qc-changes"><tr>{head}</tr>{rows}</table>'


def _take_button(uptake: Uptake, label: str) -> None:
    st.button(
        label,
        type="primary",
        icon=":material/add_circle:",
        key="take",
        on_click=_take,
        args=(uptake.file, None),
    )


def _take(file: CodebookFile, replace_texts: bool | None) -> None:
    """Into use. The page stays in the library: often several are taken one after the other."""
    _ = state.translator()
    undo_line.attempt(
        PLACE,
        lambda: codebooks.take(state.bench(), file, replace_texts),
        _("{name} is in use.").format(name=file.codebook.name(state.language())),
    )


def _version(uptake: Uptake) -> int:
    return uptake.file.codebook.version


def _names(codes: Sequence[Code]) -> str:
    return ", ".join(code.label(state.language()) for code in codes)
