"""The command ``import``: the corpus, real open answers, and files that cannot be read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qualcode.bootstrap import open_store
from qualcode.commands import DONE, LOOK, NO_FILE, main
from qualcode.domain.documents import ClosedAnswer, ClosedState, Document, Item, Respondent, Source

CORPUS = Path(__file__).resolve().parents[2] / "corpora" / "arjen_tuki"


@pytest.fixture
def study(tmp_path):
    return tmp_path / "tutkimus.qualcode"


@pytest.fixture
def bring(study, capsys):
    """``bring(file, *options)`` -> (exit code, standard output, standard error), in Finnish."""

    def command(file, *options):
        code = main(
            ["import", str(file), "--study", str(study), "--language", "fi", *map(str, options)]
        )
        out, err = capsys.readouterr()
        return code, out, err

    return command


def rows(study, cls, **equals):
    store = open_store(study)
    with store.reading() as reading:
        found = reading.find(cls, **equals)
    store.close()
    return found


def test_a_survey_starts_a_study_and_its_bad_cells_are_told_with_their_place(bring, study):
    code, out, err = bring(
        CORPUS / "asiakaskysely.xlsx", "--map", CORPUS / "survey_map_asiakas.yaml", "--sent", 60
    )
    assert code == LOOK
    assert "asiakaskysely.xlsx on nyt tutkimuksessa." in out
    assert "rivi 10, sarake L: ”en ymmärrä kysymystä”" in err
    people = rows(study, Respondent)
    assert len(people) == 28
    assert {p.actor_group for p in people} == {"asiakas"}
    assert rows(study, Source)[0].sent == 60
    assert {i.theme for i in rows(study, Item)} >= {"valinnanvapaus", "osallisuus"}


def test_without_a_map_the_columns_are_guessed_as_the_wizard_does(bring, study):
    code, out, _err = bring(
        CORPUS / "tyontekijakysely.csv", "--actor-group", "työntekijä", "--json"
    )
    assert code == LOOK
    told = json.loads(out)
    assert (told["respondents"], told["texts"], told["set_aside"]) == (14, 55, 1)
    assert [(p["row"], p["column"]) for p in told["problems"]] == [(11, "I")]
    assert {r.actor_group for r in rows(study, Respondent)} == {"työntekijä"}


@pytest.mark.parametrize(
    ("file", "code", "texts", "aside", "people"),
    [
        ("tyopaja_swot.xlsx", DONE, 36, 0, 3),
        ("tyopaja_roolit.csv", DONE, 12, 0, 3),
        ("ryhmahaastattelu.docx", DONE, 41, 8, 4),
        ("havainnot.txt", DONE, 12, 0, 1),
    ],
)
def test_workshops_and_texts_are_recognised(bring, study, file, code, texts, aside, people):
    assert bring(CORPUS / file, "--actor-group", "työntekijä")[0] == code
    documents = rows(study, Document)
    assert (len(documents), sum(d.set_aside for d in documents)) == (texts, aside)
    assert len(rows(study, Respondent)) == people


def test_the_unit_and_the_interviewer_can_be_said(bring, study):
    assert bring(CORPUS / "ryhmahaastattelu.docx", "--interviewer", "V4")[0] == DONE
    assert {r.label for r in rows(study, Respondent)} == {"H", "V1", "V2", "V3"}
    assert bring(CORPUS / "havainnot.txt", "--unit", "whole")[0] == DONE
    assert len(rows(study, Document, set_aside=False)) == 41 - 7 + 1


def test_a_speaker_who_is_not_there_is_told(bring, study):
    code, _out, err = bring(CORPUS / "ryhmahaastattelu.docx", "--interviewer", "Liisa")
    assert code == NO_FILE
    assert "puhujaa Liisa ei ole. Puhujat ovat: H, V1, V3, V2, V4." in err
    assert not study.exists()


def test_the_same_file_comes_in_again_only_when_told(bring, study):
    bring(CORPUS / "havainnot.txt")
    code, _out, err = bring(CORPUS / "havainnot.txt")
    assert code == NO_FILE
    assert "on jo tutkimuksessa" in err
    assert bring(CORPUS / "havainnot.txt", "--again")[0] == DONE
    assert len(rows(study, Source)) == 2


# --- files that cannot be read ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("tyhja.csv", b"", "on tyhjä"),
        ("vaara.xlsx", b"id;a\n1;2\n", "ei ole sitä, mitä sen nimi sanoo"),
        ("vanha.xls", b"\xd0\xcf\x11\xe0", ".xlsx"),
        ("vain_otsikko.csv", b"id;vastaus\n", "ei ole rivejä"),
        ("rikki.xlsx", b"PK\x03\x04" + b"0" * 50, "rikki.xlsx"),
        ("luvut.json", b'{"tables": [{"items": [{"text": "a"}]}]}', "lukumääriä"),
        ("luvut.json", b"{", "rivi 1 ei ole JSON"),
    ],
)
def test_a_bad_file_is_one_sentence_and_starts_no_study(bring, study, tmp_path, name, data, told):
    (tmp_path / name).write_bytes(data)
    code, out, err = bring(tmp_path / name)
    assert (code, out) == (NO_FILE, "")
    assert told in err
    assert len(err.strip().splitlines()) == 1
    assert not study.exists()


def test_a_missing_file_and_a_broken_map_are_told(bring, study, tmp_path):
    code, _out, err = bring(tmp_path / "ei_ole.csv")
    assert code == NO_FILE
    assert "ei_ole.csv ei ole" in err
    (tmp_path / "kartta.yaml").write_text("id: [a", encoding="utf-8")
    code, _out, err = bring(CORPUS / "asiakaskysely.xlsx", "--map", tmp_path / "kartta.yaml")
    assert code == NO_FILE
    assert "kartta.yaml ei ole sarakekartta" in err
    (tmp_path / "kartta.yaml").write_text("open: [puuttuva]", encoding="utf-8")
    code, _out, err = bring(CORPUS / "asiakaskysely.xlsx", "--map", tmp_path / "kartta.yaml")
    assert code == NO_FILE
    assert "puuttuva" in err
    assert not study.exists()


def test_a_kind_that_a_file_cannot_be_is_refused(bring):
    code, _out, err = bring(CORPUS / "asiakaskysely.xlsx", "--kind", "text")
    assert code == NO_FILE
    assert "survey, workshop" in err


def test_a_failed_import_leaves_an_existing_study_as_it_was(bring, study, tmp_path):
    bring(CORPUS / "havainnot.txt")
    (tmp_path / "tyhja.csv").write_bytes(b"")
    assert bring(tmp_path / "tyhja.csv")[0] == NO_FILE
    assert len(rows(study, Source)) == 1


# --- the model study's own material -----------------------------------------------------------


def test_the_quotes_of_the_model_study_come_in_by_a_map(bring, study, tmp_path, gold):
    kept = "{column: text, number: '1', text: Sitaatti}"
    (tmp_path / "map.yaml").write_text(
        f"id: id\nactor_group: actor\nbackground: [theme, page]\nopen:\n  - {kept}\n"
        "ignore: [result_heading, table1_pelkistys, table1_rooli, table1_paarooli, note]\n",
        encoding="utf-8",
    )
    assert bring(gold / "quotes_client.csv", "--map", tmp_path / "map.yaml")[0] == DONE
    people = rows(study, Respondent)
    assert len(people) == 36
    assert {p.actor_group for p in people} == {"asiakas"}
    assert {p.background["theme"] for p in people} == {
        "valinnanvapaus",
        "asiakaslahtoisyys_osallisuus",
    }
    assert len(rows(study, Document)) == 36


def test_the_child_barometer_comes_in_with_its_refusals_set_aside(bring, study, gold):
    assert bring(gold / "child_barometer_fsd3134.csv", "--actor-group", "lapsi")[0] == DONE
    assert len(rows(study, Respondent)) == 414
    aside = rows(study, Document, set_aside=True)
    assert len(aside) >= 100
    refusals = {"eos", "ei osaa sanoa", "en tiedä", "ei tule mieleen", "ei halua vastata"}
    answers = rows(study, Document, set_aside=False)
    assert refusals <= {d.text.casefold().strip(" .") for d in aside}
    assert not refusals & {d.text.casefold().strip(" .") for d in answers}
    assert len(answers) > 1_000


def test_the_printed_tables_of_the_model_study_come_in_as_counts(bring, study, gold):
    assert bring(gold / "likert.json")[0] == DONE
    answers = rows(study, ClosedAnswer)
    by_state = {s: sum(a.count for a in answers if a.state is s) for s in ClosedState}
    # facts.md, section 5: 90 + 58 answers, 6 + 5 missing, 3 uninterpretable
    assert by_state == {
        ClosedState.ANSWERED: 148,
        ClosedState.MISSING: 11,
        ClosedState.UNINTERPRETABLE: 3,
    }
