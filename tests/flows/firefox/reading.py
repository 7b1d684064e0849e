"""The page of reading in Firefox, and the study that the stories are told of: all invented."""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.domain.codes import Code, Codebook
from qualcode.domain.coding import Coding
from qualcode.domain.decisions import Act
from qualcode.domain.documents import Document, Respondent, Segment
from tests.firefox import FirefoxProblem
from tests.ui.reading_study import CODER, bench_of, codings, make_study, reductions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qualcode.workbench.bench import Workbench
    from tests.firefox_page import FirefoxPage
    from tests.serving import AppServer

__all__ = ["CODER", "QUESTIONS", "FirefoxReading", "told_study"]

QUESTIONS = 16
"""Every test of a module reads a question of its own."""

OLDER = (1, 4)
"""Which of the five respondents are over fifty."""

FAR = (
    "Kaukana kirkolta, ison joen toisella puolella, viimeisen talon takana metsän reunassa, "
    "josta on kaupunkiin kolme tuntia autolla ja talvella vielä pidempään, kun tie on auraamatta, "
    "bussi ei kulje eikä kukaan naapureistakaan enää aja, mutta jonne postikin tuodaan perjantaisin"
)

RULE, EXAMPLE = "Kun saa olla mukana päättämässä.", "Minulta kysyttiin ensin."
"""Of the code "Osallisuus"; the others have neither."""

SAVED = ".qc-marker[data-pending='0'][data-state='saved']"
ACTS = "Number(document.querySelector('.qc-marker').dataset.acts)"
ROLES = {"Asiakkaan roolit": ("Päättäjä", "Oppija"), "Työntekijän roolit": ("Ohjaaja",)}


def told_study(path: Path) -> Path:
    """The small study of reading; two of its people are older, and its roles stand in branches."""
    make_study(path, questions=QUESTIONS)
    bench = bench_of(path)
    with bench.act(Act.EDIT_RESPONDENT) as work:
        for n in OLDER:
            facts = {"Ikä": "50–59", "Asuinpaikka": FAR}
            work.put(Respondent(f"r{n}", "s", f"V{n}", "asiakas", facts, n))
    with bench.act(Act.TAKE_CODEBOOK) as work:
        work.put(replace(work.require(Code, "c0"), rule_fi=RULE, example_fi=EXAMPLE))
        work.put(Codebook("roles", "roolit", "Roolit", position=1))
        for place, (branch, children) in enumerate(ROLES.items()):
            id = f"p{place}"
            work.put(Code(id, "roles", id, branch, position=place * 10))
            work.add(
                [
                    Code(f"{id}-{n}", "roles", f"{id}-{n}", child, parent_id=id, position=n)
                    for n, child in enumerate(children)
                ]
            )
    bench.store.close()
    return path


