"""An answer option as its code and its label: "4 = jokseenkin samaa mieltä", "a) kyllä"."""

from __future__ import annotations

import re

_CODED = re.compile(
    r"^\(?(?P<code>\d{1,2}|[a-zåäö])\)?\s*(?:[=).:]|[-–—](?=\s))\s*(?P<label>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
_CODED_BY_SPACE = re.compile(r"^(?P<code>\d{1,2})\s+(?P<label>[^\W\d].*)$", re.DOTALL)


def compared(text: str) -> str:
    """A label as labels are compared: letter case, spaces and stops at its ends aside."""
    return " ".join(text.casefold().split()).strip(" .,:;()")


def option_parts(option: str) -> tuple[str, str]:
    """An option or an answer as (code, label); either may be empty.

    >>> option_parts("4 = jokseenkin samaa mieltä"), option_parts("a)"), option_parts("5")
    (('4', 'jokseenkin samaa mieltä'), ('a', ''), ('5', ''))
    """
    text = " ".join(option.split())
    bare = text.strip("().: =")
    whole = re.fullmatch(r"(\d{1,3})(?:[.,]0+)?", bare)
    if whole:
        return whole[1], ""
    match = _CODED.match(text) or _CODED_BY_SPACE.match(text)
    if match:
        return match["code"].lower(), match["label"]
    if re.fullmatch(r"\(?[a-zåäö][).]", text, re.IGNORECASE):
        return bare.lower(), ""
    return "", text


def same_option(options: tuple[str, ...], written: str) -> str | None:
    """The option that was meant: the whole text, else its label, else its code; None when none.

    A code and a label that name different options leave it open which was meant.

    >>> scale = ("1 = eri mieltä", "2 = samaa mieltä")
    >>> [same_option(scale, written) for written in ("2", "Samaa mieltä.", "1 = samaa mieltä")]
    ['2 = samaa mieltä', '2 = samaa mieltä', None]
    """
    whole = [option for option in options if compared(option) == compared(written)]
    if whole:
        return whole[0]
    code, label = option_parts(written)
    parts = [(option, *option_parts(option)) for option in options]
    by_code = [option for option, its_code, _ in parts if code and its_code == code]
    by_label = [
        option for option, _, its_label in parts if label and compared(its_label) == compared(label)
    ]
    if code and label:
        both = [option for option in by_code if option in by_label]
        return both[0] if both else None
    found = by_label or by_code
    # A label that a form prints twice tells nothing; its code would.
    return found[0] if len(found) == 1 else None
