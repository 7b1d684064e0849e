"""The codebooks and role map frames that come with the program."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml

from qualcode.domain.codes import Code, CodebookKind, Origin
from qualcode.readers.codebook_yaml import (
    SHIPPED,
    CodebookCard,
    CodebookFile,
    read_codebook,
    read_codebook_file,
    shipped_codebooks,
    theme_name,
    write_codebook,
)
from qualcode.readers.role_map_yaml import RoleMapFrame, shipped_role_map_frames
from qualcode.texts import gettext_for

CARDS = shipped_codebooks()
README = (SHIPPED / "README.md").read_text("utf-8")
# The three trees have heading codes of our own above the codes of the material.
HEADINGS = 11


@pytest.fixture(scope="module")
def shipped() -> dict[str, CodebookFile]:
    return {card.key: read_codebook_file(card.path) for card in CARDS}


def test_fifty_one_codebooks_stand_on_the_shelf():
    assert [card for card in CARDS if card.error] == []
    assert len(CARDS) == len({card.key for card in CARDS}) == 51
    assert sum(card.codes for card in CARDS) == 278 + HEADINGS


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.key)
def test_each_file_is_whole(card: CodebookCard):
    found = read_codebook_file(card.path)
    assert found.problems == ()
    assert card.path.name == f"{card.key}.yaml"
    assert card.name_fi and card.name_en and card.theory_source and found.codebook.unit
    for code in found.codes:
        assert code.label_fi and code.label_en and code.definition_fi and code.definition_en
        assert bool(code.rule_fi) == bool(code.rule_en)
        assert bool(code.example_fi) == bool(code.example_en)
    if card.kind is CodebookKind.ORDERED:
        assert [code.level for code in found.codes] == list(range(1, card.codes + 1))
    if card.kind is CodebookKind.TREE:
        assert any(code.parent_id for code in found.codes)


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.key)
def test_each_file_is_as_the_program_would_write_it(card: CodebookCard):
    found = read_codebook_file(card.path)
    assert write_codebook(found.codebook, found.codes) == card.path.read_text("utf-8")


def test_they_hold_every_code_of_the_source_material(shipped: dict[str, CodebookFile], gold: Path):
    def as_printed(text: str) -> str:
        return re.sub(r" 000\b", "", text)  # the material's number for the thesis

    material = yaml.safe_load((gold / "codebooks.yaml").read_text("utf-8"))["codebooks"]
    assert {book["id"] for book in material} == set(shipped)
    compared = 0
    for book in material:
        codes = {code.key: code for code in shipped[book["id"]].codes}
        for wanted in book["codes"]:
            code = codes[wanted["id"]]
            compared += 1
            assert code.level == wanted.get("level")
            for field in ("label_fi", "label_en", "definition_fi", "definition_en"):
                assert getattr(code, field) == as_printed(wanted[field]), (book["id"], code.key)
    assert compared == 278


def test_no_trace_of_the_line_numbers_of_the_source_material():
    for path in SHIPPED.rglob("*.yaml"):
        text = re.sub(r"^(- |  - |)id: \S+$", "", path.read_text("utf-8"), flags=re.M)
        assert not re.search(r"\b00\d\b|\bl\.\d|seed_lines|cited_in", text), path.name


def test_themes_and_ordered_degrees_have_a_rule_and_an_example(shipped: dict[str, CodebookFile]):
    def guided(key: str) -> list[Code]:
        return [code for code in shipped[key].codes if code.rule_fi and code.example_fi]

    for key, count in {
        "teemat": 4,
        "osallisuusasteet_julkunen_heikkila": 4,
        "valinnanvapauden_asteet_kuusinen_james": 3,
        "arnstein_tikkaat_003": 5,
        "osallisuus_prosessina_003": 3,
    }.items():
        assert len(guided(key)) == count


def test_examples_quote_nobody(shipped: dict[str, CodebookFile], gold: Path):
    quotes = (gold / "quotes_client.csv").read_text("utf-8").lower()
    examples = [code.example_fi for file in shipped.values() for code in file.codes]
    for example in filter(None, examples):
        words = re.findall(r"\w+", example.lower())
        for start in range(len(words) - 4):
            assert " ".join(words[start : start + 5]) not in quotes, example


def test_result_classes_come_from_data_and_hang_in_their_tree(shipped: dict[str, CodebookFile]):
    codes = shipped["tulosluokat_000"].codes
    assert {code.origin for code in codes} == {Origin.DATA}
    roots = [code.key for code in codes if code.parent_id is None]
    assert roots == ["A_VV", "A_AO", "T_VV", "T_AO"]
    assert all(code.key.startswith(str(code.parent_id).rpartition("/")[2]) for code in codes
               if code.parent_id)  # fmt: skip


def test_each_theme_has_a_name_in_both_languages():
    for theme in {card.theme for card in CARDS}:
        english, finnish = theme_name(theme, str), theme_name(theme, gettext_for("fi"))
        assert theme not in (english, finnish)
        assert english != finnish
        assert f"## {finnish} / {english}" in README
    assert theme_name("omat", str) == "omat"


def test_the_index_tells_of_every_codebook():
    for card in CARDS:
        headings = sum(1 for code in read_codebook_file(card.path).codes if _heads(card, code))
        count = f"{card.codes - headings} + {headings}" if headings else str(card.codes)
        row = f"| [{card.name_fi}]({card.theme}/{card.key}.yaml) | {card.name_en} |"
        assert f"{row} {card.theory_source} | {count} | {card.kind.value}" in README


def _heads(card: CodebookCard, code: Code) -> bool:
    return card.kind is CodebookKind.TREE and code.parent_id is None


def test_the_example_of_the_readme_is_read_as_it_stands():
    block = re.search(r"```yaml\n(.*?)```", README, flags=re.S)
    assert block is not None
    found = read_codebook(block.group(1), "README.md")
    assert [code.key for code in found.codes] == ["matala", "korkea"]
    assert [problem.column for problem in found.problems] == ["definition_fi"]


def test_browsing_again_reads_no_file(monkeypatch):
    first = shipped_codebooks()
    monkeypatch.setattr(Path, "read_bytes", None)
    monkeypatch.setattr(Path, "read_text", None)
    assert shipped_codebooks() == first


# --- role maps ------------------------------------------------------------------------------


@pytest.mark.parametrize("frame", shipped_role_map_frames(), ids=lambda frame: frame.key)
def test_each_role_map_has_seven_roles_and_its_guide(frame: RoleMapFrame):
    assert frame.problems == ()
    assert len(frame.roles) == 7
    assert [role.central for role in frame.roles].count(True) == 1
    for role in frame.roles:
        assert role.name_fi and role.name_en and role.description_fi and role.description_en
        assert len(role.descriptors_fi) == len(role.descriptors_en) > 0
        assert role.sources
    assert [step.symbol for step in frame.usage.scale] == ["+++", "++", "+", "-", "- -"]
    assert [step.symbol for step in frame.usage.scale if step.target] == ["++"]
    assert len(frame.usage.steps_fi) == len(frame.usage.steps_en) == 9
    assert len(frame.usage.principles_fi) == len(frame.usage.principles_en)
    assert len(frame.usage.purposes_fi) == len(frame.usage.purposes_en)
    assert len(frame.usage.record_fi) == len(frame.usage.record_en)
    assert all(remark.en for remark in (*frame.differences, *frame.remarks))


def test_the_maps_are_those_of_the_source_material(gold: Path):
    frames = {frame.key: frame for frame in shipped_role_map_frames()}
    material = json.loads((gold / "rolemaps.json").read_text("utf-8"))["maps"]
    assert set(frames) == {wanted["id"] for wanted in material}
    for wanted in material:
        frame = frames[wanted["id"]]
        assert [role.key for role in frame.roles if role.central] == [wanted["central_role"]]
        for role, source in zip(frame.roles, wanted["roles"], strict=True):
            assert (role.key, role.name_fi, role.name_en) == (
                source["id"], source["name_fi"], source["name_en"],
            )  # fmt: skip
            assert list(role.descriptors_fi) == source["descriptors"]
            assert role.description_fi == source["summary_fi"]


def test_a_map_and_its_codebook_name_the_same_roles(shipped: dict[str, CodebookFile]):
    for frame in shipped_role_map_frames():
        codes = {(code.key, code.label_fi, code.label_en) for code in shipped[frame.key].codes}
        assert {(role.key, role.name_fi, role.name_en) for role in frame.roles} == codes
