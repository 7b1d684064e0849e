"""What the search shows besides what it finds: its words, the codes to give, the actor groups."""

from __future__ import annotations

import hashlib
from typing import Any

from qualcode.store.views import AnswerQuery, AnswerState, Facet, GroupBy
from qualcode.ui import coding_view
from qualcode.ui.components.find_words import find_texts
from qualcode.workbench import search_keys
from qualcode.workbench.bench import Workbench


def find_told(bench: Workbench) -> dict[str, Any]:
    """``{texts, study, codes, groups, reads_only}``. Who asks for it is going to search: the word
    list is opened meanwhile, and what was written since the last search made searchable."""
    search_keys.open_word_list(bench)
    search_keys.keep_up_beside(bench, 0.0)
    by_group = AnswerQuery(state=AnswerState.ALL, group_by=GroupBy(Facet.ACTOR_GROUP))
    with bench.store.reading() as rows:
        groups = rows.answers(by_group, 0, 0).groups
    return {
        "texts": find_texts(bench.language),
        # A tab keeps its last question under this name; it names the study, not its path.
        "study": hashlib.sha256(bench.store.address.encode()).hexdigest()[:16],
        "codes": codes_told(bench),
        # Whoever only reviews finds and opens; nothing is coded.
        "reads_only": bench.reviewing,
        "groups": [group.value for group in groups if group.value],
    }


def codes_told(bench: Workbench) -> list[dict[str, str]]:
    """The codes in use, each with its codebook: ``[{id, label, book}]``."""
    with bench.store.reading() as rows:
        codes, books = coding_view.codes_in_use(rows)
    return [
        {
            "id": code.id,
            "label": code.label(bench.language),
            "book": books[code.codebook_id].name(bench.language),
        }
        for code in codes
    ]
