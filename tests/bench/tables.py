"""The tables of measurements: printed row by row, and written into docs/performance.md between two marks."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from config import ROOT

DOCUMENT = ROOT / "docs" / "performance.md"
BEYOND = "!"
"""Marks a figure that is larger than it may be."""
Row = tuple[str, ...]
"""The cells of a row. A row with one cell begins a group."""


def against(figure: float, most: float, *, digits: int = 1) -> str:
    """The figure, marked if it is larger than `most`."""
    return f"{figure:,.{digits}f}" + (f" {BEYOND}" if figure > most else "")


def printed(columns: Row, rows: Iterable[Row]) -> Iterator[Row]:
    """Print each row as soon as it is known, and pass it on."""
    _print(columns)
    for row in rows:
        if len(row) == 1:
            print(f"\n{row[0]}", flush=True)
        else:
            _print(row)
        yield row


def _print(row: Row) -> None:
    print(f"{row[0]:50}" + "".join(f"{cell:>12}" for cell in row[1:]), flush=True)


def markdown(columns: Row, rows: Iterable[Row]) -> str:
    """The same table for a document."""
    lines = [columns, ("---", *("--:" for _ in columns[1:]))]
    lines += [(f"**{row[0]}**", *("" for _ in columns[1:])) if len(row) == 1 else row for row in rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def written(name: str, table: str, document: Path = DOCUMENT) -> None:
    """Put a table where the document has the marks with its name."""
    begin, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
    text = document.read_text()
    before, has_begin, rest = text.partition(begin)
    _old, has_end, after = rest.partition(end)
    if not has_begin or not has_end:
        raise ValueError(f"{document.name} has no place for the table {name!r}.")
    document.write_text(f"{before}{begin}\n{table}\n{end}{after}")
