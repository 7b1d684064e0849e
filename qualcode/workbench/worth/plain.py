"""The figures as plain values: for JSON, and for whoever prints them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from qualcode.analysis.measures import Figure
from qualcode.analysis.replay_calibration import ChanceFigures
from qualcode.analysis.replay_figures import CodeFigures, PlacingFigures, Stage
from qualcode.workbench.worth.measuring import LEARNT, GroupWorth
from qualcode.workbench.worth.of_table import TableWorth
from qualcode.workbench.worth.past import Past
from qualcode.workbench.worth.study import StudyWorth
from qualcode.workbench.worth.tables import Table

Plain = dict[str, object]

OF_GROUPS = (
    "top1", "top3", "top5", "mrr", "new_group_auc", "intervals", "by_size", "new_group_said",
    "without_repeated_texts", "calibration", "course", "blind_ari", "names_known_ari", "blind",
    "names_known", "main_known", "main_ari", "looks_an_order",
)  # fmt: skip
OF_CODES = ("hit@1", "recall@3", "mAP", "mrr")


def of_table(worth: TableWorth, table: Table) -> Plain:
    """Every figure of a table under the names that the documents give; None = not to be told."""
    sizes = Counter(row.group for row in table.grouped)
    return {
        **of_groups(worth.groups),
        "codes": None if worth.codes is None else of_codes(worth.codes),
        "rows": {
            "read": table.rows_read,
            "without_text": table.without_text,
            "used_for_groups": len(table.grouped),
            "used_for_codes": worth.coded,
            "codes_divided_by": table.codes_divided_by or None,
            "repeated_texts": table.repeated,
        },
        "groups": len(sizes),
        "groups_of_one": sum(size == 1 for size in sizes.values()),
        "frame": None
        if worth.frame is None
        else {
            "codes": len(worth.frame.codes),
            "without_definition": list(worth.frame.undefined),
            "unused": worth.frame.unused,
        },
    }


def of_study(worth: StudyWorth) -> Plain:
    """What one engine would have offered in a study."""
    return {
        "engine": worth.engine,
        "orders": worth.orders,
        "groups": None
        if worth.placing is None
        else {"items": worth.placed, "groups": worth.groups, **of_placing(worth.placing)},
        "codes": None
        if worth.coding is None
        else {
            "items": worth.coded,
            "codes": worth.codes,
            **_of_one(worth.coding.overall),
            "course": of_course(worth.coding.course, "hit@1", "recall@3"),
        },
    }


def of_past(past: Past) -> Plain:
    """How the suggestions fared, by kind, as the log tells."""
    return {
        offer.value: {
            "accepted": taken.accepted,
            "edited": taken.edited,
            "dismissed": taken.dismissed,
            "offered_first": taken.first,
            "engines": dict(taken.engines),
            "by_hand": past.by_hand.get(offer, 0),
        }
        for offer, taken in past.taken.items()
    }


def of_groups(worth: GroupWorth | None) -> Plain:
    """The figures of the groups; all of them None when there are none."""
    if worth is None:
        return dict.fromkeys(OF_GROUPS)
    return {
        **of_placing(worth.placing),
        "blind_ari": _round(worth.blind.agreement),
        "names_known_ari": _round(worth.names_known_agreement),
        "blind": {
            "items": worth.blind_items,
            "ari_right_number": _round(worth.blind.right_number),
            "ari_offered": _round(worth.blind.offered),
            "ari_purer": _round(worth.blind.purer),
            "groups_offered": worth.blind.groups,
            "left_out": _round(worth.blind.left_out),
        },
        "names_known": {
            "top1": _value(worth.names_known.first),
            "top3": _value(worth.names_known.three),
        },
        "main_known": None
        if worth.headed is None
        else {
            "top1": _value(worth.headed.first),
            "top3": _value(worth.headed.three),
            "intervals": {
                "top1": _interval(worth.headed.first),
                "top3": _interval(worth.headed.three),
            },
        },
        "main_ari": _round(worth.main_level),
        "looks_an_order": worth.looks,
    }


def of_placing(found: PlacingFigures) -> Plain:
    """The figures of placing, their intervals and their course."""
    figures = {
        "top1": found.first,
        "top3": found.three,
        "top5": found.five,
        "mrr": found.reciprocal,
        "new_group_auc": found.new_group,
    }
    return {
        **{name: _value(figure) for name, figure in figures.items()},
        "intervals": {name: _interval(figure) for name, figure in figures.items()},
        "by_size": {"top1": _value(found.by_size_first), "top3": _value(found.by_size_three)},
        "new_group_said": {
            "when_needed": _value(found.new_right),
            "when_not": _value(found.new_wrong),
        },
        "without_repeated_texts": None
        if found.unseen_first is None
        else {"top1": _value(found.unseen_first), "top3": _value(found.unseen_three)},
        "calibration": _of_chances(found.chances),
        "course": of_course(found.course, "top1", "top3"),
    }


def of_codes(found: Sequence[CodeFigures]) -> Plain:
    """The figures of the codes by the number of texts coded before; None where too few are left."""
    told = {at.learnt: _of_one(at) for at in found}
    return {str(learnt): told.get(learnt) or _none_judged() for learnt in LEARNT}


def _none_judged() -> Plain:
    return {
        **dict.fromkeys(OF_CODES),
        "intervals": dict.fromkeys(OF_CODES),
        "judged": 0,
        "calibration": None,
    }


def _of_one(at: CodeFigures) -> Plain:
    figures = dict(zip(OF_CODES, (at.hit, at.recall, at.precision, at.reciprocal), strict=True))
    return {
        **{name: _value(figure) for name, figure in figures.items()},
        "intervals": {name: _interval(figure) for name, figure in figures.items()},
        "judged": at.judged,
        "calibration": _of_chances(at.chances),
    }


def _of_chances(found: ChanceFigures | None) -> Plain | None:
    """Calibration errors: of the bare score, and of the chance learned from earlier decisions."""
    if found is None:
        return None
    return {"bare": found.bare, "learned": found.learned, "offers": found.offers}


def of_course(stages: Sequence[Stage], first: str, three: str) -> list[Plain]:
    """The course: between how many done before, and how well it went."""
    return [
        {
            "from": stage.start,
            "to": stage.end,
            first: stage.first.value,
            f"{first}_interval": _interval(stage.first),
            three: stage.three.value,
            f"{three}_interval": _interval(stage.three),
        }
        for stage in stages
    ]


def _value(figure: Figure | None) -> float | None:
    return None if figure is None else figure.value


def _interval(figure: Figure | None) -> list[float] | None:
    return None if figure is None else [figure.low, figure.high]


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
