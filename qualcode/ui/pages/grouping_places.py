"""For a reduction without a place: the nearest subcategories, with what speaks for each."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from dataclasses import replace

import streamlit as st

from qualcode.domain.categories import CategoryTree
from qualcode.domain.coding import ReducedExpression
from qualcode.domain.errors import QualcodeError
from qualcode.domain.suggestions import Candidate, Reason, ReasonKind, Suggestion
from qualcode.store.offers import PLACE, SHOWN, WITHHELD
from qualcode.texts import N_
from qualcode.ui import state, suggestions_line
from qualcode.ui.components.told_reasons import Open, opener, told_reasons
from qualcode.ui.shared_words import marked
from qualcode.workbench import suggesting
from qualcode.workbench.bench import Workbench
from qualcode.workbench.suggesting import comparing, keeping, options

Do = Callable[[Callable[[Workbench], object], str], None]
"""Carries an act of the panel out and says what was done."""

NEARNESS = ((0.5, N_("near")), (0.2, N_("fairly near")), (0.0, N_("far")))
"""At least what share of the study's reductions are no nearer to their own category."""

WHAT_SCORES_TELL = N_(
    "Likeness to the category's name and reductions, at most 1. “Near” is as near as most "
    "placed reductions are to their own category."
)
WHAT_CHANCES_TELL = N_(
    "The percentage tells how often suggestions of such a score and place have been chosen in this "
    "study. “Near” is as near as most placed reductions are to their own category."
)


def show(
    bench: Workbench, tree: CategoryTree, reduction: ReducedExpression, do: Do, open_thing: Open
) -> None:
    """Up to three places to choose from; nothing while there are no subcategories.

    In blind mode none is shown: what would have been is kept, to be compared with the decision.
    """
    _ = state.translator()
    if suggestions_line.off(bench):
        return
    places = compared(bench)
    if places is None:
        return
    if suggestions_line.hidden(bench, _("Hidden until you have placed this yourself.")):
        comparing.look_unseen(bench, places, reduction.id)
        return
    found = places.suggest(reduction.id)
    candidates = [c for c in found.suggestion.candidates if c.target_id in tree.categories]
    if not candidates and not found.new_group:
        return
    chances = places.chances(replace(found.suggestion, candidates=tuple(candidates)))
    limit = options.unsure_below(bench.study())
    withheld = bool(chances) and chances[0] < limit
    keeping.note(
        bench,
        PLACE,
        (reduction.id, 0, 0),
        candidates,
        places.groups.engine,
        # After a rejection it is no first look, which would take the place of what was judged.
        later=places.refused(reduction.id),
        seen=WITHHELD if withheld else SHOWN,
    )
    heading = _("Nearest categories")
    st.markdown(f"**{heading}**", help=_(WHAT_CHANCES_TELL if chances else WHAT_SCORES_TELL))
    if found.new_group:
        st.caption(_("Perhaps a new category: this is not very near to any of those there are."))
    if withheld:
        unknown = _(
            "I do not know: no category is as likely as {limit} %, the limit of this study."
        )
        st.caption(unknown.format(limit=round(limit * 100)))
        return
    for n, candidate in enumerate(candidates):
        nearness = found.nearness[n] if found.nearness else None
        chance = chances[n] if chances else None
        with st.container(border=True, gap=None, key=f"near-{n}-{reduction.id}"):
            told(candidate, reduction.wording, nearness, chance)
            _buttons(reduction, candidate, found.suggestion, do)
    told_reasons(open_thing, reduction.id, words_told(candidates), texts_told(candidates))


def words_told(candidates: Sequence[Candidate]) -> list[str]:
    """The lemmas that the reasons of these places share with the reduction, each once."""
    told = (word for c in candidates for reason in c.reasons for word in reason.words)
    return list(dict.fromkeys(told))


def texts_told(candidates: Sequence[Candidate]) -> list[str]:
    """What the reasons say that share a word with the reduction: reductions and names."""
    told = (reason.text for c in candidates for reason in c.reasons if reason.words and reason.text)
    return list(dict.fromkeys(told))


