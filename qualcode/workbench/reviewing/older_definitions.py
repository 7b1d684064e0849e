"""Codings that were made when the code meant something else, until somebody has looked at them.

What a code meant at a moment is read from the log: its definition and rule. A definition that was
changed and changed back means what it meant, and a translation put beside one changes no meaning.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from qualcode.domain.codes import Code
from qualcode.domain.coding import Coding
from qualcode.domain.decisions import Act
from qualcode.domain.documents import Document, Segment
from qualcode.domain.review import StillRight
from qualcode.store.kinds import to_row
from qualcode.store.repository import Reading
from qualcode.store.review_views import RowChange
from qualcode.workbench.bench import Workbench

DEFINING = ("definition_fi", "definition_en", "rule_fi", "rule_en")
"""What of a code tells what it means. A label, an example or a colour may change freely."""


@dataclass(frozen=True)
class ToCheck:
    """A code with the codings made under an older meaning of it, and what that meaning was."""

    code: Code
    was: Mapping[str, str]
    changed_at: str
    coding_ids: tuple[str, ...]

    def older(self, field: str, language: str) -> str:
        """The older definition or rule in the language, or in the other one."""
        other = "fi" if language == "en" else "en"
        return self.was[f"{field}_{language}"] or self.was[f"{field}_{other}"]


@dataclass(frozen=True)
class Passage:
    """A coding to be looked at, with its words and the text around them."""

    coding: Coding
    quote: str
    before: str
    after: str


@dataclass(frozen=True)
class DocumentToCheck:
    """A code's codings to be looked at in one text: ``quotes`` are (coding's id, its words)."""

    document_id: str
    found: ToCheck
    quotes: tuple[tuple[str, str], ...]


def to_check(rows: Reading) -> list[ToCheck]:
    """Codes with codings to be looked at, those with the most first."""
    changes = _meanings(rows.row_changes("code"))
    if not changes:
        return []
    codes = {code.id: code for code in rows.find(Code, id=tuple(changes))}
    codings: dict[str, list[Coding]] = defaultdict(list)
    for coding in rows.find(Coding, code_id=tuple(codes)):
        codings[coding.code_id].append(coding)
    held = {row.id: row.seal for row in rows.find(StillRight)}
    found = [_of_code(rows, code, changes[id], codings[id], held) for id, code in codes.items()]
    there = [one for one in found if one is not None]
    return sorted(there, key=lambda one: (-len(one.coding_ids), one.code.position, one.code.id))


def on_documents(rows: Reading, document_ids: Sequence[str]) -> list[DocumentToCheck]:
    """The same of these texts only, text by text in their order: asked while somebody reads."""
    changes = _meanings(rows.row_changes("code"))
    if not changes or not document_ids:
        return []
    segments = {s.id: s for s in rows.find(Segment, document_id=tuple(document_ids))}
    codings: dict[tuple[str, str], list[Coding]] = defaultdict(list)
    for coding in rows.find(Coding, segment_id=tuple(segments), code_id=tuple(changes)):
        codings[segments[coding.segment_id].document_id, coding.code_id].append(coding)
    if not codings:
        return []
    codes = {code.id: code for code in rows.find(Code, id=tuple({id for _, id in codings}))}
    ids = tuple(coding.id for some in codings.values() for coding in some)
    held = {row.id: row.seal for row in rows.find(StillRight, id=ids)}
    texts = tuple({document_id for document_id, _ in codings})
    documents = {d.id: d for d in rows.find(Document, id=texts)}
    told = []
    for (document_id, code_id), some in codings.items():
        found = _of_code(rows, codes[code_id], changes[code_id], some, held)
        if found is not None:
            by_id = {coding.id: segments[coding.segment_id] for coding in some}
            text = documents[document_id].text
            quotes = tuple((id, by_id[id].of(text)) for id in found.coding_ids)
            told.append(DocumentToCheck(document_id, found, quotes))
    order = {id: n for n, id in enumerate(document_ids)}
    return sorted(told, key=lambda one: (order[one.document_id], one.found.code.position))


def passages(rows: Reading, coding_ids: Sequence[str], around: int = 120) -> list[Passage]:
    """The codings with their words, in the order of the texts."""
    codings = {c.id: c for c in rows.find(Coding, id=tuple(coding_ids))}
    wanted = tuple({c.segment_id for c in codings.values()})
    segments = {s.id: s for s in rows.find(Segment, id=wanted)}
    texts = tuple({s.document_id for s in segments.values()})
    documents = {d.id: d for d in rows.find(Document, id=texts)}
    found = []
    for coding in codings.values():
        segment = segments[coding.segment_id]
        document = documents[segment.document_id]
        text = document.text
        before = text[max(0, segment.start - around) : segment.start]
        after = text[segment.end : segment.end + around]
        order = (document.position, document.id, segment.start, coding.id)
        found.append((order, Passage(coding, segment.of(text), before, after)))
    return [passage for _, passage in sorted(found, key=lambda pair: pair[0])]


def hold(bench: Workbench, coding_ids: Sequence[str]) -> None:
    """The codings are seen and still right under what their codes mean now."""
    with bench.act(Act.HOLD_TO_CODING) as work:
        codings = work.rows.find(Coding, id=tuple(coding_ids))
        codes = {c.id: c for c in work.rows.find(Code, id=tuple({c.code_id for c in codings}))}
        for coding in codings:
            seal = _seal(to_row(codes[coding.code_id]))
            work.put(StillRight(coding.id, seal, bench.coder, bench.clock()))
        if codings:
            label = codes[codings[0].code_id].label(bench.language)
            work.say(code=label, count=len(codings))


def _meanings(changes: Iterable[RowChange]) -> dict[str, list[RowChange]]:
    """Code -> the changes of what it means, oldest first."""
    found: dict[str, list[RowChange]] = defaultdict(list)
    for change in changes:
        if _differs(change.before, change.after):
            found[change.id].append(change)
    return found


def _of_code(
    rows: Reading,
    code: Code,
    changes: Sequence[RowChange],
    codings: Sequence[Coding],
    held: Mapping[str, str],
) -> ToCheck | None:
    row = to_row(code)
    now = _seal(row)
    flagged: list[Coding] = []
    was: Mapping[str, Any] = {}
    for coding in sorted(codings, key=lambda one: (one.created_at, one.id)):
        # The first change after the coding tells what the code meant when it was made.
        later = next((one for one in changes if _was_before(rows, coding, one)), None)
        if later is None or held.get(coding.id) == now or not _differs(later.before, row):
            continue
        flagged.append(coding)
        was = later.before
    if not flagged:
        return None
    older = {field: str(was.get(field) or "") for field in DEFINING}
    return ToCheck(code, older, changes[-1].at, tuple(coding.id for coding in flagged))


def _was_before(rows: Reading, coding: Coding, change: RowChange) -> bool:
    if coding.created_at != change.at:
        return coding.created_at < change.at
    # In the same second: the log knows which came first.
    maker = rows.maker_of("coding", coding.id)
    return maker is None or maker.id < change.decision


def _differs(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Whether the two mean something else: a text was changed, or there was none before."""
    for pair in (DEFINING[:2], DEFINING[2:]):
        was, now = ([_plain(row, field) for field in pair] for row in (before, after))
        both = [(a, b) for a, b in zip(was, now, strict=True) if a and b]
        if any(a != b for a, b in both) or (not both and any(was + now)):
            return True
    return False


def _plain(row: Mapping[str, Any], field: str) -> str:
    return " ".join(str(row.get(field) or "").split())


def _seal(row: Mapping[str, Any]) -> str:
    """What the code means, in short: by its first language that says something."""
    parts = [
        next(filter(None, (_plain(row, field) for field in pair)), "")
        for pair in (DEFINING[:2], DEFINING[2:])
    ]
    return hashlib.sha256("\0".join(parts).encode(errors="surrogatepass")).hexdigest()[:16]
