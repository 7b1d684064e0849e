"""Errors and decisions as sentences a person reads, in the language asked for.

Both carry plain names (a kind of row, an act, a level); here each gets its word of the method.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from string import Formatter

from qualcode.domain.decisions import Act, Decision
from qualcode.domain.errors import QualcodeError, Term
from qualcode.nlp.labels import LABELS
from qualcode.texts import N_
from qualcode.workbench.act_words import ACT_SENTENCES, ACT_TITLES, KIND_TITLES

Translate = Callable[[str], str]

LEVEL_TITLES = {
    "subcategory": N_("subcategory"),
    "generic_category": N_("generic category"),
    "main_category": N_("main category"),
    "unifying_category": N_("unifying category"),
}

STANCE_TITLES = {
    "success": N_("success"),
    "difficulty": N_("difficulty"),
    "wish": N_("wish"),
    "doubt": N_("doubt"),
}

ALIKE_TITLES = {
    "same": N_("the same finding"),
    "differs": N_("differ"),
    "contradicts": N_("contradict each other"),
}

TURNED_FOR_ANOTHER: dict[Act, str] = {
    Act.UNDO: N_("undid what {whose} had done: {done}"),
    Act.REDO: N_("did again what {whose} had done: {done}"),
}

SPOKEN = ("engine", "stance", "alike")
"""What a summary names by a plain name that has a word of its own."""

QUOTE_LENGTH = 60
"""How much of a quote or a wording a line of the log shows."""


def kind_title(kind: str, translate: Translate) -> str:
    """What a kind of row is called: "reduction" -> "pelkistys"."""
    return translate(KIND_TITLES.get(kind, kind))


def act_title(act: Act, translate: Translate) -> str:
    """What somebody did, in general: "code" -> "koodasi ilmauksen"."""
    return translate(ACT_TITLES[act]).format(done="…")


def message_of(error: QualcodeError, translate: Translate) -> str:
    """The error as a sentence, the names of kinds, acts and levels in it translated too."""
    values = {name: _word(name, value, translate) for name, value in error.values.items()}
    sentence = translate(error.template)
    return sentence.format(**values) if values else sentence


def act_sentence(decision: Decision, translate: Translate) -> str:
    """What somebody did, for the log: "koodasi ilmauksen ”Apua sai” koodilla ”Apu”"."""
    if decision.act in (Act.UNDO, Act.REDO):
        done = decision.summary.get("act")
        if done in ACT_TITLES:
            what = _said(Act(str(done)), decision.summary, translate)
            whose = decision.summary.get("whose")
            if whose:
                return translate(TURNED_FOR_ANOTHER[decision.act]).format(whose=whose, done=what)
            return translate(ACT_TITLES[decision.act]).format(done=what)
    return _said(decision.act, decision.summary, translate)


def _said(act: Act, summary: Mapping[str, object], translate: Translate) -> str:
    filled = {
        name: _shortened(_word(name, value, translate) if name in SPOKEN else value)
        for name, value in summary.items()
        if value not in (None, "", 0) and not (name == "count" and value == 1)
    }
    for sentence in ACT_SENTENCES.get(act, ()):
        if holes(sentence) <= filled.keys():
            return translate(sentence).format(**filled)
    return act_title(act, translate)


def holes(template: str) -> set[str]:
    """The names of the holes in a text."""
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def _shortened(value: object) -> object:
    if not isinstance(value, str):
        return value
    line = " ".join(value.split())
    return line if len(line) <= QUOTE_LENGTH else line[: QUOTE_LENGTH - 1] + "…"


def _word(name: str, value: object, translate: Translate) -> object:
    if isinstance(value, QualcodeError):
        return message_of(value, translate)
    if not isinstance(value, str):
        return value
    if isinstance(value, Term):
        return value.message(translate)
    if name in ("kind", "what") and value in KIND_TITLES:
        return translate(KIND_TITLES[value])
    if name == "act" and value in ACT_TITLES:
        return act_title(Act(value), translate)
    if name == "engine" and value in LABELS:
        return translate(LABELS[value])
    if name == "stance" and value in STANCE_TITLES:
        return translate(STANCE_TITLES[value])
    if name == "alike" and value in ALIKE_TITLES:
        return translate(ALIKE_TITLES[value])
    if name in ("level", "parent_level") and value in LEVEL_TITLES:
        return translate(LEVEL_TITLES[value])
    return value


def local_time(at: str) -> str:
    """A time of the log, kept in UTC, as the reader's clock shows it: ``2026-11-22 18:05:31``."""
    return datetime.fromisoformat(at).astimezone().strftime("%Y-%m-%d %H:%M:%S")


def day_and_time(at: str) -> str:
    """The same as people read it on pages and in reports, to the minute: ``22.11.2026 18:05``."""
    here = datetime.fromisoformat(at).astimezone()
    return f"{day_of(here)} {here:%H:%M}"


def day_of(day: date) -> str:
    """A day as it stands everywhere: ``22.11.2026``."""
    return f"{day.day}.{day.month}.{day.year}"
