"""A workshop from its notes to the wall, and from the wall to the reductions. Invented notes."""

from __future__ import annotations

import io

import pytest
from pptx import Presentation

from qualcode.domain.categories import Level
from qualcode.domain.coding import ReductionLink
from qualcode.domain.decisions import Act
from qualcode.domain.documents import Document, Respondent, Source
from qualcode.domain.errors import EmptyName, StillInUse, UnknownRow
from qualcode.domain.workshop_days import WallGroup, WallPlace, Workshop
from qualcode.exports.report import Table
from qualcode.readers.sheets import open_workbook
from qualcode.readers.workshop import guess_workshop, read_pasted_notes, read_workshop
from qualcode.store.answer_query import AnswerQuery
from qualcode.texts import gettext_for
from qualcode.workbench import (
    categorising,
    cross_tables,
    history,
    importing,
    operations,
    reducing,
    role_notes,
    table_chain,
    wall,
    wall_reducing,
    wall_slides,
    workshop_script,
    workshop_themes,
    workshops,
)
from qualcode.workbench.messages import act_sentence
from qualcode.workbench.reporting import Section, report
from qualcode.workbench.suggesting.wall import suggest_on_wall
from qualcode.workbench.workshops import Details
from tests.builders import a_study, with_answers

EVENING = (
    "Pöytä 1\nVahvuudet\noma ohjaaja\naikaa asiakkaalle\nHeikkoudet\nkiire\n"
    "Pöytä 2\nUhat\nraha loppuu\nkiire painaa\n-\n"
)


@pytest.fixture
def bench():
    return a_study()


@pytest.fixture
def came(bench):
    return bring_in(bench)


def bring_in(bench, text=EVENING, workshop=None):
    return importing.import_workshop(
        bench,
        "laput",
        text.encode(),
        read_pasted_notes(text, file="laput"),
        actor_group="työntekijä",
        workshop=workshop or Details("Syystyöpaja", "6.9.", "Keksilä"),
    )


def the_wall(bench):
    with bench.store.reading() as rows:
        (workshop,) = rows.find(Workshop)
        return wall.wall(rows, workshop.id)


def notes_of(found) -> dict[str, str]:
    return {
        note.text: note.id
        for field in found.fields
        for note in (*field.loose, *(n for g in field.groups for n in g.notes))
    }


def told(bench) -> str:
    with bench.store.reading() as rows:
        (newest,) = rows.decisions(0, 1).rows
    return act_sentence(newest, gettext_for("fi"))


def test_an_evenings_notes_hang_in_their_quadrants_without_names(bench, came):
    found = the_wall(bench)
    assert {f.quadrant: [n.text for n in f.loose] for f in found.fields} == {
        "strengths": ["oma ohjaaja", "aikaa asiakkaalle"],
        "weaknesses": ["kiire"],
        "opportunities": [],
        "threats": ["raha loppuu", "kiire painaa"],
    }
    assert found.fields[0].loose[0].table == "Pöytä 1"
    assert found.workshop.name == "Syystyöpaja"


def test_undoing_the_import_takes_the_workshop_along(bench, came):
    history.undo(bench)
    with bench.store.reading() as rows:
        assert not rows.count(Workshop)
        assert rows.count(Source) == 1


def test_a_moved_note_keeps_its_words_and_the_quadrant_it_was_written_in(bench, came):
    note = notes_of(the_wall(bench))["kiire"]
    wall.move(bench, the_wall(bench).workshop.id, [note], "threats")
    found = the_wall(bench)
    assert note in {n.id for n in found.field("threats").loose}
    with bench.store.reading() as rows:
        assert rows.get(Document, note).attributes["quadrant"] == "weaknesses"
    history.undo(bench)
    assert note in {n.id for n in the_wall(bench).field("weaknesses").loose}


def test_likenesses_are_gathered_under_a_name_and_taken_apart_again(bench, came):
    found = the_wall(bench)
    ids = notes_of(found)
    made = wall.group(
        bench, found.workshop.id, "threats", " Kiire ", [ids["kiire"], ids["kiire painaa"]]
    )
    (group,) = the_wall(bench).field("threats").groups
    assert (group.group.name, [n.text for n in group.notes]) == ("Kiire", ["kiire", "kiire painaa"])
    assert told(bench) == "teki seinälle ryhmän ”Kiire” 2 lapusta"
    wall.rename(bench, made.id, "Aika ei riitä")
    wall.ungroup(bench, made.id)
    field = the_wall(bench).field("threats")
    assert not field.groups
    assert [n.text for n in field.loose] == ["kiire", "raha loppuu", "kiire painaa"]
    history.undo(bench)
    assert the_wall(bench).field("threats").groups[0].group.name == "Aika ei riitä"


