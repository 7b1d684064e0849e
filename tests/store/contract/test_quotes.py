"""Which expressions are material for quotes, asked alike of every store."""

from __future__ import annotations

import pytest

from qualcode.domain.categories import Category, Level, Placement
from qualcode.domain.codes import Code, Codebook
from qualcode.domain.coding import Coding, ReducedExpression, ReductionLink
from qualcode.domain.documents import Segment
from qualcode.domain.memos import Memo
from qualcode.domain.quotes import ChosenQuote
from qualcode.store.views import ExpressionQuery, QuoteQuery
from tests.builders import DAY, a_respondent, a_source, an_answer


@pytest.fixture
def quoted(store):
    """s1 reduced and placed, s2 reduced and waiting, s3 coded, s4 only noted, s5 set aside."""
    with store.writing() as rows:
        rows.insert(
            [
                a_source(),
                a_respondent("r1"),
                a_respondent("r2", "työntekijä", position=1),
                an_answer("ÄITI lohduttaa, isä kuuntelee", "d1", "r1", position=1),
                an_answer("Straße on tyhjä", "d2", "r2", position=2),
                an_answer("en tiedä", "d3", "r2", position=3, aside=True),
                Segment("s1", "d1", 0, 15),
                Segment("s2", "d1", 16, 29),
                Segment("s3", "d2", 0, 6),
                Segment("s4", "d2", 7, 15),
                Segment("s5", "d3", 0, 8),
                ReducedExpression("e1", "äiti lohduttaa"),
                ReducedExpression("e2", "isä kuuntelee"),
                *(
                    ReductionLink(f"l{n}", f"s{n}", id, "Maija", DAY)
                    for n, id in ((1, "e1"), (2, "e2"), (5, "e2"))
                ),
                Codebook("b", "b", "Kirja", "Book"),
                Code("c", "b", "k", "Tie"),
                Coding("k3", "s3", "c", "Maija", DAY),
                Category("sub", "Lohtu", Level.SUBCATEGORY),
                Placement("e1", "sub"),
                Memo("m", "segment", "s4", "Mitä tämä on?", "", "Maija", DAY, DAY),
                ChosenQuote("s1", "sub", "", 1.0, "Maija", DAY, "Liisa", DAY),
                ChosenQuote("s3", "", "", 2.0, "Maija", DAY),
            ]
        )
    return store


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (QuoteQuery(), ["s1", "s2", "s3"]),
        (QuoteQuery(text="äiti"), ["s1"]),
        (QuoteQuery(text="isä"), ["s2"]),
        (QuoteQuery(text="tyhjä"), ["s3"]),
        (QuoteQuery(text="%"), []),
        (QuoteQuery(category_ids=("sub", "x")), ["s1"]),
        (QuoteQuery(category_ids=()), []),
        (QuoteQuery(respondent_id="r1"), ["s1", "s2"]),
        (QuoteQuery(placed=True), ["s1"]),
        (QuoteQuery(placed=False), ["s2", "s3"]),
        (QuoteQuery(chosen=True), ["s1", "s3"]),
        (QuoteQuery(chosen=False), ["s2"]),
        (QuoteQuery(checked=True), ["s1"]),
        (QuoteQuery(chosen=True, checked=False), ["s3"]),
    ],
)
def test_the_bank_shows_what_is_asked(quoted, query, expected):
    with quoted.reading() as rows:
        page = rows.expressions(ExpressionQuery(quotes=query), 0, 9)
    assert [row.segment_id for row in page.rows] == expected
    assert page.total == len(expected)


def test_a_code_and_a_group_are_asked_of_quotes_too(quoted):
    with quoted.reading() as rows:
        coded = rows.expressions(ExpressionQuery(code_id="c", quotes=QuoteQuery()), 0, 9)
        workers = rows.expressions(
            ExpressionQuery(actor_group="työntekijä", quotes=QuoteQuery(chosen=True)), 0, 9
        )
    assert [row.segment_id for row in coded.rows] == ["s3"]
    assert [row.segment_id for row in workers.rows] == ["s3"]
