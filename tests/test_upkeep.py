"""The tests leave nothing behind for one another: what one changes, it gives back."""

from __future__ import annotations

import ast
import importlib.util
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parent
OF_A_PAGE = {"st"}
"""``st.session_state`` is a page's own, and ends with it."""
IN_A_CHILD = {"forking.py", "playground_board.py"}
"""What they change is a process's of their own, which ends."""
CACHES = {"state.settings_of_run"}
"""Emptied, they are read anew."""


CHANGE_IT = frozenset(
    "add append clear discard extend insert pop popitem remove reverse setdefault sort "
    "update".split()
)
"""What lists, sets and dicts do to themselves."""

STAYS = frozenset(
    {
        "locale.setlocale",
        "logging.disable",
        "os.chdir",
        "os.putenv",
        "os.umask",
        "os.unsetenv",
        "signal.signal",
        "socket.setdefaulttimeout",
        "sys.setrecursionlimit",
        "time.tzset",
    }
)
"""Functions that change the process itself."""


def imported_names(tree: ast.AST) -> dict[str, str]:
    """The names under which a module knows other modules and what is in them, and what they are."""
    names = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for one in node.names:
                name = one.asname or one.name.partition(".")[0]
                names[name] = one.name if one.asname else name
        elif isinstance(node, ast.ImportFrom):
            names |= {one.asname or one.name: f"{node.module}.{one.name}" for one in node.names}
    return names


def own_names(scope: ast.AST) -> set[str]:
    """The parameters and variables of a function, or what a module itself names."""
    nodes = list(inside(scope))
    parameters = {node.arg for node in nodes if isinstance(node, ast.arg)}
    return parameters | {
        node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }


def inside(scope: ast.AST) -> Iterator[ast.AST]:
    """All of a function; of a module what is done when it is imported."""
    yield scope
    for node in ast.iter_child_nodes(scope):
        if not (isinstance(scope, (ast.Module, ast.ClassDef)) and isinstance(node, FUNCTIONS)):
            yield from inside(node)


FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


def left_behind(program: str) -> list[str]:
    """What a module changes in other modules and classes, where it stays for every later test.

    ``monkeypatch`` gives back what it has set.
    """
    tree = ast.parse(program)
    imported = imported_names(tree)
    found = []
    for scope in ast.walk(tree):
        if isinstance(scope, (ast.Module, *FUNCTIONS)):
            hidden = own_names(scope) | OF_A_PAGE
            others = {name: whole for name, whole in imported.items() if name not in hidden}
            found += [
                f"line {place.lineno}: {ast.unparse(place)}"
                for place in changed_places(scope, others)
                if root_of(place) in others and ast.unparse(place) not in CACHES
            ]
    return sorted(set(found))


def changed_places(scope: ast.AST, others: Mapping[str, str]) -> Iterator[ast.expr]:
    """What is assigned, deleted or has itself changed there; ``others`` come from elsewhere."""
    for node in inside(scope):
        if isinstance(node, (ast.Attribute, ast.Subscript)) and not isinstance(node.ctx, ast.Load):
            yield node
        elif isinstance(node, ast.Call):
            called = node.func
            if isinstance(called, ast.Name) and called.id in ("setattr", "delattr"):
                yield node.args[0]
            elif whole_name(called, others) in STAYS:
                yield called
            elif isinstance(called, ast.Attribute) and called.attr in CHANGE_IT:
                if not is_module(called.value, others):
                    yield called.value
            elif isinstance(called, ast.Attribute) and called.attr == "start":
                yield from started_patch(called.value, others)


def is_module(place: ast.expr, others: Mapping[str, str]) -> bool:
    """Whether a function of that name is called, such as ``words_aside.add(...)``."""
    if not isinstance(place, ast.Name):
        return False
    try:
        return importlib.util.find_spec(others.get(place.id, place.id)) is not None
    except ModuleNotFoundError:  # "os.environ": what it is in is no package
        return False


def started_patch(patch: ast.expr, others: Mapping[str, str]) -> Iterator[ast.expr]:
    """What makes a patch of ``unittest.mock``: it stays until somebody stops it."""
    if isinstance(patch, ast.Call) and "mock.patch" in whole_name(patch.func, others):
        yield patch.func


def whole_name(place: ast.expr, others: Mapping[str, str]) -> str:
    """The name with the module it is in, such as ``os.chdir`` for an imported ``chdir``."""
    root = root_of(place)
    return ast.unparse(place).replace(root, others.get(root, root), 1)


def root_of(place: ast.expr) -> str:
    """The name that an expression such as ``os.environ["HOME"]`` begins with."""
    while isinstance(place, (ast.Attribute, ast.Subscript)):
        place = place.value
    return place.id if isinstance(place, ast.Name) else ""


IMPORTS = """
import locale
import os
import sys
from os import environ
from unittest import mock
from unittest.mock import patch
from qualcode.ui import state
from qualcode.workbench import words_aside
from qualcode.nlp.embedding import EMBEDDERS
from tests.serving import AppServer
"""
NAMES = "state, os, AppServer, environ, sys, locale, mock, patch, EMBEDDERS"


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
        "os.environ.update(HOME='/')",
        "os.environ.setdefault('HOME', '/')",
        "environ.pop('HOME', None)",
        "os.putenv('HOME', '/')",
        "os.chdir('/')",
        "state.OPENERS.clear()",
        "EMBEDDERS.clear()",
        "EMBEDDERS['a'].append(1)",
        "sys.path.append('/')",
        "sys.modules.pop('os')",
        "locale.setlocale(locale.LC_ALL, 'C')",
        "patch.object(state, 'page_link').start()",
        "mock.patch('os.getcwd').start()",
    ],
)
def test_a_change_that_stays_is_found(line):
    assert left_behind(f"{IMPORTS}def test_it():\n    {line}\n")
    # When the module is imported, too, and in a class.
    assert left_behind(f"{IMPORTS}{line}\n") and left_behind(f"{IMPORTS}class A:\n    {line}\n")
    # Not where the name is the test's own.
    for own in (NAMES, f"*{NAMES}"):
        assert not left_behind(f"{IMPORTS}def test_it({own}):\n    {line}\n")


@pytest.mark.parametrize(
    "line",
    [
        "assert state.a == os.environ['HOME']",
        "words_aside.add(rows, method, words)",
        "os.environ.get('HOME')",
        "os.environ.copy().update(HOME='/')",
        "os.remove(path)",
        "server.start()",
        "found.append(os.environ)",
    ],
)
def test_what_leaves_nothing_behind_is_no_matter(line):
    assert not left_behind(f"{IMPORTS}def test_it(rows, found, server):\n    {line}\n")


def test_no_test_leaves_the_program_changed():
    found = {
        str(path.relative_to(TESTS)): lines
        for path in sorted(TESTS.rglob("*.py"))
        if path.name not in IN_A_CHILD and (lines := left_behind(path.read_text(encoding="utf-8")))
    }
    assert found == {}, "use monkeypatch: what is assigned stays for the tests that come after"
