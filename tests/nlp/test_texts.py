"""Everything the engines say to people is in the Finnish catalogue."""

import string

import pytest

from qualcode.nlp import labels, problems, sentences, tfidf
from qualcode.texts import gettext_for

SAID = [
    *(
        value.template
        for value in vars(problems).values()
        if isinstance(value, type) and issubclass(value, problems.EngineProblem)
    ),
    *labels.LABELS.values(),
    *labels.COSTS.values(),
    *labels.LACKS.values(),
    tfidf.WARNING,
    sentences.ENGLISH_ONLY,
]


@pytest.mark.parametrize("english", SAID)
def test_the_finnish_says_it_with_the_same_holes(english):
    finnish = gettext_for("fi")(english)
    assert finnish != english
    assert holes(finnish) == holes(english)


def holes(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}
