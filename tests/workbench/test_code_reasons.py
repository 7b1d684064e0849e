"""The rule that matched: by compound parts and dictionary forms, and where. Invented texts."""

import pytest

from qualcode.domain.rule_text import telling_when
from qualcode.domain.suggestions import ReasonKind
from qualcode.nlp.dictionary_words import dictionary_words
from qualcode.nlp.lemmas import SnowballLemmas, with_compound_parts
from qualcode.nlp.words import words_of
from qualcode.workbench.suggesting.code_reasons import Grounds, reasons_of

PASSAGE = "Lapsiperhepalvelun tuen saaminen kesti"
RULE = "Käytetään, kun palvelu tai tuki viipyy."
KEYS = {
    "lapsiperhepalvelun": (("lapsiperhepalvelu",), ("lapsiperhepalvelu", "lapsi", "palvelu")),
    "tuen": (("tuki",), ("tuki",)),
}


def words(texts):
    """As the word list tells them; a word that is not above stands for itself."""
    every = {word for text in texts for word in words_of(text)}
    return dictionary_words(texts, {w: KEYS.get(w, ((w,), (w,))) for w in every}, "fi")


def reasons(rule, how=words):
    grounds = Grounds(PASSAGE, {"c": ()}, {}, {"c": "Odotus: jono"}, {"c": 0.2}, {"c": rule})
    return reasons_of(grounds, how(grounds.compared))["c"]


def rule_in(found):
    return next((reason for reason in found if reason.kind is ReasonKind.RULE), None)


def test_a_word_of_the_rule_is_found_inside_a_compound_and_in_another_form():
    rule = rule_in(reasons(RULE))
    assert rule.text == RULE
    assert set(rule.words) == {"palvelu", "tuki"}
    assert rule.marked == ("palvelu", "tuki"), "as the rule has them"
    assert rule.said == ("lapsiperhepalvelun", "tuen"), "as the answer has them"
    assert rule.ids == ("c",), "it opens the code"


def test_two_words_that_both_say_side_by_side_are_told_as_one_phrase():
    rule = rule_in(reasons("Käytetään, kun palvelu tuki viipyy."))
    assert rule.marked == ("palvelu", "tuki", "palvelu tuki"), "as the rule has them"
    assert rule.said == ("lapsiperhepalvelun", "tuen", "lapsiperhepalvelun tuen")
    apart = rule_in(reasons("Käytetään, kun palvelu, tuki viipyy."))
    assert apart.marked == ("palvelu", "tuki"), "a comma divides them"
    assert apart.said == ("lapsiperhepalvelun", "tuen")


def test_a_rule_without_a_common_word_is_no_reason():
    assert rule_in(reasons("Käytetään, kun jono on pitkä.")) is None


def test_what_the_rule_excludes_speaks_for_nothing():
    text = telling_when("Käytetään, kun jono on pitkä. Ei käytetä, kun palvelu puuttuu.")
    assert text == "Käytetään, kun jono on pitkä."
    assert rule_in(reasons(text)) is None


@pytest.mark.parametrize(
    ("rule", "left"),
    [
        ("", ""),
        ("Kun apu viipyy; ei kun se puuttuu.", "Kun apu viipyy;"),
        ("Älä käytä jonoista.\nKäytä avusta.", "Käytä avusta."),
        ("Use when help is late. Not for queues.", "Use when help is late."),
        ("Do not use for money. Use for time.", "Use for time."),
        ("Käytä avusta. Jos puhutaan rahasta, käytä koodia Raha.", "Käytä avusta."),
        ("For help. If money is meant, use the code Money.", "For help."),
        ("Käytä tätä koodia, kun apu viipyy.", "Käytä tätä koodia, kun apu viipyy."),
        ("Use the code when help is late.", "Use the code when help is late."),
        ("Kun vastaaja ei saa apua.", "Kun vastaaja ei saa apua."),
        ("Används när hjälpen dröjer. Inte om pengar.", "Används när hjälpen dröjer."),
    ],
)
def test_the_part_of_a_rule_that_tells_when_to_use_the_code(rule, left):
    assert telling_when(rule) == left


def test_without_the_word_list_stems_by_rule_find_the_same_compound():
    def by_rules(texts):
        return with_compound_parts(SnowballLemmas("fi").words(texts))

    rule = rule_in(reasons("Käytetään, kun palvelun saa myöhään.", by_rules))
    assert "lapsiperhepalvelun" in rule.said
    assert rule.marked == ("palvelun",)


def test_the_definition_tells_its_words_in_both_texts_too():
    grounds = Grounds(PASSAGE, {"c": ()}, {}, {"c": "Tuki: tuet ja palvelu"}, {"c": 0.2})
    (definition,) = reasons_of(grounds, words(grounds.compared))["c"]
    assert definition.marked == ("tuki", "palvelu")
    assert definition.said == ("lapsiperhepalvelun", "tuen")
