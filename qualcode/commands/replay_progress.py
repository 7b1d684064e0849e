"""How far a replay is, told while it runs."""

from __future__ import annotations

import sys
import time

from qualcode.texts import N_, gettext_for
from qualcode.workbench.worth.of_table import CODING, EMBEDDING, PLACING

STEPS = {
    EMBEDDING: N_("Vectors of texts: {done} / {all}"),
    PLACING: N_("Placements asked: {done} / {all}"),
    CODING: N_("Texts to be coded asked: {done} / {all}"),
}
TELLS_EVERY = 0.5


class Progress:
    """Tells on standard error how far it is: in a line written over, or in one now and then."""

    def __init__(self, language: str, engine: str = "") -> None:
        self._before = f"{engine}: " if engine else ""
        self._translate = gettext_for(language)
        self._told = 0.0
        self._over = sys.stderr.isatty()

    def __call__(self, step: str, done: int, whole: int) -> None:
        now = time.monotonic()
        every = TELLS_EVERY if self._over else 10 * TELLS_EVERY
        if now - self._told < every and done < whole:
            return
        self._told = now
        line = self._before + self._translate(STEPS[step]).format(done=done, all=whole)
        end = "" if self._over and done < whole else "\n"
        print(f"\r{line}" if self._over else line, end=end, file=sys.stderr, flush=True)
