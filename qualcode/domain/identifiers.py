"""Things in a text that point at one person by their form alone: identity codes, e-mail, phones.

Found by rule and checksum, without any language model, so only what has a fixed form is found:
names in running text are not. A hit is a reason to look, a miss is no proof of anonymity.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum


class IdentifierKind(StrEnum):
    IDENTITY_CODE = "identity_code"
    EMAIL = "email"
    PHONE = "phone"
    IP_ADDRESS = "ip_address"
    IBAN = "iban"
    BUSINESS_ID = "business_id"


@dataclass(frozen=True)
class Identifier:
    """One hit: where it is in the text, and of which kind."""

    start: int
    end: int
    kind: IdentifierKind
    text: str


# The check character of a Finnish personal identity code is chosen by its number modulo 31.
_CHECK_CHARACTERS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
_CENTURIES = {
    "+": 1800,
    **dict.fromkeys("-YXWVU", 1900),
    **dict.fromkeys("ABCDEF", 2000),
}
# Word turns the hyphen of an identity code into some dash.
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"

_IDENTITY_CODE = re.compile(
    rf"(?<!\w)(\d{{2}})(\d{{2}})(\d{{2}})([-+{_DASHES}YXWVUABCDEF])(\d{{3}})([0-9A-FHJ-NPR-Y])(?!\w)",
    re.IGNORECASE,
)
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(
    r"(?<![\w-])(?:(?:\+|00)\d{1,3}[ \u00a0-]?\(?0?\)?\d{1,3}|\(?0(?:4\d{1,2}|50|[1-9]\d?)\)?)"
    r"(?:[ \u00a0-]?\d){4,9}(?![\d-])"
)
_IP_ADDRESS = re.compile(r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w.]\d)(?!\w)")
_IBAN = re.compile(
    r"(?<!\w)[A-Z]{2}\d{2}(?:[ \u00a0]?[A-Z0-9]{4}){2,7}(?:[ \u00a0]?[A-Z0-9]{1,3})?(?!\w)"
)
_BUSINESS_ID = re.compile(r"(?<![\d-])(\d{6,7})-(\d)(?![\d-])")


def is_identity_code(text: str) -> bool:
    """True of a Finnish personal identity code: a real date and a right check character.

    Numbers 900-999 are temporary or test codes; they are codes all the same.

    >>> is_identity_code("131052-308T"), is_identity_code("131052-308X")
    (True, False)
    """
    match = _IDENTITY_CODE.fullmatch(text.strip())
    return match is not None and _is_right_code(match)


def _is_right_code(match: re.Match[str]) -> bool:
    day, month, year, separator, number, check = match.groups()
    separator = "-" if separator in _DASHES else separator.upper()
    try:
        datetime.date(_CENTURIES[separator] + int(year), int(month), int(day))
    except ValueError:
        return False
    return _CHECK_CHARACTERS[int(day + month + year + number) % 31] == check.upper()


def _is_right_address(match: re.Match[str]) -> bool:
    return all(int(part) <= 255 for part in match[0].split("."))


def _is_right_iban(match: re.Match[str]) -> bool:
    account = re.sub(r"\s", "", match[0])
    if account.startswith("FI") and len(account) != 18:
        return False
    digits = "".join(str(int(character, 36)) for character in account[4:] + account[:4])
    return int(digits) % 97 == 1


def _is_right_business_id(match: re.Match[str]) -> bool:
    weighted = zip(match[1].zfill(7), (7, 9, 10, 5, 8, 4, 2), strict=True)
    remainder = sum(int(digit) * weight for digit, weight in weighted) % 11
    return remainder != 1 and (0 if remainder == 0 else 11 - remainder) == int(match[2])


def _always(_: re.Match[str]) -> bool:
    return True


# In this order: a span belongs to the first kind that claims it.
_RULES: tuple[tuple[IdentifierKind, re.Pattern[str], Callable[[re.Match[str]], bool]], ...] = (
    (IdentifierKind.IDENTITY_CODE, _IDENTITY_CODE, _is_right_code),
    (IdentifierKind.IBAN, _IBAN, _is_right_iban),
    (IdentifierKind.BUSINESS_ID, _BUSINESS_ID, _is_right_business_id),
    (IdentifierKind.EMAIL, _EMAIL, _always),
    (IdentifierKind.IP_ADDRESS, _IP_ADDRESS, _is_right_address),
    (IdentifierKind.PHONE, _PHONE, _always),
)


def find_identifiers(text: str) -> tuple[Identifier, ...]:
    """Every identifier in ``text``, in order, none overlapping another.

    >>> [hit.kind.value for hit in find_identifiers("soita 040 123 4567 tai a.b@example.fi")]
    ['phone', 'email']
    >>> find_identifiers("vuonna 2019 oli 15 000 ihmistä, klo 10-12 ja 2020-2021")
    ()
    """
    if not any(character.isdigit() for character in text) and "@" not in text:
        return ()
    return tuple(sorted(_hits(text), key=lambda hit: hit.start))


def _hits(text: str) -> Iterator[Identifier]:
    taken: list[tuple[int, int]] = []
    for kind, pattern, is_right in _RULES:
        for match in pattern.finditer(text):
            start, end = match.span()
            if is_right(match) and all(end <= a or start >= b for a, b in taken):
                taken.append((start, end))
                yield Identifier(start, end, kind, match[0])


def identifier_kind(text: str) -> IdentifierKind | None:
    """The kind of identifier that ``text`` is as a whole, or None if it is something else."""
    text = text.strip()
    hits = find_identifiers(text)
    if len(hits) == 1 and hits[0].start == 0 and hits[0].end == len(text):
        return hits[0].kind
    return None
