"""The quotes chosen for the report, under their headings: ordered, edited in brackets, checked."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from qualcode.domain.categories import CategoryTree
from qualcode.domain.quotes import ChosenQuote, DoubtKind
from qualcode.store.views import ExpressionQuery
from qualcode.ui import state, turning, undo_line
from qualcode.ui.pages import quotes_list, quotes_row
from qualcode.ui.words import plain
from qualcode.workbench.bench import Workbench
from qualcode.workbench.categorising import tree
from qualcode.workbench.messages import day_and_time
from qualcode.workbench.quoting import checking, choosing
from qualcode.workbench.quoting.bank import BankRow

ROWS = 8
EDITED = "quotes:edited"
"""(segment id, the quote when the writing began) of the quote that is being edited."""


def show(bench: Workbench, place: str) -> None:
    """A page of the chosen quotes in the order they are printed in."""
    _ = state.translator()
    with bench.store.reading() as rows:
        quotes = rows.find(ChosenQuote)
    now = tree(bench)
    waiting = [quote.id for quote in quotes if not quote.is_checked]
    if not quotes:
        st.info(
            _("No quote is chosen for the report yet.")
            if bench.reviewing
            else _(
                "No quote is chosen yet. Choose them in the list of all quotes; here they are put "
                "in order, edited and checked before they are printed."
            ),
            icon=":material/format_quote:",
        )
        return
    with st.container(horizontal=True, vertical_alignment="center", key="quotes-waiting"):
        st.caption(
            _("{checked} of {all} are checked. Only checked quotes are printed.").format(
                checked=len(quotes) - len(waiting), all=len(quotes)
            ),
            width="stretch",
        )
        only = st.toggle(
            _("Only those not checked"), key=state.filter_key("quotes", "only-waiting")
        )
    order = in_order(now, [q for q in quotes if q.id in waiting] if only else quotes)
    if not order:
        st.success(_("Every chosen quote is checked."), icon=":material/check:")
        return
    key = state.filter_key("quotes", "chosen-page")
    first = turning.begins_at(key, ROWS, len(order))
    shown = [quote.id for quote in order[first : first + ROWS]]
    found = quotes_row.browse(bench, ExpressionQuery(segment_ids=tuple(shown)), 0, len(shown))
    by_id = {row.id: row for row in found.rows}
    page = [by_id[id] for id in shown if id in by_id]
    rooms = _list(now, page, order, place)
    turning.numbers(key, ROWS, len(order))
    # The list stands there before names are looked for: the first time that takes a while.
    for row in quotes_row.names_of(bench, page):
        if row.id in rooms:
            with rooms[row.id]:
                _doubts(row)
    quotes_row.follow_opened()


def _list(
    now: CategoryTree, page: list[BankRow], order: list[ChosenQuote], place: str
) -> dict[str, DeltaGenerator]:
    """The quotes under their headings; gives the room for what is to be looked at in each."""
    _ = state.translator()
    rooms, heading = {}, None
    for row in page:
        if row.heading != heading:
            heading = row.heading
            st.markdown(f"**{plain(_path(now, heading))}**")
        with st.container(border=True, gap="xxsmall", key=f"chosen-{row.id}"):
            room = _row(row, [q.id for q in order if q.category_id == row.heading], place)
            if room is not None:
                rooms[row.id] = room
                room.caption(_("Looking for names…"))
    return rooms


def in_order(now: CategoryTree, quotes: list[ChosenQuote]) -> list[ChosenQuote]:
    """By heading in the order of the tree, then as they were put; those without a heading last."""
    place = {category.id: n for n, (_, category) in enumerate(now.walk())}
    last = len(place)
    return sorted(quotes, key=lambda q: (place.get(q.category_id, last), q.position, q.id))


def _path(now: CategoryTree, category_id: str) -> str:
    _ = state.translator()
    if category_id not in now.categories:
        return _("Without a category")
    return " › ".join(category.name for category in now.path(category_id))


def _row(row: BankRow, siblings: list[str], place: str) -> DeltaGenerator | None:
    """The quote with its buttons; None while it is being edited."""
    _ = state.translator()
    quote = row.quote
    assert quote is not None, "every quote of this list is chosen"
    edited = state.chosen(EDITED)
    if edited and edited[0] == row.id and not state.reviewing():
        _editing(row, edited[1], place)
        return None
    with st.container(horizontal=True, vertical_alignment="top", gap="small"):
        quotes_row.words(row)
        quotes_row.open_button(row, "chosen")
        if not state.reviewing():
            _order_buttons(row, siblings, place)
    if quote.printed and not state.reviewing():
        st.caption(_("As written: “{text}”").format(text=plain(row.expression.text)))
    if quote.note:
        st.caption(plain(quote.note))
    room = st.empty()
    _buttons(row, quote, place)
    return room


def _doubts(row: BankRow) -> None:
    _ = state.translator()
    told = quotes_row.doubts(row)
    if not told and state.reviewing():
        st.caption(_("Nothing was found that would tell who this is."))
        return
    if not told:
        st.caption(_("Nothing was found that would tell who this is. Read it all the same."))
        return
    refused = any(doubt.kind is DoubtKind.NO_CONSENT for doubt in row.doubts)
    sign = ":material/block:" if refused else ":material/visibility:"
    st.markdown(f"{sign} {plain('; '.join(told))}")


def _order_buttons(row: BankRow, siblings: list[str], place: str) -> None:
    _ = state.translator()
    at = siblings.index(row.id) if row.id in siblings else 0
    if len(siblings) < 2:
        return
    st.button(
        _("Higher up"),
        key=f"up-{row.id}",
        icon=":material/arrow_upward:",
        type="tertiary",
        disabled=at == 0,
        on_click=_move,
        args=(row.id, row.heading, siblings[at - 1], place),
    )
    st.button(
        _("Further down"),
        key=f"down-{row.id}",
        icon=":material/arrow_downward:",
        type="tertiary",
        disabled=at == len(siblings) - 1,
        on_click=_move,
        args=(row.id, row.heading, siblings[at + 2] if at + 2 < len(siblings) else None, place),
    )


def _buttons(row: BankRow, quote: ChosenQuote, place: str) -> None:
    _ = state.translator()
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if quote.is_checked:
            told = _("Checked by {who}, {when}").format(
                who=quote.checked_by, when=day_and_time(quote.checked_at)
            )
            st.caption(f":material/check_circle: {plain(told)}", width="content")
        if state.reviewing():
            if not quote.is_checked:
                st.caption(_("Not checked yet"), width="content")
            return
        if quote.is_checked:
            st.button(
                _("Take the check back"),
                key=f"uncheck-{row.id}",
                type="tertiary",
                on_click=_check,
                args=(row.id, False, place),
            )
        else:
            st.button(
                _("It may be printed"),
                key=f"check-{row.id}",
                icon=":material/check:",
                help=_("You have read it and it does not tell who somebody is"),
                on_click=_check,
                args=(row.id, True, place),
            )
        st.button(
            _("Edit"),
            key=f"edit-{row.id}",
            icon=":material/edit:",
            type="tertiary",
            on_click=state.choose,
            args=(EDITED, (row.id, quote)),
        )
        st.button(
            _("Leave out"),
            key=f"leave-chosen-{row.id}",
            icon=":material/close:",
            type="tertiary",
            on_click=quotes_list.leave,
            args=(row.id, place),
        )
        if len(row.headings) > 1:
            _heading(row, place)


def _heading(row: BankRow, place: str) -> None:
    """Under which of its categories the quote is printed."""
    _ = state.translator()
    key = f"heading-{row.id}-{row.heading}"
    st.selectbox(
        _("Heading"),
        list(row.headings),
        index=list(row.headings).index(row.heading),
        format_func=row.headings.__getitem__,
        key=key,
        label_visibility="collapsed",
        width=240,
        on_change=_under,
        args=(row.id, key, place),
    )


def _editing(row: BankRow, seen: ChosenQuote, place: str) -> None:
    _ = state.translator()
    st.caption(_("As written: “{text}”").format(text=plain(row.expression.text)))
    st.text_area(
        _("How it is printed"),
        value=seen.shown(row.expression.text),
        key=f"printed-{row.id}",
        help=_(
            "Put into brackets what you leave out [---] or change [sibling]. Outside brackets the "
            "words stay as they were written."
        ),
    )
    st.text_input(_("Note (not printed)"), value=seen.note, key=f"note-{row.id}")
    with st.container(horizontal=True):
        st.button(
            _("Save"),
            key=f"save-{row.id}",
            type="primary",
            on_click=_save,
            args=(row.id, seen, place),
        )
        st.button(_("Cancel"), key=f"cancel-{row.id}", on_click=state.choose, args=(EDITED, None))


# --- acts ---------------------------------------------------------------------------------------


def _save(id: str, seen: ChosenQuote, place: str) -> None:
    _ = state.translator()
    bench = state.bench()
    printed = str(st.session_state[f"printed-{id}"])
    note = str(st.session_state[f"note-{id}"])
    if undo_line.attempt(
        place, lambda: checking.edit(bench, id, printed, note, seen), _("Changed.")
    ):
        state.choose(EDITED, None)


def _check(id: str, checked: bool, place: str) -> None:
    _ = state.translator()
    bench = state.bench()
    said = _("Checked for printing.") if checked else _("The check was taken back.")
    undo_line.attempt(place, lambda: checking.check(bench, [id], checked), said)


def _move(id: str, heading: str, before: str | None, place: str) -> None:
    _ = state.translator()
    bench = state.bench()
    undo_line.attempt(place, lambda: choosing.move(bench, id, heading, before), _("Moved."))


def _under(id: str, key: str, place: str) -> None:
    _ = state.translator()
    bench, heading = state.bench(), str(st.session_state[key])
    undo_line.attempt(
        place, lambda: choosing.move(bench, id, heading), _("Printed under another heading.")
    )
