"""The report of a study: its tables, quotes and role maps, every number with its evidence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from qualcode.exports import excel, html, word
from qualcode.exports.advance import weight
from qualcode.exports.evidence import appendix
from qualcode.exports.report import Block, Heading, Paragraph, Report, Table
from qualcode.texts import N_, gettext_for
from qualcode.workbench.bench import Workbench
from qualcode.workbench.likeness import Progress
from qualcode.workbench.report_parts import (
    answers,
    categories,
    chain,
    closed,
    crossed,
    left_out,
    memos,
    quotes,
    replay,
    returned,
    roles,
    saturation,
    sides,
    suggestions,
    themes,
)
from qualcode.workbench.report_parts.behind import Behind, behind
from qualcode.workbench.report_parts.material import Material, read

__all__ = [
    "TITLES",
    "USUAL",
    "Behind",
    "Choices",
    "Section",
    "as_excel",
    "as_html",
    "as_word",
    "behind",
    "is_large",
    "report",
]


class Section(StrEnum):
    """The parts of the report, in the order they are printed."""

    EXAMPLE = chain.EXAMPLE
    CLOSED = closed.CLOSED
    SIDES = sides.SIDES
    ANSWERS = answers.ANSWERS
    CATEGORIES = categories.CATEGORIES
    SUMMARY = themes.SUMMARY
    CROSS = crossed.CROSS
    TRIANGULATION = crossed.TRIANGULATION
    QUOTES = quotes.QUOTES
    ROLE_MAPS = roles.ROLE_MAPS
    SATURATION = saturation.SATURATION
    LEFT_OUT = left_out.LEFT_OUT
    CHAIN = chain.CHAIN
    SUGGESTIONS = suggestions.SUGGESTIONS
    REPLAY = replay.REPLAY
    MEMOS = memos.MEMOS


TITLES = {
    Section.EXAMPLE: N_("Example of the analysis"),
    Section.CLOSED: N_("Closed answers"),
    Section.SIDES: N_("Rounds and groups side by side"),
    Section.ANSWERS: N_("All answers as written"),
    Section.CATEGORIES: N_("Categories"),
    Section.SUMMARY: N_("Results by theme"),
    Section.CROSS: N_("Cross-tables"),
    Section.TRIANGULATION: N_("Triangulation"),
    Section.QUOTES: N_("Results in the respondents' words"),
    Section.ROLE_MAPS: N_("Role maps"),
    Section.SATURATION: N_("Saturation"),
    Section.LEFT_OUT: N_("What is left out of the analysis"),
    Section.CHAIN: N_("The whole chain of the analysis"),
    Section.SUGGESTIONS: N_("Suggestions of codes and of places"),
    Section.REPLAY: N_("The analysis gone through again"),
    Section.MEMOS: N_("Memos"),
}
"""The heading of each section (an English msgid)."""

_UNUSUAL = (
    Section.SIDES,
    Section.ANSWERS,
    Section.CROSS,
    Section.TRIANGULATION,
    Section.SATURATION,
    Section.CHAIN,
    Section.REPLAY,
    Section.MEMOS,
)
USUAL = tuple(s for s in Section if s not in _UNUSUAL)
"""What is printed when nothing is chosen: all but the answers and the chain, which are as
long as the material, what is side by side, the wide tables of what meets what, what is computed for
it alone, and the memos, which were not written for others' eyes."""


@dataclass(frozen=True)
class Choices:
    """What a report's reader may choose.

    ``quotes_each``: quotes printed of a category (None: all). ``example_rows``: rows of the
    analysis example. ``respondent_labels``: print the respondents' own identifiers, which may tell
    who they are. ``shares``: percentages beside the counts of closed answers. ``bars``: a figure
    after each table of scales. ``themes_from``: the codebook whose codes are the themes; otherwise
    the questions' themes are used. ``only_chosen``: once quotes have been chosen, those and no
    others are printed. ``lists``: lists of tables and figures in Word; ``appendix``: what each
    number rests on; ``data``: sheets in Excel with the answers behind the numbers. ``cross``: which
    cross-tables, ``backgrounds``: by which background variables, one actor group at a time and
    guarded.
    """

    quotes_each: int | None = 10
    example_rows: int = 24
    respondent_labels: bool = False
    shares: bool = False
    bars: bool = True
    themes_from: str | None = None
    only_chosen: bool = True
    lists: bool = True
    appendix: bool = False
    data: bool = False
    cross: tuple[crossed.Cross, ...] = (crossed.Cross.THEMES, crossed.Cross.ORIGIN)
    backgrounds: tuple[str, ...] = ()


