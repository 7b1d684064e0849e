"""How a page without a browser finds its study: in its window's session, or by the environment."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from qualcode.bootstrap import create_store
from qualcode.store import opening
from qualcode.ui import state
from qualcode.workbench import studies
from qualcode.workbench.bench import Workbench


def open_page(
    script: Callable[[], None], path: Path, coder: str = "Maija", **session: object
) -> AppTest:
    """The page on the study at ``path``, in Finnish unless said otherwise, after its first run."""
    app = AppTest.from_function(script, default_timeout=60)
    for name, value in {"study": str(path), "language": "fi", "coder": coder, **session}.items():
        app.session_state[name] = value
    app.run()
    assert not app.exception
    return app


def rows_of(path: Path, cls: type, **equals: Any) -> list[Any]:
    """Rows of the study as they are in its file now."""
    store = opening.open_study(path)
    with store.reading() as reading:
        found = reading.find(cls, **equals)
    store.close()
    return found


@contextmanager
def study_by_environment(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workbench]:
    """A new study in a real file, which Aino's pages find as those of a started program do."""
    path = folder / "study.qualcode"
    settings = {"STUDY": str(path), "FOLDER": str(folder), "CODER": "Aino", "LANGUAGE": "fi"}
    for name, value in settings.items():
        monkeypatch.setenv(f"QUALCODE_{name}", value)
    state.settings_of_run.clear()
    bench = Workbench(create_store(path), "Aino")
    studies.start(bench, "Keksitty tutkimus")
    yield bench
    bench.store.close()
    state.settings_of_run.clear()
