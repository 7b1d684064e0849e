"""Whether anything may be suggested in this study: asked before anything is compared."""

from __future__ import annotations

from qualcode.domain.errors import QualcodeError
from qualcode.workbench.bench import Workbench
from qualcode.workbench.suggesting import options
from qualcode.workbench.suggesting.options import Shown


class SuggestionsOff(QualcodeError):
    """The analyst wants none in this study."""

    template = (
        "Suggestions are off in this study, so nothing was compared. They are turned on under "
        "Suggestions, on the tab Settings."
    )


class SuggestionsHidden(QualcodeError):
    """In blind mode what would be suggested is told only after the person's own decision."""

    template = (
        "Suggestions are hidden in this study until you have decided yourself, so none are made "
        "beforehand. This is changed under Suggestions, on the tab Settings."
    )


def unless_off(bench: Workbench) -> None:
    """Nothing is compared where suggestions are off: ``SuggestionsOff``."""
    if options.shown(bench.study()) is Shown.OFF:
        raise SuggestionsOff()


def only_shown(bench: Workbench) -> None:
    """What cannot be compared with a decision afterwards is made only where it may be shown."""
    unless_off(bench)
    if options.shown(bench.study()) is Shown.BLIND:
        raise SuggestionsHidden()
