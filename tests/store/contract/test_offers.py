"""What was offered is kept cheaply and judged by what the person did then. Run on every store."""

from __future__ import annotations

from dataclasses import replace

from qualcode.domain.categories import Category, Level, Placement
from qualcode.domain.codes import Code
from qualcode.domain.coding import Coding, ReducedExpression
from qualcode.domain.decisions import Act, Change, Decision
from qualcode.domain.documents import Segment
from qualcode.domain.suggestions import Dismissal
from qualcode.store.kinds import to_row
from qualcode.store.offers import (
    CODE,
    COMPARED,
    PARTS,
    PLACE,
    SHOWN,
    WITHHELD,
    CodeUse,
    Offer,
    OfferCell,
    ScoreCell,
)
from qualcode.workbench import categorising, code_merging, history
from tests.builders import a_bench, a_study, with_answers, with_codes


def offer(target, rank, percent=50, *, doc="d1", who="Maija", later=False, seen=SHOWN):
    return Offer(CODE, doc, 0, 9, who, target, rank, percent, later, seen)


def a_coded_study(store, *codings):
    """Three answers and three codes; ``codings`` are (answer, code), those accepted with a star."""
    bench = a_study(store)
    with_answers(bench, "apua sai heti", "raha loppui", "kiire vei")
    with_codes(bench, "Apu", "Raha", "Kiire")
    with store.writing() as rows:
        for n, (doc, code) in enumerate(codings):
            segment = Segment(f"s{n}", doc, 0, 4 + n)
            coding = Coding(f"k{n}", segment.id, code.strip("*"), "Maija", "2026")
            rows.put(segment)
            rows.put(coding)
            act = Act.ACCEPT_SUGGESTION if code.endswith("*") else Act.CODE
            change = Change("coding", coding.id, None, to_row(coding))
            rows.append(Decision(0, "2026", "Maija", act, {}, (change,)))
    return bench


def test_each_offer_is_judged_by_what_the_person_chose(store):
    a_coded_study(store, ("d1", "c1*"), ("d1", "c2"))
    with store.writing() as rows:
        rows.keep_offers([offer("c1", 1, 80), offer("c2", 2, 40), offer("c3", 3, 10)])
        rows.keep_offers([offer("c1", 1, 80, doc="d2")])
        rows.put(Dismissal("x", "code:d1:0-9|c3", "Maija", "2026"))
    with store.reading() as rows:
        assert rows.offer_cells(CODE) == [
            OfferCell("c1", 1, 80, False, SHOWN, False, False, False, False, "", 1),
            OfferCell("c1", 1, 80, False, SHOWN, True, True, True, False, "", 1),
            OfferCell("c2", 2, 40, False, SHOWN, True, True, False, False, "", 1),
            OfferCell("c3", 3, 10, False, SHOWN, True, False, False, True, "", 1),
        ]


def test_the_hit_is_counted_once_a_passage(store):
    a_coded_study(store, ("d1", "c1"), ("d1", "c2"), ("d2", "c3"))
    with store.writing() as rows:
        rows.keep_offers([offer("c3", 1), offer("c1", 2), offer("c2", 3)])
        rows.keep_offers([offer("c3", 1, doc="d2")])
        rows.keep_offers([offer("c1", 1, doc="d3")])
        rows.keep_offers([offer("c1", 1, who="Liisa")])
    with store.reading() as rows:
        assert rows.offer_hits(CODE, 1) == (2, 1)
        assert rows.offer_hits(CODE, 3) == (2, 2)


def test_a_new_first_look_takes_the_place_of_the_old_one_but_not_of_others(store):
    a_study(store)
    with store.writing() as rows:
        rows.keep_offers([offer("c1", 1), offer("c2", 2)])
        rows.keep_offers([offer("c1", 1, who="Liisa")])
        rows.keep_offers([offer("c3", 1)])
        rows.keep_offers([offer("c3", 2, later=True), offer("c1", 1, later=True)])
    with store.reading() as rows:
        kept = [(c.target, c.rank, c.later, c.count) for c in rows.offer_cells(CODE)]
    assert kept == [("c1", 1, False, 1), ("c1", 1, True, 1), ("c3", 1, False, 1)]


