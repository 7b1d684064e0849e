"""Forms of one's own in YAML and Excel, and forms of an earlier project in JSON. All invented."""

from __future__ import annotations

import io
import json

import openpyxl
import pytest

from qualcode.domain.instruments import AskedAs, Stage
from qualcode.readers.forms import (
    BrokenForm,
    FormItemRow,
    FormRow,
    NoQuestions,
    read_forms,
    write_form_yaml,
)
from qualcode.texts import gettext_for

YAML = """\
name: Keksitty kysely
actor_group: asiakas
stage: tested
stated: 3
cover_letter: |
  Hyvä vastaaja.
  Kysymyksiä on kolme.
questions:
  - number: "1.1"
    section: Tieto
    theme: tieto
    type: yksivalinta
    text: Saitko tietoa?
    options: [a) kyllä, b) en]
  - number: "1.2"
    type: avoin
    text: Mistä sait tietoa?
    filter_of: "1.1"
    filter_value: kyllä
  - type: open
    text: Kerro lisää
    follows: "1.2"
  - number: "2"
    type: completion
    stem: Rooli on tapa toimia.
    citation: "Keksitty 2020: 12"
    text: Minun roolini on…
    parts: [kotona, työssä]
    measure: rooli
"""


def one(reading):
    [form] = reading.forms
    return form


def test_a_form_in_yaml():
    reading = read_forms(YAML.encode(), "kysely.yaml")
    form = one(reading)
    assert reading.problems == ()
    assert (form.name, form.stage, form.stated) == ("Keksitty kysely", Stage.TESTED, 3)
    assert form.cover_letter == "Hyvä vastaaja.\nKysymyksiä on kolme."
    first, filtered, follow_up, last = form.items
    assert first.asked_as is AskedAs.SINGLE_CHOICE
    assert first.options == ("a) kyllä", "b) en")
    assert (filtered.filter_of, filtered.filter_value) == (0, "kyllä")
    assert (follow_up.number, follow_up.follows) == ("", 1)
    assert (last.stem, last.citation) == ("Rooli on tapa toimia.", "Keksitty 2020: 12")
    assert (last.parts, last.measure) == (("kotona", "työssä"), "rooli")


def test_what_is_written_reads_back_the_same():
    form = one(read_forms(YAML.encode(), "kysely.yaml"))
    assert one(read_forms(write_form_yaml(form).encode(), "kopio.yaml")) == form


def test_two_questions_of_one_number_stay_two_when_written():
    same = FormRow(
        "Kysely",
        (
            FormItemRow("Ensimmäinen", number="4.6"),
            FormItemRow("Toinen", number="4.6"),
            FormItemRow("Kuvaile", follows=0),
            FormItemRow("Kuvaile tätä", follows=1),
        ),
    )
    assert one(read_forms(write_form_yaml(same).encode(), "kopio.yaml")) == same


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("name: K\nquestions:\n  - number: 1\n", 3, "text"),
        ("name: K\nquestions:\n  - text: A\n    type: arvaus\n", 4, "arvaus"),
        ("name: K\nquestions:\n  - text: A\n   type: open\n", 4, "YAML"),
        ("name: K\nstage: valmis\nquestions:\n  - text: A\n", 2, "valmis"),
    ],
)
def test_a_mistake_is_told_with_its_line(text, line, told):
    with pytest.raises(BrokenForm) as caught:
        read_forms(text.encode(), "kysely.yaml")
    assert caught.value.values["line"] == line
    assert told in str(caught.value)
    assert "kysely.yaml" in str(caught.value)


def test_a_tie_to_nothing_is_told_and_the_question_comes_in():
    text = "name: K\nquestions:\n  - text: A\n    follows: '9'\n"
    reading = read_forms(text.encode(), "kysely.yaml")
    assert one(reading).items == (FormItemRow("A"),)
    [problem] = reading.problems
    assert (problem.row, problem.column) == (4, "follows")


def test_a_file_without_questions_says_so():
    with pytest.raises(NoQuestions):
        read_forms(b"name: K\n", "kysely.yaml")
    with pytest.raises(NoQuestions):
        read_forms(excel([["Vuosi", "Summa"], [2020, 3]]), "kysely.xlsx")


def excel(rows, name="Asiakkaat"):
    book = openpyxl.Workbook()
    book.active.title = name
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_form_in_excel_with_finnish_titles():
    data = excel(
        [
            ["Toimijaryhmä", "asiakas"],
            ["Vaihe", "testattu"],
            ["Kysymyksiä ilmoitettu", 2],
            [],
            ["Nro", "Osio", "Tyyppi", "Kysymys", "Vaihtoehdot", "Jatkaa kysymystä"],
            [1.1, "Tieto", "Likert 5", "Sain tietoa", "1 eri mieltä\n2\n3\n4\n5 samaa mieltä"],
            [None, "Tieto", "avoin", "Kuvaile miten", None, 1.1],
            [None, "Tieto", "avoin"],
            [1.2, "Tieto", "arpa", "Mistä sait tietoa?"],
        ]
    )
    reading = read_forms(data, "lomake.xlsx")
    form = one(reading)
    assert (form.name, form.actor_group) == ("Asiakkaat", "asiakas")
    assert (form.stage, form.stated) == (Stage.TESTED, 2)
    scale, follow_up, unknown = form.items
    assert scale.asked_as is AskedAs.LIKERT5
    assert scale.options == ("1 eri mieltä", "2", "3", "4", "5 samaa mieltä")
    assert (scale.number, follow_up.follows, unknown.asked_as) == ("1.1", 0, AskedAs.OPEN)
    assert [(p.row, p.column) for p in reading.problems] == [(8, "D"), (9, "C")]


