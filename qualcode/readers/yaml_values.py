"""A trusted YAML file of our own as plain values: text, numbers, lists and mappings only."""

from __future__ import annotations

from typing import Any

import yaml

from qualcode.domain.errors import BrokenMap


def read_values(text: str, file: str) -> Any:
    """The file's values; a broken one is told with its place."""
    try:
        return yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise BrokenMap(file=file, what=str(error)) from error
