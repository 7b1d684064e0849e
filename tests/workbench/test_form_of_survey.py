"""Which form a survey was answered on, and which question each of its columns is. All invented."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qualcode.domain.documents import ClosedAnswer, ClosedState, Document, Item
from qualcode.domain.errors import BoundTwice, UnknownRow
from qualcode.domain.instruments import AskedAs, FormItem, ItemLink
from qualcode.readers.forms import FormItemRow, FormRow
from qualcode.readers.sheets import open_workbook
from qualcode.readers.survey import ColumnPlan, ColumnRole, guess_columns, read_survey
from qualcode.readers.survey_headers import numbered
from qualcode.workbench import form_of_survey, importing, instruments
from qualcode.workbench.form_matching import Ground
from qualcode.workbench.form_of_survey import FormOfFile
from tests.builders import a_study

SCALE = ("1 = eri mieltä", "2 = siltä väliltä", "3 = samaa mieltä")
FORM = FormRow(
    "Keksitty kysely",
    (
        FormItemRow("Sain tietoa palvelusta", AskedAs.LIKERT5, "1", "Tieto", "tieto", SCALE),
        FormItemRow("Kuvaile miten", follows=0),
        FormItemRow("Minua kuunneltiin hyvin", AskedAs.LIKERT5, "2", "Valta", "valta", SCALE),
        FormItemRow("Kuvaile miten", follows=2),
        FormItemRow("Sukupuoli", AskedAs.SINGLE_CHOICE, "3", options=("nainen", "mies")),
        FormItemRow("Nimi", AskedAs.IDENTIFIER),
    ),
)
CSV = (
    "Sukupuoli;2. Minua kuunneltiin hyvin;Kuvaile miten;Q1;Mitä muuta haluat sanoa?\n"
    "nainen;3;Kysyttiin mielipidettä ja tehtiin niin;1;Kiitos kaikille mukana olleille\n"
    "mies;eri mieltä;Ei kuunneltu ollenkaan missään vaiheessa;3;Kahvi oli hyvää ja kuumaa\n"
    "nainen;kyllä kai;Aina joku kysyi miten menee nykyään;7;Tulkaa toistekin käymään meillä\n"
)


@pytest.fixture
def bench():
    return a_study()


@pytest.fixture
def form(bench):
    [form] = instruments.define(bench, [FORM])
    return instruments.sheet(bench, form.id)


def plan_of(text: str):
    return guess_columns(open_workbook(text.encode(), "k.csv").sheets[0]).plan("asiakas")


def titles(form, found):
    return {column: match.one.title for column, match in found.items()}


def test_columns_are_matched_by_words_by_number_and_by_what_they_go_on_from(form):
    found = form_of_survey.matches(plan_of(CSV).columns, form_of_survey.bindable(form))
    assert titles(form, found) == {
        1: "2 Minua kuunneltiin hyvin",
        2: "Kuvaile miten",
        3: "1 Sain tietoa palvelusta",
    }
    # The one that goes on from question 2, though the other of the same words comes first.
    assert found[2].one.follows == found[1].one.id


CROSSED = (
    FormItemRow("Olen tyytyväinen palveluun", AskedAs.LIKERT5, "1", options=SCALE),
    FormItemRow("Sain riittävästi tietoa palvelusta ajoissa", AskedAs.LIKERT5, "2", options=SCALE),
    FormItemRow("Sain riittävästi tietoa palvelusta", AskedAs.LIKERT5, "3", options=SCALE),
    FormItemRow("Mitä muuta haluat kertoa meille", number="4"),
    FormItemRow("Minua kuunneltiin hyvin koko ajan", AskedAs.LIKERT5, "5", options=SCALE),
)


@pytest.mark.parametrize(
    ("header", "role", "expected"),
    [
        # The one before takes by likeness no question that another column has the words of.
        (
            ("Sain riittävästi tietoa palvelusta kotiin", "Sain riittävästi tietoa palvelusta"),
            ColumnRole.LIKERT,
            {0: ("2", Ground.LIKENESS), 1: ("3", Ground.WORDS)},
        ),
        # Nor by its number.
        (
            ("3. Sain tietoa palvelusta aina siskolta", "Sain riittävästi tietoa palvelusta"),
            ColumnRole.LIKERT,
            {1: ("3", Ground.WORDS)},
        ),
        (("1. Olin tyytymätön palveluun",), ColumnRole.LIKERT, {}),
        (("1. Olen tyytymätön palveluun",), ColumnRole.LIKERT, {}),
        (("1. Olin palveluun tyytymätöntä joukkoa",), ColumnRole.LIKERT, {}),
        # A word or two that the question does not have tell that it is another one.
        (("1. Kunta",), ColumnRole.CHOICE, {}),
        (("5. Kuunneltiin",), ColumnRole.LIKERT, {0: ("5", Ground.NUMBER)}),
        (("Q5",), ColumnRole.CHOICE, {0: ("5", Ground.NUMBER)}),
        (("5. Minua kuunneltiin kyllä",), ColumnRole.OPEN, {}),
        (("4. Mitä muuta haluat sanoa",), ColumnRole.OPEN, {0: ("4", Ground.NUMBER)}),
        (("4. Mitä muuta haluat sanoa",), ColumnRole.LIKERT, {}),
        # By its words a question may be answered otherwise than it looks like.
        (("Mitä muuta haluat kertoa meille",), ColumnRole.CHOICE, {0: ("4", Ground.WORDS)}),
        (("Minua kuunneltiin hyvin koko ajan",), ColumnRole.IGNORE, {}),
        (("Minua kuunneltiin hyvin koko ajan",), ColumnRole.IDENTIFYING, {}),
    ],
)
def test_the_surer_ground_goes_first_over_all_columns(bench, header, role, expected):
    [form] = instruments.define(bench, [FormRow("Keksitty", CROSSED)])
    asked = form_of_survey.bindable(instruments.sheet(bench, form.id))
    columns = []
    for n, written in enumerate(header):
        number, text = numbered(written)
        columns.append(ColumnPlan(n, written, role, number, text))
    found = form_of_survey.matches(columns, asked)
    assert {n: (match.one.number, match.ground) for n, match in found.items()} == expected


def test_a_form_is_offered_when_a_third_of_the_questions_are_its_own(bench, form):
    columns = plan_of(CSV).columns
    offered = form_of_survey.offer(bench, columns, [form.form.id])
    assert (offered.form, offered.matched) == (form.form, 3)
    others = plan_of("Mitä kuuluu?;Miten jatkat?\nhyvää kuuluu tänään;jatkan samaan malliin\n")
    assert form_of_survey.offer(bench, others.columns, [form.form.id]) is None


def test_the_columns_of_one_questions_options_are_bound_together(bench):
    row = FormItemRow("Mistä kuulit?", AskedAs.MULTIPLE_CHOICE, "4", options=("Lehti", "Netti"))
    [form] = instruments.define(bench, [FormRow("Keksitty", (row,))])
    sheet = instruments.sheet(bench, form.id)
    many = ColumnRole.MULTIPLE_CHOICE
    columns = [
        ColumnPlan(n, f"Mistä kuulit? [{name}]", many, text="Mistä kuulit?", option=name)
        for n, name in enumerate(("lehti", "netti"))
    ]
    found = form_of_survey.matches(columns, sheet.items)
    assert set(found) == {0, 1}
    assert [form_of_survey.as_asked(c, sheet.items[0]).option for c in columns] == [
        "Lehti",
        "Netti",
    ]


def test_a_short_header_takes_its_words_from_the_form(form):
    read = form_of_survey.as_asked(ColumnPlan(3, "Q1", ColumnRole.NUMBER), form.items[0])
    assert (read.text, read.role, read.options) == (
        "Sain tietoa palvelusta",
        ColumnRole.LIKERT,
        SCALE,
    )


def test_a_bound_file_counts_by_the_scale_of_the_form(bench, form):
    sheet = open_workbook(CSV.encode(), "k.csv").sheets[0]
    plan = guess_columns(sheet).plan("asiakas")
    found = form_of_survey.matches(plan.columns, form_of_survey.bindable(form))
    columns = tuple(
        form_of_survey.as_asked(c, found[c.index].one) if c.index in found else c
        for c in plan.columns
    )
    reading = read_survey(sheet, replace(plan, columns=columns))
    asked = {"ABCDE"[column]: match.one.id for column, match in found.items()}
    came = importing.import_survey(
        bench, "k.csv", CSV.encode(), reading, form=FormOfFile(form.form.id, asked)
    )
    assert (came.bound, came.uninterpretable) == (3, 2)
    with bench.store.reading() as rows:
        scale = next(i for i in rows.find(Item) if i.number == "2")
        answers = [(a.state, a.value, a.raw) for a in rows.find(ClosedAnswer, item_id=scale.id)]
    assert (scale.section, scale.theme, scale.options) == ("Valta", "valta", SCALE)
    assert sorted(answers) == [
        (ClosedState.ANSWERED, "1 = eri mieltä", "eri mieltä"),
        (ClosedState.ANSWERED, "3 = samaa mieltä", "3"),
        (ClosedState.UNINTERPRETABLE, "", "kyllä kai"),
    ]


def test_an_answer_that_goes_on_in_another_column_is_an_answer_to_the_same_question(bench, form):
    text = (
        "Kuvaile miten;Jatkuu kääntöpuolella\n"
        "Ensin kysyttiin kaikilta erikseen;Sitten istuttiin yhdessä alas\n"
        "Ei kysytty mitään keneltäkään;\n"
    )
    sheet = open_workbook(text.encode(), "k.csv").sheets[0]
    plan = guess_columns(sheet).plan("asiakas")
    columns = tuple(replace(c, role=ColumnRole.OPEN) for c in plan.columns)
    reading = read_survey(sheet, replace(plan, columns=columns))
    bound = FormOfFile(form.form.id, {"A": form.items[1].id, "B": form.items[1].id})
    came = importing.import_survey(bench, "k.csv", text.encode(), reading, form=bound)
    assert (came.items, came.bound, came.documents) == (1, 1, 3)
    with bench.store.reading() as rows:
        texts = sorted(rows.find(Document), key=lambda d: d.position)
        assert len(rows.find(Item)) == len(rows.find(ItemLink)) == 1
    assert [d.text.split()[0] for d in texts] == ["Ensin", "Sitten", "Ei"]


TWICE = (
    "Sain tietoa palvelusta;Tietoa palvelusta sain;Kuvaile miten;Kuvaile lisää\n"
    "3;1;Esite tuli postissa kotiin asti;Luin sen heti samana iltana kotona\n"
    "2;3;En saanut mitään keneltäkään koskaan;Kysyin silti monta kertaa perään\n"
)


def test_two_closed_columns_on_one_question_are_refused_so_that_nobody_counts_twice(bench, form):
    sheet = open_workbook(TWICE.encode(), "k.csv").sheets[0]
    plan = guess_columns(sheet).plan("asiakas")
    columns = [form_of_survey.as_asked(c, form.items[0]) for c in plan.columns[:2]]
    reading = read_survey(sheet, replace(plan, columns=(*columns, *plan.columns[2:])))
    asked = dict.fromkeys("AB", form.items[0].id)
    with pytest.raises(BoundTwice) as refused:
        importing.import_survey(
            bench, "k.csv", TWICE.encode(), reading, form=FormOfFile(form.form.id, asked)
        )
    assert refused.value.values == {
        "file": "k.csv",
        "columns": "A, B",
        "question": "1 Sain tietoa palvelusta",
    }
    with bench.store.reading() as rows:
        assert not rows.find(Item)


def test_two_open_columns_on_one_question_share_its_number_untold(bench, form):
    sheet = open_workbook(TWICE.encode(), "k.csv").sheets[0]
    plan = guess_columns(sheet).plan("asiakas")
    asked = replace(form.items[1], number="1b")
    columns = [form_of_survey.as_asked(c, asked) for c in plan.columns[2:]]
    reading = read_survey(sheet, replace(plan, columns=(*plan.columns[:2], *columns)))
    assert reading.problems == ()
    other = replace(asked, id="toinen")
    columns[1] = form_of_survey.as_asked(plan.columns[3], other)
    reading = read_survey(sheet, replace(plan, columns=(*plan.columns[:2], *columns)))
    [told] = reading.problems
    assert told.values["no"] == "1b"


def test_a_question_taken_out_of_the_form_meanwhile_stops_the_import(bench, form):
    sheet = open_workbook(CSV.encode(), "k.csv").sheets[0]
    reading = read_survey(sheet, guess_columns(sheet).plan("asiakas"))
    bound = FormOfFile(form.form.id, {"B": form.items[2].id})
    instruments.remove_item(bench, form.items[2].id)
    with pytest.raises(UnknownRow):
        importing.import_survey(bench, "k.csv", CSV.encode(), reading, form=bound)
    with bench.store.reading() as rows:
        assert not rows.find(Item)


PARTED = (
    FormItemRow(
        "Kuvaa kokemuksiasi palvelun järjestämisestä",
        number="2.4",
        parts=("Asiakkaan kanssa", "Organisaation kanssa"),
    ),
    FormItemRow("Mitä muuta haluat kertoa meille", number="2.5"),
)


@pytest.mark.parametrize(
    "header",
    [
        (
            "2.4 Kuvaa kokemuksiasi [Asiakkaan kanssa]",
            "2.4 Kuvaa kokemuksiasi [Organisaation kanssa]",
        ),
        ("Q2.4 - Asiakkaan kanssa", "Q2.4 - Organisaation kanssa"),
        ("Asiakkaan kanssa", "organisaation kanssa:"),
    ],
)
def test_a_column_for_each_named_part_is_bound_to_the_question(bench, header):
    [form] = instruments.define(bench, [FormRow("Keksitty", PARTED)])
    asked = form_of_survey.bindable(instruments.sheet(bench, form.id))
    columns = []
    for n, written in enumerate((*header, "2.5 Mitä muuta haluat kertoa meille", "Muuta mieleen")):
        number, text = numbered(written)
        columns.append(ColumnPlan(n, written, ColumnRole.OPEN, number, text))
    found = form_of_survey.matches(columns, asked)
    assert {n: (match.one.number, match.ground) for n, match in found.items()} == {
        0: ("2.4", Ground.PART),
        1: ("2.4", Ground.PART),
        2: ("2.5", Ground.WORDS),
    }


def test_a_background_question_of_the_form_is_read_as_background(bench):
    """A table of it would tell of the one man among eleven, and other tables are cut by it."""
    rows = (
        FormItemRow("Mies/Nainen/Muu", AskedAs.SINGLE_CHOICE, "1.2", "1 Taustatiedot"),
        FormItemRow("Kuukausia hankkeessa", AskedAs.NUMBER, "1.3", "1 Taustatiedot"),
        FormItemRow("Mistä sait tiedon", AskedAs.OPEN, "1.4", "1 Taustatiedot"),
        FormItemRow("Minua kuunneltiin hyvin", AskedAs.LIKERT5, "2", "Valta", "valta", SCALE),
    )
    [form] = instruments.define(bench, [FormRow("Keksitty", rows)])
    sheet = instruments.sheet(bench, form.id)
    plan = plan_of(
        "1.2 Mies/Nainen/Muu;1.3 Kuukausia hankkeessa;1.4 Mistä sait tiedon;2. Minua kuunneltiin\n"
        "Nainen;12;Naapuri kertoi siitä kaupassa;3\n"
        "Nainen;7;Luin lehdestä ja soitin heti;2\n"
        "Mies;31;Työntekijä kertoi kotikäynnillä;1\n"
    )
    read, bound = form_of_survey.read_on(plan, sheet)
    assert [column.role.value for column in read.columns] == [
        "background", "background", "open", "likert",
    ]  # fmt: skip
    assert set(bound.asked) == {"C", "D"}
    people = form_of_survey.backgrounds(plan.columns, form_of_survey.bindable(sheet))
    assert {n: item.number for n, item in people.items()} == {0: "1.2", 1: "1.3"}


def test_words_with_the_bare_number_of_the_form_before_them_are_its_words(bench):
    rows = (
        FormItemRow("Sain apua", AskedAs.SINGLE_CHOICE, "3", "Taustayhteisön tuki"),
        FormItemRow("Mistä kuulit", AskedAs.SINGLE_CHOICE, "5", "Taustatiedot"),
    )
    [form] = instruments.define(bench, [FormRow("Keksitty", rows)])
    asked = form_of_survey.bindable(instruments.sheet(bench, form.id))
    plan = plan_of("3 Sain apua;5 Mistä kuulit\nkyllä;lehti\nei;netti\nkyllä;lehti\n")
    assert {n: m.one.number for n, m in form_of_survey.matches(plan.columns, asked).items()} == {
        0: "3"
    }
    people = form_of_survey.backgrounds(plan.columns, asked)
    assert {n: item.number for n, item in people.items()} == {1: "5"}


@pytest.mark.parametrize("header", ["3 kuukauden kokemukset", "3 3 kuukauden kokemukset"])
def test_a_question_that_begins_with_its_own_number_keeps_its_words(header):
    said = "3 kuukauden kokemukset palvelusta"
    asked = FormItem("a", "f", "a", said, AskedAs.OPEN, "3")
    column = ColumnPlan(0, header, ColumnRole.OPEN, text=f"{header} palvelusta")
    assert form_of_survey.as_asked(column, asked).text == said


def test_a_bare_number_before_the_words_is_not_told_twice(form):
    [asked] = [one for one in form_of_survey.bindable(form) if one.number == "1"]
    column = ColumnPlan(0, "1 Sain tietoa palvelusta", ColumnRole.LIKERT)
    read = form_of_survey.as_asked(replace(column, text="1 Sain tietoa palvelusta"), asked)
    assert (read.number, read.text) == ("1", "Sain tietoa palvelusta")
