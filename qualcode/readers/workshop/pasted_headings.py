"""Lines of a pasted text that are a heading, though of none of the four quadrants."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from qualcode.domain.workshops import quadrant_of
from qualcode.readers.workshop.titles import LONGEST_HEADING, label_of

_MOST_WORDS = 4
_BULLET = re.compile(r"^\s*(?:[-–—•·▪◦‣○●■□➢→✓]|\*\s|\(?\d{1,2}[.)]\s)")
_MARKED = re.compile(r"^\s*(?:#+\s*\S.*|\*\*[^*]+\*\*\s*|[^:]+:\s*)$")


def bare(line: str) -> str:
    """The words of a line without the signs that make it a title.

    >>> bare("## Kehitettävää:")
    'Kehitettävää'
    """
    return line.strip().strip("#*").strip().rstrip(":").strip()


def headings_of(lines: Sequence[str], shown: Collection[str] = ()) -> dict[int, str]:
    """Index of a line -> the heading it is. Without quadrant titles a text has no such headings.

    A short line that ends with a colon or is marked as a title, with notes under it; or one that
    stands at the beginning of a block of lines where the quadrants begin their blocks alike; or
    one of the lines ``shown`` as headings, where the quadrants are shown alike.

    >>> headings_of(["Uhat:", "raha", "", "Kehitettävää:", "kirjaaminen"])
    {3: 'Kehitettävää'}
    """
    titles = [n for n, line in enumerate(lines) if quadrant_of(bare(line)) is not None]
    if not titles:
        return {}
    in_blocks = len(titles) > 1 and all(_begins_block(lines, n) for n in titles[1:])
    is_shown = all(lines[n].strip() in shown for n in titles)
    found = {
        n: bare(line)
        for n, line in enumerate(lines)
        if _is_short(line)
        and (
            _MARKED.match(line)
            or (is_shown and line.strip() in shown)
            or (in_blocks and n > titles[0] and _is_alone(lines, n))
        )
    }
    return {n: text for n, text in found.items() if _has_notes(lines, n, found)}


def _is_short(line: str) -> bool:
    words = bare(line)
    return (
        0 < len(words) <= LONGEST_HEADING
        and len(words.split()) <= _MOST_WORDS
        and not _BULLET.match(line)
        and quadrant_of(words) is None
        and label_of(line) is None
    )


def _begins_block(lines: Sequence[str], n: int) -> bool:
    """A blank line above, none below."""
    return not lines[n - 1].strip() and n + 1 < len(lines) and bool(lines[n + 1].strip())


def _is_alone(lines: Sequence[str], n: int) -> bool:
    words = bare(lines[n])
    return _begins_block(lines, n) and words[:1].isupper() and words[-1] not in ".!?,;…"


def _has_notes(lines: Sequence[str], n: int, headings: dict[int, str]) -> bool:
    """Whether a note stands under the line; a heading of nothing is a note itself."""
    for m in range(n + 1, len(lines)):
        if lines[m].strip():
            return m not in headings and quadrant_of(bare(lines[m])) is None
    return False
