"""What the columns of a list of notes are called, in Finnish, Swedish and English.

The names of the sticky-note tools' columns (Miro, Mural, Padlet, Flinga) are those that the tools
are known to use in their exports; no real export was at hand when they were written down. A column
that is called otherwise is guessed by what is in it, and a person confirms every one.
"""

from __future__ import annotations

import re

from qualcode.readers import survey_words
from qualcode.readers.workshop.plan import NoteColumn

_HEADERS: tuple[tuple[NoteColumn, re.Pattern[str]], ...] = (
    (
        NoteColumn.OBSERVER,
        re.compile(r"^(?:havainnoija|havainnoijan rooli|rooli|observer|observatör|kirjaaja)$"),
    ),
    (
        NoteColumn.IDENTIFYING,
        re.compile(
            r"^(?:author|authors?|created by|creator|owner|user|user ?name|name|nimi|tekijä|"
            r"kirjoittaja|laatija|osallistuja|participant|nimimerkki|nickname|författare|namn|"
            r"skapad av|deltagare|email|e mail|sähköposti|epost|e post|modified by|"
            r"last (?:edited|updated|modified) by|updated by|muokkaaja|luonut)$"
        ),
    ),
    (
        NoteColumn.QUADRANT,
        re.compile(r"^(?:nelikenttä|swot|kenttä|lohko|ruutu|quadrant|kvadrant|fält|swot luokka)$"),
    ),
    (NoteColumn.TABLE, re.compile(r"^(?:pöytä|pöydän|table|bord|learning cafe pöytä)\b")),
    (NoteColumn.ROUND, re.compile(r"^(?:kierros|vaihe|round|runda|omgång)\b")),
    (
        NoteColumn.PICTURE,
        re.compile(
            r"^(?:kuva|kuvan nimi|esine|hahmo|symboli|kuva tai \w+|esine tai \w+|kuva \w+|"
            r"picture|image|object|figure|symbol|picture or object|bild|föremål|figur|"
            r"bild eller föremål)$"
        ),
    ),
    (
        NoteColumn.TARGET,
        re.compile(
            r"^(?:havainnoinnin kohde|havainnon kohde|kohde|mitä havainnoitiin|target|"
            r"observed|what was observed|observationsmål|mål)$"
        ),
    ),
    (
        NoteColumn.QUESTION,
        re.compile(
            r"^(?:kysymys|kysymykset|tehtävä|mihin kysymykseen|question|task|fråga|uppgift)\b"
        ),
    ),
    (
        NoteColumn.NOTE,
        re.compile(
            r"^(?:lappu|muistilappu|muistiinpano|teksti|huomio|ajatus|vastaus|sisältö|merkitys|"
            r"selitys|kuvaus|mitä (?:se |kuva |esine )?(?:kuvaa|tarkoittaa|edustaa)|kuvaa|"
            r"tarkoittaa|havainto|havainnot|odotus|odotukset|palaute|note|text|sticky|content|"
            r"comment|idea|body|subject|title|meaning|description|observation|expectation|"
            r"expectations|feedback|what it (?:stands for|means)|stands for|lapp|anteckning|"
            r"innehåll|betydelse|beskrivning|observationer?|förväntning|förväntningar|respons|"
            r"vad den (?:står för|betyder))\b"
        ),
    ),
    (
        NoteColumn.GROUP,
        re.compile(
            r"^(?:ryhmä|osio|alue|otsikko|aihe|teema|luokka|väri|section|section name|frame|"
            r"frame name|group|area|column|list|category|(?:bg |background |note )?colou?r|tag|"
            r"tags|topic|cluster|grupp|område|rubrik|färg|tema)$"
        ),
    ),
    (NoteColumn.X, re.compile(r"^(?:x|x position|position x|pos x|x koordinaatti|left)$")),
    (NoteColumn.Y, re.compile(r"^(?:y|y position|position y|pos y|y koordinaatti|top)$")),
    (
        NoteColumn.IGNORE,
        re.compile(
            r"^(?:id|nro|nr|no|width|height|leveys|korkeus|type|tyyppi|shape|url|link|links?|"
            r"link to|linkki|date|time|created|created at|updated|updated at|last updated|"
            r"modified|päivä|päiväys|aika|luotu|muokattu|datum|tid|likes|votes|ääniä|reactions|"
            r"comments|attachment|attachments|liite|border colou?r|border line|item link|"
            r"last updated at|rotation|position|post url|latitude|longitude|location|"
            r"location name|published at)$"
        ),
    ),
)
_OF_TOOLS = re.compile(
    r"^(?:author|created by|created at|updated at|bg color|border color|position x|position y|x|y|"
    r"section|frame|post url|attachment|last updated by|likes|votes|item link)$"
)


def role_of_header(cell: str) -> NoteColumn | None:
    """What a column called so holds; None when the name tells nothing."""
    name = survey_words.plain(cell)
    if not name or len(cell) > 60:
        return None
    return next((role for role, pattern in _HEADERS if pattern.search(name)), None)


def is_of_a_tool(header: list[str]) -> bool:
    """Whether a sticky-note tool wrote this header: then every row is one note."""
    return sum(1 for cell in header if _OF_TOOLS.search(survey_words.plain(cell))) >= 2
