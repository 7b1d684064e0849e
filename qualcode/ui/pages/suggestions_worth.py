"""How suggestions have fared: taken, rejected, right at first; what a score has meant."""

from __future__ import annotations

from math import isnan

import pandas as pd
import streamlit as st

from qualcode.store.offers import CODE
from qualcode.texts import N_
from qualcode.ui import state
from qualcode.ui.pages import score_meaning
from qualcode.ui.pages.score_meaning import decimal
from qualcode.workbench.bench import Workbench
from qualcode.workbench.suggesting.statistics import Hits, TargetWorth, Worth, worth

FEWEST_CODINGS = 10
"""With and without suggestions; fewer tell nothing of the variety of codes."""

SMALL = 30
"""Below so many decided passages a share tells little."""


def show(bench: Workbench, kind: str) -> None:
    """Figures on top, then one line a code or category, then what the scores have meant."""
    _ = state.translator()
    found = worth(bench, kind)
    if not found.targets:
        _nothing_yet(kind)
        return
    _figures(found, kind)
    _targets(found.targets, kind)
    score_meaning.show(found.meaning, found.reliability, kind)


def _nothing_yet(kind: str) -> None:
    _ = state.translator()
    if kind == CODE:
        st.info(
            _("No codes have been suggested yet. They appear below the answers while you read.")
        )
        state.page_link("koodaus", _("Read and code"), icon=":material/format_ink_highlighter:")
        return
    st.info(
        _(
            "No places have been suggested yet. They appear beside the board when you choose a "
            "reduction that has no category."
        )
    )
    state.page_link("luokat", _("Categories"), icon=":material/account_tree:")


def _figures(found: Worth, kind: str) -> None:
    _ = state.translator()
    offered = sum(t.offered for t in found.targets)
    rejected = sum(t.rejected for t in found.targets)
    accepted = sum(t.accepted for t in found.targets)
    first, second, third, fourth = st.columns(4)
    first.metric(_("Offered"), offered)
    second.metric(_("Accepted"), accepted)
    third.metric(_("Chosen was the first suggestion"), share(found.top_one))
    fourth.metric(_("Chosen was among the three"), share(found.top_three))
    parts = [_("{count} rejected").format(count=rejected)]
    compared = sum(t.compared for t in found.targets)
    withheld = sum(t.withheld for t in found.targets)
    if compared:
        parts.append(
            _("{count} compared in blind mode after the coder's own decision").format(
                count=compared
            )
        )
    if withheld:
        parts.append(_("{count} withheld below the limit").format(count=withheld))
    parts.append(
        _(
            "the shares are of passages that had no code or place when the suggestions were shown "
            "and have one now (n = {count})"
        ).format(count=found.decided)
    )
    if found.decided < SMALL:
        parts.append(_("so few that the shares tell little"))
    st.caption(" · ".join(parts) + ".")
    _blind(found.blind, kind)
    if kind == CODE and min(found.codings_with, found.codings_without) >= FEWEST_CODINGS:
        st.caption(
            _(
                "Variety of codes: {with_offers} with suggestions ({n_with} codings), {without} "
                "without ({n_without}). It tells how many codes are used as if all were used "
                "alike; much lower with suggestions, and they may be steering the coding."
            ).format(
                with_offers=decimal(found.with_offers),
                n_with=found.codings_with,
                without=decimal(found.without_offers),
                n_without=found.codings_without,
            )
        )


def _blind(hits: Hits, kind: str) -> None:
    _ = state.translator()
    if not hits.decided:
        return
    own_code = N_(
        "In blind mode, told only after the coder's own decision: the coder's code was the first "
        "suggestion in {first} and among the three in {three} (n = {count}). What was changed "
        "after the comparison counts as it is now."
    )
    own_place = N_(
        "In blind mode, told only after the analyst's own decision: the analyst's place was the "
        "first suggestion in {first} and among the three in {three} (n = {count}). What was "
        "changed after the comparison counts as it is now."
    )
    told = _(own_code if kind == CODE else own_place)
    first, three = share(hits.top_one), share(hits.top_three)
    st.caption(told.format(first=first, three=three, count=hits.decided))


def _targets(targets: tuple[TargetWorth, ...], kind: str) -> None:
    _ = state.translator()
    named = _("Code") if kind == CODE else _("Category")
    first, three, error = _("Right as first"), _("Right among three"), _("Error of the chance")
    table = pd.DataFrame(
        [
            {
                named: t.name,
                _("Offered"): t.offered,
                _("Accepted"): t.accepted,
                **({_("Changed"): t.edited} if kind == CODE else {}),
                _("Given otherwise"): t.chosen - t.accepted,
                _("Rejected"): t.rejected,
                first: t.first.share,
                three: t.three.share,
                error: t.error,
            }
            for t in targets
        ]
    ).astype({first: float, three: float, error: float})
    st.dataframe(
        # Formatted so, a column is still sorted by its numbers.
        table.style.format({first: _share, three: _share, error: _distance}),
        hide_index=True,
        placeholder="–",
        height="content" if len(table) < 15 else 420,
        column_config={
            _("Changed"): st.column_config.NumberColumn(
                help=_("Another was given in its place from the suggestions.")
            ),
            _("Given otherwise"): st.column_config.NumberColumn(
                help=_("The same was given without accepting the suggestion.")
            ),
            first: st.column_config.NumberColumn(
                help=_(
                    "How often it was chosen where it was the first suggestion. Only what has been "
                    "decided on is counted."
                )
            ),
            three: st.column_config.NumberColumn(
                help=_(
                    "How often it was chosen where it was one of the three. Only what has been "
                    "decided on is counted."
                )
            ),
            error: st.column_config.NumberColumn(
                help=_(
                    "The mean distance between the chance said and the share chosen, 0–1, from the "
                    "tenth decision on, once scores are told as chances."
                )
            ),
        },
    )


def _share(value: object) -> str:
    assert isinstance(value, float), "the columns are made of numbers"
    return "" if isnan(value) else share(value)


def _distance(value: object) -> str:
    assert isinstance(value, float), "the column is made of numbers"
    return "" if isnan(value) else decimal(value, 2)


def share(value: float | None) -> str:
    """A share as it is printed; a dash while nothing has been decided."""
    return "–" if value is None else f"{round(value * 100)} %"