@dataclass
class FirefoxReading:
    """The page of reading, opened at a question; its first answer has the focus."""

    page: FirefoxPage
    server: AppServer
    question: int = 0

    # --- what the analyst does ---

    def open(self, answer: int = 0) -> None:
        self.page.open(f"{self.server.url}/koodaus?vastaus={self.doc(answer)}")
        self.wait_focus(answer)

    def press(self, *keys: str) -> None:
        self.page.press(*keys)

    def write(self, text: str) -> None:
        self.page.write(text)

    def act(self, *keys: str, acts: int = 1) -> None:
        """Presses keys that make at least so many acts; returns when the server has them."""
        with self.acting(acts):
            self.press(*keys)

    @contextmanager
    def acting(self, acts: int = 1) -> Iterator[None]:
        """What is done inside makes at least so many acts; ends when the server has them."""
        before = self.page.ask(ACTS)
        yield
        try:
            self.page.wait_for(f"{ACTS} >= {before + acts}")
        except FirefoxProblem as problem:
            raise AssertionError(f"no act was made; {self.foot}") from problem
        self.wait_saved()

    def picks_code(self, typed: str) -> None:
        """Finds a code by typing and gives it; returns when the server has it."""
        self.press("c")
        self.page.wait_for_selector(".qc-picker input:focus")
        self.write(typed)
        self.act("Enter")

    def drag_text_onto(self, start: tuple[float, float], selector: str, words: str) -> None:
        """Drags the selected text from there onto what has the words.

        A Firefox without a screen begins a drag and carries it, but never drops: what it would tell
        the page at the end is told to it in its place.
        """
        end = self.page.place(selector, words)
        over = (end[0] - 3, end[1] - 2)
        self.page.hold(start, (start[0] + 12, start[1] + 9), over, end)
        self.page.wait_for_selector(f"{selector}.qc-is-drop")
        self.page.ask(
            f"""(() => {{
                const under = document.elementFromPoint({end[0]}, {end[1]});
                for (const name of ['drop', 'dragend']) {{
                    const dataTransfer = new DataTransfer();
                    under.dispatchEvent(new DragEvent(name, {{
                        bubbles: true, cancelable: true, dataTransfer,
                        clientX: {end[0]}, clientY: {end[1]},
                    }}));
                }}
                return 1;
            }})()"""
        )
        self.page.let_go()

    # --- where things are ---

    def doc(self, answer: int) -> str:
        return f"q{self.question}-{answer}"

    def row(self, answer: int) -> str:
        return f".qc-row[data-doc={self.doc(answer)}]"

    def text(self, answer: int) -> str:
        return f"{self.row(answer)} .qc-text"

    def word(self, answer: int, words: str) -> tuple[float, float]:
        return self.page.word(self.text(answer), words)

    def shown(self, answer: int, selector: str) -> list[str]:
        """What is written in the parts of an answer."""
        return self.page.texts(f"{self.row(answer)} {selector}")

    def labels(self, answer: int) -> list[str]:
        """The codes beside an answer, as the page shows them."""
        return sorted(self.shown(answer, ".qc-label"))

    # --- what is waited for ---

    def wait_saved(self) -> None:
        self.page.wait_for_selector(SAVED)

    def wait_focus(self, answer: int) -> None:
        self.page.wait_for_selector(f"{self.row(answer)}:focus")

    def wait_active(self, answer: int) -> None:
        self.page.wait_for_selector(f"{self.row(answer)}[aria-current=true]")

    def wait_said(self, words: str) -> None:
        self.page.wait_text(".qc-foot", words)

    def wait_labels(self, answer: int, *labels: str) -> None:
        """Waits until exactly these codes stand beside an answer."""
        asked = f"[...document.querySelectorAll('{self.row(answer)} .qc-label')]"
        wanted = json.dumps(sorted(labels))
        told = f"JSON.stringify({asked}.map((one) => one.innerText).sort())"
        self.page.wait_for(f"{told} === JSON.stringify({wanted})")

    # --- what the page and the file say ---

    @property
    def selected(self) -> str:
        found: str = self.page.ask("document.getSelection().toString()")
        return found

    @property
    def foot(self) -> str:
        return " ".join(self.page.texts(".qc-foot"))

    @property
    def codings(self) -> list[tuple[str, str]]:
        """(what is coded, the code's label) in the file."""
        return codings(self.server.study, self.question)

    @property
    def reductions(self) -> dict[str, list[str]]:
        """Wording -> expressions, in the file."""
        return reductions(self.server.study, self.question)

    @property
    def coding_ids(self) -> set[str]:
        with self.bench() as bench, bench.store.reading() as rows:
            segments = {s.id: s for s in rows.find(Segment)}
            return {
                c.id
                for c in rows.find(Coding)
                if segments[c.segment_id].document_id.startswith(f"q{self.question}-")
            }

    def code(self, label: str) -> Code:
        """The code of that name in the file."""
        with self.bench() as bench, bench.store.reading() as rows:
            (found,) = [code for code in rows.find(Code) if code.label("fi") == label]
        return found

    def is_aside(self, answer: int) -> bool:
        with self.bench() as bench, bench.store.reading() as rows:
            document = rows.get(Document, self.doc(answer))
        assert document is not None
        return bool(document.set_aside)

    @contextmanager
    def bench(self, coder: str = CODER) -> Iterator[Workbench]:
        """Another program on the same study, of the analyst or of a colleague."""
        bench = bench_of(self.server.study, coder)
        try:
            yield bench
        finally:
            bench.store.close()
