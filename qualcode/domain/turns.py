"""Speakers' turns in a transcript, as transcribers and transcription services write them.

A turn begins on a line of its own with the speaker's mark: ``H: ...``, ``Haastattelija: ...``,
``[Anna] ...``, ``00:12:30 V1: ...``, ``H<tab>...``, ``<v Anna>...``, or a name alone on a line
("Anna Virtanen  0:12") with the words below it. It lasts until the next mark.

What lies wholly inside a turn of the interviewer is no material: it is shown, and can be coded,
but it is not counted as a mention, as coded or reduced material, or as words of the text, and
nobody is sent to read it as an uncoded part. A passage that reaches into what somebody else says
counts as any other.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from qualcode.domain.documents import Document, DocumentKind


@dataclass(frozen=True)
class Turn:
    """What one speaker says: the code points ``start`` up to ``end`` (exclusive) of a text.

    ``words`` is where the words begin, after the mark; ``speaker`` the mark as first written.
    """

    start: int
    words: int
    end: int
    speaker: str


FEWEST_TURNS = 2
"""A lone mark in a whole text is a colon in prose and no conversation."""

FEWEST_ALONE = 3
"""A name alone on a line without a time recurs in a conversation; a heading seldom does."""

LINES_A_TURN = 20
"""Marks that begin fewer lines than one in this many are headings of something else."""

_DIRECTION = "\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff"
_TIME = (
    r"(?:[\[(#]?\d{1,2}:\d{2}(?::\d{2})?(?:[.,-]\d{1,3})?[\])#]?"
    r"(?:\s*(?:-->|[-–])\s*\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?)?\s*[-–]?\s*)"
)
_NAME = r"[^\W\d_][\w.’'-]{0,30}(?: [\w.’'-]{1,20}){0,2}"
_COLON = re.compile(
    rf"[\s{_DIRECTION}]*(?P<before>{_TIME}?)(?P<name>{_NAME})\s*(?P<after>{_TIME}?)"
    rf"[{_DIRECTION}]*(?::[{_DIRECTION}]*(?=\s|$)|\t)\s*"
)
_BRACKET = re.compile(
    rf"[\s{_DIRECTION}]*(?P<before>{_TIME}?)\[(?P<name>{_NAME})\](?P<after>{_TIME}?):?\s+(?=\S)"
)
_VOICE = re.compile(rf"\s*<v(?:\.[\w.]+)? (?P<name>{_NAME})(?P<before>)(?P<after>)>\s*")
_ALONE = re.compile(
    rf"[\s{_DIRECTION}]*(?P<before>{_TIME}?)(?P<name>{_NAME})(?::|\s*[|–-])?\s*"
    rf"(?P<after>{_TIME}?)[\s{_DIRECTION}]*$"
)
# Marks that are speakers even when they stand once.
_USUAL = re.compile(
    r"(?:H|V|I|R|M|K|O|P|S|Q|A|(?:H|V|I|R|M|K|O|P|S|N|A)\d{1,2}|haastattelija ?\d?|"
    r"haastateltava ?\d*|vastaaja ?\d*|kysyjä|fasilitaattori ?\d?|moderaattori ?\d?|"
    r"osallistuja ?\d*|ohjaaja ?\d?|kirjaaja|tutkija ?\d?|asiakas ?\d*|työntekijä ?\d*|"
    r"interviewer ?\d?|interviewee ?\d*|respondent ?\d*|participant ?\d*|moderator ?\d?|"
    r"facilitator ?\d?|researcher|speaker ?\d+|puhuja ?\d+|intervjuare|deltagare ?\d*)",
    re.IGNORECASE,
)
# Lines that look like turns but are headings and facts of the interview, or sounds.
_NO_SPEAKERS = re.compile(
    r"(?:huom|esim|kysymys|teema|aihe|pvm|päivä|aika|paikka|kesto|date|time|place|note|example|"
    r"question|theme|topic|liite|lähde|source|obs|fråga|datum|tid|plats|naur\w*|tauko|hiljaisuus|"
    r"epäselvä\w*|yskii|huokaa|musiikki\w*|laugh\w*|pause|silence|inaudible|crosstalk|music|"
    r"applause)\b",
    re.IGNORECASE,
)
_ASKS_BY_NAME = re.compile(
    r"(?:haastattelija|interviewer|intervjuare|kysyjä|fasilitaattori|facilitator|ohjaaja|"
    r"moderaattori|moderator|tutkija|researcher) ?\d?",
    re.IGNORECASE,
)
_ASKS_BY_LETTER = re.compile(r"[KQI]", re.IGNORECASE)
_ANSWERS_BY_LETTER = re.compile(r"[VHAR]\d{0,2}|vastaaja.*|haastateltava.*", re.IGNORECASE)
_H = re.compile(r"H\d?", re.IGNORECASE)


def speaker_key(label: str) -> str:
    """What of a speaker's mark counts when marks are compared: letter case and spaces aside.

    >>> speaker_key("Haastattelija ") == speaker_key("HAASTATTELIJA")
    True
    """
    return " ".join(label.split()).casefold()


@lru_cache(maxsize=256)
def turns_of(text: str) -> tuple[Turn, ...]:
    """The turns of a transcript in order; none when the text is no conversation.

    A name is a speaker when it begins several lines, or is a usual mark (H, V1, Haastattelija) or
    has a time beside it; and the text is a conversation when there are two such speakers, or one
    whose mark is usual or timed. Text before the first turn belongs to nobody. When only one
    speaker is marked the others are not, so each turn is its own line.

    >>> [(turn.speaker, turn.words - turn.start) for turn in turns_of("H: Miten?\\nV: Hyvin.")]
    [('H', 3), ('V', 3)]
    >>> turns_of("Opin yhden asian: apua saa pyytää.\\nMuistiin: kysy ajoissa.")
    ()
    """
    lines = list(_lines(text))
    marks = [mark for i in range(len(lines)) if (mark := _mark(lines, i)) is not None]
    names = _speakers(marks)
    marks = [mark for mark in marks if speaker_key(mark.name) in names]
    filled = sum(1 for _, line in lines if line.strip())
    if len(marks) < FEWEST_TURNS or len(marks) * LINES_A_TURN < filled:
        return ()
    alone = len(names) == 1
    ends = [mark.line_end for mark in marks] if alone else [mark.start for mark in marks[1:]]
    return tuple(
        Turn(mark.start, min(mark.words, end), end, names[speaker_key(mark.name)])
        for mark, end in zip(marks, ends if alone else [*ends, len(text)], strict=True)
    )


def speakers_of(turns: Iterable[Turn]) -> dict[str, int]:
    """How many turns each speaker has, in the order they first speak."""
    return dict(Counter(turn.speaker for turn in turns))


def guess_interviewers(labels: Collection[str]) -> frozenset[str]:
    """The speakers of one text whose marks say that they ask; for a person to confirm.

    A word (Haastattelija, Moderator) is believed first, then K, Q and I, then H: in Finnish
    transcripts H asks unless somebody else does, for it also stands for the one who is
    interviewed (haastateltava).

    >>> sorted(guess_interviewers(["H", "V1", "V2"]))
    ['H']
    >>> sorted(guess_interviewers(["K", "H1", "H2"]))
    ['K']
    >>> sorted(guess_interviewers(["H1", "H2"]))
    []
    """
    by_name = frozenset(label for label in labels if _ASKS_BY_NAME.fullmatch(label))
    if by_name:
        return by_name
    answering = any(_ANSWERS_BY_LETTER.fullmatch(label) for label in labels)
    by_letter = frozenset(label for label in labels if _ASKS_BY_LETTER.fullmatch(label))
    if by_letter and answering:
        return by_letter
    by_h = frozenset(label for label in labels if _H.fullmatch(label))
    return by_h if by_h != frozenset(labels) or by_h == {"H"} else frozenset()


def stretches(turns: Sequence[Turn]) -> Iterator[Turn]:
    """Turns with those of one speaker that follow each other joined: what is said without a break.

    Transcription services begin a new turn every few seconds.
    """
    held: Turn | None = None
    for turn in turns:
        if held and held.speaker == turn.speaker and held.end == turn.start:
            held = replace(held, end=turn.end)
        else:
            if held:
                yield held
            held = turn
    if held:
        yield held


@dataclass(frozen=True)
class Stretch:
    """What one speaker says without a break; ``guessed`` when the mark says that they interview."""

    start: int
    end: int
    speaker: str
    guessed: bool


def stretches_of(text: str) -> tuple[Stretch, ...]:
    """The stretches of a transcript, each with its speaker's key and the guess about them."""
    turns = turns_of(text)
    asking = guess_interviewers(speakers_of(turns))
    return tuple(
        Stretch(turn.start, turn.end, speaker_key(turn.speaker), turn.speaker in asking)
        for turn in stretches(turns)
    )


