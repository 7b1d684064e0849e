"""What errors and decisions sound like in Finnish and in English."""

from __future__ import annotations

import pytest

from qualcode.domain.decisions import Act, Decision
from qualcode.domain.errors import CannotUndo, NothingToUndo, Term, UnknownFileType, WrongLevel
from qualcode.nlp.problems import MissingEngine
from qualcode.texts import gettext_for
from qualcode.workbench.messages import act_sentence, kind_title, message_of
from qualcode.workbench.nearest_texts import NoMeaning
from qualcode.workbench.suggesting.teaching import NoLikeness

FI, EN = gettext_for("fi"), gettext_for("en")


def said(act, translate=FI, /, **summary):
    return act_sentence(Decision(1, "", "Maija", act, summary), translate)


@pytest.mark.parametrize(
    ("act", "summary", "finnish", "english"),
    [
        (
            Act.CODE,
            {"quote": "Apua sai", "code": "Apu", "document": "d1"},
            "koodasi ilmauksen ”Apua sai” koodilla ”Apu”",
            "coded “Apua sai” with “Apu”",
        ),
        (
            Act.CODE,
            {"code": "Apu", "count": 3},
            "koodasi 3 tekstiä koodilla ”Apu”",
            "coded 3 texts with “Apu”",
        ),
        (
            Act.CODE,
            {"code": "Apu", "count": 1},
            "koodasi kokonaisen tekstin koodilla ”Apu”",
            "coded a whole text with “Apu”",
        ),
        (
            Act.PLACE,
            {"wording": "apu", "category": "Arki", "count": 1},
            "sijoitti pelkistyksen ”apu” luokkaan ”Arki”",
            "placed “apu” in “Arki”",
        ),
        (
            Act.PLACE,
            {"wording": "apu", "category": "", "count": 1},
            "poisti pelkistyksen ”apu” luokastaan",
            "took “apu” out of its category",
        ),
        (
            Act.UNDO,
            {"act": "code", "quote": "Apua", "code": "Apu"},
            "kumosi: koodasi ilmauksen ”Apua” koodilla ”Apu”",
            "undid: coded “Apua” with “Apu”",
        ),
        (Act.REDO, {}, "teki uudelleen: …", "did again: …"),
        (Act.EDIT_STUDY, {"name": "X"}, "muutti tutkimuksen asetuksia", None),
        (Act.CODE, {"document": "d1"}, "koodasi ilmauksen", "coded an expression"),
    ],
)
def test_the_log_tells_what_was_done(act, summary, finnish, english):
    assert said(act, **summary) == finnish
    if english:
        assert said(act, EN, **summary) == english


@pytest.mark.parametrize("act", list(Act))
def test_every_act_says_something_without_any_summary(act):
    assert said(act).strip()
    assert "{" not in said(act)


def test_a_long_quote_and_line_breaks_do_not_fill_the_log():
    told = said(Act.CODE, quote="sana\n\n" * 100, code="Apu")
    assert len(told) < 120
    assert "\n" not in told


def test_braces_in_a_persons_words_are_only_words():
    assert "{x}" in said(Act.CODE, quote="{x} {0}", code="Apu")


def test_kinds_levels_acts_and_terms_inside_an_error_are_translated():
    assert kind_title("reduction", FI) == "pelkistys"
    told = message_of(CannotUndo(act="code", what="reduction", who="Pekka"), FI)
    assert "koodasi ilmauksen" in told
    assert "(pelkistys)" in told
    assert "Pekka" in told
    told = message_of(
        WrongLevel(name="A", level="subcategory", parent="B", parent_level="main_category"), FI
    )
    assert "”A” (alaluokka)" in told
    assert "”B” (pääluokka)" in told
    term = message_of(UnknownFileType(file="a.pdf", known=Term("coding")), FI)
    assert "koodaus" in term
    assert message_of(NothingToUndo(), FI) == "Kumottavaa ei ole."


def test_an_error_told_inside_another_speaks_the_same_language():
    why = MissingEngine(engine="e5", missing="onnxruntime", install="pip install onnxruntime")
    for error in (NoLikeness(what=why), NoMeaning(what=why)):
        said = message_of(error, FI)
        assert "Ehdotusmoottori ”Monikielinen lausemalli” tarvitsee" in said
        assert "which is not installed" not in said
