"""The model study's client quotes, from the file to the authors' Table 1 in Word.

The quotes lie outside the project; without them the tests skip. Only what the analyst decides is
written here: which column is what, and which code each theme is.
"""

import csv
import io

import docx
import pytest

from qualcode.bootstrap import create_store
from qualcode.domain.categories import Level
from qualcode.domain.codes import Code
from qualcode.domain.coding import ReducedExpression
from qualcode.domain.role_maps import Role
from qualcode.domain.second_marks import Stance
from qualcode.readers import survey
from qualcode.readers.codebook_yaml import read_codebook_file
from qualcode.readers.role_map_yaml import shipped_role_map_frames
from qualcode.readers.sheets import open_workbook
from qualcode.store.views import AnswerQuery
from qualcode.workbench import (
    Workbench,
    categorising,
    codebooks,
    coding,
    cross_tables,
    importing,
    reducing,
    reporting,
    role_mapping,
    stance_tables,
    stances,
    studies,
    table_chain,
)
from qualcode.workbench.checking import check
from qualcode.workbench.reporting import Section

FILE = "quotes_client.csv"
MAP = {
    "id": "id",
    "actor_group": "actor",
    "background": ["theme"],
    "open": [{"column": "text"}],
    "ignore": [
        "result_heading", "table1_pelkistys", "table1_rooli", "table1_paarooli", "page", "note",
    ],
}  # fmt: skip
CODES = {"valinnanvapaus": "Valinnanvapaus", "asiakaslahtoisyys_osallisuus": "Asiakaslähtöisyys"}


def gold_rows(gold):
    with (gold / FILE).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def bench(gold, tmp_path):
    """The study with its quotes read by the map and the shipped codebook of themes in use."""
    bench = Workbench(create_store(tmp_path / "lainaukset.qualcode"), "testi")
    studies.start(bench, "Mallitutkimuksen lainaukset")
    data = (gold / FILE).read_bytes()
    sheet = open_workbook(data, FILE).sheets[0]
    reading = survey.read_survey(sheet, survey.plan_from_map(MAP, sheet))
    importing.import_survey(bench, FILE, data, reading)
    card = next(card for card in codebooks.library() if card.key == "teemat")
    codebooks.take(bench, read_codebook_file(card.path))
    return bench


@pytest.fixture
def answers(bench):
    """Respondent's label -> the answer, as the page of reading shows it."""
    with bench.store.reading() as rows:
        page = rows.answers(AnswerQuery(), 0, 100)
    return {row.respondent_label: row for row in page.rows}


def analyse(bench, gold, answers):
    """What the authors decided: theme codes, two reductions, their groups and their roles."""
    with bench.store.reading() as rows:
        codes = {code.label("fi"): code.id for code in rows.find(Code)}
    [frame] = [f for f in shipped_role_map_frames() if f.key == "asiakkaan_roolikartta"]
    drafts = [role_mapping.RoleDraft(role.name("fi"), role.central) for role in frame.roles]
    role_map = role_mapping.start(bench, frame.title("fi"), "asiakas", drafts, frame.key)
    with bench.store.reading() as rows:
        roles = {role.name: role.id for role in rows.find(Role, map_id=role_map.id)}
    grouped = set()
    for row in gold_rows(gold):
        document = answers[row["id"]].document
        end = len(document.text)
        coding.code(bench, document.id, 0, end, codes[CODES[row["theme"]]])
        if not row["table1_pelkistys"]:
            continue
        reduction = reducing.reduce(bench, document.id, 0, end, row["table1_pelkistys"])
        if reduction.id in grouped:
            continue
        grouped.add(reduction.id)
        made = categorising.add(
            bench, row["result_heading"], Level.SUBCATEGORY, reductions=[reduction.id]
        )
        given = [roles[name] for name in row["table1_rooli"].split("; ")]
        role_mapping.link_many(bench, given, [made.id], [])


def test_the_map_brings_every_quote_as_it_was_printed(gold, answers):
    rows = gold_rows(gold)
    assert len(answers) == len(rows) == 36
    for row in rows:
        answer = answers[row["id"]]
        assert answer.document.text == row["text"]
        assert answer.actor_group == row["actor"]
        assert dict(answer.background) == {"theme": row["theme"]}
        assert not answer.document.set_aside
        assert answer.document.provenance.row == rows.index(row) + 2


def test_the_codes_are_on_keys_as_soon_as_the_codebook_is_in_use(bench):
    keys = {code.label("fi"): code.shortcut for code in codebooks.codes_in_use(bench)}
    assert keys == {
        "Valinnanvapaus": "1", "Osallisuus": "2", "Asiakaslähtöisyys": "3", "Rooli": "4",
    }  # fmt: skip


