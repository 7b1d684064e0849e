"""One run of a browser window: the page settings, then the page that is open."""

from pathlib import Path

import streamlit as st

from qualcode.ui import door

st.set_page_config(
    page_title="qualcode",
    page_icon=str(Path(door.__file__).parent / "assets" / "icon.png"),
    layout="wide",
    initial_sidebar_state="collapsed",
)
door.enter()
