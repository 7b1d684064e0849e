"""Memos: kept with what they are about through merging, removing, undo and redo."""

from __future__ import annotations

import io

import pytest
from docx import Document
from openpyxl import load_workbook

from qualcode.domain.categories import Level
from qualcode.domain.coding import Coding
from qualcode.domain.decisions import Act
from qualcode.domain.documents import Segment
from qualcode.domain.errors import AlreadyThere, CannotUndo, ChangedMeanwhile, UnknownRow
from qualcode.domain.memos import ABOUT, Memo
from qualcode.store.kinds import KINDS
from qualcode.store.views import MemoQuery
from qualcode.texts import gettext_for
from qualcode.workbench import (
    categorising,
    checking,
    coding,
    history,
    importing,
    memos,
    operations,
    reducing,
    reporting,
    role_mapping,
    segment_acts,
)
from qualcode.workbench.memo_links import WORDS, link_to, pointed_at, read_link
from qualcode.workbench.messages import act_sentence
from tests.builders import (
    a_bench,
    a_respondent,
    a_study,
    an_answer,
    an_item,
    bring_in,
    everything,
    with_codes,
)
from tests.workbench.test_reporting import with_consent

TEXT = "Apua sai heti, kun kysyi."


@pytest.fixture
def bench():
    bench = a_study()
    bring_in(
        bench,
        a_respondent("v1"),
        an_item("q1"),
        an_answer(TEXT, "d1", "v1", "q1"),
        an_answer("Ei tiedä", "d2", position=1),
    )
    with_codes(bench, "Toivo", "Apu")
    return bench


def about(bench, kind, id):
    return [row.memo.text for row in memos.about(bench, kind, id)]


def segments_of(bench):
    with bench.store.reading() as rows:
        return {(s.start, s.end) for s in rows.find(Segment)}


def reduced(bench, wording, start=0, end=4, document="d1"):
    return reducing.reduce(bench, document, start, end, wording)


# --- writing, changing, removing -------------------------------------------------------------


def test_a_memo_can_be_written_about_every_kind_of_thing(bench):
    reduction = reduced(bench, "apu tuli")
    category = categorising.add(bench, "Apu", Level.SUBCATEGORY)
    role_map = role_mapping.start(bench, "Kartta", "", [role_mapping.RoleDraft("Toivoja", True)])
    with bench.store.reading() as rows:
        role = rows.find(KINDS["role"].cls)[0]
    things = {
        "study": ("study", "Kokeilututkimus"),
        "segment": ("d1:0-4", "”Apua”"),
        "document": ("d1", f"”{TEXT}”"),
        "reduction": (reduction.id, "apu tuli"),
        "code": ("c1", "Toivo"),
        "codebook": ("teoria", "Teoria"),
        "category": (category.id, "Apu"),
        "role": (role.id, "Toivoja"),
        "role_map": (role_map.id, "Kartta"),
        "respondent": ("v1", "V1"),
        "item": ("q1", "0 Mitä q1?"),
    }
    assert set(things) == set(ABOUT)
    for kind, (id, label) in things.items():
        memo = memos.write(bench, kind, id, f"Ajatus: {kind}")
        (row,) = memos.about(bench, kind, id)
        assert (row.memo, row.about.label, row.about.there) == (memo, label, True)
        assert memo.about_label == label
        assert memos.counts(bench, kind, [id, "other"]) == {id: 1}
    assert checking.check(bench) == []


def test_who_and_when(bench):
    memo = memos.diary(bench, "  Ensimmäinen\r\nrivi  ")
    assert (memo.created_by, memo.text, memo.changed_at) == ("Maija", "Ensimmäinen\nrivi", "")
    pekka = a_bench(bench.store, "Pekka")
    changed = memos.change(pekka, memo.id, "Toinen", seen="Ensimmäinen\nrivi")
    assert (changed.created_by, changed.created_at) == ("Maija", memo.created_at)
    assert changed.changed_at


