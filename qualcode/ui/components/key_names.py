"""What the keys are called on the coder's keyboard."""

from __future__ import annotations

from collections.abc import Callable

from qualcode.texts import N_

SHIFT = N_("Shift")


def key_name(key: str, translate: Callable[[str], str]) -> str:
    """The key as the coder's language writes it, alone or with others.

    >>> key_name("Ctrl+Shift+Z", lambda name: {"Shift": "Vaihto"}.get(name, name))
    'Ctrl+Vaihto+Z'
    """
    return translate(key).replace(SHIFT, translate(SHIFT))
