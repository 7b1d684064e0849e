"""Codebook files: what a person can write wrong, and that nothing is lost on the way."""

from __future__ import annotations

import os
import string
import unicodedata
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.domain.codes import Code, Codebook, CodebookKind, Origin
from qualcode.domain.errors import BrokenCodebook, EmptyFile, FileProblem, FileTooLarge
from qualcode.readers.codebook_yaml import (
    CodebookFile,
    code_id,
    codebook_id,
    key_of,
    next_version_path,
    read_codebook,
    read_codebook_file,
    save_new_version,
    shipped_codebooks,
    write_codebook,
)
from qualcode.texts import gettext_for

HEAD = "id: asteet\nname_fi: Asteet\nkind: ordered\ncodes:\n"


def broken(text: str) -> str:
    with pytest.raises(BrokenCodebook) as problem:
        read_codebook(text, "asteet.yaml")
    return str(problem.value)


def warnings(text: str) -> list[tuple[int | None, str]]:
    found = read_codebook(text, "asteet.yaml").problems
    return [(problem.row, problem.message(str)) for problem in found]


def test_a_codebook_and_its_codes():
    found = read_codebook(
        """
id: asteet
version: 3
name_fi: Osallisuuden asteet
name_en: Degrees of participation
theory_source: 'Tekijä 2020: 15-17'
kind: tree
unit: ilmaus
note: Kaksi
codes:
  - id: yla
    label_fi: Yläkoodi
    definition_fi: >
      Pitkä määritelmä
      kahdella rivillä.
  - id: ala
    parent: yla
    label_en: Lower
    definition_en: Short.
    rule_fi: Käytä kun.
    example_fi: Esimerkki.
    origin: data
    colour: '#0072B2'
    shortcut: 2
""",
        "asteet.yaml",
    )
    assert found.problems == ()
    assert found.codebook == Codebook(
        id="codebook:asteet",
        key="asteet",
        name_fi="Osallisuuden asteet",
        name_en="Degrees of participation",
        theory_source="Tekijä 2020: 15-17",
        kind=CodebookKind.TREE,
        unit="ilmaus",
        note="Kaksi",
        version=3,
    )
    upper, lower = found.codes
    assert upper == Code(
        id="code:asteet/yla",
        codebook_id="codebook:asteet",
        key="yla",
        label_fi="Yläkoodi",
        definition_fi="Pitkä määritelmä kahdella rivillä.",
    )
    assert lower == Code(
        id="code:asteet/ala",
        codebook_id="codebook:asteet",
        key="ala",
        label_fi="",
        label_en="Lower",
        definition_en="Short.",
        rule_fi="Käytä kun.",
        example_fi="Esimerkki.",
        parent_id="code:asteet/yla",
        origin=Origin.DATA,
        colour="#0072B2",
        shortcut="2",
        position=1,
    )


