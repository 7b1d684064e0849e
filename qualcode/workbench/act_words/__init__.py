"""What acts and rows are called in the log, a module for each noun of the method.

``KINDS`` are the names of rows. ``TITLES`` tell what somebody did when no more is known of it; they
follow a name: "Maija coded...". Of an act's ``SENTENCES`` the first one is said whose holes the
decision's summary fills, with none the act's title. A count of one fills no hole, so each sentence
with {count} speaks of several.
"""

from __future__ import annotations

from qualcode.domain.decisions import Act
from qualcode.workbench.act_words import (
    categorising,
    coding,
    forms,
    material,
    memos,
    quoting,
    reducing,
    reviewing,
    roles,
    studies,
    suggesting,
    tables,
    workshops,
)

_AREAS = (
    studies,
    material,
    forms,
    coding,
    reducing,
    categorising,
    suggesting,
    roles,
    memos,
    quoting,
    reviewing,
    tables,
    workshops,
)

KIND_TITLES: dict[str, str] = {kind: name for area in _AREAS for kind, name in area.KINDS.items()}
ACT_TITLES: dict[Act, str] = {act: title for area in _AREAS for act, title in area.TITLES.items()}
ACT_SENTENCES: dict[Act, tuple[str, ...]] = {
    act: told for area in _AREAS for act, told in area.SENTENCES.items()
}
