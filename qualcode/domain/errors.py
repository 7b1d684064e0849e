"""What can go wrong, told as where, what and what now.

Every error carries a plain English ``message`` template with named holes and the values for
them, so that a user interface can translate the sentence before it fills the holes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping


class Term(str):
    """A value of an error or a problem that is itself a msgid: translated before it is filled in.

    >>> Term("a PDF document") == "a PDF document"
    True
    """

    def message(self, translate: Callable[[str], str]) -> str:
        return translate(self)


class Sentence(Term):
    """A term with holes of its own: ``template`` is its msgid, ``values`` fill the holes.

    >>> Sentence("“{field}” is missing.", field="id") == "“id” is missing."
    True
    """

    template: str
    values: Mapping[str, object]

    def __new__(cls, template: str, **values: object) -> Sentence:
        sentence = super().__new__(cls, template.format(**values))
        sentence.template = template
        sentence.values = values
        return sentence

    def message(self, translate: Callable[[str], str]) -> str:
        return translate(self.template).format(**self.values)


class QualcodeError(Exception):
    """An error a person can act on. ``template`` is a gettext msgid, ``values`` fill its holes."""

    template = "Something went wrong."

    def __init__(self, **values: object) -> None:
        self.values = values
        super().__init__(self.template.format(**values) if values else self.template)

    def message(self, translate: Callable[[str], str]) -> str:
        """The sentence in the language of ``translate``, its holes filled."""
        values = {
            name: value.message(translate) if isinstance(value, Term) else value
            for name, value in self.values.items()
        }
        return translate(self.template).format(**values) if values else translate(self.template)


class EmptySegment(QualcodeError):
    template = "A segment must hold at least one character (document {document}, {start}-{end})."


class SegmentOutsideText(QualcodeError):
    template = (
        "The marked span {start}-{end} is outside its text, which is {length} characters long "
        "(document {document}). Nothing was saved. Reload the page and mark the passage again."
    )


class EmptyWording(QualcodeError):
    template = "A reduced expression needs words. Write what the expression says in short."


class UnknownRow(QualcodeError):
    """Something another browser tab removed, or an identifier that never existed."""

    template = (
        "This is not in the study: {kind} {id}. It may have been removed in another window. "
        "Reload the page."
    )


class ChangedMeanwhile(QualcodeError):
    """Two windows edit the same thing: the later save must not silently overwrite the earlier."""

    template = (
        "The {kind} was changed meanwhile by {who}: it now reads “{now}”. "
        "Your version was “{yours}”. Choose which one to keep."
    )


class StillInUse(QualcodeError):
    template = (
        "The {kind} “{name}” cannot be removed: {count} other things refer to it. "
        "Move or remove them first."
    )


class AlreadyThere(QualcodeError):
    template = "The same {kind} is already in the study. Reload the page to see it."


class NewCodesNotAllowed(QualcodeError):
    template = (
        "The study uses a strict analysis frame, so new codes cannot be added while reading. "
        "Change the approach in the study settings if the data needs a code the theory lacks."
    )


class CategoryCycle(QualcodeError):
    template = "“{name}” cannot be moved under itself or under one of its own subcategories."


class WrongLevel(QualcodeError):
    template = (
        "“{name}” ({level}) cannot lie under “{parent}” ({parent_level}). "
        "A category lies under one of a higher level."
    )


class NotForReductions(WrongLevel):
    template = (
        "Reduced expressions are placed in subcategories, and “{parent}” is not one "
        "({parent_level}). Choose a subcategory, or make one under it."
    )


class NotPlaced(QualcodeError):
    template = (
        "“{wording}” is in no category, so there is no place to pin it to. Place it in a "
        "category first."
    )


class EmptyName(QualcodeError):
    template = "A name is needed. Write a name and try again."


class DuplicateName(QualcodeError):
    template = "The name “{name}” is already in use here ({kind}). Choose another name."


class BadOperation(QualcodeError):
    """A browser sent something this program never sends."""

    template = "The request “{operation}” could not be understood. Reload the page."


class NothingToUndo(QualcodeError):
    template = "There is nothing to undo."


class NothingToRedo(QualcodeError):
    template = "There is nothing to redo."


class CannotUndo(QualcodeError):
    """Undo would destroy later work of somebody."""

    template = (
        "This cannot be undone or redone: {act}. The {what} has been changed or used since, "
        "by {who}. That has to be undone first."
    )


# --- the study file -------------------------------------------------------------------------


class StudyFileError(QualcodeError):
    template = "The study could not be opened: {path}"


class NotAStudy(StudyFileError):
    template = (
        "{path} is not a qualcode study. Choose a file ending in .qualcode, "
        "or import the file as material."
    )


class StudyNewerThanProgram(StudyFileError):
    template = (
        "{path} was made with a newer qualcode (schema {found}, this program knows {known}). "
        "Update the program; the file was not changed."
    )


class StudyNeedsUpgrade(StudyFileError):
    template = (
        "The study at {path} has schema {found}, this program works with {known}. Take a backup, "
        "then run: python -m qualcode upgrade --study ADDRESS"
    )


class StudyReadOnly(StudyFileError):
    template = (
        "{path} cannot be written: the file or its folder is read-only. "
        "Copy the study to a folder of your own and open the copy."
    )


class StudyDamaged(StudyFileError):
    template = (
        "{path} is damaged ({what}). It was not changed. Open the newest backup beside it "
        "({backup}) or restore it from your own backup."
    )


class StudyBusy(StudyFileError):
    template = (
        "{path} is being written by another program. Wait a moment and try again; "
        "if it goes on, close the other program."
    )


class StudyDiskFull(StudyFileError):
    template = (
        "There is no room left on the disk of {path}. Nothing was saved by this act. "
        "Make room on the disk and try again."
    )


class StudyMissing(StudyFileError):
    template = "There is no study at {path}. Check the path, or create a new study there."


class StudyExists(StudyFileError):
    template = "There is already a file at {path}. Open it, or choose another name."


# --- files coming in ------------------------------------------------------------------------


class FileProblem(QualcodeError):
    """A file that cannot be read at all. Bad rows are not errors but ``ReadProblem`` values."""

    template = "{file} could not be read."


class EmptyFile(FileProblem):
    template = "{file} is empty. Check that the export was finished and choose the file again."


class WrongFileType(FileProblem):
    template = (
        "{file} is not what its name says ({expected} expected, {found} found). "
        "Open it in the program it came from and save it again as {expected}."
    )


class ProtectedFile(FileProblem):
    template = (
        "{file} is protected with a password. Open it in Excel or Word, remove the password, "
        "save a copy and choose the copy."
    )


class FileTooLarge(FileProblem):
    template = "{file} is too large: {found} {unit}, at most {limit} can be read. {advice}"


class TooManyBytes(FileTooLarge):
    template = (
        "{file} is too large: {size} MB, at most {limit} MB can be read. "
        "Divide the file into parts and import them one by one."
    )


class TooManyRows(FileTooLarge):
    template = (
        "{file}, sheet {sheet}: there are more than {limit} rows with content, which is the most "
        "that can be read at once. Nothing was imported. Divide the sheet into files of at most "
        "{limit} rows and import them one by one."
    )


class TooManyCells(FileTooLarge):
    template = (
        "{file}, sheet {sheet}: there are more than {limit} cells with content, which is the most "
        "that can be read at once. Nothing was imported. Remove the columns that are not needed, "
        "or divide the sheet into several files."
    )


class DamagedFile(FileProblem):
    template = (
        "{file} is damaged and could not be read ({what}). Open it in the program it came from, "
        "save a copy and choose the copy."
    )


class UnknownEncoding(FileProblem):
    template = (
        "{file} is not written in the character encoding {encoding}. "
        "Choose another encoding, or let the program find it."
    )


class SuspiciousArchive(FileProblem):
    template = (
        "{file} was not opened: its packed contents would grow to {size} MB, "
        "which looks like a broken or harmful file."
    )


class UnknownFileType(FileProblem):
    template = "{file}: files of this type cannot be read. These can: {known}."


class CannotWrite(FileProblem):
    template = (
        "{file} could not be written ({what}). Check that the folder exists, that you may write "
        "there and that the file is not open in another program."
    )


class AlreadyImported(FileProblem):
    template = (
        "{file} is in the study already: it came in as “{name}” on {at}, brought by {who}. "
        "Nothing was imported. Import it again only if you want its answers twice."
    )


class BoundTwice(FileProblem):
    """Two closed columns of a file are one question of the form it was answered on."""

    template = (
        "{file}: the columns {columns} are bound to one question of the form, “{question}”, so "
        "each respondent would be counted twice. Nothing was imported. Bind each column to a "
        "question of its own, or all but one to none."
    )


class ItemsBoundTwice(QualcodeError):
    template = (
        "{file}: these closed questions would be bound to one question of the form, “{question}”, "
        "and each respondent counted twice: {questions}. Nothing was bound. Bind each to a "
        "question of its own, or all but one to none."
    )


class MissingColumn(FileProblem):
    template = "Sheet {sheet} has no column “{column}”. Its columns are: {found}."


class NoSheet(FileProblem):
    template = "{file} has no sheet “{sheet}”. Its sheets are: {found}."


class NothingToRead(FileProblem):
    template = (
        "{file}, sheet {sheet}: there are no rows under the header. "
        "Check that the right sheet and header row are chosen."
    )


class NoNotes(NothingToRead):
    template = (
        "{file}: no notes were found. Choose the sheet and say which column or which titles "
        "hold the notes."
    )


class BrokenCodebook(FileProblem):
    template = "{file}, line {line}: {what}"


class BrokenMap(FileProblem):
    template = "{file}: {what}"
