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


def make_study(path: Path, answers: Sequence[str] = ANSWERS) -> Path:
    """A study with the answers to one question; three of four codes lie on the keys 1-3."""
    store = create_store(path)
    bench = workbench(store, Settings(folder=path.parent, coder=CODER))
    studies.start(bench, "Kokeilu")
    with bench.act(Act.IMPORT) as work:
        work.put(Source("s", "kysely.csv", "-", SourceKind.SURVEY, "2026-01-01", CODER))
        work.put(Item("q", "s", "Mitä haluat kertoa?", ItemKind.OPEN, number="7"))
        work.add(
            [Respondent(f"r{n}", "s", f"V{n}", "asiakas", {"Ikä": "40–49"}, n)
             for n in range(len(answers))]
        )  # fmt: skip
        work.add(
            [Document(f"d{n}", "s", text, respondent_id=f"r{n}", item_id="q", position=n)
             for n, text in enumerate(answers)]
        )  # fmt: skip
    with bench.act(Act.TAKE_CODEBOOK) as work:
        work.put(Codebook("kb", "teemat", "Teemat", "Themes"))
        work.add(
            [Code(f"c{n}", "kb", f"k{n}", label, definition_fi=f"Puhutaan: {label}",
                  colour=colour_for(n), shortcut=str(n + 1) if n < 3 else "", position=n)
             for n, label in enumerate(CODES)]
        )  # fmt: skip
    store.close()
    return path


def bench_of(path: Path, coder: str = CODER) -> Workbench:
    """Another workbench on the same file, beside the server's own."""
    return workbench(open_store(path), Settings(folder=path.parent, coder=coder))


def codings(path: Path) -> list[tuple[str, str]]:
    """(what was coded, the code's label) of every coding, in the text's order."""
    bench = bench_of(path)
    with bench.store.reading() as rows:
        found = []
        for coding in rows.find(Coding):
            segment = rows.get(Segment, coding.segment_id)
            document = rows.get(Document, segment.document_id)
            label = rows.get(Code, coding.code_id).label("fi")
            found.append((document.position, segment.start, segment.of(document.text), label))
    bench.store.close()
    return [(text, label) for _, _, text, label in sorted(found)]


def reductions(path: Path) -> dict[str, list[str]]:
    """Wording -> the expressions it stands for."""
    bench = bench_of(path)
    with bench.store.reading() as rows:
        found: dict[str, list[str]] = {}
        for reduction in rows.find(ReducedExpression):
            segments = [
                rows.get(Segment, link.segment_id)
                for link in rows.find(ReductionLink, reduction_id=reduction.id)
            ]
            found[reduction.wording] = sorted(
                segment.of(rows.get(Document, segment.document_id).text) for segment in segments
            )
    bench.store.close()
    return found
