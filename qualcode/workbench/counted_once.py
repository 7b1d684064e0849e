"""One closed question of a file for each question of a form: two would count each person twice.

Open answers may go on in another column, or be given part by part; they are texts, not counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from qualcode.domain.documents import Item, question_name
from qualcode.domain.errors import BoundTwice, ItemsBoundTwice
from qualcode.domain.instruments import FormItem
from qualcode.readers.survey_reading import ItemRow


def check_columns(
    file: str, rows: Sequence[ItemRow], asked: Mapping[str, str], form: Mapping[str, FormItem]
) -> None:
    """Raises BoundTwice when two closed questions of a file on its way in are bound to one.

    ``asked``: a column's letter -> the question of the form, ``form``: its id -> the question.
    """
    columns: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for row in rows:
        id = next((asked[letter] for letter in row.columns if letter in asked), None)
        if id is not None and not row.kind.is_text:
            columns[id].append(row.columns)
    for id, bound in columns.items():
        if len(bound) > 1:
            letters = ", ".join(letter for of_one in bound for letter in of_one)
            raise BoundTwice(file=file, columns=letters, question=form[id].title)


def check_items(file: str, items: Sequence[Item], asked: Mapping[str, FormItem]) -> None:
    """Raises ItemsBoundTwice when two closed questions of a file in the study are bound to one.

    ``asked``: a question of the file -> that of the form.
    """
    bound: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        if item.id in asked and not item.kind.is_text:
            bound[asked[item.id].id].append(item)
    for of_one in bound.values():
        if len(of_one) > 1:
            named = "; ".join(question_name(item.number, item.text) for item in of_one)
            question = asked[of_one[0].id].title
            raise ItemsBoundTwice(file=file, questions=named, question=question)
