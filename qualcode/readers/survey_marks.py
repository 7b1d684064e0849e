"""Columns beside an answer that tell how it stands, whom it speaks of and who speaks in it."""

from __future__ import annotations

from dataclasses import dataclass

from qualcode.domain.documents import normalise, one_line
from qualcode.domain.second_marks import Stance
from qualcode.readers import survey_words as words
from qualcode.readers.survey_plan import ColumnPlan, ColumnRole, SurveyPlan
from qualcode.texts import N_

NOT_A_STANCE = N_(
    "“{raw}” is no stance, so the answer came in without one. Stances are success, difficulty, "
    "wish and doubt."
)
NO_ANSWER_BESIDE = N_("The column tells of an answer, but no column of the sheet has open answers.")

_STANCES = {
    Stance.SUCCESS: "onnistuminen|onnistumiset|onnistui|myönteinen|positiivinen|success|positive|"
    "framgång|positiv|+",
    Stance.DIFFICULTY: "vaikeus|vaikeudet|ongelma|haaste|kielteinen|negatiivinen|difficulty|"
    "problem|challenge|negative|svårighet|negativ|-|–|−",
    Stance.WISH: "toive|toiveet|toivomus|ehdotus|wish|hope|suggestion|önskan|önskemål|*",
    Stance.DOUBT: "epäily|epäilys|epävarmuus|epäilevä|doubt|uncertainty|tvivel|osäkerhet|?",
}
_NAMED = {name: stance for stance, names in _STANCES.items() for name in names.split("|")}


@dataclass(frozen=True)
class Marks:
    """What the columns beside an answer say of it; ``unknown`` is a stance that is none."""

    stance: Stance | None = None
    spoken_of: str = ""
    speaker: str = ""
    unknown: tuple[ColumnPlan, str] | None = None

    def __bool__(self) -> bool:
        return bool(self.stance or self.spoken_of or self.speaker)


NOTHING_SAID = Marks()


def stance_of(written: str) -> Stance | None:
    """The stance that a cell names, in Finnish, Swedish or English, or by its sign.

    >>> stance_of("Vaikeus"), stance_of(" + "), stance_of("kyllä")
    (<Stance.DIFFICULTY: 'difficulty'>, <Stance.SUCCESS: 'success'>, None)
    """
    return _NAMED.get(" ".join(written.casefold().split()).strip(" .:")) or _NAMED.get(
        words.plain(written)
    )


def columns_of(plan: SurveyPlan) -> dict[int, list[ColumnPlan]]:
    """Answer's column -> the columns that tell of it: it is the nearest one on their left, or the
    first on their right."""
    texts = [column.index for column in plan.columns if column.role.is_text]
    found: dict[int, list[ColumnPlan]] = {}
    for column in plan.columns:
        if column.role.is_mark and texts:
            before = [index for index in texts if index < column.index]
            found.setdefault(before[-1] if before else texts[0], []).append(column)
    return found


def read_marks(row: list[str], columns: list[ColumnPlan]) -> Marks:
    """What these cells say of the answer that they stand beside."""
    said = {column.role: one_line(normalise(row[column.index])) for column in columns}
    written = said.get(ColumnRole.STANCE, "")
    stance = stance_of(written) if written else None
    of = next((column for column in columns if column.role is ColumnRole.STANCE), None)
    return Marks(
        stance,
        said.get(ColumnRole.SPOKEN_OF, ""),
        said.get(ColumnRole.SPEAKER, ""),
        (of, written) if of is not None and written and stance is None else None,
    )
