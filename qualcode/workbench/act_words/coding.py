"""Codebooks, codes and codings."""

from __future__ import annotations

from qualcode.domain.decisions import Act
from qualcode.texts import N_

KINDS = {
    "segment": N_("expression"),
    "codebook": N_("codebook"),
    "code": N_("code"),
    "coding": N_("coding"),
}

TITLES: dict[Act, str] = {
    Act.TAKE_CODEBOOK: N_("took a codebook into use"),
    Act.DROP_CODEBOOK: N_("dropped a codebook"),
    Act.ADD_CODE: N_("added a code"),
    Act.EDIT_CODE: N_("changed a code"),
    Act.REMOVE_CODE: N_("removed a code"),
    Act.MERGE_CODES: N_("merged codes"),
    Act.EDIT_CODEBOOK: N_("changed a codebook"),
    Act.CODE: N_("coded an expression"),
    Act.UNCODE: N_("took a code off"),
    Act.STRETCH: N_("changed the span of an expression"),
    Act.SPLIT_CODING: N_("divided a coding"),
    Act.MERGE_CODINGS: N_("joined codings"),
    Act.RECODE: N_("changed the code of an expression"),
}

SENTENCES: dict[Act, tuple[str, ...]] = {
    Act.TAKE_CODEBOOK: (N_("took the codebook “{codebook}” into use"),),
    Act.DROP_CODEBOOK: (N_("put the codebook “{codebook}” out of use"),),
    Act.ADD_CODE: (N_("added the code “{code}”"),),
    Act.EDIT_CODE: (N_("changed the code “{code}”"),),
    Act.REMOVE_CODE: (N_("removed the code “{code}”"),),
    Act.MERGE_CODES: (N_("merged {count} codes into “{code}” ({passages} passages): {before}"),),
    Act.EDIT_CODEBOOK: (N_("changed the codebook “{codebook}”"),),
    Act.CODE: (
        N_("made the code “{new_code}” and coded “{quote}” with it"),
        N_("made the code “{new_code}” and coded {passages} passages with it"),
        N_("coded “{quote}” with “{code}”"),
        N_("coded {passages} passages with “{code}”"),
        N_("coded {count} texts with “{code}”"),
        N_("coded a whole text with “{code}”"),
    ),
    Act.UNCODE: (
        N_("took the code “{code}” off {count} passages"),
        N_("took the codes off {count} passages"),
        N_("took the code “{code}” off “{quote}”"),
    ),
    Act.STRETCH: (
        N_("changed the passage “{before}” coded “{code}” into “{quote}”"),
        N_("changed the passage “{before}” reduced to “{wording}” into “{quote}”"),
    ),
    Act.SPLIT_CODING: (N_("divided the passage “{before}” coded “{code}” into {count} parts"),),
    Act.MERGE_CODINGS: (N_("joined {count} codings “{code}” into one: “{quote}”"),),
    Act.RECODE: (
        N_("made the code “{new_code}” and gave it to {count} passages"),
        N_("made the code “{new_code}” and gave it to “{quote}” instead of “{before}”"),
        N_("changed the code “{before}” to “{code}” on {count} passages"),
        N_("changed the code of {count} passages to “{code}”"),
        N_("changed the code “{before}” to “{code}” on “{quote}”"),
    ),
}
