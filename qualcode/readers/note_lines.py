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


_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"”’)\]]*\s+(?=[\"”’(\[]?[A-ZÅÄÖ0-9])")
# "klo 12.40", "esim. Kela", "mm. 3": a full stop that ends no sentence.
_NO_END = re.compile(r"(?:\b(?:klo|esim|mm|ns|ym|yms|jne|n|nro|ks|vrt|t|s|kl|bl|e\.g|i\.e)\.)$")


def split_sentences(text: str) -> list[str]:
    """The sentences of a text; what stands in quotation marks ends where it ends.

    >>> split_sentences("Nauretaan paljon. Lause jää kirjaamatta! Klo 12.40 tauko, mm. Kela.")
    ['Nauretaan paljon.', 'Lause jää kirjaamatta!', 'Klo 12.40 tauko, mm. Kela.']
    """
    found: list[str] = []
    start = 0
    for end in _SENTENCE_END.finditer(text):
        sentence = text[start : end.start()]
        closing = text[end.start() : end.end()].strip()
        if _NO_END.search(sentence.casefold()):
            continue
        found.append(f"{sentence}{closing}".strip())
        start = end.end()
    found.append(text[start:].strip())
    return [sentence for sentence in found if _says_something(sentence)]


def _says_something(note: str) -> bool:
    # A line of dashes is a divider; a question mark or a picture sign is somebody's note.
    return bool(note) and not re.fullmatch(r"[\s\-–—_=*•·.]+", note)
