"""Memos and the research diary."""

from __future__ import annotations

from qualcode.domain.decisions import Act
from qualcode.texts import N_

KINDS = {
    "memo": N_("memo"),
}

TITLES: dict[Act, str] = {
    Act.WRITE_MEMO: N_("wrote a memo"),
    Act.CHANGE_MEMO: N_("changed a memo"),
    Act.REMOVE_MEMO: N_("removed a memo"),
}

SENTENCES: dict[Act, tuple[str, ...]] = {
    Act.WRITE_MEMO: (
        N_("wrote a memo about “{about}”: {memo}"),
        N_("wrote a memo about the passage “{quote}”: {memo}"),
        N_("wrote a memo about a respondent: {of_person}"),
        N_("wrote in the research diary: {memo}"),
    ),
    Act.CHANGE_MEMO: (
        N_("changed the memo about “{about}”: {memo}"),
        N_("changed the memo about the passage “{quote}”: {memo}"),
        N_("changed the memo about a respondent: {of_person}"),
        N_("changed the research diary: {memo}"),
    ),
    Act.REMOVE_MEMO: (
        N_("removed the memo about “{about}”: {memo}"),
        N_("removed the memo about the passage “{quote}”: {memo}"),
        N_("removed the memo about a respondent: {of_person}"),
        N_("removed from the research diary: {memo}"),
    ),
}
