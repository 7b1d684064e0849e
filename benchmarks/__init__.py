"""Speed and quality, measured: run a file of this folder. Not part of the tests."""
