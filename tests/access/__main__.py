"""`make access-table`: try every address as each kind of person and write the table."""

from pathlib import Path
from tempfile import TemporaryDirectory

from tests.access import table
from tests.access.addresses import addresses_of
from tests.access.house import furnished
from tests.access.visitors import Visitors, looking


def main() -> None:
    with TemporaryDirectory(prefix="civtech-access-") as folder, furnished(Path(folder)) as (app, world):
        with looking(world):
            rows = table.rows(addresses_of(app, world), Visitors(app, world), world.marks)
        table.PLACE.write_text(table.written(rows, app))


if __name__ == "__main__":
    main()
