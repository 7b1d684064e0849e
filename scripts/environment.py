"""The environment qualcode runs in: a virtual environment in ``.venv`` and a few system packages.

``start.py``, ``test.py`` and ``check.py`` stand on this module. It needs nothing but Python's own
library, runs on Linux, macOS and Windows, and does nothing that is already done: a stamp in
``.venv`` tells which requirements were installed by which Python.

Run by itself (``python3 scripts/environment.py``) it prepares everything, the test tools too.
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib
import importlib.util
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "requirements.txt"
VENV = ROOT / ".venv"
OLDEST_PYTHON = (3, 11)

# torch goes in by a call of its own, before everything else, in exactly this version. Other
# packages ask only for "torch, new enough": met while nothing is installed, that wish brings the
# newest build, which on Linux carries several gigabytes of CUDA libraries nothing here uses. Asked
# for first and by number, pip takes a smaller CPU build of the same version where one is configured
# (PIP_FIND_LINKS, pip.conf), and the later wishes find it in place. Where none is configured the
# Linux wheel does bring CUDA: harmless, only large. On Windows and macOS it is a CPU build anyway.
FIRST = "torch"

BROWSER_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge")
FIREFOX_NAMES = ("firefox-esr", "firefox")
DICTIONARY_FOLDERS = ("/usr/lib", "/usr/local/lib", "/usr/share", "/opt/homebrew/lib")
WINDOWS_BROWSERS = (
    r"Google\Chrome\Application\chrome.exe",
    r"Microsoft\Edge\Application\msedge.exe",
)


class SetupProblem(Exception):
    """Something the person at the keyboard must mend; the message says what and how."""


# --- what there is -------------------------------------------------------------------------------


def venv_python(venv: Path = VENV) -> Path:
    """The path of the environment's own Python."""
    return venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


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


# --- what is missing -----------------------------------------------------------------------------


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


# --- the stamp -----------------------------------------------------------------------------------


def stamp(requirements: str, python: str, root: Path) -> str:
    """A fingerprint of what a finished environment was made from.

    It changes with the requirements, with Python's version, and with the folder, since a virtual
    environment doesn't survive being moved.
    """
    made_of = "\0".join((requirements, python, str(root)))
    return hashlib.sha256(made_of.encode()).hexdigest()


def requirement(name: str, requirements: str) -> str:
    """The pinned line of ``name`` in a requirements text, such as ``torch==2.13.0``."""
    for line in requirements.splitlines():
        wish = line.partition("#")[0].strip()
        if wish.partition("==")[0] == name:
            return wish
    raise SetupProblem(f"requirements.txt has no line {name}==VERSION.")


def pip_environment(environ: Mapping[str, str]) -> dict[str, str]:
    """The environment pip runs in: ours as it is, without the question for a newer pip."""
    return {**environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}


# --- doing it ------------------------------------------------------------------------------------


def say(text: str) -> None:
    """Tells the person what is going on, at once even when the output goes to a file."""
    print(text, flush=True)


