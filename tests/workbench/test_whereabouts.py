"""Where words come from: told to an analyst, not to whoever reviews. All words are invented."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

import docx
import openpyxl
import pytest

import qualcode
from qualcode.domain.decisions import Act, Decision
from qualcode.domain.documents import Provenance, Source, SourceKind
from qualcode.store.answer_query import AnswerQuery, Facet, GroupBy, Order, OrderBy
from qualcode.store.memory import MemoryStore
from qualcode.store.views import MemoQuery, among
from qualcode.texts import gettext_for
from qualcode.ui.channel import finds
from qualcode.ui.channel.desks import open_desk
from qualcode.ui.coding_view import rows_told
from qualcode.ui.components.segment_marker import marker_row
from qualcode.workbench import (
    Workbench,
    memo_export,
    memo_links,
    memos,
    reporting,
    search_keys,
    whereabouts,
)
from qualcode.workbench.messages import act_sentence
from qualcode.workbench.reporting import Choices, Section
from qualcode.workbench.touched import touched
from tests.builders import DAY, a_bench, a_respondent, an_answer, bring_in
from tests.report_builders import small_study
from tests.ui.reading_study import CODER, make_study

FILE = "vastaukset.xlsx"
TELLING = ("TUNNUS7", FILE, "mies", "Rivinvara")


@pytest.fixture
def analyst():
    """An answer of the study's only man, with a memo of him, beside those of the small study."""
    bench = small_study(MemoryStore())
    bench = replace(a_bench(bench.store, prefix="x"), language="fi")
    person = a_respondent("tunnus7", "asiakas", {"sukupuoli": "mies"}, 20)
    bring_in(bench, replace(person, source_id="s", label="TUNNUS7"))
    where = Provenance(FILE, "Rivinvara", 7, "K1")
    text = an_answer("en tiedä vielä", "d-x", "tunnus7", position=20)
    bring_in(bench, replace(text, source_id="s", item_id="q1", provenance=where, set_aside=True))
    memos.write(bench, "respondent", "tunnus7", "Soittaako hän?")
    return bench


@pytest.fixture
def reviewer(analyst) -> Workbench:
    return replace(analyst, coder="Pekka", reviewing=True)


def told_in(text, *words):
    return {word for word in words if word in text}


def files_of(bench):
    """Everything a report is downloaded as, as text."""
    choices = Choices(appendix=True, data=True, respondent_labels=True, only_chosen=False)
    made = reporting.report(bench, "fi", list(Section), choices)
    book = openpyxl.load_workbook(io.BytesIO(reporting.as_excel(made)))
    paper = docx.Document(io.BytesIO(reporting.as_word(made)))
    return {
        "html": reporting.as_html(made).decode(),
        "excel": "\n".join(str(v) for s in book for row in s.values for v in row),
        "word": "\n".join(c.text for t in paper.tables for row in t.rows for c in row.cells),
    }


def test_no_file_of_whoever_reviews_names_respondent_file_or_row(analyst, reviewer):
    named = {kind: told_in(text, *TELLING) for kind, text in files_of(analyst).items()}
    assert all({"TUNNUS7", FILE, "Rivinvara"} <= words for words in named.values()), named
    left = {kind: told_in(text, *TELLING) for kind, text in files_of(reviewer).items()}
    assert left == {"html": set(), "excel": set(), "word": set()}


def test_behind_a_number_whoever_reviews_is_told_no_place(analyst, reviewer):
    for bench, place in ((analyst, f"{FILE} › Rivinvara › 7 › K1"), (reviewer, "")):
        made = reporting.report(bench, "fi", [Section.LEFT_OUT])
        found = reporting.behind(bench, made, ["d-x"])
        assert [one.place for one in found.rows] == [place]


def test_the_reading_view_tells_whoever_reviews_neither_label_file_nor_background(analyst):
    with analyst.store.reading() as rows:
        answer = next(a for a in rows.texts(["d-x"]).values())
    shown = {}
    for reviewing in (False, True):
        row = marker_row(answer, "Pekka", gettext_for("fi"), with_item=False, reviewing=reviewing)
        shown[reviewing] = row
    assert shown[False].label == "TUNNUS7" and "mies" in shown[False].facts
    assert shown[True].label == "" and shown[True].facts == ("asiakas",)


def test_memos_and_the_log_call_a_respondent_by_their_group(analyst, reviewer):
    for bench, name in ((analyst, "TUNNUS7"), (reviewer, "asiakas")):
        [row] = memos.about(bench, "respondent", "tunnus7")
        assert row.about.label == name and not row.was_called
        assert name in memo_export.as_markdown(bench, MemoQuery())
        with bench.store.reading() as rows:
            newest = rows.last_change_of("respondent", "tunnus7")
            decision = rows.decision(newest.id)
            [one], _total = touched(rows, decision, "fi", reviewing=bench.reviewing)
            said = [d.summary for d in rows.decisions(0, 99).rows]
        assert one.things[0].label == name
        assert "TUNNUS7" not in str([s.get("about") for s in said])


