from datetime import UTC, datetime, timedelta, timezone

import pytest

from civtech.core import clock


def test_the_clock_tells_the_time_in_utc():
    assert clock.now().tzinfo is UTC


def test_the_clock_stands_still_inside_the_block_and_runs_again_after_it():
    instant = datetime(2027, 3, 12, 12, tzinfo=UTC)
    with clock.at(instant):
        assert clock.now() == instant
    assert clock.now() != instant


def test_an_instant_of_another_zone_is_the_same_instant():
    noon_in_warsaw = datetime(2027, 3, 12, 12, tzinfo=timezone(timedelta(hours=1)))
    with clock.at(noon_in_warsaw):
        assert clock.now() == datetime(2027, 3, 12, 11, tzinfo=UTC)


def test_an_instant_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="zone"), clock.at(datetime(2027, 3, 12)):  # noqa: DTZ001
        pass
