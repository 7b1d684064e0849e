"""Second codings of roles: what kind of role it is, and how far it has developed.

Moreno's kinds and states of a role (Helminen & Iso-Heiniemi 1999; Niemistö 2007). A coder may say
several of a role: the material can show it missing from one life and overgrown in another.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Step(StrEnum):
    """The five steps on which a role is assessed, the weakest first. ``++`` is the target.

    They are words and no numbers: a role map is a profile, and steps are never summed or averaged.
    """

    MISSING = "missing"
    UNDERDEVELOPED = "underdeveloped"
    DEVELOPING = "developing"
    APPROPRIATE = "appropriate"
    OVERDEVELOPED = "overdeveloped"

    @property
    def sign(self) -> str:
        """How the step is marked on paper.

        >>> " ".join(f"[{step.sign}]" for step in reversed(Step))
        '[+++] [++] [+] [-] [- -]'
        """
        return _SIGNS[self.value]


_SIGNS = {
    "missing": "- -",
    "underdeveloped": "-",
    "developing": "+",
    "appropriate": "++",
    "overdeveloped": "+++",
}

TARGET = Step.APPROPRIATE
"""What is aimed at. The step above it is as far from it as the one below."""


class Trait(StrEnum):
    """A kind of role, or a state it is in."""

    PHYSICAL = "physical"
    SOCIAL = "social"
    PSYCHOLOGICAL = "psychological"
    COSMIC = "cosmic"
    COLLECTIVE = "collective"
    MISSING = "missing"
    UNDERDEVELOPED = "underdeveloped"
    DEVELOPING = "developing"
    APPROPRIATE = "appropriate"
    OVERDEVELOPED = "overdeveloped"
    DISTORTED = "distorted"

    @property
    def step(self) -> Step | None:
        """The step of the scale that the state is marked with.

        A distorted role turns against oneself or another; the scale has no sign for it.

        >>> Trait.DEVELOPING.step.sign, Trait.DISTORTED.step, Trait.SOCIAL.step
        ('+', None, None)
        """
        return Step(self.value) if self.value in list(Step) else None


TYPES = (
    Trait.PHYSICAL,
    Trait.SOCIAL,
    Trait.PSYCHOLOGICAL,
    Trait.COSMIC,
    Trait.COLLECTIVE,
)
STATES = tuple(trait for trait in Trait if trait not in TYPES)


@dataclass(frozen=True)
class RoleTrait:
    """One coder sees this kind or state in the role."""

    id: str
    role_id: str
    trait: Trait
    coder: str
    created_at: str = ""
