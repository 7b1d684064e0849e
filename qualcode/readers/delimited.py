"""Tables as text: .csv and .tsv with any usual delimiter, quotes, and line breaks inside cells."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import PurePath

from qualcode.domain.errors import EmptyFile
from qualcode.readers.files import decode, without_control_characters
from qualcode.readers.problems import ReadProblem
from qualcode.readers.tables import RowCollector, Sheet, column_letter
from qualcode.texts import N_

DELIMITERS = (";", ",", "\t", "|")
# A cell may hold a whole transcript; Python's own limit of 131,072 characters would refuse it.
MAX_CELL = 50_000_000
SAMPLE_RECORDS = 300

INVISIBLE = N_(
    "Invisible control characters were left out of {count} cells, the first one in row {first}."
)
OPEN_QUOTE = N_(
    "A quotation mark is opened here but never closed. From this row on every line was read as a "
    "row of its own; check the rows below."
)
WIDER = N_(
    "This row has {found} cells but the header has {expected}: a cell may hold an unquoted "
    "“{delimiter}”. Check the row."
)


def read_delimited(
    data: bytes, file: str, *, encoding: str | None = None, delimiter: str | None = None
) -> Sheet:
    """The one sheet of a table as text. Empty lines count as rows, as they do in Excel."""
    decoded = decode(data, file, encoding)
    text = decoded.text
    if not text.strip():
        raise EmptyFile(file=file)
    text, said = _without_separator_line(text)
    delimiter = delimiter or said or find_delimiter(text)
    name = PurePath(file).stem
    collector = RowCollector(file, name)
    problems: list[ReadProblem] = []
    cleaned: list[int] = []
    offset = 1 if said else 0
    for number, record in enumerate(_records(text, delimiter, offset, problems), start=1 + offset):
        clean = [without_control_characters(cell) for cell in record]
        if clean != record:
            cleaned.append(number)
        collector.add(number, clean)
    problems.extend(_wider_rows(collector, delimiter))
    if cleaned:
        values = {"count": len(cleaned), "first": cleaned[0]}
        problems.append(ReadProblem(cleaned[0], "", INVISIBLE, values))
    return Sheet(
        name,
        collector.even_rows(),
        collector.numbers,
        file,
        problems=tuple(problems),
        encoding=decoded.encoding,
        delimiter=delimiter,
    )


def _without_separator_line(text: str) -> tuple[str, str | None]:
    """Excel writes and reads a first line ``sep=;`` that names the delimiter."""
    first, _, rest = text.partition("\n")
    first = first.strip().strip('"')
    if len(first) == 5 and first.lower().startswith("sep="):
        return rest, first[4]
    return text, None


def find_delimiter(text: str) -> str:
    """The delimiter that cuts the first records most evenly into the header's number of cells.

    A text without any even cut has one column, and the delimiter is said to be a comma.

    >>> find_delimiter("id;vastaus\\n1;Apu tuli, kun sitä tarvitsin\\n2;Ei, ei mitään\\n")
    ';'
    """
    best, best_score = ",", (False, 0.0, 0)
    sample = text[:200_000]
    for delimiter in DELIMITERS:
        records, quotes_fit = _sample_records(sample, delimiter)
        widths = [len(record) for record in records if any(cell.strip() for cell in record)]
        if not widths:
            continue
        # A title line above the header has another width, so the most usual width is asked for.
        usual, count = Counter(widths).most_common(1)[0]
        evenness = round(count / len(widths), 2)
        score = (quotes_fit, evenness, usual)
        if usual >= 2 and evenness >= 0.5 and score > best_score:
            best, best_score = delimiter, score
    return best


def _sample_records(sample: str, delimiter: str) -> tuple[list[list[str]], bool]:
    """The first records, and whether every closing quote stands before this delimiter."""
    _allow_long_cells()
    lines = list(io.StringIO(sample, newline=""))
    reader = csv.reader(iter(lines), delimiter=delimiter, strict=True)
    try:
        return list(islice(reader, SAMPLE_RECORDS)), True
    except csv.Error:
        lenient = csv.reader(iter(lines), delimiter=delimiter)
        return list(islice(lenient, SAMPLE_RECORDS)), False


def _records(
    text: str, delimiter: str, offset: int, problems: list[ReadProblem]
) -> Iterator[list[str]]:
    """Every record; a quote that never closes spoils its own row only."""
    _allow_long_cells()
    lines = list(io.StringIO(text, newline=""))
    start = _unclosed_quote(lines, delimiter)
    end = len(lines) if start is None else start
    reader = csv.reader(iter(lines[:end]), delimiter=delimiter)
    count = 0
    for record in reader:
        count += 1
        yield record
    if start is None:
        return
    column = column_letter(max(lines[start].count(delimiter, 0, lines[start].find('"')), 0))
    problems.append(ReadProblem(count + 1 + offset, column, OPEN_QUOTE))
    yield from csv.reader(iter(lines[start:]), delimiter=delimiter, quoting=csv.QUOTE_NONE)


def _unclosed_quote(lines: list[str], delimiter: str) -> int | None:
    """The line where the last record begins if its quote is still open at the end, else None."""
    begin = 0
    reader = csv.reader(iter(lines), delimiter=delimiter, strict=True)
    while True:
        try:
            next(reader)
        except StopIteration:
            return None
        except csv.Error as error:
            # Any other complaint of the strict reader is one the lenient reader can live with.
            return begin if "unexpected end of data" in str(error) else None
        begin = reader.line_num


def _wider_rows(collector: RowCollector, delimiter: str) -> Iterator[ReadProblem]:
    widths = Counter(len(row) for row in collector.rows[:1])
    expected = max(widths, default=0)
    shown = {"\t": "TAB"}.get(delimiter, delimiter)
    for number, row in zip(collector.numbers, collector.rows, strict=True):
        if expected > 1 and len(row) > expected:
            values = {"found": len(row), "expected": expected, "delimiter": shown}
            yield ReadProblem(number, column_letter(expected), WIDER, values)


def _allow_long_cells() -> None:
    if csv.field_size_limit() < MAX_CELL:
        csv.field_size_limit(MAX_CELL)