def test_a_suggested_group_is_told_as_one_that_a_person_accepted(bench, came):
    found = the_wall(bench)
    note = notes_of(found)["kiire"]
    wall.group(bench, found.workshop.id, "weaknesses", "Kiire", [note] * 2, engine="tfidf")
    with bench.store.reading() as rows:
        (newest,) = rows.decisions(0, 1).rows
    assert newest.act is Act.GROUP_NOTES
    assert newest.summary["engine"] == "tfidf"


def test_what_the_group_says_before_the_wall_is_new_material_of_its_own_voice(bench, came):
    workshop = the_wall(bench).workshop
    first = wall.add_note(bench, workshop.id, "opportunities", "yhteinen kahvihetki")
    wall.add_note(bench, workshop.id, "opportunities", "vertaistuki")
    assert [n.text for n in the_wall(bench).field("opportunities").loose] == [
        "yhteinen kahvihetki",
        "vertaistuki",
    ]
    with bench.store.reading() as rows:
        voice = rows.get(Respondent, first.respondent_id)
        assert voice.actor_group == "työntekijä"
        assert rows.count(Source) == 3
    with pytest.raises(EmptyName):
        wall.add_note(bench, workshop.id, "threats", " - ")


def test_a_note_of_another_workshop_does_not_hang_here(bench, came):
    first = the_wall(bench)
    other = bring_in(bench, "Vahvuudet\nmuualta\n", Details("Toinen"))
    with bench.store.reading() as rows:
        (foreign,) = rows.find(Document, source_id=other.source.id)
    with pytest.raises(UnknownRow):
        wall.move(bench, first.workshop.id, [foreign.id], "threats")


def test_removing_a_file_takes_its_notes_off_the_wall(bench, came):
    found = the_wall(bench)
    note = notes_of(found)["kiire"]
    wall.group(bench, found.workshop.id, "weaknesses", "Kiire", [note])
    importing.remove_source(bench, came.source.id)
    with bench.store.reading() as rows:
        assert not rows.count(WallPlace)
        assert rows.count(WallGroup) == 1
    history.undo(bench)
    assert the_wall(bench).field("weaknesses").groups[0].notes[0].text == "kiire"


def test_a_workshop_with_notes_is_not_removed(bench, came):
    workshop = the_wall(bench).workshop
    with pytest.raises(StillInUse):
        workshops.remove(bench, workshop.id)
    workshops.set_workshop(bench, came.source.id, None)
    workshops.remove(bench, workshop.id)
    with bench.store.reading() as rows:
        assert not rows.count(Workshop)
        assert [s.id for s in workshops.loose_sources(rows)] == [came.source.id]


def test_the_next_day_grouped_notes_are_reduced_to_the_names_of_their_groups(bench, came):
    found = the_wall(bench)
    ids = notes_of(found)
    made = wall.group(
        bench, found.workshop.id, "threats", "Kiire", [ids["kiire"], ids["kiire painaa"]]
    )
    assert wall_reducing.reduce_groups(bench, found.workshop.id, {made.id}) == 2
    with bench.store.reading() as rows:
        links = rows.find(ReductionLink)
        assert len({link.reduction_id for link in links}) == 1
        assert rows.worded("kiire") is not None
        (group,) = wall_reducing.to_reduce(rows, found.workshop.id)
    assert group.waiting == ()
    assert wall_reducing.reduce_groups(bench, found.workshop.id, {made.id}) == 0
    history.undo(bench)
    with bench.store.reading() as rows:
        assert not rows.count(ReductionLink)


