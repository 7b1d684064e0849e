"""Non-answers are set aside; an answer with content never is."""

from __future__ import annotations

import csv

import pytest

from qualcode.domain.non_answers import is_non_answer


@pytest.mark.parametrize(
    "text",
    """en tiedä|En tiedä.|-|--|?|.|…|...|ei|Ei.|EOS|eos|n/a|N/A|ei halua vastata|Ei halua vastata.|
    en osaa sanoa|en oikein tiijä|emmä tiiä|ööö en tiiä|En tiiä. En tiiä.|ei tule mieleen|
    Ei tule mitään mieleen|ei kommentoitavaa|ei lisättävää|ei vastausta|en muista|
    ei kyllä osaa sanoa|on vaikea sanoa|en ymmärrä kysymystä|vet ej|jag vet inte|ingen åsikt|
    don't know|I don’t know|no comment|prefer not to say|   |hmm""".replace("\n    ", "").split(
        "|"
    ),
)
def test_these_answer_nothing(text):
    assert is_non_answer(text)


@pytest.mark.parametrize(
    "text",
    """ei mitään valittamista, apu tuli ajallaan|En tiedä. Leikkiminen.|En tiedä, lyöminen.|kyllä|
    ei mitään|Ei mikään|none|ei ole kokemusta|en halua|en osaa|en pysty|en osaa hakea tukea|
    en halua muuttaa pois kotoa|en tiedä mistä saa apua|en tiedä asiasta|👍|5|x|Olen huono.|
    hän ei muista|Vaikka, ei tule mieleen.|ei tietoa palveluista|No tohon en voi vaikuttaa|
    en tiedä mitä sanoa kun työntekijä vaihtuu|vet inte vem jag ska ringa""".replace(
        "\n    ", ""
    ).split("|"),
)
def test_these_say_something(text):
    assert not is_non_answer(text)


def test_the_refusals_of_the_child_barometer_are_found_and_nothing_else(gold):
    with (gold / "child_barometer_fsd3134.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found = {
        question: sorted(
            {
                row[question]
                for row in rows
                if row[question].strip() and is_non_answer(row[question])
            }
        )
        for question in ("q3", "q7", "q11")
    }
    counts = {question: sum(row[question] in found[question] for row in rows) for question in found}
    assert counts == {"q3": 19, "q7": 53, "q11": 33}
    # Whatever is set aside holds none of the words that carry the children's answers.
    words = {word for texts in found.values() for text in texts for word in text.lower().split()}
    assert not {word for word in words if word.startswith(("leik", "pela", "lyö", "piir", "kaver"))}
    assert "Ei halua vastata." in found["q7"]
    assert not {"Ei mitään.", "Ei mikään.", "En tiedä. Pahaa."} & set(found["q7"] + found["q11"])
