"""What may be a title and may be a note: "uhka 1" under "Uhat", or the first line of a document.

Each has a guess, and a person says in the preview what it is.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from qualcode.domain.workshops import Quadrant, quadrant_of
from qualcode.readers.problems import ReadProblem
from qualcode.readers.tables import Sheet
from qualcode.readers.workshop.titles import Title, label_of
from qualcode.texts import N_

A_NOTE = "note"
"""It looks like a heading, but is one of the notes."""
THE_TITLE = "title"
"""It tells what the notes are and from which table; it is none of them."""

READ_AS_NOTE = N_(
    "“{title}” is a word for a quadrant, but was read as a note. If it is a heading, choose what "
    "it means before the notes come in."
)
READ_AS_QUADRANT = N_(
    "“{title}” was read as the heading of a quadrant. If it is a note, choose so before the notes "
    "come in."
)
READ_AS_TITLE = N_(
    "“{title}” was read as the title of the notes, and is none of them. If it is a note, choose so "
    "before the notes come in."
)
TITLE_KEPT = N_(
    "“{title}” looks like the title of the notes, but came in as a note: nothing is left out "
    "without asking."
)

_ONE = re.compile(
    r"\b(?:vahvuus|heikkous|mahdollisuus|uhka|uhkakuva|riski|vaara|styrka|svaghet|brist|möjlighet|"
    r"chans|hotbild|risk|strength|weakness|limitation|opportunity|possibility|threat)\b",
    re.IGNORECASE,
)
_MARKED = re.compile(r"^\s*#|^\s*\*\*.+\*\*\s*$|:\s*$")


@dataclass(frozen=True)
class Doubt:
    """``written`` are the lines or cells that one choice decides, ``guess`` how they are read."""

    key: str
    written: tuple[str, ...]
    guess: str


def key_of(written: str) -> str:
    """What one choice decides: "uhka 1" and "uhka 2" together.

    >>> key_of("- Uhka 2.")
    'uhka'
    """
    return " ".join(re.findall(r"[^\W\d_]+", written)).casefold()


def is_one_of_many(written: str) -> bool:
    """Whether it names one strength or one threat and is not marked as a title.

    >>> is_one_of_many("uhka 1"), is_one_of_many("Uhat"), is_one_of_many("Uhka:")
    (True, False, False)
    """
    is_marked = _MARKED.search(written) is not None
    return not is_marked and quadrant_of(written) is not None and bool(_ONE.search(written))


def doubtful_lines(lines: Sequence[str], shown: Collection[str] = ()) -> dict[int, str]:
    """Index of a line that is only the word of a quadrant -> the guess: that quadrant or A_NOTE.

    The rule: where a table's notes have a surer title for the quadrant, it is a note. So is one
    that has nothing under it, but for the first of its quadrant at a table that calls every
    quadrant so ("Vahvuus", "Heikkous"). Over notes it is a title. Nothing is doubtful where all
    the tables call every quadrant so, once.
    """
    named = {
        n: quadrant
        for n, line in enumerate(lines)
        if (quadrant := quadrant_of(line.strip().strip("#*").strip())) is not None
    }
    rank = {n: _rank(lines[n], shown) for n in named}
    places = _places(lines, named)
    sure_tables = {places[n][0] for n in named if not rank[n]}
    best: dict[tuple[int, Quadrant], int] = {}
    first: dict[tuple[int, Quadrant], int] = {}
    for n, place in places.items():
        best[place] = min(rank[n], best.get(place, rank[n]))
        first.setdefault(place, n)
    repeated = {place for n, place in places.items() if first[place] != n}
    found = {}
    for n, quadrant in named.items():
        if not rank[n]:
            continue
        place = places[n]
        is_plain = place[0] not in sure_tables and first[place] == n
        is_over_notes = is_plain or _has_something_under(lines, n, named)
        if rank[n] > best[place] or not is_over_notes:
            found[n] = A_NOTE
        elif sure_tables or place in repeated:
            found[n] = quadrant.value
    return found


def doubtful_cells(sheet: Sheet, titles: Sequence[Title]) -> dict[tuple[int, int], str]:
    """(row, column) of a cell that is only the word of a quadrant -> the guess: A_NOTE.

    Either a surer title of its table names the quadrant, or the title right above it does, so
    that what follows it belongs there in any case; and it stands in no row of titles. A row of
    labels alone ("Pöytä 2") begins the next table.
    """
    begun = list(_rows_of_labels(sheet))
    sure = [title for title in titles if not is_one_of_many(title.text)]
    found = {}
    for title in titles:
        if not is_one_of_many(title.text):
            continue
        table = bisect(begun, title.row)
        above = [
            one
            for one in titles
            if bisect(begun, one.row) == table
            and one.row <= title.row
            and one.column <= title.column
            and (one.row, one.column) not in found
            and one is not title
        ]
        is_sure = title.quadrant in {s.quadrant for s in sure if bisect(begun, s.row) == table}
        is_right_above = _right_above(above, title) == title.quadrant
        beside = {one.quadrant for one in titles if one.row == title.row} - {title.quadrant}
        is_alone = not beside and is_sure and any(one in sure for one in above)
        if is_alone or (len(beside) <= 1 and is_right_above):
            found[title.row, title.column] = A_NOTE
    return found


def keys_of(guesses: Sequence[tuple[str, str]]) -> list[str]:
    """By which key each (what is written, how it is read) is decided.

    A word that is read as a title here and as a note there is decided apart.

    >>> keys_of([("Uhka", "threats"), ("uhka", "note"), ("riski", "note")])
    ['uhka', 'uhka (note)', 'riski']
    """
    titles = {key_of(written) for written, guess in guesses if guess != A_NOTE}
    return [
        f"{key} ({A_NOTE})" if guess == A_NOTE and key in titles else key
        for key, guess in ((key_of(written), guess) for written, guess in guesses)
    ]


def doubts_of(guesses: Iterable[tuple[str, str]]) -> tuple[Doubt, ...]:
    """(what is written, how it is read) -> what a person is asked, once for each word and guess."""
    found = list(guesses)
    written: dict[str, list[str]] = defaultdict(list)
    guess: dict[str, str] = {}
    for key, (text, guessed) in zip(keys_of(found), found, strict=True):
        written[key].append(text.strip())
        guess.setdefault(key, guessed)
    return tuple(
        Doubt(key, tuple(dict.fromkeys(texts)), guess[key]) for key, texts in written.items()
    )


def tell_title_kept(row: int, written: str) -> ReadProblem:
    return ReadProblem(row, "", TITLE_KEPT, {"title": written.strip()})


def tell_doubt(row: int | None, column: str, written: str, guess: str) -> ReadProblem:
    said = {A_NOTE: READ_AS_NOTE, THE_TITLE: READ_AS_TITLE}.get(guess, READ_AS_QUADRANT)
    return ReadProblem(row, column, said, {"title": written.strip()})


def _rank(line: str, shown: Collection[str]) -> int:
    """0 for a sure title, 1 for "Uhka" and 2 for "uhka" or "Uhka 1"."""
    if line.strip() in shown or not is_one_of_many(line):
        return 0
    return 2 if _begins_small(line) or re.search(r"\d", line) else 1


def _begins_small(line: str) -> bool:
    letters = re.sub(r"[\W\d_]+", "", line)
    return letters[:1].islower()


def _rows_of_labels(sheet: Sheet) -> Iterator[int]:
    for number, row in zip(sheet.row_numbers, sheet.rows, strict=True):
        filled = [cell for cell in row if cell.strip()]
        if filled and all(label_of(cell) for cell in filled):
            yield number


def _right_above(above: Sequence[Title], title: Title) -> Quadrant | None:
    """The quadrant of the nearest title over a cell."""
    over = [one for one in above if one.row < title.row]
    nearest = max(over, key=lambda one: (one.row, one.column), default=None)
    return nearest.quadrant if nearest else None


def _places(lines: Sequence[str], named: dict[int, Quadrant]) -> dict[int, tuple[int, Quadrant]]:
    """Line -> which table's notes it stands among, by the labels above it, and its quadrant."""
    labels = [n for n, line in enumerate(lines) if label_of(line)]
    return {n: (bisect(labels, n), quadrant) for n, quadrant in named.items()}


def _has_something_under(lines: Sequence[str], n: int, named: Collection[int]) -> bool:
    following = next((m for m in range(n + 1, len(lines)) if lines[m].strip()), None)
    return following is not None and following not in named and label_of(lines[following]) is None
