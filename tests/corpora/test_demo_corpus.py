"""The invented study Arjen tuki: the files say what the source says, the analysis fits them."""

from __future__ import annotations

import csv
import importlib.util
import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest
import yaml
from docx import Document
from openpyxl import load_workbook

CORPUS = Path(__file__).resolve().parents[2] / "corpora" / "arjen_tuki"
QUADRANTS = ("Vahvuudet", "Heikkoudet", "Mahdollisuudet", "Uhat")
REFUSALS = {"en tiedä", "-", "ei halua vastata", ".", "emt", "ei tule mieleen", "en oo ajatellu"}
LEVELS = ["unifying_category", "main_category", "generic_category", "subcategory"]


def load_yaml(name):
    return yaml.safe_load((CORPUS / name).read_text(encoding="utf-8"))


def sheets(path):
    """Sheet name -> rows of cell values."""
    book = load_workbook(path)
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}


def rows_of_csv(path, encoding):
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.reader(file, delimiter=";"))


def paragraphs(path):
    return [paragraph.text for paragraph in Document(str(path)).paragraphs]


def values(folder):
    """What the files say, whatever their bytes are (office files carry the time of writing)."""
    return {
        "asiakaskysely.xlsx": sheets(folder / "asiakaskysely.xlsx"),
        "tyontekijakysely.csv": rows_of_csv(folder / "tyontekijakysely.csv", "cp1252"),
        "tyopaja_swot.xlsx": sheets(folder / "tyopaja_swot.xlsx"),
        "tyopaja_roolit.csv": rows_of_csv(folder / "tyopaja_roolit.csv", "utf-8-sig"),
        "ryhmahaastattelu.docx": paragraphs(folder / "ryhmahaastattelu.docx"),
        "havainnot.txt": (folder / "havainnot.txt").read_bytes(),
    }


