"""What can go wrong with engines and their worker, told so that a person can act on it."""

from __future__ import annotations

from qualcode.domain.errors import QualcodeError


class EngineProblem(QualcodeError):
    """Suggestions cannot be computed with this engine. The study itself is untouched."""

    template = "The suggestion engine “{engine}” cannot be used."


class MissingEngine(EngineProblem):
    """A library or its data is not installed. ``install`` is the line that brings it."""

    template = (
        "The suggestion engine “{engine}” needs {missing}, which is not installed. "
        "Install it with: {install}"
    )


class UnknownEngine(EngineProblem):
    template = "There is no suggestion engine “{engine}”. The known ones are: {known}."


class BrokenEngine(EngineProblem):
    """The files are there, but are not what they should be."""

    template = (
        "The files of the suggestion engine “{engine}” are damaged or of another version "
        "({what}). Install them again: {install}"
    )


class UnknownModel(EngineProblem):
    template = (
        "There is no language model in “{model}”. Choose the folder of a sentence-transformers "
        "model, or the name of one that has been downloaded to this computer."
    )


class EngineFailed(EngineProblem):
    """The worker answered with an error that none of the classes above describes."""

    template = (
        "The suggestion engine “{engine}” stopped with an error: {what}. "
        "Nothing in the study was changed. Choose another engine, or try again."
    )


class WorkerDied(EngineProblem):
    template = (
        "The helper process of the suggestion engine “{engine}” ended unexpectedly ({what}). "
        "Nothing in the study was changed. Try again; if it happens again, the computer may be "
        "short of memory: close other programs or choose a lighter engine."
    )


class EngineTimedOut(EngineProblem):
    template = (
        "The suggestion engine “{engine}” has not answered in {seconds} seconds and was stopped. "
        "Nothing in the study was changed. Try again with fewer texts or a lighter engine."
    )


class EngineCancelled(EngineProblem):
    template = "Computing the suggestions was cancelled. Nothing in the study was changed."
