"""What of the respondents matters for printing their words: how many are alike, who consents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

from qualcode.domain.documents import Respondent
from qualcode.domain.quotes import Doubt, DoubtKind
from qualcode.store.repository import Reading
from qualcode.store.views import ExpressionQuery, QuoteQuery
from qualcode.workbench.quoting.rules import QuoteRules
from qualcode.workbench.speaker_names import speaker_names

MOST_VALUES = 12
"""A background variable with more values than this is no category of people but a number or a text:
looked at alone, everybody would be rare in it."""
FEW_QUOTES = 3
"""With fewer quotes than this nobody is quoted too often."""
_AT_A_TIME = 2000


@dataclass(frozen=True)
class People:
    """Everybody who answered, and how often each is quoted. Made once for a page or a report."""

    respondents: dict[str, Respondent]
    rules: QuoteRules
    quoted: dict[str, int] = field(default_factory=dict)
    translate: Callable[[str], str] = str

    @cached_property
    def names(self) -> dict[str, str]:
        """Respondent -> actor group and running number."""
        return speaker_names(self.respondents.values(), self.translate)

    @cached_property
    def variables(self) -> list[str]:
        """The background variables, in the order they first appear."""
        everyone = self.respondents.values()
        return list(dict.fromkeys(chain.from_iterable(r.background for r in everyone)))

    def values(self, variable: str) -> list[str]:
        """What the variable is for somebody, in alphabetical order."""
        return sorted({r.background.get(variable, "") for r in self.respondents.values()} - {""})

    def consents(self, respondent_id: str | None) -> bool | None:
        """Whether the respondent may be quoted; None when that is not known of anybody."""
        if not self.rules.consent or respondent_id is None:
            return None
        person = self.respondents.get(respondent_id)
        said = person.background.get(self.rules.consent, "") if person else ""
        return said in self.rules.consented

    def doubts(self, respondent_id: str | None) -> list[Doubt]:
        """What of the person speaks against printing their words as they are."""
        if respondent_id is None or respondent_id not in self.respondents:
            return []
        found = []
        if self.consents(respondent_id) is False:
            found.append(Doubt(DoubtKind.NO_CONSENT))
        rare = self.rare(respondent_id)
        if rare:
            found.append(Doubt(DoubtKind.RARE, rare))
        share = self.share(respondent_id)
        if share > self.rules.share and self.quoted[respondent_id] >= FEW_QUOTES:
            found.append(Doubt(DoubtKind.OFTEN_QUOTED, share=share))
        return found

    def share(self, respondent_id: str) -> int:
        """The percentage of all chosen quotes that are this person's."""
        whole = sum(self.quoted.values())
        return round(100 * self.quoted.get(respondent_id, 0) / whole) if whole else 0

    def rare(self, respondent_id: str) -> str:
        """What of the background fewer than ``rules.fewest`` share, in words; "" when nothing."""
        person = self.respondents[respondent_id]
        rare = [
            f"{', '.join(f'{name}: {value}' for name, value in zip(names, values, strict=True))} "
            f"({count}/{whole})"
            for names in self._sets
            if any(values := tuple(person.background.get(name, "") for name in names))
            and (count := self._alike[names][(person.actor_group, *values)]) < self.rules.fewest
            and (whole := self._groups[person.actor_group]) > count
        ]
        return "; ".join(rare)

    @cached_property
    def _groups(self) -> Counter[str]:
        return Counter(r.actor_group for r in self.respondents.values())

    @cached_property
    def _sets(self) -> list[tuple[str, ...]]:
        """The variables that are looked at together: those that readers know, or each alone."""
        if self.rules.told:
            return [self.rules.told]
        return [
            (name,)
            for name in self.variables
            if name != self.rules.consent and 2 <= len(self.values(name)) <= MOST_VALUES
        ]

    @cached_property
    def _alike(self) -> dict[tuple[str, ...], Counter[tuple[str, ...]]]:
        return {
            names: Counter(
                (r.actor_group, *(r.background.get(name, "") for name in names))
                for r in self.respondents.values()
            )
            for names in self._sets
        }


def people(rows: Reading, rules: QuoteRules, translate: Callable[[str], str]) -> People:
    """Everybody of the study, with how often each is quoted."""
    quoted: Counter[str] = Counter()
    query = ExpressionQuery(quotes=QuoteQuery(chosen=True))
    offset = 0
    while True:
        page = rows.expressions(query, offset, _AT_A_TIME)
        quoted.update(row.respondent_id for row in page.rows if row.respondent_id is not None)
        offset += len(page.rows)
        if not page.rows or offset >= page.total:
            break
    return People({r.id: r for r in rows.find(Respondent)}, rules, dict(quoted), translate)
