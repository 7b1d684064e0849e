"""Why a code is offered for a passage: the nearest expressions with it, its definition and rule."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from qualcode.analysis.live_codes import Example, LiveCodes
from qualcode.domain.codes import Code
from qualcode.domain.rule_text import telling_when
from qualcode.domain.suggestions import Reason, ReasonKind
from qualcode.nlp.lemmas import Words
from qualcode.nlp.words import words_of
from qualcode.store.repository import Reading
from qualcode.workbench.suggesting.teaching import passages_of


@dataclass(frozen=True)
class Grounds:
    """What speaks for each code of one look, before its words have been compared.

    ``near`` are the nearest examples by code, ``texts`` what those say by their ids, ``described``
    and ``likeness`` the codes' own words and how like the passage is to them. ``rules`` tell when
    a code is used, of those that have a rule.
    """

    text: str
    near: Mapping[str, tuple[Example, ...]]
    texts: Mapping[str, str]
    described: Mapping[str, str]
    likeness: Mapping[str, float]
    rules: Mapping[str, str] = field(default_factory=dict)

    @property
    def said(self) -> list[str]:
        """All texts whose words are to be set side by side, the passage first."""
        return [
            self.text, *self.texts.values(), *self.described.values(), *self.rules.values()
        ]  # fmt: skip

    @property
    def compared(self) -> list[str]:
        """The same and each of their words by itself, to tell which one it is that is shared."""
        return [*self.said, *self.words]

    @property
    def words(self) -> list[str]:
        return list(dict.fromkeys(word for text in self.said for word in words_of(text)))


NONE = Grounds("", {}, {}, {}, {})


def grounds_of(
    rows: Reading,
    live: LiveCodes,
    there: np.ndarray,
    text: str,
    own: Collection[str],
    code_ids: Sequence[str],
    language: str,
) -> Grounds:
    """What speaks for these codes. ``own``: the passage and what overlaps it, which say nothing."""
    near = {id: tuple(live.nearest_examples(there, id, own)) for id in code_ids}
    passages = passages_of(rows, {example.id for found in near.values() for example in found})
    likeness = live.by_words(there)
    codes = rows.find(Code, id=tuple(code_ids)) if code_ids else []
    rules = {code.id: telling_when(code.rule(language)) for code in codes}
    return Grounds(
        text,
        near,
        {id: passage.text for id, passage in passages.items()},
        {id: live.codes[live.places[id]].described for id in code_ids},
        {id: float(likeness[live.places[id]]) for id in code_ids},
        {id: rules[id] for id in code_ids if rules.get(id)},
    )


def reasons_of(grounds: Grounds, words: Words) -> dict[str, tuple[Reason, ...]]:
    """The reasons by code, with the words shared; ``words`` are those of ``grounds.compared``.

    A rule is a reason only where it has a word in common with the passage.
    """
    each = grounds.words
    # By dictionary form and parts, so that a rule's "palvelu" is found in "lapsiperhepalvelun".
    found_by = dict(zip(each, words.stems[len(words.stems) - len(each) :], strict=True))

    def reason(kind: ReasonKind, id: str, text: str, value: float | None) -> Reason:
        there = {stem for word in words_of(text) for stem in found_by[word]}
        here = {stem for word in words_of(grounds.text) for stem in found_by[word]}
        shared = there & here

        def written(said: str) -> tuple[str, ...]:
            return tuple(
                word
                for word in dict.fromkeys(words_of(said))
                if not shared.isdisjoint(found_by[word])
            )

        return Reason(
            kind,
            ids=(id,),
            words=tuple(
                dict.fromkeys(words.forms.get(s, s) for s in words.stems[0] if s in shared)
            ),
            text=text,
            value=value,
            marked=(*written(text), *_phrases(text, grounds.text, shared, found_by)),
            said=(*written(grounds.text), *_phrases(grounds.text, text, shared, found_by)),
        )

    def of(id: str, near: tuple[Example, ...]) -> Iterator[Reason]:
        for example in near:
            if example.id in grounds.texts:
                said = grounds.texts[example.id]
                yield reason(ReasonKind.NEAREST, example.id, said, example.likeness)
        yield reason(ReasonKind.DEFINITION, id, grounds.described[id], grounds.likeness[id])
        if id in grounds.rules:
            rule = reason(ReasonKind.RULE, id, grounds.rules[id], None)
            if rule.words:
                yield rule

    return {id: tuple(of(id, near)) for id, near in grounds.near.items()}


def _phrases(
    text: str, other: str, shared: Set[str], found_by: Mapping[str, Collection[str]]
) -> list[str]:
    """Two shared words that stand side by side in both texts, as ``text`` has them.

    A name of two words, or "oma päätös" beside "omaa päätöstä", is one thing that both say.
    """
    theirs = [(shared & set(found_by[a]), shared & set(found_by[b])) for a, b in _pairs(other)]
    return list(
        dict.fromkeys(
            f"{a} {b}"
            for a, b in _pairs(text)
            if any(
                not first.isdisjoint(found_by[a]) and not second.isdisjoint(found_by[b])
                for first, second in theirs
            )
        )
    )


def _pairs(text: str) -> list[tuple[str, str]]:
    """Neighbouring words with nothing but a space between them."""
    words = words_of(text)
    plain = " ".join(unicodedata.normalize("NFC", text).lower().split())
    return [(a, b) for a, b in pairwise(words) if f"{a} {b}" in plain]