def compared(bench: Workbench) -> suggesting.Places | None:
    """What is compared with: made the first time, and after that it follows what is decided."""
    _ = state.translator()
    room = st.empty()

    def progressed(done: int, all: int) -> None:
        room.progress(done / max(1, all), text=_("Comparing the reductions…"))

    try:
        with st.spinner(_("Comparing the reductions…")):
            return suggesting.places_now(bench, progressed)
    except QualcodeError as error:
        st.caption(state.message(error))
        return None
    finally:
        room.empty()


def told(
    candidate: Candidate,
    wording: str,
    nearness: float | None = None,
    chance: float | None = None,
) -> None:
    """Its name, how near it is to what ``wording`` says in a word and a number, and the reasons."""
    named = _of_kind(candidate, ReasonKind.DEFINITION)
    words = [word for reason in named for word in reason.words]
    name = marked(candidate.label, words, [wording])
    name = opener("category", candidate.target_id, name)
    near = escaped(_how_near(candidate, nearness, chance))
    st.html(
        f'<div class="place-name">{name}</div><div class="why">{near}</div>'
        f"{reasons(candidate, wording)}"
    )


def escaped(text: str) -> str:
    return html.escape(text)


def _how_near(candidate: Candidate, nearness: float | None, chance: float | None) -> str:
    _ = state.translator()
    word = next(
        (word for least, word in NEARNESS if nearness is not None and nearness >= least), ""
    )
    if chance is None:
        score = _("likeness {value}, at most 1").format(value=decimal(candidate.score))
    else:
        score = _("such a place has been chosen {percent} % of the time").format(
            percent=round(chance * 100)
        )
    parts = [*([_(word)] if word else []), score]
    for margin in _of_kind(candidate, ReasonKind.MARGIN):
        parts.append(_("{value} ahead of the next").format(value=decimal(margin.value or 0.0)))
    return " · ".join(parts)


def reasons(candidate: Candidate, wording: str) -> str:
    """The nearest reductions there as a list, with the words marked that ``wording`` shares."""
    _ = state.translator()
    nearest = _of_kind(candidate, ReasonKind.NEAREST)
    if not nearest:
        said = _("Only its name speaks for it.")
        return f'<div class="why">{escaped(said)}</div>'
    told = "".join(f"<li>{_example(reason, wording)}</li>" for reason in nearest)
    return f'<ul class="why">{told}</ul>'


def _example(reason: Reason, wording: str) -> str:
    _ = state.translator()
    said = _("“{text}”").format(text=marked(reason.text, reason.words, [wording]))
    value = f'<span class="value">{decimal(reason.value or 0.0)}</span>'
    return f"{opener('reduction', reason.ids[0], said)} {value}"


def _of_kind(candidate: Candidate, kind: ReasonKind) -> list[Reason]:
    return [reason for reason in candidate.reasons if reason.kind is kind]


def decimal(value: float) -> str:
    text = f"{value:.2f}"
    return text.replace(".", ",") if state.language() == "fi" else text


def _buttons(
    reduction: ReducedExpression, candidate: Candidate, suggestion: Suggestion, do: Do
) -> None:
    _ = state.translator()
    place, name = candidate.target_id, candidate.label
    with st.container(horizontal=True, gap="small"):
        st.button(
            _("Place here"),
            key=f"near-place-{reduction.id}-{place}",
            on_click=do,
            args=(
                lambda b: suggesting.accept_place(b, reduction.id, place, suggestion),
                _("Moved “{name}” to: {where}").format(name=reduction.wording, where=name),
            ),
        )
        st.button(
            _("Not here"),
            key=f"near-not-{reduction.id}-{place}",
            type="tertiary",
            help=_("This category is not offered for this reduction again."),
            on_click=do,
            args=(
                lambda b: suggesting.dismiss_place(b, reduction.id, place),
                _("Not offered here again: {name}").format(name=name),
            ),
        )
