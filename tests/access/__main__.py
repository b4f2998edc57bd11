"""`make access-table`: try every address as each kind of person, and write the table and the budgets."""

from pathlib import Path
from tempfile import TemporaryDirectory

from tests.access import budgets, table
from tests.access.addresses import addresses_of
from tests.access.house import crowded, furnished
from tests.access.visitors import Visitors, looking


def main() -> None:
    with TemporaryDirectory(prefix="civtech-access-") as folder, furnished(Path(folder)) as (app, world):
        addresses = addresses_of(app, world)
        with looking(world):
            rows = table.rows(addresses, Visitors(app, world), world.marks)
        table.PLACE.write_text(table.written(rows, app))
        taken = budgets.written(rows, [], app)
        with crowded(Path(folder), Path(folder) / "access.db", world) as other, looking(world):
            visitors = Visitors(other, world)
            found = list(
                budgets.in_the_crowd(addresses, lambda address, kind: table.got(address, kind, visitors, {}), taken)
            )
        budgets.PLACE.write_text(budgets.written(rows, found, app))


if __name__ == "__main__":
    main()
