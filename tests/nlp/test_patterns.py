"""Patterns are tried in a helper process: none stalls the program, and each fault has its words."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
import threading

import pytest
from regex import _regex_core

from qualcode.nlp import pattern_helper, patterns
from qualcode.nlp.pattern_faults import OTHER, fault
from qualcode.nlp.patterns import BadPattern, Pattern, PatternTooLarge, PatternTooSlow
from qualcode.texts import gettext_for

# Invented answers.
TEXTS = ["Sain apua 🙂", "En tiedä", "Apu, avun, APUA"]


def test_texts_that_it_is_in_and_the_places():
    pattern = Pattern(r"\ba[pv]u")
    assert pattern.matching(TEXTS) == [0, 2]
    assert pattern.places(TEXTS) == [((5, 8),), (), ((0, 3), (5, 8), (11, 14))]


def test_a_match_without_characters_is_none():
    assert Pattern("x*").matching(TEXTS) == []
    assert Pattern("x*").places(TEXTS) == [(), (), ()]


def test_material_larger_than_one_helping_is_all_looked_through(monkeypatch):
    monkeypatch.setattr(patterns, "AT_ONCE", 20)
    assert Pattern("apu").matching(TEXTS * 5) == [0, 2, 3, 5, 6, 8, 9, 11, 12, 14]
    assert len(Pattern("apu").places(TEXTS * 5)) == 15


@pytest.mark.parametrize(
    ("written", "place", "what"),
    [
        ("apu(", 5, "sulku ”(” on sulkematta"),
        ("apu)", 4, "sulku ”)” on ilman avaavaa sulkua"),
        ("[ab", 4, "hakasulku ”[” on sulkematta"),
        ("apu\\", 5, "kenoviivan perässä ei ole mitään"),
        (r"\p{Suomi}", 10, "luokkaa ei ole"),
        ("*apu", 1, "toistettavaa"),
        ("a{5,2}", 3, "suurempi"),
        ("[ö-a]", 5, "merkkivälin"),
        (r"(a)\2", 6, "ryhmään"),
        ("(?<1>a)", 5, "nimi"),
        ("(?y)a", 3, "ei tunneta"),
        (r"\xZZ", 3, "ei merkitse mitään"),
    ],
)
def test_what_is_wrong_is_told_in_finnish_with_its_place(written, place, what):
    with pytest.raises(BadPattern) as problem:
        Pattern(written).matching([])
    told = problem.value.message(gettext_for("fi"))
    assert what in told and f"(merkki {place})" in told, told


def test_every_fault_that_the_library_knows_has_words_of_its_own():
    """Read from its source: a fault of a later version shows here before a person meets it."""
    told = set(re.findall(r"""error\((?:"|')([^"']+)""", inspect.getsource(_regex_core)))
    assert len(told) > 30
    without = {one for one in told if fault(one.replace("{}", ">")) == OTHER}
    assert without <= {"expected character set", "recursive regex not supported by Scanner"}


def test_a_pattern_that_never_ends_is_stopped(monkeypatch):
    monkeypatch.setattr(patterns, "MOST_SECONDS", 1)
    with pytest.raises(PatternTooSlow):
        Pattern(r"(?:a+)+$(?<=b)").matching(["ab" * 3000 + "a" * 5000 + "!"])
    assert Pattern("apu").matching(TEXTS) == [0, 2]


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="memory is limited otherwise there")
@pytest.mark.parametrize("written", ["(?R)", "(?:(?:a{1000}){1000}){1000}", "(" * 450 + ")" * 450])
def test_a_pattern_that_asks_for_gigabytes_ends_its_helper_and_nothing_else(written, monkeypatch):
    # Memory is what ends it, also where others keep the processors busy.
    monkeypatch.setattr(patterns, "MOST_SECONDS", 60)
    with pytest.raises(PatternTooLarge):
        Pattern(written).matching(["ab" * 2000, "aaaa"])
    assert Pattern("apu").matching(TEXTS) == [0, 2]


@pytest.mark.parametrize("written", ["a{20000}", "a(?1)(b)", "(?:a{1,99}){1,999}", r"(?<=a+)\d{4}"])
def test_what_only_looks_costly_is_looked_for(written):
    assert Pattern(written).matching(TEXTS) in ([], [0], [0, 2])


def test_a_pattern_that_takes_long_to_read_is_ended_by_the_clock(monkeypatch):
    """The library does not stop by itself while it reads a pattern: the program ends the helper."""
    monkeypatch.setattr(patterns, "GRACE_SECONDS", -1.9)
    helper = patterns._Helper()
    job = {"pattern": "a", "texts": ["a"] * 200_000, "places": True, "seconds": 2}
    assert helper.ask(job) == {"slow": True}
    assert not helper.is_running


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="memory is limited otherwise there")
def test_memory_that_a_pattern_asks_for_is_refused():
    """The limit itself: what the helper's process is not given, whatever asks for it."""
    asking = "from qualcode.nlp import pattern_helper as h; h._limit_memory(); bytearray({})"
    much = subprocess.run(
        [sys.executable, "-c", asking.format(2 * pattern_helper.MOST_MEMORY)], stderr=-1, text=True
    )
    assert "MemoryError" in much.stderr
    assert subprocess.run([sys.executable, "-c", asking.format(1000)]).returncode == 0


def test_a_helper_that_was_ended_by_somebody_else_is_not_the_patterns_fault():
    assert Pattern("apu").matching(TEXTS) == [0, 2]
    for helper in patterns._pool._free:
        helper._process.kill()
        helper._process.wait()
    assert Pattern("apu").matching(TEXTS) == [0, 2]


def test_many_search_at_the_same_time_with_two_helpers():
    found: list[list[int]] = []
    threads = [
        threading.Thread(target=lambda: found.append(Pattern("apu").matching(TEXTS * 50)))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8 and all(len(numbers) == 100 for numbers in found)
    assert 1 <= len(patterns._pool._free) <= patterns.HELPERS
