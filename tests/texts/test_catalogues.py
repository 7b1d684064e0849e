"""The Finnish catalogues are whole: every text of the code, once, with the same holes."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir, extract_from_file
from babel.messages.pofile import read_po

import qualcode
from qualcode.domain import errors
from qualcode.domain.decisions import Act
from qualcode.domain.errors import QualcodeError
from qualcode.store.kinds import KINDS
from qualcode.texts import CATALOGUES, gettext_for
from qualcode.workbench import act_words, messages

ROOT = Path(__file__).resolve().parents[2]
KEYWORDS = {
    "_": None,
    "N_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "Term": None,
}

Key = tuple[str, str | None]


def found_in_code() -> dict[Key, str]:
    """(msgid, context) of every text in the code -> where it stands first."""
    found: dict[Key, str] = {}
    walked = extract_from_dir(
        ROOT / "qualcode", [("**.py", "python")], keywords=KEYWORDS, comment_tags=()
    )
    texts = [(f"qualcode/{name}", line, m, context) for name, line, m, _, context in walked]
    if (ROOT / "app.py").is_file():
        texts += [
            ("app.py", line, m, context)
            for line, m, _, context in extract_from_file("python", ROOT / "app.py", KEYWORDS)
        ]
    for name, line, message, context in texts:
        msgid = message[0] if isinstance(message, tuple) else message
        found.setdefault((msgid, context), f"{name}:{line}")
    for kind in error_classes():
        found.setdefault((kind.template, None), kind.__qualname__)
    return found


def error_classes() -> Iterator[type[QualcodeError]]:
    """Every error of the program; all of its modules are imported to find them."""
    for module in pkgutil.walk_packages(qualcode.__path__, "qualcode."):
        if ".ui." not in module.name and not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    waiting = [QualcodeError]
    while waiting:
        kind = waiting.pop()
        waiting.extend(kind.__subclasses__())
        if kind.__module__.startswith("qualcode."):
            yield kind


def catalogues() -> Iterator[tuple[str, object]]:
    for path in sorted((CATALOGUES / "fi").glob("*.po")):
        with path.open("rb") as file:
            catalogue = read_po(file, locale="fi")
        for message in catalogue:
            if message.id:
                yield path.name, message


@pytest.fixture(scope="module")
def translated():
    """(msgid, context) -> [(catalogue, message), ...]."""
    found = defaultdict(list)
    for name, message in catalogues():
        msgid = message.id[0] if isinstance(message.id, tuple) else message.id
        found[msgid, message.context].append((name, message))
    return found


@pytest.fixture(scope="module")
def in_code():
    return found_in_code()


def forms(text):
    return list(text) if isinstance(text, tuple | list) else [text]


def holes(text):
    """Named, numbered and old-fashioned holes; braces around words in a sentence are none."""
    return sorted(set(re.findall(r"\{\w*(?::[^{}\s]*)?\}|%\(\w+\)\w|%[sd]", text)))


def test_every_text_of_the_code_has_its_finnish(in_code, translated):
    missing = {key: place for key, place in in_code.items() if key not in translated}
    assert not missing, "\n".join(f"{place}: {key[0]!r}" for key, place in missing.items())


def test_every_translator_has_a_name_by_which_its_texts_are_found():
    """``plural()("{n} row", ...)`` is no call of a keyword: its text would go unnoticed."""
    makers = {"translator", "plural", "gettext_for", "ngettext_for", "pgettext_for"}
    nameless = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sorted((ROOT / "qualcode").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Call)
        and makers & {getattr(node.func.func, "attr", ""), getattr(node.func.func, "id", "")}
    ]
    assert not nameless


def test_no_finnish_is_empty_or_unsure(translated):
    bad = [
        (name, key[0])
        for key, entries in translated.items()
        for name, message in entries
        if message.fuzzy or not all(form.strip() for form in forms(message.string))
    ]
    assert not bad


def test_holes_are_the_same_in_both_languages(translated):
    bad = []
    for entries in translated.values():
        for name, message in entries:
            wanted = {tuple(holes(form)) for form in forms(message.id)}
            if {tuple(holes(form)) for form in forms(message.string)} - wanted:
                bad.append((name, message.id, message.string))
    assert not bad


def test_no_text_is_in_two_catalogues_differently(translated):
    bad = {
        key[0]: [(name, message.string) for name, message in entries]
        for key, entries in translated.items()
        if len({str(message.string) for _, message in entries}) > 1
    }
    assert not bad


def test_no_finnish_is_left_over_from_an_older_text(in_code, translated):
    stale = {key: [name for name, _ in found] for key, found in translated.items()}
    stale = {key: names for key, names in stale.items() if key not in in_code}
    assert not stale, "\n".join(f"{names}: {key[0]!r}" for key, names in stale.items())


def test_every_kind_and_act_has_its_words():
    assert set(act_words.KIND_TITLES) >= set(KINDS)
    assert set(act_words.ACT_TITLES) == set(Act)
    finnish = gettext_for("fi")
    for title in [*act_words.KIND_TITLES.values(), *act_words.ACT_TITLES.values()]:
        assert finnish(title) != title, title


@pytest.mark.parametrize("language", ["fi", "en"])
def test_every_error_can_be_told_with_its_holes_filled(language):
    translate = gettext_for(language)
    for kind in vars(errors).values():
        if isinstance(kind, type) and issubclass(kind, QualcodeError):
            values = {name: f"<{name}>" for name in messages.holes(kind.template)}
            told = messages.message_of(kind(**values), translate)
            assert "{" not in told
            assert all(value in told for value in values.values())


def test_every_place_for_files_speaks_the_language_of_the_session():
    """Streamlit's own words in it are English: ``ui/uploader.py`` covers them."""
    calls = [
        path.relative_to(ROOT).as_posix()
        for path in sorted((ROOT / "qualcode").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and node.attr == "file_uploader"
    ]
    assert calls == ["qualcode/ui/uploader.py"]
