"""Where each thing of the study is seen: the page, and the name of its parameter in the address.

``koodikirjat?koodi=<id>`` opens the codebooks at that code. The parameter is the first Finnish word
for the kind, so that an address pasted into a memo tells what it points at.
"""

from __future__ import annotations

import json
from collections.abc import Callable

import streamlit as st

from qualcode.store.answer_query import AnswerQuery, Facet, among, as_conditions
from qualcode.ui import gone, state
from qualcode.ui.pages.coding_address import CONDITIONS
from qualcode.workbench.memo_links import WORDS

PAGES = {
    "study": "hanke",
    "segment": "koodaus",
    "document": "koodaus",
    "reduction": "pelkistykset",
    "code": "koodikirjat",
    "codebook": "koodikirjat",
    "category": "luokat",
    "role": "roolikartat",
    "role_map": "roolikartat",
    "respondent": "koodaus",
    "item": "koodaus",
    "memo": "muistiot",
}
"""Kind of row -> the page that shows one."""

FACETS = {"respondent": Facet.RESPONDENT, "item": Facet.ITEM}
"""What is seen as all the answers it has: kind -> what they are asked by."""


def parameter(kind: str) -> str:
    """What the kind is called in an address: ``koodi``."""
    return WORDS[kind][0]


def addresses() -> dict[str, str]:
    """Kind of row -> the address of its page, to which an id is added.

    The study's page is the first one, which has no address of its own.
    """
    pages = {kind: f"{page}?{parameter(kind)}=" for kind, page in PAGES.items()}
    return pages | {"study": "./?"}


def open_thing(kind: str, id: str) -> None:
    """The window turns to the page that shows the thing. Not for a callback: those can't turn."""
    facet = FACETS.get(kind)
    if facet is not None:
        asked = as_conditions(AnswerQuery(conditions=(among(facet, id),)))
        state.go_to(PAGES[kind], **{CONDITIONS: json.dumps(asked, ensure_ascii=False)})
    state.go_to(PAGES[kind], **({} if kind == "study" else {parameter(kind): id}))


def follow(*kinds: str, choose: Callable[[str, str], None], also_gone: bool = False) -> None:
    """Lets the page choose what its address names, once; the address is then free for the next.

    Of what the study does not have (any more) it is told so. Chosen is it then only by a page that
    shows something of it all the same (``also_gone``), as the log does.
    """
    for kind in kinds:
        wanted = st.query_params.get(parameter(kind))
        if wanted:
            del st.query_params[parameter(kind)]
            with state.bench().store.reading() as rows:
                missing = gone.is_gone(rows, kind, wanted)
            if missing:
                gone.tell(kind)
            if also_gone or not missing:
                choose(kind, wanted)
