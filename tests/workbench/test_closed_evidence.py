"""What files list of closed answers: how many chose what, never who. All answers are invented."""

from __future__ import annotations

import io
from dataclasses import replace

import docx
import openpyxl
import pytest

from qualcode.domain.documents import (
    ClosedAnswer,
    ClosedState,
    Item,
    ItemKind,
    Provenance,
    Respondent,
    Source,
    SourceKind,
)
from qualcode.domain.quotes import ChosenQuote
from qualcode.exports import evidence
from qualcode.exports.report import Counted, numbers_of
from qualcode.store.views import ExpressionQuery
from qualcode.workbench import reducing, reporting, verbal_answers
from qualcode.workbench.quoting import checking, choosing, rules
from qualcode.workbench.quoting.rules import QuoteRules
from qualcode.workbench.reporting import Choices, Section
from tests.builders import a_study, bring_in

ANSWERED, MISSING, UNCLEAR = ClosedState
ALL = Choices(data=True, appendix=True)
NO_CONSENT = "[jätetty pois: ei suostumusta lainaamiseen]"
IN_A_QUOTE = "[jätetty pois: sanat ovat muokatussa sitaatissa]"


def answers(*said, kind=ItemKind.LIKERT, options=("4", "5"), refusing=()):
    """A question and what each person answered: (state, value, raw) once or many times over."""
    bench = a_study()
    source = Source("s", "kysely.xlsx", "d", SourceKind.SURVEY, "2026-01-01", "Maija")
    people = [
        Respondent(
            f"r{n}",
            "s",
            f"TUNNUS{n}",
            "asiakas",
            {"lupa": "ei" if n in refusing else "kyllä"},
            n,
        )
        for n in range(len(said))
    ]
    item = Item("q", "s", "Sain tietoa", kind, "1", "Tieto", options=options)
    closed = [
        ClosedAnswer(
            f"a{n}-{k}",
            "s",
            "q",
            *one,
            respondent_id=f"r{n}",
            provenance=Provenance("kysely.xlsx", "Taulukko", n + 2, "K"),
        )
        for n, many in enumerate(said)
        for k, one in enumerate(many if isinstance(many, list) else [many])
    ]
    bring_in(bench, source, *people, item, *closed)
    rules.set_rules(bench, QuoteRules(consent="lupa", consented=("kyllä",)))
    return bench


def listed(bench, choices=ALL):
    """What the evidence behind the table is listed as: (text, who, place, how many)."""
    made = reporting.report(bench, "fi", [Section.CLOSED], choices)
    told = evidence.Numbering(made).told()
    return sorted((text, who, place, weight) for text, who, _, place, weight in told)


def printed(bench, choices=ALL):
    """Everything that the files say."""
    made = reporting.report(bench, "fi", [Section.CLOSED], choices)
    book = openpyxl.load_workbook(io.BytesIO(reporting.as_excel(made)))
    paper = docx.Document(io.BytesIO(reporting.as_word(made)))
    return "\n".join(
        [
            reporting.as_html(made).decode(),
            *(str(v) for sheet in book for row in sheet.values for v in row),
            *(c.text for t in paper.tables for row in t.rows for c in row.cells),
        ]
    )


def edited(bench, answer_id, new):
    """The answer is taken as a text, chosen as a quote and edited."""
    [text] = verbal_answers.take_as_texts(bench, [answer_id])
    reducing.reduce(bench, text.id, 0, len(text.text), "riippuu työntekijästä")
    with bench.store.reading() as rows:
        [row] = rows.expressions(ExpressionQuery(), 0, 9).rows
    choosing.choose(bench, [row.segment_id])
    with bench.store.reading() as rows:
        [quote] = rows.find(ChosenQuote)
    checking.edit(bench, row.segment_id, new, "", quote)


def test_words_of_an_edited_quote_are_not_listed_unedited_as_a_closed_answer():
    said = "3 tai 4 riippuu Pekka Virtasesta"
    bench = answers((UNCLEAR, "", said), (ANSWERED, "4", "4"))
    assert said in printed(bench)
    edited(bench, "a0-0", "3 tai 4 riippuu [työntekijästä]")
    assert "Virtasesta" not in printed(bench)
    assert (IN_A_QUOTE, "", "", 1) in listed(bench)


