"""Forms in words: what looks like a mistake, kinds of questions, stages and changes."""

from __future__ import annotations

from collections.abc import Callable

from qualcode.domain.form_checks import Fault, FormWarning
from qualcode.texts import N_

FAULTS = {
    Fault.SAME_NUMBER: N_("The number {number} is on {count} questions."),
    Fault.MISSING_NUMBER: N_("There is no question {number}: {before} is followed by {after}."),
    Fault.REPEATED_LABEL: N_("The label “{label}” is on more than one option: {options}."),
    Fault.REPEATED_OPTION: N_("The option “{option}” is there more than once."),
    Fault.NO_OPTIONS: N_("The question has no options to choose from."),
    Fault.OTHER_LENGTH: N_("The scale has {found} steps, {wanted} were expected."),
    Fault.NO_TEXT: N_("The question has no text."),
    Fault.LATER_FILTER: N_("The question it depends on ({number}) comes after it."),
    Fault.UNKNOWN_ANSWER: N_(
        "Asked of those who answered “{answer}”, which is no option of {number}."
    ),
    Fault.STATED: N_("The form says it has {stated} questions; it has {found} numbered ones."),
}


def told(warning: FormWarning, translate: Callable[[str], str]) -> str:
    """The warning as a sentence."""
    return translate(FAULTS[warning.fault]).format(**warning.values)
