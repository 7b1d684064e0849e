"""Which words may stand in what is handed on: consented to, and as edited for printing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from qualcode.domain.approaches import Study
from qualcode.domain.documents import ClosedAnswer, ClosedState, Document, ItemKind, Respondent
from qualcode.exports.evidence import why_left_out
from qualcode.exports.report import Withheld
from qualcode.store.repository import Reading
from qualcode.store.views import ExpressionQuery, ExpressionRow
from qualcode.workbench.quoting.people import People
from qualcode.workbench.quoting.printing import Chosen, chosen_of
from qualcode.workbench.quoting.rules import rules

_AT_A_TIME = 2000


def of_expressions(
    rows: Reading, study: Study, language: str, segment_ids: Sequence[str]
) -> Permitted:
    """The same for a file of some expressions only."""
    chosen = chosen_of(rows, study)
    wanted = list(dict.fromkeys([*segment_ids, *chosen.edited]))
    found: dict[str, ExpressionRow] = {}
    for start in range(0, len(wanted), _AT_A_TIME):
        asked = ExpressionQuery(segment_ids=tuple(wanted[start : start + _AT_A_TIME]))
        found |= {row.segment_id: row for row in rows.expressions(asked, 0, _AT_A_TIME).rows}
    people = People({r.id: r for r in rows.find(Respondent)}, rules(study))
    return Permitted(people, chosen, found, language)


def said(answer: ClosedAnswer, kind: ItemKind, translate: Callable[[str], str]) -> str:
    """What a closed answer is listed as: the option it is counted as, never how it was written;
    one's own words only where they are counted as no option.

    Of a question where one may choose many the whole cell is kept, which would tell what else
    the same person chose.
    """
    _ = translate
    if answer.state is ClosedState.MISSING:
        return _("(empty)")
    if answer.state is ClosedState.UNINTERPRETABLE:
        many = kind is ItemKind.MULTIPLE_CHOICE
        return _("(none of the options)") if many else answer.raw or _("(empty)")
    return answer.value or _("(empty)")


class Permitted:
    """The words of a study as a file may print them, and why others are not printed."""

    def __init__(
        self,
        people: People,
        chosen: Chosen,
        expressions: Mapping[str, ExpressionRow],
        language: str,
    ) -> None:
        self._people = people
        self._chosen = chosen
        self._expressions = expressions
        self._why = why_left_out(language)
        self._edited_in: dict[str, list[ExpressionRow]] = {}
        self._edited_answers: set[tuple[str | None, str | None]] = set()
        for id in chosen.edited:
            if id in expressions:
                quote = expressions[id]
                self._edited_in.setdefault(quote.document_id, []).append(quote)
                self._edited_answers.add((quote.item_id, quote.respondent_id))

    def withheld(self, segment_id: str) -> Withheld | None:
        """Why an expression's words are not listed; an edited quote's own are, in that form."""
        expression = self._expressions[segment_id]
        refused = self.refused(expression.respondent_id)
        if refused or segment_id in self._chosen.edited:
            return refused
        over = any(
            quote.start < expression.end and expression.start < quote.end
            for quote in self._edited_in.get(expression.document_id, ())
        )
        return Withheld.EDITED if over else None

    def withheld_text(self, document: Document) -> Withheld | None:
        """Why a whole text is not listed."""
        edited = Withheld.EDITED if document.id in self._edited_in else None
        return self.refused(document.respondent_id) or edited

    def withheld_answer(self, answer: ClosedAnswer) -> Withheld | None:
        """Why the words written where an option was asked for are not listed; a chosen option is no
        one's words. The same words may be among the texts, and a quote made of them edited."""
        if answer.state is not ClosedState.UNINTERPRETABLE:
            return None
        edited = (answer.item_id, answer.respondent_id) in self._edited_answers
        return self.refused(answer.respondent_id) or (Withheld.EDITED if edited else None)

    def of_memo(self, id: str, respondent_id: str | None, document_id: str) -> str | None:
        """Why the words a memo names are not printed, said in their place; None when they are."""
        if id in self._expressions:
            why = self.withheld(id)
        else:
            edited = Withheld.EDITED if document_id in self._edited_in else None
            why = self.refused(respondent_id) or edited
        return self._why[why] if why else None

    @property
    def asks_consent(self) -> bool:
        """Whether it is known of anybody that they have consented or have not."""
        return bool(self._people.rules.consent)

    def words(self, segment_id: str) -> str:
        """An expression as it is printed: as edited, or why its words are not there."""
        withheld = self.withheld(segment_id)
        if withheld:
            return self._why[withheld]
        return self._chosen.edited.get(segment_id, self._expressions[segment_id].text)

    def words_of_texts(self, alike: Sequence[Document]) -> str:
        """The words of texts that say the same, by one of them that may be printed."""
        why = [self.withheld_text(document) for document in alike]
        if None in why:
            return alike[why.index(None)].text
        assert why[0] is not None
        return self._why[why[0]]

    def refused(self, respondent_id: str | None) -> Withheld | None:
        """CONSENT when the respondent has not consented to being quoted."""
        return Withheld.CONSENT if self._people.consents(respondent_id) is False else None
