"""Names of enumerated things as people read them."""

from __future__ import annotations

from collections.abc import Callable

from qualcode.domain.approaches import Approach
from qualcode.domain.codes import CodebookKind, Origin
from qualcode.domain.documents import DocumentKind, SourceKind
from qualcode.domain.workshops import Quadrant
from qualcode.readers.workshop import QUADRANT_NAMES
from qualcode.texts import N_

Translate = Callable[[str], str]

APPROACHES = {
    Approach.DATA_DRIVEN: N_("Data-driven"),
    Approach.THEORY_GUIDED: N_("Theory-guided"),
    Approach.THEORY_DRIVEN: N_("Theory-driven"),
}
ORIGINS = {
    Origin.THEORY: N_("From theory"),
    Origin.DATA: N_("From the data"),
    Origin.BOTH: N_("From theory and data"),
}
CODEBOOK_KINDS = {
    CodebookKind.FLAT: N_("List"),
    CodebookKind.ORDERED: N_("Ordered levels"),
    CodebookKind.TREE: N_("Tree"),
}
DOCUMENT_KINDS = {
    DocumentKind.ANSWER: N_("Answer"),
    DocumentKind.WORKSHOP_NOTE: N_("Workshop note"),
    DocumentKind.ROLE_NOTE: N_("Role-shaping note"),
    DocumentKind.OBSERVATION: N_("Observation"),
    DocumentKind.EXPECTATION: N_("Expectation of the day"),
    DocumentKind.FEEDBACK: N_("Feedback on the day"),
    DocumentKind.TEXT: N_("Text"),
}
SOURCE_KINDS = {
    SourceKind.SURVEY: N_("Survey"),
    SourceKind.WORKSHOP: N_("Workshop"),
    SourceKind.TEXT: N_("Text"),
    SourceKind.COUNTS: N_("Table of counts"),
}


ATTRIBUTES = {
    "quadrant": N_("Quadrant"),
    "table": N_("Workshop table"),
    "round": N_("Round"),
    "group": N_("Group of notes"),
    "picture": N_("Picture or object"),
    "question": N_("Question"),
    "target": N_("What was observed"),
    "observer": N_("Observer"),
    "speaker": N_("Speaker"),
    "interviewer": N_("Interviewer"),
}
"""Names the readers give to what they know of a text; all others are people's own words."""


def attribute_name(name: str, translate: Translate) -> str:
    """What an attribute of a text, or a background variable, is called."""
    return translate(ATTRIBUTES[name]) if name in ATTRIBUTES else name


def attribute_value(name: str, value: str, translate: Translate) -> str:
    """An attribute's value as people read it: a quadrant in the session's language."""
    if name == "quadrant" and value in list(Quadrant):
        return QUADRANT_NAMES[Quadrant(value)].message(translate)
    if name == "interviewer":
        return translate(ATTRIBUTES["interviewer"])
    return value


def approach_label(approach: Approach, translate: Translate) -> str:
    return translate(APPROACHES[approach])


def origin_label(origin: Origin, translate: Translate) -> str:
    return translate(ORIGINS[origin])


def document_kind_label(kind: DocumentKind, translate: Translate) -> str:
    return translate(DOCUMENT_KINDS[kind])


def source_kind_label(kind: SourceKind, translate: Translate) -> str:
    return translate(SOURCE_KINDS[kind])
