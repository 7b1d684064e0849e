"""Themes for the next workshop: the categories of the survey, with how many spoke of each.

The method: the workshop deepens what the survey raised. The categories are offered in the order of
how many respondents spoke of them; a person chooses.
"""

from __future__ import annotations

from dataclasses import dataclass

from qualcode.analysis.frequencies import by_category
from qualcode.domain.categories import Category
from qualcode.domain.documents import Document, Source, SourceKind
from qualcode.workbench.bench import Workbench
from qualcode.workbench.categorising import tree_of


@dataclass(frozen=True)
class Theme:
    """A category with the respondents and mentions that the survey gave it."""

    category: Category
    path: str
    respondents: int
    mentions: int


def themes(bench: Workbench) -> list[Theme]:
    """Categories of which answers of a survey speak, the most spoken of first."""
    with bench.store.reading() as rows:
        surveys = tuple(source.id for source in rows.find(Source, kind=SourceKind.SURVEY))
        if not surveys:
            return []
        answers = {document.id for document in rows.find(Document, source_id=surveys)}
        evidence = [row for row in rows.evidence() if row.document_id in answers]
        tree = tree_of(rows)
    parents = {category.id: category.parent_id for category in tree.categories.values()}
    tallies = by_category(evidence, parents)
    found = [
        Theme(
            category,
            " › ".join(above.name for above in tree.path(category.id) if above is not category),
            tallies[category.id].total.respondents,
            tallies[category.id].total.mentions,
        )
        for category in tree.categories.values()
        if category.id in tallies and tallies[category.id].total.mentions
    ]
    return sorted(found, key=lambda t: (-t.respondents, -t.mentions, t.category.name))
