"""Rows go in, come out as they were, and are kept whole. Run on every store."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qualcode.domain.approaches import Approach, Study
from qualcode.domain.categories import Category, Level, Placement
from qualcode.domain.codes import Code, Codebook, CodebookKind, Origin
from qualcode.domain.coding import Coding, ReducedExpression, ReductionLink
from qualcode.domain.discussions import Company, Discussion, Purpose, RoleTalk
from qualcode.domain.documents import (
    ClosedAnswer,
    ClosedState,
    Document,
    DocumentKind,
    Item,
    ItemKind,
    Provenance,
    Respondent,
    Segment,
    Source,
)
from qualcode.domain.errors import AlreadyThere, StillInUse
from qualcode.domain.instruments import AskedAs, FormItem, Instrument, ItemLink, Stage
from qualcode.domain.map_versions import KeptRole, MapVersion, VersionKind
from qualcode.domain.memos import Memo
from qualcode.domain.pins import Pin
from qualcode.domain.proposals import Proposal, Proposed
from qualcode.domain.quotes import ChosenQuote
from qualcode.domain.reading_places import Bookmark, SavedView, Speaker
from qualcode.domain.review import (
    Look,
    NodeState,
    Remark,
    RemarkKind,
    RemarkRead,
    ReviewState,
    StillRight,
)
from qualcode.domain.role_comments import RoleComment
from qualcode.domain.role_maps import Role, RoleMap, RolePlacement
from qualcode.domain.role_pairs import RolePair
from qualcode.domain.role_traits import RoleTrait, Step, Trait
from qualcode.domain.rounds import Gathering, Round, Sending
from qualcode.domain.second_marks import (
    Alike,
    ExpressionStance,
    HeadingStance,
    Likeness,
    Stance,
)
from qualcode.domain.suggestions import Dismissal
from qualcode.domain.tree_versions import FrozenTree, TreeVersion
from qualcode.domain.workshop_days import (
    WallGroup,
    WallPlace,
    Workshop,
    WorkshopSource,
    WorkshopStep,
    WorkshopTable,
)
from qualcode.store.kinds import KINDS
from qualcode.store.outcomes import REASON_FORGOTTEN, Outcome
from tests.builders import DAY, a_respondent, a_source, an_answer

ONE_OF_EACH = [
    Study(
        "study", "Tutkimus ”Äiti”", "en", Approach.THEORY_DRIVEN, True, "Mitä?\nMiten?",
        {"fi": {"subcategory": "ryhmä"}},
    ),
    a_source(),
    Respondent("r", "source", "A 1", "työntekijä", {"ikä": "31–40", 'sanoi "ei"': "kyllä"}, 3),
    Item("i", "source", "Kysymys?", ItemKind.LIKERT, "7b", "B", "Arki", "asiakas", ("1", "2"), 2),
    Document(
        "d", "source", "Äiti 👩‍👧 lohduttaa", DocumentKind.WORKSHOP_NOTE, "r", "i", True,
        {"pöytä": "2"}, Provenance("a.xlsx", "Taul", 12, "B"), 4,
    ),
    ClosedAnswer(
        "ca", "source", "i", ClosedState.UNINTERPRETABLE, "", "2–3", "r", "asiakas", 1,
        Provenance("a.xlsx"),
    ),
    Segment("s", "d", 5, 9),
    Codebook(
        "b", "kirja", "Kirja", "Book", "Lähde 1999", CodebookKind.ORDERED, "ilmaus", "n", 3,
        False, 1,
    ),
    Code(
        "c", "b", "k", "Koodi", "Code", "m", "d", "s", "r", "e", "x", None, 2, Origin.BOTH,
        "#0072B2", "3", 1,
    ),
    Coding("co", "s", "c", "Maija", DAY),
    ReducedExpression("re", "äiti lohduttaa", "Maija", DAY, "muistiin"),
    ReductionLink("rl", "s", "re", "Maija", DAY),
    Category("ca", "Lohtu", Level.SUBCATEGORY, None, "määritelmä", Origin.THEORY, "c", 1.25),
    Placement("re", "ca", 0.1),
    ExpressionStance("ks", "s", "Maija", Stance.WISH, "työntekijä", DAY),
    HeadingStance("ca", Stance.DIFFICULTY),
    Likeness("sama", Alike.CONTRADICTS, "category", "ca", "reduction", "re", "Maija", "huom", DAY),
    ChosenQuote("s", "ca", "Äiti [---]", 1.5, "Maija", DAY, "Liisa", DAY, "nimi pois"),
    RoleMap("m", "Asiakas", "asiakas", "roolikartta", "huom", 1),
    Role("ro", "m", "Lohduttaja", True, ("hellä", "läsnä"), "kuvaus", ("Lähde",), 2),
    RolePlacement("rp", "ro", "ca", None),
    RolePair("rpa", "ro", "ro", "kasvavat yhdessä"),
    RoleTrait("rt", "ro", Trait.SOCIAL, "Maija", DAY),
    RoleComment(
        "rc", "m", "ro", "Rohkeutta lisää", "Lohduttaja", "Verkosto", "31.1.2019", "muistio 2",
        "Maija", DAY,
    ),
    MapVersion("mv", "m", "Kuvio 1", VersionKind.FIGURE, "painettu", "Maija", DAY, 2),
    KeptRole("kr", "mv", "ro", "Lohduttaja", True, ("hellä",), "kuvaus", ("Lähde",), 3),
    Discussion(
        "ds", "m", "Asiakas", "P1", "2026-01-15", Company.WORKER, "T2", Purpose.STAFF_TRAINING,
        "kirjasto", "yhdessä", "keväällä", "2026-04-15", "Maija", DAY,
    ),
    RoleTalk(
        "tk", "ds", "ro", "Lohduttaja", 1, Step.APPROPRIATE, "hyvä", "eilen", "pois", "lepää",
        "hengitä",
    ),
    Dismissal("di", "avain", "Maija", DAY),
    Pin("ca", None, "ca", "Maija", DAY),
    Memo("me", "code", "k", "Rajatapaus: **apu** vai tuki?", "Apu", "Maija", DAY, DAY),
    SavedView("sv", "Omat", "koodaus", {"state": "uncoded", "tags": ["a"]}, {"1": "k"}, "Maija"),
    Bookmark("bm", "d", 3, "Maija", "tästä jatkan", DAY),
    Speaker("sp", "Haastattelija", True),
    Instrument(
        "in", "Asiakaskysely", "in", "asiakas", 2, Stage.TESTED, 27, "Hyvä", "vaikea", "h", 1
    ),
    FormItem(
        "fi", "in", "fi", "Sain tietoa", AskedAs.LIKERT5, "2.1b", "2 Tieto", "tieto", ("1", "2"),
        "Rooli on…", "Lähde 2010: 1", ("a", "b"), None, None, "kyllä", "kk", "tieto", "huom", 4,
    ),
    ItemLink("i", "fi"),
    Round("rd", "Alku", "kevät 2018", 1),
    Gathering("source", "rd", None),
    Sending("se", "asiakas", "Keksilä", "rd", "in", 25, None, "jäi pois", 2),
    Remark(
        "rk", "category", "ca", "Miksi?", RemarkKind.QUESTION, None, "Arki", "Liisa", DAY, DAY,
        "Maija", DAY,
    ),
    RemarkRead("rr", "rk", "Maija"),
    ReviewState("ca", NodeState.ASKED, "Maija", DAY, "sinetti"),
    Look("lk", "Liisa", "ca", DAY, True, "Arki", "määritelmä", None, ("re",)),
    StillRight("ck", "sinetti", "Liisa", DAY),
    Proposal(
        "pr", Proposed.PLACE, ("re",), "ca", "", "sopii tänne", ("apu",), "Arki", ("sinetti",),
        created_by="Liisa", created_at=DAY,
    ),
    TreeVersion("tv", "Kevät", "ennen ohjausta", "Maija", DAY, 1, 1),
    FrozenTree("tv", "{}"),
    Workshop("ws", "Työpaja", "6.9. klo 10", "Keksilä", "työntekijä", "Päätösten tekijänä", 1),
    WorkshopSource("source", "ws"),
    WorkshopStep(
        "st", "ws", "Tervetulo", "10.00", 15, "kartta", ("Miltä tuntui?",), "ohjaaja", "kirjaaja",
        "fläpille", 1,
    ),
    WorkshopTable("ta", "st", "Pöytä 1", "strengths", ("Missä?",), 10, "ohjaaja", "kirjaaja", 2),
    WallGroup("wg", "ws", "strengths", "Aika", 3),
    WallPlace("d", "ws", "strengths", "wg", 4),
]  # fmt: skip


def put(store, *entities):
    with store.writing() as rows:
        rows.insert(entities)


@pytest.fixture
def full(store):
    put(store, *ONE_OF_EACH)
    return store


def test_the_list_has_one_of_each_kind():
    assert {type(entity) for entity in ONE_OF_EACH} == {kind.cls for kind in KINDS.values()}


@pytest.mark.parametrize("entity", ONE_OF_EACH, ids=lambda e: type(e).__name__)
def test_saved_is_loaded(full, entity):
    with full.reading() as rows:
        found = rows.get(type(entity), entity.id)
        assert found == entity
        assert rows.find(type(entity)) == [entity]
        assert type(found) is type(entity)


def test_values_come_back_as_their_types(full):
    with full.reading() as rows:
        assert isinstance(rows.get(Category, "ca").level, Level)
        assert isinstance(rows.get(Role, "ro").descriptors, tuple)
        assert rows.get(Role, "ro").central is True
        assert isinstance(rows.get(Document, "d").provenance, Provenance)


def test_a_row_that_is_not_there_is_none(store):
    with store.reading() as rows:
        assert rows.get(Document, "d") is None
        assert rows.find(Document, id=("d",)) == []


def test_put_is_new_or_instead(full):
    changed = replace(ONE_OF_EACH[4], set_aside=False)
    with full.writing() as rows:
        rows.put(changed)
        rows.put(an_answer("uusi", "d2"))
    with full.reading() as rows:
        assert rows.get(Document, "d") == changed
        assert rows.count(Document) == 2


def test_put_all_mixes_new_and_changed_of_several_kinds(full):
    with full.writing() as rows:
        rows.put_all(
            [
                replace(ONE_OF_EACH[4], set_aside=False),
                an_answer("uusi", "d2"),
                a_respondent("r2"),
            ]
        )
    with full.reading() as rows:
        assert rows.get(Document, "d").set_aside is False
        assert rows.get(Document, "d2").text == "uusi"
        assert rows.count(Respondent) == 2


def test_find_by_value_by_none_and_by_one_of(full):
    put(full, an_answer("a", "d2"), an_answer("b", "d3"))

    def found(**equals):
        with full.reading() as rows:
            ids = sorted(d.id for d in rows.find(Document, **equals))
            assert rows.count(Document, **equals) == len(ids)
            return ids

    assert found(respondent_id=None) == ["d2", "d3"]
    assert found(respondent_id="r") == ["d"]
    assert found(kind=DocumentKind.WORKSHOP_NOTE) == ["d"]
    assert found(set_aside=False) == ["d2", "d3"]
    assert found(id=("d", "d3", "poissa")) == ["d", "d3"]
    assert found(id=["d", "d2"], text=("a", "b")) == ["d2"]
    assert found(id=()) == []
    assert found(id=(*(f"x{n}" for n in range(1200)), "d2")) == ["d2"]


def test_an_error_inside_leaves_nothing(store):
    put(store, a_source())
    with pytest.raises(RuntimeError, match="kesken"), store.writing() as rows:
        rows.insert([an_answer("a")])
        rows.remove(Source, ["source"])
        raise RuntimeError("kesken")
    with store.reading() as rows:
        assert rows.count(Document) == 0
        assert rows.count(Source) == 1


def test_removing_what_is_named_is_refused_and_nothing_goes(full):
    for cls, id in ((Document, "d"), (Segment, "s"), (ReducedExpression, "re"), (Code, "c")):
        with pytest.raises(StillInUse), full.writing() as rows:
            rows.remove(cls, [id])
        with full.reading() as rows:
            assert rows.get(cls, id) is not None


def test_naming_what_is_not_there_is_refused(store):
    put(store, a_source())
    with pytest.raises(StillInUse):
        put(store, replace(an_answer("a"), respondent_id="ei ole"))
    with store.reading() as rows:
        assert rows.count(Document) == 0


def test_the_order_inside_one_writing_is_free(store):
    put(store, an_answer("a"), a_source())
    with store.writing() as rows:
        rows.remove(Source, ["source"])
        rows.remove(Document, ["d1"])
    with store.reading() as rows:
        assert rows.count(Source) == 0


@pytest.mark.parametrize(
    ("again", "kind"),
    [
        (Segment("s2", "d", 5, 9), "segment"),
        (Coding("co2", "s", "c", "Maija", DAY), "coding"),
        (ReductionLink("rl2", "s", "re", "Pekka", DAY), "reduction_link"),
    ],
)
def test_the_same_thing_twice_is_refused_by_name(full, again, kind):
    with pytest.raises(AlreadyThere) as refused:
        put(full, again)
    assert refused.value.values["kind"] == kind


def test_an_id_twice_is_refused_when_rows_are_known_to_be_new(full):
    with pytest.raises(AlreadyThere) as refused:
        put(full, an_answer("toinen", "d"))
    assert refused.value.values["kind"] == "document"


def test_another_coder_may_hold_the_same(full):
    put(full, Coding("co2", "s", "c", "Pekka", DAY))
    with full.reading() as rows:
        assert rows.count(Coding, segment_id="s") == 2


def test_referrers_name_every_row_that_names_the_row(full):
    with full.reading() as rows:
        assert set(rows.referrers(Segment, ["s"])) == {
            ("coding", "co"),
            ("reduction_link", "rl"),
            ("chosen_quote", "s"),
            ("stance", "ks"),
        }
        assert set(rows.referrers(ReducedExpression, ["re"])) == {
            ("reduction_link", "rl"),
            ("placement", "re"),
        }
        assert rows.referrers(Dismissal, ["di"]) == []
        assert rows.referrers(Segment, []) == []


def test_removing_ids_that_are_gone_is_nothing(full):
    with full.writing() as rows:
        rows.remove(Dismissal, ["poissa", "di"])
    with full.reading() as rows:
        assert rows.count(Dismissal) == 0


def test_last_position(full):
    with full.reading() as rows:
        assert rows.last_position(Document) == 4
        assert rows.last_position(Codebook) == 1
    with full.writing() as rows:
        rows.remove(Sending, ["se"])
        assert rows.last_position(Sending) == -1


def test_a_look_is_not_changed_by_a_later_writing(store):
    put(store, a_source())
    with store.reading() as before:
        assert before.count(Document) == 0
        put(store, an_answer("a"))
        assert before.count(Document) == 0
    with store.reading() as after:
        assert after.count(Document) == 1


def test_vectors_are_kept_by_engine_and_key(store):
    with store.writing() as rows:
        rows.keep_vectors("tfidf", {"a": b"\x00\x01", "b": b"\x02"})
        rows.keep_vectors("floret", {"a": b"\x09"})
        rows.keep_vectors("tfidf", {"a": b"\x07"})
        rows.keep_vectors("tfidf", {})
    with store.reading() as rows:
        assert rows.vectors("tfidf", ["a", "b", "poissa"]) == {"a": b"\x07", "b": b"\x02"}
        assert rows.vectors("floret", ["a", "b"]) == {"a": b"\x09"}
        assert rows.vectors("tfidf", []) == {}


def test_the_room_of_vectors_is_told_by_engine_and_those_of_one_go_alone(store):
    with store.writing() as rows:
        rows.keep_vectors("e5@1", {"a": b"\x00\x01", "b": b"\x02\x03"})
        rows.keep_vectors("e5@2", {"a": b"\x09\x08\x07"})
    with store.reading() as rows:
        assert rows.room_of_vectors() == {"e5@1": 4, "e5@2": 3}
    with store.writing() as rows:
        rows.forget_vectors("e5@1")
        rows.forget_vectors("never kept")
    with store.reading() as rows:
        assert rows.room_of_vectors() == {"e5@2": 3}
        assert rows.vectors("e5@2", ["a"]) == {"a": b"\x09\x08\x07"}


def test_a_study_without_vectors_keeps_none(store):
    with store.reading() as rows:
        assert rows.room_of_vectors() == {}


def test_an_operation_is_taken_once(store):
    with store.writing() as rows:
        assert rows.take_operation("ikkuna", 1) is True
        assert rows.take_operation("ikkuna", 1) is False
        assert rows.take_operation("toinen", 1) is True
        assert rows.take_operation("ikkuna", 7) is True
    with store.writing() as rows:
        assert rows.take_operation("ikkuna", 7) is False
    with pytest.raises(RuntimeError), store.writing() as rows:
        assert rows.take_operation("ikkuna", 8) is True
        raise RuntimeError
    with store.writing() as rows:
        assert rows.take_operation("ikkuna", 8) is True, "what was broken off took nothing"


def test_what_became_of_an_operation_is_kept_with_it(store):
    refusal = {"template": "There is nothing to undo.", "values": {"n": [1, None, "ä"]}}
    with store.writing() as rows:
        for seq in (1, 2, 3, 4):
            rows.take_operation("ikkuna", seq)
        rows.keep_outcome(Outcome("ikkuna", 1, "2026-01-01", decision=7))
        rows.keep_outcome(Outcome("ikkuna", 2, "2026-01-01", refusal=refusal))
        rows.keep_outcome(Outcome("ikkuna", 3, "2026-03-01", refusal=refusal))
        rows.keep_outcome(Outcome("poissa", 1, "2026-01-01", decision=7))
    with store.writing() as rows:
        rows.forget_refusals("2026-02-01")
    with store.reading() as rows:
        told = [rows.outcome("ikkuna", seq) for seq in (1, 2, 3, 4, 5)]
        assert rows.outcome("poissa", 1) is None, "never taken"
    assert told == [
        Outcome("ikkuna", 1, "2026-01-01", decision=7),
        Outcome("ikkuna", 2, "2026-01-01", refusal=REASON_FORGOTTEN),
        Outcome("ikkuna", 3, "2026-03-01", refusal=refusal),
        Outcome("ikkuna", 4),
        None,
    ]
