"""The study itself, and where its suggestions come from."""

from __future__ import annotations

from qualcode.domain.decisions import Act
from qualcode.texts import N_

KINDS = {
    "study": N_("study"),
    "row": N_("row"),
}

TITLES: dict[Act, str] = {
    Act.CREATE_STUDY: N_("started the study"),
    Act.EDIT_STUDY: N_("changed the settings of the study"),
    Act.CHOOSE_ENGINE: N_("chose where suggestions come from"),
    Act.UNDO: N_("undid: {done}"),
    Act.REDO: N_("did again: {done}"),
}

SENTENCES: dict[Act, tuple[str, ...]] = {
    Act.CREATE_STUDY: (N_("started the study “{name}”"),),
    Act.CHOOSE_ENGINE: (
        N_("chose the engine of suggestions “{engine}”: {model}"),
        N_("chose the engine of suggestions “{engine}”"),
        N_("took the best engine of suggestions that works"),
    ),
}
