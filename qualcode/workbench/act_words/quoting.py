"""Quotes chosen for the report, and the rules they and saturation are judged by."""

from __future__ import annotations

from qualcode.domain.decisions import Act
from qualcode.texts import N_

KINDS = {
    "chosen_quote": N_("quote of the report"),
}

TITLES: dict[Act, str] = {
    Act.CHOOSE_QUOTE: N_("chose quotes for the report"),
    Act.LEAVE_QUOTE: N_("left quotes out of the report"),
    Act.ORDER_QUOTES: N_("put quotes in another order"),
    Act.EDIT_QUOTE: N_("changed how a quote is printed"),
    Act.CHECK_QUOTE: N_("checked quotes for printing"),
    Act.SET_QUOTE_RULES: N_("changed what is looked at before quotes are printed"),
    Act.SET_SATURATION: N_("changed how saturation is judged"),
}

SENTENCES: dict[Act, tuple[str, ...]] = {
    Act.CHOOSE_QUOTE: (
        N_("chose {count} quotes for the report: “{quote}”"),
        N_("chose the quote “{quote}” for the report, under “{category}”"),
        N_("chose the quote “{quote}” for the report"),
    ),
    Act.LEAVE_QUOTE: (
        N_("left {count} quotes out of the report: “{quote}”"),
        N_("left the quote “{quote}” out of the report"),
    ),
    Act.ORDER_QUOTES: (
        N_("moved the quote “{quote}” under the heading “{category}”"),
        N_("gave the quote “{quote}” another place"),
    ),
    Act.EDIT_QUOTE: (
        N_("the quote “{quote}” is printed as “{printed}”"),
        N_("the quote “{quote}” is printed as it was written"),
    ),
    Act.CHECK_QUOTE: (
        N_("checked {count} quotes for printing: “{quote}”"),
        N_("took back the check of the quote “{unchecked}”"),
        N_("checked the quote “{quote}” for printing"),
    ),
}