def test_the_slides_show_every_note_and_no_names(bench, came):
    found = the_wall(bench)
    note = notes_of(found)["kiire"]
    wall.group(bench, found.workshop.id, "weaknesses", "Kiire", [note])
    deck = Presentation(io.BytesIO(wall_slides.as_slides(bench, found.workshop.id)))
    texts = [
        [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
        for slide in deck.slides
    ]
    everything = "\n".join(text for slide in texts for text in slide)
    assert texts[0][0] == "Syystyöpaja"
    assert "Heikkoudet (1)" in everything and "Kiire (1)" in everything
    for words in ("oma ohjaaja", "aikaa asiakkaalle", "raha loppuu", "kiire painaa"):
        assert words in everything
    assert bench.coder not in everything


def test_the_first_slide_shows_loose_notes_while_they_fit_and_names_what_is_beside(bench):
    rows = ["Vahvuudet;Uhat;Kehitettävää", "aika;pula 0;kirjaaminen"]
    rows += [f";pula {n};" for n in range(1, 20)]
    book = open_workbook("\n".join(rows).encode(), "swot.csv")
    reading = read_workshop(book, guess_workshop(book).plan)
    details = Details(name="Syystyöpaja")
    importing.import_workshop(bench, "p.txt", b"p", reading, actor_group="x", workshop=details)
    with bench.store.reading() as rows:
        found = wall.wall(rows, rows.find(Workshop)[0].id)
    [under] = found.field("").groups
    assert (under.group.name, [note.text for note in under.notes]) == (
        "Kehitettävää",
        ["kirjaaminen"],
    )
    deck = Presentation(io.BytesIO(wall_slides.as_slides(bench, found.workshop.id)))
    first = "\n".join(s.text_frame.text for s in deck.slides[0].shapes if s.has_text_frame)
    assert "•  aika" in first
    assert "•  pula 0" in first
    assert "pula 19" not in first
    assert "ja 14 muuta" in first
    assert "Ilman nelikentän osaa (1)" in first
    history.undo(bench)
    with bench.store.reading() as rows:
        assert not rows.count(WallGroup)


def test_tables_tell_workshop_notes_from_answers_of_a_survey(bench, came):
    with_answers(bench, "kiire vaivaa")
    with bench.store.reading() as rows:
        texts = {d.text: d.id for d in rows.find(Document)}
    for text in ("kiire vaivaa", "kiire painaa"):
        reducing.reduce(bench, texts[text], 0, len(text), "kiire")
    with bench.store.reading() as rows:
        reduction = rows.worded("kiire")
    category = categorising.add(bench, "Aika", Level.SUBCATEGORY)
    categorising.place(bench, [reduction.id], category.id)
    made = report(bench, "fi", [Section.CATEGORIES, Section.CHAIN])
    tables = [block for block in made.blocks if isinstance(block, Table)]
    by_key = {table.key: table for table in tables}
    assert by_key["categories"].columns[-1].title == "Niistä työpajoissa"
    assert by_key["categories"].rows[0].cells[-1].value == 1
    origins = {row.cells[-1].value for row in by_key["analysis_chain"].rows}
    assert origins == {"kysely", "työpaja: Syystyöpaja, Pöytä 2"}


def test_the_tables_on_the_screen_tell_it_too(bench, came):
    with_answers(bench, "kiire vaivaa")
    with bench.store.reading() as rows:
        texts = {d.text: d.id for d in rows.find(Document)}
    for text in ("kiire vaivaa", "kiire painaa"):
        reduced = reducing.reduce(bench, texts[text], 0, len(text), "kiire")
    category = categorising.add(bench, "Aika", Level.SUBCATEGORY)
    categorising.place(bench, [reduced.id], category.id)
    made = cross_tables.tree(bench, "fi")
    assert made.table.columns[-1].title == "Niistä työpajoissa"
    number = made.table.rows[0].cells[-1]
    assert number.value == 1
    behind = cross_tables.behind(bench, made, number.evidence, 0, 10)
    assert [row.text for row in behind.rows] == ["kiire painaa"]
    whole = cross_tables.behind(bench, made, made.table.rows[0].cells[-2].evidence, 0, 10)
    assert len(whole.rows) == made.table.rows[0].cells[-2].value == 2
    by_theme = cross_tables.summaries(bench, "fi")
    assert {one.table.columns[-1].title for one in by_theme} == {"Niistä työpajoissa"}
    of_workshops = [(one, row.cells[-1]) for one in by_theme for row in one.table.rows]
    assert sum(cell.value for _, cell in of_workshops) == 1
    [(noted, cell)] = [(one, cell) for one, cell in of_workshops if cell.value]
    behind = cross_tables.behind(bench, noted, cell.evidence, 0, 10)
    assert [row.text for row in behind.rows] == ["kiire painaa"]
    conditions = cross_tables.conditions(noted, cell.evidence)
    with bench.store.reading() as rows:
        page = rows.answers(AnswerQuery(conditions=conditions), 0, 10)
    assert [row.document.text for row in page.rows] == ["kiire painaa"]
    chain = table_chain.page(bench, "fi", table_chain.Asked(), 0, 10).table
    assert [column.title for column in chain.columns][1:3] == ["Alkuperäisilmaus", "Alkuperä"]
    assert {row.cells[2].value for row in chain.rows} == {
        "kysely",
        "työpaja: Syystyöpaja, Pöytä 2",
    }


def test_themes_of_the_next_workshop_are_the_categories_the_survey_speaks_of(bench, came):
    ids = with_answers(bench, "kiire vaivaa", "jono on pitkä")
    for id, text, wording, name in (
        (ids[0], "kiire vaivaa", "kiire", "Aika"),
        (ids[1], "jono on pitkä", "jonot", "Jonot"),
    ):
        reducing.reduce(bench, id, 0, len(text), wording)
        with bench.store.reading() as rows:
            reduction = rows.worded(wording)
        category = categorising.add(bench, name, Level.SUBCATEGORY)
        categorising.place(bench, [reduction.id], category.id)
    categorising.add(bench, "Tyhjä", Level.SUBCATEGORY)
    offered = [theme.category.name for theme in workshop_themes.themes(bench)]
    assert sorted(offered) == ["Aika", "Jonot"]
    workshop = the_wall(bench).workshop
    workshop_script.take_themes(bench, workshop.id, ["Jonot"])
    with bench.store.reading() as rows:
        (step,) = workshop_script.steps_of(rows, workshop.id)
    assert [table.name for table in step.tables] == ["Jonot"]
    workshop_script.take_themes(bench, workshop.id, ["Jonot", "Aika"], step.step.id)
    with bench.store.reading() as rows:
        (step,) = workshop_script.steps_of(rows, workshop.id)
    assert [table.name for table in step.tables] == ["Jonot", "Aika"]
    assert "otti teeman ”Aika”" in told(bench)


def test_likenesses_are_offered_by_quadrant_and_hang_nothing(bench):
    text = "Heikkoudet\n" + "".join(
        f"{what}\n"
        for what in (
            "kiire töissä",
            "kiire käynneillä",
            "kiire aina",
            "lomake on vaikea",
            "lomake on pitkä",
            "lomake on outo",
        )
    )
    bring_in(bench, text)
    workshop = the_wall(bench).workshop
    offers = suggest_on_wall(bench, workshop.id)
    assert offers and {offer.quadrant for offer in offers} == {"weaknesses"}
    assert all(offer.group.name for offer in offers)
    assert not the_wall(bench).field("weaknesses").groups
    first = offers[0].group
    refuse = {
        "seq": 1,
        "op": "dismiss_groups",
        "keys": [first.key],
        "groups": [{"key": first.key, "members": list(first.member_ids)}],
    }
    assert not operations.apply(bench, "seinä", [refuse]).refused
    wall.add_note(bench, workshop.id, "weaknesses", "kiire taas")
    left = [set(offer.group.member_ids) for offer in suggest_on_wall(bench, workshop.id)]
    assert not any(set(first.member_ids) <= members for members in left), "one more changes nothing"


ROLES = """Kuva;Mitä se kuvaa;Kysymys;Pöytä
kompassi;näyttää suunnan;Millainen on työntekijän rooli?;Pöytä 1
ratti;asiakas ohjaa itse;Millainen on asiakkaan rooli?;Pöytä 1
Kompassi;ei kävele puolesta;Millainen on työntekijän rooli?;Pöytä 2
"""


def test_role_shaping_notes_stand_on_a_board_by_question_and_picture(bench):
    book = open_workbook(ROLES.encode(), "roolit.csv")
    reading = read_workshop(book, guess_workshop(book).plan)
    importing.import_workshop(
        bench, "roolit.csv", ROLES.encode(), reading, actor_group="työntekijä",
        workshop=Details("Syystyöpaja"),
    )  # fmt: skip
    with bench.store.reading() as rows:
        day = rows.find(Workshop)[0]
        asked = role_notes.board(rows, day.id)
    told = [(one.question, [(c.picture, c.meanings) for c in one.chosen]) for one in asked]
    assert told == [
        (
            "Millainen on työntekijän rooli?",
            [("kompassi", ("näyttää suunnan", "ei kävele puolesta"))],
        ),
        ("Millainen on asiakkaan rooli?", [("ratti", ("asiakas ohjaa itse",))]),
    ]
    shown = Presentation(io.BytesIO(role_notes.as_slides(bench, day.id)))
    words = " ".join(s.text_frame.text for p in shown.slides for s in p.shapes if s.has_text_frame)
    assert "kompassi (2)" in words
    assert "ei kävele puolesta" in words
    assert "Pöytä" not in words


def test_a_workshop_without_role_shaping_notes_has_no_board(came, bench):
    with bench.store.reading() as rows:
        assert role_notes.board(rows, rows.find(Workshop)[0].id) == []
