"""A small invented study to group, in a real file, for the tests of the grouping pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from qualcode.domain.categories import Level
from qualcode.domain.decisions import Act
from qualcode.domain.documents import Document, Respondent, Source, SourceKind
from qualcode.workbench import categorising, reducing
from qualcode.workbench.bench import Workbench
from tests.ui.page_study import study_by_environment

ANSWERS = (
    # (respondent, actor group, answer, how it is reduced)
    ("V1", "asiakas", "Sain apua heti kun pyysin.", "apua saatiin heti"),
    ("V2", "asiakas", "Apu tuli nopeasti.", "apua saatiin heti"),
    ("V3", "asiakas", "Kiire näkyi käynneissä.", "kiire näkyi käynneissä"),
    ("T1", "työntekijä", "Kiire näkyy käynneissä.", "kiire näkyy käynneissä"),
    ("T2", "työntekijä", "Työntekijä kuunteli.", "työntekijä kuunteli"),
)


@contextmanager
def grouping_study(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workbench]:
    """Five answers, four reductions, one subcategory "Apu" with one of them, for Aino."""
    with study_by_environment(folder, monkeypatch) as bench:
        with bench.act(Act.IMPORT) as work:
            work.put(Source("s", "keksitty.csv", "0", SourceKind.SURVEY, "", ""))
            for n, (who, group, text, _wording) in enumerate(ANSWERS):
                work.put(Respondent(who, "s", who, group, position=n))
                work.put(Document(f"d{n}", "s", text, respondent_id=who, position=n))
        for n, (_who, _group, text, wording) in enumerate(ANSWERS):
            reducing.reduce(bench, f"d{n}", 0, len(text), wording)
        home = categorising.add(bench, "Apu", Level.SUBCATEGORY, category_id="apu")
        categorising.place(bench, [id_of(bench, "apua saatiin heti")], home.id)
        yield bench


def id_of(bench: Workbench, wording: str) -> str:
    return reducing.nearest_wordings(bench, wording, 1)[0].id


def run_page(page: Callable[[], None]) -> AppTest:
    """The page, after its first run, without exceptions."""
    app = AppTest.from_function(page, default_timeout=60).run()
    assert not app.exception
    return app


def button(app: AppTest, label: str):
    found = [b for b in app.button if b.label == label]
    assert found, f"no button {label!r}; there are {[b.label for b in app.button]}"
    return found[0]


def texts(app: AppTest) -> str:
    """All that the page says in words."""
    kinds = (app.markdown, app.caption, app.subheader, app.info, app.error)
    shown = "\n".join(element.value for kind in kinds for element in kind)
    return shown.replace("\\", "")  # what escapes Markdown is not seen
