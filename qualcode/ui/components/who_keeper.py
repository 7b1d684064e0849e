"""What a browser remembers of its person between two windows: see ``assets/who_keeper.js``."""

from __future__ import annotations

import json
from urllib.parse import unquote

import streamlit as st

from qualcode.ui.components import component

KEY = "who_keeper"


def cookie_name() -> str:
    """One for each server of a computer: cookies don't tell ports apart."""
    return f"qualcode_who_{st.get_option('server.port')}"


def who_keeper(name: str, reviewing: bool) -> None:
    """From now on a new window of this browser begins with this name and way of working."""
    kept = json.dumps({"name": name, "reviewing": reviewing}, ensure_ascii=False)
    mount = component("who_keeper", html="<span></span>")
    mount(key=KEY, data={"cookie": cookie_name(), "value": kept})


def remembered() -> tuple[str, bool] | None:
    """The name and the way of working that this browser was told last; None when it was not."""
    kept = st.context.cookies.get(cookie_name())
    if not isinstance(kept, str):
        return None
    try:
        said = json.loads(unquote(kept))
    except ValueError:
        return None
    if not isinstance(said, dict) or not str(said.get("name", "")).strip():
        return None
    return str(said["name"]).strip(), said.get("reviewing") is True
