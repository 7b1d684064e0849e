"""The list of licences is true: every requirement is on it, and nothing installed forbids us."""

from __future__ import annotations

import re
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Declared under several licences at the user's choice, one of which suits; see docs/licences.md.
CHOICE = {"libvoikko"}


def pinned() -> dict[str, str]:
    """Name (with extras) -> version of every line of requirements.txt."""
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    # What stands after a semicolon tells on which systems the line counts.
    wishes = (line.partition("#")[0].partition(";")[0].strip() for line in lines)
    return dict(wish.split("==") for wish in wishes if wish)


def declared(package: metadata.Distribution) -> str:
    """Everything a package's metadata says of its licence, without a licence text's body."""
    fields = package.metadata
    free_text = (fields.get("License") or "").partition("\n")[0]
    classifiers = [c for c in fields.get_all("Classifier") or [] if c.startswith("License")]
    return " | ".join([fields.get("License-Expression") or "", free_text, *classifiers])


def is_gpl(declaration: str) -> bool:
    """Whether a declaration names the GPL or AGPL (the LGPL and exceptions to them are others)."""
    plain = re.sub(r"\S+ WITH \S+-exception", "", declaration)
    return bool(re.search(r"\bA?GPL|(?<!Lesser )(Affero )?General Public License", plain))


def test_every_requirement_is_listed_with_its_version():
    table = (ROOT / "docs/licences.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| (\S+) \| (\S+) \|", table, flags=re.MULTILINE))
    wanted = pinned()
    assert {name: rows.get(name) for name in wanted} == wanted


def test_installed_versions_are_the_pinned_ones():
    for name, version in pinned().items():
        installed = metadata.version(name.partition("[")[0])
        # A CPU build of torch calls itself 2.13.0+cpu.
        assert installed.partition("+")[0] == version, name


def test_gpl_is_recognised():
    assert is_gpl("GPL-3.0-or-later")
    assert is_gpl("AGPL-3.0-only")
    assert is_gpl("License :: OSI Approved :: GNU General Public License v3 (GPLv3)")
    assert not is_gpl("LGPL-3.0-only")
    assert not is_gpl("License :: OSI Approved :: GNU Lesser General Public License v3 (LGPLv3)")
    assert not is_gpl("GPL-3.0-or-later WITH GCC-exception-3.1")


def test_nothing_installed_is_under_the_gpl():
    gpl = {
        package.metadata["Name"]: declared(package)
        for package in metadata.distributions()
        if is_gpl(declared(package)) and package.metadata["Name"] not in CHOICE
    }
    assert not gpl
