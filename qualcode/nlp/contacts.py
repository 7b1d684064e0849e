"""What leads straight to a person: addresses, numbers and identity codes, found by their form.

Nothing here needs a language model. Finnish personal identity codes and account numbers carry a
check of their own; one that fails it is still shown, as uncertain: somebody may have mistyped it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

Found = tuple[int, int, bool]
"""Where it begins and ends, and whether it is certain."""

_E_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_HANDLE = re.compile(r"(?<![\w@.])@[A-Za-z]\w[\w.]+\w")
_WEB = re.compile(r"(?<!\w)(?:https?://|www\.)[^\s<>()\"”]+[^\s<>()\"”.,;:!?]", re.IGNORECASE)
# Day, month and year of birth; the sign of the century; a running number; a check.
_IDENTITY = re.compile(
    r"(?<![\w-])(?P<date>[0-3]\d[01]\d\d{2})[-+ABCDEFYXWVU](?P<number>\d{3})(?P<check>[0-9A-Y])"
    r"(?![\w])",
    re.IGNORECASE,
)
_CHECKS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
_ACCOUNT = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?!\w)")
_ACCOUNT_DIVISOR = 97
# Finnish numbers: abroad's +, or a zero and an area or an operator; groups of two digits and more.
_PHONE = re.compile(
    r"(?<![\w.,/+-])(?:\+\d{1,3}[ -]?(?:\(0\))?|0)\d{1,3}(?:[ -]?\d{2,}){1,4}(?![\w]|[.,:/]\d)"
)
FEWEST_DIGITS, MOST_DIGITS = 6, 15
SURE_DIGITS = 9


def contacts(text: str) -> Iterator[Found]:
    """E-mail addresses, phone and account numbers, identity codes, web addresses, account names.

    >>> [text[a:b] for text in ["soita 040 123 4567 tai a@b.fi"] for a, b, _ in contacts(text)]
    ['a@b.fi', '040 123 4567']
    """
    taken: list[tuple[int, int]] = []
    for pattern, certain in _KINDS:
        for found in pattern.finditer(text):
            start, end = found.span()
            sure = certain(found)
            if sure is not None and not any(start < b and a < end for a, b in taken):
                taken.append((start, end))
                yield start, end, sure


def _always(_found: re.Match[str]) -> bool:
    return True


def _never(_found: re.Match[str]) -> bool:
    return False


def _right_check(found: re.Match[str]) -> bool:
    number = int(found["date"] + found["number"])
    return _CHECKS[number % len(_CHECKS)] == found["check"].upper()


def _right_account(found: re.Match[str]) -> bool | None:
    """None where it does not look like an account at all: three words in capital letters, say."""
    bare = found[0].replace(" ", "")
    if sum(letter.isdigit() for letter in bare) < FEWEST_DIGITS:
        return None
    turned = "".join(str(int(letter, 36)) for letter in bare[4:] + bare[:4])
    return int(turned) % _ACCOUNT_DIVISOR == 1


def _like_a_phone(found: re.Match[str]) -> bool | None:
    digits = sum(letter.isdigit() for letter in found[0])
    if not FEWEST_DIGITS <= digits <= MOST_DIGITS:
        return None
    return found[0].startswith("+") or digits >= SURE_DIGITS


_KINDS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], bool | None]], ...] = (
    (_E_MAIL, _always),
    (_WEB, _never),
    (_HANDLE, _never),
    (_IDENTITY, _right_check),
    (_ACCOUNT, _right_account),
    (_PHONE, _like_a_phone),
)
