"""E10: an instant for machines has no more digits than HTML allows; an act has a fraction of a second, as in life."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from civtech.web.display import iso
from tests.architecture.test_pages import MACHINE_READ


@pytest.mark.parametrize(
    "when",
    [
        datetime(2026, 11, 30, 5, 55, 51, 75010, tzinfo=UTC),
        datetime(2026, 11, 30, 5, 55, tzinfo=UTC),
        datetime(2026, 11, 30, 5, 55, 51, 999999, tzinfo=UTC) + timedelta(microseconds=1),
        date(2026, 11, 30),
    ],
    ids=str,
)
def test_e10_it_is_valid(when: date) -> None:
    assert MACHINE_READ["datetime"].fullmatch(iso(when))
    assert not re.search(r"\.", iso(when))


@pytest.mark.parametrize("wrong", ["2026-11-30T05:55:51.075010+00:00", "2026-11-30T05:55:51", "30 November 2026", ""])
def test_e10_the_check_of_pages_refuses_any_other(wrong: str) -> None:
    assert not MACHINE_READ["datetime"].fullmatch(wrong)
