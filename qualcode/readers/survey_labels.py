"""What respondents are called: by the identifier as it was written, or by a running number."""

from __future__ import annotations

from collections import Counter

from qualcode.domain.documents import normalise


class Labels:
    """Gives every respondent a label of its own."""

    def __init__(self) -> None:
        self.first_rows: dict[str, int] = {}
        self.times: Counter[str] = Counter()
        self.count = 0

    def take(self, written: str, row: int) -> tuple[str, int | None]:
        """The label for an id as written, and the row where that id already was, if it was."""
        self.count += 1
        wanted = normalise(written) or f"R{self.count:04d}"
        if wanted not in self.first_rows:
            self.first_rows[wanted] = row
            return wanted, None
        first = self.first_rows[wanted]
        self.times[wanted] += 1
        label = f"{wanted} ({self.times[wanted] + 1})"
        while label in self.first_rows:
            self.times[wanted] += 1
            label = f"{wanted} ({self.times[wanted] + 1})"
        self.first_rows[label] = row
        return label, first if written else None
