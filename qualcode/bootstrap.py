"""The staircase: settings in, a workbench out. The only place that joins the parts."""

from __future__ import annotations

import getpass
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_data_path

from qualcode.domain.errors import StudyExists, StudyMissing
from qualcode.store import opening
from qualcode.store.repository import Store
from qualcode.texts import DEFAULT_LANGUAGE, LANGUAGES
from qualcode.workbench import demo
from qualcode.workbench.bench import Workbench

SUFFIX = opening.SUFFIX


@dataclass(frozen=True)
class Settings:
    """What a run of the program was told: which study, whose hands, which language.

    ``ask_name``: several people use it, so each browser is asked who sits there before all else.
    """

    folder: Path
    study: str | None = None
    coder: str = ""
    language: str = DEFAULT_LANGUAGE
    ask_name: bool = False

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """Settings from the QUALCODE_* variables, with sensible values where none are set."""
        language = environment.get("QUALCODE_LANGUAGE", DEFAULT_LANGUAGE)
        folder = environment.get("QUALCODE_FOLDER")
        return cls(
            folder=Path(folder) if folder else user_data_path("qualcode", appauthor=False),
            study=environment.get("QUALCODE_STUDY") or environment.get("QUALCODE_DATABASE_URL"),
            coder=environment.get("QUALCODE_CODER") or _user_name(),
            language=language if language in LANGUAGES else DEFAULT_LANGUAGE,
            ask_name=environment.get("QUALCODE_ASK_NAME", "") not in ("", "0"),
        )


def _user_name() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "analyst"


def studies_in(folder: Path) -> list[Path]:
    """The study files of a folder, the one used last first."""
    if not folder.is_dir():
        return []
    return sorted(folder.glob(f"*{SUFFIX}"), key=lambda path: -path.stat().st_mtime)


def open_store(address: str | Path) -> Store:
    """The store at a path or a PostgreSQL address; raises a StudyFileError that says why not."""
    return opening.open_study(address)


def full_address(written: str) -> str:
    """An address as a person writes it: a server's as it is, a path with its ~ filled in."""
    address = written.strip()
    if opening.is_server_address(address):
        return address
    try:
        return str(Path(address).expanduser())
    except RuntimeError:  # ~name of a user who is not there: said as a path that is not there
        return address


def file_at(address: str | Path) -> tuple[int, int] | None:
    """Which file lies at a path just now, so that a replaced one is noticed; None for a server."""
    if opening.is_server_address(str(address)):
        return None
    try:
        found = Path(address).stat()
    except (OSError, ValueError) as error:
        raise StudyMissing(path=address) from error
    return found.st_dev, found.st_ino


def create_store(address: str | Path) -> Store:
    """A new, empty store there."""
    return opening.create(address)


def upgrade_server(address: str) -> int:
    """Brings a study on a server up to this program's schema; gives the version it had."""
    return opening.upgrade_server(address)


def replace_demo(address: Path, settings: Settings) -> Store:
    """The demo study made anew over an earlier one, which is backed up beside it first.

    Raises StudyExists when something else than a demo study lies there.
    """
    store = open_store(address)
    try:
        if not demo.is_demo(workbench(store, settings)):
            raise StudyExists(path=address)
    finally:
        store.close()
    opening.back_up(address, "demo")
    for part in ("", "-wal", "-shm"):
        Path(f"{address}{part}").unlink(missing_ok=True)
    return create_demo(address, settings)


def create_demo(address: str | Path, settings: Settings) -> Store:
    """The invented demo study, half analysed, made new at this path."""
    store = create_store(address)
    try:
        demo.fill(workbench(store, settings))
    except BaseException:
        # A half-made demo would be opened as if it were whole the next time.
        store.close()
        if not opening.is_server_address(str(address)):
            for part in ("", "-wal", "-shm"):
                Path(f"{address}{part}").unlink(missing_ok=True)
        raise
    return store


def workbench(store: Store, settings: Settings) -> Workbench:
    return Workbench(store, settings.coder, settings.language)
