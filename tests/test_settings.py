"""Streamlit's settings: each name known to the installed version, each colour readable."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from streamlit import config

SETTINGS = tomllib.loads(
    (Path(__file__).resolve().parent.parent / ".streamlit/config.toml").read_text(encoding="utf-8")
)


def names(table: dict, above: str = "") -> list[str]:
    """Every dotted option name of a settings table."""
    found = []
    for key, value in table.items():
        name = f"{above}{key}"
        found += names(value, f"{name}.") if isinstance(value, dict) else [name]
    return found


@pytest.mark.parametrize("name", names(SETTINGS))
def test_streamlit_knows_the_setting(name):
    assert name in config._config_options_template


def luminance(colour: str) -> float:
    """WCAG 2.1's relative luminance of #rrggbb."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG 2.1's contrast ratio, from 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_of_black_and_white_is_21():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    ("front", "behind", "least"),
    [
        ("textColor", "backgroundColor", 4.5),
        ("textColor", "secondaryBackgroundColor", 4.5),
        ("linkColor", "backgroundColor", 4.5),
        ("linkColor", "secondaryBackgroundColor", 4.5),
        ("primaryColor", "backgroundColor", 3),
        ("primaryColor", "secondaryBackgroundColor", 3),
        ("borderColor", "backgroundColor", 3),
    ],
)
def test_colours_can_be_told_apart(theme, front, behind, least):
    colours = SETTINGS["theme"][theme]
    assert contrast(colours[front], colours[behind]) >= least


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_white_text_on_a_primary_button_can_be_read(theme):
    assert contrast("#ffffff", SETTINGS["theme"][theme]["primaryColor"]) >= 4.5
