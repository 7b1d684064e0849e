"""The door: the pages, and beside them the routes of the direct channel.

Start it with ``python3 scripts/start.py``. For every browser window Streamlit runs
``qualcode/ui/window/script.py``; what a window asks between two runs goes to the routes.
"""

import streamlit as st

from qualcode.ui import at_once, channel, first_page

at_once.send_at_once()
app = st.App("qualcode/ui/window/script.py", routes=[*channel.routes(), first_page.route()])
