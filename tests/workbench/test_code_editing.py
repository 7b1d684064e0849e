"""A code edited where it is used: what somebody changed, in their language, never over others."""

from __future__ import annotations

import pytest

from qualcode.domain.codes import PALETTE, Code
from qualcode.domain.errors import BadOperation, ChangedMeanwhile, DuplicateName, UnknownRow
from qualcode.store.opening import create
from qualcode.workbench import code_editing, coding, history, operations
from qualcode.workbench.bench import Workbench
from qualcode.workbench.checking import check
from qualcode.workbench.codebook_rules import NotAColour, NotAShortcut
from tests.builders import a_bench, a_study, everything, with_answers, with_codes


@pytest.fixture(params=["memory", "sqlite"])
def bench(request, tmp_path):
    store = None if request.param == "memory" else create(tmp_path / "tutkimus.qualcode")
    bench = a_study(store)
    with_answers(bench, "Äiti lohduttaa")
    with_codes(bench, "Lohtu", "Apu")
    yield bench
    bench.store.close()


def the(bench, code_id="c1") -> Code:
    with bench.store.reading() as rows:
        return rows.get(Code, code_id)


def test_texts_and_colour_change_in_one_undoable_step(bench):
    before = everything(bench.store)
    code_editing.edit(
        bench,
        "c1",
        {"label": "Lohdutus", "definition": "Kun lohdutetaan.", "colour": PALETTE[3]},
        {"label": "Lohtu", "definition": "", "colour": ""},
    )
    now = the(bench)
    assert (now.label_fi, now.definition_fi, now.colour) == (
        "Lohdutus",
        "Kun lohdutetaan.",
        PALETTE[3],
    )
    assert (now.label_en, now.rule_fi) == ("", "")
    history.undo(bench)
    assert everything(bench.store) == before
    assert check(bench) == []


def test_the_reader_s_language_is_written_and_the_other_stays(bench):
    english = Workbench(bench.store, "Maija", "en", bench.clock, bench.new_id)
    code_editing.edit(english, "c1", {"label": "Comfort"}, {"label": "Lohtu"})
    assert (the(bench).label_fi, the(bench).label_en) == ("Lohtu", "Comfort")
    code_editing.edit(english, "c1", {"label": "Solace"}, {"label": "Comfort"})
    assert (the(bench).label_fi, the(bench).label_en) == ("Lohtu", "Solace")


def test_what_the_writer_did_not_touch_stays_as_another_left_it(bench):
    other = a_bench(bench.store, "Pekka")
    code_editing.edit(other, "c1", {"rule": "Vain läheiset."}, {"rule": ""})
    code_editing.edit(bench, "c1", {"definition": "Lohtu."}, {"definition": ""})
    assert (the(bench).rule_fi, the(bench).definition_fi) == ("Vain läheiset.", "Lohtu.")


def test_a_text_that_both_have_changed_is_not_overwritten(bench):
    code_editing.edit(a_bench(bench.store, "Pekka"), "c1", {"rule": "Pekan"}, {"rule": ""})
    with pytest.raises(ChangedMeanwhile, match=r"Pekka.*Pekan.*Maijan"):
        code_editing.edit(bench, "c1", {"rule": "Maijan"}, {"rule": ""})
    code_editing.edit(bench, "c1", {"rule": "Maijan"}, {"rule": "Pekan"})
    assert the(bench).rule_fi == "Maijan"


def test_a_key_moves_from_one_code_to_another(bench):
    code_editing.edit(bench, "c1", {"shortcut": "3"}, {"shortcut": ""})
    code_editing.edit(bench, "c2", {"shortcut": "3"}, {"shortcut": ""})
    assert (the(bench, "c1").shortcut, the(bench, "c2").shortcut) == ("", "3")
    code_editing.edit(bench, "c2", {"shortcut": ""}, {"shortcut": "3"})
    assert the(bench, "c2").shortcut == ""


def test_saving_what_was_there_is_no_act(bench):
    steps = history.log(bench).total
    code_editing.edit(bench, "c1", {"label": "Lohtu"}, {"label": "Lohtu"})
    assert history.log(bench).total == steps


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"label": "Apu"}, DuplicateName),
        ({"colour": "red"}, NotAColour),
        ({"colour": "url(//example.org)"}, NotAColour),
        ({"shortcut": "0"}, NotAShortcut),
    ],
)
def test_what_will_not_do_is_refused_whole(bench, changes, error):
    before = everything(bench.store)
    with pytest.raises(error):
        code_editing.edit(bench, "c1", {**changes, "rule": "x"}, {"label": "Lohtu"})
    assert everything(bench.store) == before
    with pytest.raises(UnknownRow):
        code_editing.edit(bench, "poissa", changes, {})


# --- colours of new codes -----------------------------------------------------------------------


def test_a_new_code_gets_the_first_free_colour_or_the_one_it_was_painted_with(bench):
    code_editing.edit(bench, "c1", {"colour": PALETTE[0].lower()}, {})
    code_editing.edit(bench, "c2", {"colour": PALETTE[2]}, {})
    assert coding.add_code(bench, "Kolmas").colour == PALETTE[1]
    assert coding.add_code(bench, "Neljäs").colour == PALETTE[3]
    assert coding.add_code(bench, "Viides", colour="#123456").colour == "#123456"
    with pytest.raises(NotAColour):
        coding.add_code(bench, "Kuudes", colour="punainen")


# --- from the browser ---------------------------------------------------------------------------


def send(bench, *sent):
    return operations.apply(
        bench, "ikkuna", [{"seq": n, **one} for n, one in enumerate(sent, start=1)]
    )


def test_each_operation(bench):
    reply = send(
        bench,
        {"op": "edit_code", "id": "c1", "changes": {"rule": "Näin."}, "seen": {"rule": ""}},
        {"op": "edit_code", "id": "c1", "changes": {"rule": ""}, "seen": {"rule": "Näin."}},
        {"op": "add_code", "id": "uusi", "label": "Uusi", "colour": PALETTE[7]},
        {"op": "undo"},
    )
    assert (reply.ack, reply.refused) == (4, ())
    assert the(bench).rule_fi == ""
    assert the(bench, "uusi") is None


@pytest.mark.parametrize(
    "sent",
    [
        {"op": "edit_code", "id": "c1", "changes": {"rule": "x"}},
        {"op": "edit_code", "id": "c1", "changes": ["rule"], "seen": {}},
        {"op": "edit_code", "id": "c1", "changes": {"parent_id": "c1"}, "seen": {}},
        {"op": "edit_code", "id": "c1", "changes": {"rule": None}, "seen": {}},
        {"op": "edit_code", "id": "c1", "changes": {"rule": "a\x00b"}, "seen": {}},
        {"op": "edit_code", "id": "c1", "changes": {"rule": "x" * 10_001}, "seen": {}},
        {"op": "add_code", "id": "u", "label": "Uusi", "colour": 7},
    ],
)
def test_what_is_no_operation_is_refused(bench, sent):
    before = everything(bench.store)
    reply = send(bench, sent)
    assert [type(refusal.error) for refusal in reply.refused] == [BadOperation]
    assert everything(bench.store) == before
