"""qualcode: a workbench for qualitative content analysis."""

__version__ = "0.1.0"
