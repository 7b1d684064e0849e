"""The title above the notes, such as "Muistiinpanot, pöytä 2": it may name the table."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from qualcode.domain.workshops import quadrant_of
from qualcode.readers.tables import Sheet
from qualcode.readers.workshop.titles import LONGEST_HEADING, Label, Title, label_of

_LONGEST = 2 * LONGEST_HEADING
_TABLE = re.compile(
    r"\b(?:(?P<kind>pöytä|pöydän|poyta|table|bord)\s*(?:nro|no|n:o)?\s*[:.\-–]?\s*"
    r"(?P<name>\d{1,2}|[A-ZÅÄÖ])|(?P<first>\d{1,2})\.\s*(?:pöytä|pöydän))\b",
    re.IGNORECASE,
)
_ROUND = re.compile(
    r"\b(?:(?P<kind>kierros|kierroksen|round|runda|omgång)\s*[:.\-–]?\s*(?P<name>\d{1,2})"
    r"|(?P<first>\d{1,2})\.\s*(?:kierros|kierroksen))\b",
    re.IGNORECASE,
)
_CALLED = re.compile(
    r"^(?:(?:työpajan |tulevaisuusverstaan )?(?:muistiinpano(?:t|ja)?|lap(?:ut|puja)"
    r"|havainno(?:t|inti)|palau(?:te|tteet)|odotu(?:s|kset)|roolimuotoilu)"
    r"|swot\b(?:[- ]?(?:analyysi|analys|analysis|taulukko|nelikenttä|muistiinpanot|notes"
    r"|anteckningar))?|notes|anteckningar|työpaja|workshop"
    r"|learning cafe|oppimiskahvila|tulevaisuusverstas|observations?|observationer|feedback|respons"
    r"|expectations?|förväntningar)(?!\w)",
    re.IGNORECASE,
)
# What may stand after it: a date, a number, an observer, a person's words never.
_BESIDE = re.compile(
    r"\b(?:havainnoija|observer|observatör)\s*(?:\d{1,2}|[A-ZÅÄÖ])?\b|\b(?:klo|kl|nro|no)\b"
    r"|\b(?:tammi|helmi|maalis|huhti|touko|kesä|heinä|elo|syys|loka|marras|joulu)kuu(?:ta|n|ssa)?\b"
    r"|\b(?:januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december"
    r"|january|february|march|may|june|july|august|october)\b"
    r"|\b(?:ma|ti|ke|to|pe|la|su|(?:maanan|tiis|tors|perjan|lauan|sunnun)tai|keskiviikko)\b|\d+",
    re.IGNORECASE,
)
_VERBS = re.compile(r"\b(?:on|oli|ovat|olivat|är|var|is|was|were)\b", re.IGNORECASE)
_MOST_BEFORE_A_PLACE = 4
_MOST_WORDS = 9
_BASIC = {"pöydän": "pöytä", "kierroksen": "kierros"}


def title_line(lines: Sequence[str], shown: Collection[str] = ()) -> int | None:
    """Which line is the title: the first one, when it is called or shown as a title is.

    >>> title_line(["", "Muistiinpanot, pöytä 2", "Vahvuudet", "aika"])
    1
    >>> title_line(["kahvi oli hyvää", "Vahvuudet", "aika"]) is None
    True
    """
    first = next((n for n, line in enumerate(lines) if line.strip()), None)
    if first is None:
        return None
    line = lines[first].strip().strip("#*").strip()
    is_label_or_quadrant = label_of(line) is not None or quadrant_of(line.partition(":")[0])
    if len(line) > _LONGEST or is_label_or_quadrant or line.endswith("?"):
        return None
    is_title = (
        _is_called(line)
        or _names_a_place(line)
        or (line in shown and is_over_a_title(lines, first, shown))
    )
    return first if is_title and len(line.split()) <= _MOST_WORDS else None


def _is_called(line: str) -> bool:
    """Whether it is called what notes are, and goes on with where and when they are from alone.

    >>> _is_called("Havainnot (havainnoija 1), 12.3.2026"), _is_called("Palaute – tosi hyvä päivä")
    (True, False)
    """
    called = _CALLED.match(line)
    if called is None:
        return False
    left = _ROUND.sub(" ", _TABLE.sub(" ", line[called.end() :]))
    return not re.search(r"\w", _BESIDE.sub(" ", left))


def _names_a_place(line: str) -> bool:
    """Whether it ends with the table or the round after a few words of no sentence.

    >>> _names_a_place("Syksyn ilta, pöytä 2"), _names_a_place("paras oli pöytä 2")
    (True, False)
    """
    places = [found for p in (_TABLE, _ROUND) if (found := p.search(line))]
    if not places or re.search(r"\w", line[max(found.end() for found in places) :]):
        return False
    before = line[: min(found.start() for found in places)]
    return len(before.split()) <= _MOST_BEFORE_A_PLACE and not _VERBS.search(before)


def is_over_a_title(lines: Sequence[str], n: int, shown: Collection[str]) -> bool:
    """Whether another title follows at once: what has notes under it is a heading of theirs."""
    under = next((line.strip() for line in lines[n + 1 :] if line.strip()), "")
    return under in shown or label_of(under) is not None or quadrant_of(under) is not None


def table_and_round(title: str) -> tuple[str, str]:
    """What the title says of where the notes are from, in the words of a label.

    >>> table_and_round("Muistiinpanot, 2. pöytä (kierros 1)")
    ('Pöytä 2', 'Kierros 1')
    """
    return _label(_TABLE.search(title), "pöytä"), _label(_ROUND.search(title), "kierros")


def without_place(title: str) -> str:
    """The title without the table and the round it names.

    >>> without_place("Pöytä 1 - Vahvuudet"), without_place("Uhat (pöytä 2, kierros 1)")
    ('Vahvuudet', 'Uhat')
    """
    left = _ROUND.sub(" ", _TABLE.sub(" ", title))
    return left if left == title else " ".join(re.findall(r"[^\W\d_]+", left))


def labels_in_titles(sheet: Sheet, titles: Sequence[Title]) -> Iterator[Label]:
    """The table and the round that texts above the first quadrant tell along with other words."""
    top = min((title.row for title in titles), default=0)
    for number, row in zip(sheet.row_numbers, sheet.rows, strict=True):
        for column, cell in enumerate(row if number < top else ()):
            if label_of(cell) is None and _names_a_place(cell):
                table, round_ = table_and_round(cell)
                yield from (Label(number, column, table, False),) if table else ()
                yield from (Label(number, column, round_, True),) if round_ else ()


def _label(found: re.Match[str] | None, otherwise: str) -> str:
    if found is None:
        return ""
    word = (found["kind"] or otherwise).casefold()
    return f"{_BASIC.get(word, word).capitalize()} {(found['name'] or found['first']).upper()}"