def test_an_acceptance_that_was_undone_is_none(store):
    bench = a_bench(store)
    a_coded_study(store, ("d1", "c1*"))
    with store.writing() as rows:
        rows.keep_offers([offer("c1", 1)])
        accepted = rows.revision()
        rows.mark_undone(accepted, True)
    assert bench.coder == "Maija"
    with store.reading() as rows:
        (cell,) = rows.offer_cells(CODE)
    assert (cell.right, cell.accepted) == (True, False)


def test_codings_are_counted_with_and_without_an_offer_before_them(store):
    a_coded_study(store, ("d1", "c1"), ("d2", "c1"), ("d3", "c2"))
    with store.writing() as rows:
        rows.keep_offers([offer("c3", 1)])
        rows.keep_offers([offer("c3", 1, doc="d3", later=True)])
    with store.reading() as rows:
        assert rows.code_use() == [
            CodeUse("c1", False, 1),
            CodeUse("c1", True, 1),
            CodeUse("c2", False, 1),
        ]


def test_places_offered_to_a_reduction_are_judged_by_where_it_lies(store):
    a_study(store)
    with store.writing() as rows:
        rows.put(Category("a", "Apu", Level.SUBCATEGORY))
        rows.put(Category("b", "Raha", Level.SUBCATEGORY))
        rows.put(ReducedExpression("r", "apua sai"))
        rows.put(Placement("r", "a", 0))
        rows.put(Dismissal("x", "place:r|b", "Maija", "2026"))
        rows.keep_offers(
            [
                Offer(PLACE, "r", 0, 0, "Maija", "b", 1, 60),
                Offer(PLACE, "r", 0, 0, "Maija", "a", 2, 20),
            ]
        )
    with store.reading() as rows:
        assert [(c.target, c.decided, c.right, c.rejected) for c in rows.offer_cells(PLACE)] == [
            ("a", True, True, False),
            ("b", True, False, True),
        ]
        assert rows.offer_hits(PLACE, 1) == (1, 0)
        assert rows.offer_hits(PLACE, 3) == (1, 1)


def test_what_was_given_in_the_place_of_an_offer_is_counted_for_that_offer(store):
    a_study(store)
    with store.writing() as rows:
        for code in ("c1", "c1", "c2"):
            told = {"suggested_id": code, "edited": 1}
            rows.append(Decision(0, "2026", "Maija", Act.ACCEPT_SUGGESTION, told))
        rows.append(Decision(0, "2026", "Maija", Act.ACCEPT_SUGGESTION, {"rank": 1}))
        rows.mark_undone(rows.revision() - 1, True)
    with store.reading() as rows:
        assert rows.offer_edits() == {"c1": 2}


def test_what_was_not_shown_before_the_decision_is_told_apart(store):
    a_coded_study(store, ("d1", "c1"), ("d2", "c1"), ("d3", "c1"))
    with store.writing() as rows:
        rows.keep_offers([offer("c1", 1)])
        rows.keep_offers([offer("c1", 1, doc="d2", seen=COMPARED)])
        rows.keep_offers([offer("c1", 1, doc="d3", seen=WITHHELD)])
    with store.reading() as rows:
        assert sorted(cell.seen for cell in rows.offer_cells(CODE)) == [COMPARED, SHOWN, WITHHELD]
        assert [rows.offer_hits(CODE, 1, seen) for seen in (SHOWN, COMPARED, WITHHELD)] == [
            (1, 1)
        ] * 3
        # Of three codings one was made with a suggestion on the screen.
        assert rows.code_use() == [CodeUse("c1", False, 2), CodeUse("c1", True, 1)]


def test_an_offer_of_a_code_that_was_merged_is_judged_as_the_code_kept(store):
    bench = a_coded_study(store, ("d1", "c2*"), ("d2", "c2"))
    with store.writing() as rows:
        rows.keep_offers([offer("c2", 1), offer("c3", 2)])
        told = {"suggested_id": "c2", "edited": 1}
        rows.append(Decision(0, "2026", "Maija", Act.ACCEPT_SUGGESTION, told))
    code_merging.merge(bench, "c1", ["c2"])
    code_merging.merge(bench, "c3", ["c1"])
    with store.reading() as rows:
        found = [(c.target, c.rank, c.right, c.accepted) for c in rows.offer_cells(CODE)]
        assert found == [("c3", 1, True, True), ("c3", 2, True, True)]
        assert rows.offer_hits(CODE, 1) == (1, 1)
        assert rows.offer_edits() == {"c3": 1}
    history.undo(bench)
    history.undo(bench)
    with store.reading() as rows:
        found = [(c.target, c.right) for c in rows.offer_cells(CODE)]
        assert found == [("c2", True), ("c3", False)]


