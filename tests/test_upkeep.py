"""The tests leave nothing behind for one another: what one changes, it gives back."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parent
OF_A_PAGE = {"st"}
"""``st.session_state`` is a page's own, and ends with it."""
IN_A_CHILD = {"forking.py"}
"""What it changes is a forked process's, which ends."""


def imported_names(tree: ast.AST) -> set[str]:
    """The names under which a module knows other modules and what is in them."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {(one.asname or one.name).partition(".")[0] for one in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {one.asname or one.name for one in node.names}
    return names


def own_names(function: ast.AST) -> set[str]:
    """The parameters and variables of a function."""
    parameters = {node.arg for node in ast.walk(function) if isinstance(node, ast.arg)}
    given = {
        node.id
        for node in ast.walk(function)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }
    return parameters | given


def left_behind(program: str) -> list[str]:
    """What functions assign into imported modules and classes, where it stays for every later test.

    ``monkeypatch.setattr`` and ``monkeypatch.setenv`` give it back.
    """
    tree = ast.parse(program)
    imported = imported_names(tree)
    found = []
    for function in ast.walk(tree):
        if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            others = imported - own_names(function) - OF_A_PAGE
            found += [
                f"line {target.lineno}: {ast.unparse(target)}"
                for target in changed_places(function)
                if root_of(target) in others
            ]
    return sorted(set(found))


def changed_places(function: ast.AST) -> Iterator[ast.expr]:
    """The attributes and items that a function assigns or deletes."""
    for node in ast.walk(function):
        if isinstance(node, (ast.Attribute, ast.Subscript)) and not isinstance(node.ctx, ast.Load):
            yield node
        elif (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in ("setattr", "delattr")
        ):
            yield node.args[0]


def root_of(place: ast.expr) -> str:
    """The name that an expression such as ``os.environ["HOME"]`` begins with."""
    while isinstance(place, (ast.Attribute, ast.Subscript)):
        place = place.value
    return place.id if isinstance(place, ast.Name) else ""


@pytest.mark.parametrize(
    "line",
    [
        "state.page_link = None",
        "state.OPENERS['a'] = None",
        "os.environ['HOME'] = '/'",
        "del os.environ['HOME']",
        "setattr(state, 'page_link', None)",
        "AppServer.anew += 1",
        "(state.a, b) = 1, 2",
        "state.a: int = 1",
    ],
)
def test_a_change_that_stays_is_found(line):
    imports = "import os\nfrom qualcode.ui import state\nfrom tests.serving import AppServer\n"
    assert left_behind(f"{imports}def test_it():\n    {line}\n")
    # The same where the name is the test's own, or where nothing is assigned.
    for harmless in ("state, os, AppServer", "*state, os, AppServer"):
        assert not left_behind(f"{imports}def test_it({harmless}):\n    {line}\n")
    assert not left_behind(f"{imports}def test_it():\n    assert state.a == os.environ['HOME']\n")


def test_no_test_leaves_the_program_changed():
    found = {
        str(path.relative_to(TESTS)): lines
        for path in sorted(TESTS.rglob("*.py"))
        if path.name not in IN_A_CHILD and (lines := left_behind(path.read_text(encoding="utf-8")))
    }
    assert found == {}, "use monkeypatch: what is assigned stays for the tests that come after"
