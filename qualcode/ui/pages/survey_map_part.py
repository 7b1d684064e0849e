"""The column map of a survey: keep it, and read the next file by it."""

from __future__ import annotations

from pathlib import PurePath

import streamlit as st
import yaml

from qualcode.domain.errors import QualcodeError
from qualcode.readers.files import decode
from qualcode.readers.sheets import Sheet
from qualcode.readers.survey import SurveyPlan, plan_as_map, plan_from_map, read_map
from qualcode.ui import state
from qualcode.ui.pages.material_draft import Draft
from qualcode.ui.uploader import uploader


def show(draft: Draft, plan: SurveyPlan, sheet: Sheet) -> None:
    """The map as a file to keep, and the place for one that was kept earlier."""
    _ = state.translator()
    with st.expander(_("Column map: keep these choices, or use an earlier map")):
        st.caption(
            _(
                "The map is a small text file (YAML). With it the next round of the same survey is "
                "read at once, here or from the command line."
            )
        )
        st.download_button(
            _("Download the column map"),
            data=lambda: _as_yaml(plan),
            file_name=f"{PurePath(draft.file).stem}_map.yaml",
            mime="application/yaml",
            icon=":material/download:",
            key=draft.widget("map-download"),
            on_click="ignore",
        )
        chosen = uploader(
            _("Use an earlier map"), ["yaml", "yml"], key=f"material-map-{draft.number}"
        )
        if chosen is not None and chosen.file_id != draft.survey.map_id:
            _take(draft, sheet, chosen.file_id, chosen.name, chosen.getvalue())
        problem = state.chosen("material:map-problem")
        if chosen is not None and problem:
            st.error(problem, icon=":material/error:")


def _as_yaml(plan: SurveyPlan) -> str:
    return yaml.safe_dump(plan_as_map(plan), allow_unicode=True, sort_keys=False, width=100)


def _take(draft: Draft, sheet: Sheet, id: str, file: str, data: bytes) -> None:
    draft.survey.map_id = id
    state.choose("material:map-problem", None)
    try:
        plan = plan_from_map(read_map(decode(data, file).text, file), sheet, file)
    except QualcodeError as error:
        state.choose("material:map-problem", state.message(error))
        return
    draft.survey.from_map = plan
    draft.survey.version += 1
    st.rerun()
