"""What is looked at before a quote is printed: an option of the study, changed by an act."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace

from qualcode.domain.approaches import Study
from qualcode.domain.decisions import Act
from qualcode.workbench.bench import STUDY_ID, Workbench

OPTION = "quotes"
"""The name among the study's options."""


@dataclass(frozen=True)
class QuoteRules:
    """``consent``: the background variable that tells whether one may be quoted, and ``consented``
    its values that say yes. ``told``: background variables that readers know of the respondents;
    with none, each is looked at alone. ``fewest``: fewer people than this alike are recognisable.
    ``share``: the percentage of all chosen quotes that one respondent may have.
    """

    consent: str = ""
    consented: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    fewest: int = 3
    share: int = 20


def rules(study: Study) -> QuoteRules:
    """The rules of this study."""
    kept = study.options.get(OPTION, {})
    if not isinstance(kept, Mapping):
        return QuoteRules()
    usual = QuoteRules()
    return QuoteRules(
        consent=str(kept.get("consent", "")),
        consented=tuple(str(value) for value in kept.get("consented", ())),
        told=tuple(str(value) for value in kept.get("told", ())),
        fewest=int(kept.get("fewest", usual.fewest)),
        share=int(kept.get("share", usual.share)),
    )


def set_rules(bench: Workbench, wished: QuoteRules) -> None:
    """From now on quotes are looked at so."""
    with bench.act(Act.SET_QUOTE_RULES) as work:
        study = work.require(Study, STUDY_ID)
        kept = {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in asdict(wished).items()
        }
        work.put(replace(study, options={**study.options, OPTION: kept}))