def as_stored(text):
    """The text as a study keeps it: line ends LF, Unicode NFC."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def columns(survey_map):
    background = survey_map["background"]
    items = [item["column"] for part in ("open", "closed") for item in survey_map[part]]
    return [survey_map["id"], *background, *items, *survey_map["ignore"]]


def answers(table, survey_map):
    """(respondent, question number) -> the answer as it stands in the file; empty cells are out."""
    header, *rows = table
    found = {}
    for row in rows:
        cells = dict(zip(header, row, strict=True))
        for item in survey_map["open"]:
            if cells[item["column"]]:
                found[str(cells[survey_map["id"]]), item["number"]] = cells[item["column"]]
    return found


def swot_notes(book):
    """(table, quadrant, note) of every note of the grids, bullets taken off."""
    notes = []
    for table, rows in book.items():
        quadrant = {}
        for row in rows[1:]:
            for column, cell in enumerate(row):
                if cell in QUADRANTS:
                    quadrant[column] = cell
                elif cell:
                    items = [re.sub(r"^[-•] ", "", line) for line in cell.split("\n")]
                    notes += [(table, quadrant[column], item) for item in items]
    return notes


@pytest.fixture(scope="module")
def files():
    return values(CORPUS)


@pytest.fixture(scope="module")
def client_table(files):
    return files["asiakaskysely.xlsx"]["Vastaukset"]


@pytest.fixture(scope="module")
def client_answers(client_table):
    return answers(client_table, load_yaml("survey_map_asiakas.yaml"))


@pytest.fixture(scope="module")
def worker_answers(files):
    return answers(files["tyontekijakysely.csv"], load_yaml("survey_map_tyontekija.yaml"))


@pytest.fixture(scope="module")
def notes(files):
    return swot_notes(files["tyopaja_swot.xlsx"])


@pytest.fixture(scope="module")
def analysis():
    return load_yaml("analysis.yaml")


@pytest.fixture(scope="module")
def categories(analysis):
    """Every category of the tree as (name, level, its reductions, the level above)."""

    def down(branch, above):
        for category in branch:
            yield category["name"], category["level"], category.get("reductions", []), above
            yield from down(category.get("children", []), category["level"])

    return list(down(analysis["tree"], None))


def text_of(coding, client_answers, worker_answers, notes):
    """The text that a coding names, normalised; KeyError where it names none."""
    if coding["source"] == "tyopaja_swot.xlsx":
        key = (coding["table"], coding["quadrant"], coding["note"])
        return {note: note[2] for note in notes}[key]
    survey = {"asiakaskysely.xlsx": client_answers, "tyontekijakysely.csv": worker_answers}
    return as_stored(survey[coding["source"]][coding["respondent"], coding["question"]])


# --- the files -------------------------------------------------------------------------------


def test_building_again_gives_the_same_cell_values(tmp_path, files):
    spec = importlib.util.spec_from_file_location("build_arjen_tuki", CORPUS / "build.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    written = module.build(tmp_path)
    assert {path.name for path in written} == set(files)
    assert values(tmp_path) == files


def test_there_is_enough_to_read(client_table, files, client_answers, worker_answers, notes):
    assert len(client_table) - 1 == 28
    assert len(files["tyontekijakysely.csv"]) - 1 == 14
    role_notes = files["tyopaja_roolit.csv"][1:]
    assert len(client_answers) + len(worker_answers) >= 170
    assert len(notes) >= 30
    assert len(role_notes) >= 10
    interview = " ".join(files["ryhmahaastattelu.docx"])
    assert 500 <= len(interview.split()) <= 700
    assert {"H:", "V1:", "V2:", "V3:", "V4:"} <= {
        text.split(" ")[0] for text in files["ryhmahaastattelu.docx"]
    }
    assert 200 <= len(files["havainnot.txt"].decode("utf-8-sig").split()) <= 300


def test_every_text_is_said_once(client_answers, worker_answers, notes):
    texts = [*client_answers.values(), *worker_answers.values(), *(note for _, _, note in notes)]
    said = Counter(as_stored(text).strip(" .").lower() for text in texts)
    assert {text for text, times in said.items() if times > 1} <= REFUSALS


def test_the_survey_is_as_messy_as_a_real_one(client_answers, client_table):
    texts = list(client_answers.values())
    assert len(client_answers) < 28 * 5, "some cells are empty"
    assert {"-", "en tiedä", "ei halua vastata"} <= {text.strip().lower() for text in texts}
    assert any(text.startswith("=") for text in texts)
    assert any(text.startswith("- ") for text in texts)
    assert any("\n" in text for text in texts)
    assert any("\u00a0" in text for text in texts)
    assert any(text != unicodedata.normalize("NFC", text) for text in texts)
    assert sum(any(ord(sign) > 0xFFFF for sign in text) for text in texts) >= 2
    assert any(text != text.strip() for text in texts)
    assert any(text[0].islower() for text in texts)
    words = [len(text.split()) for text in texts]
    assert sum(count == 1 for count in words) >= 5
    assert sum(60 <= count <= 120 for count in words) >= 3


def test_closed_answers_are_missing_or_uninterpretable_at_times(client_table):
    survey_map = load_yaml("survey_map_asiakas.yaml")
    header, *rows = client_table
    likert = [item for item in survey_map["closed"] if item["kind"] == "likert"]
    assert len(likert) == 6
    cells = [dict(zip(header, row, strict=True))[item["column"]] for row in rows for item in likert]
    odd = {cell for cell in cells if cell is not None and str(cell) not in "12345"}
    assert cells.count(None) >= 3
    assert {"4-5", "en ymmärrä kysymystä"} <= odd
    assert len([cell for cell in cells if isinstance(cell, int)]) > 150


def test_the_worker_survey_is_cp1252_and_not_utf8():
    data = (CORPUS / "tyontekijakysely.csv").read_bytes()
    with pytest.raises(UnicodeDecodeError):
        data.decode("utf-8")
    assert "Työtehtävä;" in data.decode("cp1252")


def test_several_notes_share_a_cell(files):
    cells = [
        cell for rows in files["tyopaja_swot.xlsx"].values() for row in rows for cell in row if cell
    ]
    assert sum("\n" in cell for cell in cells) >= 3
    assert list(files["tyopaja_swot.xlsx"]) == ["Pöytä 1", "Pöytä 2", "Pöytä 3"]


def test_the_survey_maps_name_every_column_once(client_table, files):
    for name, header in (
        ("survey_map_asiakas.yaml", client_table[0]),
        ("survey_map_tyontekija.yaml", files["tyontekijakysely.csv"][0]),
    ):
        assert sorted(columns(load_yaml(name))) == sorted(header)


def test_the_material_says_that_it_is_invented():
    readme = (CORPUS / "README.md").read_text(encoding="utf-8")
    assert "Tämä aineisto on keksitty" in readme
    assert "This material is invented" in readme


# --- the analysis ----------------------------------------------------------------------------


def test_every_quote_is_in_its_text(analysis, client_answers, worker_answers, notes):
    for coding in analysis["codings"]:
        text = text_of(coding, client_answers, worker_answers, notes)
        assert ("quote" in coding) != (coding.get("whole") is True), coding
        if "quote" in coding:
            assert text.count(coding["quote"]) == 1, coding
            assert coding["quote"] != text, f"the whole text is `whole: true`: {coding}"


def test_no_expression_is_listed_twice(analysis):
    keys = ("source", "respondent", "question", "table", "quadrant", "note", "quote")
    listed = Counter(tuple(coding.get(key) for key in keys) for coding in analysis["codings"])
    assert [key for key, times in listed.items() if times > 1] == []


def test_the_analysis_is_half_done(analysis, client_answers, worker_answers, notes):
    def share(source, texts):
        coded = {
            (coding["respondent"], coding["question"])
            for coding in analysis["codings"]
            if coding["source"] == source
        }
        return len(coded) / len(texts)

    assert 0.6 <= share("asiakaskysely.xlsx", client_answers) <= 0.7
    assert 0.45 <= share("tyontekijakysely.csv", worker_answers) <= 0.6
    coded_notes = {
        (coding["table"], coding["quadrant"], coding["note"])
        for coding in analysis["codings"]
        if coding["source"] == "tyopaja_swot.xlsx"
    }
    assert coded_notes == set(notes)
    assert any(not coding["reductions"] for coding in analysis["codings"])


def test_reductions_are_short_and_many_to_many(analysis):
    uses = Counter(wording for coding in analysis["codings"] for wording in coding["reductions"])
    assert 105 <= len(uses) <= 140
    assert all(3 <= len(wording.split()) <= 7 for wording in uses)
    assert sum(times > 1 for times in uses.values()) >= 15
    assert sum(len(coding["reductions"]) > 1 for coding in analysis["codings"]) >= 10


def test_each_reduction_has_one_place_or_is_listed_as_unplaced(analysis, categories):
    used = {wording for coding in analysis["codings"] for wording in coding["reductions"]}
    placed = Counter(wording for _, _, reductions, _ in categories for wording in reductions)
    unplaced = analysis["unplaced_reductions"]
    assert all(times == 1 for times in placed.values())
    assert not set(placed) & set(unplaced)
    assert set(placed) | set(unplaced) == used
    assert len(unplaced) >= 5


def test_the_tree_climbs_from_subcategories_to_one_unifying_category(analysis, categories):
    counts = Counter(level for _, level, _, _ in categories)
    assert counts == {
        "unifying_category": 1,
        "main_category": 4,
        "generic_category": 8,
        "subcategory": 24,
    }
    names = [name for name, _, _, _ in categories]
    assert len(names) == len(set(names))
    for name, level, reductions, above in categories:
        assert above == (None if level == LEVELS[0] else LEVELS[LEVELS.index(level) - 1]), name
        assert bool(reductions) == (level == "subcategory"), name
    assert "definition" in analysis["tree"][0]


def test_role_maps_have_one_central_role_and_leave_something_outside(analysis, categories):
    names = {name for name, _, _, _ in categories}
    wordings = {wording for coding in analysis["codings"] for wording in coding["reductions"]}
    for role_map in analysis["role_maps"]:
        roles = role_map["roles"]
        assert sum(role.get("central", False) for role in roles) == 1
        assert 4 <= len(roles) - 1 <= 6
        assert all(role["descriptors"] and role["description"] for role in roles)
        linked = {name for role in roles for name in role["categories"]}
        assert linked <= names
        assert names - linked
        assert {wording for role in roles for wording in role["reductions"]} <= wordings
    maps = {
        load_yaml(f"survey_map_{who}.yaml")["actor_group"]["value"]
        for who in ("asiakas", "tyontekija")
    }
    assert {role_map["actor_group"] for role_map in analysis["role_maps"]} == maps


def test_codes_found_in_the_data_are_defined_and_used(analysis):
    found = analysis["codes_found"]
    ids = {f"{found['codebook']}/{code['id']}" for code in found["codes"]}
    used = {code for coding in analysis["codings"] for code in coding["codes"]}
    assert ids <= used
    assert {code.split("/")[0] for code in used} == {*analysis["codebooks"], found["codebook"]}
    for code in found["codes"]:
        assert all(
            code[f"{part}_{lang}"] for part in ("label", "definition") for lang in ("fi", "en")
        )


def test_theory_codes_are_those_of_the_codebooks(analysis, gold):
    books = yaml.safe_load((gold / "codebooks.yaml").read_text(encoding="utf-8"))["codebooks"]
    known = {f"{book['id']}/{code['id']}" for book in books for code in book["codes"]}
    found = analysis["codes_found"]["codebook"]
    used = {code for coding in analysis["codings"] for code in coding["codes"]}
    assert {code for code in used if not code.startswith(f"{found}/")} <= known


def test_nothing_is_borrowed_from_the_model_study(client_answers, worker_answers, notes, gold):
    """No five words in a row are shared with a printed quote."""

    def runs(text):
        words = re.findall(r"\w+", text.lower())
        return {tuple(words[at : at + 5]) for at in range(len(words) - 4)}

    with (gold / "quotes_client.csv").open(encoding="utf-8", newline="") as file:
        borrowed = {run for row in csv.DictReader(file) for run in runs(row["text"])}
    texts = [*client_answers.values(), *worker_answers.values(), *(note for _, _, note in notes)]
    assert not borrowed & {run for text in texts for run in runs(as_stored(text))}


def test_memos_speak_of_what_there_is(analysis, client_answers, worker_answers, notes, categories):
    names = {name for name, _, _, _ in categories}
    wordings = {wording for coding in analysis["codings"] for wording in coding["reductions"]}
    kinds = Counter()
    for memo in analysis["memos"]:
        about = memo["about"]
        assert memo["text"].strip()
        if "quote" in about:
            assert text_of(about, client_answers, worker_answers, notes).count(about["quote"]) == 1
        assert about.get("category", next(iter(names))) in names
        assert about.get("reduction", next(iter(wordings))) in wordings
        kinds[min(about)] += 1
    assert kinds["study"] >= 2 and len(kinds) >= 5
