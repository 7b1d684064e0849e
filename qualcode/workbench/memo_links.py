"""What memos speak of and point at: the thing itself, its name, or that it is gone.

In a memo ``[[koodi:Toivo]]`` points at the code Toivo; an address of the program pasted into it
(``.../koodaus?vastaus=...``) points at the same things. The word before the colon, and the name of
the parameter in an address, say what sort of thing is meant, in Finnish or in English.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from qualcode.domain.documents import Document, one_line
from qualcode.domain.markdown import Piece, links, plain_text
from qualcode.store.kinds import KINDS
from qualcode.store.repository import Reading
from qualcode.texts import gettext_for
from qualcode.workbench import whereabouts
from qualcode.workbench.bench import STUDY_ID

LABEL_LENGTH = 80

WORDS: dict[str, tuple[str, ...]] = {
    "study": ("tutkimus", "hanke", "study"),
    "segment": ("ilmaus", "ote", "alkuperäisilmaus", "expression", "segment"),
    "document": ("vastaus", "teksti", "answer", "text", "document"),
    "reduction": ("pelkistys", "pelkistetty ilmaus", "reduction"),
    "code": ("koodi", "code"),
    "codebook": ("koodikirja", "codebook"),
    "category": ("luokka", "alaluokka", "yläluokka", "pääluokka", "yhdistävä luokka", "category"),
    "role": ("rooli", "role"),
    "role_map": ("roolikartta", "role map", "role_map"),
    "respondent": ("vastaaja", "respondent"),
    "item": ("kysymys", "osio", "question", "item"),
    "memo": ("muistio", "memo"),
}
"""Kind -> the words that name it in a link; the first is the parameter of an address, too."""

_KINDS_BY_WORD = {word: kind for kind, words in WORDS.items() for word in words}


_LINK = re.compile(
    r"\[\[(?P<thing>[^\[\]|\n]+)(?:\|(?P<called>[^\[\]\n]+))?\]\]"
    r"|\[(?P<words>[^\[\]\n]+)\]\((?P<address>[^()\s]+)\)"
    r"|(?P<bare>https?://[^\s<>()\[\]]+)"
)
"""Whatever may be a link, also where a memo only shows how one is written."""


@dataclass(frozen=True)
class Thing:
    """Something of the study that a memo is about or points at.

    ``there`` is False when the study does not have it (any more): ``label`` is then what it was
    called, or what was written.
    """

    kind: str
    id: str
    label: str
    there: bool = True


def things(
    rows: Reading, kind: str, ids: Sequence[str], language: str, reviewing: bool = False
) -> dict[str, Thing]:
    """Those of the rows that are there, with what they are called (see ``name_of``)."""
    wanted = tuple(dict.fromkeys(ids))
    if not wanted or kind not in WORDS:
        return {}
    found: list[Any] = rows.find(KINDS[kind].cls, id=wanted)
    if kind == "segment":
        texts = {s.document_id for s in found}
        documents = {d.id: d.text for d in rows.find(Document, id=tuple(sorted(texts)))}
        return {
            s.id: Thing(kind, s.id, quoted(_cut(s.of(documents[s.document_id])), language))
            for s in found
        }
    return {row.id: Thing(kind, row.id, name_of(kind, row, language, reviewing)) for row in found}


def thing(
    rows: Reading, kind: str, id: str, language: str, reviewing: bool = False
) -> Thing | None:
    """The row with what it is called; None when the study does not have it."""
    return things(rows, kind, [id], language, reviewing).get(id)


def name_of(kind: str, row: Any, language: str, reviewing: bool = False) -> str:
    """What a row is called, also one that the study no longer has; of a respondent the actor group,
    where their own identifier is not told."""
    if kind == "respondent":
        return _cut(whereabouts.label(reviewing, row.label) or row.actor_group)
    if kind == "memo":
        return _cut(plain_text(told(reviewing, row.text, gettext_for(language))))
    return _NAMES[kind](row, language)


def pointed_at(
    rows: Reading, texts: Iterable[str], language: str, reviewing: bool = False
) -> dict[str, Thing]:
    """What the memos' links point at: link as written -> the thing.

    A link to something that is not there gives a Thing that is not there. An address that is not
    of this program is none of the study's things and is not among the results.
    """
    found: dict[str, Thing] = {}
    for target in dict.fromkeys(target for text in texts for target in links(text)):
        meant = read_link(target)
        if meant is None:
            continue
        kind, name = meant
        there = thing(rows, kind, name, language, reviewing)
        there = there or _named(rows, kind, name, language, reviewing)
        found[target] = there or Thing(kind, "", _cut(name or target), there=False)
    return found


def shown(piece: Piece, found: Mapping[str, Thing]) -> str:
    """The words of a piece; a link to a thing without words of its own is called as the thing."""
    thing = found.get(piece.link)
    bare = (piece.link, piece.link.partition(":")[2].strip())
    return thing.label if thing is not None and piece.text in bare else piece.text


def read_link(target: str) -> tuple[str, str] | None:
    """(kind, id or name) that a link means; None when it is an address of the world outside.

    >>> read_link("koodi: Toivo")
    ('code', 'Toivo')
    >>> read_link("http://localhost:8501/koodaus?vastaus=d1")
    ('document', 'd1')
    >>> read_link("https://example.org/sivu") is None
    True
    """
    for name, value in parse_qsl(urlsplit(_address(target)).query):
        if name in _KINDS_BY_WORD:
            return _KINDS_BY_WORD[name], value
    word, colon, name = target.partition(":")
    kind = _KINDS_BY_WORD.get(word.strip().casefold())
    if kind == "study":
        return kind, STUDY_ID
    return (kind, name.strip()) if kind and colon else None


def told(reviewing: bool, text: str, translate: Callable[[str], str]) -> str:
    """The memo as written; when reviewing a link to a respondent, who may be named in it, is the
    words that the link was given, or that there is a respondent."""
    if not reviewing:
        return text
    _ = translate

    def words(found: re.Match[str]) -> str:
        name = _respondent(found)
        given = (found["called"] or found["words"] or "").strip()
        if name is None:
            return found[0]
        named = ("", name.casefold(), _target(found).casefold())
        return _("respondent") if given.casefold() in named else given

    return _LINK.sub(words, text)


def masked(reviewing: bool, text: str) -> str:
    """The same where every place of the text has to stay where it is: who is named is dotted out.

    >>> masked(True, "Katso [[vastaaja:V7]]!")
    'Katso [[•••••••••••]]!'
    """

    def dots(found: re.Match[str]) -> str:
        if _respondent(found) is None:
            return found[0]
        return re.sub(r"[^\[\]|()\s]", "•", found[0])

    return _LINK.sub(dots, text) if reviewing else text


def _respondent(link: re.Match[str]) -> str | None:
    """The respondent's name or id in a link; None when it points at something else."""
    meant = read_link(_target(link))
    return meant[1] if meant is not None and meant[0] == "respondent" else None


