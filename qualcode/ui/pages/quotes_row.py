"""One quote as it is read: the words, whose they are, what they stand for, and what to look at."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from qualcode.domain.errors import QualcodeError
from qualcode.domain.quotes import Doubt, DoubtKind
from qualcode.store.views import ExpressionQuery, Page
from qualcode.texts import N_
from qualcode.ui import state
from qualcode.ui.places import open_thing
from qualcode.ui.words import plain
from qualcode.workbench import whereabouts
from qualcode.workbench.bench import Workbench
from qualcode.workbench.categorising import tree_of
from qualcode.workbench.quoting import bank
from qualcode.workbench.quoting.bank import BankRow
from qualcode.workbench.quoting.names import names_in
from qualcode.workbench.quoting.people import People, people
from qualcode.workbench.quoting.rules import rules

DOUBTS = {
    DoubtKind.NAME: N_("may be a name: {words}"),
    DoubtKind.CONTACT: N_("contact details: {words}"),
    DoubtKind.RARE: N_("few are alike: {words}"),
    DoubtKind.NO_CONSENT: N_("no consent to be quoted"),
    DoubtKind.OFTEN_QUOTED: N_("this respondent has {share} % of the chosen quotes"),
}


def browse(bench: Workbench, query: ExpressionQuery, offset: int, limit: int) -> Page[BankRow]:
    """A page of the bank; names are looked for when the rows stand there (``names_of``)."""
    with bench.store.reading() as rows:
        everyone = _people(bench.store.address, rows.revision(), bench.language, _bench=bench)
        return bank.browse(rows, tree_of(rows), everyone, query, offset, limit, bench.language)


def names_of(bench: Workbench, rows: Sequence[BankRow]) -> list[BankRow]:
    """The rows with doubts about names too; as they are, and told so, when none can be found."""
    _ = state.translator()
    try:
        names = names_in([row.shown for row in rows], bench.study().language)
    except QualcodeError as error:
        st.warning(
            _("Names could not be looked for: {why}").format(why=plain(state.message(error))),
            icon=":material/warning:",
        )
        return list(rows)
    return [bank.with_names(row, found) for row, found in zip(rows, names, strict=True)]


@st.cache_resource(show_spinner=False, max_entries=8, ttl=3600)
def _people(address: str, revision: int, language: str, _bench: Workbench) -> People:
    """Everybody of the study as it was at that revision: windows that look at it share them."""
    with _bench.store.reading() as rows:
        return people(rows, rules(_bench.study()), state.translator())


def words(row: BankRow) -> None:
    """The quote as it is printed, and under it whose it is and what it stands for."""
    _ = state.translator()
    expression = row.expression
    # Whoever reviews is told nothing that the report would not tell: no identifier of their own.
    label = whereabouts.label(state.reviewing(), expression.respondent_label)
    told = [
        f"{row.speaker} ({label})" if label and row.speaker else row.speaker or label,
        row.origin,
        expression.item_number or expression.theme,
        "; ".join(row.categories) or _("no category"),
        ", ".join(row.codes),
    ]
    reductions = "; ".join(row.reductions)
    with st.container(width="stretch", gap=None, key=f"words-{row.id}"):
        st.markdown(_("“{text}”").format(text=plain(" ".join(row.shown.split()))))
        st.caption(
            plain(" · ".join(part for part in told if part)),
            help=plain(reductions) if reductions else None,
        )


def open_button(row: BankRow, key: str) -> None:
    """The way to the answer the quote is in."""
    _ = state.translator()
    st.button(
        _("Open"),
        key=f"{key}-open-{row.id}",
        type="tertiary",
        help=_("Show in its answer"),
        on_click=open_next,
        args=("segment", row.id),
    )


def follow_opened() -> None:
    """Turns to what a button of a row opened; not from its callback, which cannot turn."""
    opened = state.chosen("quotes:opened")
    if opened:
        state.choose("quotes:opened", None)
        open_thing(*opened)


def open_next(kind: str, id: str) -> None:
    """The page turns to this thing when it is drawn next."""
    state.choose("quotes:opened", (kind, id))


def doubts(row: BankRow) -> list[str]:
    """The reasons to look before printing, in words."""
    return [doubt_in_words(doubt) for doubt in row.doubts]


def doubt_in_words(doubt: Doubt) -> str:
    _ = state.translator()
    if doubt.kind is DoubtKind.RARE and state.reviewing():
        return _("few are alike in their background")
    return _(DOUBTS[doubt.kind]).format(words=doubt.words, share=doubt.share)
