"""The draft of the method chapter for the screen and for Word."""

from __future__ import annotations

from qualcode.exports import word
from qualcode.exports.report import Block, Cell, Column, Heading, Paragraph, Report, Row, Table
from qualcode.texts import gettext_for
from qualcode.workbench.bench import Workbench
from qualcode.workbench.log_numbers import numbers_in_words
from qualcode.workbench.method_chapter.counts import counts
from qualcode.workbench.method_chapter.course import course
from qualcode.workbench.method_chapter.telling import draft
from qualcode.workbench.method_chapter.told import Known, Part
from qualcode.workbench.suggesting import options
from qualcode.workbench.worth.past import past

LONGEST = 240
"""Characters of decision numbers that a cell lists; the rest is told as a count."""


def drafted(bench: Workbench, language: str) -> list[Part]:
    """The draft in ``language``, told from the study and its log as they are now."""
    study = bench.study()
    with bench.store.reading() as rows:
        known = Known(study, course(rows), counts(rows), past(rows), options.shown(study), language)
    return draft(known, gettext_for(language))


def report(bench: Workbench, language: str) -> Report:
    """The draft as a report: paragraphs under headings, and a table of what each rests on."""
    _ = gettext_for(language)
    parts, study = drafted(bench, language), bench.study()
    blocks: list[Block] = [
        Paragraph(
            _(
                "A draft made from the decision log. Go through it, add why you decided so, and "
                "leave out what the reader does not need."
            ),
            to_write=True,
        )
    ]
    rows = []
    for part in parts:
        blocks.append(Heading(part.heading, 1))
        blocks.append(Paragraph(" ".join(told.text for told in part.told)))
        rows += [
            Row((Cell(part.heading), Cell(told.text), Cell(sources(told.sources, language))))
            for told in part.told
        ]
    columns = (Column(_("Part"), 3.2), Column(_("Sentence"), 7.8), Column(_("In the log"), 5.0))
    blocks.append(Heading(_("Where the numbers come from"), 1))
    blocks.append(
        Table(
            "method_sources",
            _("Sentences of the draft and the decisions they rest on"),
            columns,
            tuple(rows),
            note=_("Numbers of decisions in the program's log. – : the study as it is now."),
        )
    )
    return Report(
        title=_("Method chapter, draft"),
        language=language,
        made_at=bench.clock(),
        blocks=tuple(blocks),
        material_language=study.language,
        subtitle=study.name,
    )


def as_word(bench: Workbench, language: str) -> bytes:
    return word.write(report(bench, language))


def sources(ids: tuple[int, ...], language: str) -> str:
    """The decisions as a reader looks them up, cut when there are very many."""
    _ = gettext_for(language)
    if not ids:
        return "–"
    listed = numbers_in_words(ids)
    if len(listed) > LONGEST:
        listed = listed[:LONGEST].rpartition(",")[0] + " …"
    return _("{numbers} ({count} in all)").format(numbers=listed, count=len(ids))