def report(
    bench: Workbench,
    language: str | None = None,
    sections: Sequence[Section | str] | None = None,
    choices: Choices | None = None,
    on_progress: Progress | None = None,
) -> Report:
    """The report of the open study in ``language``, with the ``sections`` asked for.

    A section without anything to tell is left out. ``on_progress`` is told after each section how
    many of them are done; what it raises ends the work.
    """
    language = language or bench.language
    chosen = choices or Choices()
    asked = USUAL if sections is None else tuple(Section(section) for section in sections)
    material = read(
        bench,
        language,
        show_labels=chosen.respondent_labels,
        themes_from=chosen.themes_from,
        with_memos=Section.MEMOS in asked,
        with_texts=Section.ANSWERS in asked,
    )
    _ = gettext_for(language)
    blocks: list[Block] = []
    for done, section in enumerate(Section, start=1):
        if on_progress is not None:
            on_progress(done, len(Section) + 1)
        found = _blocks(section, material, chosen, bench) if section in asked else []
        if found:
            blocks += [Heading(_(_title(section, found)), 1), *found]
    if not blocks:
        blocks.append(Paragraph(_("There is nothing to report yet.")))
    made_at = bench.clock()
    made = Report(
        title=material.study.name,
        language=language,
        made_at=made_at,
        blocks=tuple(blocks),
        traces=material.traces,
        material_language=material.study.language,
        subtitle=_("Tables and quotes of the analysis, {date}").format(
            date=_date(made_at, language)
        ),
        lists=chosen.lists,
        data=chosen.data,
    )
    if chosen.appendix:
        made = replace(made, blocks=(*made.blocks, *appendix(made)))
    return made


LARGE = 600
"""A report of so many rows and parts takes Word or Excel about a second or more to write."""


def is_large(report: Report) -> bool:
    """Whether writing its files is worth telling how far it is."""
    return weight(report) >= LARGE


def as_word(report: Report, on_progress: Progress | None = None) -> bytes:
    """The report as a Word document."""
    return word.write(report, on_progress)


def as_html(report: Report) -> bytes:
    """The report as one HTML file that works without a network."""
    return html.write(report)


def as_excel(report: Report, on_progress: Progress | None = None) -> bytes:
    """The report as an Excel workbook."""
    return excel.write(report, on_progress)


def _title(section: Section, found: Sequence[Block]) -> str:
    """The heading of the section; a survey of open questions has its forms sent and returned in
    the place of the closed answers, and no closed answers."""
    if section is Section.CLOSED and all(
        isinstance(block, Table) and block.key == returned.KEY for block in found
    ):
        return returned.ALONE
    return TITLES[section]


def _blocks(section: Section, material: Material, chosen: Choices, bench: Workbench) -> list[Block]:
    if section is Section.CLOSED:
        answered = closed.tables(material, chosen.shares, chosen.bars)
        return [*returned.table(bench, material.language), *answered]
    if section is Section.SIDES:
        return sides.tables(bench, material, chosen.shares, chosen.bars)
    if section is Section.SUGGESTIONS:
        return suggestions.told(bench, material)
    if section is Section.SATURATION:
        return saturation.told(bench, material.language)
    if section is Section.REPLAY:
        return replay.paragraph(material, bench)
    if section is Section.CROSS:
        return crossed.tables(bench, material, chosen.cross, chosen.backgrounds, chosen.themes_from)
    if section is Section.TRIANGULATION:
        return crossed.triangulated(bench, material)
    return _SECTIONS[section](material, chosen)


_SECTIONS: dict[Section, Callable[[Material, Choices], list[Block]]] = {
    Section.EXAMPLE: lambda material, chosen: chain.example(material, chosen.example_rows),
    Section.ANSWERS: lambda material, chosen: answers.tables(material),
    Section.CATEGORIES: lambda material, chosen: categories.category_table(material),
    Section.SUMMARY: lambda material, chosen: themes.summary_tables(material),
    Section.QUOTES: lambda material, chosen: quotes.quotes(
        material, chosen.quotes_each, chosen.only_chosen
    ),
    Section.ROLE_MAPS: lambda material, chosen: roles.role_maps(material),
    Section.LEFT_OUT: lambda material, chosen: left_out.tables(material),
    Section.CHAIN: lambda material, chosen: chain.chain(material),
    Section.MEMOS: lambda material, chosen: memos.table(material),
}


def _date(made_at: str, language: str) -> str:
    """The day as it is written in the language: 5.9.2026, 2026-09-05."""
    year, month, day = made_at[:10].split("-")
    return f"{int(day)}.{int(month)}.{year}" if language == "fi" else made_at[:10]
