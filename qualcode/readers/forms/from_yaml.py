"""One form in YAML, every complaint with its line.

name: Asiakaskysely
actor_group: asiakas
stage: draft            # draft, tested or final
stated: 2               # how many questions its cover letter promises
questions:
  - number: "1.1"
    section: Tieto
    type: likert5
    text: Sain riittävästi tietoa
    options: [1 = täysin eri mieltä, 2, 3, 4, 5 = täysin samaa mieltä]
  - type: open
    text: Kuvaile miten
    follows: "1.1"
"""

from __future__ import annotations

from qualcode.domain.instruments import AskedAs, Stage
from qualcode.readers.forms.rows import (
    UNKNOWN_QUESTION,
    BrokenForm,
    FormItemRow,
    FormRow,
    FormsReading,
    NoQuestions,
    asked_as,
    place_of,
)
from qualcode.readers.yaml_fields import Fields, YamlReading
from qualcode.texts import N_

FORM_FIELDS = (
    "name", "actor_group", "stage", "stated", "cover_letter", "feedback", "note", "questions",
)  # fmt: skip
QUESTION_FIELDS = (
    "id", "number", "section", "theme", "type", "text", "options", "stem", "citation", "parts",
    "follows", "filter_of", "filter_value", "unit", "measure", "note",
)  # fmt: skip


def read_form_yaml(data: bytes, file: str) -> FormsReading:
    """The form of the file. Raises BrokenForm with the line that is wrong."""
    reading = YamlReading(file, BrokenForm)
    top = reading.top(reading.decode(data), FORM_FIELDS)
    questions = list(top.items("questions", QUESTION_FIELDS))
    if not questions:
        raise NoQuestions(file=file)
    names = [q.text("number") for q in questions]
    ids = [q.text("id") for q in questions]
    items = tuple(_item(reading, q, names, ids, n) for n, q in enumerate(questions))
    form = FormRow(
        top.required("name"),
        items,
        top.text("actor_group"),
        Stage(top.one_of("stage", list(Stage), Stage.DRAFT)),
        top.number("stated"),
        top.text("cover_letter"),
        top.text("feedback"),
        top.text("note"),
    )
    return FormsReading((form,), tuple(reading.problems))


def _item(
    reading: YamlReading, fields: Fields, names: list[str], ids: list[str], place: int
) -> FormItemRow:
    written = fields.text("type") or AskedAs.OPEN
    kind = asked_as(written)
    if kind is None:
        raise reading.broken(
            fields.line_of("type"),
            N_("“{field}” is “{found}”, but it must be one of these: {known}."),
            field="type",
            found=written,
            known=", ".join(AskedAs),
        )

    def tie(field: str) -> int | None:
        wanted = fields.text(field)
        if not wanted:
            return None
        found = place_of(wanted, ids, place)
        found = place_of(wanted, names, place) if found is None else found
        if found is None:
            reading.warn(fields.line_of(field), field, UNKNOWN_QUESTION, number=wanted)
        return found

    return FormItemRow(
        text=fields.required("text"),
        asked_as=kind,
        number=fields.text("number"),
        section=fields.text("section"),
        theme=fields.text("theme"),
        options=fields.texts("options"),
        stem=fields.text("stem"),
        citation=fields.text("citation"),
        parts=fields.texts("parts"),
        follows=tie("follows"),
        filter_of=tie("filter_of"),
        filter_value=fields.text("filter_value"),
        unit=fields.text("unit"),
        measure=fields.text("measure"),
        note=fields.text("note"),
    )
