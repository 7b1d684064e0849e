"""A small invented study for the tests of reading and coding."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from qualcode.bootstrap import Settings, create_store, open_store, workbench
from qualcode.domain.codes import Code, Codebook, colour_for
from qualcode.domain.coding import Coding, ReducedExpression, ReductionLink
from qualcode.domain.decisions import Act
from qualcode.domain.documents import (
    Document,
    Item,
    ItemKind,
    Respondent,
    Segment,
    Source,
    SourceKind,
)
from qualcode.workbench import studies
from qualcode.workbench.bench import Workbench

CODER = "Maija"
MARKUP = '<img src=x onerror="window.hacked=1"><b>Hyvä</b> palvelu & tuki'
ANSWERS = (
    "Sain itse päättää, mihin apua käytän 😀 ja se tuntui hyvältä.",
    "Äiti 👩‍👩‍👧 jaksaa 😀 pärjätä, kun apua on.",
    MARKUP,
    "Tieto tulee myöhään.\nSe on väärässä paikassa. Kukaan ei kerro.",
    "Avustaja on sama ihminen joka kerta.",
)
CODES = ("Osallisuus", "Valinnanvapaus", "Tiedon puute", "Luottamus")


def make_study(path: Path, answers: Sequence[str] = ANSWERS, questions: int = 1) -> Path:
    """A study with the answers to each question; three of four codes lie on the keys 1-3.

    The answers of question 4 are ``q4-0``, ``q4-1`` and so on.
    """
    store = create_store(path)
    bench = workbench(store, Settings(folder=path.parent, coder=CODER))
    studies.start(bench, "Kokeilu")
    people = range(len(answers))
    with bench.act(Act.IMPORT) as work:
        work.put(Source("s", "kysely.csv", "-", SourceKind.SURVEY, "2026-01-01", CODER))
        work.add(
            [Respondent(f"r{n}", "s", f"V{n}", "asiakas", {"Ikä": "40–49"}, n) for n in people]
        )
        for q in range(questions):
            work.put(Item(f"q{q}", "s", f"Kysymys {q}", ItemKind.OPEN, number=str(q), position=q))
        work.add(
            [
                Document(
                    f"q{q}-{n}",
                    "s",
                    text,
                    respondent_id=f"r{n}",
                    item_id=f"q{q}",
                    position=q * len(answers) + n,
                )
                for q in range(questions)
                for n, text in enumerate(answers)
            ]
        )
    with bench.act(Act.TAKE_CODEBOOK) as work:
        work.put(Codebook("kb", "teemat", "Teemat", "Themes"))
        work.add(
            [
                Code(
                    f"c{n}",
                    "kb",
                    f"k{n}",
                    label,
                    definition_fi=f"Puhutaan: {label}",
                    colour=colour_for(n),
                    shortcut=str(n + 1) if n < 3 else "",
                    position=n,
                )
                for n, label in enumerate(CODES)
            ]
        )
    store.close()
    return path


def bench_of(path: Path, coder: str = CODER) -> Workbench:
    """Another workbench on the same file, beside the server's own."""
    return workbench(open_store(path), Settings(folder=path.parent, coder=coder))


def codings(path: Path, question: int = 0) -> list[tuple[str, str]]:
    """(what was coded, the code's label) of a question's codings, in the text's order."""
    bench = bench_of(path)
    with bench.store.reading() as rows:
        found = []
        for coding in rows.find(Coding):
            segment = rows.get(Segment, coding.segment_id)
            document = rows.get(Document, segment.document_id)
            if document.item_id == f"q{question}":
                label = rows.get(Code, coding.code_id).label("fi")
                text = segment.of(document.text)
                found.append((document.position, segment.start, text, label))
    bench.store.close()
    return [(text, label) for _, _, text, label in sorted(found)]


def reductions(path: Path, question: int = 0) -> dict[str, list[str]]:
    """Wording -> the expressions of the question that it stands for."""
    bench = bench_of(path)
    found: dict[str, list[str]] = {}
    with bench.store.reading() as rows:
        for link in rows.find(ReductionLink):
            segment = rows.get(Segment, link.segment_id)
            document = rows.get(Document, segment.document_id)
            if document.item_id == f"q{question}":
                wording = rows.get(ReducedExpression, link.reduction_id).wording
                found.setdefault(wording, []).append(segment.of(document.text))
    bench.store.close()
    return {wording: sorted(texts) for wording, texts in found.items()}