def test_a_merge_of_an_older_program_is_followed_by_what_moved_along(store):
    a_coded_study(store, ("d1", "c1"))
    code, coding = {"id": "c2"}, {"segment_id": "s0", "coder": "Maija"}
    before, after = ({**coding, "code_id": id} for id in ("c2", "c1"))
    changes = (Change("coding", "k0", before, after), Change("code", "c2", code, None))
    with store.writing() as rows:
        rows.keep_offers([offer("c2", 1)])
        rows.remove(Code, ["c2"])
        rows.append(Decision(0, "2026", "Maija", Act.MERGE_CODES, {"count": 2}, changes))
    with store.reading() as rows:
        assert [(c.target, c.right) for c in rows.offer_cells(CODE)] == [("c1", True)]


def test_an_offered_place_that_was_merged_is_judged_as_the_one_kept(store):
    bench = a_study(store)
    with store.writing() as rows:
        for id, name in (("a", "Apu"), ("b", "Tuki")):
            rows.put(Category(id, name, Level.SUBCATEGORY))
        rows.put(ReducedExpression("r", "apua sai"))
        rows.put(Placement("r", "b", 0))
        rows.keep_offers([Offer(PLACE, "r", 0, 0, "Maija", "b", 1, 60)])
    categorising.merge(bench, "a", ["b"])
    with store.reading() as rows:
        assert [(c.target, c.right) for c in rows.offer_cells(PLACE)] == [("a", True)]


def test_scores_are_counted_where_something_was_decided_or_the_offer_was_rejected(store):
    a_coded_study(store, ("d1", "c1"))
    with store.writing() as rows:
        rows.keep_offers([offer("c1", 1, 80), offer("c2", 2, 40)])
        rows.keep_offers([offer("c1", 1, 80, doc="d2"), offer("c2", 2, 40, doc="d2")])
        rows.keep_offers([offer("c3", 1, 30, seen=WITHHELD, who="Liisa")])
        rows.keep_offers([offer("gone", 3, 20)])
        rows.keep_offers([offer("c1", 1, 80), offer("c2", 2, 40), offer("gone", 3, 20)])
        rows.put(Dismissal("x", "code:d2|c1", "Maija", "2026"))
    parts = [(ord("d") + ord(n)) % PARTS for n in "12"]
    expected = [
        ScoreCell(1, 80, parts[0], 1, 1),
        ScoreCell(1, 80, parts[1], 1, 0),
        ScoreCell(2, 40, parts[0], 1, 0),
    ]
    with store.reading() as rows:
        # Of the answer d2 nothing was decided but that the first one is not it; "gone" is no code.
        assert rows.offer_scores(CODE, "floret") == sorted(
            expected, key=lambda c: (c.rank, c.percent, c.part)
        )


def test_scores_of_another_engine_mean_another_thing(store):
    a_coded_study(store, ("d1", "c1"))
    with store.writing() as rows:
        rows.keep_offers([replace(offer("c1", 1, 80), engine="floret")])
        rows.keep_offers([replace(offer("c2", 1, 70, who="Liisa"), engine="tfidf")])
        rows.put(Dismissal("x", "code:d1|c2", "Liisa", "2026"))
        rows.keep_offers([replace(offer("c2", 1, 60, who="Kalle"), engine="")])
    with store.reading() as rows:
        of = {name: rows.offer_scores(CODE, name) for name in ("floret", "tfidf", "e5")}
        assert sorted(cell.engine for cell in rows.offer_cells(CODE)) == ["", "floret", "tfidf"]
    assert {name: [cell.percent for cell in cells] for name, cells in of.items()} == {
        "floret": [60, 80],
        "tfidf": [60, 70],
        "e5": [60],
    }


def test_a_passage_and_an_id_of_one_sign_have_a_part_too(store):
    a_study(store)
    with store.writing() as rows:
        rows.put(Category("a", "Apu", Level.SUBCATEGORY))
        rows.put(ReducedExpression("ä", "apua sai"))
        rows.put(Placement("ä", "a", 0))
        rows.keep_offers([Offer(PLACE, "ä", 0, 0, "Maija", "a", 1, 60)])
    with store.reading() as rows:
        assert rows.offer_scores(PLACE, "floret") == [ScoreCell(1, 60, 2 * ord("ä") % PARTS, 1, 1)]
