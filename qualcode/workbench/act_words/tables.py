"""What tables and the triangulation stand on: stances, likenesses, themes told as one."""

from __future__ import annotations

from qualcode.domain.decisions import Act
from qualcode.texts import N_

KINDS = {
    "stance": N_("stance of an expression"),
    "heading_stance": N_("stance of a heading"),
    "likeness": N_("likeness of findings"),
}

TITLES: dict[Act, str] = {
    Act.MERGE_THEMES: N_("told themes as one in the tables"),
    Act.PART_THEMES: N_("told themes apart in the tables"),
    Act.SET_GUARD: N_("set the guard of small numbers"),
    Act.SET_STANCE: N_("marked how an expression stands"),
    Act.SET_HEADING_STANCE: N_("said what a heading says"),
    Act.LIKEN: N_("held two findings against each other"),
    Act.UNLIKEN: N_("took a likeness of findings back"),
}

SENTENCES: dict[Act, tuple[str, ...]] = {
    Act.MERGE_THEMES: (N_("told {themes} themes as “{theme}” in the tables"),),
    Act.PART_THEMES: (N_("told the themes of “{theme}” apart in the tables"),),
    Act.SET_GUARD: (
        N_("hid counts of fewer than {least} people in tables of background variables"),
        N_("let small numbers show in the tables of background variables of “{shown}”"),
    ),
    Act.SET_STANCE: (
        N_("marked “{quote}”: {stance}, {by_group} speaks of {of_group}"),
        N_("marked “{quote}”: {stance}, {by_group} speaks"),
        N_("marked “{quote}”: {by_group} speaks of {of_group}"),
        N_("marked “{quote}”: {by_group} speaks"),
        N_("marked “{quote}”: {stance}, speaks of {of_group}"),
        N_("marked “{quote}”: {stance}"),
        N_("marked “{quote}”: speaks of {of_group}"),
        N_("took the stance off “{quote}”"),
    ),
    Act.SET_HEADING_STANCE: (
        N_("said that the heading “{category}” tells of this: {stance}"),
        N_("said that the heading “{category}” says nothing of its own"),
    ),
    Act.LIKEN: (N_("held “{one}” and “{other}” against each other: {alike}"),),
    Act.UNLIKEN: (N_("took back how “{one}” and “{other}” are to each other"),),
}
