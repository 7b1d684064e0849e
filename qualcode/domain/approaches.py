"""The three approaches of content analysis and what each allows.

- data-driven (aineistolähtöinen): categories grow from the data;
- theory-guided (teoriaohjaava): the data leads, theory is brought in on the way up;
- theory-driven (teorialähtöinen): the frame is there first. With a *strict* frame nothing is added
  to it; with an open one, what does not fit may grow codes of its own (Elo & Kyngäs 2008).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from qualcode.domain.categories import DEFAULT_LEVEL_NAMES, LevelNames


class Approach(StrEnum):
    DATA_DRIVEN = "data_driven"
    THEORY_GUIDED = "theory_guided"
    THEORY_DRIVEN = "theory_driven"


@dataclass(frozen=True)
class Study:
    """The study itself: its task, how it is analysed, and what its levels are called.

    ``options`` holds the study's other choices by name (plain JSON values); what is not there has
    its default where the choice is used.
    """

    id: str
    name: str
    language: str = "fi"
    approach: Approach = Approach.THEORY_GUIDED
    strict_frame: bool = False
    task: str = ""
    level_names: LevelNames = field(default_factory=lambda: dict(DEFAULT_LEVEL_NAMES))
    options: Mapping[str, Any] = field(default_factory=dict)

    def allows_new_codes(self) -> bool:
        """Only a strict frame of a theory-driven analysis forbids codes found while reading."""
        return not (self.approach is Approach.THEORY_DRIVEN and self.strict_frame)
