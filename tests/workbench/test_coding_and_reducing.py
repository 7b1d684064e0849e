"""Coding and reducing as the method has them: many to many, nothing lost, nothing written twice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qualcode.domain.approaches import Approach
from qualcode.domain.categories import Level, Placement
from qualcode.domain.codes import Code, Codebook, Origin
from qualcode.domain.coding import Coding, ReducedExpression, ReductionLink
from qualcode.domain.decisions import Act
from qualcode.domain.documents import Document, Segment
from qualcode.domain.errors import (
    AlreadyThere,
    ChangedMeanwhile,
    DuplicateName,
    EmptyName,
    EmptyWording,
    NewCodesNotAllowed,
    SegmentOutsideText,
    StillInUse,
    StudyExists,
    UnknownRow,
)
from qualcode.domain.role_maps import RolePlacement
from qualcode.workbench import (
    categorising,
    codebook_rules,
    codebooks,
    coding,
    history,
    reducing,
    role_mapping,
    studies,
)
from tests.builders import a_bench, a_study, code_whole, with_answers, with_codes

TEXT = "Äiti 👩‍👧 lohduttaa"


@pytest.fixture
def bench():
    bench = a_study()
    with_answers(bench, TEXT, "Apua sai heti", "en tiedä")
    with_codes(bench, "Lohtu", "Apu")
    return bench


def rows(bench, cls, **equals):
    with bench.store.reading() as reading:
        return reading.find(cls, **equals)


def decisions(bench):
    return history.log(bench).rows


def wordings(bench):
    return sorted(r.wording for r in rows(bench, ReducedExpression))


# --- coding ---------------------------------------------------------------------------------


def test_a_span_with_an_emoji_carries_the_code_and_the_log_quotes_it(bench):
    coding.code(bench, "d1", 5, 8, "c1")
    (segment,) = rows(bench, Segment)
    assert segment.of(TEXT) == "👩‍👧"
    newest = decisions(bench)[0]
    assert (newest.act, newest.who) == (Act.CODE, "Maija")
    assert (newest.summary["quote"], newest.summary["code"]) == ("👩‍👧", "Lohtu")


def test_coding_twice_is_coding_once(bench):
    first = coding.code(bench, "d1", 0, 4, "c1")
    count = history.log(bench).total
    assert coding.code(bench, "d1", 0, 4, "c1") == first
    assert coding.code(bench, "d1", 0, 4, "c1", "toinen tunnus") == first
    assert len(rows(bench, Coding)) == 1
    assert history.log(bench).total == count


def test_codes_overlap_and_a_span_may_carry_several(bench):
    coding.code(bench, "d1", 0, 8, "c1")
    coding.code(bench, "d1", 0, 8, "c2")
    coding.code(bench, "d1", 5, 18, "c1")
    assert len(rows(bench, Coding)) == 3
    assert len(rows(bench, Segment)) == 2


def test_each_coder_holds_their_own_coding_of_one_expression(bench):
    coding.code(bench, "d1", 0, 4, "c1")
    coding.code(a_bench(bench.store, "Pekka"), "d1", 0, 4, "c1")
    assert sorted(c.coder for c in rows(bench, Coding)) == ["Maija", "Pekka"]
    assert len(rows(bench, Segment)) == 1


@pytest.mark.parametrize(
    ("start", "end"), [(-1, 3), (3, 3), (5, 2), (0, len(TEXT) + 1), (99, 100), (0, 2**70)]
)
def test_a_span_outside_its_text_is_refused_whole(bench, start, end):
    with pytest.raises(SegmentOutsideText):
        coding.code(bench, "d1", start, end, "c1")
    assert rows(bench, Segment) == []


def test_an_unknown_text_or_code_is_refused_whole(bench):
    for document, code in (("d9", "c1"), ("d1", "c9")):
        with pytest.raises(UnknownRow):
            coding.code(bench, document, 0, 2, code)
    assert rows(bench, Segment) == rows(bench, Coding) == []


def test_an_id_in_use_does_not_carry_off_anothers_coding(bench):
    kept = coding.code(a_bench(bench.store, "Pekka"), "d1", 0, 4, "c1", "tunnus")
    with pytest.raises(AlreadyThere):
        coding.code(bench, "d2", 0, 4, "c2", "tunnus")
    assert rows(bench, Coding) == [kept]
    assert len(rows(bench, Segment)) == 1


def test_uncoding_takes_the_expression_along_only_when_nothing_hangs_on_it(bench):
    one = coding.code(bench, "d1", 0, 4, "c1")
    two = coding.code(bench, "d1", 0, 4, "c2")
    reducing.reduce(bench, "d2", 0, 4, "apua")
    three = coding.code(bench, "d2", 0, 4, "c1")
    coding.uncode(bench, one.id)
    assert len(rows(bench, Segment)) == 2
    coding.uncode(bench, two.id)
    coding.uncode(bench, three.id)
    assert [s.document_id for s in rows(bench, Segment)] == ["d2"]
    with pytest.raises(UnknownRow):
        coding.uncode(bench, one.id)


def test_whole_texts_are_coded_in_one_step(bench):
    assert code_whole(bench, ["d1", "d2", "d3"], "c2") == 3
    assert {s.id for s in rows(bench, Segment)} == {c.segment_id for c in rows(bench, Coding)}
    history.undo(bench)
    assert rows(bench, Coding) == rows(bench, Segment) == []


def test_texts_are_set_aside_and_brought_back(bench):
    coding.set_aside(bench, ["d3"], True)
    assert [d.id for d in rows(bench, Document, set_aside=True)] == ["d3"]
    count = history.log(bench).total
    coding.set_aside(bench, ["d3"], True)
    coding.set_aside(bench, [], True)
    assert history.log(bench).total == count
    coding.set_aside(bench, ["d3"], False)
    assert rows(bench, Document, set_aside=True) == []
    assert [d.act for d in decisions(bench)[:2]] == [Act.BRING_BACK, Act.SET_ASIDE]


# --- codes ----------------------------------------------------------------------------------


def test_a_code_found_while_reading_comes_from_the_data(bench):
    code = coding.add_code(bench, "  Oma \n aika ")
    assert (code.label_fi, code.label_en, code.origin) == ("Oma aika", "", Origin.DATA)
    assert rows(bench, Codebook, id=coding.DATA_CODEBOOK)[0].name_fi
    second = coding.add_code(bench, "Oma-aika!")
    assert {code.key, second.key} == {"oma_aika", "oma_aika_2"}
    with pytest.raises(DuplicateName):
        coding.add_code(bench, "OMA AIKA")
    with pytest.raises(EmptyName):
        coding.add_code(bench, " \n ")


def test_a_resent_new_code_is_the_same_code_and_a_taken_id_is_refused(bench):
    code = coding.add_code(bench, "Arki", code_id="uusi")
    assert coding.add_code(bench, "Arki", code_id="uusi") == code
    with pytest.raises(AlreadyThere):
        coding.add_code(bench, "Muu", code_id="c1")
    assert rows(bench, Code, id="c1")[0].label_fi == "Lohtu"


def test_a_strict_frame_takes_no_new_codes(bench):
    studies.edit(bench, approach=Approach.THEORY_DRIVEN, strict_frame=True)
    with pytest.raises(NewCodesNotAllowed):
        coding.add_code(bench, "Arki")
    studies.edit(bench, strict_frame=False)
    coding.add_code(bench, "Arki")


def test_a_shortcut_belongs_to_one_code(bench):
    first, second = sorted(rows(bench, Code), key=lambda c: c.id)
    codebooks.edit_code(bench, replace(first, shortcut="1"))
    codebooks.edit_code(bench, replace(second, shortcut="1"))
    assert {c.id: c.shortcut for c in rows(bench, Code)} == {"c1": "", "c2": "1"}
    history.undo(bench)
    assert {c.id: c.shortcut for c in rows(bench, Code)} == {"c1": "1", "c2": ""}


def test_a_code_is_never_under_itself(bench):
    first, second = sorted(rows(bench, Code), key=lambda c: c.id)
    codebooks.edit_code(bench, replace(second, parent_id="c1"))
    with pytest.raises(codebook_rules.CodeUnderItself):
        codebooks.edit_code(bench, replace(first, parent_id="c2"))


def test_a_code_in_use_is_not_removed(bench):
    coding.code(bench, "d1", 0, 4, "c1")
    with pytest.raises(StillInUse) as refused:
        coding.remove_code(bench, "c1")
    assert refused.value.values == {"kind": "code", "name": "Lohtu", "count": 1}
    coding.remove_code(bench, "c2")
    assert [c.id for c in rows(bench, Code)] == ["c1"]


def test_a_study_is_started_once(bench):
    with pytest.raises(StudyExists):
        studies.start(bench, "Toinen")
    assert bench.study().name == "Kokeilututkimus"


# --- reducing -------------------------------------------------------------------------------


def test_the_same_words_are_one_reduction(bench):
    first = reducing.reduce(bench, "d1", 0, 4, "Äiti lohduttaa")
    second = reducing.reduce(bench, "d2", 0, 4, " äiti  LOHDUTTAA. ")
    third = reducing.reduce(bench, "d2", 5, 8, "A\u0308iti lohduttaa!")
    assert first == second == third
    assert wordings(bench) == ["Äiti lohduttaa"]
    assert len(rows(bench, ReductionLink)) == 3


def test_a_wording_inside_hundreds_of_others_is_still_found(bench):
    with bench.act(Act.REDUCE) as work:
        work.add([ReducedExpression(f"x{n:04}", f"apu {n}") for n in range(700)])
    kept = reducing.reduce(bench, "d1", 0, 4, "z apu")
    short = reducing.reduce(bench, "d1", 0, 4, "u")
    assert reducing.reduce(bench, "d2", 0, 4, "U.") == short
    assert reducing.reduce(bench, "d2", 0, 4, "Z APU") == kept


def test_one_expression_gives_several_and_one_stands_for_many(bench):
    reducing.reduce(bench, "d1", 0, 4, "äiti")
    reducing.reduce(bench, "d1", 0, 4, "lohtu")
    reducing.reduce(bench, "d2", 0, 4, "lohtu")
    assert len(rows(bench, Segment)) == 2
    assert len(rows(bench, ReductionLink)) == 3


@pytest.mark.parametrize("wording", ["", "  \n\t ", "\u00a0"])
def test_a_reduction_needs_words(bench, wording):
    with pytest.raises(EmptyWording):
        reducing.reduce(bench, "d1", 0, 4, wording)
    assert rows(bench, Segment) == []


def test_a_lone_surrogate_or_a_nul_does_not_reach_the_study(bench):
    assert reducing.reduce(bench, "d1", 0, 4, "apu\ud800a\x00").wording == "apu\ufffda\ufffd"


def test_linking_twice_is_linking_once_and_a_taken_id_is_refused(bench):
    reduction = reducing.reduce(bench, "d1", 0, 4, "äiti", "linkki")
    reducing.link(bench, "d1", 0, 4, reduction.id)
    assert len(rows(bench, ReductionLink)) == 1
    with pytest.raises(AlreadyThere):
        reducing.reduce(bench, "d2", 0, 4, "muu", "linkki")
    assert wordings(bench) == ["äiti"]


def test_the_last_unlinking_takes_the_reduction_with_its_places(bench):
    reduction = reducing.reduce(bench, "d1", 0, 4, "äiti")
    reducing.link(bench, "d2", 0, 4, reduction.id)
    categorising.add(bench, "Lohtu", Level.SUBCATEGORY, reductions=[reduction.id])
    role_map = role_mapping.start(bench, "Kartta", "", [role_mapping.RoleDraft("Saaja")])
    (role,) = rows(bench, role_mapping.Role, map_id=role_map.id)
    role_mapping.link(bench, role.id, reduction_id=reduction.id)
    first, second = rows(bench, ReductionLink)
    reducing.unlink(bench, first.id)
    assert wordings(bench) == ["äiti"]
    reducing.unlink(bench, second.id)
    for cls in (ReducedExpression, Placement, RolePlacement, Segment):
        assert rows(bench, cls) == []
    history.undo(bench)
    assert len(rows(bench, Placement)) == len(rows(bench, RolePlacement)) == 1


def test_rewording_sees_what_another_window_did(bench):
    reduction = reducing.reduce(bench, "d1", 0, 4, "äiti")
    other = a_bench(bench.store, "Pekka")
    reducing.reword(other, reduction.id, "äiti lohduttaa", seen="äiti")
    with pytest.raises(ChangedMeanwhile) as refused:
        reducing.reword(bench, reduction.id, "emo", seen="äiti")
    assert refused.value.values == {
        "kind": "reduction",
        "who": "Pekka",
        "now": "äiti lohduttaa",
        "yours": "emo",
    }
    assert wordings(bench) == ["äiti lohduttaa"]
    reducing.reword(bench, reduction.id, "emo", seen="äiti lohduttaa")
    assert wordings(bench) == ["emo"]


def test_rewording_to_words_that_exist_merges(bench):
    first = reducing.reduce(bench, "d1", 0, 4, "äiti")
    second = reducing.reduce(bench, "d2", 0, 4, "emo")
    assert reducing.reword(bench, second.id, "ÄITI.", seen="emo") == first
    assert wordings(bench) == ["äiti"]
    assert {link.reduction_id for link in rows(bench, ReductionLink)} == {first.id}


def test_rewording_only_the_letter_case_keeps_the_reduction(bench):
    reduction = reducing.reduce(bench, "d1", 0, 4, "äiti")
    assert reducing.reword(bench, reduction.id, "Äiti", seen="äiti").id == reduction.id
    assert wordings(bench) == ["Äiti"]


def test_merging_gathers_links_place_and_roles_each_once(bench):
    kept = reducing.reduce(bench, "d1", 0, 4, "äiti")
    other = reducing.reduce(bench, "d1", 0, 4, "emo")
    third = reducing.reduce(bench, "d2", 0, 4, "mutsi")
    categorising.add(bench, "Lohtu", Level.SUBCATEGORY, reductions=[other.id])
    role_map = role_mapping.start(bench, "Kartta", "", [role_mapping.RoleDraft("Saaja")])
    (role,) = rows(bench, role_mapping.Role, map_id=role_map.id)
    for reduction in (kept, other, third):
        role_mapping.link(bench, role.id, reduction_id=reduction.id)
    merged = reducing.merge(bench, kept.id, [other.id, other.id, third.id, kept.id], "äiti auttaa")
    assert merged.wording == "äiti auttaa"
    assert wordings(bench) == ["äiti auttaa"]
    assert len(rows(bench, ReductionLink)) == 2
    assert [p.id for p in rows(bench, Placement)] == [kept.id]
    assert [p.reduction_id for p in rows(bench, RolePlacement)] == [kept.id]
    assert decisions(bench)[0].summary["count"] == 3


def test_merging_into_words_of_a_third_takes_the_third_along(bench):
    first = reducing.reduce(bench, "d1", 0, 4, "äiti")
    second = reducing.reduce(bench, "d2", 0, 4, "emo")
    reducing.reduce(bench, "d2", 5, 8, "lohtu")
    reducing.merge(bench, first.id, [second.id], "Lohtu")
    assert wordings(bench) == ["Lohtu"]
    assert len(rows(bench, ReductionLink)) == 3


def split_study(bench):
    reduction = reducing.reduce(bench, "d1", 0, 4, "äiti")
    reducing.link(bench, "d2", 0, 4, reduction.id)
    last = reducing.reduce(bench, "d2", 5, 8, "viimeinen")
    categorising.add(bench, "Lohtu", Level.SUBCATEGORY, reductions=[reduction.id, last.id])
    return reduction, rows(bench, ReductionLink, reduction_id=reduction.id), last


def test_splitting_places_the_new_next_to_the_old(bench):
    old, links, last = split_study(bench)
    new = reducing.split(bench, old.id, "mummo", [links[1].id])
    tree = categorising.tree(bench)
    (category,) = tree.roots()
    assert tree.reductions_in(category.id) == [old.id, new.id, last.id]
    assert [x.reduction_id for x in rows(bench, ReductionLink, id=links[1].id)] == [new.id]


def test_splitting_everything_off_is_giving_place_and_roles_on(bench):
    old, links, _ = split_study(bench)
    role_map = role_mapping.start(bench, "Kartta", "", [role_mapping.RoleDraft("Saaja")])
    (role,) = rows(bench, role_mapping.Role, map_id=role_map.id)
    role_mapping.link(bench, role.id, reduction_id=old.id)
    new = reducing.split(bench, old.id, "mummo", [link.id for link in links])
    assert wordings(bench) == ["mummo", "viimeinen"]
    assert [p.reduction_id for p in rows(bench, RolePlacement)] == [new.id]
    assert new.id in categorising.tree(bench).placements


def test_splitting_to_words_that_exist_links_each_expression_once(bench):
    old, links, _ = split_study(bench)
    there = reducing.reduce(bench, "d2", 0, 4, "mummo")
    taken = next(link for link in links if link.segment_id.startswith("d2"))
    reducing.split(bench, old.id, "MUMMO", [taken.id])
    assert len(rows(bench, ReductionLink, reduction_id=there.id)) == 1
    assert len(rows(bench, ReductionLink, reduction_id=old.id)) == 1


def test_only_its_own_links_are_split_off(bench):
    old, _, last = split_study(bench)
    (foreign,) = rows(bench, ReductionLink, reduction_id=last.id)
    with pytest.raises(UnknownRow):
        reducing.split(bench, old.id, "mummo", [foreign.id])
    assert wordings(bench) == ["viimeinen", "äiti"]


def test_removing_keeps_the_codings_of_the_expression(bench):
    reduction = reducing.reduce(bench, "d1", 0, 4, "äiti")
    coding.code(bench, "d1", 0, 4, "c1")
    reducing.reduce(bench, "d2", 0, 4, "ÄITI")
    reducing.remove(bench, [reduction.id])
    assert rows(bench, ReducedExpression) == rows(bench, ReductionLink) == []
    assert [s.document_id for s in rows(bench, Segment)] == ["d1"]
