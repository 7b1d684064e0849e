"""Counts of codes that are kept must be those that counting anew would give."""

from __future__ import annotations

import random

import pytest

from qualcode.domain.codes import Code, Codebook
from qualcode.domain.decisions import Act
from qualcode.domain.documents import Document, Respondent, Source, SourceKind
from qualcode.store.memory import MemoryStore
from qualcode.workbench import coding, history, studies
from qualcode.workbench.bench import Workbench
from qualcode.workbench.code_counting import code_counts, codes_touched
from tests.builders import code_whole

CODES = [f"c{n}" for n in range(6)]


@pytest.fixture
def bench():
    bench = Workbench(MemoryStore(), "Maija")
    studies.start(bench, "Kokeilu")
    with bench.act(Act.IMPORT) as work:
        work.put(Source("s", "kysely.csv", "-", SourceKind.SURVEY, "2026-01-01", "Maija"))
        work.add([Respondent(f"r{n}", "s", f"V{n}", "asiakas", {}, n) for n in range(4)])
        work.add(
            [
                Document(f"d{n}", "s", "Sain apua heti", respondent_id=f"r{n % 4}", position=n)
                for n in range(8)
            ]
        )
        work.put(Codebook("kb", "teemat", "Teemat"))
        work.add([Code(id, "kb", id, id) for id in CODES])
    return bench


def kept(bench, codes=None):
    with bench.store.reading() as rows:
        return code_counts(bench.store, rows, codes)


def anew(bench, codes=None):
    with bench.store.reading() as rows:
        return rows.code_counts(codes)


def test_kept_counts_follow_every_sort_of_act(bench):
    chance = random.Random(7)
    codings = []
    for _ in range(120):
        act = chance.random()
        with bench.store.reading() as rows:
            answers = [document.id for document in rows.find(Document, set_aside=False)]
        document = f"d{chance.randrange(8)}"
        if act < 0.5:
            document = chance.choice(answers or [document])
            if document not in answers:
                continue
            start, end = sorted(chance.sample(range(15), 2))
            codings.append(coding.code(bench, document, start, end, chance.choice(CODES)).id)
        elif act < 0.65 and codings:
            gone = codings.pop(chance.randrange(len(codings)))
            with bench.store.reading() as rows:
                there = rows.get(coding.Coding, gone)
            if there:
                coding.uncode(bench, gone)
        elif act < 0.8:
            coding.set_aside(bench, [document], chance.random() < 0.5)
        elif act < 0.9:
            code_whole(bench, answers, chance.choice(CODES))
        else:
            history.undo(bench)
        assert kept(bench) == anew(bench)
    assert kept(bench, ["c1", "nobody"]) == anew(bench, ["c1", "nobody"])
    assert kept(bench, []) == {}


def test_after_very_many_changes_everything_is_counted(bench):
    coding.code(bench, "d0", 0, 4, "c0")
    kept(bench)
    for _ in range(100):
        code_whole(bench, [f"d{n}" for n in range(8)], "c1")
        history.undo(bench)
    code_whole(bench, ["d0", "d1"], "c2")
    assert kept(bench) == anew(bench)


def test_an_older_look_at_the_study_tells_its_own_moment_and_takes_nothing_back(bench):
    """What a window waits to hear of must not be in the counts that it adds it to."""
    with bench.store.reading() as before:
        assert before.revision()
        coding.code(bench, "d0", 0, 4, "c0")
        assert kept(bench).keys() == {"c0"}
        assert code_counts(bench.store, before) == {} == code_counts(bench.store, before, ["c0"])
    assert kept(bench) == anew(bench)


def test_two_studies_are_counted_apart(bench):
    other = Workbench(MemoryStore(), "Maija")
    studies.start(other, "Toinen")
    coding.code(bench, "d0", 0, 4, "c0")
    assert kept(other) == {}
    assert kept(bench).keys() == {"c0"}


def test_only_codes_that_came_or_went_are_touched(bench):
    coding.code(bench, "d0", 0, 4, "c0")
    with bench.store.reading() as rows:
        seen = rows.revision()
    coding.code(bench, "d1", 0, 4, "c1")
    coding.set_aside(bench, ["d0"], True)
    with bench.store.reading() as rows:
        decisions = rows.changes_since(seen, 100)
        assert codes_touched(rows, decisions) == {"c0", "c1"}
        assert codes_touched(rows, []) == frozenset()
