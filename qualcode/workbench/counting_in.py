"""A ready table of counts on its way in: read, told, and brought into the study."""

from __future__ import annotations

from dataclasses import dataclass, replace

from qualcode.exports.plain_sheet import write_sheets
from qualcode.readers.counts import CountsRow, read_counts
from qualcode.readers.counts_sheet import read_counts_sheet
from qualcode.readers.files import extension
from qualcode.readers.problems import ReadProblem
from qualcode.texts import gettext_for
from qualcode.workbench import importing
from qualcode.workbench.bench import Workbench
from qualcode.workbench.importing import Imported

EXAMPLE = """\
Toimijaryhmä;Osio;Nro;Kysymys;1 eri mieltä;2 siltä väliltä;3 samaa mieltä;Puuttuu;Ei tulkittavissa
asiakas;Tieto;1.1;Sain riittävästi tietoa;1;3;6;1;0
asiakas;Tieto;1.2;Tiedän, keneltä kysyä;0;2;9;0;0
"""


_AGREEMENT = ("1 eri mieltä", "2", "3", "4", "5 samaa mieltä")
_FOLLOWED = {
    "Tilaisuuden palaute": (
        ("Toimijaryhmä", "Osio", "Nro", "Kysymys", *_AGREEMENT, "Puuttuu"),
        ("osallistuja", "Alueseminaari (keksitty)", "1", "Sain uutta tietoa", 0, 1, 4, 9, 6, 2),
        ("osallistuja", "Alueseminaari (keksitty)", "2", "Ehdin keskustella", 2, 5, 6, 5, 2, 2),
    ),
    "Tunnettuuskysely": (
        (
            "Toimijaryhmä",
            "Osio",
            "Nro",
            "Kysymys",
            "en lainkaan",
            "vähän",
            "hyvin",
            "Puuttuu",
        ),
        ("kuntalainen", "Tunnettuus", "1", "Kuinka hyvin tunnet mallin?", 31, 14, 5, 1),
        ("ammattilainen", "Tunnettuus", "1", "Kuinka hyvin tunnet mallin?", 4, 17, 12, 0),
    ),
    "Mediaseuranta": (
        ("Toimijaryhmä", "Osio", "Kysymys", "lehti", "radio ja tv", "verkkosivu", "some"),
        ("media", "Mediaseuranta", "Osumia tammi-kesäkuussa", 4, 1, 12, 37),
        ("media", "Mediaseuranta", "Osumia heinä-joulukuussa", 7, 0, 15, 52),
    ),
}


def example_followed() -> bytes:
    """An invented workbook of what a project follows in numbers: feedback on events, how well it
    is known, and the media. A sheet each, for each has options of its own."""
    return write_sheets(_FOLLOWED, header=1)


@dataclass(frozen=True)
class CountsRead:
    """The counted questions of a file, and what is wrong in single cells."""

    rows: tuple[CountsRow, ...]
    problems: tuple[ReadProblem, ...] = ()


def read(data: bytes, file: str) -> CountsRead:
    """The file read; raises a FileProblem that says what is wrong and what to do."""
    if extension(file) == ".json":
        return CountsRead(read_counts(data, file))
    rows, problems = read_counts_sheet(data, file)
    return CountsRead(rows, tuple(problems))


def told(found: CountsRead, language: str) -> str:
    """What would come in, in a sentence."""
    _ = gettext_for(language)
    return _("Questions {items}, answers {answers}, missing {missing}, unclear {unclear}.").format(
        items=len(found.rows),
        answers=sum(sum(row.counts.values()) for row in found.rows),
        missing=sum(row.missing for row in found.rows),
        unclear=sum(row.uninterpretable for row in found.rows),
    )


def bring_in(
    bench: Workbench,
    file: str,
    data: bytes,
    found: CountsRead,
    actor_group: str = "",
    *,
    again: bool = False,
    sent: int | None = None,
) -> Imported:
    """The counts into the study as one file; ``actor_group`` is that of rows which name none."""
    usual = actor_group.strip()
    rows = [replace(row, actor_group=row.actor_group or usual) for row in found.rows]
    return importing.import_counts(bench, file, data, rows, again=again, sent=sent)
