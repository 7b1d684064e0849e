"""The components' own tests, written in JavaScript, run by the Node.js that Playwright carries."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

FILES = sorted((Path(__file__).resolve().parent / "js").glob("*.test.mjs"))


def test_there_are_javascript_tests():
    assert FILES


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_javascript(node, file):
    done = subprocess.run(
        [node, "--test", file], capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
