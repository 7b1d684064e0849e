"""The invented study that is shipped with the program."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def corpus() -> Path:
    folder = Path(__file__).resolve().parents[2] / "corpora" / "arjen_tuki"
    if not folder.is_dir():
        pytest.skip("the invented study corpora/arjen_tuki is not in this checkout")
    return folder