def test_whoever_refused_consent_cannot_be_told_from_others_who_chose_the_same():
    same = (ANSWERED, "5", "5 täysin samaa mieltä")
    bench = answers(same, same, same, refusing=(1,))
    assert [(text, weight) for text, _, _, weight in listed(bench)] == [("5", 3)]


def test_a_personal_way_of_writing_an_option_is_no_line_of_its_own():
    bench = answers((ANSWERED, "4", "4."), (ANSWERED, "4", "4"), (ANSWERED, "4", ""))
    assert [(text, weight) for text, _, _, weight in listed(bench)] == [("4", 3)]


def test_own_words_of_whoever_refused_consent_are_told_by_the_reason():
    bench = answers(
        (UNCLEAR, "", "en minä tiedä, soita Pekalle 050 123"),
        (UNCLEAR, "", "ehkä"),
        (UNCLEAR, "", "vaikea sanoa"),
        refusing=(0, 1),
    )
    assert "soita Pekalle" not in printed(bench) and "ehkä" not in printed(bench)
    told = [(text, weight) for text, _, _, weight in listed(bench)]
    assert told == [(NO_CONSENT, 2), ("vaikea sanoa", 1)]
    assert "2 tekstiä on jätetty pois" in printed(bench)


def test_identifiers_asked_for_with_quotes_are_not_given_to_closed_answers():
    bench = answers((ANSWERED, "4", "4"), (ANSWERED, "4", "4"), (MISSING, "", ""), refusing=(0,))
    with_labels = replace(ALL, respondent_labels=True)
    told = listed(bench, with_labels)
    assert [(text, who, weight) for text, who, _, weight in told] == [
        ("(tyhjä)", "asiakas", 1),
        ("4", "asiakas", 2),
    ]
    assert "TUNNUS" not in printed(bench, with_labels)
    assert not any("› 2 ›" in place for _, _, place, _ in told)


MANY = [
    [(ANSWERED, "lehti", "lehti; netti"), (ANSWERED, "netti", "lehti; netti")],
    [(ANSWERED, "lehti", "lehti")],
    [(ANSWERED, "netti", "netti; naapuri"), (UNCLEAR, "", "netti; naapuri")],
]


def test_of_many_chosen_options_each_is_listed_without_the_others_of_the_same_person():
    bench = answers(*MANY, kind=ItemKind.MULTIPLE_CHOICE, options=("lehti", "netti"))
    assert [(text, weight) for text, _, _, weight in listed(bench)] == [
        ("(ei mikään vaihtoehdoista)", 1),
        ("lehti", 2),
        ("netti", 2),
    ]
    assert "lehti; netti" not in printed(bench) and "naapuri" not in printed(bench)


KINDS = {
    ItemKind.LIKERT: ([(ANSWERED, "4", "4."), (ANSWERED, "4", "4"), (MISSING, "", "-")], "45"),
    ItemKind.CHOICE: (
        [(ANSWERED, "muu", "Muu"), (ANSWERED, "muu", "muu"), (UNCLEAR, "", "x")],
        (),
    ),
    ItemKind.NUMBER: (
        [(ANSWERED, "42", "42 v"), (ANSWERED, "42", "42"), (UNCLEAR, "", "noin")],
        (),
    ),
    ItemKind.MULTIPLE_CHOICE: (MANY, ("lehti", "netti")),
}


@pytest.mark.parametrize("kind", KINDS)
def test_the_listed_answers_add_up_to_the_number_they_stand_behind(kind):
    said, options = KINDS[kind]
    bench = answers(*said, kind=kind, options=tuple(options))
    made = reporting.report(bench, "fi", [Section.CLOSED], ALL)
    numbering = evidence.Numbering(made)
    seen = 0
    for _table, _row, _column, cell, counted in numbers_of(made):
        if cell.evidence and counted is Counted.ANSWERS:
            weights = [numbering.traces[n].weight for n in numbering.numbers(cell.evidence)]
            assert sum(weights) == cell.value
            seen += 1
    assert seen >= 3 - (kind is ItemKind.NUMBER)
