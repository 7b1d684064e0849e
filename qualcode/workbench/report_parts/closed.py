"""The tables of closed answers: one for each actor group and section of a form."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from qualcode.analysis.closed_answers import ItemCounts, count_items, returned_differs
from qualcode.domain.documents import ClosedAnswer, ClosedState, Item, ItemKind
from qualcode.exports.report import Align, Block, Cell, Column, Counted, Row, RowKind, Table
from qualcode.workbench.report_parts.material import Material

CLOSED = "closed"
_MOST_OPTION_COLUMNS = 7

Answers = dict[tuple[str, str, str, str], list[ClosedAnswer]]


@dataclass(frozen=True)
class _Counted:
    """One closed answer as ``analysis`` counts it."""

    item_id: str
    actor_group: str
    state: str
    value: str
    count: int


def tables(material: Material, shares: bool) -> list[Block]:
    """Tables 2-7 of the model study: options in columns, missing and uninterpretable apart."""
    answers: Answers = {}
    rows = []
    people: dict[tuple[str, str], set[str]] = {}
    for answer in material.closed:
        group = _group(material, answer)
        row = _Counted(answer.item_id, group, answer.state.value, answer.value, answer.count)
        rows.append(row)
        answers.setdefault((row.item_id, group, row.state, row.value), []).append(answer)
        if answer.state is ClosedState.ANSWERED and answer.respondent_id:
            people.setdefault((row.item_id, group), set()).add(answer.respondent_id)
    several = {
        key: len(who)
        for key, who in people.items()
        if material.items[key[0]].kind is ItemKind.MULTIPLE_CHOICE
    }
    options = {item.id: item.options for item in material.items.values()}
    counted = count_items(rows, options, several)
    blocks: list[Block] = []
    for (group, section, _source), items in _sections(material, counted).items():
        small = [item for item in items if len(item.options) <= _MOST_OPTION_COLUMNS]
        if small:
            blocks.append(_table(material, answers, group, section, small, shares, len(blocks)))
        for item in items:
            if item not in small:
                blocks.append(_tall(material, answers, section, item, shares, len(blocks)))
    return blocks


def _group(material: Material, answer: ClosedAnswer) -> str:
    if answer.actor_group or answer.respondent_id is None:
        return answer.actor_group
    return material.respondents[answer.respondent_id].actor_group


def _sections(
    material: Material, counted: Iterable[ItemCounts]
) -> dict[tuple[str, str, str], list[ItemCounts]]:
    """(actor group, section, source) -> its items, in the order of the forms.

    Two forms may name a section alike, but their answers are never counted as of one.
    """

    def order(counts: ItemCounts) -> tuple[int, int, str]:
        item = material.items[counts.item_id]
        return (groups.index(counts.actor_group), item.position, item.id)

    found = list(counted)
    groups = material.groups(counts.actor_group for counts in found)
    sections: dict[tuple[str, str, str], list[ItemCounts]] = {}
    for counts in sorted(found, key=order):
        item = material.items[counts.item_id]
        key = (counts.actor_group, item.section or item.theme, item.source_id)
        sections.setdefault(key, []).append(counts)
    return sections


# --- options in columns --------------------------------------------------------------------------


def _table(
    material: Material,
    answers: Answers,
    group: str,
    section: str,
    items: list[ItemCounts],
    shares: bool,
    number: int,
) -> Table:
    """Items in rows. An item with other options than the first ones names the columns anew."""
    _ = material._
    width = max(len(item.options) for item in items)
    first = next(item for item in items if len(item.options) == width)
    labels = tuple(option.option for option in first.options)
    columns = (
        Column(_("Question"), 4.8),
        *(
            Column(label, _option_width(items, n), Align.CENTRE, counted=Counted.ANSWERS)
            for n, label in enumerate(labels)
        ),
        Column(_("Answered (n)"), 1.7, Align.CENTRE, counted=Counted.ANSWERS),
        Column(_("Missing"), 1.6, Align.CENTRE, counted=Counted.ANSWERS),
        Column(_("Not interpretable"), 1.8, Align.CENTRE, counted=Counted.ANSWERS),
    )
    rows = []
    shown = labels
    for item in items:
        own = tuple(option.option for option in item.options)
        if own != shown:
            blank = [""] * (width - len(own))
            rows.append(
                Row(
                    tuple(Cell(text) for text in ("", *own, *blank, "", "", "")),
                    kind=RowKind.LABELS,
                )
            )
            shown = own
        rows.append(_item_row(material, answers, item, width, shares))
    caption = _("{section} ({group}, {returned} forms returned)").format(
        section=section or _("Closed answers"),
        group=group or _("no actor group"),
        returned=_returned(items),
    )
    return Table(
        f"closed_{number + 1}",
        caption,
        columns,
        tuple(rows),
        note=_note(material, items),
        counted=Counted.ANSWERS,
        warnings=_warnings(material, items, shares),
        section=CLOSED,
    )


def _option_width(items: list[ItemCounts], column: int) -> float:
    """Centimetres for the options of a column: bare numbers need less than words."""
    labels = [item.options[column].option for item in items if column < len(item.options)]
    longest = max((len(word) for label in labels for word in label.split()), default=1)
    return min(1.7, 0.7 + 0.16 * longest)


def _item_row(
    material: Material, answers: Answers, item: ItemCounts, width: int, shares: bool
) -> Row:
    options = [
        Cell(
            option.count,
            _evidence(material, answers, item, ClosedState.ANSWERED, option.option),
            suffix=_share(material, option.share) if shares else "",
        )
        for option in item.options
    ]
    blank = [Cell()] * (width - len(options))
    return Row((Cell(_title(material, item)), *options, *blank, *_sums(material, answers, item)))


def _sums(material: Material, answers: Answers, item: ItemCounts) -> tuple[Cell, Cell, Cell]:
    """Answered, missing, uninterpretable."""
    answered = _evidence(material, answers, item, ClosedState.ANSWERED)
    return (
        # Where one may choose many, n is people: the options together are more than they are.
        Cell(item.answered, answered, counted=Counted.RESPONDENTS if item.several else None),
        Cell(item.missing, _evidence(material, answers, item, ClosedState.MISSING)),
        Cell(item.uninterpretable, _evidence(material, answers, item, ClosedState.UNINTERPRETABLE)),
    )


# --- options in rows -----------------------------------------------------------------------------


def _tall(
    material: Material,
    answers: Answers,
    section: str,
    item: ItemCounts,
    shares: bool,
    number: int,
) -> Table:
    """An item with so many options that they stand in rows, a table of its own."""
    _ = material._
    answers_title = material.pgettext("count", "Answers")
    rows = [
        Row(
            (
                Cell(option.option),
                Cell(
                    option.count,
                    _evidence(material, answers, item, ClosedState.ANSWERED, option.option),
                    suffix=_share(material, option.share) if shares else "",
                ),
            )
        )
        for option in item.options
    ]
    titles = (_("Answered (n)"), _("Missing"), _("Not interpretable"))
    for title, cell in zip(titles, _sums(material, answers, item), strict=True):
        rows.append(Row((Cell(title), cell), kind=RowKind.TOTAL))
    caption = _("{question} ({group}, {returned} forms returned)").format(
        question=_title(material, item),
        group=item.actor_group or _("no actor group"),
        returned=item.returned,
    )
    return Table(
        f"closed_{number + 1}",
        caption,
        (
            Column(_("Option"), 12.0),
            Column(answers_title, 3.0, Align.RIGHT, counted=Counted.ANSWERS),
        ),
        tuple(rows),
        note=_note(material, [item]),
        counted=Counted.ANSWERS,
        warnings=_warnings(material, [item], shares),
        section=CLOSED,
    )


# --- what stands below ---------------------------------------------------------------------------


def _note(material: Material, items: list[ItemCounts]) -> str:
    """Missing and uninterpretable in words, and the check that every form is accounted for."""
    _, ngettext = material._, material.ngettext
    sentences = []
    for item in items:
        name = _number(material.items[item.item_id])
        if item.missing:
            text = ngettext(
                "Question {item}: {n} answer is missing.",
                "Question {item}: {n} answers are missing.",
                item.missing,
            )
            sentences.append(text.format(item=name, n=item.missing))
        if item.uninterpretable:
            text = ngettext(
                "Question {item}: {n} answer cannot be interpreted.",
                "Question {item}: {n} answers cannot be interpreted.",
                item.uninterpretable,
            )
            sentences.append(text.format(item=name, n=item.uninterpretable))
    if not returned_differs(items):
        check = _("In every row answered + missing + not interpretable = {n} forms returned.")
        sentences.append(check.format(n=_returned(items)))
    if any(item.several for item in items):
        sentences.append(_("Where one could choose many, the options add up to more than n."))
    return " ".join(sentences)


def _warnings(material: Material, items: list[ItemCounts], shares: bool) -> tuple[str, ...]:
    _ = material._
    warnings = []
    for item in returned_differs(items):
        warning = _("Check question {item}: its answers add up to {n} forms, the others' to {all}.")
        warnings.append(
            warning.format(
                item=_number(material.items[item.item_id]), n=item.returned, all=_returned(items)
            )
        )
    if any(item.small for item in items):
        least = min(item.answered for item in items)
        warning = (
            _("Few answered (n = {n} at the least): a share of so few says little.")
            if shares
            else _("Few answered (n = {n} at the least): no shares should be told of so few.")
        )
        warnings.append(warning.format(n=least))
    return tuple(warnings)


def _returned(items: list[ItemCounts]) -> int:
    sums = [item.returned for item in items]
    return max(sums, key=lambda n: (sums.count(n), n))


def _title(material: Material, item: ItemCounts) -> str:
    question = material.items[item.item_id]
    return f"{question.number} {question.text}".strip()


def _number(item: Item) -> str:
    return item.number or f"“{item.text}”"


def _share(material: Material, share: float | None) -> str:
    return "" if share is None else f" ({round(share * 100)} %)"


def _evidence(
    material: Material,
    answers: Answers,
    item: ItemCounts,
    state: ClosedState,
    value: str | None = None,
) -> tuple[str, ...]:
    """Ids of the answers counted: those of one option, or all of a state."""
    found = [
        answer
        for (item_id, group, its_state, its_value), rows in answers.items()
        if (item_id, group, its_state) == (item.item_id, item.actor_group, state.value)
        and value in (None, its_value)
        for answer in rows
    ]
    return material.cite_closed(found)
