"""The session's one cupboard: what this browser window has open, and nothing of the study itself.

Truth lives in the store. Here are only addresses, filters and acknowledgements, and every widget
key that two places share.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import streamlit as st

from qualcode.bootstrap import Settings, workbench
from qualcode.domain.errors import QualcodeError
from qualcode.texts import gettext_for, ngettext_for
from qualcode.ui.channel.desks import Desk, open_desk
from qualcode.ui.components.who_keeper import remembered
from qualcode.ui.stores import use_store
from qualcode.workbench.bench import Workbench
from qualcode.workbench.messages import message_of

HISTORY = "history"
"""The fragment of the undo and redo buttons: rerun it after every act."""


@st.cache_resource(show_spinner=False)
def settings_of_run() -> Settings:
    """What this run of the program was told when it started."""
    return Settings.from_environment()


# --- who and in which language --------------------------------------------------------------


def language() -> str:
    return cast(str, st.session_state.setdefault("language", settings_of_run().language))


def coder() -> str:
    """Who works in this window: as chosen here, as the browser remembers, or as the run says."""
    if "coder" not in st.session_state:
        known = remembered()
        st.session_state["coder"] = known[0] if known else settings_of_run().coder
        if known:
            st.session_state["sat-down"] = True
            st.session_state.setdefault("reviewing", known[1])
    return cast(str, st.session_state["coder"])


def reviewing() -> bool:
    """Whether this window's person only reviews: see ``Workbench.reviewing``."""
    coder()
    return bool(st.session_state.setdefault("reviewing", False))


def sit_down(name: str, only_reviewing: bool) -> None:
    """This window is this person's from now on, working in this way."""
    st.session_state["coder"] = name
    st.session_state["reviewing"] = only_reviewing
    st.session_state["sat-down"] = True
    st.session_state["begins"] = True


def sat_down() -> bool:
    """Whether somebody has said who they are, here or earlier in this browser."""
    coder()
    return bool(st.session_state.get("sat-down"))


def translator() -> Callable[[str], str]:
    """The session's gettext: ``_ = state.translator()`` stands at the top of every page."""
    return gettext_for(language())


def plural() -> Callable[[str, str, int], str]:
    return ngettext_for(language())


def message(error: QualcodeError) -> str:
    """The error's sentence in the session's language."""
    return message_of(error, translator())


def begins() -> bool:
    """True once, in the first run after somebody sat down at this window."""
    return bool(st.session_state.pop("begins", False))


# --- the open study -------------------------------------------------------------------------


def study_address() -> str | None:
    """Path or server address of the study this window has open."""
    if "study" not in st.session_state:
        st.session_state["study"] = settings_of_run().study
    return cast("str | None", st.session_state["study"])


def open_study(address: str | Path | None) -> None:
    """This window works on another study from now on (None: on none, the start page shows)."""
    st.session_state["study"] = None if address is None else str(address)
    st.session_state.pop("desk", None)
    for key in [k for k in st.session_state if str(k).startswith(("filter:", "ack:", "pick:"))]:
        del st.session_state[key]


def bench() -> Workbench:
    """The workbench of this window; raises StudyFileError when its study cannot be opened."""
    address = study_address()
    assert address is not None, "pages that need a study are shown only when one is open"
    settings = replace(settings_of_run(), coder=coder(), language=language())
    return replace(workbench(use_store(address), settings), reviewing=reviewing())


def desk() -> Desk:
    """What this window has open, as the direct channel knows it.

    Another study, coder or language makes another desk; the answers before the person stay there
    as long as the study does.
    """
    address = study_address()
    assert address is not None, "pages that need a study are shown only when one is open"
    kept = st.session_state.get("desk")
    before = kept if isinstance(kept, Desk) and kept.address == address else None
    sits = (coder(), language(), reviewing())
    if before and (before.coder, before.language, before.reviewing) == sits:
        return before
    sheets = before.sheets if before else None
    new = open_desk(address, coder(), language(), sheets, reviewing=reviewing())
    st.session_state["desk"] = new
    return new


# --- ways between pages ---------------------------------------------------------------------


def remember_pages(pages: dict[str, Any]) -> None:
    st.session_state["pages"] = pages


def page_link(address: str, label: str, icon: str | None = None) -> None:
    """A link to the page with this address (``aineisto``, ``koodaus``...)."""
    st.page_link(st.session_state["pages"][address], label=label, icon=icon)


def go_to(address: str, **parameters: str) -> None:
    """The window turns to another page at once, with query parameters for a deep link."""
    st.switch_page(st.session_state["pages"][address], query_params=parameters or None)


# --- filters and chosen things --------------------------------------------------------------


def filter_key(page: str, name: str) -> str:
    """The widget key of a page's filter: kept across pages, forgotten with the study."""
    return f"filter:{page}:{name}"


def chosen(name: str) -> Any:
    """What is picked on a page (an id, or None)."""
    return st.session_state.get(f"pick:{name}")


def choose(name: str, value: object) -> None:
    st.session_state[f"pick:{name}"] = value


def choices(beginning: str) -> list[tuple[str, Any]]:
    """(name, what is picked) of everything whose name begins so."""
    keys = [str(key) for key in st.session_state if str(key).startswith(f"pick:{beginning}")]
    return [(key.removeprefix("pick:"), st.session_state[key]) for key in keys]


# --- what is told in passing ---------------------------------------------------------------


def notify(text: str) -> None:
    """A line that passes by: shown once, at the end of this run or at the beginning of the next."""
    st.session_state["notice"] = text


def take_notice() -> str | None:
    return cast("str | None", st.session_state.pop("notice", None))
