"""What Streamlit runs for every browser window: ``script.py``, alone in its folder.

Streamlit puts the folder of its script first among the places to import from, and would take a
folder ``pages`` beside it for pages of its own making.
"""