def test_words_that_yaml_takes_for_something_else_stay_words():
    found = read_codebook("id: 001\nname_fi: no\ncodes: [{id: 1, label_fi: 2020-01-01}]", "x")
    assert (found.codebook.key, found.codebook.name_fi) == ("001", "no")
    assert (found.codes[0].key, found.codes[0].label_fi) == ("1", "2020-01-01")


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        (HEAD + "  - id: a\n    label_fi: 'Auki\n  - id: b\n", 6, "not valid YAML"),
        ("id: a\nname_fi: Asteet: kolme\n", 2, "not valid YAML"),
        (HEAD + "  - id: a\n\tlabel_fi: A\n", 6, "tab"),
        ("id: a\nname_fi: A\n---\nid: b\n", 3, "not valid YAML"),
        ("name_fi: Asteet\n", 1, "“id” is missing"),
        ("id: kolme astetta\nname_fi: A\n", 1, "will not do as an id"),
        ("id: a/b\nname_fi: A\n", 1, "will not do as an id"),
        ("id: asteet\n", 1, "has no name"),
        ("id: asteet\nname_fi: ' '\n", 1, "has no name"),
        (HEAD + "  - label_fi: A\n", 5, "“id” is missing"),
        (HEAD + "  - id: a\n    definition_fi: A\n", 5, "“a” has no label"),
        (HEAD + "  - {id: a, label_fi: A}\n  - {id: a, label_fi: B}\n", 6, "already on line 5"),
        (HEAD + "  - {id: a, label_fi: A}\n  - id: b\n    label_fi: B\n    parent: c\n", 8, "“c”"),
        (HEAD + "  - {id: a, label_fi: A, parent: a}\n", 5, "a → a"),
        (
            HEAD
            + "  - {id: a, label_fi: A}\n  - {id: b, label_fi: B, parent: d}\n"
            + "  - {id: c, label_fi: C, parent: b}\n  - {id: d, label_fi: D, parent: c}\n",
            6,
            "b → d → c → b",
        ),
        ("id: a\nname_fi: A\nkind: tre\n", 3, "flat, ordered, tree"),
        (HEAD + "  - {id: a, label_fi: A, origin: muu}\n", 5, "theory, data, both"),
        (HEAD + "  - id: a\n    label_fi: A\n    level: kaksi\n", 7, "whole number"),
        (HEAD + "  - {id: a, label_fi: A, level: 1.5}\n", 5, "not “1.5”"),
        (HEAD + "  - {id: a, label_fi: A, level: 0}\n", 5, "whole number"),
        ("id: a\nname_fi: A\nversion: " + "9" * 5_000, 3, "whole number"),
        ("id: a\nname_fi: A\nname_fi: B\n", 3, "here twice"),
        ("id: a\nname_fi: [A]\n", 2, "must be text"),
        ("id: a\nname_fi: !!python/object/apply:os.getcwd []\n", 2, "must be text"),
        ("id: a\nname_fi: A\ncodes: {a: b}\n", 3, "must be a list"),
        (HEAD + "  - pelkkä sana\n", 5, "fields are expected"),
        ("- lista\n", 1, "fields are expected"),
        ("pelkkää tekstiä", 1, "fields are expected"),
        ("id: a\nname_fi: A\x07\n", 2, "U+0007"),
    ],
)
def test_broken_files_tell_the_line_and_what_is_wrong(text: str, line: int, what: str):
    message = broken(text)
    assert message.startswith(f"asteet.yaml, line {line}: ")
    assert what in message


def test_the_complaint_has_its_finnish():
    with pytest.raises(BrokenCodebook) as problem:
        read_codebook(HEAD + "  - {id: a, label_fi: A}\n  - {id: a, label_fi: B}\n", "asteet.yaml")
    assert problem.value.message(gettext_for("fi")).endswith(
        "koodi ”a” on jo rivillä 5. Anna toiselle niistä eri id."
    )


@pytest.mark.parametrize("nothing", ["", "  \n\n", "# vain huomautus\n", "\ufeff"])
def test_an_empty_file_is_empty_and_not_broken(nothing: str):
    with pytest.raises(EmptyFile):
        read_codebook(nothing, "tyhja.yaml")


def test_a_billion_laughs_are_refused_at_the_first_reference():
    lines = ["l0: &l0 [ha]"] + [f"l{n}: &l{n} [" + f"*l{n - 1}," * 9 + "]" for n in range(1, 30)]
    assert "line 2: “*l0” refers to another place" in broken("\n".join(lines))


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_deep_nesting_is_refused_before_it_is_built(opening: str):
    assert "more than 20 levels deep" in broken("codes: \n  " + opening * 100_000)


def test_a_flood_of_values_and_a_huge_file_are_refused():
    assert "too many values" in broken("id: a\ncodes: [" + "a," * 1_000_000 + "]")
    with pytest.raises(FileTooLarge):
        read_codebook_file(b"#" * 5_000_001, "iso.yaml")


def test_five_thousand_codes_go_in_and_one_more_does_not():
    entries = [f"  - {{id: k{n}, label_fi: K}}\n" for n in range(5_001)]
    head = "id: iso\nname_fi: Iso\ncodes:\n"
    assert len(read_codebook(head + "".join(entries[:5_000]), "iso.yaml").codes) == 5_000
    assert "line 5004: there are more than 5000 codes" in broken(head + "".join(entries))


def test_windows_and_utf16_files_are_named_as_such():
    with pytest.raises(BrokenCodebook, match=r"vanha\.yaml, line 2: .* byte is “ä”"):
        read_codebook_file("id: a\nname_fi: pää\n".encode("cp1252"), "vanha.yaml")
    with pytest.raises(BrokenCodebook, match="UTF-16"):
        read_codebook_file("id: a\nname_fi: pää\n".encode("utf-16"), "vanha.yaml")


def test_byte_order_mark_windows_line_ends_and_combining_accents(tmp_path: Path):
    path = tmp_path / "a.yaml"
    text = "\ufeffid: a\r\nname_fi: pa\u0308a\u0308\r\nnote: |\r\n  yksi\r\n  kaksi\r\n"
    path.write_bytes(text.encode())
    codebook = read_codebook_file(path).codebook
    assert codebook.name_fi == "pää"
    assert codebook.note == "yksi\nkaksi"
    assert read_codebook(text, "a.yaml").codebook == codebook


