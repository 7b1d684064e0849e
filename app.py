"""The door: page settings and navigation. Start it with ``python3 scripts/start.py``."""

from pathlib import Path

import streamlit as st

from qualcode.ui import door

st.set_page_config(
    page_title="qualcode",
    page_icon=str(Path(__file__).parent / "qualcode" / "ui" / "assets" / "icon.png"),
    layout="wide",
    initial_sidebar_state="collapsed",
)
door.enter()
