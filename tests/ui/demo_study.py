"""The demo study, made once a test run and copied for each test that may change it."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from qualcode.bootstrap import Settings, create_demo


@cache
def _made() -> Path:
    path = Path(mkdtemp(prefix="qualcode-demo-")) / "demo.qualcode"
    create_demo(path, Settings(path.parent, coder="Testaaja")).close()
    return path


def demo_study(folder: Path) -> Path:
    """A copy of the demo study in ``folder``."""
    return Path(shutil.copy(_made(), folder / "demo.qualcode"))
