"""A long interview of invented words, for benchmarks and browser tests: turns, times, codings."""

from __future__ import annotations

import random
from pathlib import Path

from benchmarks.big_study import TEXTS, a_code
from qualcode.bootstrap import create_store
from qualcode.domain.codes import Codebook
from qualcode.domain.coding import Coding, ReducedExpression, ReductionLink
from qualcode.domain.decisions import Act
from qualcode.domain.documents import (
    Document,
    DocumentKind,
    Provenance,
    Respondent,
    Segment,
    Source,
    SourceKind,
)
from qualcode.domain.turns import turns_of
from qualcode.workbench import studies
from qualcode.workbench.bench import Workbench

QUESTIONS = (
    "Miten teillä tavallinen arkipäivä kulkee?",
    "Kertoisitko siitä vähän lisää?",
    "Mikä siinä oli vaikeinta, ja mikä auttoi eniten?",
    "Entä jos saisit itse päättää, mitä muuttaisit?",
)
FILLERS = ("Niin, no joo.", "Se on totta.", "Mm, en minä oikein tiedä.", "Ihan näin se meni.")


def transcript(words: int = 20_000, seed: int = 2026) -> str:
    """An interview of about so many words: H asks, V1 and V2 answer, one turn a paragraph."""
    chance = random.Random(seed)
    turns = ["Ryhmähaastattelu 7 (keksitty aineisto)"]
    count, second = 4, 0
    while count < words:
        stamp = f"{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}"
        turns.append(f"{stamp} H: {chance.choice(QUESTIONS)}")
        for speaker in chance.sample(["V1", "V2"], chance.randint(1, 2)):
            said = [chance.choice(TEXTS + FILLERS) for _ in range(chance.randint(2, 14))]
            turns.append(f"{stamp} {speaker}: {' '.join(said)}")
        second += chance.randint(20, 200)
        count = sum(len(turn.split()) for turn in turns) if len(turns) % 20 < 3 else count
    return "\n\n".join(turns)


def build(
    path: Path, words: int = 20_000, codings: int = 1_000, codes: int = 60, short: int = 0
) -> Path:
    """A study with one interview, coded by two people in its answers, here and there reduced.

    ``short`` answers come before it and one short text after it.
    """
    chance = random.Random(7)
    text = transcript(words)
    store = create_store(path)
    bench = Workbench(store, "koodaaja")
    studies.start(bench, "Haastattelututkimus (keksitty)")
    answers = [turn for turn in turns_of(text) if turn.speaker != "H"]
    with bench.act(Act.IMPORT) as work:
        place = Provenance("haastattelu7.docx")
        texts = [
            *[(f"d{n}", FILLERS[n % 4], "r2", DocumentKind.ANSWER) for n in range(short)],
            ("h7", text, "r1", DocumentKind.TEXT),
            ("h8", "H: Vielä jotain?\nV1: Ei nyt tule mieleen.", "r2", DocumentKind.TEXT),
        ]
        documents = [
            Document(id, "s", content, kind, person, provenance=place, position=n)
            for n, (id, content, person, kind) in enumerate(texts)
        ]
        found = [a_code(n) for n in range(codes)]
        spans: dict[tuple[int, int], None] = {}
        while len(spans) < codings:
            turn = chance.choice(answers)
            first = chance.randrange(turn.words, turn.end - 12)
            start = text.index(" ", first - 1) + 1
            stop = min(turn.end - 2, start + chance.choice((20, 45, 90, 200)))
            if start < stop and text[start:stop].strip() == text[start:stop]:
                spans[start, stop] = None
        segments = [Segment(f"h7:{s}-{e}", "h7", s, e) for s, e in sorted(spans)]
        people = ("koodaaja", "koodaaja", "koodaaja", "Pekka")
        day = "2026-01-01"
        codings_made = [
            Coding(
                f"k{n}", segment.id, f"c{chance.randrange(codes):02}", chance.choice(people), day
            )
            for n, segment in enumerate(segments)
        ]
        written = [ReducedExpression(f"p{n}", f"apu arjessa {n}") for n in range(codings // 20)]
        links = [
            ReductionLink(f"l{n}", segments[n * 20].id, f"p{n}", "koodaaja", day)
            for n in range(len(written))
        ]
        work.add(
            [
                Source("s", "haastattelu7.docx", "0", SourceKind.TEXT, bench.clock(), bench.coder),
                *[Respondent(f"r{n}", "s", f"Haastattelu {n + 6}", "asiakas") for n in (1, 2)],
                *documents,
                Codebook("b", "mittaus", "Haastattelukoodit", "Interview codes"),
                *found,
                *segments,
                *codings_made,
                *written,
                *links,
            ]
        )
    store.close()
    return path
