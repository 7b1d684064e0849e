"""The options of ``replay``."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from qualcode.texts import LANGUAGES
from qualcode.workbench.worth.dividing import LIST, NONE, OTHERS

TEXT_LANGUAGES = ("fi", "sv", "en")
MOST_ORDERS = 1000
ORDERS = 5
OF_A_TABLE = ("text", "group", "main", "codes", "divided_by", "definitions", "orders")


class _TextLanguage(argparse.Action):
    """The texts' language; when the program speaks it, what is printed is in it as well."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: str | Sequence[Any] | None,
        option_string: str | None = None,
    ) -> None:
        namespace.texts_in = values
        if values in LANGUAGES:
            namespace.language = values


def add_options(made: argparse.ArgumentParser, language: str) -> None:
    """Adds them to the command; ``language`` is that of what is printed when none is given."""
    made.set_defaults(act="replay", language=language, texts_in=None, coder=None)
    made.add_argument(
        "--language",
        choices=TEXT_LANGUAGES,
        action=_TextLanguage,
        help="language of a table's texts (default: guessed from them), and of what is printed",
    )
    made.add_argument("--csv", type=Path, help="a table with a finished coding, not a study")
    made.add_argument("--text", metavar="COLUMN", help="the table's column of texts")
    made.add_argument("--group", metavar="COLUMN", help="the column of groups (one a text)")
    made.add_argument("--main", metavar="COLUMN", help="the column of main groups")
    made.add_argument(
        "--codes",
        metavar="COLUMN",
        help="the column of codes; what divides several in a cell is found out",
    )
    made.add_argument(
        "--divided-by",
        choices=(*OTHERS, LIST, NONE),
        help="what divides several codes of a cell, if neither ; nor | does",
    )
    made.add_argument(
        "--definitions", type=Path, metavar="FILE", help="definitions of the codes (YAML)"
    )
    made.add_argument(
        "--engine",
        help="embedding engine (default: of a table the best one that works here, of a study all)",
    )
    made.add_argument(
        "--shuffled",
        type=_orders,
        metavar="N",
        help="of a study: so many random orders instead of the order of the work",
    )
    made.add_argument(
        "--orders",
        type=_orders,
        help=f"of a table: random orders to try (default: {ORDERS})",
    )


def without_effect(options: argparse.Namespace) -> list[str]:
    """The options given that go with others than those given, as they are typed."""
    given = vars(options)
    if options.csv is None:
        idle = [*OF_A_TABLE]
    else:
        idle = ["shuffled"]
        idle += [] if options.group else ["main"]
        idle += [] if options.codes else ["definitions", "divided_by"]
    return [f"--{name.replace('_', '-')}" for name in idle if given[name] is not None]


def _orders(word: str) -> int:
    if not word.isdigit() or not 1 <= int(word) <= MOST_ORDERS:
        raise argparse.ArgumentTypeError(f"{word} is not a number from 1 to {MOST_ORDERS}")
    return int(word)
