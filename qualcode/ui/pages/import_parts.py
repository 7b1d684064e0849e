"""What every way of bringing material in shows alike."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from qualcode.domain.documents import Respondent
from qualcode.domain.errors import QualcodeError
from qualcode.readers.problems import ReadProblem
from qualcode.texts import N_
from qualcode.ui import state
from qualcode.ui.pages import material_draft
from qualcode.ui.pages.material_draft import Draft
from qualcode.ui.words import plain
from qualcode.workbench.bench import Workbench
from qualcode.workbench.importing import Imported, source_with
from qualcode.workbench.messages import day_and_time

MOST_SHOWN = 300
"""Rows of a list that is only looked through; the rest is told as a number."""

SHORT_LIST = 8
TALLEST_REMARKS = 320
"""Pixels; a longer list scrolls, and the buttons under it stay near."""

USUAL_GROUPS = (
    N_("client"),
    N_("worker"),
    N_("comparison client"),
    N_("manager"),
    N_("close relative"),
    N_("assistant"),
    N_("service provider"),
)
ENCODINGS = ("utf-8", "cp1252", "iso8859-15", "mac_roman", "cp850", "utf-16")
FOUND = "found"


def actor_group(
    bench: Workbench, key: str, label: str, default: str = "", width: int | None = 420
) -> str:
    """The actor group a person chooses or writes; empty when none is chosen."""
    _ = state.translator()
    with bench.store.reading() as rows:
        known = sorted({r.actor_group for r in rows.find(Respondent) if r.actor_group})
    options = list(dict.fromkeys([*known, *(_(group) for group in USUAL_GROUPS)]))
    if default and default not in options:
        options.insert(0, default)
    picked = st.selectbox(
        label,
        options,
        index=options.index(default) if default else None,
        key=key,
        placeholder=_("Choose or write"),
        accept_new_options=True,
        persist_state="session",
        width=width or "stretch",
        help=_(
            "In which role these people speak. Tables and role maps are made for each actor group."
        ),
    )
    return " ".join((picked or "").split())


def problems(found: Sequence[ReadProblem], *, expanded: bool = False) -> None:
    """Every problem with its row and column as they stand in the file."""
    _ = state.translator()
    title = _("Remarks on rows and columns ({count})").format(count=len(found))
    with st.expander(title, expanded=expanded, icon=":material/rule:"):
        # A table and no grid of cells: a remark is read to its end.
        with st.container(height=TALLEST_REMARKS if len(found) > SHORT_LIST else "content"):
            st.table(
                {
                    _("Row"): ["" if p.row is None else str(p.row) for p in found[:MOST_SHOWN]],
                    _("Column"): [p.column for p in found[:MOST_SHOWN]],
                    _("Remark"): [plain(p.message(_)) for p in found[:MOST_SHOWN]],
                },
                border="horizontal",
                hide_index=True,
            )
        rest(len(found))


def rest(count: int) -> None:
    if count > MOST_SHOWN:
        _ = state.translator()
        st.caption(_("… and {count} more.").format(count=count - MOST_SHOWN))


def _height(rows: int) -> int:
    return 40 + 35 * min(max(rows, 1), 8)


def table_height(rows: int) -> int:
    """Tall enough for the rows, and never taller than eight of them."""
    return _height(rows)


def counts_told(came: Imported) -> str:
    """What came in, in one line; what there was none of is left out."""
    _ = state.translator()
    told = [
        (came.respondents, _("respondents {count}")),
        (came.items, _("questions {count}")),
        (came.bound, _("of them bound to the form {count}")),
        (came.documents, _("texts {count}")),
        (came.set_aside, _("of them set aside {count}")),
        (came.closed_answers, _("closed answers {count}")),
        (came.missing, _("missing {count}")),
        (came.uninterpretable, _("uninterpretable {count}")),
        (came.stances, _("stances or groups spoken of {count}")),
        (came.dropped_cells, _("identifying cells dropped {count}")),
        (len(came.problems), _("remarks {count}")),
    ]
    line = ", ".join(text.format(count=count) for count, text in told if count)
    return f"{line[:1].upper()}{line[1:]}."


def figures(numbers: Sequence[tuple[str, int | str, str]]) -> None:
    """A row of large numbers: (name, number, what it means)."""
    with st.container(horizontal=True, gap="large", key="figures"):
        for name, number, meaning in numbers:
            st.metric(name, number, help=meaning or None, width="content")


def already_in(bench: Workbench, draft: Draft) -> bool:
    """Tells that the very same file is in the study. True while nothing more may be done."""
    _ = state.translator()
    there = source_with(bench, draft.key)
    if there is None:
        return False
    st.warning(
        _(
            "This file is in the study already: it came in as “{name}” on {at}, brought by {who}. "
            "Imported again, its answers would be there twice."
        ).format(name=there.name, at=day_and_time(there.imported_at), who=there.imported_by),
        icon=":material/content_copy:",
    )
    return not st.checkbox(_("Import it again anyway"), key=draft.widget("again"))


def imports_again(draft: Draft) -> bool:
    return bool(st.session_state.get(draft.widget("again"), False))


def import_button(draft: Draft, count: int, act: Callable[[], Imported]) -> None:
    """The button that saves. Either everything comes in or, with an error, nothing."""
    _ = state.translator()
    row = st.container(horizontal=True, vertical_alignment="center")
    with row:
        pressed = st.button(
            _("Import into the study"),
            type="primary",
            icon=":material/download_done:",
            key=draft.widget("import"),
            disabled=not count,
        )
        if st.button(_("Cancel"), key=draft.widget("cancel-below"), type="tertiary"):
            material_draft.drop()
            st.rerun()
    if not pressed:
        return
    # Beside the button and not under it, where a long page may end out of sight.
    bar = row.progress(0.3, text=_("Saving {count} rows…").format(count=count))
    try:
        imported = act()
    except QualcodeError as error:
        bar.empty()
        st.error(state.message(error), icon=":material/error:")
        return
    bar.progress(1.0, text=_("Saved."))
    material_draft.finish(imported)


# --- letters and delimiters -------------------------------------------------------------------


def text_settings(draft: Draft, *, with_delimiter: bool) -> None:
    """The encoding, and for a table the delimiter, as found and to be changed."""
    _ = state.translator()
    recognised = draft.recognised
    found_encoding = found_delimiter = ""
    if recognised is not None and recognised.workbook is not None:
        sheet = recognised.workbook.sheets[0]
        found_encoding, found_delimiter = sheet.encoding, sheet.delimiter
    elif recognised is not None and recognised.text is not None:
        found_encoding = recognised.text.encoding
    delimiters = {
        FOUND: _("Found in the file"),
        ";": _("Semicolon ;"),
        ",": _("Comma ,"),
        "\t": _("Tab"),
        "|": _("Bar |"),
    }
    if found_delimiter and draft.delimiter is None:
        delimiters[FOUND] = _("Found: {what}").format(what=delimiters.get(found_delimiter, ""))
    encodings = {FOUND: _("Found in the file"), **{name: name for name in ENCODINGS}}
    if found_encoding and draft.encoding is None:
        encodings[FOUND] = _("Found: {what}").format(what=found_encoding)
    with st.container(horizontal=True):
        encoding = st.selectbox(
            _("Character encoding"),
            list(encodings),
            format_func=encodings.__getitem__,
            key=draft.widget("encoding"),
            help=_("Change this if letters such as ä and ö look wrong in the preview."),
            width=220,
        )
        delimiter = FOUND
        if with_delimiter:
            delimiter = st.selectbox(
                _("Delimiter"),
                list(delimiters),
                format_func=delimiters.__getitem__,
                key=draft.widget("delimiter"),
                width=220,
            )
    wanted = (
        None if encoding == FOUND else encoding,
        None if delimiter == FOUND else delimiter,
    )
    if wanted != (draft.encoding, draft.delimiter):
        try:
            material_draft.read_again(draft, *wanted)
        except QualcodeError as error:
            st.error(state.message(error), icon=":material/error:")
            return
        st.rerun()
