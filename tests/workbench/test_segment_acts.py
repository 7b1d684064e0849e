"""Another span, another code, one made two, two made one: always of one's own, always undoable."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qualcode.domain.codes import Code
from qualcode.domain.coding import Coding, ReductionLink
from qualcode.domain.decisions import Act
from qualcode.domain.documents import Document, Segment, normalise
from qualcode.domain.errors import (
    AlreadyThere,
    BadOperation,
    QualcodeError,
    SegmentOutsideText,
    UnknownRow,
)
from qualcode.domain.memos import Memo
from qualcode.store.opening import create
from qualcode.texts import gettext_for
from qualcode.workbench import coding, history, memos, operations, reducing, segment_acts
from qualcode.workbench.checking import check
from qualcode.workbench.messages import act_sentence
from qualcode.workbench.ownership import NotYours
from qualcode.workbench.segment_acts import BadPieces, NotOneCode, NotSideBySide, Span
from qualcode.workbench.segments import TextSetAside
from tests.builders import a_bench, a_study, everything, with_answers, with_codes

TEXT = "Äiti 👩‍👧 lohduttaa, isä auttaa."


@pytest.fixture(params=["memory", "sqlite"])
def bench(request, tmp_path):
    store = None if request.param == "memory" else create(tmp_path / "tutkimus.qualcode")
    bench = a_study(store)
    with_answers(bench, TEXT, "Apua sai heti")
    with_codes(bench, "Lohtu", "Apu", "Aika")
    yield bench
    bench.store.close()


@pytest.fixture
def other(bench):
    return a_bench(bench.store, "Pekka")


def rows(bench, cls, **equals):
    with bench.store.reading() as reading:
        return reading.find(cls, **equals)


def quotes(bench, **equals):
    """What is coded, as sorted [(quote, code, coding id)]."""
    texts = {d.id: d.text for d in rows(bench, Document)}
    spans = {s.id: s.of(texts[s.document_id]) for s in rows(bench, Segment)}
    return sorted((spans[c.segment_id], c.code_id, c.id) for c in rows(bench, Coding, **equals))


def said(bench):
    return act_sentence(history.log(bench).rows[0], gettext_for("fi"))


def code(bench, quote, code_id="c1", id=None, document="d1", text=TEXT):
    start = text.index(quote)
    return coding.code(bench, document, start, start + len(quote), code_id, id)


def undone_is_nothing(bench, act):
    """What the act gives; undoing it brings everything back and redoing it does it again."""
    before = everything(bench.store)
    given = act()
    after = everything(bench.store)
    history.undo(bench)
    assert everything(bench.store) == before
    history.redo(bench)
    assert everything(bench.store) == after
    assert check(bench) == []
    return given


# --- another span -------------------------------------------------------------------------------


def test_a_coding_is_extended_and_keeps_its_id_and_time(bench):
    made = code(bench, "lohduttaa", id="k")
    changed = undone_is_nothing(bench, lambda: segment_acts.stretch(bench, "k", 5, 18))
    assert (changed.id, changed.created_at) == ("k", made.created_at)
    assert quotes(bench) == [("👩‍👧 lohduttaa", "c1", "k")]
    assert len(rows(bench, Segment)) == 1
    told = said(bench)
    assert told.endswith("muutti koodin ”Lohtu” kohdan ”lohduttaa” kohdaksi ”👩‍👧 lohduttaa”"), told


def test_the_old_passage_stays_where_something_else_hangs_on_it(bench, other):
    code(bench, "lohduttaa", id="k")
    code(other, "lohduttaa", id="p")
    undone_is_nothing(bench, lambda: segment_acts.stretch(bench, "k", 0, 4))
    assert quotes(bench) == [("lohduttaa", "c1", "p"), ("Äiti", "c1", "k")]


def test_two_codings_that_come_to_say_the_same_become_one(bench):
    code(bench, "lohduttaa", id="k")
    code(bench, "Äiti", id="m")
    undone_is_nothing(bench, lambda: segment_acts.stretch(bench, "k", 0, 4))
    assert quotes(bench) == [("Äiti", "c1", "k")]


def test_another_coders_coding_there_is_another_coding(bench, other):
    code(bench, "lohduttaa", id="k")
    code(other, "Äiti", id="p")
    segment_acts.stretch(bench, "k", 0, 4)
    assert quotes(bench) == [("Äiti", "c1", "k"), ("Äiti", "c1", "p")]


def test_stretching_to_where_it_is_changes_nothing(bench):
    code(bench, "Äiti", id="k")
    steps = history.log(bench).total
    segment_acts.stretch(bench, "k", 0, 4)
    assert history.log(bench).total == steps


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (3, 3), (5, 2), (0, len(TEXT) + 1)])
def test_a_span_outside_the_text_is_refused_whole(bench, start, end):
    code(bench, "Äiti", id="k")
    before = everything(bench.store)
    with pytest.raises(SegmentOutsideText):
        segment_acts.stretch(bench, "k", start, end)
    assert everything(bench.store) == before


def test_only_ones_own_codings_are_changed(bench, other):
    code(other, "Äiti", id="p")
    code(bench, "lohduttaa", id="k")
    reducing.reduce(other, "d1", 0, 4, "äiti", "l")
    before = everything(bench.store)
    for act in (
        lambda: segment_acts.stretch(bench, "p", 0, 8),
        lambda: segment_acts.stretch_link(bench, "l", 0, 8),
        lambda: segment_acts.split(bench, "p", [(0, 2), (2, 4)]),
        lambda: segment_acts.merge(bench, ["k", "p"]),
        lambda: segment_acts.recode(bench, ["k", "p"], "c2"),
        lambda: coding.uncode(bench, "p"),
        lambda: segment_acts.uncode_many(bench, ["k", "p"]),
        lambda: reducing.unlink(bench, "l"),
    ):
        with pytest.raises(NotYours, match="Pekka"):
            act()
    assert everything(bench.store) == before


def test_a_reduction_is_stretched_with_its_passage(bench):
    reduction = reducing.reduce(bench, "d1", 9, 18, "lohtu", "l")
    undone_is_nothing(bench, lambda: segment_acts.stretch_link(bench, "l", 5, 18))
    (link,) = rows(bench, ReductionLink)
    (segment,) = rows(bench, Segment)
    assert (link.id, link.reduction_id, segment.of(TEXT)) == ("l", reduction.id, "👩‍👧 lohduttaa")
    assert "muutti pelkistyksen ”lohtu” kohdan ”lohduttaa” kohdaksi" in said(bench)


def test_a_reduction_stretched_upon_itself_is_there_once(bench, other):
    reducing.reduce(other, "d1", 0, 4, "lohtu", "p")
    reducing.reduce(bench, "d1", 9, 18, "lohtu", "l")
    undone_is_nothing(bench, lambda: segment_acts.stretch_link(bench, "l", 0, 4))
    assert [link.id for link in rows(bench, ReductionLink)] == ["p"]
    assert len(rows(bench, Segment)) == 1


@pytest.mark.parametrize(
    "act",
    [
        lambda bench: segment_acts.stretch(bench, "k", 9, 23),
        lambda bench: segment_acts.stretch(bench, "k", 9, 12),
        lambda bench: segment_acts.split(bench, "k", [(9, 12), (12, 18)], ["k2"]),
        lambda bench: segment_acts.merge(bench, ["k", "n"]),
    ],
    ids=["extended", "shrunk", "divided", "joined"],
)
def test_only_my_memo_goes_along_and_what_others_noted_and_marked_stays(bench, other, act):
    passage = code(bench, "lohduttaa", id="k").segment_id
    code(bench, "isä", id="n")
    memos.write(bench, "segment", passage, "Minun ajatukseni.", "mine")
    memos.write(other, "segment", passage, "Pekan ajatus.", "theirs")
    before = everything(bench.store)
    act(bench)
    about = {memo.id: memo.about_id for memo in rows(bench, Memo)}
    assert about["theirs"] == passage
    (moved,) = rows(bench, Coding, id="k")
    assert about["mine"] == moved.segment_id != passage
    assert check(bench) == []
    history.undo(bench)
    assert everything(bench.store) == before


def test_my_memo_goes_along_from_under_anothers_coding_too(bench, other):
    passage = code(bench, "lohduttaa", id="k").segment_id
    code(other, "lohduttaa", id="p")
    memos.write(bench, "segment", passage, "Minun ajatukseni.", "mine")
    memos.write(other, "segment", passage, "Pekan ajatus.", "theirs")
    segment_acts.stretch(bench, "k", 9, 23)
    about = {memo.id: memo.about_id for memo in rows(bench, Memo)}
    assert about == {"mine": "d1:9-23", "theirs": passage}
    assert [c.segment_id for c in rows(bench, Coding, id="p")] == [passage]


def test_a_memo_stays_where_another_mark_of_mine_stays(bench):
    passage = code(bench, "lohduttaa", id="k").segment_id
    reducing.reduce(bench, "d1", 9, 18, "lohtu", "l")
    memos.write(bench, "segment", passage, "Tätä pitää miettiä.", "m")
    segment_acts.stretch(bench, "k", 9, 23)
    assert [memo.about_id for memo in rows(bench, Memo)] == [passage]


def test_a_text_set_aside_is_not_coded_or_reduced(bench):
    reduction = reducing.reduce(bench, "d1", 0, 4, "äiti", "l")
    coding.set_aside(bench, ["d2"], True)
    before = everything(bench.store)
    for act in (
        lambda: coding.code(bench, "d2", 0, 4, "c1"),
        lambda: segment_acts.code_spans(bench, "c1", [Span("d1", 0, 4), Span("d2", 0, 4)]),
        lambda: reducing.reduce(bench, "d2", 0, 4, "apu"),
        lambda: reducing.link(bench, "d2", 0, 4, reduction.id),
    ):
        with pytest.raises(TextSetAside, match="Apua sai"):
            act()
    assert everything(bench.store) == before


def test_the_marks_of_a_text_set_aside_stay_as_they_are_and_can_be_taken_off(bench):
    coding.code(bench, "d2", 0, 4, "c1", "k")
    coding.code(bench, "d2", 5, 9, "c1", "m")
    reducing.reduce(bench, "d2", 0, 4, "apu", "l")
    coding.set_aside(bench, ["d2"], True)
    before = everything(bench.store)
    for act in (
        lambda: segment_acts.stretch(bench, "k", 0, 9),
        lambda: segment_acts.stretch_link(bench, "l", 0, 9),
        lambda: segment_acts.split(bench, "k", [(0, 2), (2, 4)]),
        lambda: segment_acts.merge(bench, ["k", "m"]),
        lambda: segment_acts.recode(bench, ["k"], "c2"),
    ):
        with pytest.raises(TextSetAside, match="Apua sai"):
            act()
    assert everything(bench.store) == before
    coding.uncode(bench, "k")
    reducing.unlink(bench, "l")
    assert [row.id for row in rows(bench, Coding)] == ["m"]


# --- a code found in the words ----------------------------------------------------------------


def new_code(bench, id="k", **more):
    sent = {"seq": 1, "op": "code", "id": id, "doc": "d1", "start": 9, "end": 18, "code": "uusi",
            "new": {"label": "lohduttaa", "colour": "#0072B2"}} | more  # fmt: skip
    return operations.apply(bench, f"ikkuna {id}", [sent])


def test_a_code_found_in_the_words_is_one_act_with_its_coding(bench):
    before = everything(bench.store)
    assert new_code(bench).refused == ()
    assert quotes(bench) == [("lohduttaa", "uusi", "k")]
    assert rows(bench, Code, id="uusi")[0].colour == "#0072B2"
    assert said(bench) == "loi koodin ”lohduttaa” ja koodasi sillä ilmauksen ”lohduttaa”"
    after = everything(bench.store)
    history.undo(bench)
    assert everything(bench.store) == before, "one step back"
    history.redo(bench)
    assert everything(bench.store) == after


def test_whole_texts_and_codings_that_are_there_get_a_new_code_in_one_act(bench):
    code(bench, "Äiti", id="k0")
    before = everything(bench.store)
    new = {"code": "uusi", "new": {"label": "perhe"}}
    items = [{"doc": "d1", "start": 0, "end": 4, "id": "a"},
             {"doc": "d2", "start": 0, "end": 4, "id": "b"}]  # fmt: skip
    for sent in (
        {"seq": 1, "op": "code_many", "items": items} | new,
        {"seq": 2, "op": "recode", "ids": ["k0"]} | new,
    ):
        assert operations.apply(bench, "ikkuna", [sent]).refused == ()
        assert "loi koodin ”perhe”" in said(bench)
        history.undo(bench)
        assert everything(bench.store) == before


@pytest.mark.parametrize("new", [None, "perhe", {}, {"label": ""}, {"label": 3}])
def test_a_new_code_without_a_name_is_refused(bench, new):
    before = everything(bench.store)
    assert [type(r.error) for r in new_code(bench, new=new).refused] == [BadOperation]
    assert everything(bench.store) == before


def test_a_new_code_comes_into_the_branch_and_the_codebook_of_the_code_it_is_under(bench):
    before = everything(bench.store)
    assert new_code(bench, new={"label": "lohduttaa", "under": "c1"}).refused == ()
    (made,) = rows(bench, Code, id="uusi")
    (parent,) = rows(bench, Code, id="c1")
    assert (made.parent_id, made.codebook_id) == ("c1", parent.codebook_id)
    assert check(bench) == []
    history.undo(bench)
    assert everything(bench.store) == before


def test_a_new_code_is_not_made_under_a_code_that_is_gone(bench):
    before = everything(bench.store)
    assert len(new_code(bench, new={"label": "lohduttaa", "under": "mennyt"}).refused) == 1
    assert everything(bench.store) == before


def test_a_new_code_that_another_uses_by_then_stays_when_its_finder_undoes(bench, other):
    new_code(bench)
    coding.code(other, "d2", 0, 4, "uusi", "p")
    history.undo(bench)
    assert quotes(bench) == [("Apua", "uusi", "p")]
    assert [c.id for c in rows(bench, Code, id="uusi")] == ["uusi"]
    assert check(bench) == []
    history.redo(bench)
    assert len(quotes(bench)) == 2
    history.undo(bench)
    history.undo(other)
    assert check(bench) == []


def test_a_memo_goes_along_with_its_passage(bench):
    made = code(bench, "lohduttaa", id="k")
    memos.write(bench, "segment", made.segment_id, "Tätä pitää miettiä.", "m")
    changed = undone_is_nothing(bench, lambda: segment_acts.stretch(bench, "k", 0, 18))
    assert [memo.about_id for memo in rows(bench, Memo)] == [changed.segment_id]


# --- divided and joined -------------------------------------------------------------------------


def test_a_coding_is_divided_and_the_space_between_is_left_out(bench):
    code(bench, "lohduttaa, isä auttaa", id="k")
    undone_is_nothing(
        bench, lambda: segment_acts.split(bench, "k", [(9, 18), (20, 23), (24, 30)], ["x", "y"])
    )
    assert quotes(bench) == [
        ("auttaa", "c1", "y"),
        ("isä", "c1", "x"),
        ("lohduttaa", "c1", "k"),
    ]
    assert said(bench).endswith("kohdan ”lohduttaa, isä auttaa” 3 osaan")


def test_a_part_that_is_coded_so_already_is_not_coded_twice(bench):
    code(bench, "lohduttaa, isä auttaa", id="k")
    code(bench, "isä", id="i")
    code(bench, "lohduttaa", id="l")
    undone_is_nothing(bench, lambda: segment_acts.split(bench, "k", [(9, 18), (20, 23)], ["x"]))
    assert quotes(bench) == [("isä", "c1", "i"), ("lohduttaa", "c1", "k")]


@pytest.mark.parametrize(
    "pieces",
    [
        [(9, 18)],
        [],
        [(9, 18), (17, 23)],
        [(20, 23), (9, 18)],
        [(8, 18), (20, 23)],
        [(9, 18), (20, 31)],
        [(9, 9), (9, 18)],
    ],
)
def test_parts_lie_inside_one_after_another(bench, pieces):
    code(bench, "lohduttaa, isä auttaa", id="k")
    before = everything(bench.store)
    with pytest.raises(BadPieces):
        segment_acts.split(bench, "k", pieces)
    assert everything(bench.store) == before


def test_a_new_part_does_not_carry_off_another_coding(bench):
    code(bench, "lohduttaa, isä auttaa", id="k")
    kept = code(bench, "Äiti", id="m")
    with pytest.raises(AlreadyThere):
        segment_acts.split(bench, "k", [(9, 18), (20, 23)], ["m"])
    assert kept in rows(bench, Coding)


def test_codings_side_by_side_become_one(bench):
    code(bench, "isä auttaa", id="b")
    code(bench, "lohduttaa", id="a")
    code(bench, "auttaa.", id="c")
    undone_is_nothing(bench, lambda: segment_acts.merge(bench, ["a", "b", "c"]))
    assert quotes(bench) == [("lohduttaa, isä auttaa.", "c1", "a")]
    assert len(rows(bench, Segment)) == 1
    assert said(bench).endswith("yhdisti 3 koodin ”Lohtu” kohtaa yhdeksi: ”lohduttaa, isä auttaa.”")


def test_one_inside_another_is_joined_to_it(bench):
    code(bench, "lohduttaa, isä auttaa", id="a")
    code(bench, "isä", id="b")
    undone_is_nothing(bench, lambda: segment_acts.merge(bench, ["b", "a"]))
    assert quotes(bench) == [("lohduttaa, isä auttaa", "c1", "b")]


def test_dividing_and_joining_again_gives_what_there_was(bench):
    code(bench, "lohduttaa, isä auttaa", id="k")
    before = everything(bench.store)
    segment_acts.split(bench, "k", [(9, 18), (20, 30)], ["x"])
    segment_acts.merge(bench, ["k", "x"])
    assert everything(bench.store) == before


def test_words_between_two_codings_keep_them_apart(bench):
    code(bench, "Äiti", id="a")
    code(bench, "isä", id="b")
    with pytest.raises(NotSideBySide, match="“Äiti” and “isä”"):
        segment_acts.merge(bench, ["b", "a"])


def test_only_one_code_of_one_text_is_joined(bench):
    code(bench, "lohduttaa", id="a")
    code(bench, "isä", "c2", id="b")
    code(bench, "Apua", id="c", document="d2", text="Apua sai heti")
    for ids in (["a", "b"], ["a", "c"], ["a"], ["a", "a"]):
        with pytest.raises(NotOneCode):
            segment_acts.merge(bench, ids)


# --- another code -------------------------------------------------------------------------------


def test_a_passage_gets_another_code_and_keeps_its_reduction_and_memo(bench):
    made = code(bench, "lohduttaa", id="k")
    reducing.reduce(bench, "d1", 9, 18, "lohtu", "l")
    memos.write(bench, "segment", made.segment_id, "Tätä pitää miettiä.", "m")
    assert undone_is_nothing(bench, lambda: segment_acts.recode(bench, ["k"], "c2")) == 1
    assert quotes(bench) == [("lohduttaa", "c2", "k")]
    assert [memo.about_id for memo in rows(bench, Memo)] == [made.segment_id]
    assert len(rows(bench, ReductionLink, segment_id=made.segment_id)) == 1
    assert said(bench).endswith("vaihtoi koodin ”Lohtu” koodiksi ”Apu” ilmauksessa ”lohduttaa”")


def test_many_are_recoded_in_one_step_and_equal_ones_become_one(bench):
    code(bench, "lohduttaa", "c1", id="a")
    code(bench, "lohduttaa", "c3", id="b")
    code(bench, "lohduttaa", "c2", id="c")
    code(bench, "isä", "c1", id="d")
    assert undone_is_nothing(bench, lambda: segment_acts.recode(bench, ["a", "d", "c"], "c3")) == 3
    assert {(quote, code_id) for quote, code_id, _ in quotes(bench)} == {
        ("lohduttaa", "c3"),
        ("isä", "c3"),
    }
    assert len(rows(bench, Coding)) == 2
    assert said(bench).endswith("vaihtoi 3 kohdan koodiksi ”Aika”")


def test_recoding_to_the_same_code_changes_nothing(bench):
    code(bench, "lohduttaa", id="a")
    steps = history.log(bench).total
    assert segment_acts.recode(bench, ["a"], "c1") == 0
    assert history.log(bench).total == steps
    with pytest.raises(UnknownRow):
        segment_acts.recode(bench, ["a"], "c9")
    with pytest.raises(UnknownRow):
        segment_acts.recode(bench, ["poissa"], "c2")


# --- many at once -------------------------------------------------------------------------------


def test_many_passages_are_coded_in_one_step(bench):
    code(bench, "Äiti", id="ennen")
    spans = [Span("d1", 0, 4, "a"), Span("d1", 20, 23, "b"), Span("d2", 0, 4)]
    assert undone_is_nothing(bench, lambda: segment_acts.code_spans(bench, "c1", spans)) == 3
    assert [quote for quote, _, _ in quotes(bench)] == ["Apua", "isä", "Äiti"]
    assert said(bench).endswith("koodasi 3 kohtaa koodilla ”Lohtu”")


def test_one_bad_span_leaves_the_others_uncoded_too(bench):
    with pytest.raises(SegmentOutsideText):
        segment_acts.code_spans(bench, "c1", [Span("d1", 0, 4), Span("d2", 0, 99)])
    assert rows(bench, Coding) == rows(bench, Segment) == []


def test_many_codings_go_in_one_step_and_those_gone_already_are_passed_over(bench):
    code(bench, "Äiti", id="a")
    code(bench, "isä", "c2", id="b")
    ids = ["a", "poissa", "b"]
    assert undone_is_nothing(bench, lambda: segment_acts.uncode_many(bench, ids)) == 2
    assert rows(bench, Coding) == rows(bench, Segment) == []
    assert said(bench).endswith("poisti koodit 2 kohdasta")
    with pytest.raises(UnknownRow):
        segment_acts.uncode_many(bench, ids)


# --- undo when another coder has let go meanwhile -----------------------------------------------


def test_a_passage_that_another_coder_forgot_comes_back_with_my_undo(bench, other):
    mine, theirs = code(bench, "Äiti", id="m"), code(other, "Äiti", id="p")
    coding.uncode(bench, mine.id)
    coding.uncode(other, theirs.id)
    assert rows(bench, Segment) == []
    history.undo(bench)
    assert quotes(bench) == [("Äiti", "c1", "m")]
    history.redo(bench)
    assert rows(bench, Segment) == rows(bench, Coding) == []
    assert check(bench) == []


def test_so_it_does_after_a_stretch(bench, other):
    code(bench, "Äiti", id="m")
    theirs = code(other, "Äiti", id="p")
    segment_acts.stretch(bench, "m", 0, 8)
    coding.uncode(other, theirs.id)
    history.undo(bench)
    assert quotes(bench) == [("Äiti", "c1", "m")]
    assert check(bench) == []


# --- from the browser ---------------------------------------------------------------------------


def send(bench, *sent):
    numbered = [{"seq": n, **one} for n, one in enumerate(sent, start=1)]
    return operations.apply(bench, "ikkuna", numbered)


def test_each_operation(bench):
    all_operations(bench)


@pytest.mark.postgres
def test_each_operation_on_a_server(postgres_url):
    bench = a_study(create(postgres_url))
    with_answers(bench, TEXT, "Apua sai heti")
    with_codes(bench, "Lohtu", "Apu", "Aika")
    all_operations(bench)
    code(bench, "lohduttaa", id="a")
    code(bench, "Äiti", id="b")
    undone_is_nothing(bench, lambda: segment_acts.stretch(bench, "a", 0, 4))
    assert quotes(bench) == [("Äiti", "c1", "a")], "one of two that say the same"
    bench.store.close()


def all_operations(bench):
    span = {"id": "k", "doc": "d1", "start": 9, "end": 30, "code": "c1"}
    reply = send(
        bench,
        {"op": "code", **span},
        {"op": "split_coding", "id": "k", "pieces": [[9, 18], [20, 30]], "ids": ["x"]},
        {"op": "stretch", "id": "k", "kind": "coding", "start": 5, "end": 18},
        {"op": "merge_codings", "ids": ["x", "k"]},
        {"op": "recode", "ids": ["x"], "code": "c2"},
        {
            "op": "code_many",
            "code": "c3",
            "items": [
                {"id": "y", "doc": "d2", "start": 0, "end": 4},
                {"id": "z", "doc": "d1", "start": 0, "end": 4},
            ],
        },
        {"op": "uncode_many", "ids": ["y"]},
        {"op": "reduce", "id": "l", "doc": "d2", "start": 0, "end": 4, "wording": "apu"},
        {"op": "stretch", "id": "l", "kind": "reduction", "start": 0, "end": 8},
    )
    assert (reply.ack, reply.refused) == (9, ())
    assert quotes(bench) == [("Äiti", "c3", "z"), ("👩‍👧 lohduttaa, isä auttaa", "c2", "x")]
    for _ in range(9):
        history.undo(bench)
    assert rows(bench, Coding) == rows(bench, Segment) == []


@pytest.mark.parametrize(
    "sent",
    [
        {"op": "stretch", "id": "k", "start": 0, "end": 4},
        {"op": "stretch", "id": "k", "kind": "code", "start": 0, "end": 4},
        {"op": "stretch", "id": "k", "kind": "coding", "start": "0", "end": 4},
        {"op": "split_coding", "id": "k", "pieces": [[0, 2], [2, 4]], "ids": ["x", "y"]},
        {"op": "split_coding", "id": "k", "pieces": [[0, 2], [2]], "ids": ["x"]},
        {"op": "split_coding", "id": "k", "pieces": {"0": 2}, "ids": ["x"]},
        {"op": "split_coding", "id": "k", "pieces": [[0, 2], [2, True]], "ids": ["x"]},
        {"op": "merge_codings", "ids": []},
        {"op": "recode", "ids": "k", "code": "c2"},
        {"op": "recode", "ids": ["k"]},
        {"op": "code_many", "code": "c1", "items": []},
        {"op": "code_many", "code": "c1", "items": ["d1"]},
        {"op": "code_many", "code": "c1", "items": [{"doc": "d1", "start": 0, "end": 4}]},
        {"op": "uncode_many", "ids": [None]},
    ],
)
def test_what_is_no_operation_is_refused_and_changes_nothing(bench, sent):
    code(bench, "Äiti", id="k")
    before = everything(bench.store)
    reply = send(bench, sent)
    assert [type(refusal.error) for refusal in reply.refused] == [BadOperation]
    assert (reply.ack, everything(bench.store)) == (1, before)


# --- whatever is done, the quote is the text ----------------------------------------------------

WORDS = [
    "äiti",
    "a\u0308iti",
    "👩‍👧",
    "😀",
    "שלום",
    "مرحبا",
    "\r\n",
    "\r",
    ",",
    " ",
    "e\u0301\u0323",
    "\u200d",
]
texts = (
    st.lists(st.sampled_from(WORDS), min_size=3, max_size=12)
    .map("".join)
    .filter(lambda text: len(normalise(text)) >= 3)
)
acts = st.lists(
    st.tuples(
        st.sampled_from(
            ["code", "other", "reduce", "stretch", "stretch link", "split", "merge", "recode",
             "code many", "uncode many", "undo", "redo", "undo other"]
        ),
        st.integers(0, 9),
        st.integers(0, 30),
        st.integers(1, 30),
        st.integers(0, 2),
    ),
    max_size=20,
)  # fmt: skip


def do(bench, other, name, n, a, b, c):
    """One act at random; an error is an answer too."""

    def some(cls):
        ids = sorted(row.id for row in rows(bench, cls))
        return ids[n % len(ids)] if ids else "poissa"

    document, code_id = f"d{n % 2 + 1}", f"c{c + 1}"
    match name:
        case "code" | "other":
            coding.code(bench if name == "code" else other, document, a, a + b, code_id)
        case "reduce":
            reducing.reduce(bench, document, a, a + b, f"pelkistys {c}")
        case "stretch":
            segment_acts.stretch(bench, some(Coding), a, a + b)
        case "stretch link":
            segment_acts.stretch_link(bench, some(ReductionLink), a, a + b)
        case "split":
            segment_acts.split(bench, some(Coding), [(a, a + 1), (a + 1, a + 1 + b)])
        case "merge":
            alike = sorted(x.id for x in rows(bench, Coding, code_id=code_id, coder="Maija"))
            segment_acts.merge(bench, alike)
        case "recode":
            segment_acts.recode(bench, sorted(x.id for x in rows(bench, Coding))[: n + 1], code_id)
        case "code many":
            segment_acts.code_spans(bench, code_id, [Span("d1", a, a + b), Span("d2", 0, b)])
        case "uncode many":
            segment_acts.uncode_many(bench, sorted(x.id for x in rows(bench, Coding))[:n])
        case "undo":
            take_back(bench)
        case "redo":
            history.redo(bench)
        case "undo other":
            take_back(other)


def take_back(bench):
    """Undoes an act on segments, not the beginning of the study. Whether there was one."""
    last = history.next_undo(bench)
    if last is None or last.act in (Act.IMPORT, Act.TAKE_CODEBOOK):
        return False
    history.undo(bench)
    return True


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(first=texts, second=texts, done=acts)
def test_after_any_acts_the_quotes_are_slices_of_the_texts(first, second, done):
    bench = a_study()
    with_answers(bench, first, second)
    with_codes(bench, "Lohtu", "Apu", "Aika")
    other = a_bench(bench.store, "Pekka")
    stored = {d.id: d.text for d in rows(bench, Document)}
    beginning = everything(bench.store)
    for act in done:
        try:
            do(bench, other, *act)
        except QualcodeError:
            continue
        assert {d.id: d.text for d in rows(bench, Document)} == stored
        on = {c.segment_id for c in rows(bench, Coding)}
        on |= {link.segment_id for link in rows(bench, ReductionLink)}
        for segment in rows(bench, Segment):
            text = stored[segment.document_id]
            assert text[segment.start : segment.end] == segment.of(text)
            assert segment.id == f"{segment.document_id}:{segment.start}-{segment.end}"
            assert segment.id in on, "a bare expression was left behind"
        says = [(c.segment_id, c.code_id, c.coder) for c in rows(bench, Coding)]
        assert len(says) == len(set(says))
    assert check(bench) == []
    if all(name not in ("other", "undo other") for name, *_ in done):
        while take_back(bench):
            pass
        assert everything(bench.store) == beginning
