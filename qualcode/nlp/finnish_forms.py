"""The dictionary forms a Finnish word can stand for, and the parts of a compound.

simplemma's word list gives each written form one dictionary form. Finnish has many forms that
belong to two words ("tukea" is a verb and a form of "tuki"); the other readings are found by
asking the list about the form's siblings: "tukena" belongs to "tuki" and to nothing else, so
"tukea" does too. Where the list says nothing, spoken forms are put into the written language
("vaikeeta"), and a compound is taken as its last part with something before it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Protocol

# Endings that a noun takes on one and the same stem, so that each is a witness for the others.
# The vowel is a; the same with ä stands for words with front vowels.
SIBLINGS: tuple[tuple[str, ...], ...] = (
    ("n", "t", "ssa", "sta", "lla", "lta", "lle", "ksi"),
    ("", "a", "na", "ni", "nsa", "mme"),
    ("issa", "ista", "illa", "ilta", "ille", "iksi", "ia", "ien"),
    ("ia", "ien", "iin", "ina"),
)
SIBLINGS_OF: dict[str, list[tuple[str, list[tuple[str, str]]]]] = {}
"""An ending as written -> its plain form, and its siblings with back and with front vowels."""
for _group in SIBLINGS:
    for _ending in _group:
        _others = [(other, other.replace("a", "ä")) for other in _group if other != _ending]
        for _written in dict.fromkeys((_ending, _ending.replace("a", "ä"))):
            SIBLINGS_OF.setdefault(_written, []).append((_ending, _others))
COMMON_ENDINGS = (tuple(ending.replace("a", "ä") for ending in SIBLINGS[0]), SIBLINGS[0])
"""Endings of words in use: after front vowels, after back vowels."""

LONGEST_ENDING = max(map(len, SIBLINGS_OF))
BACK = frozenset("aou")
CLITICS = re.compile(r"(?:kin|kaan|kään|han|hän|ko|kö|pa|pä)$")
POSSESSIVES = re.compile(r"(?:ni|si|nsa|nsä|mme|nne|(?<=[ae])an|(?<=[äe])än|(?<=e)en)$")
# Spoken language -> written, tried in this order when a form is not known.
SPOKEN: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(spoken), written)
    for spoken, written in (
        (r"n([uy])$", r"n\1t"),  # tehny
        (r"([lrs])([uy])$", r"\1\2t"),  # tullu
        (r"(is)$", r"\1i"),  # pitäis
        (r"een$", r"eän"),  # kiipeen
        (r"een$", r"ean"),
        (r"een$", r"emään"),  # tekeen
        (r"een$", r"emaan"),  # lukeen
        (r"ee(ta|ssa|sta|lla|lta|lle|t|n)$", r"ea\1"),  # vaikeeta
        (r"ee(tä|ssä|stä|llä|ltä|lle|t|n)$", r"eä\1"),  # ilkeetä
        (r"ee$", r"eä"),  # kipee
        (r"ee$", r"ea"),
        (r"ii$", r"ia"),  # kaikkii
        (r"ii$", r"iä"),
        (r"uu$", r"ua"),  # serkkuu
        (r"yy$", r"yä"),
        (r"oo$", r"oa"),
        (r"öö$", r"öä"),
        (r"([aouyäö])s(e[nt]?|elle|eksi|ella|ena|ia|ta|tä|et)$", r"\1is\2"),  # iloset
        (r"([aouyäö])nen$", r"\1inen"),  # vihanen
        (r"eesti$", r"eästi"),
        (r"mis(?:een|en|essa|esta|ella|eksi|ta|iin)$", r"maan"),  # a noun of doing not listed
        (r"mis(?:een|en|essä|estä|ellä|eksi|tä|iin)$", r"mään"),
    )
)
# Words of three letters and less that compounds are really made of.
SHORT_PARTS = frozenset(
    """ala apu asu ero ilo isä jää kuu luu maa olo osa pää puu suu sää syy tee tie työ uni uusi yö
    lyhyt jae iso""".split()
)
ONLY_IN_COMPOUNDS = frozenset(
    """sosiaali lähi ulko keski pikku suur nyky kansain ylä etu digi mini super vertais kristin esi
    ali yli mini uus täys puoli koe erityis pysyväis sivu taka pien sisä eri netti video poli psyko
    fysio etä pää bio eko kauko pohja""".split()
)
# Look like words at the end of a word and are mostly endings.
ENDINGS = frozenset(
    """lainen läinen mainen mäinen kainen käinen tainen täinen minen aminen inen llinen taja täjä
    tusti ttaa ttää taa tää ella ellä ostaa ottaa into lasti risti kuin alla alta nainen tella
    tellä ikko iikka utua ytyä oida istaa istua vainen väinen toin asti eesti sesti tonta tonna
    essa alle""".split()
)
SHORTEST_PART = 4
SHORTEST_HEAD = 3
SHORTEST_END = 5
LONG_GENITIVE = 7
LONGEST_COMPOUND = 60
"""A longer word is no word but a slip or a run of letters."""

FEWEST_WITNESSES = 2
# The list takes these for words of their own; they are inflected forms of the words beside them.
MISTAKEN = {
    "avu": "apu",
    "iloisa": "iloinen",
    "koto": "koti",
    "leikitä": "leikkiä",
    "vanhemmat": "vanhempi",
}
# Look like compounds and are none.
WHOLE = frozenset("palaveri intohimo kamala kanava materia materialistaa".split())
# "nainen" ends many adjectives; after these it is the woman.
BEFORE_NAINEN = frozenset("koti maahanmuuttaja ura virka yksin ystävä työ nuori".split())


REMEMBERED = 200_000
"""Forms whose dictionary form is remembered once it was looked up."""


class WordList(Protocol):
    """What tells the dictionary form of a form as simplemma's list does, or None."""

    def get(self, form: str, /) -> str | None: ...


