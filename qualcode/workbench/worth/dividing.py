"""How a column's cells hold several codes."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from dataclasses import dataclass

USUAL = re.compile(r"[;|\n]")
OTHERS = {",": re.compile(","), "tab": re.compile(r"\t"), "/": re.compile("/")}
LISTED = re.compile(r"\s*\[(.*)\]\s*", re.DOTALL)
LIST, NONE = "list", "none"


@dataclass(frozen=True)
class Dividing:
    """``told`` is what divides the codes: ";|", another sign, "none", or "list" for ['a', 'b']."""

    told: str

    def parts(self, cell: str) -> list[str]:
        """The codes of a cell as they are written, with what is around them."""
        if self.told == NONE:
            return [cell]
        if self.told == LIST and (within := LISTED.fullmatch(cell)):
            return _members(cell.strip(), within[1])
        return OTHERS.get(self.told, USUAL).split(cell)


def _members(cell: str, within: str) -> list[str]:
    try:
        found = ast.literal_eval(cell)
    except (ValueError, SyntaxError):
        return [part.strip().strip("'\"") for part in within.split(",")]
    return [str(member) for member in found]


def dividing(cells: Iterable[str]) -> Dividing:
    """What divides the codes of these cells.

    Usually ";", "|" or a line break. Where no cell has them, it is a comma, a tab or a slash if
    most of what it divides is met alone as well, or at different places: "Raha, velat" may be one
    label, and in "Apu/arki" and "Apu/raha" the first part is what the other lies under.

    >>> dividing(["arki, raha", "raha, apu", "apu", "arki"]).told
    ','
    >>> dividing(["arki, raha", "arki, raha", "apu, tuki"]).told
    ';|'
    >>> dividing(["apu/arki", "apu/raha", "tuki/arki", "tuki/raha"]).told
    ';|'
    """
    different = {cell.strip() for cell in cells} - {""}
    if 2 * sum(bool(LISTED.fullmatch(cell)) for cell in different) > len(different):
        return Dividing(LIST)
    if not any(USUAL.search(cell) for cell in different):
        for told in OTHERS:
            if _divides(Dividing(told), different):
                return Dividing(told)
    return Dividing(";|")


def _divides(by: Dividing, different: set[str]) -> bool:
    met: dict[str, set[tuple[int, bool]]] = {}
    divided: set[str] = set()
    for cell in different:
        parts = [part.strip().casefold() for part in by.parts(cell)]
        for place, part in enumerate(parts):
            met.setdefault(part, set()).add((place, len(parts) == 1))
        if len(parts) > 1:
            divided.update(parts)
    codes = [
        part
        for part in divided
        if len({place for place, _ in met[part]}) > 1 or any(alone for _, alone in met[part])
    ]
    return 2 * len(codes) > len(divided)