def stretches_in(document: Document) -> tuple[Stretch, ...]:
    """The stretches of a document. An answer to a form or a note is nobody's conversation."""
    return stretches_of(document.text) if document.kind is DocumentKind.TEXT else ()


def interviewer_spans(
    document: Document, decided: Mapping[str, bool]
) -> tuple[tuple[int, int], ...]:
    """Where the interviewers speak. ``decided``: speaker's key -> what the analyst has said of
    them; of the others the guess holds."""
    return tuple(
        (stretch.start, stretch.end)
        for stretch in stretches_in(document)
        if decided.get(stretch.speaker, stretch.guessed)
    )


def lies_inside(spans: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Whether ``start``-``end`` lies wholly inside one of the ``spans``, which are in order.

    >>> lies_inside([(0, 10), (20, 30)], 20, 25), lies_inside([(0, 10), (20, 30)], 5, 25)
    (True, False)
    """
    place = bisect_right(spans, start, key=lambda span: span[0]) - 1
    return place >= 0 and end <= spans[place][1]


def counted_words(document: Document, decided: Mapping[str, bool]) -> int:
    """How many words of a text are material: the interviewers' turns and the marks left out."""
    text = document.text
    left_out = list(interviewer_spans(document, decided))
    if document.kind is DocumentKind.TEXT:
        left_out += [(turn.start, turn.words) for turn in turns_of(text)]
    count, place = 0, 0
    for start, end in sorted(left_out):
        count += len(text[place:start].split()) if start > place else 0
        place = max(place, end)
    return count + len(text[place:].split())


# --- recognising a mark ------------------------------------------------------------------------


@dataclass(frozen=True)
class _Mark:
    start: int
    words: int
    line_end: int
    name: str
    timed: bool
    alone: bool


def _lines(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text.split("\n"):
        yield start, line
        start += len(line) + 1


def _mark(lines: Sequence[tuple[int, str]], i: int) -> _Mark | None:
    start, line = lines[i]
    end = start + len(line)
    found = _COLON.match(line) or _BRACKET.match(line) or _VOICE.match(line)
    alone = False
    if found is None or found.end() == len(line):
        below = i + 1 < len(lines) and lines[i + 1][1].strip()
        stood_alone = _ALONE.match(line) if below else None
        if stood_alone is not None and found is None:
            found, alone = stood_alone, True
    if found is None:
        return None
    name = found["name"].strip()
    usual = _USUAL.fullmatch(name) is not None
    if _NO_SPEAKERS.match(name) or (name[0].islower() and not usual):
        return None
    if alone and not usual and not all(word[0].isupper() for word in name.split()):
        return None
    timed = bool(found["before"] or found["after"]) or line.lstrip().startswith("<v")
    return _Mark(start, end + 1 if alone else start + found.end(), end, name, timed, alone)


def _speakers(marks: Sequence[_Mark]) -> dict[str, str]:
    """Key -> the mark as first written, of the names that are speakers."""
    beside = Counter(speaker_key(mark.name) for mark in marks if not mark.alone)
    alone = Counter(speaker_key(mark.name) for mark in marks if mark.alone)
    timed = {speaker_key(mark.name) for mark in marks if mark.timed}
    label: dict[str, str] = {}
    for mark in marks:
        label.setdefault(speaker_key(mark.name), mark.name)
    sure = {key for key in label if key in timed or _USUAL.fullmatch(label[key])}
    recurring = {key for key in alone if alone[key] >= FEWEST_ALONE}
    names = {
        key
        for key in label
        if beside[key] >= FEWEST_TURNS
        or (beside[key] and key in sure)
        or (alone[key] >= FEWEST_TURNS and key in sure)
        or (len(recurring) > 1 and key in recurring)
    }
    if len(names) == 1 and not names & sure:
        return {}
    return {key: label[key] for key in label if key in names}
