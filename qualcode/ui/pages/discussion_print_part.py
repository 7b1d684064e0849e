"""A discussion printed: what was said of each role, what was agreed, and the profile."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from qualcode.domain.discussions import Discussion
from qualcode.exports.role_paper import write
from qualcode.ui import state
from qualcode.ui.file_types import WORD
from qualcode.ui.pages.role_map_shared import file_name
from qualcode.workbench.bench import Workbench
from qualcode.workbench.role_papers import filled_paper


def show(bench: Workbench, found: Sequence[Discussion], discussion: Discussion) -> None:
    _ = state.translator()
    # Only Finnish and English are spoken, and the file is in the language of the page.
    st.download_button(
        _("Print"),
        data=lambda: write(filled_paper(bench, discussion, found, bench.language)),
        file_name=f"{file_name(f'{discussion.person}-{discussion.day}', 'itsearviointi')}.docx",
        mime=WORD,
        icon=":material/print:",
        key=f"discussion-print-{discussion.id}",
        help=_("A Word file of the discussion with its profile. It is confidential."),
        on_click="ignore",
    )
