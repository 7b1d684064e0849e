"""The tables of closed answers: one for each actor group and section of a form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from qualcode.analysis.closed_answers import (
    ItemCounts,
    count_items,
    returned_differs,
)
from qualcode.domain.documents import ClosedAnswer, ClosedState, Item, ItemKind, question_name
from qualcode.exports.diverging_bars import PRINTED, Bar, Look, draw, in_words, mark
from qualcode.exports.report import Align, Block, Cell, Column, Counted, Figure, Row, RowKind, Table
from qualcode.workbench.report_parts.closed_asked import Asked, Counts, Evidence, Words
from qualcode.workbench.report_parts.material import Material

CLOSED = "closed"
_MOST_OPTION_COLUMNS = 7
_SHARE_WIDTH = 1.55
"""Centimetres for "(100 %)" on one line."""


def tables(material: Material, shares: bool, bars: bool = True) -> list[Block]:
    """Tables 2-7 of the model study: options in columns, missing and uninterpretable apart.

    With ``bars`` each table of scales is followed by its figure.
    """
    same = material.binding.same
    answers: dict[tuple[str, str, str, str], list[ClosedAnswer]] = {}
    rows = []
    people: dict[tuple[str, str], set[str]] = {}
    for answer in material.closed:
        group = material.group_of(answer)
        item_id = same.get(answer.item_id, answer.item_id)
        row = Counts(item_id, group, answer.state.value, answer.value, answer.count)
        rows.append(row)
        answers.setdefault((item_id, group, row.state, row.value), []).append(answer)
        if answer.state is ClosedState.ANSWERED and answer.respondent_id:
            people.setdefault((item_id, group), set()).add(answer.respondent_id)
    several = {
        key: len(who)
        for key, who in people.items()
        if material.items[key[0]].kind is ItemKind.MULTIPLE_CHOICE
    }

    def evidence(item: ItemCounts, state: ClosedState, value: str | None) -> tuple[str, ...]:
        return material.cite_closed(
            answer
            for (item_id, group, its_state, its_value), found in answers.items()
            if (item_id, group, its_state) == (item.item_id, item.actor_group, state.value)
            and value in (None, its_value)
            for answer in found
        )

    binding = material.binding
    asked = Asked(rows, several, same, binding.rounds, binding.entered, binding.some_only)
    return list(blocks_of(material, asked, evidence, shares, bars, material.language))


def blocks_of(
    words: Words,
    asked: Asked,
    evidence: Evidence,
    shares: bool,
    bars: bool,
    language: str,
    look: Look = PRINTED,
) -> Iterator[Table | Figure]:
    """A table for each actor group, section and file; an item of many options has one of its own.

    A table of scales is followed by its figure when ``bars`` are wanted.
    """
    options = {item.id: item.options for item in words.items.values()}
    counted = count_items(asked.rows, options, asked.several)
    number = 0
    for (_group, section, _source), items in _sections(words, counted).items():
        small = [item for item in items if len(item.options) <= _MOST_OPTION_COLUMNS]
        if small:
            number += 1
            table = _table(words, asked, evidence, section, small, shares, number)
            yield table
            if bars and any(words.items[item.item_id].kind is ItemKind.LIKERT for item in small):
                yield figure_of(words, table, small, evidence, language, look)
        for item in items:
            if item not in small:
                number += 1
                yield _tall(words, asked, evidence, item, shares, number)


def figure_of(
    words: Words,
    table: Table,
    items: Sequence[ItemCounts],
    evidence: Evidence,
    language: str,
    look: Look,
) -> Figure:
    """The answers to the scales of a table as bars around the middle of the scale."""
    scales = [item for item in items if words.items[item.item_id].kind is ItemKind.LIKERT]
    bars = [
        Bar(
            _title(words, item),
            tuple(option.option for option in item.options),
            tuple(option.count for option in item.options),
            item.answered,
        )
        for item in scales
    ]
    return Figure(
        f"{table.key}_bars",
        table.caption,
        draw(bars, language, look),
        words._("Bars of answers. {bars}").format(bars=in_words(bars)),
        section=CLOSED,
        opens={
            mark(number, step): evidence(item, ClosedState.ANSWERED, option.option)
            for number, item in enumerate(scales)
            for step, option in enumerate(item.options)
        },
    )


def _sections(
    words: Words, counted: Iterable[ItemCounts]
) -> dict[tuple[str, str, str], list[ItemCounts]]:
    """(actor group, section, source) -> its items, in the order of the forms.

    Two forms may name a section alike, but their answers are never counted as of one.
    """

    def order(counts: ItemCounts) -> tuple[int, int, str]:
        item = words.items[counts.item_id]
        return (groups.index(counts.actor_group), item.position, item.id)

    found = list(counted)
    groups = words.groups(counts.actor_group for counts in found)
    sections: dict[tuple[str, str, str], list[ItemCounts]] = {}
    for counts in sorted(found, key=order):
        item = words.items[counts.item_id]
        key = (counts.actor_group, item.section or item.theme, item.source_id)
        sections.setdefault(key, []).append(counts)
    return sections


# --- options in columns --------------------------------------------------------------------------


def _table(
    words: Words,
    asked: Asked,
    evidence: Evidence,
    section: str,
    items: list[ItemCounts],
    shares: bool,
    number: int,
) -> Table:
    """Items in rows. An item with other options than the first ones names the columns anew."""
    _ = words._
    width = max(len(item.options) for item in items)
    first = next(item for item in items if len(item.options) == width)
    labels = tuple(option.option for option in first.options)
    columns = (
        Column(_("Question"), 4.8),
        *(
            Column(label, _option_width(items, n, shares), Align.CENTRE, counted=Counted.ANSWERS)
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
        rows.append(_item_row(words, evidence, item, width, shares))
    caption = _("{section} ({group}, {returned} forms returned)").format(
        section=section or _("Closed answers"),
        group=_whose(words, asked, items),
        returned=_returned(items),
    )
    return Table(
        f"closed_{number}",
        caption,
        columns,
        tuple(rows),
        note=_note(words, asked, items),
        counted=Counted.ANSWERS,
        warnings=_warnings(words, asked, items, shares),
        section=CLOSED,
    )


def _option_width(items: list[ItemCounts], column: int, shares: bool) -> float:
    """Centimetres for the options of a column: bare numbers need less than words or shares."""
    labels = [item.options[column].option for item in items if column < len(item.options)]
    longest = max((len(word) for label in labels for word in label.split()), default=1)
    return max(_SHARE_WIDTH if shares else 0.0, min(1.7, 0.7 + 0.16 * longest))


def _item_row(words: Words, evidence: Evidence, item: ItemCounts, width: int, shares: bool) -> Row:
    options = [
        Cell(
            option.count,
            evidence(item, ClosedState.ANSWERED, option.option),
            suffix=_share(words, option.share) if shares else "",
        )
        for option in item.options
    ]
    blank = [Cell()] * (width - len(options))
    return Row((Cell(_title(words, item)), *options, *blank, *_sums(words, evidence, item)))


def _sums(words: Words, evidence: Evidence, item: ItemCounts) -> tuple[Cell, Cell, Cell]:
    """Answered, missing, uninterpretable."""
    answered = evidence(item, ClosedState.ANSWERED, None)
    return (
        # Where one may choose many, n is people: the options together are more than they are.
        Cell(item.answered, answered, counted=Counted.RESPONDENTS if item.several else None),
        Cell(item.missing, evidence(item, ClosedState.MISSING, None)),
        Cell(item.uninterpretable, evidence(item, ClosedState.UNINTERPRETABLE, None)),
    )


# --- options in rows -----------------------------------------------------------------------------


def _tall(
    words: Words,
    asked: Asked,
    evidence: Evidence,
    item: ItemCounts,
    shares: bool,
    number: int,
) -> Table:
    """An item with so many options that they stand in rows, a table of its own."""
    _ = words._
    answers_title = words.pgettext("count", "Answers")
    rows = [
        Row(
            (
                Cell(option.option),
                Cell(
                    option.count,
                    evidence(item, ClosedState.ANSWERED, option.option),
                    suffix=_share(words, option.share) if shares else "",
                ),
            )
        )
        for option in item.options
    ]
    titles = (_("Answered (n)"), _("Missing"), _("Not interpretable"))
    for title, cell in zip(titles, _sums(words, evidence, item), strict=True):
        rows.append(Row((Cell(title), cell), kind=RowKind.TOTAL))
    caption = _("{question} ({group}, {returned} forms returned)").format(
        question=_title(words, item),
        group=_whose(words, asked, [item]),
        returned=item.returned,
    )
    return Table(
        f"closed_{number}",
        caption,
        (
            Column(_("Option"), 12.0),
            Column(answers_title, 3.0, Align.RIGHT, counted=Counted.ANSWERS),
        ),
        tuple(rows),
        note=_note(words, asked, [item]),
        counted=Counted.ANSWERS,
        warnings=_warnings(words, asked, [item], shares),
        section=CLOSED,
    )


# --- what stands below ---------------------------------------------------------------------------


def _note(words: Words, asked: Asked, items: list[ItemCounts]) -> str:
    """Missing and uninterpretable in words, who was asked at all, and the check that every form is
    accounted for."""
    _, ngettext = words._, words.ngettext
    sentences = []
    for item in items:
        name = _number(words, words.items[item.item_id])
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
        if item.missing and item.item_id in asked.some_only:
            answer, question = asked.some_only[item.item_id]
            told = _some_only(words, answer, question)
            sentences.append(told.format(item=name, answer=answer, question=question))
    if not returned_differs(items):
        check = _("In every row answered + missing + not interpretable = {n} forms returned.")
        sentences.append(check.format(n=_returned(items)))
    if any(item.several for item in items):
        sentences.append(_("Where one could choose many, the options add up to more than n."))
    return " ".join(sentences)


def _whose(words: Words, asked: Asked, items: list[ItemCounts]) -> str:
    """The actor group, and the round when the file is of one."""
    group = items[0].actor_group or words._("no actor group")
    of_round = asked.rounds.get(words.items[items[0].item_id].source_id)
    return f"{group}, {of_round}" if of_round else group


def _some_only(words: Words, answer: str, question: str) -> str:
    _ = words._
    if not question:
        return _("Question {item} was asked of some only ({answer}): others are among the missing.")
    if answer:
        return _(
            "Question {item} was asked of those who answered “{answer}” to question {question}: "
            "the others are among the missing."
        )
    return _(
        "Question {item} was asked by the answer to question {question}: the others are among the "
        "missing."
    )


def _warnings(words: Words, asked: Asked, items: list[ItemCounts], shares: bool) -> tuple[str, ...]:
    _ = words._
    warnings = []
    source = words.items[items[0].item_id].source_id
    entered = asked.entered.get((source, items[0].actor_group))
    if entered is not None and entered != _returned(items):
        told = _("{entered} forms are entered as returned, but the answers add up to {n}.")
        warnings.append(told.format(entered=entered, n=_returned(items)))
    for item in returned_differs(items):
        warning = _("Check question {item}: its answers add up to {n} forms, the others' to {all}.")
        warnings.append(
            warning.format(
                item=_number(words, words.items[item.item_id]),
                n=item.returned,
                all=_returned(items),
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


def _title(words: Words, item: ItemCounts) -> str:
    question = words.items[item.item_id]
    return question_name(question.number, question.text)


def _number(words: Words, item: Item) -> str:
    _ = words._
    return item.number or _("“{text}”").format(text=item.text)


def _share(words: Words, share: float | None) -> str:
    return "" if share is None else f" ({round(share * 100)} %)"
