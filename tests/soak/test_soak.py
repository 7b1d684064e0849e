"""A short soak of every kind; ``python -m benchmarks soak --minutes 60`` is the long one."""

from __future__ import annotations

import random

import pytest

from benchmarks.soak import soak
from benchmarks.soaking.browser import soak_in_browser

SECONDS = 12


@pytest.fixture
def seed():
    number = random.randrange(10**6)
    print(f"seed {number}")  # shown when the test fails
    return number


@pytest.mark.slow
def test_tabs_servers_and_imports_lose_nothing(tmp_path, seed):
    verdict = soak(tmp_path, seed, SECONDS)
    assert verdict.problems == []
    assert verdict.operations > 20


@pytest.mark.slow
@pytest.mark.browser
def test_keys_in_two_real_tabs_lose_nothing(chromium, tmp_path, seed):
    verdict = soak_in_browser(chromium.browser(), tmp_path, seed, SECONDS)
    assert verdict.problems == []
    assert verdict.operations > 5
