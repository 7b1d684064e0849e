"""Content words as dictionary forms: inflection, compounds and words of two readings."""

import pytest

from qualcode.nlp.base_forms import base_forms
from qualcode.nlp.dictionary_words import dictionary_words
from qualcode.nlp.problems import MissingEngine
from qualcode.nlp.words import words_of
from tests.conftest import unavailable


@pytest.fixture(scope="module")
def words():
    """Texts -> their content words, by the Finnish word list."""
    try:
        known = base_forms("fi")
    except MissingEngine as problem:
        unavailable(str(problem), "pip install -r requirements.txt")

    def found(*texts):
        keys = {w: (known.sought(w), known.keys(w)) for text in texts for w in words_of(text)}
        return dictionary_words(texts, keys)

    return found


def shared(found):
    return set.intersection(*(set(stems) for stems in found.stems))


@pytest.mark.parametrize(
    ("texts", "word"),
    [
        (("lapsiperhepalvelu auttoi", "palveluista ei kerrota"), "palvelu"),
        (("tuen saaminen kestää", "tuki tuli ajoissa"), "tuki"),
        (("haen tukea", "tuen saaminen", "tuki puuttuu"), "tuki"),
        (("asiakkaan ääni", "asiakkaita kuullaan"), "asiakas"),
        (("verkkopankkitunnukset puuttuvat", "tunnusten hakeminen"), "tunnus"),
        (("jonot pitkiä", "jonotimme pitkään", "pitkä jono"), "pitkä"),
    ],
)
def test_texts_share_a_word_whatever_its_form_or_compound(words, texts, word):
    assert word in shared(words(*texts))


def test_a_compound_counts_as_its_parts_only_where_they_are_used(words):
    (alone,) = words("lapsiperhepalvelu auttoi").stems
    assert "perhe" not in alone and "lapsiperhepalvelu" in alone


def test_a_word_is_shown_in_its_dictionary_form(words):
    found = words("lomakkeiden täyttäminen", "lomakkeista ei selviä")
    assert found.forms["lomake"] == "lomake"


def test_a_word_on_no_list_is_shown_as_it_is_written_most(words):
    found = words("zorblaxit toimivat", "zorblaxit tulivat", "zorblaxien aika")
    (stem,) = shared(found) or {found.stems[0][0]}
    assert found.forms[stem] == "zorblaxit"


@pytest.mark.parametrize(
    ("texts", "name"),
    [
        (("ilman Oulun kaupungin apua", "jono on Oulun lisäksi Kempeleessä", "oululla on"), "Oulu"),
        (("päätös tuli Kelan kautta", "soitin Kelaan", "kelasta ei vastata"), "Kela"),
        (("asuin Porissa", "sairaala on Porin keskustassa"), "Pori"),
        (("viesti Wilmassa", "en lue Wilman viestejä"), "Wilma"),
        (("jono Zarhan neuvolassa", "vastausta Zarhasta ei tule", "menin Zarhaan"), "Zarha"),
        (("apua antoi MLL:n ryhmä", "kun MLL auttoi"), "MLL"),
    ],
)
def test_texts_share_a_name_whatever_its_form_and_it_is_shown_as_a_name(words, texts, name):
    found = words(*texts)
    assert name in {found.forms[stem] for stem in shared(found)}


def test_a_capital_that_only_begins_a_sentence_makes_no_name(words):
    found = words("Jono on pitkä. Jono kasvaa.", "taas jono", "KAIKKI OVAT JONOSSA")
    assert {found.forms[stem] for stem in shared(found)} == {"jono"}


def test_names_that_only_look_alike_stay_apart(words):
    found = words("minua auttoi Johanna", "minua auttoi Johannes")
    names = [{found.forms[stem] for stem in stems} - {"auttaa"} for stems in found.stems]
    assert names == [{"Johanna"}, {"Johannes"}]


def test_function_words_scraps_and_nothing_say_nothing(words):
    assert words("En minä siitä ole kuin sen 5 kk", "", "😀 -- !").stems == ((), (), ())


def test_what_stands_after_a_noun_like_a_case_ending_says_nothing(words):
    found = words("velkaantuminen sairauden seurauksena", "hoidon aikana ja sen lisäksi")
    assert found.stems == (("velkaantuminen", "sairaus"), ("hoito",))


def test_each_stem_tells_the_likeliest_stem_of_its_word(words):
    found = words(
        "tukea kotiin", "tuen saaminen", "tuki puuttuu", "tuemme omaista", "tuettiin hyvin"
    )
    likelier, other = found.stems[0][:2]
    assert {likelier, other} == {"tuki", "tukea"}
    assert found.heads[0][:2] == (likelier, likelier)
    assert [len(heads) for heads in found.heads] == [len(stems) for stems in found.stems]
    parts = words("lapsiperhepalvelu auttoi", "palveluista ei kerrota")
    assert dict(zip(parts.stems[0], parts.heads[0], strict=True))["palvelu"] == "lapsiperhepalvelu"
