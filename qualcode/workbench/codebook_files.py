"""A study's codebook as a file of its own, and as the next version of one."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from qualcode.domain.codes import Code, Codebook
from qualcode.domain.decisions import Act
from qualcode.domain.errors import QualcodeError, UnknownRow
from qualcode.readers.codebook_yaml import save_new_version, write_codebook
from qualcode.workbench.bench import Workbench


class CannotSaveCodebook(QualcodeError):
    template = (
        "The codebook could not be saved in {folder} ({why}). "
        "Choose a folder you may write in, or download the file instead."
    )


def as_yaml(bench: Workbench, codebook_id: str) -> str:
    """The study's codebook as the text of a file."""
    with bench.store.reading() as rows:
        codebook = rows.get(Codebook, codebook_id)
        if codebook is None:
            raise UnknownRow(kind="codebook", id=codebook_id)
        return write_codebook(codebook, rows.find(Code, codebook_id=codebook_id))


def save_version(bench: Workbench, codebook_id: str, folder: Path) -> Path:
    """The path of a new file in ``folder`` that holds the study's codebook as its next version.

    No file that exists is ever written over. The study's codebook is that version from now on.
    """
    with bench.act(Act.EDIT_CODEBOOK) as work:
        codebook = work.require(Codebook, codebook_id)
        codes = work.rows.find(Code, codebook_id=codebook_id)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            path = save_new_version(codebook, codes, folder / f"{key_of_file(codebook)}.yaml")
        except OSError as problem:
            raise CannotSaveCodebook(
                folder=str(folder), why=problem.strerror or str(problem)
            ) from problem
        version = int(path.stem.rpartition(".v")[2])
        work.put(replace(codebook, version=version))
        work.say(codebook=codebook.name(bench.language), version=version, file=path.name)
    return path


def key_of_file(codebook: Codebook) -> str:
    """What the codebook's file is called without its ending."""
    return re.sub(r"[^\w.-]", "_", codebook.key).strip(".") or "koodikirja"
