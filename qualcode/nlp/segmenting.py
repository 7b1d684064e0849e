"""Where sentences begin and end, as places in the text: the text itself is never copied.

spaCy's rule-based splitter for the language, told of the abbreviations that answers use. The
library is imported when first asked (280 MB, seconds); a web process asks the worker instead.
"""

from __future__ import annotations

import importlib
import re
import unicodedata
from functools import lru_cache
from typing import Any

from qualcode.nlp.problems import MissingEngine

Span = tuple[int, int]

# Abbreviations after which a sentence goes on, beyond those that spaCy's Finnish knows.
ABBREVIATIONS = {
    "fi": """
        aik. alk. ap. ark. arv. as. ed. eKP. em. engl. ent. erik. esim. hlö. hlöä. huom. ilt. ip.
        jKr. jne. jms. joht. julk. kans. kk. kpl. ks. ko. kts. kyt. lab. lk. lkm. ltk. luk. lyh.
        läh. lääk. max. milj. min. mm. ml. mrd. muk. n. nim. nro. ns. nyk. o.s. oik. op. opisk. os.
        p. par. pj. prof. puh. pv. päiv. r. ry. s. sair. sek. seur. siht. so. sos. srk. synt. t.
        tark. tav. terv. tj. tms. toht. toim. tri. ts. tunt. v. vk. vrk. vrt. vs. vv. y.m. ym. yms.
        yht. yl. ylil. ylim.
    """.split(),
    "sv": "bl.a. ca. dvs. d.v.s. e.d. eg. el. ev. exkl. f.d. fr.o.m. inkl. jfr. kl. m.fl. m.m. "
    "nr. o.d. osv. o.s.v. resp. s.k. t.ex. t.o.m. tel.".split(),
    "en": "approx. dept. dr. e.g. esp. etc. i.e. incl. mr. mrs. ms. no. prof. st. vs.".split(),
}
# "etc." and units can close a sentence: they do when the next word has a capital letter.
CLOSING = re.compile(
    r"(?<!\w)(?:jne|ym|yms|jms|tms|osv|o\.s\.v|m\.m|m\.fl|etc|\d\s?(?:min|h|kk|kpl|km|vk|vrk|pv))\."
    r"[\"'”’»)\]]*(?=\s+[\"'”’»(]*[A-ZÅÄÖ])"
)
MARKS = [".", "!", "?", "…", "..", "...", "....", "!!", "!!!", "??", "?!", "!?"]
JOINERS = {"\u200d", "\ufe0f", "\ufe0e"}


def sentences(text: str, language: str = "fi") -> list[Span]:
    """The sentences of ``text`` as (start, end) in code points, without the space around them.

    A line break ends a sentence too, since answers are often lists. What holds no letter, digit
    or symbol of its own is joined to the sentence before. A letter and its accents, or the parts
    of one emoji, are never cut apart.
    """
    spans = []
    for start, end in _lines(text):
        document = _splitter(language)(text[start:end])
        for sentence in document.sents:
            spans.append((start + sentence.start_char, start + sentence.end_char))
    whole = _cut_after_closing(text, _rejoined(text, spans, language))
    trimmed = [_trimmed(text, span) for span in whole]
    return [(start, end) for start, end in trimmed if start < end]


def _lines(text: str) -> list[Span]:
    return [line.span() for line in re.finditer(r"[^\r\n\u2028\u2029]+", text)]


def _rejoined(text: str, spans: list[Span], language: str) -> list[Span]:
    """Neighbouring spans put together again where the cut was not the end of a sentence."""
    joined: list[Span] = []
    for start, end in spans:
        if joined and not _is_boundary(text, joined[-1], (start, end), language):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _is_boundary(text: str, before: Span, after: Span, language: str) -> bool:
    left, right = text[before[0] : before[1]].rstrip(), text[after[0] : after[1]].lstrip()
    if not _has_content(right) or _inside_grapheme(text, after[0]):
        return False
    if re.search(r"[\r\n\u2028\u2029]", text[before[1] : after[0]]):
        return True
    if left.endswith(("...", "…")) and right[:1].islower():
        return False  # a pause inside the sentence
    words = left.split()
    last = words[-1].lower().lstrip("(\"'”»") if words else ""
    if last in {word.lower() for word in ABBREVIATIONS.get(language, ())}:
        return False
    if re.fullmatch(r"\(?\d+\.", last):
        # "3. luokka", "1. Apua ei saa": an ordinal, unless words before it and a capital after it.
        return right[:1].isupper() and len(words) > 1
    return True


def _cut_after_closing(text: str, spans: list[Span]) -> list[Span]:
    """The spans cut where an abbreviation also ended the sentence ("... lomakkeet ym. Ne ...")."""
    cut: list[Span] = []
    for start, end in spans:
        for closing in CLOSING.finditer(text, start, end):
            cut.append((start, closing.end()))
            start = closing.end()
        cut.append((start, end))
    return cut


def _inside_grapheme(text: str, place: int) -> bool:
    """Whether cutting before ``place`` would part an accent or a joined emoji from its base."""
    if not 0 < place < len(text):
        return False
    here, before = text[place], text[place - 1]
    return (
        unicodedata.combining(here) != 0
        or here in JOINERS
        or before == "\u200d"
        or "\U0001f3fb" <= here <= "\U0001f3ff"
    )


def _has_content(text: str) -> bool:
    return any(not letter.isspace() and unicodedata.category(letter)[0] in "LNS" for letter in text)


def _trimmed(text: str, span: Span) -> Span:
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


@lru_cache(maxsize=4)
def _splitter(language: str) -> Any:
    try:
        spacy = importlib.import_module("spacy")
    except ImportError as error:
        raise MissingEngine(engine="spacy", missing="spacy", install="pip install spacy") from error
    pipeline = spacy.blank(language)
    pipeline.add_pipe("sentencizer", config={"punct_chars": MARKS})
    for abbreviation in ABBREVIATIONS.get(language, ()):
        for form in {abbreviation, abbreviation.capitalize()}:
            pipeline.tokenizer.add_special_case(form, [{"ORTH": form}])
    # Answers may be as long as interviews; the limit guards parsers, of which there is none here.
    pipeline.max_length = 10_000_000
    return pipeline
