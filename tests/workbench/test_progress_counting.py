"""The progress that is kept must be the one that counting anew would give."""

from __future__ import annotations

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from qualcode.domain.codes import Code, Codebook
from qualcode.domain.coding import Coding, ReductionLink
from qualcode.domain.decisions import Act
from qualcode.domain.documents import Document, DocumentKind, Source, SourceKind
from qualcode.store.memory import MemoryReading, MemoryStore
from qualcode.store.opening import create
from qualcode.workbench import coding, history, reducing, speakers, studies
from qualcode.workbench.bench import Workbench
from qualcode.workbench.progress_counting import ReadingProgress, reading_progress
from tests.builders import code_whole

INTERVIEW = "H: Miten apu tuli?\nV1: Ajallaan se tuli.\nH: Entä muuten?\nV1: En muista.\n"
ANSWERS = 8


@pytest.fixture(params=["memory", "file"])
def bench(request, tmp_path):
    store = MemoryStore() if request.param == "memory" else create(tmp_path / "s.qualcode")
    yield a_study(store)
    if request.param == "file":
        store.close()


def a_study(store):
    bench = Workbench(store, "Maija")
    studies.start(bench, "Kokeilu")
    with bench.act(Act.IMPORT) as work:
        work.put(Source("s", "kysely.csv", "-", SourceKind.SURVEY, "2026-01-01", "Maija"))
        work.add([Document(f"d{n}", "s", "Sain apua heti", position=n) for n in range(ANSWERS)])
        work.put(Document("h", "s", INTERVIEW, kind=DocumentKind.TEXT, position=ANSWERS))
        work.put(Codebook("kb", "teemat", "Teemat"))
        work.put(Code("c", "kb", "c", "Apu"))
    return bench


def kept(bench):
    with bench.store.reading() as rows:
        return reading_progress(bench.store, rows)


def anew(bench):
    with bench.store.reading() as rows:
        now = rows.progress()
    return ReadingProgress(
        now.documents - now.set_aside, now.coded_documents, now.reduced_documents
    )


def marks(bench, cls):
    with bench.store.reading() as rows:
        return sorted(rows.find(cls), key=lambda row: (row.segment_id, row.coder))


def in_use(bench):
    with bench.store.reading() as rows:
        return [document.id for document in rows.find(Document, set_aside=False)]


def a_random_act(bench, other, chance):
    """One act somebody may do; what there is nothing for is passed over."""
    documents, act = in_use(bench), chance.random()
    start, end = sorted(chance.sample(range(14), 2))
    if act < 0.25 and documents:
        coding.code(chance.choice([bench, other]), chance.choice(documents), start, end, "c")
    elif act < 0.45 and documents:
        reducing.reduce(bench, chance.choice(documents), start, end, f"apua {chance.randrange(4)}")
    elif act < 0.55 and (there := marks(bench, Coding)):
        mark = chance.choice(there)
        coding.uncode(replace(bench, coder=mark.coder), mark.id)
    elif act < 0.65 and (there := marks(bench, ReductionLink)):
        reducing.unlink(bench, chance.choice(there).id)
    elif act < 0.75:
        coding.set_aside(bench, [f"d{chance.randrange(ANSWERS)}"], chance.random() < 0.5)
    elif act < 0.77:
        code_whole(bench, documents, "c")
    elif act < 0.85:
        speakers.set_interviewer(bench, chance.choice(["H", "V1"]), chance.random() < 0.5)
    elif history.next_undo(bench) is not None and act < 0.95:
        history.undo(bench)
    elif history.next_redo(bench) is not None:
        history.redo(bench)


def test_the_kept_progress_follows_every_sort_of_act_by_anybody(bench):
    chance, other = random.Random(11), replace(bench, coder="Pekka")
    seen = set()
    for _ in range(90):
        a_random_act(bench, other, chance)
        assert kept(bench) == anew(bench)
        seen.add(kept(bench))
    assert len(seen) > 10, "the acts have changed the numbers"


