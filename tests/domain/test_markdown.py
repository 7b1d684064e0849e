"""Memos' Markdown: one table of examples for the server and the browser (tests/js)."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.domain.markdown import links, parse, plain_text

EXAMPLES = json.loads((Path(__file__).parents[1] / "memo_markdown.json").read_text("utf-8"))


def style(piece):
    marks = "b" * piece.bold + "i" * piece.italic + "c" * piece.code
    return f"{marks}@{piece.link}" if piece.link else marks


@pytest.mark.parametrize(("text", "blocks"), EXAMPLES, ids=[text[:20] for text, _ in EXAMPLES])
def test_a_memo_is_read_into_plain_values(text, blocks):
    read = [
        [b.kind.value, b.level, b.mark, [[p.text, style(p)] for p in b.pieces]] for b in parse(text)
    ]
    assert read == blocks


def test_links_are_told_once_and_never_from_code():
    assert links("[[koodi:a]] `[[koodi:b]]` [[koodi:a]]\n```\n[[koodi:c]]\n```") == ["koodi:a"]


@given(st.text(alphabet="ab *_`[]()!#>-:\\\n|1.<&~=", max_size=80))
def test_no_words_are_lost(text):
    """Every letter of a memo is shown, however its signs are paired."""
    told = "".join(block.text for block in parse(text)) + "".join(links(text))
    for letter in "ab":
        without_pictures = (
            text if "](" not in text and "[[" not in text and "```" not in text else ""
        )
        assert told.count(letter) >= without_pictures.count(letter)


def test_a_hostile_memo_is_read_in_a_moment():
    started = time.perf_counter()
    for text in ("**a" * 5_000, "[[" * 8_000, "_a" * 8_000, "`" * 15_000, "https://" * 2_000):
        parse(text)
    assert time.perf_counter() - started < 60, "it would take hours, were a sign read over and over"
    assert plain_text("\n" * 1_000) == ""
