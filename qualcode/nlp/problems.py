"""What can go wrong with engines and their worker, told so that a person can act on it."""

from __future__ import annotations

from qualcode.domain.errors import QualcodeError


class EngineProblem(QualcodeError):
    """Suggestions cannot be computed with this engine. The study itself is untouched.

    A ``lasting`` one would come again at once: the engine is passed over until its files change.
    """

    template = "The suggestion engine “{engine}” cannot be used."
    lasting = False


class MissingEngine(EngineProblem):
    """A library or its data is not installed. ``install`` is the line that brings it."""

    lasting = True
    template = (
        "The suggestion engine “{engine}” needs {missing}, which is not installed. "
        "Install it with: {install}"
    )


class UnknownEngine(EngineProblem):
    template = "There is no suggestion engine “{engine}”. The known ones are: {known}."


class BrokenEngine(EngineProblem):
    """The files are there, but are not what they should be."""

    lasting = True
    template = (
        "The files of the suggestion engine “{engine}” are damaged or of another version "
        "({what}). Until they are made anew the next best engine is used. Make them anew with: "
        "{install}"
    )


class DamagedProgram(EngineProblem):
    """A file that comes with the program itself is missing or damaged: nothing makes it anew."""

    lasting = True
    template = (
        "The file {file} of qualcode itself is missing or damaged, so the suggestion engine "
        "“{engine}” cannot be used; the next best engine is used until then. Put the program in "
        "place again as you got it, or restore the file with: {install}"
    )


class UnreadableEngine(BrokenEngine):
    """The files cannot be read now: another program holds them, or the rights to them lack.

    Nothing is known of them then, and the next try may find them whole.
    """

    lasting = False
    template = (
        "The files of the suggestion engine “{engine}” cannot be read just now ({what}). Another "
        "program may hold them, a virus scanner for one, or the rights to read them are missing. "
        "Until they can be read the next best engine is used. If it stays so, make them anew with: "
        "{install}"
    )


class NoMemoryForEngine(EngineProblem):
    """Loading it failed for want of memory, which may be there the next time."""

    template = (
        "The suggestion engine “{engine}” did not get enough memory to be loaded ({what}). Nothing "
        "in the study was changed. Close other programs and try again, or choose a lighter engine."
    )


class FormListFault(EngineProblem):
    """The file is not a list of Finnish forms, or not a whole one."""

    lasting = True
    template = (
        "The file of the list of Finnish forms is not what it should be ({what}). Until it is made "
        "anew the next best engine is used. Make it anew with: {install}"
    )


class TooManyRules(FormListFault):
    """The word list in the package is another than the one the program was written for."""

    template = (
        "The list of Finnish forms could not be made: the word list of the package {package} has "
        "more kinds of forms than {most}. Install the version of the package that "
        "requirements.txt names. Until then the next best engine is used."
    )


class UnfitProcessor(EngineProblem):
    """An instruction of the engine's library is one that this processor does not have."""

    lasting = True
    template = (
        "The processor of this computer is too old for the suggestion engine “{engine}” ({what}). "
        "The next best engine is used. Nothing in the study was changed."
    )


class UnknownModel(EngineProblem):
    lasting = True
    template = (
        "There is no language model in “{model}”. Choose the folder of a sentence-transformers "
        "model, or the name of one that has been downloaded to this computer."
    )


class BrokenModel(EngineProblem):
    """A model of one's own whose files are not whole."""

    lasting = True
    template = (
        "The language model in “{model}” cannot be loaded: {what}. Copy or download the whole "
        "model again, or choose another engine. Until then the next best engine is used."
    )


class NoDevice(EngineProblem):
    lasting = True
    template = (
        "The language model was to run on “{device}”, which this computer does not have. Choose "
        "the processor (cpu) in the settings of the study. Until then the next best engine is used."
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


# --- building the offline model ----------------------------------------------------------------


class NoRoomForModel(EngineProblem):
    template = (
        "The suggestion engine “{engine}” could not be written to {folder}: {what}. Free about "
        "{megabytes} MB there, or name another folder with QUALCODE_MODELS, and try again. "
        "Until then the next best engine is used."
    )


class ModelUnreachable(EngineProblem):
    template = (
        "The language model of the suggestion engine “{engine}” could not be fetched ({what}). "
        "Connect to the network once and run: {install}. Until then the next best engine is used."
    )


class ModelInUse(EngineProblem):
    """Windows keeps a file that a program has open, so a new one cannot take its place."""

    template = (
        "A new {file} was made, but the old one cannot be replaced in {folder}: {what}. A program "
        "that has it open keeps it. End qualcode in all its windows and make it again with: "
        "{install}. Until then everything stays as it was."
    )
