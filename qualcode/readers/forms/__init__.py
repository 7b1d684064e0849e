"""Forms (instruments) from files: YAML and Excel of one's own, JSON of an earlier project.

A file is read whole or not at all; what could not be understood of a question comes back as a
problem with its place, and the question comes in without it.
"""

from __future__ import annotations

from qualcode.readers.files import extension, unknown_type
from qualcode.readers.forms.from_json import read_form_json
from qualcode.readers.forms.from_sheet import is_form, read_form_sheet
from qualcode.readers.forms.from_yaml import read_form_yaml
from qualcode.readers.forms.rows import BrokenForm, FormItemRow, FormRow, FormsReading, NoQuestions
from qualcode.readers.forms.writing import write_form_yaml

__all__ = [
    "KNOWN_TYPES",
    "BrokenForm",
    "FormItemRow",
    "FormRow",
    "FormsReading",
    "NoQuestions",
    "is_form",
    "read_forms",
    "write_form_yaml",
]

KNOWN_TYPES = (".yaml", ".yml", ".xlsx", ".csv", ".json")


def read_forms(data: bytes, file: str) -> FormsReading:
    """The forms in the file: one in YAML and CSV, one a sheet in Excel, any number in JSON."""
    ending = extension(file)
    if ending in (".yaml", ".yml"):
        return read_form_yaml(data, file)
    if ending == ".json":
        return read_form_json(data, file)
    if ending in (".xlsx", ".xlsm", ".csv", ".tsv"):
        return read_form_sheet(data, file)
    raise unknown_type(file, ", ".join(KNOWN_TYPES))
