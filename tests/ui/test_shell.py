"""Starting, switching language, undoing: what stands around every page."""

import pytest

from qualcode.bootstrap import open_store
from qualcode.domain.approaches import Approach, Study
from qualcode.ui.shell import seconds_to_read
from tests.ui.demo_study import demo_study

pytestmark = pytest.mark.browser

LONG_NEWS = """text => {
  // As Streamlit shows news of more than three lines: cut, with "view more" in English.
  text.style.cssText = 'display: -webkit-box; -webkit-line-clamp: 3';
  const more = document.createElement('button');
  more.dataset.testid = 'stToastViewButton';
  text.after(more);
  return [text, more].map((one) => getComputedStyle(one).display);
}"""


def test_a_new_study_is_started_on_the_first_page(page, serve, tmp_path, monkeypatch):
    monkeypatch.setenv("QUALCODE_FOLDER", str(tmp_path / "tutkimukset"))
    server = serve(tmp_path / "ei-ole.qualcode")
    page.goto(server.url)
    page.get_by_text("ei-ole.qualcode").wait_for(timeout=60_000)  # why it could not be opened
    page.get_by_label("Tutkimuksen nimi").fill("Opinnäytetyö: osa 1/2")
    page.get_by_role("button", name="Aloita").click()
    page.get_by_text("Seuraavaksi: tuo aineistosi").wait_for(timeout=30_000)
    made = list((tmp_path / "tutkimukset").glob("*.qualcode"))
    assert [path.name for path in made] == ["Opinnäytetyö osa 1 2.qualcode"]
    with open_store(made[0]).reading() as rows:
        study = rows.find(Study)[0]
    assert study.name == "Opinnäytetyö: osa 1/2"
    assert study.approach is Approach.THEORY_GUIDED


def test_undo_in_the_header_takes_back_my_latest_act_also_after_a_restart(page, serve, tmp_path):
    study = demo_study(tmp_path)
    server = serve(study, "--coder", "Analysoija 1")
    page.goto(f"{server.url}/loki")
    page.get_by_role("heading", name="Loki").wait_for(timeout=60_000)
    with open_store(study).reading() as rows:
        before = rows.progress()
        newest = rows.next_undo("Analysoija 1")
    server.kill()
    server.restart()
    page.reload()
    header = page.locator(".st-key-header")
    header.get_by_role("button", name="Kumoa").click(timeout=60_000)
    page.get_by_text("Kumottu:").first.wait_for(timeout=30_000)
    assert page.get_by_test_id("stToastText").first.evaluate(LONG_NEWS) == ["block", "none"]
    with open_store(study).reading() as rows:
        assert rows.decision(newest).undone
        assert rows.progress().decisions == before.decisions + 1
    header.get_by_role("button", name="Tee uudelleen").click()
    page.get_by_text("Tehty uudelleen:").first.wait_for(timeout=30_000)
    with open_store(study).reading() as rows:
        assert not rows.decision(newest).undone


def test_news_stay_as_long_as_they_take_to_read():
    assert seconds_to_read("Kumottu: koodaus") == 4
    assert 12 <= seconds_to_read("Linkki vie kohtaan, jota ei enää ole. " * 5) <= 20
