"""Thousands of small products of matrices: shared among cores they only wait for one another."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from threadpoolctl import threadpool_limits


@contextmanager
def one_thread() -> Iterator[None]:
    """Linear algebra on one core inside: on a busy computer ten times as quick."""
    with threadpool_limits(limits=1, user_api="blas"):
        yield
