"""The process's open studies: one store an address, whichever thread asks."""

from __future__ import annotations

import threading

import pytest

from qualcode.bootstrap import create_store
from qualcode.domain.errors import StudyMissing
from qualcode.ui import stores


def test_threads_that_ask_at_once_share_one_store(tmp_path):
    path = tmp_path / "one.qualcode"
    create_store(path).close()
    found = []
    threads = [
        threading.Thread(target=lambda: found.append(stores.use_store(str(path)))) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(map(id, found))) == 1


def test_a_replaced_file_is_another_study_and_a_deleted_one_is_none(tmp_path):
    path, new = tmp_path / "study.qualcode", tmp_path / "new.qualcode"
    create_store(path).close()
    first = stores.use_store(str(path))
    create_store(new).close()
    new.replace(path)
    second = stores.use_store(str(path))
    assert second is not first
    assert stores.use_store(str(path)) is second
    path.unlink()
    with pytest.raises(StudyMissing):
        stores.use_store(str(path))


def test_the_study_opened_longest_ago_makes_room(tmp_path, monkeypatch):
    monkeypatch.setattr(stores, "MOST_OPEN", 3)
    paths = [tmp_path / f"{n}.qualcode" for n in range(4)]
    for path in paths:
        create_store(path).close()
    first = stores.use_store(str(paths[0]))
    for path in paths[1:]:
        stores.use_store(str(path))
    assert len(stores._open) == 3
    with first.reading() as rows:
        assert rows.revision() == 0, "who still holds it can go on"
    assert stores.use_store(str(paths[0])) is not first
