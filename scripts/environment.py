"""The environment qualcode runs in: a virtual environment in ``.venv`` and a few system packages.

``start.py``, ``test.py`` and ``check.py`` stand on this module. It needs nothing but Python's own
library, runs on Linux, macOS and Windows, and does nothing that is already done: a stamp in
``.venv`` tells which requirements were installed by which Python.

Run by itself (``python3 scripts/environment.py``) it prepares everything, the test tools too.
"""

from __future__ import annotations

import hashlib
import importlib
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

if __package__:  # a part of the checkout, as the tests read it
    from scripts.system_packages import (
        BETTER_PACKAGES,
        RUN_PACKAGES,
        TEST_PACKAGES,
        SystemPackage,
        advice,
        is_debian,
        is_root,
        missing,
    )
else:  # run by name: this folder is on the path
    from system_packages import (
        BETTER_PACKAGES,
        RUN_PACKAGES,
        TEST_PACKAGES,
        SystemPackage,
        advice,
        is_debian,
        is_root,
        missing,
    )

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

COMPILE_ALL = """
from compileall import compile_dir
from sysconfig import get_path
compile_dir(get_path("purelib"), quiet=2, workers=0)
"""


class SetupProblem(Exception):
    """Something the person at the keyboard must mend; the message says what and how."""


def venv_python(venv: Path = VENV) -> Path:
    """The path of the environment's own Python."""
    return venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


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
    # pip would compile the twenty thousand modules one by one.
    quiet = ["--no-input", "--progress-bar", "off", "--no-compile"]
    pip = [str(python), "-m", "pip", "install", *quiet]
    first = requirement(FIRST, requirements)
    log = setup_log()
    Step(f"Installing {first}", log).run([*pip, first], environ)
    Step("Installing the rest of requirements.txt", log).run(
        [*pip, "-r", str(REQUIREMENTS)], environ
    )
    compile_installed(python)


def compile_installed(python: Path) -> None:
    """Compiles every installed module, on all processors at once.

    Python compiles what is missing when it is first used, so a failure is told and passed over.
    """
    try:
        Step("Compiling what was installed", setup_log()).run(
            [str(python), "-c", COMPILE_ALL], os.environ
        )
    except SetupProblem as problem:
        say(f"{problem}\nqualcode works without it; its first start takes longer.")


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
