"""The figures of a replay as lines that a person reads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from qualcode.texts import N_

Plain = Mapping[str, Any]
Translate = Callable[[str], str]

PLACING = (
    ("top1", N_("the right group first")),
    ("top3", N_("among the three first")),
    ("top5", N_("among the five first")),
)
CODING = (
    ("hit@1", N_("the first one right")),
    ("recall@3", N_("found by three")),
    ("mAP", N_("mean precision")),
)
SUGGESTED = {
    "groups": N_("Suggested groups: {accepted} accepted ({edited} edited), {dismissed} dismissed"),
    "places": N_("Suggested places: {accepted} accepted ({edited} edited), {dismissed} dismissed"),
    "codes": N_("Suggested codes: {accepted} accepted ({edited} edited), {dismissed} dismissed"),
}
WIDTH = 44


def print_table(found: Plain, _: Translate) -> None:
    """What a replayed table gave."""
    print(
        _("{file}: engine {engine}, language {language}, {orders} orders").format(
            file=found["file"],
            engine=found["engine"],
            language=found["language"],
            orders=found["orders"],
        )
    )
    if found["rows"]["used_for_groups"]:
        print_groups(found, _, found["rows"]["used_for_groups"], found["groups"])
    if found["codes"] is not None:
        print_codes(found["codes"], _, found["rows"]["used_for_codes"])


def print_study(found: Plain, _: Translate) -> None:
    """What the engines would have offered in a study."""
    if found["order"] == "own":
        print(_("{study}: in the order of the work").format(study=found["study"]))
    else:
        print(_("{study}: in random orders").format(study=found["study"]))
    for engine in found["engines"]:
        print()
        print(engine["engine"])
        if engine["groups"] is not None:
            print_groups(engine["groups"], _, engine["groups"]["items"], engine["groups"]["groups"])
        if engine["codes"] is not None:
            at = engine["codes"]
            print()
            print(_("Codes for {items} texts").format(items=at["items"]))
            for name, label in CODING:
                _line(_(label), number(at[name]), _interval(at["intervals"][name]))
            print_course(at["course"], _, "hit@1", "recall@3")
    print()
    for kind, taken in found["suggestions"].items():
        print(
            _(SUGGESTED[kind]).format(
                accepted=taken["accepted"], edited=taken["edited"], dismissed=taken["dismissed"]
            )
        )


def print_groups(found: Plain, _: Translate, items: int, groups: int) -> None:
    """How early the right group would have been offered."""
    print()
    print(_("Placing {items} texts into {groups} groups").format(items=items, groups=groups))
    for name, label in PLACING:
        _line(_(label), percent(found[name]), _interval(found["intervals"][name], percent))
    by_size = _("the three largest groups would have had: {share}").format(
        share=percent(found["by_size"]["top3"])
    )
    _line(_("mean reciprocal rank"), number(found["mrr"]), _interval(found["intervals"]["mrr"]))
    print(f"  {by_size}")
    new = found["new_group_auc"]
    _line(
        _("a new group noticed (area under the curve)"),
        number(new),
        _interval(found["intervals"]["new_group_auc"]),
    )
    chances = found["calibration"]
    if chances is not None:
        _line(
            _("chances off by (calibration error)"),
            f"{chances['learned']:.3f}",
            _("the bare score by {error}").format(error=f"{chances['bare']:.3f}"),
        )
    print_course(found["course"], _, "top1", "top3")
    if "blind_ari" not in found:
        return
    print()
    print(_("Agreement of whole groupings (adjusted Rand index)"))
    _line(_("grouped blind, no names given"), number(found["blind_ari"]))
    headed = found["main_known"]
    if headed is not None:
        _line(
            _("the same when the main groups are there from the start"),
            number(headed["top1"]),
            _("among the three first {value}").format(value=number(headed["top3"])),
        )
    _line(_("placed by the groups' names alone"), number(found["names_known_ari"]))
    if found["main_ari"] is not None:
        _line(_("main groups from the real groups"), number(found["main_ari"]))


def print_codes(found: Mapping[str, Plain], _: Translate, items: int) -> None:
    """How well codes would have been offered, by how many texts had been coded."""
    print()
    print(_("Codes for {items} texts").format(items=items))
    head = _("texts coded before")
    print(f"  {head:<20}" + "".join(f"{_(label):>22}" for _name, label in CODING))
    for learnt, at in found.items():
        if not at["judged"]:
            continue
        cells = "".join(
            f"{number(at[name]) + ' ' + _interval(at['intervals'][name]):>22}"
            for name, _label in CODING
        )
        print(f"  {learnt:<20}{cells}")


def print_course(course: list[Plain], _: Translate, first: str, three: str) -> None:
    """How it went along the way."""
    if len(course) < 2:
        return
    head, one, of_three = _("placed before"), _("first"), _("among three")
    print(f"  {head:<20}{one:>16}{of_three:>18}")
    for stage in course:
        way = f"{stage['from']}–{stage['to']}"
        print(f"  {way:<20}{percent(stage[first]):>16}{percent(stage[three]):>18}")


def _line(label: str, value: str, interval: str = "") -> None:
    print(f"  {label:<{WIDTH}}{value:>8}  {interval}".rstrip())


def percent(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.0f} %"


def number(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _interval(ends: list[float] | None, told: Callable[[float | None], str] = number) -> str:
    return "" if ends is None else f"({told(ends[0]).removesuffix(' %')}–{told(ends[1])})"
