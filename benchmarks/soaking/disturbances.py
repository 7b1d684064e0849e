"""What goes on around the tabs: servers die and come back, material is brought in."""

from __future__ import annotations

import random
import subprocess
import sys
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path

from tests.serving import ROOT, AppServer


class Disturbance(threading.Thread, ABC):
    """Does something again and again until ``enough`` is set; ``times`` counts how often."""

    def __init__(self, seed: int, enough: threading.Event, pause: tuple[float, float]) -> None:
        super().__init__(daemon=True)
        self.chance = random.Random(seed)
        self.enough = enough
        self.pause = pause
        self.times = 0
        self.failure: BaseException | None = None

    def run(self) -> None:
        try:
            while not self.enough.wait(self.chance.uniform(*self.pause)):
                self.disturb()
                self.times += 1
        except BaseException as error:  # told by the main thread, which ends the soak with it
            self.failure = error

    @abstractmethod
    def disturb(self) -> None:
        """One disturbance; what it raises ends the soak."""


class PowerCuts(Disturbance):
    """A server is killed without a word and started again a moment later."""

    def __init__(
        self,
        seed: int,
        enough: threading.Event,
        servers: Sequence[AppServer],
        pause: tuple[float, float] = (4, 15),
    ) -> None:
        super().__init__(seed, enough, pause)
        self.servers = servers

    def disturb(self) -> None:
        server = self.chance.choice(self.servers)
        server.kill()
        time.sleep(self.chance.uniform(0, 1.5))
        server.restart()


class Imports(Disturbance):
    """New texts come in by the command line, from a process of its own, while others code."""

    def __init__(
        self,
        seed: int,
        enough: threading.Event,
        study: Path,
        pause: tuple[float, float] = (8, 30),
    ) -> None:
        super().__init__(seed, enough, pause)
        self.study = study

    def disturb(self) -> None:
        file = self.study.parent / f"tuotu-{self.times}.txt"
        lines = [f"Tuotu teksti {self.times}.{n}: apua sai myöhään." for n in range(5)]
        file.write_text("\n\n".join(lines), encoding="utf-8")
        command = ["import", str(file), "--kind", "text", "--unit", "paragraph"]
        done = subprocess.run(
            [sys.executable, "-m", "qualcode", *command, "--study", str(self.study),
             "--coder", "Tuoja"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )  # fmt: skip
        if done.returncode not in (0, 1):
            raise AssertionError(f"import ended with {done.returncode}: {done.stdout}{done.stderr}")
