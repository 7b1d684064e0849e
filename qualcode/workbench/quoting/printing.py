"""Which quotes may be printed: chosen, checked by a person, and consented to."""

from __future__ import annotations

from dataclasses import dataclass, field

from qualcode.domain.approaches import Study
from qualcode.domain.documents import Document, Respondent, Segment
from qualcode.domain.quotes import ChosenQuote
from qualcode.store.repository import Reading
from qualcode.workbench.quoting.people import People
from qualcode.workbench.quoting.rules import rules


@dataclass(frozen=True)
class Chosen:
    """``printable``: segment -> its quote. ``waiting``: chosen, but not checked; ``refused``: those
    whose respondents have not consented, or have taken their consent back. ``edited``: segment ->
    the form that somebody gave its words before printing, checked or not."""

    printable: dict[str, ChosenQuote] = field(default_factory=dict)
    waiting: int = 0
    refused: int = 0
    edited: dict[str, str] = field(default_factory=dict)

    @property
    def any(self) -> bool:
        """Whether somebody has chosen quotes at all."""
        return bool(self.printable or self.waiting or self.refused)


def chosen_of(rows: Reading, study: Study) -> Chosen:
    """The chosen quotes as they stand now: consent is looked at again, whoever checked them."""
    quotes = {quote.id: quote for quote in rows.find(ChosenQuote)}
    segments = rows.find(Segment, id=tuple(quotes))
    documents = {d.id: d for d in rows.find(Document, id=tuple({s.document_id for s in segments}))}
    who = {s.id: documents[s.document_id].respondent_id for s in segments}
    named = tuple({id for id in who.values() if id is not None})
    everyone = People({r.id: r for r in rows.find(Respondent, id=named)}, rules(study))
    refused = {id for id in quotes if everyone.consents(who.get(id)) is False}
    printable = {
        id: quote for id, quote in quotes.items() if quote.is_checked and id not in refused
    }
    edited = {id: quote.printed for id, quote in quotes.items() if quote.printed}
    return Chosen(printable, len(quotes) - len(printable) - len(refused), len(refused), edited)
