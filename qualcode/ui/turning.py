"""Lists that are read page by page: which page is open, and the numbers below the list.

``key`` is where the session keeps the page's number (``state.filter_key``), from 1.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TypeVar

import streamlit as st

from qualcode.store.views import Page

T = TypeVar("T")


def begins_at(key: str, rows: int, total: int) -> int:
    """The place of the open page's first row in a list of ``total``; never past its last page."""
    pages = max(1, math.ceil(total / rows))
    return (min(_number(key), pages) - 1) * rows


def open_page(key: str, rows: int, ask: Callable[[int, int], Page[T]]) -> Page[T]:
    """The open page of what ``ask`` gives from a place on, so many rows.

    The first page when the list has become shorter than the one that was open.
    """
    page = ask((_number(key) - 1) * rows, rows)
    if not page.rows and page.total:
        st.session_state[key] = 1
        page = ask(0, rows)
    return page


def numbers(key: str, rows: int, total: int) -> None:
    """The numbers of the pages, when there is more than one."""
    if total > rows:
        st.pagination(math.ceil(total / rows), key=key)


def _number(key: str) -> int:
    return max(1, int(st.session_state.get(key, 1)))
