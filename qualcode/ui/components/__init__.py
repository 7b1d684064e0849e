"""Our own browser components: plain ES modules in ``assets``, sent to Streamlit without a build.

Streamlit serves a component's files only when an installed package declares them. qualcode runs
from its checkout, so ``_declare_assets`` does by hand what Streamlit does for a package it finds.
The files are then fetched once by the browser, and one module can import another
(``./outbox.js``). Inline scripts ride along in every message and can import nothing: only the two
small ones do that are there for the moment when nothing can be fetched.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

import streamlit as st
from streamlit.components.v2.component_manager import BidiComponentManager
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest

COMPONENTS = (
    "segment_marker",
    "category_board",
    "role_figure",
    "report_table",
    "answer_bars",
    "told_reasons",
    "find_list",
    "review_tree",
    "wall_board",
    "who_keeper",
    "date_words",
)
"""Each has ``assets/<name>.js`` and ``assets/<name>.css``."""

Mount = Callable[..., Any]

_PACKAGE = "qualcode"
_HERE = Path(__file__).parent
_lock = Lock()
# One manager a server process; a test makes one for every app it runs.
_mounts: WeakKeyDictionary[BidiComponentManager, dict[str, Mount]] = WeakKeyDictionary()


def component(name: str, html: str) -> Mount:
    """The function that puts the component on the page: ``(key=, data=, on_<event>_change=)``.

    Always give it a ``key``: without one every change of ``data`` makes a new component, and what
    the person was doing in the old one is lost. ``html`` is the empty frame that the module fills.
    """
    return _mount(name, html, f"{name}.js", f"{name}.css")


def inline_component(name: str, html: str) -> Mount:
    """As ``component``, with its files in the message that mounts it: they need no fetching."""
    js, css = (
        (_HERE / "assets" / f"{name}.{kind}").read_text(encoding="utf-8") for kind in ("js", "css")
    )
    return _mount(name, html, js, css)


def _mount(name: str, html: str, js: str, css: str) -> Mount:
    manager = get_bidi_component_manager()
    with _lock:
        mounts = _mounts.setdefault(manager, {})
        if not mounts:
            _declare_assets(manager)
        if name not in mounts:
            mounts[name] = st.components.v2.component(
                f"{_PACKAGE}.{name}",
                html=html,
                css=css,
                js=js,
                # The page's own document.getSelection() sees no text inside a shadow root.
                isolate_styles=False,
            )
        return mounts[name]


def _declare_assets(manager: BidiComponentManager) -> None:
    """Tells Streamlit where our files are. Private to Streamlit 1.67: the only such place."""
    manager.register_from_manifest(
        ComponentManifest(
            name=_PACKAGE,
            version="0",
            components=[ComponentConfig(name=name, asset_dir="assets") for name in COMPONENTS],
        ),
        package_root=_HERE,
    )
