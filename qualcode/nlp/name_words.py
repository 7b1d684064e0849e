"""The words that texts write as names, and what an unlisted Finnish name may be a form of.

The list of Finnish words has the names that many know, each in its forms. A service or a place
that it lacks is known by its capital letter inside a sentence, and its forms by their common stem:
"Varhan" and "Varhasta" are both of Varha. Half a gigabyte of pipeline would find little more here.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from qualcode.nlp.names import begins_sentence
from qualcode.nlp.words import WORD

SHORTEST_NAME = 4
# Not the essive and the partitive: those of Johan and Anna would be taken for forms of others.
ENDING = re.compile(r"(?:n|ss[aä]|st[aä]|ll[aä]|lt[aä]|lle|ksi)$")
ILLATIVE = re.compile(r"([aeiouyäö])\1n$")


class WrittenNames:
    """How the texts write their words; those in capital letters throughout tell nothing.

    The first word of a sentence tells nothing either: only inside one a capital marks a name.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self._votes: Counter[str] = Counter()
        self._looks: dict[str, Counter[str]] = defaultdict(Counter)
        for text in texts:
            whole = unicodedata.normalize("NFC", text)
            if whole != whole.upper():
                self._read(whole)

    def _read(self, text: str) -> None:
        for word in WORD.finditer(text):
            written = word[0]
            if not written[0].isalpha():
                continue
            capital = written[0].isupper()
            if capital:
                self._looks[written.lower()][written] += 1
            if not begins_sentence(text, word.start()):
                self._votes[written.lower()] += 1 if capital else -1

    def are_name(self, words: Iterable[str]) -> bool:
        """Whether these forms of one word (lower case) are mostly written as a name."""
        return sum(self._votes[word] for word in words) > 0

    def look(self, shown: str) -> str:
        """A name as it is written: "mll:n" -> "MLL", "kela" -> "Kela"."""
        looks = self._looks.get(shown)
        written = min(looks, key=lambda one: (-looks[one], one)) if looks else shown
        bare = written.partition(":")[0]
        return bare[:1].upper() + bare[1:]


def name_stems(word: str) -> Iterator[str]:
    """What a name in lower case may be without its Finnish case ending, and the word itself.

    Not with an i at its end, which is mostly no part of the name ("Teamsissa").

    >>> list(name_stems("varhasta")), list(name_stems("varhaan"))
    (['varhasta', 'varha'], ['varhaan', 'varhaa', 'varha'])
    """
    bare = word.partition(":")[0]
    cut = [bare, ENDING.sub("", bare)]
    if ILLATIVE.search(bare):
        cut.append(bare[:-2])
    yield word
    for one in dict.fromkeys(cut):
        if one != word and len(one) >= SHORTEST_NAME and not one.endswith("i"):
            yield one
