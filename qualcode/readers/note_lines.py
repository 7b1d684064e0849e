"""A cell or a pasted text with several notes in it, cut into the notes as they were meant."""

from __future__ import annotations

import re

_BULLET = re.compile(
    r"^\s*(?:[-–—*•·▪◦‣○●■□➢→✓]\s*(?=[^\s\d-])|[-–—*•·▪◦‣○●■□➢→✓]\s+(?=\S)|o\s{1,3}(?=\S)"
    r"|\(?\d{1,2}[.)]\s+(?=\S)|\(?[a-zåäö]\)\s+(?=\S))"
)
_INLINE_BULLET = re.compile(r"\s+[•▪●■]\s*")


def split_notes(text: str) -> list[str]:
    """The notes in ``text``: one a line, bullets and numbering taken off.

    Where lines carry bullets, a line without one that begins in lower case goes on from the line
    above it: that is how a long bullet wraps.

    >>> split_notes("- apu tuli\\n  nopeasti\\n• oma valinta")
    ['apu tuli nopeasti', 'oma valinta']
    """
    lines = [part for line in text.splitlines() for part in _INLINE_BULLET.split(line)]
    has_bullets = sum(1 for line in lines if _BULLET.match(line)) >= 2
    notes: list[str] = []
    for line in lines:
        bullet = _BULLET.match(line)
        note = line[bullet.end() :].strip() if bullet else line.strip()
        if not _says_something(note):
            continue
        if has_bullets and not bullet and notes and note[:1].islower():
            notes[-1] = f"{notes[-1]} {note}"
        else:
            notes.append(note)
    return notes


def _says_something(note: str) -> bool:
    # A line of dashes is a divider; a question mark or a picture sign is somebody's note.
    return bool(note) and not re.fullmatch(r"[\s\-–—_=*•·.]+", note)
