"""One contract, three stores."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qualcode.store.memory import MemoryStore
from qualcode.store.opening import create
from qualcode.store.repository import Store


@pytest.fixture(params=["memory", "sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty study of each sort."""
    made: Store
    if request.param == "memory":
        made = MemoryStore()
    elif request.param == "sqlite":
        made = create(tmp_path / "tutkimus.qualcode")
    else:
        made = create(request.getfixturevalue("postgres_url"))
    yield made
    made.close()
