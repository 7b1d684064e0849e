"""The house keeps its floors: imports go down only, and each library stays in its room."""

from __future__ import annotations

import sys
from pathlib import Path

import grimp
import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).resolve().parent.parent

# A tree that keeps every contract, and the import that breaks each. The contracts are those of the
# project's own pyproject.toml, so a contract that can't be broken would show here.
ROOMS = (
    "ui",
    "commands",
    "workbench",
    "readers",
    "store",
    "nlp",
    "analysis",
    "exports",
    "domain",
    "texts",
)
BREAKING = {
    "house": [
        ("domain", "import qualcode.workbench"),
        ("readers", "import qualcode.store"),
        ("workbench", "import qualcode.ui"),
        ("commands", "import qualcode.ui"),
    ],
    "pure-domain": [("domain", "import pandas"), ("domain", "import yaml")],
    "streamlit-in-ui": [("workbench", "import streamlit"), ("bootstrap", "import streamlit")],
    "sql-in-store": [("ui", "import sqlalchemy"), ("workbench", "import sqlite3")],
    "models-in-nlp": [("analysis", "import spacy"), ("ui", "import sentence_transformers")],
    "office-files-at-the-ends": [("workbench", "import docx"), ("store", "import openpyxl")],
}


@pytest.fixture
def lint(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """Checks the contracts on the package under a folder: (kept?, what was said)."""
    config = str(ROOT / "pyproject.toml")

    def lint(folder: Path, *contracts: str) -> tuple[bool, str]:
        monkeypatch.chdir(folder)
        monkeypatch.setattr(sys, "path", [str(folder), *sys.path])
        # grimp looks the package up where it is imported from; here it may lie elsewhere.
        for name in [n for n in sys.modules if n.partition(".")[0] == "qualcode"]:
            monkeypatch.delitem(sys.modules, name)
        code = lint_imports(
            config_filename=config, limit_to_contracts=contracts, no_cache=True, no_logo=True
        )
        return code == 0, capsys.readouterr().out

    return lint


def test_the_house_stands(lint):
    kept, said = lint(ROOT)
    assert kept, said


@pytest.mark.parametrize(
    ("contract", "room", "line"),
    [(contract, *case) for contract, cases in BREAKING.items() for case in cases],
)
def test_a_forbidden_import_breaks_its_contract(tmp_path, lint, contract, room, line):
    package = tmp_path / "qualcode"
    for name in ROOMS:
        (package / name).mkdir(parents=True)
        (package / name / "__init__.py").touch()
    for name in ("__init__", "__main__", "bootstrap"):
        (package / f"{name}.py").touch()
    kept, said = lint(tmp_path)
    assert kept, said

    place = package / "bootstrap.py" if room == "bootstrap" else package / room / "__init__.py"
    place.write_text(line + "\n")
    kept, said = lint(tmp_path, contract)
    assert not kept, f"{line} in {room} was let through:\n{said}"


def test_the_domain_imports_python_alone():
    graph = grimp.build_graph("qualcode", include_external_packages=True, cache_dir=None)
    modules = {"qualcode.domain"} | graph.find_descendants("qualcode.domain")
    outside = {
        (module, imported)
        for module in modules
        for imported in graph.find_modules_directly_imported_by(module)
        if imported not in modules and imported.partition(".")[0] not in sys.stdlib_module_names
    }
    assert not outside
