"""The study that a command's options name: its address, its settings, its workbench."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from qualcode import bootstrap
from qualcode.bootstrap import SUFFIX, Settings
from qualcode.domain.errors import StudyMissing
from qualcode.store.repository import Store
from qualcode.workbench.bench import Workbench

Options = argparse.Namespace


def settings_of(options: Options) -> Settings:
    """Those of the environment, and what the options say before them."""
    base = Settings.from_environment()
    return replace(
        base,
        study=getattr(options, "study", None),
        coder=options.coder or base.coder,
        language=options.language,
    )


def absolute(address: str) -> str:
    """The address of a file from the root on; that of a server as it is."""
    return address if "://" in address else str(Path(address).expanduser().resolve())


def address_of(options: Options) -> str:
    """Where the study is. Raises StudyMissing when none was named."""
    if not options.study:
        raise StudyMissing(path="--study")
    return str(options.study)


def bench_of(options: Options) -> Workbench:
    """The workbench of the study that is there."""
    return bench_at(bootstrap.open_store(address_of(options)), options)


def bench_at(store: Store, options: Options) -> Workbench:
    """The workbench of a study that is open already."""
    return bootstrap.workbench(store, settings_of(options))


def demo_path(options: Options) -> Path:
    """Where the demo study is kept, unless the options name a place."""
    return (
        Path(absolute(options.study))
        if options.study
        else settings_of(options).folder / f"demo{SUFFIX}"
    )