def test_a_change_made_meanwhile_is_not_overwritten(bench):
    memo = memos.diary(bench, "Alku")
    memos.change(a_bench(bench.store, "Pekka"), memo.id, "Pekan sana", seen="Alku")
    with pytest.raises(ChangedMeanwhile) as told:
        memos.change(bench, memo.id, "Minun sana", seen="Alku")
    assert told.value.values["who"] == "Pekka"
    assert told.value.values["now"] == "Pekan sana"
    assert about(bench, "study", "study") == ["Pekan sana"]


@pytest.mark.parametrize("text", ["", "  \n "])
def test_a_memo_needs_words(bench, text):
    with pytest.raises(memos.EmptyMemo):
        memos.diary(bench, text)
    memo = memos.diary(bench, "Sana")
    with pytest.raises(memos.EmptyMemo):
        memos.change(bench, memo.id, text)


def test_a_memo_has_an_end(bench):
    with pytest.raises(memos.LongMemo):
        memos.diary(bench, "a" * (memos.LONGEST + 1))


def test_a_memo_about_nothing_is_refused(bench):
    for kind, id in (("code", "no"), ("memo", "x"), ("coding", "x"), ("", "")):
        with pytest.raises(UnknownRow):
            memos.write(bench, kind, id, "Ajatus")
    with bench.store.reading() as rows:
        assert rows.count(Memo) == 0


def test_the_same_id_twice_is_refused(bench):
    memos.diary(bench, "Yksi", "m1")
    with pytest.raises(AlreadyThere):
        memos.diary(bench, "Kaksi", "m1")


def test_every_act_is_told_and_can_be_taken_back_and_done_again(bench):
    states, told = [everything(bench.store)], []
    acts = (
        lambda: memos.diary(bench, "**Ensin** tämä", "m1"),
        lambda: memos.write_on(bench, "d1", 0, 4, "Kohta", "m2"),
        lambda: memos.write(bench, "code", "c1", "Koodista", "m3"),
        lambda: memos.change(bench, "m2", "Toisin"),
        lambda: memos.remove(bench, "m2"),
    )
    for act in acts:
        act()
        states.append(everything(bench.store))
        told.append(act_sentence(history.log(bench, 0, 1).rows[0], gettext_for("fi")))
    assert told == [
        "kirjoitti tutkimuspäiväkirjaan: Ensin tämä",
        "kirjoitti muistion kohdasta ”Apua”: Kohta",
        "kirjoitti muistion aiheesta ”Toivo”: Koodista",
        "muutti muistiota kohdasta ”Apua”: Toisin",
        "poisti muistion kohdasta ”Apua”: Toisin",
    ]
    for state in reversed(states[:-1]):
        history.undo(bench)
        assert everything(bench.store) == state
    for state in states[1:]:
        history.redo(bench)
        assert everything(bench.store) == state
    assert checking.check(bench) == []


# --- a passage lives as long as a memo speaks of it ------------------------------------------


def test_a_memo_about_a_respondent_is_not_told_as_the_diary_and_does_not_name_them(bench):
    made = memos.write(bench, "respondent", "v1", "Soittaa [[vastaaja:V1]].")
    memos.change(bench, made.id, "Soitti.")
    memos.remove(bench, made.id)
    with bench.store.reading() as rows:
        log = rows.decisions(0, 3).rows
    assert [act_sentence(one, gettext_for("fi")) for one in log] == [
        "poisti muistion vastaajasta: Soitti.",
        "muutti muistiota vastaajasta: Soitti.",
        "kirjoitti muistion vastaajasta: Soittaa vastaaja.",
    ]
    assert act_sentence(log[2], str) == "wrote a memo about a respondent: Soittaa vastaaja."


def test_a_memo_keeps_its_passage_when_the_code_goes(bench):
    made = coding.code(bench, "d1", 0, 4, "c1")
    memo = memos.write_on(bench, "d1", 0, 4, "Miksi näin?")
    coding.uncode(bench, made.id)
    assert segments_of(bench) == {(0, 4)}
    assert memos.about(bench, "segment", memo.about_id)[0].about.there
    memos.remove(bench, memo.id)
    assert segments_of(bench) == set()
    history.undo(bench)
    assert segments_of(bench) == {(0, 4)}
    assert checking.check(bench) == []


