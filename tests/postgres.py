"""A throw-away PostgreSQL server for the tests."""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

OWNER = "qualcode"
# PostgreSQL won't run as root; as root we start it as the account Debian's package makes.
ACCOUNT = "postgres"
# A test's database need not survive a power cut, and the server takes no calls from the network.
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "32MB",
    "max_connections": "60",
}
# A socket's path may have 107 bytes, its own name (/.s.PGSQL.5432) included.
LONGEST_FOLDER = 90


class PostgresUnavailable(Exception):
    """The server can't be started on this machine; the message says why."""


@dataclass
class PostgresServer:
    """A running server whose data and socket lie in ``folder``."""

    programs: Path
    folder: Path
    _numbers: itertools.count[int] = field(default_factory=itertools.count)

    @classmethod
    def start(cls, programs: Path) -> PostgresServer:
        """A new, empty server.

        Raises:
            PostgresUnavailable: on Windows, as root without an account to run as, or when one of
                the server's programs fails.
        """
        if sys.platform == "win32":
            raise PostgresUnavailable("these tests use a Unix socket; run them on Linux or macOS")
        folder = Path(tempfile.mkdtemp(prefix="qualcode-pg-"))
        if len(str(folder)) > LONGEST_FOLDER:
            folder.rmdir()
            folder = Path(tempfile.mkdtemp(prefix="qualcode-pg-", dir="/tmp"))
        server = cls(programs, folder)
        try:
            server._initialise()
        except PostgresUnavailable:
            shutil.rmtree(folder)
            raise
        return server

    def _initialise(self) -> None:
        if os.geteuid() == 0:
            try:
                shutil.chown(self.folder, ACCOUNT, ACCOUNT)
            except LookupError as problem:
                raise PostgresUnavailable(
                    f"we are root and there is no account {ACCOUNT} to run it as; "
                    "install Debian's package postgresql or run the tests as another user"
                ) from problem
        data = str(self.folder / "data")
        self._run(
            "initdb", "-D", data, "-U", OWNER, "--auth=trust", "--encoding=UTF8", "--no-sync",
            f"--locale={'en_US.UTF-8' if sys.platform == 'darwin' else 'C.UTF-8'}",
        )  # fmt: skip
        settings = SETTINGS | {"unix_socket_directories": str(self.folder)}
        options = " ".join(f"-c {name}='{value}'" for name, value in settings.items())
        log = str(self.folder / "server.log")
        self._run("pg_ctl", "-D", data, "-l", log, "-w", "-t", "60", "-o", options, "start")

    def _run(self, program: str, *arguments: str) -> None:
        as_account: dict[str, Any] = {}
        if os.geteuid() == 0:
            as_account = {"user": ACCOUNT, "group": ACCOUNT, "extra_groups": []}
        said = self.folder.parent / f"{self.folder.name}-{program}.log"
        # Into a file, not a pipe: the server inherits it, and a pipe would then never end.
        with said.open("w+", encoding="utf-8") as output:
            done = subprocess.run(
                [str(self.programs / program), *arguments],
                cwd=self.folder,
                env=os.environ | {"LC_ALL": "C"},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                check=False,
                **as_account,
            )
            output.seek(0)
            text = output.read()
        said.unlink()
        if done.returncode != 0:
            log = self.folder / "server.log"
            text += log.read_text(encoding="utf-8") if log.is_file() else ""
            raise PostgresUnavailable(f"{program} ended with {done.returncode}:\n{text}")

    def url(self, database: str) -> str:
        """The SQLAlchemy address of one of its databases."""
        return f"postgresql+psycopg://{OWNER}@/{database}?host={self.folder}"

    def create_database(self) -> str:
        """The name of a new, empty database."""
        name = f"test_{next(self._numbers)}"
        self._say(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        return name

    def drop_database(self, name: str) -> None:
        """Removes a database, breaking off connections a test left open."""
        self._say(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def _say(self, statement: sql.Composed) -> None:
        address = psycopg.conninfo.make_conninfo(
            host=str(self.folder), user=OWNER, dbname="postgres"
        )
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(statement)

    def stop(self) -> None:
        """Stops the server at once and removes its folder."""
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "-w", "stop")
        shutil.rmtree(self.folder)
