"""A place to drop a file, speaking the session's language.

Streamlit's own words in the file uploader are English and cannot be set, so they are covered by
words of ours; what is under them stays the same for the keyboard and for screen readers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from qualcode.ui import state


def uploader(
    label: str,
    types: Sequence[str],
    key: str,
    *,
    label_visible: bool = True,
    help: str | None = None,
    size: int | None = None,
    on_change: Callable[[], None] | None = None,
) -> UploadedFile | None:
    """The file chosen, or None. ``types`` are the endings that are told, without the dot.

    ``size``: how many megabytes at most, where the server's own limit is too many.

    A file of another type is taken as well: the reader then says in the session's language what is
    wrong with it, where Streamlit would only refuse it, in English.
    """
    _ = state.translator()
    told = _("or drop it here: {types}, at most {size} MB").format(
        types=", ".join(f".{ending}" for ending in types),
        size=size or st.get_option("server.maxUploadSize"),
    )
    _cover(key, _("Choose a file"), told)
    return st.file_uploader(
        label,
        key=key,
        max_upload_size=size,
        help=help,
        on_change=on_change,
        label_visibility="visible" if label_visible else "collapsed",
    )


def _cover(key: str, button: str, told: str) -> None:
    zone = f'.st-key-{_css_name(key)} [data-testid="stFileUploaderDropzone"]'
    st.html(
        "<style>"
        f"{zone} button p {{ font-size: 0; }}"
        f'{zone} button p::after {{ content: "{_css_text(button)}"; font-size: .93rem; }}'
        f'{zone} [data-testid="stFileUploaderDropzoneInstructions"] {{ font-size: 0; }}'
        f'{zone} [data-testid="stFileUploaderDropzoneInstructions"] * {{ font-size: 0; }}'
        f'{zone} [data-testid="stFileUploaderDropzoneInstructions"]::after '
        f'{{ content: "{_css_text(told)}"; font-size: .87rem; }}'
        "</style>"
    )


def _css_name(key: str) -> str:
    """The class Streamlit makes of a key.

    >>> _css_name("material:file 1")
    'material-file-1'
    """
    return "".join(c if c.isalnum() or c in "-_" else "-" for c in key.strip())


def _css_text(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("<", "\\3c ")
