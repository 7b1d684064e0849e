"""The files of the offline engines together: the sentence model and the list of Finnish forms."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from qualcode.nlp import form_list_building as forms
from qualcode.nlp import meant_words, synonyms
from qualcode.nlp.e5 import building
from qualcode.texts import N_

STEPS = (*building.STEPS, N_("Making the list of Finnish forms"))
Progress = Callable[[int, int, str], None]


def build(
    models: Path | None = None,
    on_progress: Progress = lambda _done, _all, _step: None,
    *,
    again: bool = False,
) -> Path:
    """The folder of the sentence model, with the list of forms beside it.

    What is whole stays as it is unless all is wanted ``again``. Takes about a minute at most.
    Raises the EngineProblem that tells what kept something from being made; what was finished
    before that stays and is used.
    """
    folder = building.folder_of(models)

    def of_the_model(done: int, _steps: int, step: str) -> None:
        if step:
            on_progress(done, len(STEPS), step)

    if again or not building.sound(folder):
        building.build(models, of_the_model)
    if again or not forms.sound(models):
        on_progress(len(building.STEPS), len(STEPS), STEPS[-1])
        forms.build(models)
    on_progress(len(STEPS), len(STEPS), "")
    return folder


def sound(models: Path | None = None) -> bool:
    """Whether all of it is there and whole, and the model gives the right vectors here."""
    return forms.sound(models) and building.sound(building.folder_of(models))


def look_again() -> None:
    """What was found out of the files is forgotten: they are read when they are asked for next."""
    building.look_again()
    forms.look_again()


def ready_with_forms() -> None:
    """Nothing when the engine that needs all of it can be loaded; else raises why it cannot."""
    building.ready_with_words(forms.ENGINE)
    forms.ready()
    synonyms.opened()


def fingerprint_with_forms(folder: Path | str | None = None) -> str:
    """What tells vectors of this model with this list from others; empty when one is not there."""
    model, listed = building.fingerprint(folder=folder), forms.fingerprint()
    read = f"{meant_words.VERSION}.{synonyms.VERSION}"
    return f"{model}-{read}-{listed}" if model and listed else ""
