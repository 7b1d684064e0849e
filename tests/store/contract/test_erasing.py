"""Erasing leaves nothing behind: not in the rows, not in the log, not in the file."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from qualcode.domain.discussions import Discussion, RoleTalk
from qualcode.domain.errors import StudyBusy
from qualcode.store.opening import open_study
from qualcode.workbench import discussing, erasing, history, role_mapping
from qualcode.workbench.bench import OnlyReviewing
from qualcode.workbench.checking import check
from qualcode.workbench.role_mapping import RoleDraft
from tests.builders import a_study

SECRET = "yöllinen salaisuus"


def a_discussion(bench, person="A1"):
    role_map = role_mapping.start(bench, "Kartta", "asiakas", [RoleDraft("Uskaltaja")])
    made = discussing.start(bench, role_map.id, person, "2026-01-15")
    talk = discussing.talks_of(bench, [made.id])[made.id][0]
    discussing.write(bench, talk.id, "examples", SECRET)
    discussing.write(bench, talk.id, "examples", "muu")
    return made


def states(store):
    """Every row of the log, before and after, as text."""
    with store.reading() as rows:
        return " ".join(
            str((change.before, change.after))
            for decision in rows.told(0, 1000)
            for change in decision.changes
        )


def test_an_erased_person_is_neither_in_the_rows_nor_in_the_log(store):
    bench = a_study(store)
    a_discussion(bench)
    removed = a_discussion(bench)
    discussing.remove(bench, removed.id)
    a_discussion(bench, "A2")
    assert SECRET in states(store)

    assert erasing.erase_person(bench, "A1") == 2

    assert erasing.ever_discussed(bench) == ["A2"]
    with store.reading() as rows:
        assert [one.person for one in rows.find(Discussion)] == ["A2"]
        assert rows.count(RoleTalk) == 1
    assert "'A1'" not in states(store)
    assert states(store).count(SECRET) == 2  # A2's, before and after the second wording


def test_what_was_erased_cannot_be_undone_and_the_act_before_it_can(store):
    bench = a_study(store)
    a_discussion(bench)
    history.undo(bench)
    erasing.erase_person(bench, "A1")

    assert history.next_redo(bench) is None
    told = history.next_undo(bench)
    assert told is not None and told.act == "start_role_map"
    with store.reading() as rows:
        written, erased = rows.decisions(0, 2).rows
    assert (erased.act, erased.summary, erased.who) == ("erase_person", {"count": 1}, "Maija")
    assert written.act == "write_file_anew"


def test_a_study_is_still_whole_and_its_log_gives_it_after_an_erasure(store):
    bench = a_study(store)
    a_discussion(bench, "A2")
    a_discussion(bench)
    history.undo(bench)
    erasing.erase_person(bench, "A1")
    assert check(bench) == []


def test_a_person_nobody_knows_leaves_no_line_in_the_log(store):
    bench = a_study(store)
    before = history.log(bench).total
    assert erasing.erase_person(bench, "X") == 0
    assert history.log(bench).total == before


def test_who_only_reviews_erases_nobody(store):
    bench = a_study(store)
    a_discussion(bench)
    before = states(store)
    with pytest.raises(OnlyReviewing):
        erasing.erase_person(replace(bench, reviewing=True), "A1")
    assert states(store) == before
    assert erasing.ever_discussed(bench) == ["A1"]


def test_what_would_be_erased_is_told_beforehand(store):
    bench = a_study(store)
    made, removed = a_discussion(bench), a_discussion(bench)
    discussing.edit(bench, made.id, person="A2")
    discussing.remove(bench, removed.id)
    found, only_in_log = erasing.discussions_of(bench, "A1")
    assert [(one.id, one.person) for one in found] == [(made.id, "A2")]
    assert only_in_log == 1


def test_not_a_byte_of_an_erased_person_is_left_in_the_file(tmp_path, empty_file):
    path = tmp_path / "tutkimus.qualcode"
    shutil.copy(empty_file, path)
    store = open_study(path)
    bench = a_study(store)
    a_discussion(bench, "Kuusi-17")
    erasing.erase_person(bench, "Kuusi-17")
    try:
        for file in tmp_path.iterdir():
            found = file.read_bytes()
            assert SECRET.encode() not in found and b"Kuusi-17" not in found, file.name
    finally:
        store.close()


def test_a_file_that_was_in_use_can_be_written_anew_afterwards(tmp_path, empty_file):
    path = tmp_path / "tutkimus.qualcode"
    shutil.copy(empty_file, path)
    store = open_study(path, patience=0.2)
    bench = a_study(store)
    a_discussion(bench, "Kuusi-17")
    with closing(sqlite3.connect(path)) as another:
        another.execute("BEGIN")
        another.execute("SELECT count(*) FROM discussion").fetchone()
        with pytest.raises(StudyBusy):
            erasing.erase_person(bench, "Kuusi-17")
    try:
        assert erasing.ever_discussed(bench) == []
        with store.reading() as rows:
            assert erasing.still_in_file(rows)
        erasing.write_file_anew(bench)
        with store.reading() as rows:
            assert not erasing.still_in_file(rows)
        for file in tmp_path.iterdir():
            assert SECRET.encode() not in file.read_bytes(), file.name
    finally:
        store.close()
