"""Bytes before they are opened: what they really are, how large they may be, which letters.

A file is judged by its first bytes, never by its name alone, and a packed file (.xlsx, .docx) is
measured before anything in it is unpacked.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from pathlib import PurePath

from qualcode.domain.errors import (
    DamagedFile,
    EmptyFile,
    ProtectedFile,
    SuspiciousArchive,
    Term,
    TooManyBytes,
    UnknownEncoding,
    UnknownFileType,
    WrongFileType,
)
from qualcode.texts import N_

MEGABYTE = 1024 * 1024
MAX_BYTES = 100 * MEGABYTE
MAX_PARTS = 10_000
MAX_UNPACKED = 500 * MEGABYTE
# Text packs to about a tenth and repeated table markup to about a fiftieth. Small parts may be
# packed tighter without harm, so the ratio is only asked of what would grow large.
MAX_RATIO = 200
RATIO_MATTERS_FROM = 20 * MEGABYTE

EXCEL = Term(N_("an Excel workbook (.xlsx)"))
OLD_OFFICE = Term(N_("an Office file of the old form (.xls or .doc)"))
BINARY_EXCEL = Term(N_("a binary Excel workbook (.xlsb)"))
WORD = Term(N_("a Word document (.docx)"))
OPEN_DOCUMENT = Term(N_("an OpenDocument file (.ods or .odt)"))
PDF = Term(N_("a PDF document"))
HTML = Term(N_("a web page (HTML)"))
PACKAGE = Term(N_("a packed folder (zip)"))
RICH_TEXT = Term(N_("a rich text document (.rtf)"))
PICTURE = Term(N_("a picture"))
BINARY = Term(N_("data that is not text"))
TEXT = Term(N_("plain text"))
TABLE_TEXT = Term(N_("a table as text (.csv or .tsv)"))
PROTECTED = Term("a protected Office file")

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"BM\x00", b"II*\x00", b"MM\x00*")
_HTML = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html|head|body|table)\b", re.I)


def extension(file: str) -> str:
    """The ending of a file's name in lower case, dot included."""
    return PurePath(file).suffix.lower()


def check_size(data: bytes, file: str, limit: int = MAX_BYTES) -> None:
    """Nothing when ``data`` may be read; EmptyFile or TooManyBytes when not."""
    if not data:
        raise EmptyFile(file=file)
    if len(data) > limit:
        raise TooManyBytes(file=file, size=round(len(data) / MEGABYTE), limit=limit // MEGABYTE)


def content_type(data: bytes) -> Term:
    """What the bytes are, told by themselves. Whatever is no known format is text or binary."""
    if data.startswith(b"PK\x03\x04") or data.startswith(b"PK\x05\x06"):
        return _package_type(data)
    if data.startswith(_OLE):
        # A protected workbook or document is an OLE file that holds the encrypted package.
        name = "EncryptedPackage".encode("utf-16-le")
        return PROTECTED if name in data else OLD_OFFICE
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return PDF
    if data.startswith(b"{\\rtf"):
        return RICH_TEXT
    if data.startswith(_PICTURES):
        return PICTURE
    if _HTML.match(data.removeprefix(b"\xef\xbb\xbf")[:2048]):
        return HTML
    return TEXT if _looks_like_text(data) else BINARY


def _package_type(data: bytes) -> Term:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist()[:MAX_PARTS])
    except (zipfile.BadZipFile, ValueError, OSError):
        return PACKAGE
    if "xl/workbook.bin" in names:
        return BINARY_EXCEL
    if "xl/workbook.xml" in names:
        return EXCEL
    if "word/document.xml" in names:
        return WORD
    if "META-INF/manifest.xml" in names:
        return OPEN_DOCUMENT
    # Other writers may place the parts elsewhere and say so in the package's own list.
    if "[Content_Types].xml" in names:
        folders = {name.split("/")[0] for name in names}
        if folders & {"xl", "worksheets", "sheets"}:
            return EXCEL
        if "word" in folders:
            return WORD
    return PACKAGE


def _looks_like_text(data: bytes) -> bool:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    sample = data[: 256 * 1024]
    if b"\x00" in sample:
        return False
    odd = sum(sample.count(bytes([code])) for code in range(32) if code not in (9, 10, 11, 12, 13))
    # A stray control character or two is found in many an export.
    return odd <= max(10, len(sample) * 0.02)


def check_type(data: bytes, file: str, expected: Term) -> None:
    """Nothing when the bytes are what the name says; a clear error when they are not."""
    found = content_type(data)
    if found is PROTECTED:
        raise ProtectedFile(file=file)
    if found is expected or (found is TEXT and expected is TABLE_TEXT):
        return
    raise WrongFileType(file=file, expected=expected, found=found)


def unknown_type(file: str, known: str) -> UnknownFileType:
    return UnknownFileType(file=file, known=known)


def open_archive(data: bytes, file: str) -> zipfile.ZipFile:
    """The packed file, measured before anything is unpacked.

    Python's zipfile never gives more of a part than the part's stated size, so the stated sizes
    bound what can be read.

    Raises DamagedFile, ProtectedFile or SuspiciousArchive.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise DamagedFile(file=file, what=str(error)) from error
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    ratio = unpacked / max(len(data), 1)
    if (
        len(parts) > MAX_PARTS
        or unpacked > MAX_UNPACKED
        or (unpacked > RATIO_MATTERS_FROM and ratio > MAX_RATIO)
    ):
        archive.close()
        raise SuspiciousArchive(file=file, size=round(unpacked / MEGABYTE))
    if any(part.flag_bits & 0x1 for part in parts):
        archive.close()
        raise ProtectedFile(file=file)
    return archive


@dataclass(frozen=True)
class Decoded:
    """The text of a file and the encoding it was read with."""

    text: str
    encoding: str


_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
# Five bytes mean nothing in cp1252; browsers read them as the control characters of Latin-1.
_CP1252 = "".join(bytes([code]).decode("cp1252", "ignore") or chr(code) for code in range(256))


def decode(data: bytes, file: str, encoding: str | None = None) -> Decoded:
    """The text of ``data``: its byte order mark decides, else strict UTF-8, else cp1252.

    Statistical guessing is wrong on short Finnish texts, so it is not used; a person may name
    another ``encoding``. Raises UnknownEncoding if the text is not written in that one.
    """
    if encoding is not None:
        try:
            return Decoded(data.decode(encoding).removeprefix("\ufeff"), encoding)
        except (UnicodeDecodeError, LookupError) as error:
            raise UnknownEncoding(file=file, encoding=encoding) from error
    for mark, name in _MARKS:
        if data.startswith(mark):
            try:
                return Decoded(data.decode(name), name)
            except UnicodeDecodeError as error:
                raise DamagedFile(file=file, what=str(error)) from error
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return Decoded(data.decode("latin-1").translate(dict(enumerate(_CP1252))), "cp1252")


# What neither Word, Excel nor XML can hold. A vertical tab or a form feed is a line break of Word.
_BREAKS = re.compile(r"[\x0b\x0c]")
_INVISIBLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")


def without_control_characters(text: str) -> str:
    """``text`` with breaks of Word as line breaks and other control characters left out.

    They are invisible, and no Word, Excel or REFI-QDA file can hold them.
    """
    if text.isprintable():
        return text
    return _INVISIBLE.sub("", _BREAKS.sub("\n", text))