def test_a_code_keeps_the_passage_when_the_memo_goes(bench):
    memo = memos.write_on(bench, "d1", 0, 4, "Miksi näin?")
    coding.code(bench, "d1", 0, 4, "c1")
    memos.remove(bench, memo.id)
    assert segments_of(bench) == {(0, 4)}


def test_only_its_writer_removes_a_memo(bench):
    memo = memos.diary(bench, "Minun ajatukseni")
    with pytest.raises(memos.NotYourMemo, match="Maija"):
        memos.remove(a_bench(bench.store, "Pekka"), memo.id)
    assert about(bench, "study", "study") == ["Minun ajatukseni"]
    memos.remove(bench, memo.id)
    assert about(bench, "study", "study") == []


def test_undoing_ones_coding_leaves_the_passage_of_anothers_memo(bench):
    pekka = a_bench(bench.store, "Pekka")
    coding.code(bench, "d1", 0, 4, "c1")
    memos.write_on(pekka, "d1", 0, 4, "Pekan ajatus")
    history.undo(bench)
    assert segments_of(bench) == {(0, 4)}
    history.redo(bench)
    history.undo(bench)
    history.undo(pekka)
    assert segments_of(bench) == set(), "nobody needs it any more"
    history.redo(pekka)
    assert segments_of(bench) == {(0, 4)}
    assert checking.check(bench) == []


def test_undoing_a_memo_leaves_the_passage_of_anothers_code(bench):
    pekka = a_bench(bench.store, "Pekka")
    memos.write_on(bench, "d1", 0, 4, "Ajatus")
    made = coding.code(pekka, "d1", 0, 4, "c1")
    history.undo(bench)
    assert segments_of(bench) == {(0, 4)}
    coding.uncode(pekka, made.id)
    assert segments_of(bench) == set()
    history.redo(bench)
    assert segments_of(bench) == {(0, 4)}, "what comes back finds its passage"


def test_a_memo_moves_along_when_its_passage_is_stretched(bench):
    made = coding.code(bench, "d1", 0, 4, "c1")
    memo = memos.write_on(bench, "d1", 0, 4, "Ajatus")
    before = everything(bench.store)
    segment_acts.stretch(bench, made.id, 0, 8)
    (row,) = memos.about(bench, "segment", "d1:0-8")
    assert (row.memo.id, row.about.label, row.was_called) == (memo.id, "”Apua sai”", "”Apua”")
    history.undo(bench)
    assert everything(bench.store) == before


def test_a_passage_marked_for_a_memo_alone_is_not_in_the_report_as_unreduced(bench):

    coding.code(bench, "d1", 0, 4, "c1")
    memos.write_on(bench, "d1", 5, 8, "Vain ajatus")
    report = reporting.report(bench, "fi", [reporting.Section.LEFT_OUT])
    (table,) = [t for t in report.tables() if t.key == "without_reduction"]
    assert [row.cells[0].value for row in table.rows] == ["Apua"]


# --- nothing thought is lost -----------------------------------------------------------------


def test_merging_reductions_carries_their_memos_over(bench):
    one, other = reduced(bench, "apu tuli"), reduced(bench, "apua saatiin", 5, 8)
    memos.write(bench, "reduction", one.id, "Ensin")
    memos.write(bench, "reduction", other.id, "Sitten")
    before = everything(bench.store)
    reducing.merge(bench, one.id, [other.id])
    rows = memos.about(bench, "reduction", one.id)
    assert [(row.memo.text, row.was_called) for row in rows] == [
        ("Ensin", ""),
        ("Sitten", "apua saatiin"),
    ]
    assert memos.about(bench, "reduction", other.id) == []
    history.undo(bench)
    assert everything(bench.store) == before


def test_rewording_into_another_reduction_carries_memos_over(bench):
    one, other = reduced(bench, "apu tuli"), reduced(bench, "apua saatiin", 5, 8)
    memos.write(bench, "reduction", other.id, "Ajatus")
    reducing.reword(bench, other.id, "apu tuli", "apua saatiin")
    assert about(bench, "reduction", one.id) == ["Ajatus"]