def test_the_word_report_reproduces_the_authors_table_1(bench, gold, answers):
    analyse(bench, gold, answers)
    with bench.store.reading() as rows:
        assert rows.count(ReducedExpression) == 2
    report = reporting.report(bench, "fi", [Section.EXAMPLE])
    document = docx.Document(io.BytesIO(reporting.as_word(report)))
    [table] = document.tables
    header, *body = [[cell.text for cell in row.cells] for row in table.rows]
    assert header == [
        "Teema", "Alkuperäisilmaus", "Pelkistetty ilmaus", "Alaluokka", "Rooli", "Päärooli",
    ]  # fmt: skip
    found = [
        (theme, text, reduction, frozenset(roles.split("\n")), main.upper())
        for theme, text, reduction, _category, roles, main in body
    ]
    expected = [
        (
            CODES[row["theme"]],
            row["text"],
            row["table1_pelkistys"],
            frozenset(row["table1_rooli"].split("; ")),
            row["table1_paarooli"],
        )
        for row in gold_rows(gold)
        if row["table1_pelkistys"]
    ]
    assert len(found) == 7
    assert found == expected
    assert check(bench) == []


def test_the_themes_have_the_quotes_the_facts_count(bench, gold, answers):
    analyse(bench, gold, answers)
    with bench.store.reading() as rows:
        counts = rows.code_counts()
        labels = {code.id: code.label("fi") for code in rows.find(Code)}
    found = {labels[id]: (count.mentions, count.respondents) for id, count in counts.items()}
    assert found == {"Valinnanvapaus": (21, 21), "Asiakaslähtöisyys": (15, 15)}


# Section 6 of the facts: quotes of each client class in the order of Table 8, those with none left
# out, and of each theme.
PRINTED_BY_CLASS = {"Valinnanvapaus": [3, 9, 5, 4], "Asiakaslähtöisyys": [4, 7, 4]}


def test_table_8_has_the_printed_classes_with_their_quotes(bench, gold, answers):
    with bench.store.reading() as rows:
        codes = {code.label("fi"): code.id for code in rows.find(Code)}
        [book] = {code.codebook_id for code in rows.find(Code)}
    placed = {}
    for row in gold_rows(gold):
        document = answers[row["id"]].document
        coding.code(bench, document.id, 0, len(document.text), codes[CODES[row["theme"]]])
        reduction = reducing.reduce(bench, document.id, 0, len(document.text), row["text"])
        placed.setdefault(row["result_heading"], []).append(reduction.id)
    for heading, reductions in placed.items():
        main = categorising.add(bench, heading, Level.MAIN_CATEGORY)
        categorising.add(bench, heading, Level.SUBCATEGORY, under=main.id, reductions=reductions)
    [made] = cross_tables.summaries(bench, "fi", book)
    found = {}
    for row in made.table.rows:
        theme, _heading, people, mentions = (cell.value for cell in row.cells)
        assert people == mentions
        found.setdefault(theme, []).append(mentions)
    assert found == PRINTED_BY_CLASS
    assert [sum(counts) for counts in found.values()] == [21, 15]
    [printed] = reporting.report(bench, "fi", [Section.SUMMARY]).tables()
    assert [[c.value for c in r.cells] for r in printed.rows] == [
        [c.value for c in r.cells] for r in made.table.rows
    ]


def test_table_1_on_the_screen_has_the_authors_seven_rows(bench, gold, answers):
    analyse(bench, gold, answers)
    with bench.store.reading() as rows:
        [book] = {code.codebook_id for code in rows.find(Code)}
    page = table_chain.page(bench, "fi", table_chain.Asked(book, each=None), 0, 20)
    found = {
        (theme, text, reduction, frozenset(roles.split("\n")), main.upper())
        for theme, text, reduction, _category, roles, main in (
            [cell.value for cell in row.cells] for row in page.table.rows
        )
    }
    assert page.total == 7
    assert found == {
        (
            CODES[row["theme"]],
            row["text"],
            row["table1_pelkistys"],
            frozenset(row["table1_rooli"].split("; ")),
            row["table1_paarooli"],
        )
        for row in gold_rows(gold)
        if row["table1_pelkistys"]
    }


def test_the_two_contented_quotes_stand_against_their_heading(bench, gold, answers):
    # Section 11 of the facts, point 10: positive quotes under the heading of weakened experience.
    made = {}
    for row in gold_rows(gold):
        document = answers[row["id"]].document
        end = len(document.text)
        reduction = reducing.reduce(bench, document.id, 0, end, row["text"])
        made.setdefault(row["result_heading"], []).append(reduction.id)
    against = [row for row in gold_rows(gold) if row["note"].startswith("positive in tone")]
    [heading] = {row["result_heading"] for row in against}
    for name, reductions in made.items():
        category = categorising.add(bench, name, Level.SUBCATEGORY, reductions=reductions)
        if name == heading:
            stances.set_heading(bench, category.id, Stance.DIFFICULTY)
    for row in gold_rows(gold):
        if row["result_heading"] == heading:
            document = answers[row["id"]].document
            stance = Stance.SUCCESS if row in against else Stance.DIFFICULTY
            stances.mark(bench, document.id, 0, len(document.text), stance)
    table = stance_tables.by_stance(bench, "fi").table
    last = {row.cells[0].value: row.cells[-1].text("fi") for row in table.rows}
    assert {name: text for name, text in last.items() if text} == {heading: "2 / 4"}
    assert [row["id"] for row in against] == ["A35", "A36"]
