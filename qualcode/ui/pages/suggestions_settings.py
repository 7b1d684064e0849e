"""How suggestions are shown in this study; every change is an act that the log keeps."""

from __future__ import annotations

import streamlit as st

from qualcode.domain.codes import Code
from qualcode.domain.documents import Item, ItemKind, question_name
from qualcode.texts import N_
from qualcode.ui import coding_view, state
from qualcode.workbench.bench import Workbench
from qualcode.workbench.suggesting import options
from qualcode.workbench.suggesting.options import FAVOURED, LEFT_OUT, PLAIN, Shown

TITLES = {
    Shown.SHOWN: N_("Shown while working"),
    Shown.BLIND: N_("Blind: shown only after one's own decision"),
    Shown.OFF: N_("Switched off"),
}


def show(bench: Workbench) -> None:
    _ = state.translator()
    study = bench.study()
    now = options.shown(study)
    chosen = st.radio(
        _("Suggestions of codes and of places"),
        list(Shown),
        index=list(Shown).index(now),
        format_func=lambda how: _(TITLES[how]),
        key=f"suggestions-shown-{now.value}",
        help=_(
            "Holds for everybody in the study: for codes of answers, places of reductions, groups "
            "and merging. In blind mode the suggestions are compared with what was decided alone; "
            "switched off, nothing is compared at all. The report says how it was."
        ),
    )
    wished = Shown(chosen or now)
    if wished != now:
        options.set_shown(bench, wished)
        state.notify(_("Saved."))
        st.rerun()
    _limit(bench)
    _questions(bench)


def _limit(bench: Workbench) -> None:
    _ = state.translator()
    now = round(options.unsure_below(bench.study()) * 100)
    key = f"suggestions-limit-{now}"

    def save() -> None:
        options.set_unsure_below(bench, float(st.session_state[key]) / 100)
        state.notify(_("Saved."))

    st.slider(
        _("Suggest nothing below this chance (%)"),
        0,
        90,
        value=min(90, now),
        step=5,
        key=key,
        on_change=save,
        width=420,
        help=_(
            "When even the first suggestion has been chosen more seldom than this at such scores, "
            "“I do not know” is said instead, of codes and of places. Works once enough "
            "suggestions have been decided on."
        ),
    )


def _questions(bench: Workbench) -> None:
    """Which codes are suggested for a question: the question often decides the theme."""
    _ = state.translator()
    with bench.store.reading() as rows:
        items = sorted(rows.find(Item, kind=ItemKind.OPEN), key=lambda i: (i.position, i.id))
        codes, _books = coding_view.codes_in_use(rows)
    st.subheader(_("Codes for a question"), anchor=False)
    if not items or not codes:
        st.caption(_("Needs open questions and a codebook in use."))
        return
    names = {item.id: question_name(item.number, item.text) for item in items}
    item_id = st.selectbox(
        _("Question"),
        [item.id for item in items],
        format_func=lambda id: names[id],
        key="suggestions-question",
    )
    _weights(bench, str(item_id), codes)


def _weights(bench: Workbench, item_id: str, codes: list[Code]) -> None:
    _ = state.translator()
    kept = options.weights(bench.study(), item_id)
    labels = {code.id: code.label(bench.language) for code in codes}

    def of(weight: float) -> list[str]:
        return [id for id in labels if kept.get(id, PLAIN) == weight]

    with st.form(f"weights-{item_id}-{hash(tuple(sorted(kept.items())))}", border=True):
        left_out = st.multiselect(
            _("Not suggested"),
            list(labels),
            default=of(LEFT_OUT),
            format_func=labels.__getitem__,
            placeholder=_("Choose codes"),
        )
        favoured = st.multiselect(
            _("Before others"),
            list(labels),
            default=of(FAVOURED),
            format_func=labels.__getitem__,
            placeholder=_("Choose codes"),
        )
        if st.form_submit_button(_("Save")):
            wished = dict.fromkeys(favoured, FAVOURED) | dict.fromkeys(left_out, LEFT_OUT)
            options.set_weights(bench, item_id, wished)
            state.notify(_("Saved."))
            st.rerun()
