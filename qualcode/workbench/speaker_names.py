"""How reports and lists call those who speak, without telling who they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from qualcode.domain.documents import Respondent


def speaker_names(
    respondents: Iterable[Respondent], translate: Callable[[str], str], labels: bool = False
) -> dict[str, str]:
    """Respondent -> what is printed after a quote: actor group and a running number.

    Numbers run inside each actor group in the study's order. The respondents' own labels may
    identify, so they are printed only when asked for.
    """
    names: dict[str, str] = {}
    numbers: dict[str, int] = {}
    _ = translate
    for respondent in sorted(respondents, key=lambda r: (r.position, r.id)):
        group = respondent.actor_group or _("respondent")
        numbers[group] = numbers.get(group, 0) + 1
        names[respondent.id] = f"{group} {numbers[group]}"
        if labels and respondent.label:
            names[respondent.id] = f"{group}, {respondent.label}"
    return names
