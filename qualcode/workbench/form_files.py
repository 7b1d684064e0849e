"""Forms as files: YAML to be edited by hand, Excel to be read and filled by anybody."""

from __future__ import annotations

from qualcode.domain.instruments import AskedAs
from qualcode.exports.plain_sheet import write
from qualcode.readers.forms import FormItemRow, FormRow, write_form_yaml
from qualcode.readers.forms.from_sheet import COLUMNS, HEAD, STAGES

_SCALE = (
    "1 = täysin eri mieltä",
    "2 = jokseenkin eri mieltä",
    "3 = ei samaa eikä eri mieltä",
    "4 = jokseenkin samaa mieltä",
    "5 = täysin samaa mieltä",
)


def as_yaml(form: FormRow) -> str:
    """The form as the text of a YAML file."""
    return write_form_yaml(form)


def as_excel(form: FormRow) -> bytes:
    """The form as an .xlsx file that reads back the same: the form itself on top, then a row a
    question. A question without a number of its own is named by its place: #3 is the third."""
    stages = {stage: name for name, stage in STAGES.items()}
    head = {
        "name": form.name,
        "actor_group": form.actor_group,
        "stage": stages[form.stage],
        "stated": form.stated,
        "cover_letter": form.cover_letter,
        "feedback": form.feedback,
        "note": form.note,
    }
    rows: list[list[object]] = [
        [HEAD[name][0].capitalize(), value] for name, value in head.items() if value
    ]
    rows += [[], [titles[0].capitalize() for titles in COLUMNS.values()]]
    header = len(rows)
    rows += [_cells(form, item) for item in form.items]
    return write(form.name, rows, header)


def example() -> FormRow:
    """An invented form that shows every sort of question."""
    return FormRow(
        "Esimerkkilomake (keksitty)",
        (
            FormItemRow("Asiakasnumero", AskedAs.IDENTIFIER, "1", "Taustatiedot", "tausta"),
            FormItemRow("Ikä", AskedAs.NUMBER, "2", "Taustatiedot", "tausta", unit="vuotta"),
            FormItemRow(
                "Sain riittävästi tietoa palveluista.",
                AskedAs.LIKERT5,
                "3",
                "Tieto",
                "tieto",
                _SCALE,
            ),
            FormItemRow(
                "Kuvaile, miten sait tietoa.", AskedAs.OPEN, "", "Tieto", "tieto", follows=2
            ),
            FormItemRow(
                "Oliko sinulla tukihenkilö?",
                AskedAs.SINGLE_CHOICE,
                "4",
                "Tuki",
                "tuki",
                ("a) kyllä", "b) ei"),
            ),
            FormItemRow(
                "Missä asioissa sait häneltä apua?",
                AskedAs.MULTIPLE_CHOICE,
                "5",
                "Tuki",
                "tuki",
                ("a) asiointi", "b) päätökset", "c) arki"),
                filter_of=4,
                filter_value="kyllä",
            ),
            FormItemRow(
                "Palvelujani järjestettäessä oma roolini on…",
                AskedAs.COMPLETION,
                "6",
                "Rooli",
                "rooli",
                stem="Rooli tarkoittaa tapaa toimia eri tilanteissa.",
                parts=("työntekijän kanssa", "läheisten kanssa"),
            ),
            FormItemRow("Mitä muuta haluat sanoa?", AskedAs.OPEN, "", "Lopuksi", "muu"),
        ),
        "asiakas",
        stated=6,
        cover_letter="Hyvä vastaaja. Lomakkeessa on kuusi kysymystä.",
    )


def _cells(form: FormRow, item: FormItemRow) -> list[object]:
    numbers = [one.number for one in form.items]

    def tied(place: int | None) -> str:
        if place is None:
            return ""
        number = numbers[place]
        return number if number and numbers.count(number) == 1 else f"#{place + 1}"

    values: dict[str, object] = {
        "type": item.asked_as.value,
        "options": "\n".join(item.options),
        "parts": "\n".join(item.parts),
        "follows": tied(item.follows),
        "filter_of": tied(item.filter_of),
    }
    return [values[name] if name in values else getattr(item, name) for name in COLUMNS]