LINKS = (
    "Vrt. [[vastaaja:TUNNUS7]], [[Respondent: TUNNUS7|hän]], [tuo](vastaaja:TUNNUS7), "
    "[TUNNUS7](/koodaus?vastaaja=TUNNUS7), http://localhost:8501/koodaus?vastaaja=TUNNUS7 "
    "ja `[[vastaaja:TUNNUS7]]`, mutta [[koodi:Toivo]]"
)


def test_links_of_memos_do_not_name_respondents_to_whoever_reviews(analyst, reviewer):
    memos.write(analyst, "document", "d-x", LINKS)
    shown = {}
    for bench in (analyst, reviewer):
        [row] = memos.about(bench, "document", "d-x")
        with bench.store.reading() as rows:
            [told] = rows_told(rows, bench, ["d-x"], with_item=False)
            decision = rows.decision(rows.last_change_of("memo", row.memo.id).id)
            found, _total = touched(rows, decision, "fi", reviewing=bench.reviewing)
        shown[bench.reviewing] = (
            row.memo.text,
            str(row.links),
            memo_export.as_markdown(bench, MemoQuery()),
            str(told["memos"]),
            str(found),
        )
        log = act_sentence(whereabouts.act(bench.reviewing, decision), gettext_for("fi"))
        assert "TUNNUS7" not in log
    assert all("TUNNUS7" in text for text in shown[False])
    assert not any("TUNNUS7" in text for text in shown[True])
    assert shown[True][0] == (
        "Vrt. vastaaja, hän, tuo, vastaaja, vastaaja ja `vastaaja`, mutta [[koodi:Toivo]]"
    )


def test_where_every_place_stays_a_named_respondent_is_dotted_out():
    hidden = memo_links.masked(True, LINKS)
    assert len(hidden) == len(LINKS) and "TUNNUS7" not in hidden
    assert hidden.startswith("Vrt. [[") and hidden.endswith("mutta [[koodi:Toivo]]")
    assert memo_links.masked(False, LINKS) == LINKS


def test_a_memo_found_by_search_does_not_name_the_respondent_it_is_about(tmp_path):
    address = str(make_study(tmp_path / "haku.qualcode"))
    analyst = open_desk(address, CODER, "fi")
    memos.write(analyst.bench(), "respondent", "r0", "Soittaako hän? [[vastaaja:V0]]")
    search_keys.keep_up(analyst.bench())
    for desk, name in (
        (analyst, "V0"),
        (open_desk(address, "Pekka", "fi", reviewing=True), ""),
    ):
        [line] = finds.find(desk, {"text": "soittaako", "offset": 0})["lines"]
        assert (line["kind"], line["about"]) == ("memo", name)
        assert ("V0" in line["right"]) is bool(name)


def test_a_link_with_conditions_on_who_answered_asks_only_what_may_be_asked():
    asked = AnswerQuery(
        conditions=(
            among(Facet.ATTRIBUTE, "mies", name="sukupuoli"),
            among(Facet.RESPONDENT, "tunnus7"),
            among(Facet.SOURCE, "s"),
            among(Facet.ATTRIBUTE, "threats", name="quadrant"),
            among(Facet.CODE, "c1"),
        ),
        order=Order(OrderBy.ATTRIBUTE, "sukupuoli"),
        group_by=GroupBy(Facet.ATTRIBUTE, "sukupuoli"),
    )
    assert whereabouts.permitted(False, asked, ()) == asked
    left = whereabouts.permitted(True, asked, ())
    assert [c.facet for c in left.conditions] == [Facet.ATTRIBUTE, Facet.CODE]
    assert left.order == Order() and left.group_by is None


def test_a_persons_background_called_as_what_is_known_of_a_text_is_neither_told_nor_asked(analyst):
    only_man = {"group": "ainoa mies", "table": "7"}
    bring_in(analyst, replace(a_respondent("t8", "asiakas", only_man, 21), source_id="s"))
    note = replace(
        an_answer("Kerron.", "d-8", "t8", position=21), attributes={"quadrant": "threats"}
    )
    bring_in(analyst, replace(note, source_id="s"))
    with analyst.store.reading() as rows:
        answer = rows.texts(["d-8"])["d-8"]
        people = whereabouts.of_people(rows)
    row = marker_row(answer, "Pekka", gettext_for("fi"), with_item=False, reviewing=True)
    assert row.facts == ("asiakas", "Uhat") and not row.more
    assert people == {"group", "table"}
    asked = AnswerQuery(
        conditions=(
            among(Facet.ATTRIBUTE, "ainoa mies", name="group"),
            among(Facet.ATTRIBUTE, "threats", name="quadrant"),
        ),
        order=Order(OrderBy.ATTRIBUTE, "table"),
        group_by=GroupBy(Facet.ATTRIBUTE, "group"),
    )
    left = whereabouts.permitted(True, asked, people)
    assert [c.name for c in left.conditions] == ["quadrant"]
    assert left.order == Order() and left.group_by is None


