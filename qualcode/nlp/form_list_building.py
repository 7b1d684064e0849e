"""The list of Finnish forms in the user's cache: made once, checked, and found again.

Made of the list inside the installed package ``simplemma`` (MIT), so nothing is fetched and no
list is carried in the project. A file is written beside the final one and takes its place in one
step: what is broken off leaves nothing that looks like a list.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from itertools import islice
from pathlib import Path
from uuid import uuid4

from qualcode.nlp.base_forms import INSTALL as INSTALL_WORDS
from qualcode.nlp.e5.building import DAY, INSTALL, models_folder
from qualcode.nlp.form_list import FormList, FormListFault, head_bytes, head_of, written
from qualcode.nlp.libraries import library
from qualcode.nlp.problems import BrokenEngine, MissingEngine, NoRoomForModel

FORM = 1
"""Of the file: one of another form is made anew."""

ENGINE = "e5-forms"
MEGABYTES_NEEDED = 60
WORKPLACE = "building-forms-"
ONE_IN = 997
"""When a list has been made, one form in so many is looked up in it."""


def file_of(models: Path | None = None) -> Path:
    return (models or models_folder()) / f"finnish-forms-{FORM}.bin"


def ready(models: Path | None = None) -> None:
    """Nothing when the list can be used; raises the EngineProblem that tells why it cannot.

    The file is read through only when it has changed since it was last.
    """
    path = file_of(models)
    if not path.is_file():
        raise MissingEngine(engine=ENGINE, missing=path.name, install=INSTALL)
    if not _is_whole_now(path):
        raise BrokenEngine(engine=ENGINE, what=path.name, install=INSTALL)


def opened(models: Path | None = None) -> FormList:
    """The list, whole; raises the EngineProblem that ``ready`` does."""
    ready(models)
    try:
        return FormList.in_file(file_of(models))
    except (OSError, FormListFault) as error:
        raise BrokenEngine(engine=ENGINE, what=error, install=INSTALL) from error


def sound(models: Path | None = None) -> bool:
    try:
        ready(models)
    except (MissingEngine, BrokenEngine):
        return False
    return True


def fingerprint(models: Path | None = None) -> str:
    """What tells this list from another; empty when there is none."""
    try:
        return head_of(file_of(models))[0].digest[:12]
    except (OSError, FormListFault):
        return ""


def build(models: Path | None = None, words: Mapping[str, str] | None = None) -> Path:
    """The finished file, made anew; ``words`` are simplemma's, if nothing else is said.

    Takes some fifteen seconds. Raises an EngineProblem that says what is missing.
    """
    listed = words if words is not None else _listed()
    head, body = written(listed.items())
    head = replace(head, digest=hashlib.sha256(body).hexdigest())
    target = file_of(models)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _tidy(target.parent)
        # A name of its own, but with the rights that any file has here: others may read the models.
        made = target.parent / f"{WORKPLACE}{uuid4().hex}"
        try:
            made.write_bytes(head_bytes(head) + body)
            _compare(made, listed)
            _put_in_place(made, target)
        finally:
            made.unlink(missing_ok=True)
    except OSError as error:
        raise NoRoomForModel(
            engine=ENGINE, folder=target.parent, what=error.strerror, megabytes=MEGABYTES_NEEDED
        ) from error
    return target


def _listed() -> Mapping[str, str]:
    dictionaries = library(
        "simplemma.strategies.dictionaries", engine=ENGINE, install=INSTALL_WORDS
    )
    words: Mapping[str, str] = dictionaries.DefaultDictionaryFactory().get_dictionary("fi")
    return words


def _compare(path: Path, words: Mapping[str, str]) -> None:
    """Raises BrokenEngine unless the list, read back, gives what it was made of."""
    listed = FormList.in_file(path)
    for form, base in islice(words.items(), 0, None, ONE_IN):
        if listed.get(form) != base:
            raise BrokenEngine(engine=ENGINE, what=f"{form}: {listed.get(form)}", install=INSTALL)


def _put_in_place(made: Path, target: Path) -> None:
    try:
        made.replace(target)
    except PermissionError:
        # Windows keeps a file that another program reads; if that one is whole, it does.
        if not _is_whole_now(target):
            raise


def _tidy(models: Path) -> None:
    """What has been left by builds that were ended from outside, a day ago or earlier."""
    for left in models.glob(f"{WORKPLACE}*"):
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > DAY:
                left.unlink()


def _is_whole_now(path: Path) -> bool:
    there = path.stat()
    return _is_whole(path, there.st_size, there.st_mtime_ns)


@lru_cache(maxsize=16)
def _is_whole(path: Path, _size: int, _changed: int) -> bool:
    """The file is read again only when its size or its time of change is another."""
    try:
        head, start = head_of(path)
        body = path.read_bytes()[start:]
    except (OSError, FormListFault):
        return False
    return hashlib.sha256(body).hexdigest() == head.digest
