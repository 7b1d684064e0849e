"""The command ``forms``, and surveys brought in on a form. All invented."""

from __future__ import annotations

import json

import pytest

from qualcode.bootstrap import open_store
from qualcode.commands import DONE, LOOK, NO_FILE, REFUSED, main
from qualcode.domain.documents import ClosedAnswer, ClosedState, Item, Respondent
from qualcode.domain.instruments import ItemLink

FORM = """\
name: Keksitty asiakaskysely
actor_group: asiakas
questions:
  - {number: "1", section: Taustatiedot, type: single_choice, text: Mies vai nainen,
     options: [nainen, mies]}
  - {number: "2", section: Tieto, theme: tieto, type: likert5, text: Sain tietoa palvelusta,
     options: [1 = eri mieltä, 2, 3, 4, 5 = samaa mieltä]}
  - {number: "3", type: open, text: Kuvaa kokemuksiasi, parts: [työntekijän kanssa, muiden kanssa]}
"""
ANSWERS = """\
Mies vai nainen;2. Sain tietoa palvelusta;3 Työntekijän kanssa;3 Muiden kanssa
nainen;4;Hän kuunteli minua joka kerta;Naapuri auttoi kaupassa usein
nainen;5;Sain soittaa milloin vain hänelle;Siskon kanssa puhuin paljon
mies;3 tai 4;En ollut varma mitä hän tarkoitti;Kukaan muu ei ollut siinä mukana
"""
SHEET = "Numero;Tyyppi;Kysymys\n1;avoin;Mitä sait valita?\n1;likert5;Sain apua ajoissa\n"


@pytest.fixture
def run(tmp_path, capsys):
    """``run(command, *options)`` -> (exit code, standard output, standard error), in Finnish."""

    def command(*words):
        code = main([*map(str, words), "--study", str(tmp_path / "t.qualcode"), "--language", "fi"])
        out, err = capsys.readouterr()
        return code, out, err

    return command


@pytest.fixture
def files(tmp_path):
    (tmp_path / "lomake.yaml").write_text(FORM, encoding="utf-8")
    (tmp_path / "vastaukset.csv").write_text(ANSWERS, encoding="utf-8")
    (tmp_path / "kysymykset.csv").write_text(SHEET, encoding="utf-8")
    return tmp_path


def rows(folder, cls):
    store = open_store(folder / "t.qualcode")
    with store.reading() as reading:
        found = reading.find(cls)
    store.close()
    return found


def test_a_form_is_taken_listed_and_shown(run, files):
    run("new", "Tutkimus")
    assert "forms --take" in run("forms")[1]
    code, out, _err = run("forms", "--take", files / "lomake.yaml")
    assert (code, out) == (DONE, "   3  Keksitty asiakaskysely\n")
    assert run("forms")[1] == "   3  Keksitty asiakaskysely (versio 1, luonnos)\n"
    [listed] = json.loads(run("forms", "--json")[1])["forms"]
    assert (listed["questions"], listed["actor_group"]) == (3, "asiakas")
    assert "Sain tietoa palvelusta" in run("forms", "--show", "keksitty")[1]


def test_a_number_on_two_questions_is_told_when_the_form_is_taken(run, files):
    run("new", "Tutkimus")
    code, _out, err = run("forms", "--take", files / "kysymykset.csv")
    assert code == LOOK
    assert "1 Sain apua ajoissa" in err


def test_a_survey_on_a_form_is_read_as_the_form_asked_it(run, files):
    run("new", "Tutkimus")
    run("forms", "--take", files / "lomake.yaml")
    code, out, err = run("import", files / "vastaukset.csv", "--form", "Keksitty")
    assert code == LOOK, "3 tai 4 is none of the options"
    assert "Keksitty asiakaskysely: kysymyksistä tiedostossa 3/3." in out
    assert "Taustamuuttujiksi luettiin: 1 Mies vai nainen." in out
    assert "3 tai 4" in err
    people = rows(files, Respondent)
    assert {p.actor_group for p in people} == {"asiakas"}
    assert [p.background for p in people] == [
        {"Mies vai nainen": sex} for sex in ("nainen", "nainen", "mies")
    ]
    scale, *parts = sorted(rows(files, Item), key=lambda item: item.position)
    assert (scale.section, scale.options[-1]) == ("Tieto", "5 = samaa mieltä")
    assert [item.number for item in parts] == ["3", "3"]
    assert len({link.asked_id for link in rows(files, ItemLink)}) == 2
    states = [answer.state for answer in rows(files, ClosedAnswer)]
    assert states.count(ClosedState.UNINTERPRETABLE) == 1


def test_a_survey_that_looks_like_a_form_of_the_study_is_told(run, files):
    run("new", "Tutkimus")
    run("forms", "--take", files / "lomake.yaml")
    _code, _out, err = run("import", files / "vastaukset.csv")
    assert '--form "Keksitty asiakaskysely"' in err
    assert rows(files, ItemLink) == []


def test_a_form_that_is_not_there_is_told_with_those_that_are(run, files):
    code, _out, err = run("import", files / "vastaukset.csv", "--form", "Muu")
    assert code == REFUSED
    assert "”Muu”" in err
    assert not (files / "t.qualcode").exists()
    run("new", "Tutkimus")
    run("forms", "--take", files / "lomake.yaml")
    _code, _out, err = run("import", files / "vastaukset.csv", "--form", "Muu")
    assert "Sen lomakkeet: Keksitty asiakaskysely" in err
    assert rows(files, Respondent) == []


@pytest.mark.parametrize("name", ["vastaukset.csv", "havainnot.txt", "luvut.json"])
def test_a_form_is_not_said_of_what_is_no_survey(run, files, name):
    if name != "vastaukset.csv":
        (files / name).write_text("Kävin kaupassa.\n", encoding="utf-8")
    kind = ("--kind", "workshop") if name == "vastaukset.csv" else ()
    code, _out, err = run("import", files / name, *kind, "--form", "Keksitty")
    assert code == NO_FILE
    assert f"Tiedostoa {name} ei lueta kyselynä" in err
    assert "--form" in err
    assert not (files / "t.qualcode").exists()


def test_a_form_is_not_brought_in_as_people(run, files):
    code, _out, err = run("import", files / "kysymykset.csv")
    assert code == NO_FILE
    assert 'forms --take "kysymykset.csv"' in err
    code, _out, _err = run("import", files / "kysymykset.csv", "--kind", "survey")
    assert code in (DONE, LOOK)
