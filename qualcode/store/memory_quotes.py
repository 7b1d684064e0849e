"""Which expressions are material for quotes, in memory: the readable definition."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from qualcode.domain.categories import Placement
from qualcode.domain.coding import Coding, ReductionLink
from qualcode.domain.documents import Document, Segment
from qualcode.domain.quotes import ChosenQuote
from qualcode.store.memory_rows import MemoryRows
from qualcode.store.views import QuoteQuery, sought


class MemoryQuotes(MemoryRows):
    """Mixed into the reading of a study in memory."""

    def _quotable(self, query: QuoteQuery) -> Callable[[Segment, Document], bool]:
        counted = self._counted_segments()
        used = {coding.segment_id for coding in self._all(Coding)}
        places: dict[str, set[str]] = defaultdict(set)
        for link in self._all(ReductionLink):
            used.add(link.segment_id)
            place = self.get(Placement, link.reduction_id)
            if place is not None:
                places[link.segment_id].add(place.category_id)

        wanted = sought(query.text)

        def matches(s: Segment, d: Document) -> bool:
            quote = self.get(ChosenQuote, s.id)
            checked = quote is not None and quote.is_checked
            return (
                s.id in counted
                and s.id in used
                and wanted in _searched(s, d)
                and query.respondent_id in (None, d.respondent_id)
                and (query.category_ids is None or bool(places[s.id] & set(query.category_ids)))
                and query.placed in (None, bool(places[s.id]))
                and query.chosen in (None, quote is not None)
                and query.checked in (None, checked)
            )

        return matches


def _searched(s: Segment, d: Document) -> str:
    """The expression in folded letters; the whole text where folding changes its length."""
    folded = d.text.casefold()
    return folded[s.start : s.end] if len(folded) == len(d.text) else folded
