"""What became of suggestions, and how they are shown."""

from __future__ import annotations

from qualcode.domain.decisions import Act
from qualcode.texts import N_

KINDS = {
    "dismissal": N_("dismissed suggestion"),
}

TITLES: dict[Act, str] = {
    Act.ACCEPT_SUGGESTION: N_("accepted a suggestion"),
    Act.DISMISS_SUGGESTION: N_("dismissed a suggestion"),
    Act.SET_SUGGESTIONS: N_("changed how suggestions are shown"),
    Act.WEIGH_CODES: N_("chose which codes are suggested for a question"),
}

SENTENCES: dict[Act, tuple[str, ...]] = {
    Act.ACCEPT_SUGGESTION: (
        N_("coded “{quote}” with “{code}” instead of the suggested “{suggested}”"),
        N_("coded “{quote}” with the suggested “{code}”"),
        N_("coded {passages} passages with the suggested codes"),
        N_("placed “{wording}” in the suggested category “{category}”"),
        N_("accepted {count} suggested groups: “{category}”"),
        N_("accepted the suggested group “{category}”"),
    ),
    Act.DISMISS_SUGGESTION: (
        N_("rejected the suggested code “{code}” for “{quote}”"),
        N_("dismissed the suggestion to place “{wording}” in “{category}”"),
        N_("confirmed that “{wording}” belongs in “{home}”"),
        N_("dismissed {count} suggestions"),
    ),
    Act.SET_SUGGESTIONS: (
        N_("switched the suggestions of “{shown}” on"),
        N_("hid the suggestions of “{blind}” until the coder has decided"),
        N_("switched the suggestions of “{off}” off"),
        N_("set the limit below which nothing is suggested: {threshold}"),
    ),
    Act.WEIGH_CODES: (N_("chose which codes are suggested for the question “{item}”"),),
}