def test_acts_are_told_to_whoever_reviews_without_the_file_and_what_memos_were_about():
    person = {"about": "V7", "memo": "Soittaako hän?"}
    acts = (
        (Act.IMPORT, {"file": "Haastattelu Liisa Virtanen.docx", "count": 3}),
        (Act.REMOVE_SOURCE, {"file": "Haastattelu Liisa Virtanen.docx", "count": 3}),
        (Act.SET_ROUND, {"file": "Liisa Virtanen.xlsx", "round": "alku"}),
        (Act.SET_SPEAKER, {"asking": "Liisa Virtanen"}),
        (Act.WRITE_MEMO, person),
        (Act.UNDO, {"act": "change_memo", **person}),
        (Act.REMARK, {"about": "Apu", "remark": "Onko tämä yksi?"}),
    )
    _ = gettext_for("fi")
    told = {}
    for reviewing in (False, True):
        made = [Decision(n, DAY, "Maija", act, said) for n, (act, said) in enumerate(acts)]
        told[reviewing] = [act_sentence(whereabouts.act(reviewing, one), _) for one in made]
    assert "Liisa Virtanen" in told[False][0] and "V7" in told[False][4]
    assert not told_in("".join(told[True]), "Virtanen", "V7", "Soittaako")
    assert told[True][:2] == ["toi aineistoa", "poisti tiedoston"]
    assert told[True][4] == "kirjoitti muistion"
    assert "Apu" in told[True][-1]


def an_interview(bench):
    """A text that answers no question, in a file called by whoever was interviewed."""
    name = "Haastattelu Liisa Virtanen.docx"
    source = Source("h", name, "d", SourceKind.TEXT, "2026-01-01", "Maija")
    bring_in(bench, source, replace(an_answer("Minä kerron.", "d-h"), source_id="h"))


def test_the_file_of_an_interview_is_told_to_whoever_reviews_as_a_file(analyst, reviewer):
    an_interview(analyst)
    for bench, called in ((analyst, "Haastattelu Liisa Virtanen.docx"), (reviewer, "tiedosto")):
        made = reporting.report(bench, "fi", [Section.ANSWERS])
        shown = reporting.as_html(made).decode()
        assert called in shown
        assert ("Virtanen" in shown) is not bench.reviewing
        with bench.store.reading() as rows:
            decision = rows.decision(rows.last_change_of("source", "h").id)
            found, _total = touched(rows, decision, "fi", reviewing=bench.reviewing)
        assert ("Virtanen" in str(found)) is not bench.reviewing


TOLD = re.compile(
    r"\.respondent_label\b|str\(\w+\.provenance\)|\.source_name|\bsource\.name\b"
    r"|answer\.background|row\.about_label|\bact_sentence\((?!told|whereabouts)"
)
ONLY_ANALYSTS = {
    *(f"workbench/importing/{name}.py" for name in ("removing", "sources", "surveys")),
    *(f"workbench/{name}.py" for name in ("form_links", "rounds", "wall", "workshops")),
    "ui/facet_names.py",  # asked by ``may_ask``
    "ui/pages/closed_counts_part.py",
    "ui/pages/closed_returned_part.py",  # where analysts say the round of a file
    "ui/pages/material_page.py",
    "ui/pages/workshop_cards.py",
    "ui/pages/workshop_notes_part.py",
    "workbench/method_chapter/telling.py",
    "workbench/messages.py",  # what makes the sentences
    "ui/pages/text_wizard.py",  # bringing in and the material are not for whoever reviews
    "ui/pages/material_lists.py",
    "workbench/material.py",
    "workbench/checking.py",
}


def test_every_place_that_prints_where_words_come_from_asks_the_one_rule():
    package = Path(qualcode.__file__).parent
    found = {}
    for part in ("ui", "workbench"):
        for path in (package / part).rglob("*.py"):
            name = path.relative_to(package).as_posix()
            text = re.sub(r"\s+", " ", path.read_text(encoding="utf-8"))
            bare = [m.start() for m in TOLD.finditer(text)]
            asked = [at for at in bare if "whereabouts." not in text[max(0, at - 90) : at]]
            if asked and name not in ONLY_ANALYSTS:
                found[name] = [text[at - 60 : at + 40] for at in asked]
    assert found == {}
