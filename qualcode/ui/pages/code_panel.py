"""The side panel of reading: progress, the codes with their counts, one code in full."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from html import escape

import streamlit as st

from qualcode.domain.codes import Code, Codebook
from qualcode.domain.errors import QualcodeError
from qualcode.store.views import Count, StudyProgress
from qualcode.ui import state
from qualcode.ui.components.segment_marker import safe_colour
from qualcode.ui.labels import origin_label
from qualcode.workbench import codebooks, coding
from qualcode.workbench.bench import Workbench

SHORTCUTS = tuple("123456789")


def show(
    bench: Workbench,
    codes: Sequence[Code],
    codebooks: Mapping[str, Codebook],
    counts: Mapping[str, Count],
    progress: StudyProgress,
    *,
    new_codes: bool,
) -> None:
    """The panel, from what the page has read. Acts of its own go through the workbench."""
    _ = state.translator()
    _progress(progress)
    if codes:
        st.html(_table(codes, codebooks, counts, bench.language))
        _one_code(bench, codes)
    else:
        st.text(_("There are no codes yet. Take a codebook into use, or press C and write a name."))
        state.page_link("koodikirjat", _("Codebooks"), icon=":material/menu_book:")
    if new_codes:
        _new_code(bench)


def _progress(p: StudyProgress) -> None:
    _ = state.translator()
    answers = max(1, p.documents - p.set_aside)
    told = _("{coded} of {all} answers coded, {reduced} reduced").format(
        coded=p.coded_documents, all=p.documents - p.set_aside, reduced=p.reduced_documents
    )
    st.progress(min(1.0, p.coded_documents / answers), text=told)


def _table(
    codes: Sequence[Code],
    codebooks: Mapping[str, Codebook],
    counts: Mapping[str, Count],
    language: str,
) -> str:
    """The codes by codebook with mentions and respondents. Names are escaped: they are data."""
    _ = state.translator()
    code_word, mentions, respondents = _("Code"), _("Mentions"), _("Respondents")
    mentions_short, respondents_short, codes_word = _("ment."), _("resp."), _("Codes")
    head = (
        f"<tr><td></td><th>{escape(code_word)}</th>"
        f'<th title="{escape(mentions)}">{escape(mentions_short)}</th>'
        f'<th title="{escape(respondents)}">{escape(respondents_short)}</th></tr>'
    )
    body, book = [], None
    for position, code in enumerate(codes):
        if code.codebook_id != book:
            book = code.codebook_id
            name = escape(codebooks[book].name(language))
            body.append(f'<tr><td colspan="4" class="qc-book">{name}</td></tr>')
        count = counts.get(code.id, Count())
        colour = safe_colour(code.colour, position)
        key = f"<kbd>{escape(code.shortcut)}</kbd>" if code.shortcut else ""
        body.append(
            f'<tr><td><i style="background:{colour}"></i></td>'
            f"<td>{escape(code.label(language))} {key}</td>"
            f"<td>{count.mentions or ''}</td><td>{count.respondents or ''}</td></tr>"
        )
    return (
        f'<div class="qc-codes" tabindex="0" role="region" aria-label="{escape(codes_word)}">'
        f"<table><thead>{head}</thead><tbody>{''.join(body)}</tbody></table></div>{_STYLE}"
    )


def _one_code(bench: Workbench, codes: Sequence[Code]) -> None:
    _ = state.translator()
    by_id = {code.id: code for code in codes}
    chosen = st.selectbox(
        _("Look at a code"),
        list(by_id),
        index=None,
        format_func=lambda id: by_id[id].label(bench.language),
        placeholder=_("Look at a code"),
        label_visibility="collapsed",
        key=state.filter_key("coding", "looked-at"),
        persist_state="session",
    )
    if chosen is None:
        return
    code = by_id[chosen]
    with st.container(border=True, gap="small"):
        st.text(origin_label(code.origin, _))
        for heading, field in (
            (_("Definition"), "definition"),
            (_("Rule"), "rule"),
            (_("Example"), "example"),
        ):
            text = _in_language(code, field, bench.language)
            if text:
                st.markdown(f"**{heading}**")
                st.text(text)
        _pin(bench, code, codes)


def _pin(bench: Workbench, code: Code, codes: Sequence[Code]) -> None:
    """A key 1-9 for the code. Another code that had the key loses it, which the list tells."""
    _ = state.translator()
    holders = {c.shortcut: c.label(bench.language) for c in codes if c.shortcut}

    def named(key: str) -> str:
        if not key:
            return _("No key")
        holder = holders.get(key)
        return f"{key} ({holder})" if holder and key != code.shortcut else key

    widget = f"pin:{code.id}:{code.shortcut}"

    def pin() -> None:
        codebooks.edit_code(bench, replace(code, shortcut=st.session_state[widget]))
        st.rerun(["marker", "side", state.HISTORY])

    options = ["", *SHORTCUTS]
    st.selectbox(
        _("Key in the reading view"),
        options,
        index=options.index(code.shortcut if code.shortcut in SHORTCUTS else ""),
        format_func=named,
        key=widget,
        on_change=pin,
    )


def _new_code(bench: Workbench) -> None:
    _ = state.translator()
    problem = st.session_state.pop("pick:new-code-problem", None)

    def add() -> None:
        try:
            coding.add_code(bench, st.session_state["new-code"])
        except QualcodeError as error:
            st.session_state["pick:new-code-problem"] = state.message(error)
        else:
            st.session_state["new-code"] = ""
        st.rerun(["marker", "side", state.HISTORY])

    st.text_input(
        _("New code"),
        key="new-code",
        placeholder=_("New code: write a name and press Enter"),
        label_visibility="collapsed",
        on_change=add,
    )
    if problem:
        st.error(problem, icon=":material/error:")


def _in_language(code: Code, field: str, language: str) -> str:
    first, second = ("en", "fi") if language == "en" else ("fi", "en")
    return str(getattr(code, f"{field}_{first}") or getattr(code, f"{field}_{second}"))


_STYLE = """<style>
.qc-codes { max-height: max(180px, calc(100vh - 445px)); overflow-y: auto; font-size: .85rem; }
.qc-codes table { width: 100%; border-collapse: collapse; }
.qc-codes th { font-weight: 500; text-align: right; padding: 1px 4px; border: 0; }
.qc-codes th:nth-child(2) { text-align: left; }
.qc-codes td { padding: 1px 4px; border: 0; text-align: right; font-variant-numeric: tabular-nums;
  vertical-align: top; }
.qc-codes td:nth-child(2), .qc-codes .qc-book { text-align: left; }
.qc-codes .qc-book { padding-top: 6px; font-size: .78rem; opacity: .8; }
.qc-codes i { display: inline-block; width: 10px; height: 10px; border-radius: 2px; }
.qc-codes kbd { font-size: .72rem; padding: 0 4px; }
</style>"""
