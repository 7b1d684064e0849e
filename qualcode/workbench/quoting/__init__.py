"""The quote bank: expressions chosen for the report, checked before they are printed."""
