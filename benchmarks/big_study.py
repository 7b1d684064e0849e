"""A large study of invented answers, for benchmarks: the demo texts over and over, numbered."""

from __future__ import annotations

import random
from pathlib import Path

from qualcode.bootstrap import create_store
from qualcode.domain.codes import Code, Codebook, Origin, colour_for
from qualcode.domain.coding import Coding, ReducedExpression, ReductionLink
from qualcode.domain.decisions import Act
from qualcode.domain.documents import (
    Document,
    Item,
    ItemKind,
    Provenance,
    Respondent,
    Segment,
    Source,
    SourceKind,
)
from qualcode.workbench import studies
from qualcode.workbench.bench import Workbench

TEXTS = (
    "Sain valita ajan itse, mutta tekijä vaihtui joka viikko.",
    "Kukaan ei kertonut, mitä vaihtoehtoja olisi ollut tarjolla.",
    "Työntekijä kysyi ensin meidän mielipidettä ja vasta sitten ehdotti.",
    "Apu tuli silloin kun sitä eniten tarvittiin, siitä iso kiitos.",
    "Lomakkeet ovat vaikeita ja samat asiat pitää selittää moneen kertaan.",
    "Lapset odottavat jo perjantaita, kun avustaja tulee leipomaan heidän kanssaan 🙂.",
    "Yöllä herään miettimään, kuka tulee huomenna.",
    "Haluaisin enemmän aikaa puhua, nyt mennään kello kädessä.",
)


def a_code(n: int) -> Code:
    """The code with this number in the codebook "b"; the first nine have a key."""
    return Code(
        f"c{n:02}",
        "b",
        f"koodi_{n}",
        f"Koodi {n + 1}",
        f"Code {n + 1}",
        origin=Origin.DATA,
        colour=colour_for(n),
        shortcut=str(n + 1) if n < 9 else "",
        position=n,
    )


def build(
    path: Path,
    answers: int = 10_000,
    codings: int = 5_000,
    reductions: int = 1_000,
    number_of_codes: int = 40,
) -> Path:
    """A study file with so many answers; the first ones coded, ``reductions`` of them reduced."""
    chance = random.Random(2026)
    store = create_store(path)
    bench = Workbench(store, "koodaaja")
    studies.start(bench, "Mittaustutkimus (keksitty)")
    people = answers // 5
    with bench.act(Act.IMPORT) as work:
        source = Source("s", "kysely.xlsx", "0", SourceKind.SURVEY, bench.clock(), bench.coder)
        respondents = [
            Respondent(f"r{i}", "s", f"R{i:05}", "asiakas", {"alue": f"Alue {i % 7}"}, i)
            for i in range(people)
        ]
        items = [
            Item(f"i{i}", "s", f"Kysymys {i + 1}?", ItemKind.OPEN, str(i + 1), theme=f"teema {i}")
            for i in range(5)
        ]
        documents = [
            Document(
                f"d{i:05}",
                "s",
                f"{chance.choice(TEXTS)} {chance.choice(TEXTS)} ({i})",
                respondent_id=f"r{i % people}",
                item_id=f"i{i // people}",
                provenance=Provenance("kysely.xlsx", "Vastaukset", i % people + 2, "F"),
                position=i,
            )
            for i in range(answers)
        ]
        book = Codebook("b", "mittaus", "Mittauskoodit", "Benchmark codes")
        codes = [a_code(i) for i in range(number_of_codes)]
        segments, coded, written, links = [], [], [], []
        for n in range(codings):
            document = documents[n % answers]
            start = 0 if n % 2 else document.text.index(" ") + 1
            end = len(document.text) - n // answers
            segments.append(Segment(f"g{n}", document.id, start, end))
            coded.append(
                Coding(f"k{n}", f"g{n}", codes[n % number_of_codes].id, "koodaaja", "2026-01-01")
            )
        for n in range(reductions):
            written.append(ReducedExpression(f"p{n}", f"{TEXTS[n % 8].split(',')[0].lower()} {n}"))
            links.append(ReductionLink(f"l{n}", f"g{n}", f"p{n}", "koodaaja", "2026-01-01"))
        work.add([source, *respondents, *items, *documents, book, *codes])
        work.add([*segments, *coded, *written, *links])
    store.close()
    return path
