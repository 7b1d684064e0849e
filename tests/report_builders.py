"""Small studies to report on. The words are invented; the gold ones are read, never kept here."""

from __future__ import annotations

import csv
import itertools
import json
from pathlib import Path

from qualcode.domain.categories import Level
from qualcode.domain.decisions import Act
from qualcode.domain.documents import (
    Document,
    Item,
    ItemKind,
    Respondent,
    Source,
    SourceKind,
)
from qualcode.domain.role_maps import Role
from qualcode.readers.counts import CountsRow
from qualcode.store.memory import MemoryStore
from qualcode.store.repository import Store
from qualcode.workbench import categorising, coding, importing, reducing, role_mapping, studies
from qualcode.workbench.bench import Workbench
from qualcode.workbench.role_mapping import RoleDraft
from tests.builders import a_respondent, a_study, an_answer, an_item, bring_in

ANSWERS = [
    # respondent, group, item, text, reduction or None
    ("1111-2", "asiakas", "q1", "Sain itse valita, kuka minua auttaa.", "saa valita auttajan"),
    ("1111-2", "asiakas", "q2", "Minua kuunneltiin ensimmäistä kertaa.", "tulee kuulluksi"),
    ("2222-3", "asiakas", "q1", "Valitsin naapurikunnan yrityksen.", "saa valita auttajan"),
    ("2222-3", "asiakas", "q2", "Tiesin vihdoin, mitä rahalla saa.", "saa tietoa palveluista"),
    ("3333-4", "asiakas", "q1", "=en osannut valita yksin", "tarvitsee tukea valintaan"),
    ("T1", "työntekijä", "q1", "Asiakas päätti, minä kerroin vaihtoehdot.", "kertoo vaihtoehdot"),
    (
        "T2",
        "työntekijä",
        "q2",
        "Kuunteleminen vie aikaa 🙂 mutta kannattaa.",
        "ottaa aikaa kuunnella",
    ),
]


def bench(store: Store | None = None, language: str = "fi") -> Workbench:
    """A workbench with rising ids and a clock that stands still."""
    numbers = itertools.count(1)
    return Workbench(
        store or MemoryStore(),
        "tutkija",
        language,
        clock=lambda: "2026-09-05T10:00:00+00:00",
        new_id=lambda: f"id{next(numbers):04d}",
    )


def small_study(store: Store | None = None) -> Workbench:
    """Invented: 3 clients and 2 workers, reduced and grouped, with a role map and odd ends."""
    b = bench(store)
    studies.start(b, "Keksitty esimerkkitutkimus")
    with b.act(Act.IMPORT) as work:
        work.put(Source("s", "keksitty.xlsx", "d", SourceKind.SURVEY, "2026-09-01", "tutkija"))
        people = {}
        for name, group, *_ in ANSWERS:
            people.setdefault(
                name, Respondent(f"r{len(people)}", "s", name, group, {}, len(people))
            )
        work.add(list(people.values()))
        work.add(
            [
                Item(
                    "q1",
                    "s",
                    "Mitä pääsit valitsemaan?",
                    ItemKind.OPEN,
                    "1",
                    theme="valinnanvapaus",
                ),
                Item("q2", "s", "Miten kohtaaminen sujui?", ItemKind.OPEN, "2", theme="osallisuus"),
            ]
        )
        for n, (name, _, item, text, _) in enumerate(ANSWERS):
            work.put(
                Document(
                    f"d{n}", "s", text, respondent_id=people[name].id, item_id=item, position=n
                )
            )
        last = len(ANSWERS)
        work.put(
            Document(
                "dx",
                "s",
                "en tiedä",
                respondent_id="r2",
                item_id="q2",
                set_aside=True,
                position=last,
            )
        )
    found = {}
    for n, (_, _, _, text, wording) in enumerate(ANSWERS):
        found[wording] = reducing.reduce(b, f"d{n}", 0, len(text), wording).id
    top = categorising.add(b, "Oma päätösvalta", Level.MAIN_CATEGORY)
    choice = categorising.add(b, "Valinta", Level.GENERIC_CATEGORY, under=top.id)
    own = categorising.add(b, "Oma valinta", Level.SUBCATEGORY, under=choice.id)
    helped = categorising.add(b, "Tuettu valinta", Level.SUBCATEGORY, under=choice.id)
    meeting = categorising.add(b, "Kohtaaminen", Level.MAIN_CATEGORY)
    heard = categorising.add(b, "Kuulluksi tuleminen", Level.SUBCATEGORY, under=meeting.id)
    categorising.add(b, "Yhteinen kieli", Level.SUBCATEGORY, under=meeting.id)
    categorising.place(b, [found["saa valita auttajan"]], own.id)
    categorising.place(
        b, [found["tarvitsee tukea valintaan"], found["kertoo vaihtoehdot"]], helped.id
    )
    categorising.place(b, [found["tulee kuulluksi"], found["ottaa aikaa kuunnella"]], heard.id)
    code = coding.add_code(b, "toive")
    coding.code(b, "d6", 0, 11, code.id)
    role_map = role_mapping.start(
        b,
        "Asiakkaan roolikartta",
        "asiakas",
        [
            RoleDraft(
                "Päättäjä",
                True,
                ("valitsee", "ratkaisee"),
                "Tekee ratkaisut itse.",
                ("Keksitty 2020",),
                (own.id,),
            ),
            RoleDraft("Kumppani", False, ("tasavertainen",)),
        ],
    )
    assert role_map.id
    return b


