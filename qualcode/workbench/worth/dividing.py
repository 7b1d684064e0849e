"""How a column's cells hold several codes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

USUAL = re.compile(r"[;|\n]")
OTHERS = {",": re.compile(","), "tab": re.compile(r"\t"), "/": re.compile("/")}
LISTED = re.compile(r"\s*\[(.*)\]\s*", re.DOTALL)
QUOTED = re.compile(r"'([^']*)'|\"([^\"]*)\"")


@dataclass(frozen=True)
class Dividing:
    """``told`` is what divides the codes: ";|", another sign, or "list" for ['one', 'two']."""

    told: str

    def parts(self, cell: str) -> list[str]:
        """The codes of a cell as they are written, with what is around them."""
        if self.told == "list" and (within := LISTED.fullmatch(cell)):
            quoted = [one or other for one, other in QUOTED.findall(within[1])]
            return quoted or within[1].split(",")
        return OTHERS.get(self.told, USUAL).split(cell)


def dividing(cells: Iterable[str]) -> Dividing:
    """What divides the codes of these cells.

    Usually ";", "|" or a line break. Where no cell has them, it is a comma, a tab or a slash if
    most of what it divides is met in several different cells: "Raha, velat" may be one label.

    >>> dividing(["arki, raha", "raha, apu", "apu", "arki"]).told
    ','
    >>> dividing(["arki, raha", "arki, raha", "apu, tuki"]).told
    ';|'
    """
    different = {cell.strip() for cell in cells} - {""}
    if different and all(LISTED.fullmatch(cell) for cell in different):
        return Dividing("list")
    if not any(USUAL.search(cell) for cell in different):
        for told in OTHERS:
            if _divides(Dividing(told), different):
                return Dividing(told)
    return Dividing(";|")


def _divides(by: Dividing, different: set[str]) -> bool:
    cells = [
        {part.strip().casefold() for part in by.parts(cell)} - {""} for cell in sorted(different)
    ]
    met: dict[str, int] = {}
    for parts in cells:
        for part in parts:
            met[part] = met.get(part, 0) + 1
    divided = {part for parts in cells if len(parts) > 1 for part in parts}
    return 2 * sum(met[part] > 1 for part in divided) > len(divided)
