"""The parts of the report: each module turns the study's material into some of its blocks."""
