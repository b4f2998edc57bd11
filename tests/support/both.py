"""Which database a test runs on: SQLite, and also PostgreSQL if its mark says why.

`--database` overrides this by hand: `sqlite` or `postgres` for every test, `both` for what the marks say.
"""

import pytest

REASONS = {
    "guards": "triggers and constraints are written for each database",
    "locks": "who waits for whom, and what a lost race says, differs",
    "ordering": "the order of texts, and of what is empty, differs",
    "queries": "PostgreSQL refuses statements that SQLite lets pass",
    "search": "texts are compared and searched differently",
    "types": "instants, numbers and lists are stored differently",
}
"""Why PostgreSQL may answer a test differently: `@pytest.mark.both_databases("guards")`."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=["both", "sqlite", "postgres"], default="both", help="what the tests run on")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", f"both_databases(*why): runs on PostgreSQL too, because of {', '.join(REASONS)}")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run marked tests on both databases. The others run once and keep their name."""
    if "database" not in metafunc.fixturenames:
        return
    why = {reason for mark in metafunc.definition.iter_markers("both_databases") for reason in mark.args}
    if unknown := why - set(REASONS):
        raise pytest.UsageError(f"{metafunc.definition.nodeid}: {unknown} is no reason to run on both databases.")
    if why and metafunc.config.getoption("--database") == "both":
        metafunc.parametrize(
            "database", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
        )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Run browser tests on one database: what a page shows does not depend on it."""
    twice = [item for item in items if item.get_closest_marker("browser") and item.get_closest_marker("postgres")]
    if twice and config.getoption("--database") == "both":
        config.hook.pytest_deselected(items=twice)
        items[:] = [item for item in items if item not in twice]


@pytest.fixture
def database(request: pytest.FixtureRequest) -> str:
    """The kind of database that the test runs on."""
    chosen: str = request.config.getoption("--database")
    return getattr(request, "param", "sqlite" if chosen == "both" else chosen)
