"""The figures of a replay on the page: a sentence or two, a table, the course as a picture."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from qualcode.domain.codes import PALETTE
from qualcode.texts import N_
from qualcode.ui import state
from qualcode.workbench.worth.beside import Replay
from qualcode.workbench.worth.telling import engine_name, verdict

Plain = Mapping[str, Any]
Translate = Callable[[str], str]

PLACES, CODES = "groups", "codes"
TITLES = {PLACES: N_("Places of reductions"), CODES: N_("Codes of passages")}
OFFERS = {
    "groups": N_("Suggested groups"),
    "places": N_("Suggested places"),
    "codes": N_("Suggested codes"),
}
# What stands for "among three" in the figures of each kind.
THREE = {PLACES: "top3", CODES: "recall@3"}
HEIGHT = 340


def show(replay: Replay) -> None:
    """Everything found so far, the best engine's reading first; and what the log tells."""
    _ = state.translator()
    if replay.found:
        kinds = [kind for kind in TITLES if any(found[kind] for found in replay.found)]
        best = max(replay.found, key=lambda found: _three(found, kinds[0]) if kinds else 0.0)
        if len(replay.found) > 1:
            st.markdown(f"**{engine_name(best['engine'], _)}**")
        for sentence in verdict(best, _):
            st.markdown(sentence)
        for kind in kinds:
            st.subheader(_(TITLES[kind]))
            _table(replay.found, kind, _)
            _course(replay.found, kind, best["engine"], _)
    if replay.past:
        st.subheader(_("What became of the suggestions"))
        _taken(replay.past, _)


def _three(found: Plain, kind: str) -> float:
    return float((found[kind] or {}).get(THREE[kind]) or 0.0)


def _table(found: Sequence[Plain], kind: str, _: Translate) -> None:
    """One row an engine; shares with their 95 % intervals."""
    rows = []
    for worth in found:
        at = worth[kind]
        if not at:
            continue
        row = {_("Engine"): engine_name(worth["engine"], _)}
        if kind == PLACES:
            row |= {
                _("Right one first"): _share(at, "top1"),
                _("Among three"): _share(at, "top3"),
                _("Among five"): _share(at, "top5"),
                _("Largest three"): _percent(at["by_size"]["top3"]),
                _("New group noticed (AUC)"): _number(at, "new_group_auc"),
            }
        else:
            row |= {
                _("Right one first"): _share(at, "hit@1"),
                _("Codes found by three"): _share(at, "recall@3"),
                _("Mean precision"): _number(at, "mAP"),
            }
        row[_("Mean reciprocal rank")] = _number(at, "mrr")
        row[_("Chances off by")] = _chances(at)
        rows.append(row)
    st.table(rows)
    at = next(worth[kind] for worth in found if worth[kind])
    if kind == PLACES:
        told = _(
            "{items} reductions, {groups} categories. A share is of the placements whose category "
            "existed already; in brackets the 95 % confidence interval. Area under the curve: 1 is "
            "always right, 0.5 a coin."
        ).format(items=at["items"], groups=at["groups"])
    else:
        told = _(
            "{items} passages, {codes} codes. In brackets the 95 % confidence interval."
        ).format(items=at["items"], codes=at["codes"])
    chances = _(
        "Chances off by: how far the percentages beside the suggestions would have been from what "
        "was chosen, 0–1; in brackets the bare score taken for a chance."
    )
    st.caption(f"{told} {chances}")


def _course(found: Sequence[Plain], kind: str, best: str, _: Translate) -> None:
    """How often the right one was among three, along the way.

    The best engine's interval is a band; several bands on one another could not be told apart.
    """
    import plotly.graph_objects as go

    figure = go.Figure()
    name = THREE[kind]
    for number, worth in enumerate(found):
        stages = (worth[kind] or {}).get("course") or []
        if len(stages) < 2:
            continue
        colour = PALETTE[number % len(PALETTE)]
        ways = [(stage["from"] + stage["to"]) / 2 for stage in stages]
        lows = [100 * stage[f"{name}_interval"][0] for stage in stages]
        highs = [100 * stage[f"{name}_interval"][1] for stage in stages]
        label = engine_name(worth["engine"], _)
        if worth["engine"] == best:
            figure.add_scatter(
                x=[*ways, *reversed(ways)],
                y=[*highs, *reversed(lows)],
                fill="toself",
                fillcolor=_faint(colour),
                line={"width": 0},
                hoverinfo="skip",
                showlegend=False,
                legendgroup=label,
            )
        figure.add_scatter(
            x=ways,
            y=[100 * stage[name] for stage in stages],
            mode="lines+markers",
            name=label,
            legendgroup=label,
            line={"color": colour},
            hovertemplate="%{x:.0f}: %{y:.0f} %",
        )
    if not figure.data:
        return
    figure.update_layout(
        height=HEIGHT,
        margin={"l": 10, "r": 10, "t": 10, "b": 10},
        legend={"orientation": "h", "y": 1.12},
        xaxis_title=_("Placed before") if kind == PLACES else _("Coded before"),
        yaxis_title=_("Among three, %") if kind == PLACES else _("Codes found by three, %"),
        yaxis_range=[0, 102],
    )
    st.plotly_chart(figure, key=f"worth-{kind}", config={"displayModeBar": False})
    st.caption(
        _("The course of the work. The band is the 95 % confidence interval of: {engine}.").format(
            engine=engine_name(best, _)
        )
    )


def _taken(past: Plain, _: Translate) -> None:
    rows = [
        {
            "": _(OFFERS[kind]),
            _("Accepted"): str(taken["accepted"]),
            _("of them edited"): str(taken["edited"]),
            _("Dismissed"): str(taken["dismissed"]),
            _("Without a suggestion"): "–" if kind == "groups" else str(taken["by_hand"]),
            _("Engines"): ", ".join(engine_name(engine, _) for engine in taken["engines"]),
        }
        for kind, taken in past.items()
    ]
    st.table(rows)


def _share(at: Plain, name: str) -> str:
    interval = at["intervals"][name]
    if at[name] is None:
        return "–"
    return f"{_percent(at[name])} ({100 * interval[0]:.0f}–{100 * interval[1]:.0f})"


def _number(at: Plain, name: str) -> str:
    interval = at["intervals"][name]
    if at[name] is None:
        return "–"
    told = f"{at[name]:.2f} ({interval[0]:.2f}–{interval[1]:.2f})"
    return told.replace(".", ",") if state.language() == "fi" else told


def _chances(at: Plain) -> str:
    """Calibration errors: of the learned chance, and in brackets of the bare score."""
    found = at.get("calibration")
    if not found:
        return "–"
    told = f"{found['learned']:.2f} ({found['bare']:.2f})"
    return told.replace(".", ",") if state.language() == "fi" else told


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.0f} %"


def _faint(colour: str) -> str:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},0.15)"
