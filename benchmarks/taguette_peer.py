"""Taguette beside us: the free program for tagging texts, in a venv of its own.

It is installed from the package index the first time it is asked for, into the person's cache, and
never into this program's environment. Its study is made as large as ours by writing its own tables;
what is measured goes through its own HTTP interface, as its own pages use it.
"""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import httpx
from platformdirs import user_cache_path

from tests.serving import NO_PROXY, AppServer

VERSION = "1.5.2"
PROJECT = 1


class TaguetteMissing(Exception):
    """It could not be installed: no connection, or no version for this Python."""


def program() -> Path:
    """The program, installed when it was not yet; raises TaguetteMissing."""
    folder = user_cache_path("qualcode-benchmarks", appauthor=False) / f"taguette-{VERSION}"
    scripts = folder / ("Scripts" if sys.platform == "win32" else "bin")
    found = scripts / ("taguette.exe" if sys.platform == "win32" else "taguette")
    if not found.exists():
        try:
            subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
            subprocess.run(
                [str(scripts / "python"), "-m", "pip", "install", "-q", f"taguette=={VERSION}"],
                check=True,
            )
        except subprocess.CalledProcessError as error:
            raise TaguetteMissing(str(error)) from error
    return found


class _Server(AppServer):
    """A server that says it is well by showing its first page."""

    def _is_healthy(self) -> bool:
        try:
            with NO_PROXY.open(self.url, timeout=1) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False


class Taguette:
    """A running Taguette whose one project holds so many texts, highlights and tags."""

    def __init__(self, place: Path, texts: list[str], highlights: int, tags: int) -> None:
        self.tags = tags
        self.texts = len(texts)
        self._database = place / "taguette.sqlite3"
        self._server = _Server(self._command, place / "taguette.log")
        self._start()  # makes its tables and its one user
        self._server.stop()
        self._fill(texts, highlights)
        self._start()

    def window(self) -> httpx.Client:
        """Somebody who has logged in, with what is needed to change something."""
        client = httpx.Client(base_url=self._server.url, timeout=60, trust_env=False)
        said = self._server.said()
        token = re.findall(r"token=([0-9a-f]+)", said)
        client.get("/", params={"token": token[-1]} if token else {}, follow_redirects=True)
        client.get(f"/project/{PROJECT}", follow_redirects=True).raise_for_status()
        client.headers["X-XSRFToken"] = client.cookies["_xsrf"]
        return client

    def highlight(self, client: httpx.Client, text: int, start: int, end: int, tag: int) -> None:
        """One more highlight with one tag."""
        client.post(
            f"/api/project/{PROJECT}/document/{text}/highlight/new",
            json={"start_offset": start, "end_offset": end, "tags": [tag]},
        ).raise_for_status()

    def listed(self, client: httpx.Client, tag: int) -> int:
        """How many highlights of a tag its first page shows."""
        reply = client.get(f"/api/project/{PROJECT}/highlights/{_name(tag)}")
        return len(reply.raise_for_status().json()["highlights"])

    def stored(self) -> int:
        with sqlite3.connect(self._database) as db:
            return int(db.execute("select count(*) from highlights").fetchone()[0])

    def stop(self) -> None:
        self._server.stop()

    def _command(self, port: int) -> list[str]:
        return [
            *(str(program()), "--no-browser", "--port", str(port)),
            *("--database", str(self._database)),
        ]

    def _start(self) -> None:
        self._server.start()
        for _ in range(50):  # its address with the token is printed after it begins to answer
            if "token=" in self._server.said():
                return
            time.sleep(0.1)

    def _fill(self, texts: list[str], highlights: int) -> None:
        now = "2026-01-01 00:00:00.000000"
        with sqlite3.connect(self._database) as db:
            db.execute("delete from tags")
            db.execute("delete from project_members")
            db.execute("delete from projects")
            db.execute("insert into projects values (?, 'p', '', ?)", (PROJECT, now))
            db.execute("insert into project_members values (?, 'admin', 'ADMIN')", (PROJECT,))
            db.executemany(
                "insert into tags (id, project_id, path, description) values (?, ?, ?, '')",
                [(n, PROJECT, _name(n)) for n in range(1, self.tags + 1)],
            )
            db.executemany(
                "insert into documents (id, name, description, filename, created, project_id,"
                " text_direction, contents) values (?, ?, '', '', ?, ?, 'LEFT_TO_RIGHT', ?)",
                [(n, f"d{n}", now, PROJECT, f"<p>{t}</p>") for n, t in enumerate(texts, 1)],
            )
            places = [(n, n % len(texts) + 1, n % self.tags + 1) for n in range(highlights)]
            db.executemany(
                "insert into highlights (id, document_id, start_offset, end_offset, snippet)"
                " values (?, ?, 0, 20, ?)",
                [(n + 1, text, texts[text - 1][:20]) for n, text, _tag in places],
            )
            db.executemany(
                "insert into highlight_tags (highlight_id, tag_id) values (?, ?)",
                [(n + 1, tag) for n, _text, tag in places],
            )


def _name(tag: int) -> str:
    # Tags of Taguette are found by how their name begins: of equal length none begins another.
    return f"koodi{tag:05}"
