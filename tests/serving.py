"""Starting and stopping the real app for a test."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from tests.forking import Forked, can_fork, fork

ROOT = Path(__file__).resolve().parent.parent
# Generous: two busy cores may need ten seconds for what takes three on an idle machine.
SECONDS_TO_START = 60
SECONDS_TO_STOP = 15
NO_PROXY = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def serve_command(study: Path, port: int, *arguments: str) -> list[str]:
    """The command that serves ``study`` on ``port`` without opening a browser."""
    return [
        sys.executable, "-m", "qualcode", "serve",
        "--study", str(study), "--port", str(port), "--no-browser", *arguments,
    ]  # fmt: skip


_given_back: list[int] = []


def free_port() -> int:
    """A port nobody listens on just now: one given back before, if it is free.

    What a browser has fetched and compiled it keeps by its address: from a new port it would fetch
    and compile all again, which takes a second of a processor.
    """
    while _given_back:
        port = _given_back.pop()
        if is_free(port):
            return port
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


def is_free(port: int) -> bool:
    """Whether a server may listen on the port; connections that have just ended don't count."""
    with socket.socket() as sock:
        if os.name != "nt":  # there it would take the port from whoever listens
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            sock.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


class AppServer:
    """A server process on a port of its own.

    ``command`` gives the command line for a port. ``study`` is the file it serves, for the test's
    convenience. All the program says goes to ``log``. ``anew`` starts the program as its users do;
    otherwise it is forked from a process that has read the libraries (tests/forking.py).
    """

    anew = True  # for whoever measures; tests/conftest.py has it False for the tests

    def __init__(
        self,
        command: Callable[[int], Sequence[str]],
        log: Path,
        study: Path | None = None,
        anew: bool | None = None,
    ) -> None:
        self.command = command
        self.anew = type(self).anew if anew is None else anew
        self.log = log
        self.study = study
        self.port = 0
        self.process: subprocess.Popen[bytes] | Forked | None = None

    @property
    def url(self) -> str:
        """The address of the first page."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Returns when the server answers."""
        self.port = free_port()
        if not self._launch():
            # Between looking for a free port and using it somebody else may take it: once more.
            self.port = free_port()
            if not self._launch():
                raise AssertionError(f"the server found no free port:\n{self.said()}")

    def kill(self) -> None:
        """Ends the server as a power cut would: it gets no chance to save anything."""
        self._signal("SIGKILL")

    def stop(self) -> None:
        """Ends the server politely."""
        self._signal("SIGTERM")

    def restart(self) -> None:
        """Starts it again on the same port and study, killed or not."""
        self.stop()
        if not self._launch():
            raise AssertionError(f"port {self.port} was taken during a restart:\n{self.said()}")

    def said(self) -> str:
        """All it has written so far."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def stop_and_check_log(self) -> None:
        """Ends the server for good; an exception it met at any time is an AssertionError here."""
        self.stop()
        self._give_back_port()
        said = self.said()
        assert "Traceback" not in said, f"the server met an exception:\n{said}"

    def _give_back_port(self) -> None:
        if self.port:
            _given_back.append(self.port)
            self.port = 0

    def _launch(self) -> bool:
        """True when it answers, False when the port was taken."""
        offset = self.log.stat().st_size if self.log.exists() else 0
        self.process = self._process()
        deadline = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                said = self.log.read_bytes()[offset:].decode(errors="replace").lower()
                if "already in use" in said or "not available" in said:
                    return False
                raise AssertionError(f"the server ended by itself:\n{self.said()}")
            if self._is_healthy():
                return True
            time.sleep(0.05)
        self.kill()
        raise AssertionError(f"no answer in {SECONDS_TO_START} s:\n{self.said()}")

    def _process(self) -> subprocess.Popen[bytes] | Forked:
        command = self.command(self.port)
        environment = os.environ | {"PYTHONUNBUFFERED": "1"}
        if not self.anew and can_fork(command):
            return fork(command, ROOT, environment, self.log)
        with self.log.open("ab") as log:
            return subprocess.Popen(
                command,
                cwd=ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                # A process group of its own: what the server starts ends with it.
                start_new_session=True,
            )

    def _is_healthy(self) -> bool:
        try:
            with NO_PROXY.open(f"{self.url}/_stcore/health", timeout=1) as answer:
                return answer.read() == b"ok"
        except OSError:
            return False

    def _signal(self, name: str) -> None:
        if self.process is None:
            return
        if os.name == "nt":
            if self.process.poll() is None:
                subprocess.run(
                    ["taskkill", "/F", "/T", "/PID", str(self.process.pid)],
                    capture_output=True,
                    check=False,
                )
        else:
            self._signal_group(getattr(signal, name))
        try:
            self.process.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            if os.name == "nt":
                self.process.kill()
            else:
                self._signal_group(signal.SIGKILL)
            self.process.wait()
        self.process = None

    def _signal_group(self, number: signal.Signals) -> None:
        assert self.process is not None
        # No such process: it has ended already, which is what is wanted.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, number)


@contextlib.contextmanager
def served(study: Path, *arguments: str) -> Iterator[AppServer]:
    """The app at work on ``study`` meanwhile.

    An exception in its log, which lies beside the study, is an AssertionError at the end.
    """
    log = study.with_name("server.log")
    server = AppServer(lambda port: serve_command(study, port, *arguments), log, study)
    server.start()
    try:
        yield server
    finally:
        server.stop_and_check_log()