def test_merging_categories_carries_their_memos_over(bench):
    one = categorising.add(bench, "Apu", Level.SUBCATEGORY)
    other = categorising.add(bench, "Tuki", Level.SUBCATEGORY)
    memos.write(bench, "category", other.id, "Mitä tuki on?")
    categorising.merge(bench, one.id, [other.id])
    (row,) = memos.about(bench, "category", one.id)
    assert (row.about.label, row.was_called) == ("Apu", "Tuki")
    history.undo(bench)
    assert about(bench, "category", other.id) == ["Mitä tuki on?"]


def test_a_memo_outlives_what_it_was_about(bench):
    reduction = reduced(bench, "apu tuli")
    category = categorising.add(bench, "Apu", Level.SUBCATEGORY)
    memos.write(bench, "reduction", reduction.id, "Pelkistyksestä")
    memos.write(bench, "category", category.id, "Luokasta")
    reducing.remove(bench, [reduction.id])
    categorising.remove(bench, [category.id])
    rows = memos.browse(bench, MemoQuery(), 0, 10).rows
    assert [(row.about.label, row.about.there) for row in rows] == [
        ("Apu", False),
        ("apu tuli", False),
    ]
    assert checking.check(bench) == []
    history.undo(bench)
    assert memos.about(bench, "category", category.id)[0].about.there


def test_removing_a_file_leaves_the_memos_about_its_answers(bench):
    memos.write(bench, "document", "d1", "Tästä vastauksesta")
    memos.write_on(bench, "d1", 0, 4, "Tästä kohdasta")
    importing.remove_source(bench, "source")
    rows = memos.browse(bench, MemoQuery(), 0, 10).rows
    assert [(row.about.label, row.about.there) for row in rows] == [
        ("”Apua”", False),
        (f"”{TEXT}”", False),
    ]
    assert checking.check(bench) == []


def test_a_memo_brought_back_after_its_text_is_gone_stands_alone(bench):
    memo = memos.write_on(bench, "d1", 0, 4, "Ajatus")
    pekka = a_bench(bench.store, "Pekka")
    memos.remove(bench, memo.id)
    importing.remove_source(pekka, "source")
    with pytest.raises(CannotUndo):
        # The passage went with the memo: it cannot come back without its text.
        history.undo(bench)
    history.undo(pekka)
    history.undo(bench)
    assert about(bench, "segment", memo.about_id) == ["Ajatus"]


# --- links -----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [*ABOUT, "memo"])
def test_every_kind_can_be_pointed_at_in_both_languages(kind):
    wanted = ("study", "study") if kind == "study" else (kind, "x:1")
    assert read_link(link_to(kind, "x:1").strip("[]")) == wanted
    for word in WORDS[kind]:
        assert read_link(f"{word.upper()}: x:1") == wanted


@pytest.mark.parametrize(
    ("target", "meant"),
    [
        ("http://127.0.0.1:8501/koodaus?vastaus=q0-1", ("document", "q0-1")),
        ("/koodaus?ote=q0-1%3A0-4", ("segment", "q0-1:0-4")),
        ("koodikirjat?x=1&koodi=c1", ("code", "c1")),
        ("https://example.org/?sivu=1", None),
        ("http://[::1", None),
        ("mailto:joku", None),
        ("jotain", None),
    ],
)
def test_an_address_of_the_program_means_a_thing(target, meant):
    assert read_link(target) == meant