class Step:
    """Runs a command quietly: its output goes to a log, one line on screen tells how it goes.

    On a terminal the line is rewritten every second with the time used and what the command last
    said; elsewhere a line is added every half minute. A failure shows the end of the log.
    """

    def __init__(self, title: str, log: Path) -> None:
        self.title = title
        self.log = log
        self.started = time.monotonic()
        self.doing = ""

    def run(self, command: Sequence[str], environ: Mapping[str, str]) -> None:
        """Returns when ``command`` has succeeded; raises SetupProblem with the log's end else."""
        say(f"- {self.title} ...")
        ended = threading.Event()
        teller = threading.Thread(target=self._tell_until, args=[ended], daemon=True)
        teller.start()
        output: list[str] = []
        try:
            with self.log.open("a", encoding="utf-8") as log:
                log.write(f"\n$ {' '.join(command)}\n")
                with subprocess.Popen(
                    command,
                    env=dict(environ),
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.STDOUT,
                    text=True,
                    encoding="utf-8",
                    errors="replace",
                ) as process:
                    assert process.stdout is not None
                    for line in process.stdout:
                        log.write(line)
                        output.append(line.rstrip())
                        if not line.startswith("WARNING"):
                            self.doing = line.strip()
        finally:
            ended.set()
            teller.join()
        if process.returncode != 0:
            tail = "\n".join(f"    {line}" for line in output[-25:])
            raise SetupProblem(
                f"This step failed: {self.title}. The end of what it said:\n{tail}\n"
                f"All of it is in {self.log}"
            )
        say(f"  done in {time.monotonic() - self.started:.0f} s")

    def _tell_until(self, ended: threading.Event) -> None:
        on_terminal = sys.stdout.isatty()
        while not ended.wait(1 if on_terminal else 30):
            line = f"  {time.monotonic() - self.started:.0f} s  {self.doing:.60}"
            if on_terminal:
                sys.stdout.write("\r" + line.ljust(76))
                sys.stdout.flush()
            else:
                say(line)
        if on_terminal:
            sys.stdout.write("\r" + " " * 76 + "\r")
            sys.stdout.flush()


def install_debian(packages: Sequence[SystemPackage], log: Path) -> None:
    """Installs ``packages`` with apt-get; we are root on Debian."""
    names = [package.name for package in packages]
    environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    Step("Reading Debian's package lists", log).run(["apt-get", "update"], environ)
    Step(f"Installing Debian's {', '.join(names)}", log).run(
        ["apt-get", "install", "-y", "--no-install-recommends", *names], environ
    )


def check_python() -> None:
    """Refuses a Python that is too old; this file is kept readable to an old Python for that."""
    if sys.version_info[:2] < OLDEST_PYTHON:
        oldest = ".".join(str(number) for number in OLDEST_PYTHON)
        raise SetupProblem(
            f"qualcode needs Python {oldest} or newer; this is {sys.version.split()[0]} "
            f"({sys.executable}).\nInstall a newer one from python.org or your system's packages, "
            f"or start with it by name, such as: python{oldest} scripts/start.py"
        )


def setup_log() -> Path:
    """The log of what the set-up's commands said, kept in .venv."""
    VENV.mkdir(exist_ok=True)
    return VENV / "setup.log"


def prepare_python() -> Path:
    """The environment's Python, with everything in requirements.txt installed.

    Does nothing when the stamp shows that it is done already.

    Raises:
        SetupProblem: a step failed or something must be installed by hand.
    """
    check_python()
    requirements = REQUIREMENTS.read_text(encoding="utf-8")
    stamp_file = VENV / "qualcode-stamp"
    python = venv_python()
    version = version_of(python)
    if version and stamp_file.is_file():
        made = stamp_file.read_text(encoding="utf-8")
        if made == stamp(requirements, version, ROOT):
            return python

    say("Preparing qualcode's environment in .venv (some minutes the first time)")
    if version is None or not has_pip(python):
        prepare_venv_module()
        make_venv()
        version = version_of(python)
        if version is None:
            raise SetupProblem(f"{python} was made but doesn't run. See {setup_log()}")
    stamp_file.unlink(missing_ok=True)
    install_requirements(python, requirements)
    build_language_model(python)
    prepare_helpers(BETTER_PACKAGES, "Not needed, but it makes the suggestions better")
    stamp_file.write_text(stamp(requirements, version, ROOT), encoding="utf-8")
    return python


def version_of(python: Path) -> str | None:
    """The full version of a Python, or None when it isn't there, doesn't run or is too old."""
    if not python.exists():
        return None
    ask = f"import sys; assert sys.version_info[:2] >= {OLDEST_PYTHON}; print(sys.version)"
    told = _ask(python, ask)
    return told.stdout.strip() if told.returncode == 0 else None


