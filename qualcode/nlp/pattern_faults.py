"""What is wrong with a pattern that cannot be read, as sentences in the person's language.

The library that reads patterns tells it in English; each of its kinds of fault has a sentence here.
"""

from __future__ import annotations

import re

from qualcode.domain.errors import Sentence, Term
from qualcode.texts import N_

OTHER = N_("it is not written as patterns are")

FAULTS: tuple[tuple[str, str], ...] = (
    ("unbalanced parenthesis", N_("a closing bracket “)” has no opening one before it")),
    (r"missing \)", N_("a bracket “(” is not closed")),
    (r"missing \]|unterminated character set", N_("a square bracket “[” is not closed")),
    (r"bad escape \(end of pattern\)", N_("nothing follows the backslash at the end")),
    (r"(?:bad|incomplete) (?:hex )?escape (\\.*)", N_("“{sign}” stands for nothing")),
    ("bad character range", N_("the later character of a range comes before the earlier one")),
    (
        "nothing to repeat|multiple repeat",
        N_("a sign of repetition (*, +, ? or braces) has nothing before it to repeat"),
    ),
    ("min repeat greater", N_("the least number of repetitions is greater than the most")),
    ("repeat count too big", N_("a number of repetitions is too big")),
    (
        "group reference|open group|unknown group|relative group",
        N_("it refers to a group that is not there"),
    ),
    ("group name|missing >", N_("the name of a group is missing or not a name")),
    (
        "inline flags|unknown extension|unknown verb|lookaround",
        N_("what follows “(?” or “(*” is not known"),
    ),
    (
        "unknown property|undefined character name|named list",
        N_("it names a class of characters that is not there"),
    ),
    (r"fuzzy|cost|expected \}", N_("what is between braces “{{ }}” makes no sense")),
)


def fault(told: str) -> Term:
    """The library's message as a sentence.

    >>> fault("unterminated character set")
    'a square bracket “[” is not closed'
    >>> fault("bad escape \\\\q")
    '“\\\\q” stands for nothing'
    >>> fault("something of a later version")
    'it is not written as patterns are'
    """
    for kind, sentence in FAULTS:
        match = re.search(kind, told)
        if match:
            return Sentence(sentence, sign=match[1] if match.lastindex else "")
    return Term(OTHER)
