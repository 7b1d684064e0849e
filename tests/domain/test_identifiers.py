"""Identifiers with a fixed form are found; what only looks like one is not. Codes are invented."""

from __future__ import annotations

import pytest

from qualcode.domain.identifiers import find_identifiers, identifier_kind, is_identity_code


@pytest.mark.parametrize(
    "code, right",
    [
        ("131052-308T", True),
        ("131052Y308T", True),
        ("131052–308T", True),
        ("131052a308t", True),
        ("010594Y9032", True),
        ("131052-308X", False),
        ("310299-308T", False),
    ],
)
def test_identity_codes_are_known_by_date_and_check_character(code, right):
    assert is_identity_code(code) is right


@pytest.mark.parametrize(
    "text, kinds",
    [
        ("soita 040 123 4567", ["phone"]),
        ("+358(0)40 123 4567", ["phone"]),
        ("maija.meikalainen@example.fi", ["email"]),
        ("FI21 1234 5600 0007 85", ["iban"]),
        ("FI21 1234 5600 0007 84", []),
        ("0112038-9", ["business_id"]),
        ("192.168.0.12", ["ip_address"]),
        ("vuonna 2019 oli 15 000 ihmistä", []),
        ("klo 10-12 ja 2020-2021", []),
        ("COVID-19", []),
    ],
)
def test_kinds(text, kinds):
    assert [hit.kind.value for hit in find_identifiers(text)] == kinds


def test_a_cell_is_an_identifier_only_as_a_whole():
    assert identifier_kind(" a@example.fi ") is not None
    assert identifier_kind("kirjoita a@example.fi") is None
