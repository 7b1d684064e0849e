"""The quote bank as pages of rows: each expression with all one needs to choose and check it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from qualcode.domain.categories import CategoryTree
from qualcode.domain.codes import Code
from qualcode.domain.coding import Coding, ReducedExpression, ReductionLink
from qualcode.domain.identifiers import find_identifiers
from qualcode.domain.quotes import ChosenQuote, Doubt, DoubtKind
from qualcode.store.repository import Reading
from qualcode.store.views import ExpressionQuery, ExpressionRow, Page
from qualcode.texts import gettext_for
from qualcode.workbench import origins
from qualcode.workbench.quoting.choosing import headings, own_categories
from qualcode.workbench.quoting.people import People

FindNames = Callable[[Sequence[str]], list[list[str]]]
"""Texts -> what in each may name somebody, as the words stand there."""


@dataclass(frozen=True)
class BankRow:
    """One expression. ``categories``: where its reductions are placed; ``headings``: category ->
    name, what it may be printed under: those and what is above them.

    ``doubts`` are reasons to look before printing; ``consents`` None when it is not known.
    ``origin``: what the words come from, in words; "" where the whole study comes from one.
    """

    expression: ExpressionRow
    speaker: str
    reductions: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    headings: dict[str, str] = field(default_factory=dict)
    codes: tuple[str, ...] = ()
    quote: ChosenQuote | None = None
    consents: bool | None = None
    doubts: tuple[Doubt, ...] = ()
    origin: str = ""

    @property
    def id(self) -> str:
        return self.expression.segment_id

    @property
    def shown(self) -> str:
        """The words as they are printed."""
        return self.quote.shown(self.expression.text) if self.quote else self.expression.text

    @property
    def heading(self) -> str:
        """The category it is printed under: the chosen one while the expression is in it."""
        if self.quote and self.quote.category_id in self.headings:
            return self.quote.category_id
        return next(iter(self.headings), "")


def browse(
    rows: Reading,
    tree: CategoryTree,
    everyone: People,
    query: ExpressionQuery,
    offset: int,
    limit: int,
    language: str,
    find_names: FindNames | None = None,
) -> Page[BankRow]:
    """A page of the bank in the study's order."""
    page = rows.expressions(query, offset, limit)
    found = beside(rows, tree, everyone, page.rows, language, find_names)
    return Page(tuple(found), page.total, page.offset, page.limit)


def beside(
    rows: Reading,
    tree: CategoryTree,
    everyone: People,
    expressions: Sequence[ExpressionRow],
    language: str,
    find_names: FindNames | None = None,
) -> list[BankRow]:
    """The expressions with their reductions, headings, codes, choice and doubts."""
    ids = tuple(row.segment_id for row in expressions)
    links: dict[str, list[str]] = defaultdict(list)
    for link in sorted(rows.find(ReductionLink, segment_id=ids), key=lambda k: k.created_at):
        links[link.segment_id].append(link.reduction_id)
    every = tuple({id for found in links.values() for id in found})
    wordings = {r.id: r.wording for r in rows.find(ReducedExpression, id=every)}
    codings: dict[str, dict[str, None]] = defaultdict(dict)
    for coding in rows.find(Coding, segment_id=ids):
        codings[coding.segment_id][coding.code_id] = None
    named = tuple({id for found in codings.values() for id in found})
    codes = {code.id: code for code in rows.find(Code, id=named)}
    quotes = {quote.id: quote for quote in rows.find(ChosenQuote, id=ids)}
    shown = [quotes[r.segment_id].shown(r.text) if r.segment_id in quotes else r.text
             for r in expressions]  # fmt: skip
    names = find_names(shown) if find_names else [[] for _ in shown]
    came = _origins(rows, expressions, language)
    return [
        BankRow(
            expression,
            _speaker(everyone, expression),
            tuple(wordings[id] for id in links[expression.segment_id] if id in wordings),
            tuple(own_categories(tree, links[expression.segment_id]).values()),
            headings(tree, links[expression.segment_id]),
            tuple(codes[id].label(language) for id in codings[expression.segment_id]),
            quotes.get(expression.segment_id),
            everyone.consents(expression.respondent_id),
            (*in_text(words, hits), *everyone.doubts(expression.respondent_id)),
            came.get(expression.document_id, ""),
        )
        for expression, words, hits in zip(expressions, shown, names, strict=True)
    ]


def _origins(rows: Reading, expressions: Sequence[ExpressionRow], language: str) -> dict[str, str]:
    """Text -> its origin in words; empty where there is nothing to tell apart."""
    if not origins.differ(origins.of_sources(rows).values()):
        return {}
    found = origins.origins_of(rows, (row.document_id for row in expressions))
    return {id: origin.told(gettext_for(language)) for id, origin in found.items()}


def with_names(row: BankRow, names: Sequence[str]) -> BankRow:
    """The row with what may be a name among its doubts."""
    others = tuple(d for d in row.doubts if d.kind not in (DoubtKind.NAME, DoubtKind.CONTACT))
    return replace(row, doubts=(*in_text(row.shown, names), *others))


def in_text(printed: str, names: Sequence[str] = ()) -> list[Doubt]:
    """What in the words themselves may tell who somebody is."""
    contacts = [hit.text for hit in find_identifiers(printed)]
    found = [Doubt(DoubtKind.CONTACT, ", ".join(contacts))] if contacts else []
    others = [name for name in dict.fromkeys(names) if name not in contacts]
    return [*found, *([Doubt(DoubtKind.NAME, ", ".join(others))] if others else [])]


def _speaker(everyone: People, expression: ExpressionRow) -> str:
    return everyone.names.get(expression.respondent_id or "", "") or expression.actor_group
