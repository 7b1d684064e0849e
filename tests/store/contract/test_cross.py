"""Tables of marks on every store: what is counted, where, and what a number opens. Invented."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qualcode.domain.categories import Category, Level, Placement
from qualcode.domain.codes import Code, Codebook
from qualcode.domain.coding import Coding, ReducedExpression, ReductionLink
from qualcode.domain.documents import Segment
from qualcode.domain.second_marks import ExpressionStance, Stance
from qualcode.store.cross_query import (
    Axis,
    CellAt,
    ChainQuery,
    CrossQuery,
    Near,
    Side,
)
from tests.builders import DAY, a_respondent, a_source, an_answer, an_item

# Subcategories c1 and c2 under the main category m.
UPWARDS = (("c1", "c1"), ("c1", "m"), ("c2", "c2"), ("c2", "m"))
TREE = Side(Axis.CATEGORY, pairs=UPWARDS)
CODES = Side(Axis.CODE)


@pytest.fixture
def coded(store):
    """Two clients and a worker; two questions; a text set aside that nobody counts."""
    people = [
        a_respondent("r1", "asiakas", {"sukupuoli": "nainen"}, 0),
        a_respondent("r2", "asiakas", {"sukupuoli": "mies"}, 1),
        a_respondent("r3", "työntekijä", {}, 2),
    ]
    items = [an_item("q1", "valinta", position=0), an_item("q2", "tuki", position=1)]
    texts = [
        an_answer("Sain valita itse ja tukea tuli", "d1", "r1", "q1", 0),
        an_answer("Tukea ei tullut", "d2", "r2", "q2", 1),
        an_answer("Kerroin vaihtoehdot", "d3", "r3", "q1", 2),
        an_answer("Ei mitään", "d4", "r2", "q1", 3, aside=True),
    ]
    segments = [
        Segment("s1", "d1", 0, 16),
        Segment("s2", "d1", 20, 30),
        Segment("s3", "d2", 0, 15),
        Segment("s4", "d3", 0, 19),
        Segment("s5", "d4", 0, 9),
        Segment("s6", "d1", 5, 25),
    ]
    codes = [Code(f"k{n}", "b", f"k{n}", f"Koodi {n}", position=n) for n in (1, 2, 3)]
    codings = [
        Coding("x1", "s1", "k1", "Maija", DAY),
        Coding("x2", "s1", "k1", "Pekka", DAY),
        Coding("x3", "s6", "k2", "Maija", DAY),
        Coding("x4", "s3", "k2", "Maija", DAY),
        Coding("x5", "s2", "k3", "Maija", DAY),
        Coding("x6", "s5", "k1", "Maija", DAY),
    ]
    wordings = [ReducedExpression(f"p{n}", f"pelkistys {n}", "Maija", DAY) for n in (1, 2, 3)]
    links = [
        ReductionLink("l1", "s1", "p1", "Maija", DAY),
        ReductionLink("l2", "s2", "p2", "Maija", DAY),
        ReductionLink("l3", "s3", "p2", "Pekka", DAY),
        ReductionLink("l4", "s4", "p1", "Maija", DAY),
        ReductionLink("l5", "s5", "p1", "Maija", DAY),
        ReductionLink("l6", "s1", "p3", "Maija", DAY),
    ]
    tree = [
        Category("m", "Pää", Level.MAIN_CATEGORY),
        Category("c1", "Valinta", Level.SUBCATEGORY, "m"),
        Category("c2", "Tuki", Level.SUBCATEGORY, "m"),
    ]
    placed = [Placement("p1", "c1", 1.0), Placement("p2", "c2", 1.0)]
    with store.writing() as rows:
        rows.insert([a_source(), *people, *items, *texts, *segments])
        rows.insert([Codebook("b", "kirja", "Kirja"), *codes, *codings])
        rows.insert([*wordings, *links, *tree, *placed])
        rows.insert(
            [
                ExpressionStance("v1", "s1", "Maija", Stance.SUCCESS, "työntekijä", DAY),
                ExpressionStance("v2", "s3", "Maija", Stance.DIFFICULTY, "", DAY),
                ExpressionStance("v3", "s3", "Pekka", None, "työntekijä", DAY),
                ExpressionStance("v4", "s2", "Pekka", None, "esimies", DAY, "läheinen"),
            ]
        )
    return store


def counted(store, query):
    """(row, column, group) -> (mentions, respondents, answers)."""
    with store.reading() as rows:
        cells = rows.crossed(query)
    return {(c.row, c.column, c.actor_group): (c.mentions, c.respondents, c.answers) for c in cells}


def test_a_category_counts_everything_below_it_once(coded):
    assert counted(coded, CrossQuery(TREE)) == {
        ("c1", "", "asiakas"): (1, 1, 1),
        ("c1", "", "työntekijä"): (1, 1, 1),
        ("c2", "", "asiakas"): (2, 2, 2),
        ("m", "", "asiakas"): (3, 2, 2),
        ("m", "", "työntekijä"): (1, 1, 1),
    }


def test_themes_stand_against_the_categories_and_may_be_merged(coded):
    plain = CrossQuery(Side(Axis.CATEGORY, pairs=(("c1", "c1"), ("c2", "c2"))), Side(Axis.THEME))
    assert counted(coded, plain) == {
        ("c1", "valinta", "asiakas"): (1, 1, 1),
        ("c1", "valinta", "työntekijä"): (1, 1, 1),
        ("c2", "tuki", "asiakas"): (1, 1, 1),
        ("c2", "valinta", "asiakas"): (1, 1, 1),
    }
    merged = Side(Axis.THEME, renamed={"valinta": "molemmat", "tuki": "molemmat"})
    assert counted(coded, CrossQuery(plain.rows, merged, actor_group="asiakas")) == {
        ("c1", "molemmat", "asiakas"): (1, 1, 1),
        ("c2", "molemmat", "asiakas"): (2, 2, 2),
    }


def test_background_is_that_of_the_respondent(coded):
    query = CrossQuery(TREE, Side(Axis.ATTRIBUTE, "sukupuoli"), actor_group="asiakas")
    found = counted(coded, query)
    assert {key[:2]: n[1] for key, n in found.items()} == {
        ("c1", "nainen"): 1,
        ("c2", "mies"): 1,
        ("c2", "nainen"): 1,
        ("m", "mies"): 1,
        ("m", "nainen"): 1,
    }
    with coded.reading() as rows:
        assert rows.background("sukupuoli") == [
            ("", "työntekijä", 1),
            ("mies", "asiakas", 1),
            ("nainen", "asiakas", 1),
        ]
        assert rows.background("sukupuoli", "työntekijä") == [("", "työntekijä", 1)]


def test_codes_meet_on_the_same_words_or_in_the_same_answer(coded):
    found = counted(coded, CrossQuery(CODES, CODES))
    pairs = {key[:2]: n[0] for key, n in found.items()}
    # k1 on 0-16 and k3 on 20-30 share no word; k2 on 5-25 meets both.
    assert pairs == {
        ("k1", "k1"): 1,
        ("k1", "k2"): 1,
        ("k2", "k1"): 1,
        ("k2", "k2"): 2,
        ("k2", "k3"): 1,
        ("k3", "k2"): 1,
        ("k3", "k3"): 1,
    }
    near = counted(coded, CrossQuery(CODES, CODES, Near.ANSWER))
    assert near["k1", "k3", "asiakas"] == near["k3", "k1", "asiakas"] == (1, 1, 1)
    only = CrossQuery(Side(Axis.CODE, named=("k1",)), Side(Axis.CODE, named=("k2", "k3")))
    assert set(counted(coded, only)) == {("k1", "k2", "asiakas")}


def test_what_has_no_such_mark_is_counted_when_asked(coded):
    themes = Side(Axis.CODE, named=("k1", "k2"), renamed={"k1": "v", "k2": "v"}, lacking=True)
    rows = Side(Axis.CATEGORY, pairs=(("c1", "c1"), ("c2", "c2")))
    assert {key: n[0] for key, n in counted(coded, CrossQuery(rows, themes)).items()} == {
        ("c1", "v", "asiakas"): 1,
        ("c1", "", "työntekijä"): 1,
        ("c2", "v", "asiakas"): 2,
    }


def test_stances_stand_beside_what_they_lie_on(coded):
    found = counted(coded, CrossQuery(TREE, Side(Axis.STANCE)))
    assert {key: n[0] for key, n in found.items()} == {
        ("c1", "success", "asiakas"): 1,
        ("c2", "difficulty", "asiakas"): 1,
        ("m", "success", "asiakas"): 1,
        ("m", "difficulty", "asiakas"): 1,
    }
    whom = counted(coded, CrossQuery(Side(Axis.SPOKEN_OF)))
    assert whom == {
        ("työntekijä", "", "asiakas"): (2, 2, 2),
        ("esimies", "", "läheinen"): (1, 1, 1),
    }
    spoken = CrossQuery(Side(Axis.SPOKEN_OF), actor_group="läheinen")
    assert list(counted(coded, spoken)) == [("esimies", "", "läheinen")]
    with coded.reading() as rows:
        assert rows.crossed_segments(spoken, CellAt(actor_group="läheinen")) == ["s2"]
    either = Side(Axis.STANCE, renamed={"success": "x", "difficulty": "x"})
    both = counted(coded, CrossQuery(TREE, either))
    assert both["m", "x", "asiakas"] == (2, 2, 2)
    with coded.reading() as rows:
        told = [(r.id, r.stance, r.about, r.coder, r.speaker) for r in rows.stances(["d1", "d2"])]
    assert told == [
        ("v1", "success", "työntekijä", "Maija", ""),
        ("v4", "", "esimies", "Pekka", "läheinen"),
        ("v2", "difficulty", "", "Maija", ""),
        ("v3", "", "työntekijä", "Pekka", ""),
    ]


def test_who_coded_and_where_it_came_from_are_sides_too(coded):
    rows = Side(Axis.CATEGORY, pairs=(("c1", "m"), ("c2", "m")))
    found = counted(coded, CrossQuery(rows, Side(Axis.CODER)))
    assert {key: n[0] for key, n in found.items()} == {
        ("m", "Maija", "asiakas"): 2,
        ("m", "Maija", "työntekijä"): 1,
        ("m", "Pekka", "asiakas"): 1,
    }
    by_code = counted(coded, CrossQuery(CODES, Side(Axis.SOURCE)))
    assert by_code["k2", "source", "asiakas"] == (2, 2, 2)
    merged = {"source": "survey", "elsewhere": "text"}
    by_origin = CrossQuery(CODES, Side(Axis.SOURCE, renamed=merged))
    assert counted(coded, by_origin)["k2", "survey", "asiakas"] == (2, 2, 2)
    with coded.reading() as rows:
        assert rows.crossed_segments(by_origin, CellAt("k2", ("survey",))) == ["s6", "s3"]
        assert rows.crossed_segments(by_origin, CellAt("k2", ("source",))) == []
    of_file = replace(CrossQuery(CODES), sources=("source",))
    assert counted(coded, of_file) == counted(coded, CrossQuery(CODES))
    assert counted(coded, replace(of_file, sources=("elsewhere",))) == {}
    by_item = counted(coded, CrossQuery(CODES, Side(Axis.ITEM)))
    assert by_item["k2", "q2", "asiakas"] == (1, 1, 1)


def test_a_number_opens_what_it_counts_in_the_studys_order(coded):
    query = CrossQuery(TREE, Side(Axis.THEME))
    with coded.reading() as rows:
        assert rows.crossed_segments(query, CellAt("m")) == ["s1", "s2", "s3", "s4"]
        assert rows.crossed_segments(query, CellAt("m", ("tuki",))) == ["s3"]
        assert rows.crossed_segments(query, CellAt("m", ("valinta",), "asiakas")) == ["s1", "s2"]
        assert rows.crossed_segments(query, CellAt("c2", ("tuki", "valinta"))) == ["s2", "s3"]
        assert rows.crossed_segments(CrossQuery(CODES, CODES), CellAt("k1", ("k2",))) == ["s1"]


@pytest.mark.parametrize(
    "query",
    [
        CrossQuery(TREE, Side(Axis.THEME)),
        CrossQuery(TREE, Side(Axis.CODER)),
        CrossQuery(TREE, CODES, Near.ANSWER),
        CrossQuery(CODES, CODES),
        CrossQuery(Side(Axis.SPOKEN_OF)),
    ],
)
def test_the_marks_of_a_whole_table_are_what_its_cells_count(coded, query):
    with coded.reading() as rows:
        marks, cells = rows.crossed_marks(query), rows.crossed(query)
    assert len(set(marks)) == len(marks)
    behind = {}
    for mark in marks:
        behind.setdefault((mark.row, mark.column, mark.actor_group), set()).add(mark.segment_id)
    assert {key: len(found) for key, found in behind.items()} == {
        (cell.row, cell.column, cell.actor_group): cell.mentions for cell in cells
    }


def test_a_mark_tells_who_gave_it(coded):
    with coded.reading() as rows:
        marks = rows.crossed_marks(CrossQuery(CODES))
    assert {m.coder for m in marks if m.segment_id == "s1"} == {"Maija", "Pekka"}


def chained(store, offset=0, limit=10, **asked):
    with store.reading() as rows:
        page = rows.chain(ChainQuery(**asked), offset, limit)
    return page.total, [(row.theme, row.category_id, row.wording, row.text) for row in page.rows]


def test_the_chain_goes_in_the_order_of_themes_and_categories(coded):
    order = {"theme_order": ("valinta", "tuki"), "categories": ("m", "c1", "c2")}
    rows = [
        ("valinta", "c1", "pelkistys 1", "Sain valita itse"),
        ("valinta", "c1", "pelkistys 1", "Kerroin vaihtoehdot"),
        ("valinta", "c2", "pelkistys 2", "tukea tuli"),
        ("valinta", None, "pelkistys 3", "Sain valita itse"),
        ("tuki", "c2", "pelkistys 2", "Tukea ei tullut"),
    ]
    assert chained(coded, **order) == (5, rows)
    assert chained(coded, 3, 1, **order) == (5, rows[3:4])
    assert chained(coded, theme="tuki", **order) == (1, rows[4:])
    assert chained(coded, within=("c2",), **order) == (2, [rows[2], rows[4]])
    assert chained(coded, each=1, **order) == (4, [rows[0], *rows[2:]])


def test_the_themes_of_a_chain_may_be_codes(coded):
    themes = Side(Axis.CODE, named=("k1", "k2"), lacking=True)
    found = chained(coded, themes=themes, theme_order=("k1", "k2", ""), categories=("c1", "c2"))
    assert found == (
        7,
        [
            ("k1", "c1", "pelkistys 1", "Sain valita itse"),
            ("k1", None, "pelkistys 3", "Sain valita itse"),
            ("k2", "c1", "pelkistys 1", "Sain valita itse"),
            ("k2", "c2", "pelkistys 2", "tukea tuli"),
            ("k2", "c2", "pelkistys 2", "Tukea ei tullut"),
            ("k2", None, "pelkistys 3", "Sain valita itse"),
            ("", "c1", "pelkistys 1", "Kerroin vaihtoehdot"),
        ],
    )
