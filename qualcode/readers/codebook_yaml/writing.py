"""A codebook becomes a file that a person would want to edit."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Iterable

import yaml

from qualcode.domain.codes import Code, Codebook, Origin
from qualcode.readers.codebook_yaml.reading import CODE_TEXTS
from qualcode.readers.yaml_fields import KEY


class _Dumper(yaml.SafeDumper):
    """Block style; a long text is folded, a text of several lines stays in lines."""


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    lines = text.split("\n")
    tidy = all(line and line == line.strip() for line in lines)
    style = None
    if any(mark in text for mark in "\x85\u2028\u2029"):
        style = '"'  # rare line marks, which YAML would fold away anywhere else
    elif tidy and len(lines) > 1:
        style = "|"
    elif tidy and len(text) > 58:
        style = ">"
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _represent_text)


def write_codebook(codebook: Codebook, codes: Iterable[Code]) -> str:
    """The file of a codebook: always in the same order, only the fields that say something.

    Reading it gives the same codebook and codes. What belongs to a study and not to the codebook
    (whether it is in use, its place in the study's list, identifiers) is not written.
    """
    ordered = sorted(codes, key=lambda code: code.position)
    keys = _unique_keys(ordered)
    head: dict[str, object] = {
        "id": _valid(codebook.key, codebook.name("fi")),
        "version": codebook.version,
    }
    head |= _said(codebook, ("name_fi", "name_en", "theory_source"))
    head["kind"] = codebook.kind.value
    head |= _said(codebook, ("unit", "note"))
    entries = [_entry(code, keys) for code in ordered]
    if not entries:
        return dump_yaml(head) + "codes: []\n"
    items = (textwrap.indent(dump_yaml([entry]), "  ") for entry in entries)
    return dump_yaml(head) + "codes:\n" + "\n".join(items)


def _entry(code: Code, keys: dict[str, str]) -> dict[str, object]:
    entry: dict[str, object] = {"id": keys[code.id]}
    # A parent outside the given codes (removed meanwhile) makes the code a root, not a broken file.
    if code.parent_id in keys:
        entry["parent"] = keys[code.parent_id]
    if code.level is not None:
        entry["level"] = code.level
    entry |= _said(code, CODE_TEXTS)
    if code.origin is not Origin.THEORY:
        entry["origin"] = code.origin.value
    return entry | _said(code, ("colour", "shortcut"))


def _said(thing: Codebook | Code, fields: tuple[str, ...]) -> dict[str, object]:
    return {field: getattr(thing, field) for field in fields if getattr(thing, field)}


def dump_yaml(value: dict[str, object] | list[dict[str, object]]) -> str:
    return yaml.dump(value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=80)


def _unique_keys(codes: list[Code]) -> dict[str, str]:
    """A key for every code. Codes found while reading may have none, or share one."""
    taken: set[str] = set()
    keys: dict[str, str] = {}
    for code in codes:
        stem = _valid(code.key, code.label("fi"))
        key, number = stem, 2
        while key in taken:
            key, number = f"{stem}_{number}", number + 1
        taken.add(key)
        keys[code.id] = key
    return keys


def _valid(key: str, name: str) -> str:
    return key if KEY.fullmatch(key) else key_of(key or name)


def key_of(label: str) -> str:
    """A key made of a label: "Mitä siitä seurasi?" -> "mita_siita_seurasi"."""
    plain = unicodedata.normalize("NFKD", label.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:60] or "koodi"
