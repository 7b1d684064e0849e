"""Workshops, their scripts and their walls."""

from __future__ import annotations

from qualcode.domain.decisions import Act
from qualcode.texts import N_

KINDS = {
    "workshop": N_("workshop"),
    "workshop_source": N_("workshop of a file"),
    "workshop_step": N_("step of a workshop"),
    "workshop_table": N_("table of a workshop"),
    "wall_group": N_("group on the wall"),
    "wall_place": N_("place of a note on the wall"),
}

TITLES: dict[Act, str] = {
    Act.ADD_WORKSHOP: N_("added a workshop"),
    Act.EDIT_WORKSHOP: N_("changed the details of a workshop"),
    Act.REMOVE_WORKSHOP: N_("removed a workshop"),
    Act.SET_WORKSHOP: N_("said which workshop a file is from"),
    Act.EDIT_SCRIPT: N_("changed the script of a workshop"),
    Act.MOVE_NOTES: N_("moved notes on the wall"),
    Act.GROUP_NOTES: N_("grouped notes on the wall"),
    Act.RENAME_NOTES: N_("renamed a group on the wall"),
    Act.UNGROUP_NOTES: N_("took a group on the wall apart"),
    Act.ADD_NOTE: N_("added a note on the wall"),
    Act.REDUCE_WALL: N_("reduced the notes of the wall by their groups"),
}

SENTENCES: dict[Act, tuple[str, ...]] = {
    Act.ADD_WORKSHOP: (N_("added the workshop “{workshop}”"),),
    Act.EDIT_WORKSHOP: (N_("changed the details of the workshop “{workshop}”"),),
    Act.REMOVE_WORKSHOP: (N_("removed the workshop “{workshop}”"),),
    Act.SET_WORKSHOP: (
        N_("said that {file} is from the workshop “{workshop}”"),
        N_("took {file} off its workshop"),
    ),
    Act.EDIT_SCRIPT: (
        N_("took {count} steps into the script of “{workshop}”"),
        N_("took the theme “{theme}” into the script of “{workshop}”"),
        N_("changed “{step}” in the script of “{workshop}”"),
        N_("changed the script of “{workshop}”"),
    ),
    Act.MOVE_NOTES: (
        N_("moved {count} notes on the wall to “{group}”"),
        N_("moved the note “{quote}” on the wall to “{group}”"),
        N_("moved {count} notes on the wall"),
        N_("moved the note “{quote}” on the wall"),
    ),
    Act.GROUP_NOTES: (
        N_("accepted the suggested group “{group}” on the wall ({count} notes, {engine})"),
        N_("made the group “{group}” of {count} notes on the wall"),
        N_("made the group “{group}” on the wall"),
    ),
    Act.RENAME_NOTES: (N_("renamed the group “{before}” on the wall as “{group}”"),),
    Act.UNGROUP_NOTES: (N_("took the group “{group}” on the wall apart"),),
    Act.ADD_NOTE: (N_("added the note “{quote}” on the wall"),),
    Act.REDUCE_WALL: (
        N_("reduced {count} notes of the wall of “{workshop}” by their groups"),
        N_("reduced a note of the wall of “{workshop}” by its group"),
    ),
}