class FinnishForms:
    """Readings and parts of Finnish words by a word list (form -> dictionary form).

    ``common`` are words in use, with how much of running text they are: a compound is made of
    such only, because every short string of letters is a form of some rare word.
    """

    def __init__(
        self, words: WordList, common: Mapping[str, float], remembered: int = REMEMBERED
    ) -> None:
        self._words = words
        self._common = common
        self._base = lru_cache(maxsize=remembered)(self._look_up)
        self._witnesses = lru_cache(maxsize=remembered // 4)(self._find_witnesses)
        self._readings = lru_cache(maxsize=remembered // 4)(self._listed_readings)
        self.readings = lru_cache(maxsize=remembered // 4)(self._find_readings)
        self._head = lru_cache(maxsize=remembered // 4)(self._find_head)
        self.parts = lru_cache(maxsize=remembered // 4)(self._parts)

    def _find_readings(self, form: str) -> tuple[str, ...]:
        """The dictionary forms that a lower-case form can stand for; nothing when not known."""
        for variant in _variants(form):
            found = self._readings(variant)
            if found:
                return found
        return self._as_compound(form)

    def listed_base(self, form: str) -> str | None:
        """The one dictionary form that the list gives, of an unlisted compound that of its end.

        No other reading is looked for, and nothing is put into the written language.
        """
        base = self._base(form)
        if base is not None:
            return base
        if len(form) > LONGEST_COMPOUND:
            return None
        for cut in range(SHORTEST_HEAD, len(form) - 1):
            if len(form) - cut < SHORTEST_PART and form[cut:] not in SHORT_PARTS:
                continue
            end = self._base(form[cut:])
            if end and self._in_use(end) and self._pieces_of_head(form[:cut].rstrip("-")):
                return form[:cut] + end
        return None

    def is_listed(self, form: str) -> bool:
        """Whether the list, or the siblings on it, know the form as it is written."""
        return bool(self._readings(form))

    def is_dictionary_form(self, word: str) -> bool:
        """Whether the word is a dictionary form itself (it may be an inflected form besides)."""
        return self._base(word) == word or self._witnesses(word).get(word, 0) > FEWEST_WITNESSES

    def related(self, lemma: str) -> Iterator[str]:
        """The verb that a noun of doing or a participle is made of: "pelaaminen" -> "pelata"."""
        candidates: list[str] = []
        if lemma.endswith("minen"):
            candidates = [lemma[:-5] + "maan", lemma[:-5] + "mään"]
        elif re.search(r"[nlrs][uy]t$", lemma):
            candidates = [lemma[:-3] + "koon", lemma[:-3] + "köön"]
            if lemma[-4:-1] in ("nnu", "nny"):
                candidates = [lemma[:-4] + "tkoon", lemma[:-4] + "tköön"]
        elif re.search(r"[td][uy]$", lemma):
            candidates = [lemma[:-1] + "iin"]
        elif lemma.endswith(("va", "vä")):
            candidates = [lemma + "t"]
        for candidate in candidates:
            verb = self._base(candidate)
            if verb and verb != lemma and verb[-1] in "aä":
                yield verb

    # --- readings ---------------------------------------------------------------------------

    def _look_up(self, form: str) -> str | None:
        found = self._words.get(form)
        if not found:
            return None
        base = found.lower().rstrip(".")
        return MISTAKEN.get(base, base)

    def _listed_readings(self, form: str) -> tuple[str, ...]:
        found = dict.fromkeys(
            [*filter(None, [self._base(form)]), *self._witnesses(form), *self._as_verb(form)]
        )
        return tuple(found)

    def _find_witnesses(self, form: str) -> dict[str, int]:
        """Nouns that the siblings of a form belong to, with how many siblings say so."""
        found: dict[str, int] = {}
        for length in range(min(LONGEST_ENDING, len(form) - 2) + 1):
            stem, written = form[: len(form) - length], form[len(form) - length :]
            for ending, others in SIBLINGS_OF.get(written, ()):
                back = _has_back_vowels(stem)
                bases = Counter(
                    base for pair in others if (base := self._base(stem + pair[0 if back else 1]))
                )
                for base, count in bases.items():
                    likely = count >= FEWEST_WITNESSES and 2 * count >= bases.total()
                    nominative = ending or base == form
                    if likely and nominative and base[:1] == form[:1]:
                        found[base] = max(found.get(base, 0), count)
        return found

    def _as_verb(self, form: str) -> Iterator[str]:
        for plural in (form + "vat", form + "vät"):
            base = self._base(plural)
            if base and base[-1] in "aä":
                yield base
        if form.endswith("n"):
            base = self._base(form[:-1] + "mme")
            if base and base == self._base(form[:-1] + "tte"):
                yield base

    def _as_compound(self, form: str) -> tuple[str, ...]:
        """An unknown form as a known last part with known words, or else anything, before it."""
        for known in (True, False):
            for cut in range(SHORTEST_HEAD, len(form) - 2):
                if (
                    self._pieces_of_head(form[:cut].rstrip("-"))
                    if known
                    else not _trails(form, cut)
                ):
                    bases = [b for b in self._readings(form[cut:]) if self._is_tail(b)]
                    if bases:
                        return tuple(form[:cut] + base for base in bases)
        return ()

    # --- compounds --------------------------------------------------------------------------

    def _parts(self, lemma: str) -> tuple[str, ...]:
        """The dictionary forms of a compound's parts, and of its parts taken together."""
        pieces = self._pieces(lemma)
        found: dict[str, None] = {}
        for start in range(len(pieces)):
            for end in range(start + 1, len(pieces) + 1):
                if end - start < len(pieces):
                    before, last = "".join(pieces[start : end - 1]), pieces[end - 1].rstrip("-")
                    # What stands before another part may be inflected: "valinnan", "yhteis".
                    base = last if end == len(pieces) else self._head(last) or last
                    found[before + base] = None
        return tuple(found)

    def _pieces(self, lemma: str) -> list[str]:
        """The compound cut into words as they stand in it, hyphens kept with the word before."""
        if "-" in lemma:
            return [
                piece
                for part in re.findall(r"[^-]+-?", lemma)
                for piece in self._pieces_of_solid(part)
            ]
        return self._pieces_of_solid(lemma)

    def _pieces_of_solid(self, word: str) -> list[str]:
        if word in WHOLE:
            return [word]
        # The shortest last part first, so that what remains before it is cut further.
        for cut in range(len(word) - 2, 1, -1):
            head, tail = word[:cut], word[cut:]
            if self._is_tail(tail.rstrip("-"), head) and (before := self._pieces_of_head(head)):
                return [*before, tail]
        if self._base(word) is None:
            # A word that is on no list is made of something: its longest known end tells enough.
            for cut in range(SHORTEST_HEAD, len(word) - 2):
                if not _trails(word, cut) and self._is_tail(word[cut:].rstrip("-"), word[:cut]):
                    return [word[:cut], word[cut:]]
        return [word]

    def _pieces_of_head(self, word: str) -> list[str]:
        """What stands before the last part, cut into words; nothing when it is not made of such."""
        for cut in range(len(word) - 3, 2, -1):
            if self._head(word[cut:]) and (before := self._pieces_of_head(word[:cut])):
                return [*before, word[cut:]]
        return [word] if self._head(word) else []

    def _find_head(self, word: str) -> str | None:
        """What a word before the last part is a form of: "valinnan" -> "valinta"."""
        if len(word) < SHORTEST_PART and word not in SHORT_PARTS:
            return None
        if self._in_use(word) and self.is_dictionary_form(word):
            return word
        if word in ONLY_IN_COMPOUNDS:
            return word
        if word.endswith("n") and (word in self._common or len(word) >= LONG_GENITIVE):
            base = self._base(word)
            if base:
                return base
        adjective = word[:-1] + "nen"
        if word.endswith("s") and self._base(adjective) == adjective:
            return adjective
        return None

    def _is_tail(self, word: str, head: str = "") -> bool:
        if len(word) < SHORTEST_PART and word not in SHORT_PARTS:
            return False
        if word in ENDINGS:
            return word == "nainen" and head in BEFORE_NAINEN
        return self._in_use(word) and self.is_dictionary_form(word)

    def _in_use(self, word: str) -> bool:
        """Whether people write the word, in some form: the list of common words has forms."""
        if word in self._common:
            return True
        endings = COMMON_ENDINGS[_has_back_vowels(word)]
        return any(word + ending in self._common for ending in endings)


def _trails(word: str, cut: int) -> bool:
    """Whether what comes after the cut is too short to be taken for a word by itself."""
    return len(word) - cut < SHORTEST_END


def _variants(form: str) -> Iterator[str]:
    """The form itself, then without what hangs on its end, then in the written language."""
    bare = [form]
    for hanging in (CLITICS, POSSESSIVES):
        bare.extend(cut for whole in list(bare) if len(cut := hanging.sub("", whole)) >= 3)
    yield from dict.fromkeys(bare)
    for whole in dict.fromkeys(bare):
        for spoken, written in SPOKEN:
            if spoken.search(whole):
                yield spoken.sub(written, whole)


def _has_back_vowels(stem: str) -> bool:
    """Whether endings after the stem have a; after others they have ä.

    >>> _has_back_vowels("kodi"), _has_back_vowels("työ")
    (True, False)
    """
    return not BACK.isdisjoint(stem[-8:])