def has_pip(python: Path) -> bool:
    """Whether a Python has pip: not so in an environment whose making was broken off."""
    return _ask(python, "import pip").returncode == 0


def _ask(python: Path, question: str) -> subprocess.CompletedProcess[str]:
    command = [str(python), "-c", question]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def prepare_venv_module() -> None:
    """Sees that this Python can make virtual environments: Debian's can't without a package."""
    lacking = missing(RUN_PACKAGES)
    if lacking and is_debian() and is_root():
        install_debian(lacking, setup_log())
        importlib.invalidate_caches()
        lacking = missing(RUN_PACKAGES)
    if lacking:
        raise SetupProblem("Missing:\n" + advice(lacking, debian=is_debian()))


def make_venv() -> None:
    """Makes .venv with this Python; what is left of an earlier one is removed first."""
    if VENV.exists():
        try:
            shutil.rmtree(VENV)
        except OSError as problem:
            raise SetupProblem(
                f"The old environment {VENV} can't be removed: {problem}\n"
                "Close the programs that run from it, remove the folder and start again."
            ) from problem
    Step("Making the virtual environment", setup_log()).run(
        [sys.executable, "-m", "venv", str(VENV)], os.environ
    )


def install_requirements(python: Path, requirements: str) -> None:
    """Installs torch first, then the rest (see FIRST for why)."""
    environ = pip_environment(os.environ)
    pip = [str(python), "-m", "pip", "install", "--no-input", "--progress-bar", "off"]
    first = requirement(FIRST, requirements)
    log = setup_log()
    Step(f"Installing {first}", log).run([*pip, first], environ)
    Step("Installing the rest of requirements.txt", log).run(
        [*pip, "-r", str(REQUIREMENTS)], environ
    )


def build_language_model(python: Path) -> None:
    """Builds the offline sentence model into the person's cache, once for all checkouts.

    Suggestions work without it, only less well, so a failure is told and passed over.
    """
    paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    environ = {**pip_environment(os.environ), "PYTHONPATH": os.pathsep.join(paths)}
    try:
        Step("Building the sentence model for suggestions (about a minute)", setup_log()).run(
            [str(python), "-m", "qualcode", "models", "build", "--language", "en"], environ
        )
    except SetupProblem as problem:
        say(f"{problem}\nqualcode works without it; suggestions compare word by word until then.")


def prepare_test_tools() -> None:
    """Sees that a browser, PostgreSQL and the Finnish dictionary are there, for every test to run.

    What can't be had is told, and the tests that need it say so again.
    """
    prepare_helpers((*TEST_PACKAGES, *BETTER_PACKAGES), "Tests that need these are skipped")


def prepare_helpers(packages: Sequence[SystemPackage], otherwise: str) -> None:
    """Installs what is missing when we may (root on Debian), else tells what to install and why.

    Nothing here is needed to start, so a failure is told and passed over.
    """
    lacking = missing(packages)
    if lacking and is_debian() and is_root():
        try:
            install_debian(lacking, setup_log())
        except SetupProblem as problem:
            say(str(problem))
        lacking = missing(packages)
    if lacking:
        say(f"{otherwise}:\n{advice(lacking, debian=is_debian())}")


def run(main: Callable[[], int]) -> None:
    """Ends the program with ``main``'s exit code; a SetupProblem is told without a traceback."""
    for stream in (sys.stdout, sys.stderr):
        # A Windows console may lack a letter of what pip says; that is no reason to stop.
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        raise SystemExit(main())
    except SetupProblem as problem:
        print(f"\n{problem}", file=sys.stderr)
        raise SystemExit(2) from None
    except KeyboardInterrupt:
        raise SystemExit(130) from None


def main() -> int:
    """Prepares everything; 0 when done."""
    python = prepare_python()
    prepare_test_tools()
    say(f"Ready: {python}")
    return 0


if __name__ == "__main__":
    run(main)
