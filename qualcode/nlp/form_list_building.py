"""The list of Finnish forms in the user's cache: made once, checked, and found again.

Made of the list inside the installed package ``simplemma`` (MIT), so nothing is fetched and no
list is carried in the project. A file is written beside the final one and takes its place in one
step: what is broken off leaves nothing that looks like a list.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache
from itertools import islice
from pathlib import Path
from uuid import uuid4

from qualcode.nlp.base_forms import INSTALL as INSTALL_WORDS
from qualcode.nlp.e5.building import DAY, INSTALL, models_folder
from qualcode.nlp.form_list import FormList, digest_said, form_list_file, is_whole
from qualcode.nlp.libraries import library
from qualcode.nlp.problems import (
    BrokenEngine,
    FormListFault,
    MissingEngine,
    ModelInUse,
    NoRoomForModel,
    UnreadableEngine,
)

FORM = 2
"""Of the file: one of another form is made anew, and older ones are then removed."""

ENGINE = "e5-forms"
STEM = "finnish-forms-"
MEGABYTES_NEEDED = 60
AGAIN = f"{INSTALL} --again"
WORKPLACE = "building-forms-"
ONE_IN = 997
"""When a list has been made, one form in so many is looked up in it."""


def file_of(models: Path | None = None) -> Path:
    return (models or models_folder()) / f"{STEM}{FORM}.bin"


def ready(models: Path | None = None) -> None:
    """Nothing when the list can be used; raises the EngineProblem that tells why it cannot.

    The file is read through only when it has changed since it was last.
    """
    path = file_of(models)
    try:
        there = path.stat()
        whole = _is_whole(path, there.st_size, there.st_mtime_ns)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise MissingEngine(engine=ENGINE, missing=path.name, install=INSTALL) from error
    except OSError as error:
        raise _unreadable(path, error) from error
    except FormListFault as error:
        raise _broken(path, error) from error
    if not whole:
        raise BrokenEngine(engine=ENGINE, what=path.name, install=INSTALL)


def opened(models: Path | None = None) -> FormList:
    """The list, whole; raises the EngineProblem that ``ready`` does."""
    ready(models)
    path = file_of(models)
    try:
        return FormList.in_file(path)
    except OSError as error:
        raise _unreadable(path, error) from error
    except FormListFault as error:
        raise _broken(path, error) from error


def sound(models: Path | None = None) -> bool:
    try:
        ready(models)
    except (MissingEngine, BrokenEngine):
        return False
    return True


def fingerprint(models: Path | None = None) -> str:
    """What tells this list from another; empty when there is none."""
    try:
        return digest_said(file_of(models))[:12]
    except (OSError, FormListFault):
        return ""


def look_again() -> None:
    """The file is read again when it is asked for next, also when it looks as it did."""
    _is_whole.cache_clear()


def build(models: Path | None = None, words: Mapping[str, str] | None = None) -> Path:
    """The finished file, made anew; ``words`` are simplemma's, if nothing else is said.

    Takes some fifteen seconds. Raises an EngineProblem that says what is missing.
    """
    listed = words if words is not None else _listed()
    parts = form_list_file(listed.items())
    target = file_of(models)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _tidy(target.parent)
        # A name of its own, but with the rights that any file has here: others may read the models.
        made = target.parent / f"{WORKPLACE}{uuid4().hex}"
        try:
            with made.open("wb") as file:
                file.writelines(parts)
            _compare(made, listed)
            _put_in_place(made, target)
        finally:
            # Windows keeps what is still mapped; what stays is tidied away by a later build.
            with suppress(PermissionError):
                made.unlink(missing_ok=True)
    except OSError as error:
        raise NoRoomForModel(
            engine=ENGINE, folder=target.parent, what=error.strerror, megabytes=MEGABYTES_NEEDED
        ) from error
    look_again()
    remove_older(target)
    return target


def _listed() -> Mapping[str, str]:
    dictionaries = library(
        "simplemma.strategies.dictionaries", engine=ENGINE, install=INSTALL_WORDS
    )
    words: Mapping[str, str] = dictionaries.DefaultDictionaryFactory().get_dictionary("fi")
    return words


def _compare(path: Path, words: Mapping[str, str]) -> None:
    """Raises an EngineProblem unless the list, read back, gives what it was made of."""
    listed = FormList.in_file(path)
    for form, base in islice(words.items(), 0, None, ONE_IN):
        if listed.get(form) != base:
            raise BrokenEngine(engine=ENGINE, what=f"{form}: {listed.get(form)}", install=INSTALL)


def _put_in_place(made: Path, target: Path) -> None:
    try:
        made.replace(target)
    except PermissionError as error:
        # Windows keeps a file that another program reads. If the same is in it, nothing is lacking.
        if not _same(made, target):
            raise ModelInUse(
                file=target.name, folder=target.parent, what=error.strerror, install=AGAIN
            ) from error


def _same(made: Path, target: Path) -> bool:
    try:
        return is_whole(target) and digest_said(target) == digest_said(made)
    except (OSError, FormListFault):
        return False


def remove_older(target: Path) -> None:
    """Lists of older forms beside this one, 27 MB each, which no newer program reads.

    What another program holds open (Windows) stays and is tried again after the next build.
    """
    log = logging.getLogger(__name__)
    for older in target.parent.glob(f"{STEM}*.bin"):
        form = older.stem.removeprefix(STEM)
        if not form.isdecimal() or int(form) >= FORM:
            continue
        try:
            older.unlink()
        except OSError as error:
            log.info("an older list of forms stays: %s (%s)", older, error)
        else:
            log.info("an older list of forms is removed: %s", older)


def _tidy(models: Path) -> None:
    """What has been left by builds that were ended from outside, a day ago or earlier."""
    for left in models.glob(f"{WORKPLACE}*"):
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > DAY:
                left.unlink()


@lru_cache(maxsize=16)
def _is_whole(path: Path, _size: int, _changed: int) -> bool:
    """The file is read again only when its size or its time of change is another.

    A file that could not be read is read again the next time: what is raised is not remembered.
    """
    return is_whole(path)


def _unreadable(path: Path, error: OSError) -> UnreadableEngine:
    return UnreadableEngine(engine=ENGINE, what=f"{path.name}: {error.strerror}", install=INSTALL)


def _broken(path: Path, fault: FormListFault) -> BrokenEngine:
    said = f"{path.name}: {fault.values['what']}"
    return BrokenEngine(engine=ENGINE, what=said, install=INSTALL)
