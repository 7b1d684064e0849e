"""One contract, three stores."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from qualcode.store.memory import MemoryStore
from qualcode.store.opening import create, open_study
from qualcode.store.repository import Store
from qualcode.store.sql import SqlStore
from qualcode.store.tables import metadata
from tests.postgres import PostgresServer


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new study's file, to be copied: making the tables anew for each test takes longer."""
    path = tmp_path_factory.mktemp("empty") / "tyhjä.qualcode"
    create(path).close()
    return path


@pytest.fixture(scope="session")
def server_study(postgres_server: PostgresServer) -> Iterator[SqlStore]:
    """A study on the server that tests share; each begins by emptying it."""
    name = postgres_server.create_database()
    study = create(postgres_server.url(name))
    yield study
    study.close()
    postgres_server.drop_database(name)


@pytest.fixture(params=["memory", "sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty study of each sort."""
    made: Store
    if request.param == "memory":
        yield MemoryStore()
    elif request.param == "sqlite":
        path = tmp_path / "tutkimus.qualcode"
        shutil.copy(request.getfixturevalue("empty_file"), path)
        made = open_study(path)
        yield made
        made.close()
    else:
        made = request.getfixturevalue("server_study")
        with made._writer.begin() as connection:
            for table in reversed(metadata.sorted_tables):
                if table.name != "about":
                    connection.execute(table.delete())
            connection.execute(text("ALTER SEQUENCE decision_id_seq RESTART"))
        yield made
