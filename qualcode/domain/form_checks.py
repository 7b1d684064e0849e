"""What in a form a careful reader would ask about. Warnings are values: a form may be as it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from qualcode.domain.instruments import AskedAs, FormItem, Instrument, is_numbered, number_parts
from qualcode.domain.options import compared, option_parts


class Fault(StrEnum):
    """What sort of thing to look at."""

    SAME_NUMBER = "same_number"
    MISSING_NUMBER = "missing_number"
    REPEATED_LABEL = "repeated_label"
    REPEATED_OPTION = "repeated_option"
    NO_OPTIONS = "no_options"
    OTHER_LENGTH = "other_length"
    NO_TEXT = "no_text"
    LATER_FILTER = "later_filter"
    UNKNOWN_ANSWER = "unknown_answer"
    STATED = "stated"


@dataclass(frozen=True)
class FormWarning:
    """One thing to look at. ``item_id`` is None when it concerns the whole form."""

    item_id: str | None
    fault: Fault
    values: Mapping[str, object] = field(default_factory=dict)


def warnings(form: Instrument, items: Sequence[FormItem]) -> list[FormWarning]:
    """Everything about the form that looks like a mistake, in the order of its questions.

    ``items`` are in the order of the form.
    """
    found = [*_same_numbers(items), *_missing_numbers(items)]
    for item in items:
        found += _options(item)
        if not item.text.strip():
            found.append(FormWarning(item.id, Fault.NO_TEXT))
    found += _filters(items)
    order = {item.id: n for n, item in enumerate(items)}
    found.sort(key=lambda warning: order.get(warning.item_id or "", -1))
    return [*_stated(form, items), *found]


def numbered(items: Sequence[FormItem]) -> int:
    """How many questions the form has by its own numbering."""
    return sum(is_numbered(item) for item in items)


def _stated(form: Instrument, items: Sequence[FormItem]) -> Iterator[FormWarning]:
    found = numbered(items)
    if form.stated is not None and form.stated != found:
        yield FormWarning(None, Fault.STATED, {"stated": form.stated, "found": found})


def _same_numbers(items: Sequence[FormItem]) -> Iterator[FormWarning]:
    times: dict[object, list[FormItem]] = {}
    for item in items:
        parts = number_parts(item.number)
        if parts is not None:
            times.setdefault(parts, []).append(item)
    for same in times.values():
        # The first one has the number by right.
        for item in same[1:]:
            yield FormWarning(
                item.id, Fault.SAME_NUMBER, {"number": item.number, "count": len(same)}
            )


def _missing_numbers(items: Sequence[FormItem]) -> Iterator[FormWarning]:
    """Gaps among the numbers that share all but their last part: 2.1, 2.3 -> 2.2 is missing.

    A number that is itself only the beginning of others (4 of 4.1) fills its place.
    """
    carriers: dict[tuple[int, ...], FormItem] = {}
    for item in items:
        parts = number_parts(item.number)
        if parts is not None:
            for length in range(1, len(parts[0]) + 1):
                carriers.setdefault(parts[0][:length], item)
    beside: dict[tuple[int, ...], list[int]] = {}
    for number in carriers:
        beside.setdefault(number[:-1], []).append(number[-1])
    for above, last in beside.items():
        there = sorted(set(last))
        for before, after in zip([0, *there], there, strict=False):
            if after - before > 1 and before >= 0:
                missing = range(before + 1, after)
                yield FormWarning(
                    carriers[*above, after].id,
                    Fault.MISSING_NUMBER,
                    {
                        "number": ", ".join(_written(above, n) for n in missing),
                        "before": _written(above, before) if before else "–",
                        "after": _written(above, after),
                    },
                )


def _written(above: tuple[int, ...], last: int) -> str:
    return ".".join(str(part) for part in (*above, last))


def _options(item: FormItem) -> Iterator[FormWarning]:
    if item.asked_as.is_choice and not item.options:
        yield FormWarning(item.id, Fault.NO_OPTIONS)
    steps = item.asked_as.steps
    if steps is not None and item.options and len(item.options) != steps:
        yield FormWarning(
            item.id, Fault.OTHER_LENGTH, {"found": len(item.options), "wanted": steps}
        )
    labels: dict[str, list[str]] = {}
    for option in item.options:
        _code, label = option_parts(option)
        labels.setdefault(compared(label or option), []).append(option)
    for same in labels.values():
        if len(set(same)) > 1:
            label = option_parts(same[0])[1] or same[0]
            yield FormWarning(
                item.id, Fault.REPEATED_LABEL, {"label": label, "options": "; ".join(same)}
            )
        elif len(same) > 1:
            yield FormWarning(item.id, Fault.REPEATED_OPTION, {"option": same[0]})


def _filters(items: Sequence[FormItem]) -> Iterator[FormWarning]:
    place = {item.id: n for n, item in enumerate(items)}
    by_id = {item.id: item for item in items}
    for item in items:
        for named in dict.fromkeys((item.follows, item.filter_of)):
            if named in by_id and place[named] > place[item.id]:
                number = by_id[named].number or by_id[named].text
                yield FormWarning(item.id, Fault.LATER_FILTER, {"number": number})
        asked = by_id.get(item.filter_of or "")
        if asked is None or not item.filter_value or not asked.options:
            continue
        wanted = compared(item.filter_value)
        known = {compared(part) for option in asked.options for part in option_parts(option)}
        known |= {compared(option) for option in asked.options}
        if asked.asked_as is not AskedAs.NUMBER and wanted not in known:
            yield FormWarning(
                item.id,
                Fault.UNKNOWN_ANSWER,
                {"answer": item.filter_value, "number": asked.number or asked.text},
            )