def test_links_find_their_things_by_name_and_id(bench):
    reduction = reduced(bench, "apu tuli")
    text = (
        "[[koodi:toivo]] [[code:c2]] [[pelkistys:Apu tuli.]] [[vastaaja:v1]] [[kysymys:0]] "
        "[[ote:d1:0-4]] [[tutkimus:]] [[koodi:Ei ole]] [paikka](/koodaus?vastaus=d2) "
        "https://example.org"
    )
    with bench.store.reading() as rows:
        found = pointed_at(rows, [text], "fi")
    assert {written: (t.kind, t.id, t.label, t.there) for written, t in found.items()} == {
        "koodi:toivo": ("code", "c1", "Toivo", True),
        "code:c2": ("code", "c2", "Apu", True),
        "pelkistys:Apu tuli.": ("reduction", reduction.id, "apu tuli", True),
        "vastaaja:v1": ("respondent", "v1", "V1", True),
        "kysymys:0": ("item", "q1", "0 Mitä q1?", True),
        "ote:d1:0-4": ("segment", "d1:0-4", "”Apua”", True),
        "tutkimus:": ("study", "study", "Kokeilututkimus", True),
        "koodi:Ei ole": ("code", "", "Ei ole", False),
        "/koodaus?vastaus=d2": ("document", "d2", "”Ei tiedä”", True),
    }


def test_each_memo_has_its_own_links_only(bench):
    memos.diary(bench, "Katso [[koodi:Toivo]]")
    memos.diary(bench, "Ei mitään")
    plain, linked = memos.browse(bench, MemoQuery(), 0, 10).rows
    assert (list(plain.links), list(linked.links)) == ([], ["koodi:Toivo"])


# --- from a browser --------------------------------------------------------------------------


def send(bench, *ops):
    return operations.apply(bench, "window", [{"seq": n, **op} for n, op in enumerate(ops, 1)])


def test_a_window_writes_changes_and_removes(bench):
    reply = send(
        bench,
        {"op": "write_memo", "id": "m1", "doc": "d1", "start": 0, "end": 4, "text": "Kohta"},
        {
            "op": "write_memo",
            "id": "m2",
            "about_kind": "document",
            "about_id": "d1",
            "text": "Koko",
        },
        {"op": "change_memo", "id": "m1", "text": "Toisin", "seen": "Kohta"},
        {"op": "change_memo", "id": "m1", "text": "Vanhasta", "seen": "Kohta"},
        {"op": "remove_memo", "id": "m2"},
    )
    assert [refusal.seq for refusal in reply.refused] == [4]
    assert about(bench, "segment", "d1:0-4") == ["Toisin"]
    assert about(bench, "document", "d1") == []


@pytest.mark.parametrize(
    "op",
    [
        {"op": "write_memo", "id": "m1", "doc": "d1", "start": 0, "end": 999, "text": "x"},
        {"op": "write_memo", "id": "m1", "about_kind": "nothing", "about_id": "d1", "text": "x"},
        {"op": "write_memo", "id": "m1", "about_kind": ["code"], "about_id": "c1", "text": "x"},
        {"op": "write_memo", "id": "m1", "about_kind": "code", "about_id": "c1", "text": 5},
        {"op": "write_memo", "id": "m1", "about_kind": "code", "about_id": "c1", "text": " "},
        {"op": "write_memo", "about_kind": "code", "about_id": "c1", "text": "x"},
        {"op": "change_memo", "id": "none", "text": "x"},
        {"op": "remove_memo", "id": None},
    ],
)
def test_what_cannot_be_done_is_refused_and_leaves_nothing(bench, op):
    before = everything(bench.store)
    assert len(send(bench, op).refused) == 1
    assert everything(bench.store) == before


def test_memos_do_not_count_as_analysis(bench):
    memos.write_on(bench, "d1", 0, 4, "Ajatus")
    with bench.store.reading() as rows:
        progress = rows.progress()
        assert rows.count(Coding) == progress.coded_documents == progress.reduced_documents == 0
    assert history.log(bench, 0, 1).rows[0].act is Act.WRITE_MEMO


# --- the report's appendix -------------------------------------------------------------------


def appendix(bench, language="fi", **choices):
    report = reporting.report(
        bench, language, [reporting.Section.MEMOS], reporting.Choices(**choices)
    )
    return report, next((t for t in report.tables() if t.key == "memos"), None)


def test_memos_are_printed_only_when_asked_for(bench):
    memos.diary(bench, "Ensimmäinen päivä")
    assert reporting.Section.MEMOS not in reporting.USUAL
    assert [t.key for t in reporting.report(bench, "fi").tables()] == []
    assert appendix(bench)[1] is not None


