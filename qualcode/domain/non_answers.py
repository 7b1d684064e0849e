"""Answers that answer nothing: "en tiedä", "-", "Ei halua vastata".

The rule of the method: a non-answer is kept and listed, but it is not coded or counted as an
answer. The rule is narrow on purpose. An answer with any content of its own must never be set
aside, while a non-answer that slips through costs the analyst one glance. So the whole answer,
and not a part of it, must be one of these:

- nothing but punctuation or filler sounds ("-", "?", "…", "ööö");
- a refusal or a statement of not knowing or remembering, as such or with small words around it
  ("en oikein tiedä", "ei kyllä osaa sanoa"), also in the third person, as an interviewer writes;
- a conventional mark ("EOS", "n/a", "tyhjä", "ei vastausta", "ei kommentoitavaa").

A bare "ei" is set aside: to an open question it names nothing, and closed questions are read by
another rule. A bare "kyllä" is not: it affirms what the question offers. Nor are "ei mitään" and
"ei mikään" or an English "none": to "what is hard for you?" they say that nothing is.
"""

from __future__ import annotations

import re
import unicodedata

_FILLERS = re.compile(r"\b(?:öö+|ää+h*|hm+|mm+|no|siis|tota|niinku|um+|eh+)\b")

# Small words that change nothing in "I do not know".
_SMALL = (
    r"(?:mä|mää|mie|minä|mun|nyt|vielä|kyllä|kyl|oikein|oikeen|oikeastaan|oikeestaan|ihan|"
    r"vaan|vain|edes|todellakaan|valitettavasti|varmaan|taida|tota|tuota|tähän|mitään|yhtään|"
    r"vastaaja)"
)
_WORDS = re.compile(rf"\b{_SMALL}\b")

_NOT = r"(?:en|ei|emme|emmä|emmää|enmä|emt|et)"
_KNOW = r"(?:tiedä|tiiä|tiijä|tiä|tiie|tietää|muista|keksi|ymmärrä kysymystä)"
# "En halua" and "en osaa" by themselves may well be the answer; with a verb of saying they are not.
_CAN = r"(?:osaa|osannut|osa|ossaa|halua|halunnut|haluu|tahdo|pysty|kykene|muista|tiedä)"
_SAY = r"(?:sanoa|sano|vastata|kertoa|kommentoida|arvioida|määritellä|ottaa kantaa)"
_DO_NOT_KNOW = rf"{_NOT} (?:{_KNOW}|{_CAN} {_SAY}(?: kysymykseen)?)"

_FINNISH = (
    _DO_NOT_KNOW,
    rf"{_NOT} (?:tule|tuu|tullut) mieleen",
    r"mieleen ei tule",
    r"(?:on )?vaikea (?:sanoa|vastata)",
    rf"{_NOT} (?:vastaa|vastannut|vastausta|kommenttia|kommentoitavaa|kommentteja|kommentoi)",
    r"ei (?:ole )?(?:kommentoitavaa|kommenttia|vastausta|mielipidettä|kantaa)",
    r"ei (?:lisättävää|muuta lisättävää|sanottavaa|muuta sanottavaa)",
    r"(?:eos|ei|en|tyhjä|ei tietoa|ei koske|ei sovellu|ei arviota|en vastannut|ohitettu|ohi)",
)
_SWEDISH = (
    r"(?:jag )?(?:vet|minns) (?:ej|inte|icke)",
    r"(?:jag )?(?:kan|vill) (?:ej|inte) (?:säga|svara|kommentera)",
    r"(?:ingen|inga) (?:kommentar|kommentarer|åsikt|aning)",
    r"(?:inget|ej) (?:svar|att tillägga|att kommentera)",
    r"(?:nej|tomt)",
)
_ENGLISH = (
    r"(?:i )?(?:dont|do not|don t) (?:know|remember|recall)",
    r"(?:i )?(?:cant|cannot|can t) (?:say|answer|comment|remember)",
    r"(?:i )?(?:dont|do not|don t) (?:want|wish) to (?:answer|say|comment)",
    r"(?:i have )?no (?:comment|comments|answer|opinion|idea)",
    r"(?:prefer not to (?:answer|say)|not applicable|nothing to (?:add|say)|idk|none given)",
    r"(?:n/?a|n / a|no|null|nan|empty|blank)",
)
_NON_ANSWER = re.compile("|".join(f"(?:{pattern})" for pattern in _FINNISH + _SWEDISH + _ENGLISH))

# Nothing longer is looked at: a long text has content even when it begins with "en tiedä".
LONGEST = 60


def is_non_answer(text: str) -> bool:
    """True when the whole of ``text`` answers nothing.

    >>> [is_non_answer(text) for text in ("En tiedä.", "-", "Ei halua vastata", "n/a", "vet ej")]
    [True, True, True, True, True]
    >>> is_non_answer("ei mitään valittamista, apu tuli ajallaan")
    False
    >>> is_non_answer("En tiedä. Leikkiminen.")
    False
    """
    if len(text) > LONGEST:
        return False
    plain = re.sub(r"['’`´]", "", text.casefold())
    plain = " ".join("".join(map(_without_punctuation, plain)).split())
    if not any(
        character.isalnum() or unicodedata.category(character) == "So" for character in plain
    ):
        return True
    without_fillers = " ".join(_FILLERS.sub(" ", plain).split())
    if not without_fillers:
        return True
    return any(_is_refusal(wording) for wording in (plain, without_fillers))


def _without_punctuation(character: str) -> str:
    # A picture sign such as a thumb up says something; a dash or a question mark does not.
    kind = unicodedata.category(character)
    return character if kind[0] in "LNM" or kind == "So" or character == "/" else " "


def _is_refusal(wording: str) -> bool:
    if _NON_ANSWER.fullmatch(wording):
        return True
    core = " ".join(_WORDS.sub(" ", wording).split())
    # Two refusals one after the other ("en tiiä en tiiä") are still none the wiser. A bare "ei"
    # left over from "ei mitään" or "ei oikeastaan mitään" is not a refusal: see above.
    if core in ("ei", "en"):
        return False
    once = rf"(?:{_NON_ANSWER.pattern})"
    return bool(core) and re.fullmatch(rf"{once}(?: {once}){{0,2}}", core) is not None
