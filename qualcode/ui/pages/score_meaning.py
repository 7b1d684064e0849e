"""What the scores of suggestions have meant: the diagram, the error, and what they rest on."""

from __future__ import annotations

import plotly.graph_objects as go
import streamlit as st

from qualcode.analysis.calibration import FEWEST, Bin, Calibration, Reliability
from qualcode.ui import state


def show(meaning: Calibration, found: Reliability, kind: str) -> None:
    """The diagram beside the errors; while too little is decided, how much is lacking."""
    _ = state.translator()
    st.subheader(_("What the scores have meant"), anchor=False)
    if not meaning.curve:
        st.caption(
            _(
                "A score is shown as a likeness until {fewest} suggestions of the engine in use "
                "have been decided on (now {count}). After that it tells how often such "
                "suggestions have been chosen in this study."
            ).format(fewest=FEWEST, count=meaning.decided)
        )
        return
    left, right = st.columns([3, 2], gap="large")
    left.plotly_chart(
        _diagram(found.bins), config={"displayModeBar": False}, key=f"reliability-{kind}"
    )
    with right:
        _errors(found)
        st.caption(
            _(
                "Rests on {count} suggestions that were chosen, left for another or rejected. Each "
                "is judged by what the others teach, never by itself."
            ).format(count=meaning.decided)
        )
        st.caption(
            _(
                "The mean distance between what was said and what was chosen, 0–1. On the diagonal "
                "the chances say what they mean; the number beside a point is how many suggestions "
                "it stands for, the line how sure its place is (95 %)."
            )
        )


def _errors(found: Reliability) -> None:
    _ = state.translator()
    before, after = st.columns(2)
    before.metric(_("Error of the bare score"), decimal(found.raw_error or 0.0, 3))
    after.metric(_("Error of the chance shown"), decimal(found.error or 0.0, 3))


def _diagram(bins: tuple[Bin, ...]) -> go.Figure:
    _ = state.translator()
    figure = go.Figure()
    figure.add_shape(type="line", x0=0, y0=0, x1=1, y1=1, line={"dash": "dot", "color": "#888888"})
    figure.add_scatter(
        x=[one.said for one in bins],
        y=[one.chosen for one in bins],
        error_y={
            "array": [one.high - one.chosen for one in bins],
            "arrayminus": [one.chosen - one.low for one in bins],
            "thickness": 1,
            "width": 3,
        },
        text=[str(one.count) for one in bins],
        mode="markers+text",
        textposition="middle right",
        hovertemplate="%{x:.0%} → %{y:.0%} (%{text})<extra></extra>",
    )
    axis = {"range": [-0.04, 1.05], "tickformat": ".0%"}
    figure.update_layout(
        xaxis={**axis, "title": _("Chance said")},
        yaxis={**axis, "title": _("Chosen")},
        height=320,
        margin={"l": 50, "r": 10, "t": 10, "b": 45},
        showlegend=False,
    )
    return figure


def decimal(value: float, places: int = 1) -> str:
    """A number with the decimal sign of the reader's language."""
    text = f"{value:.{places}f}"
    return text.replace(".", ",") if state.language() == "fi" else text
