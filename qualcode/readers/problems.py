"""What could not be read of a file that was otherwise read: one problem, one place, one sentence.

Bad rows are no errors: they come back as a list, and the good rows go in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from qualcode.domain.errors import Term


@dataclass(frozen=True)
class ReadProblem:
    """Where (row and column as a person sees them in the file) and what.

    ``what`` is an English msgid with named holes, ``values`` fill them. ``row`` is None and
    ``column`` empty when the problem belongs to the whole sheet or file.
    """

    row: int | None
    column: str
    what: str
    values: Mapping[str, object] = field(default_factory=dict)

    def message(self, translate: Callable[[str], str]) -> str:
        """The sentence in the language of ``translate``; values that are terms are translated."""
        values = {
            name: value.message(translate) if isinstance(value, Term) else value
            for name, value in self.values.items()
        }
        return translate(self.what).format(**values)
