"""A study with the notes of one invented workshop, for tests in a browser."""

from __future__ import annotations

from pathlib import Path

from qualcode import bootstrap
from qualcode.readers.workshop import read_pasted_notes
from qualcode.workbench import importing, studies
from qualcode.workbench.bench import Workbench
from qualcode.workbench.workshops import Details

NOTES = """Pöytä 1
Vahvuudet
oma ohjaaja
tuttu työntekijä
aikaa asiakkaalle
Heikkoudet
kiire
kirjaaminen vie aikaa
Pöytä 2
Mahdollisuudet
yhteinen kahvihetki
Uhat
raha loppuu
"""


def make_study(path: Path) -> Path:
    store = bootstrap.create_store(str(path))
    bench = Workbench(store, "Aino", "fi")
    studies.start(bench, "Keksitty tutkimus")
    importing.import_workshop(
        bench,
        "laput.txt",
        NOTES.encode(),
        read_pasted_notes(NOTES, file="laput.txt"),
        actor_group="työntekijä",
        workshop=Details("Syystyöpaja", "6.9.", "Keksilä"),
    )
    store.close()
    return path
