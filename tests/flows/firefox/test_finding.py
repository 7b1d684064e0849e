"""In Firefox: words are found in every form, read in context, and coded after a review list."""

from __future__ import annotations

import pytest

from qualcode.domain.coding import Coding
from qualcode.workbench import engines, memos, reducing
from tests.flows.firefox.reading import CODER, FirefoxReading
from tests.serving import served
from tests.ui.reading_study import bench_of, make_study

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# Invented answers.
ANSWERS = (
    "Palveluiden hakeminen on vaikeaa 😀.",
    "Lapsiperhepalvelu auttoi meitä. Avun saaminen kesti.",
    "Sain apua, kun asiakkaiden toiveita kuultiin!",
    'Työntekijä sanoi: <b onclick="x">palvelu</b> on hyvä.',
    "En tiedä.",
)
FIELD = "input[type=search][aria-label='Haettavat sanat']"
WAY = "select[aria-label='Miten sanoja haetaan']"
MEANT = "vanhemmat ja lapset"
LINES = ".qc-find-line"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("firefox-finding")
    path = make_study(folder / "haku.qualcode", ANSWERS)
    bench = bench_of(path)
    reducing.reduce(bench, "q0-2", 0, 9, "apua saatu palvelusta")
    memos.write(bench, "document", "q0-0", "Palvelu toistuu teemana")
    # Word vectors alone: they are ready at once, and their order is the same everywhere.
    engines.choose(bench, engines.ChosenEngine("floret"))
    bench.store.close()
    with served(path, "--coder", CODER) as server:
        yield server


@pytest.fixture
def finding(server, firefox):
    firefox.open(f"{server.url}/haku")
    firefox.wait_for_selector(f"{FIELD}:focus")
    return firefox


def write_anew(page, text):
    page.click(FIELD)
    page.press("Control+a")
    page.write(text)


def choose_way(page, letters):
    """Another way of searching, by the keys of the browser's own list."""
    page.ask(f'(document.querySelector("{WAY}").focus(), 1)')
    page.press(*letters)


def coded(server):
    bench = bench_of(server.study)
    with bench.store.reading() as rows:
        found = rows.count(Coding)
    bench.store.close()
    return found


def test_words_are_found_in_every_form_while_they_are_typed(finding):
    finding.write("palvelut")
    finding.wait_text(".qc-find-status", "3 vastausta · 1 pelkistys · 1 muistio")
    assert finding.texts(".qc-find-words") == [
        "Palveluiden", "Lapsiperhepalvelu", "palvelu", "palvelusta", "Palvelu",
    ]  # fmt: skip
    # A key word in context: the words stand in one column.
    lefts = finding.ask(
        """[...document.querySelectorAll('.qc-find-line')].slice(0, 3).map((line) =>
            line.querySelector('.qc-find-words').getBoundingClientRect().left
            - line.getBoundingClientRect().left)"""
    )
    assert max(lefts) - min(lefts) <= 2
    write_anew(finding, "qwertz")
    finding.wait_text(".qc-find", "Mitään ei löytynyt.")
    finding.press("Escape")
    finding.wait_for(f"document.querySelector(\"{FIELD}\").value === ''")


def test_words_are_found_exactly_and_by_a_pattern(finding):
    finding.write("apu")
    finding.wait_count(LINES, 3)
    choose_way(finding, ["ArrowDown"])
    finding.wait_text(".qc-find", "Juuri näin kirjoitettuna ei löytynyt mitään.")
    choose_way(finding, ["ArrowDown"])
    write_anew(finding, "palv(elu")
    finding.wait_text(".qc-find-note", "sulku ”(” on sulkematta (merkki 9)")
    write_anew(finding, r"\ba[pv]u\w*")
    finding.wait_count(LINES, 3)
    assert finding.ask(f'document.querySelector("{WAY}").value') == "regex"


def test_words_are_found_by_their_meaning(finding):
    # Written first: none of the other ways finds it, so whatever is found is found by meaning.
    finding.write(MEANT)
    finding.wait_text(".qc-find", "Mitään ei löytynyt.")
    choose_way(finding, ["ArrowDown"] * 3)
    assert finding.ask(f'document.querySelector("{WAY}").value') == "meaning"
    finding.wait_for_selector(LINES)
    found = finding.texts(".qc-find-whole")
    assert found[0] == ANSWERS[1], "the nearest is the first"
    assert sorted(found) == sorted([*ANSWERS, "apua saatu palvelusta", "Palvelu toistuu teemana"])
    # Each is shown from its beginning with how near it is; no words of it are marked as found.
    assert finding.count(".qc-find-words") == 0
    near = [float(told.replace(",", ".")) for told in finding.texts(".qc-find-near")]
    assert len(near) == len(found) and near == sorted(near, reverse=True)
    assert 1 > near[0] > near[1]


def test_everything_found_is_coded_after_a_review_and_one_undo_takes_it_back(finding, server):
    finding.write("palvelu")
    finding.click("button", "Koodaa löydöt…")
    finding.wait_for_selector(".qc-find-review select[aria-label='Annettava koodi']")
    finding.ask("(document.querySelector(\"select[aria-label='Annettava koodi']\").focus(), 1)")
    finding.write("Osal")
    boxes = ".qc-find-review .qc-find-item input"
    finding.wait_count(boxes, 3)
    finding.click(boxes)
    finding.click("button", "Koodaa 2 vastausta")
    finding.wait_text(".qc-find-review", "Tehty:")
    assert coded(server) == 2
    finding.click(".qc-find-review button", "Kumoa")
    finding.wait_text(".qc-find-review", "Kumottu: koodasi")
    assert coded(server) == 0


def test_searching_over_the_answers_opens_the_place_with_its_words_selected(server, firefox):
    reading = FirefoxReading(firefox, server)
    reading.open()
    reading.press("/")
    firefox.wait_for_selector(f"{FIELD}:focus")
    reading.write("apu")
    firefox.wait_count(LINES, 3)
    reading.press("ArrowDown", "ArrowDown", "Enter")
    firefox.wait_gone("dialog")
    reading.wait_active(2)
    firefox.wait_for("document.getSelection().toString() === 'apua'")
    reading.act("2")
    assert reading.codings == [("apua", "Valinnanvapaus")]
    reading.act("Control+z")
    # Firefox has a search of its own on both keys: here they are the program's.
    reading.press("Control+f")
    firefox.wait_for_selector(f"{FIELD}:focus")
    reading.press("Escape", "Escape")
    firefox.wait_gone("dialog")
    reading.wait_focus(2)