def test_a_file_that_is_not_there(tmp_path: Path):
    with pytest.raises(FileProblem, match=r"poissa\.yaml"):
        read_codebook_file(tmp_path / "poissa.yaml")


def test_what_deserves_a_look_stops_nothing():
    assert warnings(
        "id: a\nname_fi: A\nkind: ordered\nnotes: x\nomituinen: y\ncodes:\n"
        "  - {id: a, label_fi: A, level: 1, definition_fi: x, shortcut: 1}\n"
        "  - {id: b, lable_fi: x, label_en: B, level: 1, definition_en: x, shortcut: 1}\n"
        "  - {id: c, label_fi: C, colour: red;, shortcut: F1}\n"
    ) == [
        (4, "The field “notes” is not known and was left out. Did you mean “note”?"),
        (
            5,
            "The field “omituinen” is not known and was left out. Known fields: id, version, "
            "name_fi, name_en, theory_source, kind, unit, note, codes.",
        ),
        (8, "The field “lable_fi” is not known and was left out. Did you mean “label_fi”?"),
        (9, "“red;” is not a colour such as #0072B2. A colour is chosen for the code."),
        (9, "The shortcut “F1” was left out: a shortcut is a digit from 1 to 9."),
        (8, "The codes “a” and “b” are on the same level 1."),
        (8, "The codes “a” and “b” have the same shortcut 1."),
        (9, "The code “c” has no definition."),
        (9, "The code “c” has no level although the codebook is ordered."),
    ]
    assert warnings("id: a\nname_fi: A\n") == [(1, "The codebook has no codes yet.")]


# --- writing --------------------------------------------------------------------------------

# Stored text is NFC and never holds half a character; within that, anything goes.
texts = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=120),
    st.text(string.ascii_letters + "äö   \n\t:#-'\"|>&*!%@`[]{},?~\\", max_size=300),
    st.sampled_from(
        [
            "\x85",
            "a\u2028b",
            "\ufeff",
            "🙂" * 40,
            "yes",
            "null",
            "~",
            "001",
            "1.5",
            "2020-01-01",
            "- a",
            "a: b",
            "---",
            "...",
        ]
    ),
).map(lambda text: unicodedata.normalize("NFC", text))
names = texts.filter(lambda text: bool(text.strip()))
keys = st.from_regex(r"[A-Za-zåäö0-9_.-]{1,12}", fullmatch=True).map(
    lambda key: unicodedata.normalize("NFC", key)
)


@st.composite
def codebook_files(draw: st.DrawFn) -> CodebookFile:
    key = draw(keys)
    codebook = Codebook(
        id=codebook_id(key),
        key=key,
        name_fi=draw(names),
        name_en=draw(texts),
        theory_source=draw(texts),
        kind=draw(st.sampled_from(CodebookKind)),
        unit=draw(texts),
        note=draw(texts),
        version=draw(st.integers(1, 99)),
    )
    code_keys = draw(st.lists(keys, unique=True, max_size=4))
    codes = tuple(
        Code(
            id=code_id(key, code_key),
            codebook_id=codebook.id,
            key=code_key,
            label_fi=draw(texts),
            label_en=draw(names),
            definition_fi=draw(texts),
            definition_en=draw(texts),
            rule_fi=draw(texts),
            rule_en=draw(texts),
            example_fi=draw(texts),
            example_en=draw(texts),
            # a parent earlier in the list cannot make a circle
            parent_id=draw(
                st.sampled_from(
                    [None, *(code_id(key, earlier) for earlier in code_keys[:position])]
                )
            ),
            level=draw(st.none() | st.integers(1, 9)),
            origin=draw(st.sampled_from(Origin)),
            colour=draw(st.sampled_from(["", "#0072B2"])),
            shortcut=draw(st.sampled_from(["", "1", "9"])),
            position=position,
        )
        for position, code_key in enumerate(code_keys)
    )
    return CodebookFile(codebook, codes)


@settings(max_examples=100)
@given(codebook_files())
def test_what_is_written_is_read_back_exactly(file: CodebookFile):
    text = write_codebook(file.codebook, file.codes)
    found = read_codebook_file(text.encode(), "a.yaml")
    assert (found.codebook, found.codes) == (file.codebook, file.codes)
    assert write_codebook(found.codebook, found.codes) == text


