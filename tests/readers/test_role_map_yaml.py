"""Role map frame files."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.domain.errors import EmptyFile, QualcodeError
from qualcode.readers.role_map_yaml import (
    BrokenRoleMapFrame,
    FrameRole,
    Remark,
    ScaleStep,
    UsageGuide,
    read_role_map_frame,
    read_role_map_frame_file,
    shipped_role_map_frames,
)
from qualcode.texts import gettext_for

HEAD = "id: kartta\ntitle_fi: Kartta\nroles:\n"


def test_a_frame_with_its_roles_and_guide():
    frame = read_role_map_frame(
        """
id: kartta
title_fi: Lapsen roolikartta
title_en: The child's role map
actor_group: lapsi
theory_source: Keksitty
note: Huomaa
roles:
  - id: keksija
    name_fi: Keksijä
    name_en: Inventor
    central: true
    descriptors_fi: [Leikkii, Kysyy]
    descriptors_en: [Plays, Asks]
    description_fi: Lapsi keksii.
    description_en: The child invents.
    sources: ['Tekijä 2020: 3', Toinen 2021]
  - id: kaveri
    name_fi: Kaveri
    descriptors_fi: Jakaa
    description_fi: Lapsi on kaveri.
usage:
  purposes_fi: [keskustelun tuki]
  steps_fi: [Istutaan alas., Jutellaan.]
  steps_en: [Sit down., Talk.]
  scale:
    - {symbol: ++, meaning_fi: sopiva, meaning_en: fitting, target: yes}
    - {symbol: '- -', meaning_fi: puuttuva}
differences:
  - {fi: Ero., en: A difference.}
remarks:
  - fi: Huomautus.
""",
        "kartta.yaml",
    )
    assert frame.problems == ()
    assert (frame.key, frame.title("fi"), frame.title("en"), frame.actor_group) == (
        "kartta",
        "Lapsen roolikartta",
        "The child's role map",
        "lapsi",
    )
    inventor, friend = frame.roles
    assert inventor == FrameRole(
        key="keksija",
        name_fi="Keksijä",
        name_en="Inventor",
        central=True,
        descriptors_fi=("Leikkii", "Kysyy"),
        descriptors_en=("Plays", "Asks"),
        description_fi="Lapsi keksii.",
        description_en="The child invents.",
        sources=("Tekijä 2020: 3", "Toinen 2021"),
    )
    assert not friend.central
    assert friend.descriptors("en") == ("Jakaa",)  # what one language lacks the other lends
    assert friend.name("en") == "Kaveri"
    assert frame.usage == UsageGuide(
        purposes_fi=("keskustelun tuki",),
        steps_fi=("Istutaan alas.", "Jutellaan."),
        steps_en=("Sit down.", "Talk."),
        scale=(ScaleStep("++", "sopiva", "fitting", True), ScaleStep("- -", "puuttuva")),
    )
    assert frame.differences == (Remark("Ero.", "A difference."),)
    assert frame.remarks == (Remark("Huomautus."),)


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("title_fi: Kartta\n", 1, "“id” is missing"),
        ("id: kartta\n", 1, "has no title"),
        (HEAD + "  - id: a\n", 4, "“a” has no name"),
        (HEAD + "  - {id: a, name_fi: A}\n  - {id: a, name_fi: B}\n", 5, "already on line 4"),
        (
            HEAD + "  - {id: a, name_fi: A, central: true}\n"
            "  - id: b\n    name_fi: B\n    central: true\n",
            7,
            "one central role",
        ),
        (HEAD + "  - {id: a, name_fi: A, central: ehkä}\n", 4, "true or false"),
        (HEAD + "  - {id: a, name_fi: A, sources: {b: c}}\n", 4, "must be text"),
        (HEAD + "\t- {id: a}\n", 4, "tab"),
        ("id: k\ntitle_fi: K\nusage: teksti\n", 3, "fields are expected"),
        ("id: k\ntitle_fi: K\nusage:\n  scale:\n    - symbol: +\n", 5, "“meaning_fi” is missing"),
        ("id: &a k\ntitle_fi: *a\n", 2, "refers to another place"),
    ],
)
def test_broken_files_tell_the_line_and_what_is_wrong(text: str, line: int, what: str):
    with pytest.raises(BrokenRoleMapFrame) as problem:
        read_role_map_frame(text, "kartta.yaml")
    assert str(problem.value).startswith(f"kartta.yaml, line {line}: ")
    assert what in str(problem.value)
    finnish = problem.value.message(gettext_for("fi"))
    assert finnish.startswith(f"kartta.yaml, rivi {line}: ")
    assert str(problem.value.values["what"]) not in finnish


def test_empty_and_windows_files():
    with pytest.raises(EmptyFile):
        read_role_map_frame("", "kartta.yaml")
    with pytest.raises(BrokenRoleMapFrame, match="UTF-8"):
        read_role_map_frame_file("title_fi: Päättäjä".encode("cp1252"), "kartta.yaml")


def test_what_deserves_a_look():
    frame = read_role_map_frame(
        HEAD
        + "  - {id: a, name_fi: A, descriptors_fi: [x, y], descriptors_en: [x],"
        + " descripton_fi: z}\n",
        "kartta.yaml",
    )
    assert [(problem.row, problem.message(str)) for problem in frame.problems] == [
        (4, "The field “descripton_fi” is not known and was left out. Did you mean "
            "“description_fi”?"),
        (4, "The role “a” has no description."),
        (4, "The role “a” has a different number of descriptors in the two languages."),
    ]  # fmt: skip
    bare = read_role_map_frame("id: k\ntitle_en: K\n", "k.yaml")
    assert [problem.message(str) for problem in bare.problems] == ["The map has no roles yet."]


def test_the_frames_of_a_folder(tmp_path: Path):
    (tmp_path / "b.yaml").write_text("id: b\ntitle_fi: Äidin kartta\n", "utf-8")
    (tmp_path / "a.yaml").write_text("id: a\ntitle_fi: Isän kartta\n", "utf-8")
    assert [frame.key for frame in shipped_role_map_frames(tmp_path)] == ["a", "b"]
    (tmp_path / "c.yaml").write_text("id: c\n", "utf-8")
    with pytest.raises(QualcodeError, match=r"c\.yaml"):
        shipped_role_map_frames(tmp_path)
