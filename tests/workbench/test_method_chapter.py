"""The method chapter is told from the log, and each number names the decisions it rests on."""

from __future__ import annotations

import io

import docx
import pytest

from qualcode.domain.categories import Level
from qualcode.domain.rounds import Sending
from qualcode.texts import gettext_for
from qualcode.workbench import categorising, coding, history, reducing, rounds
from qualcode.workbench.bench import Workbench
from qualcode.workbench.method_chapter import drafting
from tests.builders import Clock, a_respondent, a_study, an_answer, bring_in, ids, with_codes

TEXT = "Sain apua arkeen."


@pytest.fixture
def bench():
    """Three answers coded by one and two of them by another; reduced and grouped. Invented."""
    bench = a_study()
    bring_in(
        bench,
        *(a_respondent(f"r{n}", ["asiakas", "työntekijä"][n == 2], position=n) for n in range(3)),
        *(an_answer(TEXT, f"d{n}", f"r{n}", position=n) for n in range(3)),
        an_answer("en tiedä", "d9", "r0", position=9, aside=True),
    )
    codes = with_codes(bench, "Apu", "Arki")
    for n in range(3):
        coding.code(bench, f"d{n}", 0, 8, codes[0])
    second = Workbench(bench.store, "Liisa", "fi", Clock(), ids("liisa"))
    coding.code(second, "d0", 0, 8, codes[0])
    coding.code(second, "d1", 0, 8, codes[1])
    made = [reducing.reduce(bench, f"d{n}", 0, 8, f"sai apua {n}").id for n in range(3)]
    first = categorising.add(bench, "Apu", Level.SUBCATEGORY, reductions=made[:2])
    other = categorising.add(bench, "Tuki", Level.SUBCATEGORY, reductions=made[2:])
    categorising.merge(bench, first.id, [other.id])
    return bench


def sentences(bench, language="fi"):
    return {
        told.text: told.sources for part in drafting.drafted(bench, language) for told in part.told
    }


def the(bench, beginning, language="fi"):
    (found,) = [(t, s) for t, s in sentences(bench, language).items() if t.startswith(beginning)]
    return found


def test_the_parts_stand_in_the_order_the_work_was_begun(bench):
    headings = [part.heading for part in drafting.drafted(bench, "fi")]
    assert headings[:6] == [
        "Analyysin toteutus",
        "Aineisto",
        "Analyysirunko",
        "Tekstien koodaaminen",
        "Ilmausten pelkistäminen",
        "Ryhmittely luokkiin",
    ]


def test_the_material_is_told_with_its_numbers(bench):
    text, sources = the(bench, "Aineisto tuotiin")
    assert "vastaajia 3, tekstejä 4" in text
    assert len(sources) == 2
    assert "sivuun 1, joten analysoitiin 3" in the(bench, "Teksteistä")[0]
    assert the(bench, "Vastaajat toimijaryhmittäin")[0].endswith("asiakas (2), työntekijä (1).")


def test_groups_and_those_without_one_add_up_to_all_respondents(bench):
    bring_in(bench, a_respondent("r9", "", position=9))
    told = the(bench, "Vastaajat toimijaryhmittäin")[0]
    assert told.endswith("asiakas (2), työntekijä (1), ei toimijaryhmää (1).")


def test_forms_sent_and_returned_are_told_with_the_act_that_told_them(bench):
    assert not [text for text in sentences(bench) if text.startswith("Lähetetyt")]
    rounds.put_sending(bench, Sending("", "asiakas", "Keksilä", sent=25, returned=11))
    text, sources = the(bench, "Lähetetyt ja palautetut")
    assert text.endswith("asiakas, Keksilä: lähetetty 25, palautettu 11 (44\u00a0%).")
    assert len(sources) == 3, "two imports and the act that told of the forms"


def test_two_coders_are_told_with_their_agreement(bench):
    assert "2 koodaajaa" in the(bench, "Tekstit koodasi")[0]
    text, _ = the(bench, "Koodaajia oli")
    # d0: both gave Apu; d1: one gave Apu, the other Arki. Four pairs of text and code, two alike.
    assert "vähintään kahden koodaamia tekstejä 2" in text and "50 %" in text


def test_merges_are_told_by_name_with_the_decision(bench):
    text, sources = the(bench, "Merkittäviä muutoksia")
    assert "Tuki" in text and len(sources) == 1
    with bench.store.reading() as rows:
        assert rows.decision(sources[0]).act.value == "merge_categories"


def test_what_was_merged_stands_in_the_quotation_marks_of_the_language(bench):
    told = {}
    for language in ("fi", "en"):
        [told[language]] = [text for text in sentences(bench, language) if "Tuki" in text]
    assert "”Tuki”" in told["fi"] and "“" not in told["fi"]
    assert "“Tuki”" in told["en"] and "”Tuki”" not in told["en"]


def test_changes_of_categories_are_told_with_whole_names_and_nobody_as_subject(bench):
    long = "Avun saaminen oikeaan aikaan ja oikeassa paikassa ilman turhaa odottamista"
    first = categorising.add(bench, long, Level.SUBCATEGORY)
    categorising.rename(bench, first.id, f"{long} kotona")
    gone = categorising.add(bench, "Turha luokka", Level.SUBCATEGORY)
    categorising.remove(bench, [gone.id])
    text, _ = the(bench, "Merkittäviä muutoksia")
    assert f"luokan ”{long}” nimeksi vaihdettiin ”{long} kotona”" in text
    assert "luokka ”Turha luokka” poistettiin" in text
    assert "nimesi" not in text and "poisti luokan" not in text


def test_what_was_taken_back_is_not_told_as_done(bench):
    history.undo(bench)
    assert not any(t.startswith("Merkittäviä") for t in sentences(bench))
    text, sources = the(bench, "Tekijöidensä perumia")
    assert text.endswith("1.") and len(sources) == 1


def test_every_source_is_a_decision_in_force_or_taken_back(bench):
    with bench.store.reading() as rows:
        for text, sources in sentences(bench).items():
            for id in sources:
                assert rows.decision(id) is not None, text


def test_an_empty_study_has_a_draft_of_its_approach_only():
    parts = drafting.drafted(a_study(), "fi")
    assert parts[0].heading == "Analyysin toteutus"
    assert not any(part.heading == "Tekstien koodaaminen" for part in parts)


@pytest.mark.parametrize("language", ["fi", "en"])
def test_the_word_file_has_the_prose_and_the_table_of_sources(bench, language):
    document = docx.Document(io.BytesIO(drafting.as_word(bench, language)))
    _ = gettext_for(language)
    assert any(p.text == _("Coding the texts") for p in document.paragraphs)
    (table,) = document.tables
    assert len(table.rows) == len(sentences(bench, language)) + 1
