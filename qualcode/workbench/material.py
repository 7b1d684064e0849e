"""What material the study has: its files with counts, its respondents, and texts that recur."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from qualcode.domain.documents import (
    ClosedAnswer,
    ClosedState,
    Document,
    Item,
    Respondent,
    Source,
    SourceKind,
)
from qualcode.store.views import Page
from qualcode.workbench.bench import Workbench

SHORTEST_REPEATED = 20
"""Characters. Shorter answers ("ei ole", "kaikki hyvin") recur by nature and tell of no copy."""


@dataclass(frozen=True)
class SourceCard:
    """One imported file and what came of it."""

    source: Source
    respondents: int
    items: int
    texts: int
    set_aside: int
    closed_answers: int


def sources(bench: Workbench, offset: int, limit: int) -> Page[SourceCard]:
    """The files of the study, the newest first, a page at a time."""
    with bench.store.reading() as rows:
        found = sorted(rows.find(Source), key=lambda s: (s.imported_at, s.name), reverse=True)
        cards = []
        for source in found[offset : offset + limit]:
            answered = {"source_id": source.id, "state": ClosedState.ANSWERED}
            if source.kind is SourceKind.COUNTS:
                closed = sum(a.count for a in rows.find(ClosedAnswer, **answered))
            else:
                closed = rows.count(ClosedAnswer, **answered)
            cards.append(
                SourceCard(
                    source,
                    rows.count(Respondent, source_id=source.id),
                    rows.count(Item, source_id=source.id),
                    rows.count(Document, source_id=source.id),
                    rows.count(Document, source_id=source.id, set_aside=True),
                    closed,
                )
            )
    return Page(tuple(cards), len(found), offset, limit)


@dataclass(frozen=True)
class RespondentCard:
    """One respondent, the file they came from and how many texts they gave."""

    respondent: Respondent
    source_name: str
    texts: int


def respondents(bench: Workbench, offset: int, limit: int) -> Page[RespondentCard]:
    """The respondents file by file, a page at a time."""
    with bench.store.reading() as rows:
        files = {s.id: s for s in rows.find(Source)}
        everyone = sorted(
            rows.find(Respondent),
            key=lambda r: (files[r.source_id].imported_at, r.source_id, r.position),
        )
        shown = everyone[offset : offset + limit]
        texts = Counter(
            d.respondent_id for d in rows.find(Document, respondent_id=tuple(r.id for r in shown))
        )
    cards = tuple(RespondentCard(r, files[r.source_id].name, texts[r.id]) for r in shown)
    return Page(cards, len(everyone), offset, limit)


def earlier_exports(
    bench: Workbench, labels: Collection[str], questions: Collection[str]
) -> dict[str, int]:
    """Files that look like earlier exports of the same survey: file name -> respondents in common.

    A later export has other bytes but the same identifiers and the same questions. Running numbers
    alone say nothing: most surveys begin with respondent 1.
    """
    wanted, asked = set(labels), set(questions)
    found: dict[str, int] = {}
    with bench.store.reading() as rows:
        for source in rows.find(Source, kind=SourceKind.SURVEY):
            common = sum(item.text in asked for item in rows.find(Item, source_id=source.id))
            if not asked or common < len(asked) / 2:
                continue
            people = rows.find(Respondent, source_id=source.id)
            known = sum(person.label in wanted for person in people)
            if known:
                found[source.name] = found.get(source.name, 0) + known
    return found


def same_texts(bench: Workbench) -> list[tuple[Document, ...]]:
    """Answers to one question that are word for word the same, letter case and spaces aside.

    A form sent twice shows here. Texts set aside and very short ones are left out.
    """
    alike: dict[tuple[str | None, str], list[Document]] = defaultdict(list)
    with bench.store.reading() as rows:
        for document in rows.find(Document, set_aside=False):
            words = " ".join(document.text.casefold().split())
            if len(words) >= SHORTEST_REPEATED:
                alike[document.item_id, words].append(document)
    groups = [
        tuple(sorted(group, key=lambda d: d.position)) for group in alike.values() if len(group) > 1
    ]
    return sorted(groups, key=lambda group: group[0].position)
