"""Speakers' turns are found where there are some, and nowhere else."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.domain.documents import Document, DocumentKind, normalise
from qualcode.domain.turns import (
    counted_words,
    guess_interviewers,
    interviewer_spans,
    lies_inside,
    speaker_key,
    speakers_of,
    stretches_in,
    stretches_of,
    turns_of,
)


def said(text: str) -> list[tuple[str, str]]:
    return [(turn.speaker, text[turn.words : turn.end].strip()) for turn in turns_of(text)]


def a_transcript(text: str) -> Document:
    return Document("d1", "source", normalise(text), kind=DocumentKind.TEXT)


@pytest.mark.parametrize(
    "one, other",
    [
        ("H: Moi", "V1: Hei"),
        ("h: Moi", "v: Hei"),
        ("Haastattelija: Moi", "Vastaaja 2: Hei"),
        ("[Anna] Moi", "[Pekka] Hei"),
        ("[Anna]: Moi", "[Pekka]: Hei"),
        ("ANNA: Moi", "PEKKA VIRTA: Hei"),
        ("00:12:30 H: Moi", "00:12:33 V: Hei"),
        ("[00:12:30] Anna: Moi", "[00:12:33] Pekka: Hei"),
        ("#00:01:02-5# Anna: Moi", "#00:01:04-1# Pekka: Hei"),
        ("Anna [00:01:02]: Moi", "Pekka [00:01:04]: Hei"),
        ("H\tMoi", "V\tHei"),
        ("<v Anna>Moi", "<v Pekka>Hei"),
        ("Anna Virtanen   0:12\nMoi", "Pekka Niemi   0:15\nHei"),
        ("0:12 Anna Virtanen\nMoi", "0:15 Pekka Niemi\nHei"),
        ("Puhuja 1 (00:00:01)\nMoi", "Puhuja 2 (00:00:05)\nHei"),
        ("Haastattelija\nMoi", "Vastaaja 1\nHei"),
        ("מראיין: Moi", "אנה: Hei"),
        ("\u200fמראיין: Moi", "\u200fאנה: Hei"),
    ],
)
def test_the_ways_transcripts_mark_a_turn(one, other):
    text = "\n\n".join([one, other, one, other])
    assert [words for _, words in said(text)] == ["Moi", "Hei", "Moi", "Hei"]
    assert len(speakers_of(turns_of(text))) == 2


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Muistiin: kysy apua ajoissa.",
        "Opin yhden asian: apua saa pyytää.\nTärkeintä: aika.\nMuistiin: kysy.",
        "Muistiin: a\nMuistiin: b\nMuistiin: c",
        "Hyvää: ruoka\nHuonoa: melu",
        "Teema: arki\nTeema: apu\nKesto: 45 min\nPaikka: Oulu",
        "[naurua] joo\n[tauko] niin\n[naurua] ei\n[tauko] no",
        "Kello oli 12:30 kun tultiin.\nKello oli 13:30 kun lähdettiin.",
        "hän sanoi: joo\nhän sanoi: ei\nminä sanoin: no\nminä sanoin: niin",
        "Lapset\nÄiti ja isä\nLapset\nMuuta",
        "V: ainoa",
    ],
)
def test_a_colon_or_a_heading_makes_no_turn(text):
    assert turns_of(text) == ()


def test_headings_of_a_long_diary_make_no_conversation():
    days = [f"Päivä {n} oli tavallinen.\n" * 30 for n in range(20)]
    text = "\n".join(f"Huomio: {day}Tavoite: {day}" for day in days)
    assert turns_of(text) == ()


def test_text_before_the_first_turn_is_nobodys_and_turns_cover_the_rest():
    text = "Haastattelu 3\n\nH: Miten?\nV1: Hyvin.\nSiis melkein.\n\nH: 👩‍👧 Entä?\n"
    turns = turns_of(text)
    assert text[: turns[0].start] == "Haastattelu 3\n\n"
    assert "".join(text[t.start : t.end] for t in turns) == text[turns[0].start :]
    assert said(text) == [("H", "Miten?"), ("V1", "Hyvin.\nSiis melkein."), ("H", "👩‍👧 Entä?")]


def test_when_only_questions_are_marked_answers_are_not_the_interviewers():
    text = "H: Miten arki sujuu?\nNo ihan hyvin.\nPaitsi aamut.\nH: Entä illat?\nRauhallisia."
    assert said(text) == [("H", "Miten arki sujuu?"), ("H", "Entä illat?")]
    answer = text.index("Paitsi")
    assert not lies_inside(interviewer_spans(a_transcript(text), {}), answer, answer + 6)


@pytest.mark.parametrize(
    "labels, asking",
    [
        (["Haastattelija", "H1", "H2"], {"Haastattelija"}),
        (["H", "V1", "V2"], {"H"}),
        (["H1", "H2", "V1"], {"H1", "H2"}),
        (["H1", "H2"], set()),
        (["H", "K"], {"K"}),
        (["K", "M", "L"], set()),
        (["Q", "A"], {"Q"}),
        (["I", "R"], {"I"}),
        (["Ohjaaja", "Anna"], {"Ohjaaja"}),
        (["MODERATOR", "P1"], {"MODERATOR"}),
        (["Anna", "Pekka"], set()),
        (["H"], {"H"}),
        ([], set()),
    ],
)
def test_who_is_guessed_to_ask(labels, asking):
    assert guess_interviewers(labels) == asking


def test_pieces_of_one_speech_are_joined_for_counting():
    text = "0:01 H: Miten\n0:03 H: arki sujuu?\n0:05 V: Hyvin.\n"
    assert len(turns_of(text)) == 3
    assert [(s.speaker, s.guessed) for s in stretches_of(text)] == [("h", True), ("v", False)]
    across = (text.index("Miten"), text.index("arki") + 4)
    assert lies_inside(interviewer_spans(a_transcript(text), {}), *across)


def test_the_analyst_goes_before_the_guess():
    text = "H: Miten?\nAnna: Hyvin.\nH: Entä?\nAnna: Niin."
    document = a_transcript(text)
    assert len(interviewer_spans(document, {})) == 2
    assert interviewer_spans(document, {speaker_key("H"): False}) == ()
    swapped = interviewer_spans(document, {speaker_key("H"): False, speaker_key("ANNA"): True})
    assert [text[s:e].strip() for s, e in swapped] == ["Anna: Hyvin.", "Anna: Niin."]


def test_an_answer_to_a_form_is_no_conversation():
    answer = Document("d1", "source", "H: Miten?\nV: Hyvin.")
    assert stretches_in(answer) == ()
    assert counted_words(answer, {}) == 4


def test_words_of_interviewers_and_marks_are_not_counted():
    document = a_transcript("Otsikko tässä\nH: Yksi kaksi?\nV1: Kolme neljä viisi.\n")
    assert counted_words(document, {}) == 2 + 3
    assert counted_words(document, {"h": False}) == 2 + 2 + 3


MARKS = st.sampled_from(["H: ", "V1: ", "[Anna] ", "0:12 Pekka: ", "Anna  0:15\n", "", "", "  "])
WORDS = st.text(st.sampled_from("aä :.\r\n👩‍👧שלום\u200f\u0301H"), max_size=30)


@given(st.lists(st.tuples(MARKS, WORDS), max_size=12))
def test_turns_are_in_order_apart_and_inside_the_text(parts):
    text = normalise("\n".join(mark + words for mark, words in parts))
    place = 0
    for turn in turns_of(text):
        assert place <= turn.start < turn.end <= len(text)
        assert turn.start <= turn.words <= turn.end
        assert turn.start == 0 or text[turn.start - 1] == "\n"
        place = turn.end
    joined = stretches_of(text)
    assert all(a.end <= b.start for a, b in itertools.pairwise(joined))
    assert all(a.speaker != b.speaker for a, b in itertools.pairwise(joined) if a.end == b.start)


@given(st.lists(st.tuples(MARKS, WORDS), max_size=12), st.integers(0, 80), st.integers(1, 40))
def test_what_lies_inside_agrees_with_looking_at_every_turn(parts, start, length):
    document = a_transcript("\n".join(mark + words for mark, words in parts))
    spans = interviewer_spans(document, {})
    end = start + length
    assert lies_inside(spans, start, end) == any(s <= start and end <= e for s, e in spans)