def test_forms_of_an_earlier_project_in_json():
    whole = {
        "lomakkeet": [
            {
                "id": "kysely",
                "name": "Kysely",
                "actor": "asiakas",
                "stated_item_count": {"cover_letter": 3, "report": 4},
                "background": ["Pilotti", "Asiakkaan nimi"],
                "items": [
                    {"number": "2.x", "type": "single_choice", "text": "A", "options": ["a", "b"]},
                    {"number": "2.1", "type": "open", "text": "B", "follow_up_of": "2.x"},
                    {"number": "2.2", "type": "open", "text": "C", "filter": "2.x = a"},
                    {
                        "number": "2.2 (toinen)",
                        "type": "open",
                        "text": "D",
                        "filter": "jos muistat",
                    },
                ],
            },
            {"id": "päiväkirja", "entries": [{"level": "Havainnot", "prompts": ["mitä", "missä"]}]},
            {"id": "aika", "header": ["Nimi"], "row": ["Päivä", "tuntia"]},
            {"id": "tiedote", "content": "ei kysymyksiä"},
        ]
    }
    reading = read_forms(json.dumps(whole).encode(), "lomakkeet.json")
    survey, diary, time = reading.forms
    assert (survey.stated, len(survey.items)) == (3, 6)
    pilot, name, a, b, c, d = survey.items
    assert (pilot.asked_as, name.asked_as) == (AskedAs.OPEN, AskedAs.IDENTIFIER)
    assert (a.number, b.follows) == ("", 2)
    assert (c.filter_of, c.filter_value) == (2, "a")
    assert (d.number, d.filter_of, d.filter_value) == ("2.2", None, "jos muistat")
    assert [(item.text, item.parts) for item in diary.items] == [("Havainnot", ("mitä", "missä"))]
    assert [item.asked_as for item in time.items] == [
        AskedAs.IDENTIFIER,
        AskedAs.OPEN,
        AskedAs.NUMBER,
    ]
    assert [problem.values for problem in reading.problems] == [{"form": "tiedote"}]
    with pytest.raises(BrokenForm) as caught:
        read_forms(b'{"lomakkeet": [\n', "lomakkeet.json")
    assert caught.value.values["line"] == 2


def test_questions_paired_in_json_measure_the_same():
    def form(id, *numbers):
        items = [{"number": n, "type": "likert5", "text": f"Kysymys {n}"} for n in numbers]
        return {"id": id, "name": f"Kysely {id}", "items": items}

    pairing = {
        "id": "parit",
        "pairs": [
            {"hb": "2.1", "comparison": "1.1", "about": "tieto"},
            {"hb": "5.8b", "comparison": "1.2"},
            {"hb": "2.1", "elsewhere": "9"},
        ],
    }
    whole = {"f": [form("hb", "2.1", "5.8b"), form("hb_2", "2.1"), form("verrokki", "1.1", "1.2")]}
    whole["f"].append(pairing)
    reading = read_forms(json.dumps(whole).encode(), "lomakkeet.json")
    measures = [[item.measure for item in form.items] for form in reading.forms]
    assert measures == [["tieto", "5.8b / 1.2"], [""], ["tieto", "5.8b / 1.2"]]
    assert [problem.values for problem in reading.problems] == [
        {"pairs": "parit", "key": "elsewhere"}
    ]


def test_one_mistyped_number_drops_one_pair_and_is_told_itself():
    def form(id, *numbers):
        items = [{"number": n, "type": "likert5", "text": f"Kysymys {n}"} for n in numbers]
        return {"id": id, "name": f"Kysely {id}", "items": items}

    pairs = [{"hb": n, "comparison": n, "about": f"a{n}"} for n in ("1", "2")]
    pairs.append({"hb": "1", "comparison": "33"})
    forms = [form("hb", "1", "2", "3"), form("verrokki", "1", "2", "3"), form("muu", "1")]
    whole = {"f": [*forms, {"id": "parit", "pairs": pairs}]}
    reading = read_forms(json.dumps(whole).encode(), "lomakkeet.json")
    measures = [[item.measure for item in form.items] for form in reading.forms]
    assert measures == [["a1", "a2", ""], ["a1", "a2", ""], [""]]
    [problem] = reading.problems
    told = problem.message(gettext_for("fi"))
    assert "lomakkeessa ”Kysely verrokki” ei ole kysymystä 33" in told
