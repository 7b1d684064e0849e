"""Text as it is stored for good, and the spans cut from it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.domain.approaches import Approach, Study
from qualcode.domain.categories import DEFAULT_LEVEL_NAMES, Category, Level, level_name
from qualcode.domain.codes import Code, colour_for
from qualcode.domain.coding import ReducedExpression, bare_wording, same_wording, tidy_wording
from qualcode.domain.documents import Document, Provenance, Segment, normalise, one_line
from qualcode.domain.errors import EmptyName, EmptySegment, EmptyWording, SegmentOutsideText
from qualcode.domain.role_maps import Role, RoleMap, RolePlacement

anything = st.text(st.characters(codec=None, categories=None), max_size=60)


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("a\r\nb\rc\n", "a\nb\nc\n"),
        ("a\r\r\nb", "a\n\nb"),
        ("A\u0308iti o\u0308isin", "Äiti öisin"),
        ("\ud83d\udc69", "👩"),
        ("\ud83d", "\ufffd"),
        ("\udc69\ud83d", "\ufffd\ufffd"),
        ("a\x00b", "a\ufffdb"),
        ("tpyot  jäävät  ", "tpyot  jäävät  "),
        ("", ""),
    ],
)
def test_text_is_normalised_once(written, stored):
    assert normalise(written) == stored


@given(anything)
def test_what_is_stored_never_changes_again_and_every_database_can_hold_it(text):
    stored = normalise(text)
    assert normalise(stored) == stored
    assert unicodedata.is_normalized("NFC", stored)
    assert "\r" not in stored
    assert "\x00" not in stored
    assert stored.encode("utf-8").decode("utf-8") == stored


@given(anything)
def test_a_name_is_one_tidy_line(text):
    line = one_line(text)
    assert line == line.strip()
    assert "\n" not in line
    assert "  " not in line
    assert one_line(line) == line
    assert tidy_wording(text) == line


@given(anything, anything)
def test_wordings_are_the_same_when_only_case_and_end_stops_differ(one, other):
    assert same_wording(one, one)
    assert same_wording(one, other) == same_wording(other, one)
    assert same_wording(one, tidy_wording(one) + "!.")
    assert bare_wording(one) == bare_wording(one + "  ")


def test_stops_inside_a_wording_count():
    assert not same_wording("apua. heti", "apua heti")
    assert not same_wording("apua?", "apua")
    assert same_wording("STRASSE", "straße")


@pytest.mark.parametrize(("start", "end"), [(0, 0), (3, 2), (-1, 2), (-2, -1)])
def test_a_segment_holds_something(start, end):
    with pytest.raises(EmptySegment):
        Segment("s", "d", start, end)


def test_a_segment_is_cut_in_code_points():
    text = "👩‍👧 äiti"
    assert Segment("s", "d", 0, 3).of(text) == "👩‍👧"
    assert Segment("s", "d", 4, 8).of(text) == "äiti"
    with pytest.raises(SegmentOutsideText) as refused:
        Segment("s", "d", 4, 9).of(text)
    assert refused.value.values == {"document": "d", "start": 4, "end": 9, "length": 8}


@given(st.text(min_size=1), st.data())
def test_a_segment_is_the_slice_it_names(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    found = Segment("s", "d", start, end).of(text)
    assert found == text[start:end]
    assert len(found) == end - start


def test_what_has_no_name_cannot_be_made():
    for make in (
        lambda: Category("c", " ", Level.SUBCATEGORY),
        lambda: Code("c", "b", "k", " "),
        lambda: RoleMap("m", "\t"),
        lambda: Role("r", "m", ""),
    ):
        with pytest.raises(EmptyName):
            make()
    with pytest.raises(EmptyWording):
        ReducedExpression("r", " ")


def test_evidence_for_a_role_names_one_thing():
    with pytest.raises(ValueError, match="either"):
        RolePlacement("p", "r")
    with pytest.raises(ValueError, match="either"):
        RolePlacement("p", "r", "c", "e")


def test_a_code_speaks_the_language_it_has():
    code = Code("c", "b", "k", "Lohtu", "Comfort", definition_fi="lohduttaa")
    assert (code.label("fi"), code.label("en")) == ("Lohtu", "Comfort")
    assert code.definition("en") == "lohduttaa"
    assert Code("c", "b", "k", "", "Comfort").label("fi") == "Comfort"


def test_levels_are_called_as_the_study_calls_them():
    names = {"fi": {"subcategory": "ryhmä"}}
    assert level_name(Level.SUBCATEGORY, names, "fi") == "ryhmä"
    assert level_name(Level.MAIN_CATEGORY, names, "fi") == "pääluokka"
    assert level_name(Level.MAIN_CATEGORY, {}, "sv") == "main category"
    for names in DEFAULT_LEVEL_NAMES.values():
        assert set(names) == {level.name.lower() for level in Level}


@pytest.mark.parametrize("approach", list(Approach))
@pytest.mark.parametrize("strict", [True, False])
def test_only_a_strict_frame_of_a_theory_driven_study_takes_no_codes(approach, strict):
    study = Study("s", "n", "fi", approach, strict)
    assert study.allows_new_codes() == (approach is not Approach.THEORY_DRIVEN or not strict)


def test_where_a_text_stood_reads_as_a_path():
    assert str(Provenance("a.xlsx", "Taul", 3, "B")) == "a.xlsx › Taul › 3 › B"
    assert str(Provenance("a.txt")) == "a.txt"
    assert Document("d", "s", "x").provenance == Provenance()


def test_colours_go_round():
    assert colour_for(0) != colour_for(1)
    assert colour_for(0) == colour_for(12)
