"""The documents speak of what is there: links, paths, names, commands and pages."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from qualcode.commands.arguments import parser
from qualcode.texts import gettext_for
from qualcode.ui.door import PAGES

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("", "docs", "docs/decisions", "benchmarks", "codebooks", "corpora")
DOCUMENTS = [path for folder in FOLDERS for path in sorted((ROOT / folder).glob("*.md"))]
OF_THE_HOUSE = [ROOT / "ARCHITECTURE.md", *sorted((ROOT / "docs/decisions").glob("*.md"))]
"""What tells of the code, so that each name in it is one of the code's."""

CODE = ("qualcode", "scripts", "tests", "benchmarks", "corpora")
# Where a path that a sentence names may begin: "store/kinds.py" is said of the package.
BEGINNINGS = (
    "",
    "qualcode",
    "qualcode/workbench",
    "qualcode/ui",
    "qualcode/ui/components",
    "qualcode/texts",
)
_PATH = re.compile(r"[\w.*-]+(?:/[\w.*-]+)+/?|[\w-]+/|[\w-]+\.(?:py|js|css)")
# Stands for a name that the reader gives: ``ui/pages/NAME_page.py``.
_PLACEHOLDER = "NAME"


def in_backticks(path: Path) -> list[str]:
    text = re.sub(r"^(?: {4}|```).*$", "", path.read_text("utf-8"), flags=re.MULTILINE)
    return re.findall(r"`([^`\n]+)`", text)


@cache
def files() -> frozenset[str]:
    return frozenset(p.name for folder in CODE for p in (ROOT / folder).rglob("*.*"))


@cache
def words_of_code() -> frozenset[str]:
    found: set[str] = set()
    sources = [p for folder in CODE for p in (ROOT / folder).rglob("*.*")]
    for path in [*sources, ROOT / "pyproject.toml", ROOT / "app.py"]:
        if path.suffix in {".py", ".js", ".css", ".toml"}:
            found |= set(re.findall(r"\w+", path.read_text("utf-8")))
            found.add(path.stem)
    return frozenset(found)


def is_there(path: str, beside: Path) -> bool:
    if "/" not in path:
        return path in files() or (ROOT / path).exists()
    for start in (beside, *(ROOT / beginning for beginning in BEGINNINGS)):
        if "*" in path and any(start.glob(path)):
            return True
        if (start / path).exists() or (start / f"{path}.py").exists():
            return True
    return False


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_leads_somewhere(document):
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", document.read_text("utf-8"))
    inside = [link for link in links if "://" not in link and not link.startswith("mailto:")]
    assert not [link for link in inside if not (document.parent / link).exists()]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_path_is_there(document):
    named = [said for said in in_backticks(document) if _PATH.fullmatch(said)]
    wanted = [path for path in named if _PLACEHOLDER not in path]
    assert not [path for path in wanted if not is_there(path, document.parent)]


@pytest.mark.parametrize("document", OF_THE_HOUSE, ids=lambda path: path.name)
def test_every_name_is_in_the_code(document):
    names = {
        part
        for said in in_backticks(document)
        if re.fullmatch(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*(?:\(\))?", said)
        for part in re.findall(r"\w+", said)
        if _PLACEHOLDER not in part
    }
    assert not names - words_of_code()


def test_every_word_of_the_glossary_is_in_the_code():
    rows = (ROOT / "GLOSSARY.md").read_text("utf-8").splitlines()
    columns = [row.split("|")[3] for row in rows if row.startswith("|")]
    names = {
        part
        for column in columns
        for said in re.findall(r"`([^`]+)`", column)
        for part in re.findall(r"[A-Za-z_]\w*", said)
    }
    assert names
    assert not names - words_of_code()


def test_the_command_line_and_its_page_know_the_same():
    commands = next(a for a in parser()._actions if a.dest == "command").choices
    page = (ROOT / "docs/command-line.md").read_text("utf-8")
    table = [line for line in page.splitlines() if line.startswith("| `")]
    readme = (ROOT / "README.md").read_text("utf-8")
    for name, command in commands.items():
        rows = " ".join(row for row in table if re.search(rf"`{name}\b", row))
        assert rows, f"docs/command-line.md does not tell of {name}"
        assert f"`{name}`" in readme, f"README.md does not tell of {name}"
        known = {option for action in command._actions for option in action.option_strings}
        assert not set(re.findall(r"(?<!\w)--[a-z-]+", rows)) - known, name


@pytest.mark.parametrize("language", ["fi", "en"])
def test_every_page_is_in_the_guide(language):
    guide = (ROOT / f"docs/guide-{language}.md").read_text("utf-8")
    said = gettext_for(language)
    assert not [said(title) for _, title, _, _ in PAGES if said(title) not in guide]
