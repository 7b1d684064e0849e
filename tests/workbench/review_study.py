"""A small invented study to review: seven reductions in three subcategories, two people."""

from __future__ import annotations

from dataclasses import replace

from qualcode.domain.categories import Level
from qualcode.workbench import categorising, reducing
from qualcode.workbench.bench import Workbench
from tests.builders import a_bench, a_respondent, a_study, an_answer, bring_in

SAID = (
    # (respondent, actor group, answer, reduction, subcategory)
    ("v1", "asiakas", "Sain apua heti kun sitä pyysin.", "apua saatiin heti", "Nopea apu"),
    ("v2", "asiakas", "Apu tuli jo samana iltana.", "apu tuli samana päivänä", "Nopea apu"),
    ("t1", "työntekijä", "Soitamme aina takaisin.", "työntekijä soittaa takaisin", "Nopea apu"),
    ("v3", "asiakas", "Minulta kysyttiin mitä haluan.", "toiveita kysyttiin", "Kuuntelu"),
    ("t2", "työntekijä", "Kuuntelen ensin pitkään.", "työntekijä kuuntelee", "Kuuntelu"),
    ("v4", "asiakas", "Kiire näkyi kaikessa.", "kiire näkyi", "Kiire"),
    ("v1", "asiakas", "Aina oli kova kiire.", "oli kiire", "Kiire"),
)


def a_reviewed_study(store=None) -> tuple[Workbench, Workbench]:
    """Maija, who built the tree, and Pekka, who reviews it.

    Tuki > Kohtaaminen > Nopea apu, Kuuntelu; beside them the subcategory Kiire.
    """
    maija = a_study(store)
    people = dict.fromkeys((who, group) for who, group, *_ in SAID)
    bring_in(
        maija, *(a_respondent(who, group, position=n) for n, (who, group) in enumerate(people))
    )
    bring_in(
        maija,
        *(an_answer(text, f"d{n}", who, position=n) for n, (who, _, text, *_r) in enumerate(SAID)),
    )
    for n, (_who, _group, text, wording, _home) in enumerate(SAID):
        reducing.reduce(maija, f"d{n}", 0, len(text), wording)
    categorising.add(maija, "Tuki", Level.MAIN_CATEGORY, category_id="tuki")
    categorising.add(maija, "Kohtaaminen", Level.GENERIC_CATEGORY, "tuki", category_id="koht")
    for id, name, under in (
        ("apu", "Nopea apu", "koht"),
        ("kuulo", "Kuuntelu", "koht"),
        ("kiire", "Kiire", None),
    ):
        categorising.add(maija, name, Level.SUBCATEGORY, under, category_id=id)
        wordings = [wording for *_, wording, home in SAID if home == name]
        categorising.place(maija, [reduction(maija, wording) for wording in wordings], id)
    return maija, replace(a_bench(maija.store, "Pekka"), clock=maija.clock)


def reduction(bench: Workbench, wording: str) -> str:
    with bench.store.reading() as rows:
        found = rows.worded(wording)
    assert found is not None, wording
    return found.id
