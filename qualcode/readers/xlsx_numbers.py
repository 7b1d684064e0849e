"""Numbers of a workbook as a person sees them: by the format of their cell."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from typing import Any

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.utils.datetime import from_excel

Display = Callable[[float], str]


def cell_displays(styles: Any, epoch: datetime.datetime) -> list[Display]:
    """How the cells of each style show their numbers, in the order of the styles."""
    own = {
        int(item.get("numFmtId", "0")): item.get("formatCode", "General")
        for item in styles.iterfind(".//{*}numFmts/{*}numFmt")
    }
    displays = []
    for style in styles.iterfind("{*}cellXfs/{*}xf"):
        number = int(style.get("numFmtId", "0"))
        code = own.get(number) or BUILTIN_FORMATS.get(number, "General")
        displays.append(display_of(code, epoch))
    return displays or [display_of("General", epoch)]


def display_of(code: str, epoch: datetime.datetime) -> Display:
    """How a number of this format is shown: dates as ISO, percentages and leading zeros kept.

    Decimals are never cut: a value shown as 3,1 but stored as 3.14 is given as 3.14.
    """
    if is_date_format(code):
        return _date_display(epoch, duration=is_timedelta_format(code))
    plain = code.split(";")[0].strip()
    if re.fullmatch(r"0{2,}", plain):
        return lambda value: plain_number(value).zfill(len(plain))
    if re.fullmatch(r"[#0,.]*0(?:\.0+)?\s?%", plain):
        return lambda value: f"{plain_number(value * 100)}%"
    return plain_number


def plain_number(value: float) -> str:
    """
    >>> [plain_number(value) for value in (1.0, 0.1 + 0.2, 12345678901.0, -2.5)]
    ['1', '0.3', '12345678901', '-2.5']
    """
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return format(value, ".15g")


def _date_display(epoch: datetime.datetime, *, duration: bool) -> Display:
    def display(value: float) -> str:
        try:
            moment = from_excel(value, epoch, timedelta=duration)
        except (ValueError, OverflowError):
            return plain_number(value)
        if isinstance(moment, datetime.datetime):
            if moment.microsecond:
                moment += datetime.timedelta(microseconds=500_000)
                moment = moment.replace(microsecond=0)
            if moment.time() == datetime.time():
                return moment.date().isoformat()
            return moment.isoformat(sep=" ")
        if isinstance(moment, datetime.time):
            return moment.replace(microsecond=0).isoformat()
        return str(moment)

    return display
