"""The programs and libraries that a package manager brings: which are wanted, and which are there.

Python's own library is enough for it, as for ``environment``, which installs what is missing.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

BROWSER_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge")
FIREFOX_NAMES = ("firefox-esr", "firefox")
DICTIONARY_FOLDERS = ("/usr/lib", "/usr/local/lib", "/usr/share", "/opt/homebrew/lib")
WINDOWS_BROWSERS = (
    r"Google\Chrome\Application\chrome.exe",
    r"Microsoft\Edge\Application\msedge.exe",
)


def find_browser() -> Path | None:
    """A Chromium to test with: ``QUALCODE_CHROMIUM``, else one on the path or usually installed."""
    named = os.environ.get("QUALCODE_CHROMIUM")
    if named:
        return Path(named)
    for name in BROWSER_NAMES:
        found = shutil.which(name)
        if found:
            return Path(found)
    if os.name == "nt":
        for folder in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
            for inside in WINDOWS_BROWSERS:
                candidate = Path(os.environ.get(folder, "")) / inside
                if candidate.is_file():
                    return candidate
    return None


def find_firefox() -> Path | None:
    """A Firefox on the path: the browser tests' second browser."""
    found = (shutil.which(name) for name in FIREFOX_NAMES)
    return next((Path(one) for one in found if one), None)


def find_postgres() -> Path | None:
    """The folder of PostgreSQL's server programs (initdb, pg_ctl), newest version first.

    Debian keeps them off the path, in a folder for each version.
    """
    versions = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(versions, key=_postgres_version, default=None)
    if newest is not None:
        return newest.parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


def _postgres_version(initdb: Path) -> tuple[int, ...]:
    numbers = initdb.parent.parent.name.split(".")
    return tuple(int(number) for number in numbers if number.isdigit())


def has_library(*names: str) -> bool:
    """Whether the system has a shared library under one of the names it goes by."""
    for name in names:
        try:
            ctypes.CDLL(name)
        except OSError:
            continue
        return True
    return False


def is_debian(os_release: str | None = None) -> bool:
    """Whether this is Debian or a child of it, so that apt-get is how things are installed."""
    if os_release is None:
        path = Path("/etc/os-release")
        os_release = path.read_text(encoding="utf-8") if path.is_file() else ""
        if shutil.which("apt-get") is None:
            return False
    for line in os_release.splitlines():
        key, _, value = line.partition("=")
        if key in ("ID", "ID_LIKE") and "debian" in value.strip("\"'").split():
            return True
    return False


def is_root() -> bool:
    """Whether we may install system packages (never on Windows)."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


@dataclass(frozen=True)
class SystemPackage:
    """A Debian package, why it is wanted, and how to see whether it is there."""

    name: str
    why: str
    elsewhere: str
    is_there: Callable[[], bool]


RUN_PACKAGES = (
    SystemPackage(
        "python3-venv",
        "to make the virtual environment in .venv",
        "a Python with venv and pip, as python.org's installers have",
        lambda: importlib.util.find_spec("ensurepip") is not None,
    ),
)
# Without these qualcode works as well, a little less cleverly.
BETTER_PACKAGES = (
    SystemPackage(
        "libvoikko1",
        "for dictionary forms of Finnish words (word stems are used without it)",
        "the Voikko library, for dictionary forms of Finnish words",
        lambda: has_library("libvoikko.so.1", "libvoikko-1.dll", "libvoikko.1.dylib"),
    ),
    SystemPackage(
        "voikko-fi",
        "the dictionary of the former",
        "Voikko's Finnish dictionary",
        lambda: any((Path(folder) / "voikko/5").is_dir() for folder in DICTIONARY_FOLDERS),
    ),
)
TEST_PACKAGES = (
    SystemPackage(
        "chromium",
        "for the tests that drive the app in a real browser",
        "Chromium, Chrome or Edge (or name one in QUALCODE_CHROMIUM)",
        lambda: find_browser() is not None,
    ),
    SystemPackage(
        "firefox-esr",
        "for the tests that drive the app in a second browser",
        "Firefox",
        lambda: find_firefox() is not None,
    ),
    SystemPackage(
        "libatomic1",
        # Every desktop has it; a bare server or container may not.
        "for Playwright, which drives that browser",
        "the library libatomic.so.1",
        lambda: sys.platform != "linux" or has_library("libatomic.so.1"),
    ),
    SystemPackage(
        "postgresql",
        "for the tests of the study store on a PostgreSQL server",
        "PostgreSQL's server programs (initdb, pg_ctl) on the path",
        lambda: find_postgres() is not None,
    ),
)


def missing(packages: Iterable[SystemPackage]) -> list[SystemPackage]:
    """The packages among ``packages`` that this machine lacks."""
    return [package for package in packages if not package.is_there()]


def advice(packages: Sequence[SystemPackage], *, debian: bool) -> str:
    """What to install and why, one line a package and then the command."""
    lines = [f"  {p.name if debian else p.elsewhere}: {p.why}" for p in packages]
    if debian:
        lines.append("Install with: sudo apt-get install " + " ".join(p.name for p in packages))
    return "\n".join(lines)
