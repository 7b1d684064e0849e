"""What the figures of a replay mean, in a few honest sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from qualcode.nlp.labels import LABELS
from qualcode.texts import N_

Plain = Mapping[str, Any]
Translate = Callable[[str], str]

FEW = 50
"""Fewer judged than this: the figures are wide, and it is said."""


def engine_name(engine: str, _: Translate) -> str:
    """The engine as people call it."""
    return _(LABELS[engine]) if engine in LABELS else engine


def verdict(found: Plain, _: Translate) -> list[str]:
    """What one engine's figures say, and how sure it is: for the page."""
    told = []
    groups, codes = found.get("groups"), found.get("codes")
    if groups and groups["top3"] is not None:
        low, _high = groups["intervals"]["top3"]
        told.append(_(PLACES).format(**_of_places(groups)))
        clear = low > groups["by_size"]["top3"]
        told.append(_(CLEARLY if clear else NOT_CLEARLY))
        if groups["items"] < FEW:
            told.append(_(WIDE))
    if codes and codes["recall@3"] is not None:
        told.append(_(CODES).format(**_of_codes(codes)))
    return told


PLACES = N_(
    "The right category would have been among the three offered in {three} of the placements "
    "(95 % confidence: {low}–{high}); always offering the three largest categories would have "
    "been right in {largest}."
)
CLEARLY = N_(
    "So the suggestions knew more than the sizes of the categories. Whether they saved work "
    "depends on how quickly you would have found the place yourself."
)
NOT_CLEARLY = N_(
    "The difference from offering the largest categories is not clear in this study: do not lean "
    "on the suggestions."
)
WIDE = N_("The study is small, so the figures could well have come out different.")
CODES = N_(
    "Three suggested codes would have held {three} of the codes given to a passage "
    "({low}–{high}); the first one would have been right for {first} of the passages."
)


# --- for the method chapter ---------------------------------------------------------------------


def method_paragraph(found: Plain | None, past: Plain, _: Translate) -> str:
    """Sentences for the method chapter; "" when there is nothing to tell.

    ``found`` is what one engine would have offered, ``past`` what the log tells of suggestions.
    """
    told: list[str] = []
    groups = found.get("groups") if found else None
    codes = found.get("codes") if found else None
    taken = [_taken(kind, past[kind], _) for kind in SUGGESTED if past.get(kind)]
    if not (groups or codes or taken):
        return ""
    told += taken
    if found and (groups or codes):
        told.append(_(AGAIN).format(engine=engine_name(found["engine"], _)))
        if groups and groups["top1"] is not None:
            told.append(_(AGAIN_PLACES).format(**_of_places(groups)))
        if codes and codes["hit@1"] is not None:
            told.append(_(AGAIN_CODES).format(**_of_codes(codes)))
    return " ".join(told)


def _taken(kind: str, taken: Plain, _: Translate) -> str:
    accepted, edited = taken["accepted"], taken["edited"]
    decided = accepted + taken["dismissed"]
    engines = ", ".join(engine_name(engine, _) for engine in taken["engines"])
    sentence = _(SUGGESTED[kind]).format(
        decided=decided, accepted=accepted, edited=edited, dismissed=taken["dismissed"]
    )
    return f"{sentence} {_(ENGINES).format(engines=engines)}" if engines else sentence


SUGGESTED = {
    "groups": N_(
        "Of {decided} suggested groups that were decided on, {accepted} were accepted ({edited} "
        "of them edited) and {dismissed} dismissed."
    ),
    "places": N_(
        "Of {decided} suggested places that were decided on, {accepted} were accepted and "
        "{dismissed} dismissed."
    ),
    "codes": N_(
        "Of {decided} suggested codes that were decided on, {accepted} were accepted ({edited} "
        "of them changed) and {dismissed} dismissed."
    ),
}
ENGINES = N_("They came from: {engines}.")
AGAIN = N_(
    "The finished analysis was afterwards gone through again by the program in the order in which "
    "it was made, each suggestion knowing only what had been decided before it (engine: {engine})."
)
AGAIN_PLACES = N_(
    "The right category would have been the first one offered in {first} and among the three "
    "first in {three} of the placements (95 % confidence interval {low}–{high}; {items} "
    "reductions, {groups} categories); the three largest categories would have held it in "
    "{largest}."
)
AGAIN_CODES = N_(
    "The first code offered would have been right for {first} of the coded passages, and three "
    "would have held {three} of the codes given (95 % confidence interval {low}–{high}; {items} "
    "passages, {codes} codes)."
)


def _of_places(groups: Plain) -> dict[str, object]:
    """What both sentences on places name, by its name there."""
    return {
        **_between(groups["intervals"]["top3"]),
        "first": _share(groups["top1"]),
        "three": _share(groups["top3"]),
        "largest": _share(groups["by_size"]["top3"]),
        "items": groups["items"],
        "groups": groups["groups"],
    }


def _of_codes(codes: Plain) -> dict[str, object]:
    return {
        **_between(codes["intervals"]["recall@3"]),
        "first": _share(codes["hit@1"]),
        "three": _share(codes["recall@3"]),
        "items": codes["items"],
        "codes": codes["codes"],
    }


def _between(interval: Sequence[float]) -> dict[str, str]:
    low, high = interval
    return {"low": _bare(low), "high": _share(high)}


def _bare(value: float) -> str:
    """The lower end of an interval: its unit stands after the upper end."""
    return f"{100 * value:.0f}"


def _share(value: float) -> str:
    return f"{100 * value:.0f} %"
