"""The method's steps, one module an act. Usable without any screen: give it a store and go."""

from qualcode.workbench.bench import Work, Workbench

__all__ = ["Work", "Workbench"]
