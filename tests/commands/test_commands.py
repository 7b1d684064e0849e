"""The command line, as a script or a person in a terminal uses it."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from qualcode.bootstrap import open_store
from qualcode.commands import DONE, NO_FILE, NO_STUDY, REFUSED, main
from qualcode.domain.approaches import Study
from qualcode.store.views import AnswerQuery, AnswerState

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def made_demo(tmp_path_factory):
    path = tmp_path_factory.mktemp("demo") / "demo.qualcode"
    assert main(["demo", "--study", str(path)]) == DONE
    return path


@pytest.fixture
def demo(made_demo, tmp_path):
    copy = tmp_path / "demo.qualcode"
    shutil.copy(made_demo, copy)
    return copy


@pytest.fixture
def run(capsys):
    def command(*arguments):
        code = main([str(a) for a in arguments])
        out, err = capsys.readouterr()
        return code, out, err

    return command


def test_it_runs_as_a_program_of_its_own(made_demo):
    done = subprocess.run(
        [sys.executable, "-m", "qualcode", "log", "--study", str(made_demo), "--limit", "3"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == DONE, done.stderr
    assert "Analysoija 1" in done.stdout
    assert "streamlit" not in done.stderr.lower()


def test_a_misspelt_command_exits_with_two(run):
    with pytest.raises(SystemExit) as stopped:
        run("analyse")
    assert stopped.value.code == 2


def test_a_new_study_is_empty_and_logged(run, tmp_path):
    path = tmp_path / "oma.qualcode"
    assert run("new", "Oma työ", "--study", path)[0] == DONE
    code, out, _ = run("log", "--study", path, "--json")
    log = json.loads(out)
    assert code == DONE
    assert [d["act"] for d in log["decisions"]] == ["create_study"]


def test_a_study_that_is_not_there_is_told_in_the_language_asked(run, tmp_path):
    missing = tmp_path / "ei.qualcode"
    code, _, err = run("log", "--study", missing, "--language", "fi")
    assert code == NO_STUDY
    assert "ei.qualcode" in err
    english = run("log", "--study", missing, "--language", "en")[2]
    assert "There is no study at" in english
    assert english != err


def test_no_study_is_made_twice(run, demo):
    assert run("new", "Toinen", "--study", demo)[0] == NO_STUDY


def test_an_unreadable_file_exits_with_four(run, demo, tmp_path):
    broken = tmp_path / "vastaukset.xlsx"
    broken.write_bytes(b"%PDF-1.7 not a sheet")
    code, _, err = run("import", broken, "--study", demo)
    assert code == NO_FILE
    assert "vastaukset.xlsx" in err


def test_undo_and_redo_from_another_process_of_the_program(run, demo):
    coder = ("--coder", "Analysoija 1")
    before = json.loads(run("log", "--study", demo, "--json", "--limit", 1)[1])["total"]
    code, out, _ = run("undo", "--study", demo, "--json", *coder)
    assert code == DONE
    undone = json.loads(out)["id"]
    newest = json.loads(run("log", "--study", demo, "--json", "--limit", 1)[1])
    assert newest["total"] == before + 1
    assert newest["decisions"][0]["of"] == undone
    assert run("redo", "--study", demo, *coder)[0] == DONE
    assert run("redo", "--study", demo, *coder)[0] == REFUSED


def test_the_shipped_codebooks_are_listed_and_shown(run):
    code, out, _ = run("codebooks", "--json")
    listed = json.loads(out)["codebooks"]
    assert code == DONE
    assert len(listed) == 51
    shown = run("codebooks", "--show", "teemat")[1]
    assert "valinnanvapaus" in shown


def test_a_codebook_is_taken_into_the_study_and_saved_again(run, demo, tmp_path):
    assert run("codebooks", "--take", "osallisuustasot_hognabba", "--study", demo)[0] == DONE
    keys = {
        b["key"] for b in json.loads(run("codebooks", "--study", demo, "--json")[1])["codebooks"]
    }
    assert {"teemat", "osallisuustasot_hognabba"} <= keys
    code, out, _ = run("codebooks", "--save", "teemat", "--to", tmp_path, "--study", demo)
    assert code == DONE
    assert Path(out.strip()).parent == tmp_path
    assert "valinnanvapaus" in Path(out.strip()).read_text("utf-8")


def test_an_unknown_codebook_is_refused(run, demo):
    assert run("codebooks", "--take", "ei_ole", "--study", demo)[0] == REFUSED


@pytest.mark.slow
def test_suggested_codes_carry_scores_and_reasons(run, demo):
    code, out, _ = run("suggest", "codes", "--study", demo, "--json", "--engine", "tfidf")
    items = json.loads(out)["items"]
    assert code == DONE
    with open_store(demo).reading() as rows:
        progress = rows.progress()
        waiting = rows.answers(AnswerQuery(state=AnswerState.UNCODED), 0, 1).total
    assert (
        len(items) == waiting == progress.documents - progress.set_aside - progress.coded_documents
    )
    candidates = [c for item in items for c in item["candidates"]]
    assert candidates
    assert all({"target_id", "label", "score", "reasons"} <= c.keys() for c in candidates)
    assert all(
        [c["score"] for c in item["candidates"]]
        == sorted((c["score"] for c in item["candidates"]), reverse=True)
        for item in items
    )
    assert any(c["reasons"] for c in candidates)


def test_suggested_groups_hold_only_reductions_without_a_place(run, demo):
    code, out, _ = run("suggest", "groups", "--study", demo, "--json", "--engine", "tfidf")
    offered = json.loads(out)
    assert code == DONE
    members = [m for group in offered["items"] for m in group["member_ids"]]
    assert len(members) + len(offered["left_out"]) == 11
    assert len(set(members)) == len(members)


def test_the_report_is_written_as_word_and_excel(run, demo, tmp_path):
    word, excel = tmp_path / "taulukot.docx", tmp_path / "taulukot.xlsx"
    code, _, err = run("report", "--study", demo, "--word", word, "--excel", excel)
    assert code == DONE, err
    assert word.read_bytes()[:2] == excel.read_bytes()[:2] == b"PK"
    assert "Aineisto" not in openpyxl.load_workbook(excel).sheetnames
    assert run("report", "--study", demo, "--excel", excel, "--data")[0] == DONE
    assert "Aineisto" in openpyxl.load_workbook(excel).sheetnames


def test_a_report_needs_to_know_where(run, demo):
    assert run("report", "--study", demo)[0] == 2


def test_the_demo_study_is_whole(run, demo):
    code, out, _ = run("check", "--study", demo, "--json")
    assert json.loads(out)["findings"] == []
    assert code == DONE


def test_a_study_of_ones_own_is_never_replaced_by_the_demo(run, tmp_path):
    path = tmp_path / "opinnayte.qualcode"
    run("new", "Opinnäyte", "--study", path)
    assert run("demo", "--again", "--study", path)[0] == NO_STUDY
    with open_store(path).reading() as rows:
        assert [study.name for study in rows.find(Study)] == ["Opinnäyte"]


def test_a_demo_made_again_leaves_a_backup_of_the_old_one(run, demo):
    run("undo", "--study", demo, "--coder", "Analysoija 1")
    assert run("demo", "--again", "--study", demo)[0] == DONE
    assert run("redo", "--study", demo, "--coder", "Analysoija 1")[0] == REFUSED
    backup = next(demo.parent.glob("demo.qualcode.demo-*.backup"))
    assert run("redo", "--study", backup, "--coder", "Analysoija 1")[0] == DONE


def test_a_report_that_cannot_be_written_says_so(run, demo, tmp_path):
    code, _, err = run("report", "--study", demo, "--word", tmp_path / "poissa" / "a.docx")
    assert code == NO_FILE
    assert "a.docx" in err


def test_a_server_that_does_not_answer_is_told_without_its_password(run):
    address = "postgresql://me:salasana@127.0.0.1:1/study"
    code, _, err = run("upgrade", "--study", address)
    assert code == NO_STUDY
    assert "127.0.0.1" in err and "salasana" not in err


def test_memos_are_printed_with_what_they_are_about(run, demo):
    code, out, _ = run("memos", "--study", demo)
    assert code == DONE
    assert out.index("## Tutkimuspäiväkirja") < out.index("## Koodi: Valinnanvapaus")
    code, out, _ = run("memos", "--study", demo, "--about", "code", "--json")
    (memo,) = json.loads(out)["memos"]
    assert (memo["about"]["label"], memo["there"]) == ("Valinnanvapaus", True)
    assert [link["kind"] for link in memo["links"]] == ["code"]
    assert run("memos", "--study", demo, "--text", "ei tällaista", "--json")[1].count("id") == 0


@pytest.mark.skipif(sys.platform == "win32", reason="the server is a child there")
@pytest.mark.parametrize(("wished", "given"), [(None, "1"), ("4", "4")])
def test_the_server_keeps_each_window_to_one_processor(run, demo, monkeypatch, wished, given):
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    if wished:
        monkeypatch.setenv("OPENBLAS_NUM_THREADS", wished)

    def become(program, command, environ):
        raise SystemExit(environ["OPENBLAS_NUM_THREADS"])

    monkeypatch.setattr("os.execve", become)
    with pytest.raises(SystemExit, match=given):
        run("serve", "--study", demo, "--no-browser")


def test_vectors_that_are_not_in_use_are_removed_by_a_command(run, demo):
    store = open_store(demo)
    with store.writing() as rows:
        rows.keep_vectors("sentences@no longer used", {"a": bytes(400), "b": bytes(400)})
    store.close()
    code, out, _ = run("models", "tidy", "--study", demo, "--json")
    assert (code, json.loads(out)["bytes"] >= 800) == (DONE, True)
    store = open_store(demo)
    with store.reading() as rows:
        assert "sentences@no longer used" not in rows.room_of_vectors()
    store.close()
    code, out, _ = run("models", "tidy", "--study", demo, "--language", "fi")
    assert (code, out.strip()) == (DONE, "Poistettavia vektoreita ei ole: kaikki ovat käytössä.")
    assert run("models", "tidy")[0] == NO_STUDY
