"""What a database says when it can't do as asked, as something the person can act on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DatabaseError, DBAPIError, IntegrityError, OperationalError

from qualcode.domain.errors import (
    AlreadyThere,
    StillInUse,
    StudyBusy,
    StudyDamaged,
    StudyDiskFull,
    StudyFileError,
    StudyReadOnly,
)
from qualcode.store.kinds import KINDS


@contextmanager
def saying_where(address: str) -> Iterator[None]:
    """What goes wrong inside is raised as an error of the study at that address."""
    try:
        yield
    except IntegrityError as error:
        if _is_reference(error):
            raise StillInUse(kind=_table_named_in(error), name="…", count=1) from error
        raise AlreadyThere(kind=_table_named_in(error)) from error
    except (OperationalError, DatabaseError) as error:
        # The classes beside these two tell of a fault of the program itself.
        if type(error) not in (OperationalError, DatabaseError):
            raise
        raise study_error(address, error.orig) from error


def study_error(address: str, error: BaseException | None, backup: str = "-") -> StudyFileError:
    """What the driver says, as something the person can act on."""
    said = str(error).strip()
    if "locked" in said or "busy" in said:
        return StudyBusy(path=address)
    if any(sign in said for sign in ("readonly", "read-only", "unable to open")):
        return StudyReadOnly(path=address)
    if "is full" in said or "No space left" in said:
        return StudyDiskFull(path=address)
    if any(sign in said for sign in ("malformed", "not a database", "disk I/O", "decode to UTF-8")):
        return StudyDamaged(path=address, what=said, backup=backup)
    return StudyFileError(path=f"{address} ({said})")


def _is_reference(error: DBAPIError) -> bool:
    return "foreign key" in str(error.orig).lower()


def _table_named_in(error: DBAPIError) -> str:
    """The kind of row the driver complains of; SQLite does not tell it of a reference."""
    table = getattr(getattr(error.orig, "diag", None), "table_name", None)
    if table is None:
        found = re.search(r"failed: (\w+)\.", str(error.orig))
        table = found[1] if found else ""
    return table if table in KINDS else "row"