def quotes(gold: Path) -> list[dict[str, str]]:
    """The rows of the client quotes as they stand in the file."""
    with (gold / "quotes_client.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def study_of_quotes(gold: Path, store: Store | None = None) -> Workbench:
    """The client quotes of the model study, coded by theme, reduced and given roles as there."""
    b = bench(store)
    studies.start(b, "Mallitutkimuksen lainaukset")
    rows = quotes(gold)
    with b.act(Act.IMPORT) as work:
        work.put(Source("s", "quotes_client.csv", "d", SourceKind.SURVEY, "2026-09-01", "tutkija"))
        work.put(Item("text", "s", "Lainaus", ItemKind.OPEN))
        for n, row in enumerate(rows):
            work.put(Respondent(row["id"], "s", row["id"], row["actor"], {}, n))
            work.put(
                Document(
                    "d" + row["id"],
                    "s",
                    row["text"],
                    respondent_id=row["id"],
                    item_id="text",
                    position=n,
                )
            )
    codes: dict[str, str] = {}
    drafts: dict[str, RoleDraft] = {}
    linked: dict[str, set[str]] = {}
    for row in rows:
        theme = row["theme"]
        codes[theme] = codes.get(theme) or coding.add_code(b, theme).id
        coding.code(b, "d" + row["id"], 0, len(row["text"]), codes[theme])
        if not row["table1_pelkistys"]:
            continue
        reduction = reducing.reduce(
            b, "d" + row["id"], 0, len(row["text"]), row["table1_pelkistys"]
        )
        linked.setdefault(reduction.id, set()).update(row["table1_rooli"].split("; "))
        central = row["table1_paarooli"].capitalize()
        drafts.setdefault(central, RoleDraft(central, True))
        for name in row["table1_rooli"].split("; "):
            drafts.setdefault(name, RoleDraft(name))
    role_map = role_mapping.start(b, "Asiakkaan roolikartta", "asiakas", list(drafts.values()))
    with b.store.reading() as reading:
        ids = {role.name: role.id for role in reading.find(Role, map_id=role_map.id)}
    for reduction_id, names in linked.items():
        for name in sorted(names):
            role_mapping.link(b, ids[name], reduction_id=reduction_id)
    return b


def study_of_counts(gold: Path, store: Store | None = None) -> Workbench:
    """The printed counts of the model study's Tables 2-7."""
    b = bench(store)
    studies.start(b, "Mallitutkimuksen suljetut vastaukset")
    data = (gold / "likert.json").read_bytes()
    likert = json.loads(data)
    scale = tuple(f"{n} {text}" for n, text in likert["scale"].items())
    rows = []
    for table in likert["tables"]:
        for counted in table["items"]:
            options = tuple(counted["options"]) if "options" in counted else scale
            rows.append(
                CountsRow(
                    text=counted["table_text"],
                    kind=ItemKind.CHOICE if "options" in counted else ItemKind.LIKERT,
                    actor_group=table["actor"],
                    counts=dict(zip(options, counted["counts"].values(), strict=True)),
                    missing=counted["missing"],
                    uninterpretable=counted["uninterpretable"],
                    number=counted["item"].split(" ")[0],
                    section=table["title"],
                    theme=table["theme"],
                )
            )
    importing.import_counts(b, "likert.json", data, rows)
    return b


def eleven_clients() -> Workbench:
    """Eleven clients, nine women, from four areas; each said that they could choose, d0 to d10."""
    bench = a_study()
    genders = ["nainen"] * 9 + ["mies", "muu"]
    areas = ["pohjoinen"] * 5 + ["etelä"] * 4 + ["itä", "länsi"]
    people = [
        a_respondent(f"r{n}", "asiakas", {"sukupuoli": g, "alue": a}, n)
        for n, (g, a) in enumerate(zip(genders, areas, strict=True))
    ]
    texts = [an_answer("Sain valita itse", f"d{n}", f"r{n}", "q", n) for n in range(11)]
    bring_in(bench, *people, an_item("q", "valinta"), *texts)
    return bench
