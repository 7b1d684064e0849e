"""What a command prints: a line for a person, JSON for a program."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any


def say(options: argparse.Namespace, values: dict[str, Any], line: str) -> None:
    """One result, for a program or for a person."""
    if options.json:
        print_json(values)
    else:
        print(line)


def print_json(value: object) -> None:
    """The value as JSON, and nothing beside it."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=1, default=str)
    print()