def _target(link: re.Match[str]) -> str:
    return (link["thing"] or link["address"] or link["bare"]).strip()


def quoted(text: str, language: str) -> str:
    """Somebody's words between the quotation marks of the language."""
    _ = gettext_for(language)
    return _("“{text}”").format(text=text)


def link_to(kind: str, id: str) -> str:
    """The link that names the row for good, whatever it will be called: ``[[koodi:c1]]``."""
    return f"[[{WORDS[kind][0]}:{id}]]"


def _address(target: str) -> str:
    """The target if it can be an address; urlsplit refuses half of an IPv6 one."""
    return "" if "[" in target or "]" in target else target


def _named(rows: Reading, kind: str, name: str, language: str, reviewing: bool) -> Thing | None:
    """The first row that is called so, letter case aside. Texts and passages have no names."""
    if kind == "reduction":
        worded = rows.worded(name)
        return Thing(kind, worded.id, _cut(worded.wording)) if worded else None
    if kind not in _CALLED:
        return None
    wanted = one_line(name).casefold()
    called = _CALLED[kind]
    alike = sorted(
        (row for row in rows.find(KINDS[kind].cls) if wanted in called(row)),
        key=lambda row: row.id,
    )
    if not alike:
        return None
    return Thing(kind, alike[0].id, name_of(kind, alike[0], language, reviewing))


def _cut(text: str) -> str:
    line = one_line(text)
    return line if len(line) <= LABEL_LENGTH else line[: LABEL_LENGTH - 1].rstrip() + "…"


def _folded(*names: str) -> set[str]:
    return {one_line(name).casefold() for name in names if name}


_NAMES: dict[str, Callable[[Any, str], str]] = {
    "study": lambda study, _: _cut(study.name),
    "document": lambda document, language: quoted(_cut(document.text), language),
    "reduction": lambda reduction, _: _cut(reduction.wording),
    "code": lambda code, language: _cut(code.label(language)),
    "codebook": lambda codebook, language: _cut(codebook.name(language)),
    "category": lambda category, _: _cut(category.name),
    "role": lambda role, _: _cut(role.name),
    "role_map": lambda role_map, _: _cut(role_map.title),
    "item": lambda item, _: _cut(f"{item.number} {item.text}"),
}
"""What a row of each kind is called."""

_CALLED: dict[str, Callable[[Any], set[str]]] = {
    "code": lambda code: _folded(code.label_fi, code.label_en),
    "codebook": lambda codebook: _folded(codebook.name_fi, codebook.name_en, codebook.key),
    "category": lambda category: _folded(category.name),
    "role": lambda role: _folded(role.name),
    "role_map": lambda role_map: _folded(role_map.title),
    "respondent": lambda respondent: _folded(respondent.label),
    "item": lambda item: _folded(item.number, item.text, f"{item.number} {item.text}"),
}
"""Every name that a row of each kind can be found by."""
