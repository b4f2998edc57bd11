"""The command: measures the parts that it is asked for, all by default, and prints a table of each.

`python -m tests.bench pages scales submission memory start ranking`. With `--write`, the tables also replace those in
docs/performance.md.
"""

import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from civtech.core import clock
from tests.bench import memory, pages, ranking, scales, start, submission
from tests.bench.tables import Row, markdown, printed, written
from tests.support.demonstration import TODAY

Part = tuple[Row, Callable[[Path], Iterator[Row]]]
PARTS: dict[str, Part] = {
    "pages": (pages.COLUMNS, pages.rows),
    "scales": (scales.COLUMNS, scales.rows),
    "submission": (submission.COLUMNS, submission.rows),
    "memory": (memory.COLUMNS, memory.rows),
    "start": (start.COLUMNS, start.rows),
    "ranking": (ranking.COLUMNS, ranking.rows),
}


def main(arguments: Sequence[str]) -> None:
    """Measure one part after another, each in a folder of its own."""
    parser = ArgumentParser(prog="python -m tests.bench", description="Measure what the platform costs.")
    parser.add_argument("parts", nargs="*", metavar="part", help=", ".join(PARTS))
    parser.add_argument("--write", action="store_true", help="replace the tables in docs/performance.md")
    asked = parser.parse_args(arguments)
    if unknown := set(asked.parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    for name in asked.parts or PARTS:
        columns, rows = PARTS[name]
        print(f"\n# {name}\n")
        with TemporaryDirectory(prefix="civtech-bench-") as place, clock.at(TODAY):
            found = list(printed(columns, rows(Path(place))))
        if asked.write:
            written(name, markdown(columns, found))


if __name__ == "__main__":
    main(sys.argv[1:])
