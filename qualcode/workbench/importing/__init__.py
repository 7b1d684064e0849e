"""Bringing material in: what a reader read becomes respondents, questions and texts of the study.

One file is one source and one decision, so one undo takes the whole import back. The same file
is known again by its contents, whatever its name.
"""

from qualcode.workbench.importing.counts import import_counts
from qualcode.workbench.importing.removing import remove_source
from qualcode.workbench.importing.sources import Imported, digest, imported_before, source_with
from qualcode.workbench.importing.surveys import import_survey
from qualcode.workbench.importing.texts import import_text
from qualcode.workbench.importing.workshop_notes import import_workshop

__all__ = [
    "Imported",
    "digest",
    "import_counts",
    "import_survey",
    "import_text",
    "import_workshop",
    "imported_before",
    "remove_source",
    "source_with",
]
