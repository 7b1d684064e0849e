"""The shelf of codebooks that come with the program: browsing it, and saving a new version."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from qualcode.domain.codes import Code, Codebook, CodebookKind
from qualcode.domain.errors import QualcodeError
from qualcode.readers.codebook_yaml.reading import read_codebook_file
from qualcode.readers.codebook_yaml.writing import write_codebook
from qualcode.texts import N_

SHIPPED = Path(__file__).resolve().parents[3] / "codebooks"
ROLE_MAPS = "role_maps"  # a folder of role map frames, not of codebooks
THEMES = {
    "analyysi": N_("Content analysis"),
    "arviointi": N_("Evaluation"),
    "asiakaslahtoisyys": N_("Client orientation"),
    "asiakkuus": N_("Clienthood"),
    "henkilokohtainen_budjetointi": N_("Personal budgeting"),
    "osallisuus": N_("Participation"),
    "palvelujarjestelma": N_("Service system"),
    "roolit": N_("Roles"),
    "toimijat": N_("Actors and background"),
    "valinnanvapaus": N_("Freedom of choice"),
    "yhteistyo": N_("Cooperation and dialogue"),
}


@dataclass(frozen=True)
class CodebookCard:
    """A codebook as it looks from the shelf.

    ``codes`` is how many it has, ``theme`` the folder it stands in ("" for none). A file that
    cannot be read stays on the shelf with its ``error``, and does not hide the others.
    """

    key: str
    name_fi: str
    name_en: str
    theory_source: str
    kind: CodebookKind
    codes: int
    theme: str
    path: Path
    version: int = 1
    error: QualcodeError | None = None

    def name(self, language: str) -> str:
        return (self.name_en if language == "en" else self.name_fi) or self.name_fi or self.name_en


def shipped_codebooks(root: Path = SHIPPED) -> list[CodebookCard]:
    """The cards of all codebooks under ``root``, by theme, name and version.

    A file is read again only when its time or size has changed.
    """
    cards = []
    for path in root.rglob("*.yaml"):
        folders = path.relative_to(root).parts[:-1]
        if folders[:1] == (ROLE_MAPS,):
            continue
        stat = path.stat()
        cards.append(_card(path, "/".join(folders), stat.st_mtime_ns, stat.st_size))
    return sorted(cards, key=lambda card: (card.theme, card.name("fi").casefold(), card.version))


@lru_cache(maxsize=2_000)
def _card(path: Path, theme: str, changed: int, size: int) -> CodebookCard:
    """The card of one file. ``changed`` and ``size`` only tell two states of it apart."""
    try:
        found = read_codebook_file(path)
    except QualcodeError as error:
        return CodebookCard(
            path.stem, path.name, path.name, "", CodebookKind.FLAT, 0, theme, path, error=error
        )
    codebook = found.codebook
    return CodebookCard(
        key=codebook.key,
        name_fi=codebook.name_fi,
        name_en=codebook.name_en,
        theory_source=codebook.theory_source,
        kind=codebook.kind,
        codes=len(found.codes),
        theme=theme,
        path=path,
        version=codebook.version,
    )


def theme_name(theme: str, translate: Callable[[str], str]) -> str:
    """What a theme is called; a folder of one's own goes by its own name."""
    return translate(THEMES[theme]) if theme in THEMES else theme


def next_version_path(path: Path, version: int = 1) -> Path:
    """Where the next version goes, beside the earlier ones: name.yaml -> name.v2.yaml.

    The number is one above the highest found beside ``path`` and above ``version``.
    """
    name = re.sub(r"\.v\d+$", "", path.stem)
    numbered = re.compile(re.escape(name) + r"\.v(\d{1,6})\.yaml")
    found = (numbered.fullmatch(other.name) for other in path.parent.glob("*.yaml"))
    highest = max([version, 1, *(int(match.group(1)) for match in found if match)])
    return path.with_name(f"{name}.v{highest + 1}.yaml")


def save_new_version(codebook: Codebook, codes: Iterable[Code], path: Path) -> Path:
    """The path of the new version written beside ``path``; no earlier version is touched.

    The ``version`` in the file is the number in its name.
    """
    codes = tuple(codes)
    while True:
        target = next_version_path(path, codebook.version)
        version = int(target.stem.rpartition(".v")[2])
        text = write_codebook(replace(codebook, version=version), codes)
        try:
            # "x": a file that appeared meanwhile is another person's version, never overwritten.
            with target.open("x", encoding="utf-8", newline="\n") as file:
                file.write(text)
        except FileExistsError:
            continue
        return target