def test_the_file_is_one_a_person_would_want_to_edit():
    codebook = Codebook("codebook:a", "a", "Asteet", theory_source="Tekijä 2020: 15")
    long = "Määritelmä, joka on niin pitkä, ettei se mahdu yhdelle riville, kun sitä luetaan."
    codes = [
        Code("code:a/b", "codebook:a", "b", "Ylä", definition_fi=long, level=1),
        Code(
            "code:a/c",
            "codebook:a",
            "c",
            "Ala",
            rule_fi="Ensin tämä.\nSitten tämä.",
            parent_id="code:a/b",
            position=1,
        ),
    ]
    assert (
        write_codebook(codebook, codes)
        == """\
id: a
version: 1
name_fi: Asteet
theory_source: 'Tekijä 2020: 15'
kind: flat
codes:
  - id: b
    level: 1
    label_fi: Ylä
    definition_fi: >-
      Määritelmä, joka on niin pitkä, ettei se mahdu yhdelle riville, kun sitä luetaan.

  - id: c
    parent: b
    label_fi: Ala
    rule_fi: |-
      Ensin tämä.
      Sitten tämä.
"""
    )


def test_codes_found_while_reading_get_a_key_and_a_lost_parent_makes_a_root():
    codebook = Codebook("x1", "oma", "Oma")
    codes = [
        Code("u1", "x1", "", "Mitä siitä seurasi?", position=2),
        Code("u2", "x1", "pelko", "Pelko", parent_id="u9", position=0),
        Code("u3", "x1", "pelko", "Pelko taas", parent_id="u1", position=1),
        Code("u4", "x1", "kaksi sanaa", "Kaksi", position=3),
    ]
    found = read_codebook(write_codebook(codebook, codes), "oma.yaml")
    assert [(code.key, code.parent_id) for code in found.codes] == [
        ("pelko", None),
        ("pelko_2", "code:oma/mita_siita_seurasi"),
        ("mita_siita_seurasi", None),
        ("kaksi_sanaa", None),
    ]
    assert key_of("???") == "koodi"


# --- the shelf ------------------------------------------------------------------------------


def put(path: Path, name: str = "Asteet") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"id: asteet\nname_fi: {name}\ncodes: [{{id: a, label_fi: A}}]\n", "utf-8")
    return path


def test_the_shelf_shows_every_file_also_a_broken_one(tmp_path: Path):
    put(tmp_path / "osallisuus" / "asteet.yaml")
    (tmp_path / "rikki.yaml").write_text("id: a\n- b\n", "utf-8")
    put(tmp_path / "role_maps" / "kartta.yaml")
    (tmp_path / "README.md").write_text("# ei koodikirja\n", "utf-8")
    bad, good = shipped_codebooks(tmp_path)
    assert (good.key, good.theme, good.codes, good.error) == ("asteet", "osallisuus", 1, None)
    assert (bad.key, bad.theme, bad.codes) == ("rikki", "", 0)
    assert "rikki.yaml, line 2" in str(bad.error)


def test_a_changed_file_is_read_again(tmp_path: Path):
    path = put(tmp_path / "a.yaml", "Vanha")
    assert shipped_codebooks(tmp_path)[0].name_fi == "Vanha"
    put(path, "Uusia")
    os.utime(path, ns=(1, 1))
    assert shipped_codebooks(tmp_path)[0].name_fi == "Uusia"


def test_a_new_version_stands_beside_the_old_one(tmp_path: Path):
    first = put(tmp_path / "asteet.yaml")
    put(tmp_path / "asteet_muut.v7.yaml")
    before = first.read_bytes()
    found = read_codebook_file(first)
    second = save_new_version(found.codebook, found.codes, first)
    third = save_new_version(found.codebook, found.codes, first)
    assert (second.name, third.name) == ("asteet.v2.yaml", "asteet.v3.yaml")
    assert first.read_bytes() == before
    again = read_codebook_file(third)
    assert again.codebook.version == 3
    assert [code.id for code in again.codes] == [code.id for code in found.codes]
    assert next_version_path(second).name == "asteet.v4.yaml"
    assert next_version_path(first, version=8).name == "asteet.v9.yaml"
    assert [card.version for card in shipped_codebooks(tmp_path) if card.key == "asteet"][:1] == [1]


def test_the_file_is_plain_yaml_for_other_programs(tmp_path: Path):
    found = read_codebook_file(put(tmp_path / "a.yaml"))
    plain = yaml.safe_load(write_codebook(found.codebook, found.codes))
    assert plain["codes"] == [{"id": "a", "label_fi": "A"}]
