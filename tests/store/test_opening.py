"""Opening and making studies: a file that is no good study says why and is left as it was."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, inspect, text

from qualcode.domain.categories import Category
from qualcode.domain.coding import Coding, ReducedExpression
from qualcode.domain.decisions import Act
from qualcode.domain.documents import Document, DocumentKind
from qualcode.domain.errors import (
    NotAStudy,
    StudyBusy,
    StudyDamaged,
    StudyExists,
    StudyFileError,
    StudyMissing,
    StudyNeedsUpgrade,
    StudyNewerThanProgram,
)
from qualcode.store.opening import back_up, create, open_study, upgrade_server
from qualcode.store.tables import APPLICATION_ID, SCHEMA_VERSION
from qualcode.workbench import coding, history
from tests.builders import a_bench, a_source, a_study, everything, with_answers, with_codes

ROOT = Path(__file__).resolve().parents[2]
OLD = Path(__file__).parent / "old"
NOBODY = 65534
OUTCOME = ("decision", "refusal", "at")
"""Columns of an operation that version 4 did not have."""


@pytest.fixture
def path(empty_file, tmp_path):
    path = tmp_path / "tutkimus.qualcode"
    shutil.copy(empty_file, path)
    return path


@pytest.fixture
def full(path):
    """A study of some hundred pages on disk, closed."""
    store = open_study(path)
    with_answers(a_study(store), *(f"Vastaus {n}: " + "äiti lohduttaa " * 40 for n in range(300)))
    store.close()
    return path


def raw(path, *statements):
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def refused(path, error):
    """The refusal's message; the file must be byte for byte as it was."""
    before = path.read_bytes()
    with pytest.raises(error) as caught:
        open_study(path)
    assert path.read_bytes() == before
    assert str(path) in str(caught.value)
    assert type(caught.value) is error
    return caught.value


# --- what is not a study --------------------------------------------------------------------


@pytest.mark.parametrize(
    "content", [b"", b"a;b\n1;2\n", b"SQLite format 4\x00" * 40, b"PK\x03\x04"]
)
def test_another_sort_of_file_is_not_a_study(tmp_path, content):
    path = tmp_path / "kysely.qualcode"
    path.write_bytes(content)
    refused(path, NotAStudy)


def test_another_programs_database_is_not_a_study(tmp_path):
    path = tmp_path / "muu.db"
    raw(path, "CREATE TABLE document (id TEXT)", "PRAGMA user_version = 2")
    refused(path, NotAStudy)


