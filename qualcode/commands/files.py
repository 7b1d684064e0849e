"""Files that are named on the command line."""

from __future__ import annotations

from pathlib import Path

from qualcode.domain.errors import FileProblem


class FileMissing(FileProblem):
    template = "There is no file {file}. Check the path."


class FileUnreadable(FileProblem):
    template = "{file} could not be opened ({what}). Check that you may read it."


def contents(path: Path) -> bytes:
    """The bytes of the file; ``FileMissing`` or ``FileUnreadable`` when it cannot be had."""
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise FileMissing(file=path) from error
    except OSError as error:
        raise FileUnreadable(file=path, what=error.strerror or type(error).__name__) from error