def test_several_acts_between_two_looks_are_all_counted(bench):
    assert kept(bench) == ReadingProgress(ANSWERS + 1, 0, 0)
    chance, other = random.Random(12), replace(bench, coder="Pekka")
    for _ in range(20):
        for _ in range(chance.randrange(12)):
            a_random_act(bench, other, chance)
        assert kept(bench) == anew(bench)


def test_after_very_many_changes_all_texts_are_looked_at(bench):
    coding.code(bench, "d0", 0, 4, "c")
    kept(bench)
    for _ in range(20):
        code_whole(bench, [f"d{n}" for n in range(ANSWERS)], "c")
        history.undo(bench)
    reducing.reduce(bench, "d1", 0, 4, "saaminen")
    assert kept(bench) == anew(bench) == ReadingProgress(ANSWERS + 1, 1, 1)


def test_material_that_is_taken_out_takes_its_state_along(bench):
    coding.code(bench, "d0", 0, 4, "c")
    assert kept(bench) == ReadingProgress(ANSWERS + 1, 1, 0)
    with bench.act(Act.REMOVE_SOURCE) as work:
        work.remove(Coding, [mark.id for mark in marks(bench, Coding)])
        work.remove(Document, ["d1"])
    assert kept(bench) == anew(bench) == ReadingProgress(ANSWERS, 0, 0)
    history.undo(bench)
    assert kept(bench) == ReadingProgress(ANSWERS + 1, 1, 0)


def test_what_an_interviewer_asks_makes_no_text_coded(bench):
    coding.code(bench, "h", 3, 10, "c")
    assert kept(bench).coded == 0
    speakers.set_interviewer(bench, "H", False)
    assert kept(bench).coded == 1


def test_an_older_look_at_the_study_tells_its_own_moment_and_takes_nothing_back(bench):
    """What a window waits to hear of must not be in the numbers that it adds it to."""
    with bench.store.reading() as before:
        assert before.revision() == 2
        coding.code(bench, "d0", 0, 4, "c")
        assert kept(bench) == ReadingProgress(ANSWERS + 1, 1, 0)
        assert reading_progress(bench.store, before) == ReadingProgress(ANSWERS + 1, 0, 0)
    assert kept(bench) == anew(bench)


def test_no_study_waits_for_another_to_be_counted(bench, monkeypatch):
    other = a_study(MemoryStore())
    looked_at, met = MemoryReading.text_states, []

    def counting(rows, document_ids=None):
        if not met:
            met.append(True)
            with ThreadPoolExecutor(1) as beside:
                assert beside.submit(kept, bench).result(timeout=60).answers == ANSWERS + 1
        return looked_at(rows, document_ids)

    monkeypatch.setattr(MemoryReading, "text_states", counting)
    assert kept(other).answers == ANSWERS + 1 and met


def test_two_studies_are_counted_apart(bench):
    other = Workbench(MemoryStore(), "Maija")
    studies.start(other, "Toinen")
    coding.code(bench, "d0", 0, 4, "c")
    assert kept(other) == ReadingProgress(0, 0, 0)
    assert kept(bench).coded == 1


def test_only_the_texts_that_an_act_touched_are_looked_at(monkeypatch):
    asked = Counter()
    looked_at = MemoryReading.text_states

    def noted(rows, document_ids=None):
        asked.update(["everything"] if document_ids is None else document_ids)
        return looked_at(rows, document_ids)

    monkeypatch.setattr(MemoryReading, "text_states", noted)
    bench = a_study(MemoryStore())
    kept(bench)
    assert asked == {"everything": 1}
    coding.code(bench, "d3", 0, 4, "c")
    kept(bench)
    kept(bench)
    coding.add_code(bench, "Muu")
    kept(bench)
    assert asked == {"everything": 1, "d3": 1}
