"""What each column of a survey is, as a person confirmed it: the plan a survey is read by."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from qualcode.domain.documents import ItemKind


class ColumnRole(StrEnum):
    """What a column holds. IDENTIFYING columns are dropped: their cells are counted, not read.

    STANCE, SPOKEN_OF and SPEAKER tell of the open answer that they stand beside.
    """

    ID = "id"
    ACTOR_GROUP = "actor_group"
    BACKGROUND = "background"
    OPEN = "open"
    COMPLETION = "completion"
    LIKERT = "likert"
    CHOICE = "choice"
    MULTIPLE_CHOICE = "multiple_choice"
    NUMBER = "number"
    STANCE = "stance"
    SPOKEN_OF = "spoken_of"
    SPEAKER = "speaker"
    IDENTIFYING = "identifying"
    IGNORE = "ignore"

    @property
    def kind(self) -> ItemKind | None:
        """The kind of item a column of this role makes; None when it makes none."""
        return _KINDS.get(self)

    @property
    def is_text(self) -> bool:
        return self in (ColumnRole.OPEN, ColumnRole.COMPLETION)

    @property
    def is_of_people(self) -> bool:
        """Tells who answers."""
        return self in (ColumnRole.ACTOR_GROUP, ColumnRole.BACKGROUND)

    @property
    def is_mark(self) -> bool:
        return self in (ColumnRole.STANCE, ColumnRole.SPOKEN_OF, ColumnRole.SPEAKER)

    @property
    def is_closed(self) -> bool:
        """Read as a closed answer. A number is one too: it can be missing or uninterpretable."""
        return self in (
            ColumnRole.LIKERT,
            ColumnRole.CHOICE,
            ColumnRole.MULTIPLE_CHOICE,
            ColumnRole.NUMBER,
        )


_KINDS = {
    ColumnRole.OPEN: ItemKind.OPEN,
    ColumnRole.COMPLETION: ItemKind.COMPLETION,
    ColumnRole.LIKERT: ItemKind.LIKERT,
    ColumnRole.CHOICE: ItemKind.CHOICE,
    ColumnRole.MULTIPLE_CHOICE: ItemKind.MULTIPLE_CHOICE,
    ColumnRole.NUMBER: ItemKind.NUMBER,
}


class SurveyUnit(StrEnum):
    """What becomes one document: the whole answer, or each line or bullet of it."""

    ANSWER = "answer"
    LINE = "line"


@dataclass(frozen=True)
class ColumnPlan:
    """One column: where it is, what it is, and the item it makes.

    ``header`` names the column in the file, ``text`` is the question as shown (the header without
    its number when empty). A column that stands for one ``option`` of a multiple choice question
    names that option; such columns with the same ``text`` make one item together. ``asked`` is the
    question of a form that it is bound to.
    """

    index: int
    header: str
    role: ColumnRole
    number: str = ""
    text: str = ""
    theme: str = ""
    section: str = ""
    options: tuple[str, ...] = ()
    option: str = ""
    asked: str = ""

    @property
    def kind(self) -> ItemKind | None:
        return self.role.kind


@dataclass(frozen=True)
class SurveyPlan:
    """Every column's part, the rows of the header (numbers as in Excel) and the unit.

    ``actor_group`` is the group of all respondents, or of those whose group cell is empty when a
    column gives the group.
    """

    columns: tuple[ColumnPlan, ...]
    header_rows: tuple[int, ...] = (1,)
    actor_group: str = ""
    unit: SurveyUnit = SurveyUnit.ANSWER
    sheet: str = ""

    def column_of(self, role: ColumnRole) -> ColumnPlan | None:
        """The first column of ``role``."""
        return next((column for column in self.columns if column.role is role), None)
