"""Codebooks as YAML files: read with line numbers, written as a person would want to edit them.

A file holds one codebook. ``id`` names it and ``id`` names each code; the study's identifiers
follow from these keys, so taking the same codebook again finds the same codes.
"""

from qualcode.readers.codebook_yaml.definitions import Definitions, read_definitions
from qualcode.readers.codebook_yaml.reading import (
    CODE_FIELDS,
    CODEBOOK_FIELDS,
    MAX_CODES,
    CodebookFile,
    code_id,
    codebook_id,
    read_codebook,
    read_codebook_file,
)
from qualcode.readers.codebook_yaml.shelf import (
    SHIPPED,
    CodebookCard,
    next_version_path,
    save_new_version,
    shipped_codebooks,
    theme_name,
)
from qualcode.readers.codebook_yaml.writing import key_of, write_codebook

__all__ = [
    "CODEBOOK_FIELDS",
    "CODE_FIELDS",
    "MAX_CODES",
    "SHIPPED",
    "CodebookCard",
    "CodebookFile",
    "Definitions",
    "code_id",
    "codebook_id",
    "key_of",
    "next_version_path",
    "read_codebook",
    "read_codebook_file",
    "read_definitions",
    "save_new_version",
    "shipped_codebooks",
    "theme_name",
    "write_codebook",
]