def test_a_missing_file_and_a_folder_are_missing_studies(tmp_path):
    with pytest.raises(StudyMissing):
        open_study(tmp_path / "poissa.qualcode")
    with pytest.raises(StudyMissing):
        open_study(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_newer_study_is_not_touched(path):
    raw(path, f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    error = refused(path, StudyNewerThanProgram)
    assert error.values["found"] == SCHEMA_VERSION + 1


def test_a_study_whose_making_was_broken_off_is_not_a_study(tmp_path):
    path = tmp_path / "kesken.qualcode"
    raw(path, "PRAGMA journal_mode = WAL", "CREATE TABLE x (y)", "DROP TABLE x")
    refused(path, NotAStudy)


def test_a_study_without_a_version_is_damaged(tmp_path):
    path = tmp_path / "outo.qualcode"
    raw(path, "CREATE TABLE x (y)", f"PRAGMA application_id = {APPLICATION_ID}")
    refused(path, StudyDamaged)


# --- damage ---------------------------------------------------------------------------------


def test_bytes_overwritten_in_the_middle_are_damage(full):
    size = full.stat().st_size
    with full.open("r+b") as file:
        file.seek(size // 2 // 4096 * 4096)
        file.write(b"\xa5" * 8192)
    refused(full, StudyDamaged)


def test_an_index_that_lost_a_row_is_damage(full):
    """quick_check would let this through; the rows would then be found or not by chance."""
    raw(
        full,
        "PRAGMA writable_schema = ON",
        "DELETE FROM sqlite_master WHERE name = 'ix_document_source_id'",
    )
    raw(full, "DELETE FROM document WHERE id = 'd7'")
    with closing(sqlite3.connect(full)) as connection:
        assert connection.execute("PRAGMA quick_check(1)").fetchone() is not None
    refused(full, StudyDamaged)


def test_a_truncated_file_is_damaged(full):
    with full.open("r+b") as file:
        file.truncate(full.stat().st_size // 3)
    refused(full, StudyDamaged)


def test_damage_names_the_newest_backup(full):
    backup = back_up(full, "itse")
    with full.open("r+b") as file:
        file.truncate(8192)
    assert refused(full, StudyDamaged).values["backup"] == backup.name
    assert open_study(backup).address == str(backup)


def test_damage_met_later_is_told_too(full):
    store = open_study(full)
    with closing(sqlite3.connect(full)) as connection:
        connection.execute("UPDATE document SET text = CAST(x'ff41' AS TEXT) WHERE id = 'd5'")
        connection.commit()
    with pytest.raises(StudyDamaged), store.reading() as rows:
        rows.find(Document)
    store.close()


# --- not allowed, not free ------------------------------------------------------------------


@pytest.fixture
def shared_folder():
    """A folder that other accounts of the computer can reach."""
    folder = Path(tempfile.mkdtemp(prefix="qualcode-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def as_somebody(call, path):
    """What ``call`` on the path ends with for a person without rights to everything.

    Root may write anything, so as root the call is made in a copy of this process that has become
    the account nobody.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        outcome = "no outcome"
        try:
            if os.geteuid() == 0:
                os.setgroups([])
                os.setresgid(NOBODY, NOBODY, NOBODY)
                os.setresuid(NOBODY, NOBODY, NOBODY)
            call(path)
            outcome = "opened"
        except BaseException as error:
            outcome = type(error).__name__
        finally:
            os.write(writing, outcome.encode())
            os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    with os.fdopen(reading, encoding="utf-8") as answer:
        return answer.read()


needs_accounts = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such accounts")


@needs_accounts
def test_a_read_only_file_says_so(path, shared_folder):
    target = shared_folder / "tutkimus.qualcode"
    shutil.copy(path, target)
    shared_folder.chmod(0o777)
    target.chmod(0o444)
    assert as_somebody(open_study, target) == "StudyReadOnly"
    target.chmod(0o666)
    assert as_somebody(open_study, target) == "opened"


@needs_accounts
def test_a_read_only_folder_says_so(path, shared_folder):
    target = shared_folder / "tutkimus.qualcode"
    shutil.copy(path, target)
    target.chmod(0o666)
    shared_folder.chmod(0o555)
    assert as_somebody(open_study, target) == "StudyReadOnly"
    assert as_somebody(create, shared_folder / "uusi.qualcode") == "StudyReadOnly"
    assert as_somebody(create, shared_folder / "kansio" / "uusi.qualcode") == "StudyReadOnly"
    assert [p.name for p in shared_folder.iterdir()] == ["tutkimus.qualcode"]


def test_another_program_writing_is_waited_for_and_then_told(path):
    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sqlite3, sys\n"
            "connection = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
            "connection.execute('BEGIN IMMEDIATE')\n"
            "print('held', flush=True)\n"
            "sys.stdin.read()\n",
            str(path),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert holder.stdout.readline().strip() == "held"
        with pytest.raises(StudyBusy):
            open_study(path, patience=0.2)
    finally:
        holder.communicate("")
    open_study(path, patience=0.2).close()


def test_a_writer_kept_out_says_so_and_changes_nothing(path):
    store = open_study(path, patience=0.2)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StudyBusy), store.writing():
            pass
        with store.reading() as rows:
            assert rows.count(Document) == 0
    store.close()


# --- making ---------------------------------------------------------------------------------


def test_making_over_a_file_is_refused(path, tmp_path):
    with pytest.raises(StudyExists):
        create(path)
    with pytest.raises(StudyExists):
        create(tmp_path)


@pytest.mark.parametrize("name", ["uusi.qualcode", "a b/ä?#%41&[1].qualcode"])
def test_a_new_study_is_a_file_of_that_very_name(tmp_path, name):
    path = tmp_path / name
    store = create(path)
    with_answers(a_study(store), "Äiti")
    store.close()
    assert [p.name for p in path.parent.iterdir()] == [path.name]
    opened = open_study(path)
    with opened.reading() as rows:
        assert rows.count(Document) == 1
    opened.close()


def test_a_study_is_written_ahead_and_checks_what_rows_name(path):
    store = open_study(path)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
        assert connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
        assert connection.execute("PRAGMA user_version").fetchone()[0] == SCHEMA_VERSION
    with store._writer.connect() as connection:
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1
    store.close()


# --- old studies ----------------------------------------------------------------------------


@pytest.fixture
def old(tmp_path):
    path = tmp_path / "vanha[1].qualcode"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((OLD / "v1.sql").read_text(encoding="utf-8"))
    return path


def test_a_study_brought_up_by_a_newer_program_meanwhile_is_not_set_back(old, monkeypatch):
    newer = SCHEMA_VERSION + 1
    monkeypatch.setattr(
        "qualcode.store.opening.back_up",
        lambda path, _name: raw(path, f"PRAGMA user_version = {newer}"),
    )
    with pytest.raises(StudyNewerThanProgram):
        open_study(old)
    with closing(sqlite3.connect(old)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (newer,)


def schema(engine: Engine):
    """Tables, columns, keys and indexes, in a form that can be compared."""
    look = inspect(engine)
    return {
        table: {
            "columns": [
                (
                    c["name"],
                    str(c["type"]),
                    c["nullable"],
                    c.get("primary_key", 0),
                )
                for c in look.get_columns(table)
            ],
            "key": look.get_pk_constraint(table)["constrained_columns"],
            "references": sorted(
                (k["constrained_columns"], k["referred_table"], sorted(k["options"].items()))
                for k in look.get_foreign_keys(table)
            ),
            "unique": sorted(u["column_names"] for u in look.get_unique_constraints(table)),
            "indexes": sorted((i["name"], i["column_names"]) for i in look.get_indexes(table)),
        }
        for table in look.get_table_names()
    }


def test_an_old_study_is_backed_up_and_brought_up_by_itself(old):
    store = open_study(old)
    backups = list(old.parent.glob("*.backup"))
    assert len(backups) == 1
    assert backups[0].name.startswith("vanha[1].qualcode.v1-")
    with closing(sqlite3.connect(backups[0])) as connection:
        assert connection.execute("PRAGMA user_version").fetchone()[0] == 1
        assert connection.execute("SELECT count(*) FROM document").fetchone()[0] == 2
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
        assert "vector" not in tables
    with store.reading() as rows:
        assert rows.get(Document, "d1").text == "Äiti lohduttaa 👩‍👧"
        assert [c.coder for c in rows.find(Coding)] == ["Maija"]
        assert [r.wording for r in rows.find(ReducedExpression)] == ["äiti lohduttaa"]
    with store.writing() as rows:
        rows.keep_vectors("tfidf", {"a": b"\x01"})
    undone = history.undo(a_bench(store))
    assert undone.act is Act.ADD_CATEGORY
    with store.reading() as rows:
        assert rows.count(Category) == 0
    store.close()
    open_study(old).close()
    assert len(list(old.parent.glob("*.backup"))) == 1


def test_a_brought_up_study_has_todays_schema(old, path):
    open_study(old).close()
    engines = [create_engine(f"sqlite:///{p}") for p in (old, path)]
    brought_up, new = (schema(engine) for engine in engines)
    for engine in engines:
        engine.dispose()
    assert brought_up == new


NEWER_THAN_TURNS = (
    "outlook",
    "pin",
    "stance",
    "heading_stance",
    "likeness",
    "chosen_quote",
    "role_talk",
    "discussion",
    "kept_role",
    "map_version",
    "role_comment",
    "role_trait",
    "role_pair",
    "frozen_tree",
    "tree_version",
    "proposal",
    "still_right",
    "look",
    "review_state",
    "remark_read",
    "remark",
    "wall_place",
    "wall_group",
    "workshop_table",
    "workshop_step",
    "workshop_source",
    "workshop",
    "offer",
    "item_link",
    "gathering",
    "sending",
    "form_item",
    "round",
    "instrument",
)


def test_transcripts_of_an_older_study_get_their_turns(path):
    transcript = Document("d1", "source", "H: Miten?\nV1: Hyvin.\n", kind=DocumentKind.TEXT)
    store = open_study(path)
    with store.writing() as rows:
        rows.insert([a_source(), transcript])
    store.close()
    turns = 'SELECT document_id, start, "end", speaker, guessed FROM turn ORDER BY start'
    with closing(sqlite3.connect(path)) as connection:
        before = connection.execute(turns).fetchall()
        assert [row[3] for row in before] == ["h", "v1"]
        for table in ("turn", *NEWER_THAN_TURNS):
            connection.execute(f"DROP TABLE {table}")
        for column in OUTCOME:
            connection.execute(f"ALTER TABLE operation DROP COLUMN {column}")
        connection.execute("PRAGMA user_version = 3")
        connection.commit()
    open_study(path).close()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute(turns).fetchall() == before


def test_a_step_that_fails_leaves_the_old_study_as_it_was(old):
    raw(old, "CREATE TABLE vector (something TEXT)")
    with pytest.raises(StudyFileError):
        open_study(old)
    with closing(sqlite3.connect(old)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone()[0] == 1


def test_two_programs_bring_an_old_study_up_once(old):
    script = (
        "import sys\nfrom qualcode.store.opening import open_study\nopen_study(sys.argv[1]).close()"
    )
    started = [
        subprocess.Popen(
            [sys.executable, "-c", script, str(old)], cwd=ROOT, stderr=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    said = [process.communicate()[1] for process in started]
    assert [process.returncode for process in started] == [0, 0], said
    open_study(old).close()


# --- a server -------------------------------------------------------------------------------


@pytest.mark.postgres
def test_a_study_on_a_server_is_made_and_opened(postgres_url):
    with pytest.raises(NotAStudy):
        open_study(postgres_url)
    made = create(postgres_url)
    bench = a_study(made)
    with_answers(bench, "Äiti lohduttaa")
    with_codes(bench, "Lohtu")
    coding.code(bench, "d1", 0, 4, "c1")
    before = everything(made)
    made.close()
    with pytest.raises(StudyExists):
        create(postgres_url)
    opened = open_study(postgres_url)
    assert everything(opened) == before
    opened.close()


@pytest.mark.postgres
def test_a_server_is_brought_up_only_on_command(postgres_url):
    create(postgres_url).close()
    engine = create_engine(postgres_url)
    new = schema(engine)
    with engine.begin() as connection:
        for table in (
            *NEWER_THAN_TURNS,
            "turn",
            "vector",
            "memo",
            "saved_view",
            "bookmark",
            "speaker",
            "search_key",
        ):
            connection.execute(text(f"DROP TABLE {table}"))
        connection.execute(text("ALTER TABLE study DROP COLUMN options"))
        for column in OUTCOME:
            connection.execute(text(f"ALTER TABLE operation DROP COLUMN {column}"))
        connection.execute(text("DROP INDEX decision_of, document_scan, segment_place"))
        connection.execute(text("UPDATE about SET value = '1' WHERE key = 'schema'"))
    with pytest.raises(StudyNeedsUpgrade):
        open_study(postgres_url)
    assert "vector" not in inspect(engine).get_table_names()
    assert upgrade_server(postgres_url) == 1
    assert schema(engine) == new
    assert upgrade_server(postgres_url) == SCHEMA_VERSION
    open_study(postgres_url).close()
    with engine.begin() as connection:
        connection.execute(text("UPDATE about SET value = '99' WHERE key = 'schema'"))
    with pytest.raises(StudyNewerThanProgram):
        open_study(postgres_url)
    with pytest.raises(StudyNewerThanProgram):
        upgrade_server(postgres_url)
    engine.dispose()


@pytest.mark.postgres
def test_another_programs_database_on_a_server_is_not_a_study(postgres_url):
    engine = create_engine(postgres_url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE about (key TEXT, value TEXT)"))
    with pytest.raises(NotAStudy):
        open_study(postgres_url)
    with pytest.raises(StudyExists):
        create(postgres_url)
    engine.dispose()


def test_a_servers_password_is_not_told():
    address = "postgresql://maija:s3cret@localhost:1/tutkimus?connect_timeout=1"
    with pytest.raises(StudyFileError) as caught:
        open_study(address)
    assert "s3cret" not in str(caught.value)
    assert "maija@localhost:1/tutkimus" in str(caught.value)


def test_a_badly_written_address_is_told():
    with pytest.raises(StudyFileError):
        open_study("postgresql://maija@:portti/tutkimus")
