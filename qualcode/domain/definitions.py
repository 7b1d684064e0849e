"""Whether a code's definition tells what belongs to the code, or only repeats its name.

A definition is what two coders agree by. "Kaikki arkeen liittyvät maininnat" for the code *Arki*
gives them nothing to agree by; "pesulla käynti, ruoka, siivous" does.
"""

from __future__ import annotations

import re

# Beginnings of words that point at content without being any, Finnish and English.
_EMPTY_STEMS = (
    "aihee", "asiat", "asioi", "ilmauk", "kaikk", "koodi", "koskev", "kuulu", "kuvaa", "kuvau",
    "liitty", "luokk", "maini", "määrit", "sisält", "tähän", "tämän", "tässä", "teema", "vastau",
    "viittaa",
    "about", "anything", "categor", "code", "concern", "connected", "definition", "everything",
    "expression", "include", "mention", "matter", "related", "something", "theme", "thing",
    "topic", "various",
)  # fmt: skip
_SMALL_WORDS = frozenset(
    "aihe asia ei eri esim esimerkiksi ilmaus ja jne joka jotka jossa joissa joita joihin jotain "
    "koskee ks kts kun käsittelee käsittää lähde mitä mikä muu muut muita ne olla oma on ovat se "
    "sekä tai vai yms että puuttuu täydennä "
    "a all an and answer answers any are as be by content etc for from has have here in is it of "
    "on or other others say says see tbd that the this to todo what which with".split()
)
_WORD = re.compile(r"[^\W\d_]+")
_STEM = 5  # Finnish inflects the end of a word; five letters tell most words apart.


def tells_what_belongs(definition: str, label: str) -> bool:
    """True when the definition has at least one word of content that the label does not have.

    >>> tells_what_belongs("Pesulla käynti, ruoka ja siivous.", "Arki")
    True
    >>> tells_what_belongs("Kaikki arkeen liittyvät maininnat", "Arki ja arkeen liittyvä")
    False
    >>> tells_what_belongs("", "Arki")
    False
    """
    known = {word[:_STEM] for word in _words(label)}
    return any(
        word not in _SMALL_WORDS and not word.startswith(_EMPTY_STEMS) and word[:_STEM] not in known
        for word in _words(definition)
    )


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())
