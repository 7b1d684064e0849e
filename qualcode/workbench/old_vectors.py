"""Vectors that nobody needs any more: how much room they take in the study, and letting them go.

Other settings, another build of a model or another list of words make other vectors, and those
made before stay in the study beside them. They are only a cache: what turns out to be needed after
all is made again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from qualcode.domain.errors import StudyBusy
from qualcode.nlp import registry
from qualcode.nlp.problems import EngineProblem
from qualcode.workbench import engines
from qualcode.workbench.bench import Workbench
from qualcode.workbench.likeness import kept_under


@dataclass(frozen=True)
class Freed:
    """``bytes`` that vectors took; ``smaller``: whether their room was given back, of a file to the
    disk and on a server to what is written there next."""

    bytes: int
    smaller: bool = True


def old_vectors(bench: Workbench) -> dict[str, int]:
    """What the study keeps of vectors that are not in use, in bytes by what made them.

    In a file of one's own those are all that the engine in use did not make. On a server, and while
    a better engine cannot be used here, another computer may use another engine: then only those
    are old whose engine would make others here by now; another computer with another version of it
    makes its own anew. Of models of one's own the study itself tells which one is in use.
    """
    with bench.store.reading() as rows:
        room = rows.room_of_vectors()
    engine = engines.engine_of(bench)
    used = "" if engine.name in registry.PASSING else kept_under(bench, engine.name)
    if used.endswith("@"):
        return {}  # its files cannot be read just now, so nobody can tell
    alone = "://" not in bench.store.address and not engine.passed_over
    return {
        kept: size
        for kept, size in room.items()
        if kept != used and (alone or _is_made_otherwise(bench, kept))
    }


def forget_old_vectors(bench: Workbench) -> Freed:
    """They go, and the room they took is given back."""
    old = old_vectors(bench)
    if not old:
        return Freed(0)
    with bench.store.writing() as writing:
        for kept in old:
            writing.forget_vectors(kept)
    size = sum(old.values())
    try:
        bench.store.compact()
    except StudyBusy:
        # Somebody reads the file. The room stays in it, and what is written next goes there.
        return Freed(size, smaller=False)
    return Freed(size)


def megabytes(size: int, language: str) -> str:
    """The size in megabytes with one decimal, at least 0.1, as the language writes it."""
    written = f"{max(0.1, size / 1_000_000):.1f}"
    return written.replace(".", ",") if language == "fi" else written


def told_freed(freed: Freed, _: Callable[[str], str], language: str) -> str:
    """What letting them go came to, in a sentence."""
    if not freed.bytes:
        return _("There are no vectors to remove: all are in use.")
    size = megabytes(freed.bytes, language)
    if freed.smaller:
        return _("Removed {size} MB of vectors that were not in use.").format(size=size)
    return _(
        "Removed {size} MB of vectors that were not in use. The file is open elsewhere too, so it "
        "did not become smaller: what is saved next uses the free room."
    ).format(size=size)


def _is_made_otherwise(bench: Workbench, kept: str) -> bool:
    """Whether the engine that made these would make others here; False where it cannot be used."""
    name, marked, _mark = kept.partition("@")
    if not marked or name not in registry.FINGERPRINTS:
        return False
    choice = engines.chosen(bench)
    if name == engines.OWN and (choice is None or choice.name != name):
        return True
    try:
        registry.probe(name, engines.engine_of(bench, name).options)
    except EngineProblem:
        return False
    now = kept_under(bench, name)
    return kept != now and not now.endswith("@")