def test_the_appendix_tells_what_about_and_when_but_not_who_the_respondent_is(bench):
    coding.code(bench, "d1", 0, 4, "c1")
    memos.write_on(bench, "d1", 0, 4, "Kohdasta, vertaa [[vastaaja:V1]]")
    memos.write_on(bench, "d1", 5, 8, "Vain muistio")
    memos.write(bench, "respondent", "v1", "Vastaajasta")
    memos.write(bench, "code", "c1", "- **yksi**\n- kaksi")
    memos.diary(bench, "Päivä")
    _, table = appendix(bench)
    told = [[cell.text("fi") for cell in row.cells] for row in table.rows]
    day = told[1][2].split("\n")[1]
    assert told == [
        ["Tutkimuspäiväkirja"],
        ["", "Päivä", f"Maija\n{day}"],
        ["Ilmaus"],
        ["”Apua”\nasiakas 1", "Kohdasta, vertaa asiakas 1", f"Maija\n{day}"],
        ["”sai”\nasiakas 1", "Vain muistio", f"Maija\n{day}"],
        ["Koodi"],
        ["Toivo", "• yksi\n• kaksi", f"Maija\n{day}"],
        ["Vastaaja"],
        ["asiakas 1", "Vastaajasta", f"Maija\n{day}"],
    ]
    assert "V1" in str(appendix(bench, respondent_labels=True)[1].rows)
    assert checking.check(bench) == []


def test_the_appendix_prints_no_words_of_who_has_not_consented_also_not_behind_a_link(bench):
    coding.code(bench, "d1", 0, 4, "c1")
    memos.write_on(bench, "d1", 0, 4, "Kohdasta")
    memos.write_on(bench, "d1", 5, 8, "Vain muistio")
    memos.write(bench, "document", "d1", "Vastauksesta")
    memos.diary(bench, "Vertaa [[vastaus:d1]]")
    whole = str(appendix(bench)[1])
    assert "”Apua”" in whole and "”sai”" in whole and TEXT in whole
    with_consent(bench, "V1")
    told = str(appendix(bench)[1])
    assert "”Apua”" not in told and "”sai”" not in told and TEXT not in told
    assert told.count("[jätetty pois: ei suostumusta lainaamiseen]") == 4
    assert "Vain muistio" in told and "asiakas 1" not in told


def test_a_memo_of_a_removed_respondent_does_not_tell_their_name(bench):
    memos.write(bench, "respondent", "v1", "Vastaajasta")
    importing.remove_source(bench, "source")
    _, table = appendix(bench)
    assert table.rows[1].cells[0].text("fi") == "vastaaja (poistettu tutkimuksesta)"


def test_the_appendix_opens_in_word_and_excel(bench):
    memos.write(bench, "code", "c1", "Koodista\n\n- <b>yksi</b>")
    memos.diary(bench, "=1+1 ei ole kaava")
    report, _ = appendix(bench)
    document = Document(io.BytesIO(reporting.as_word(report)))
    assert any(p.text == "Muistiot" for p in document.paragraphs)
    (table,) = document.tables
    cells = [[cell.text for cell in row.cells] for row in table.rows]
    assert ["Toivo", "Koodista\n• <b>yksi</b>"] in [row[:2] for row in cells]
    assert any("=1+1 ei ole kaava" in row for row in cells)
    book = load_workbook(io.BytesIO(reporting.as_excel(report)))
    values = [
        cell
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    ]
    texts = [str(cell.value) for cell in values]
    assert any("Koodista\n• <b>yksi</b>" in text for text in texts)
    formula = next(cell for cell in values if "1+1" in str(cell.value))
    assert formula.data_type != "f"


def test_the_check_finds_a_memo_about_nothing(bench):
    memos.diary(bench, "Päivä")
    with bench.store.writing() as rows:
        rows.insert([Memo("m9", "nothing", "x", "Ajatus", "", "Pekka")])
    (finding, *_others) = checking.check(bench)
    assert "m9" in finding.where and "Pekka" in finding.where
