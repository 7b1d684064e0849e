"""Forms in words: what looks like a mistake, kinds of questions, stages and changes."""

from __future__ import annotations

from collections.abc import Callable

from qualcode.domain.form_changes import Changed, FormChange
from qualcode.domain.form_checks import Fault, FormWarning
from qualcode.domain.instruments import AskedAs, Instrument, Stage
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


KINDS = {
    AskedAs.LIKERT5: N_("Scale 1–5"),
    AskedAs.LIKERT7: N_("Scale 1–7"),
    AskedAs.SINGLE_CHOICE: N_("Choice"),
    AskedAs.MULTIPLE_CHOICE: N_("Multiple choice"),
    AskedAs.OPEN: N_("Open question"),
    AskedAs.COMPLETION: N_("Sentence completion"),
    AskedAs.NUMBER: N_("Number"),
    AskedAs.IDENTIFIER: N_("Identifier"),
}
STAGES = {
    Stage.DRAFT: N_("draft"),
    Stage.TESTED: N_("tested"),
    Stage.FINAL: N_("final"),
}
FIELDS = {
    "text": N_("Question"),
    "asked_as": N_("Type"),
    "number": N_("No."),
    "section": N_("Section"),
    "theme": N_("Theme"),
    "options": N_("Options"),
    "stem": N_("Text read before the question"),
    "citation": N_("Where that text is from"),
    "parts": N_("Parts of the answer"),
    "filter_value": N_("Answer asked for"),
    "unit": N_("Unit of a number"),
    "measure": N_("Measures"),
    "note": N_("Note"),
}
"""Fields whose old and new content is told; a tie to another question is told by its name only."""

TIES = {
    "follows": N_("goes on from another question"),
    "filter_of": N_("asked by another question"),
}
CHANGES = {
    Changed.ADDED: N_("Added: {question}"),
    Changed.REMOVED: N_("Removed: {question}"),
    Changed.MOVED: N_("Moved: {question}"),
    Changed.EDITED: N_("Changed: {question}"),
}
_USUAL = (
    N_("strongly disagree"),
    N_("somewhat disagree"),
    N_("neither agree nor disagree"),
    N_("somewhat agree"),
    N_("strongly agree"),
)

Translate = Callable[[str], str]


def told(warning: FormWarning, translate: Translate) -> str:
    """The warning as a sentence."""
    return translate(FAULTS[warning.fault]).format(**warning.values)


def kind(asked: AskedAs, translate: Translate) -> str:
    return translate(KINDS[asked])


def stage(of: Stage, translate: Translate) -> str:
    return translate(STAGES[of])


def version(form: Instrument, translate: Translate) -> str:
    """Which version it is: "versio 2, testattu"."""
    said = translate(N_("version {version}, {stage}"))
    return said.format(version=form.version, stage=stage(form.stage, translate))


def change(of: FormChange, translate: Translate) -> str:
    """What happened to a question: "Muutettu: 2.1 Sain tietoa (siirretty)"."""
    question = of.after or of.before
    assert question is not None, "a change is of a question that some version has"
    said = translate(CHANGES[of.kind]).format(question=question.title)
    more = [translate(TIES[name]) for name in of.fields if name in TIES]
    if of.moved and of.kind is Changed.EDITED:
        more.append(translate(N_("moved")))
    return f"{said} ({', '.join(more)})" if more else said


def differences(of: FormChange, translate: Translate) -> list[tuple[str, str]]:
    """(field: before, after) of every field that is written otherwise."""
    if of.before is None or of.after is None:
        return []
    found = []
    for name in of.fields:
        if name in FIELDS:
            title = translate(FIELDS[name])
            before, after = (_shown(getattr(x, name), translate) for x in (of.before, of.after))
            found.append((f"{title}: {before}", after))
    return found


def usual_scale(asked: AskedAs, translate: Translate) -> tuple[str, ...]:
    """The scale that is printed most: five steps in words; of seven the ends and the middle."""
    words = [translate(word) for word in _USUAL]
    if asked.steps == len(words):
        return tuple(f"{n} = {word}" for n, word in enumerate(words, start=1))
    ends = {1: words[0], 4: words[2], 7: words[4]}
    return tuple(f"{n} = {ends[n]}" if n in ends else str(n) for n in range(1, 8))


def _shown(value: object, translate: Translate) -> str:
    if isinstance(value, AskedAs):
        return kind(value, translate)
    text = "; ".join(value) if isinstance(value, tuple) else str(value)
    return text or "–"
