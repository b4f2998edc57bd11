"""What changes by the clock shows at its instant, although nothing happens then."""

import random
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from civtech.core import clock
from civtech.core.db import db
from civtech.core.windows import next_turn
from civtech.web.formats import distance, distance_until
from tests.factories.verbs import DAY
from tests.world import Age, World

MOMENT = timedelta(microseconds=1)
ENGLISH = Locale("en", "GB")
YEARS = 4 * 365 * DAY
UNIT_EDGES = [
    count * unit // 2 for unit in (1, 60, 3600, 86400, 604800, 2592000, 31536000) for count in (1, 2, 3, 5, 7, 12)
]


NOW = datetime(2027, 3, 20, 9, 30, tzinfo=UTC)
"""Eight days before clocks go forward in London."""
LONDON, AUCKLAND = ZoneInfo("Europe/London"), ZoneInfo("Pacific/Auckland")


@given(
    st.one_of(
        st.timedeltas(-YEARS, YEARS),
        st.timedeltas(-2 * DAY, 2 * DAY),
        st.timedeltas(timedelta(minutes=-3), timedelta(minutes=3)),
        st.builds(
            lambda edge, sign, off: timedelta(seconds=sign * edge, microseconds=off),
            st.sampled_from(UNIT_EDGES),
            st.sampled_from([-1, 1]),
            st.sampled_from([-1_000_001, -1_000_000, -999_999, -1, 0, 1, 999_999, 1_000_000]),
        ),
    ),
    st.integers(0, 20 * 24),
    st.floats(0, 1),
    st.sampled_from([LONDON, AUCKLAND]),
)
def test_the_words_for_a_distance_stay_until_we_say_and_change_then(
    apart: timedelta, hours: int, share: float, zone: ZoneInfo
) -> None:
    now = NOW + timedelta(hours=hours)
    when = now + apart
    ends = distance_until(when, now, zone)
    assert ends > now
    words = distance(when, now, zone, ENGLISH)
    assert distance(when, now + (ends - MOMENT - now) * share, zone, ENGLISH) == words
    assert distance(when, ends - MOMENT, zone, ENGLISH) == words
    if abs(apart) < DAY:
        assert distance(when, ends, zone, ENGLISH) != words


@pytest.mark.parametrize(
    ("apart", "words"),
    [
        ({"days": 45}, "in 6 weeks"),
        ({"days": 100}, "in 3 months"),
        ({"days": 365}, "in 12 months"),
        ({"days": 800}, "in 2 years"),
        ({"days": 13}, "in 13 days"),
        ({"days": 14}, "in 2 weeks"),
        ({"days": 1}, "in 1 day"),
        ({"hours": 23, "minutes": 59}, "in 23 hours"),
        ({"seconds": 71}, "in 1 minute"),
        ({"days": -20}, "3 weeks ago"),
        ({"minutes": -61}, "1 hour ago"),
    ],
)
def test_a_distance_has_the_unit_that_people_would_use(apart: dict[str, int], words: str) -> None:
    assert distance(NOW + timedelta(**apart), NOW, LONDON, ENGLISH) == words


@pytest.mark.parametrize("zone", [LONDON, AUCKLAND])
@pytest.mark.parametrize("days", [2, 7, 8, 9, 40])
def test_two_deadlines_on_one_day_of_the_calendar_have_the_same_words(days: int, zone: ZoneInfo) -> None:
    now = datetime(2027, 3, 20, 15, 0, tzinfo=zone)
    on_that_day = [datetime(2027, 3, 20, hour, 30, tzinfo=zone) + days * DAY for hour in (0, 9, 14, 15, 23)]
    assert len({distance(when, now, zone, ENGLISH) for when in on_that_day}) == 1


@pytest.fixture
def world(worlds: Any, now: Any) -> World:
    return worlds(Age.PUBLISHED)


def turns_at(visitor: Any, url: str, instant: datetime) -> None:
    """Check that the page kept a moment before `instant` is another one at `instant`, and not before."""
    with clock.at(instant - timedelta(milliseconds=500)):
        before = visitor.get(url).text
    with clock.at(instant - MOMENT):
        assert not visitor.builds(url)
    with clock.at(instant):
        after = visitor.get(url).text
        assert after == visitor.fresh(url).text
    assert after != before


@pytest.mark.both_databases("types")
@pytest.mark.parametrize("url", ["/", "/challenges", "/register", "/challenges/{slug}", "/register/{slug}"])
def test_a_challenge_closes_on_every_page_at_its_instant(world: World, visiting: Any, url: str) -> None:
    turns_at(visiting(), url.format(slug=world.challenge.slug), world.challenge.closes_at)


def test_a_challenge_opens_and_its_questions_close_on_time(world: World, visiting: Any) -> None:
    later = world.published(opens=3, closes=20)
    visitor, url = visiting(), f"/challenges/{later.slug}"
    turns_at(visitor, url, later.opens_at)
    turns_at(visitor, url, later.questions_close_at)
    turns_at(visitor, "/challenges?phase=open", later.closes_at)


def test_a_page_without_any_date_turns_when_a_challenge_closes(world: World, visiting: Any) -> None:
    """No words on it say when it turns, and questions close at another time, so only the declared column tells."""
    later = world.published(opens=3, closes=20)
    turns_at(visiting(), "/challenges?phase=closed", later.closes_at)


def test_the_time_left_turns_when_its_words_do(world: World, visiting: Any) -> None:
    """Less than a day is counted in hours: “in 1 day” becomes “in 23 hours”."""
    turns_at(visiting(), "/", world.challenge.closes_at - DAY + MOMENT)


def test_the_last_three_days_are_urgent_from_their_beginning(world: World, visiting: Any) -> None:
    url, begins = f"/challenges/{world.challenge.slug}", world.challenge.closes_at - 3 * DAY + MOMENT
    turns_at(visiting(), url, begins)
    visitor = visiting()
    with clock.at(begins - MOMENT):
        assert "closing--urgent" not in visitor.get(url).text
    with clock.at(begins):
        assert "closing--urgent" in visitor.get(url).text


@pytest.mark.parametrize(("month", "midnight"), [(1, 0), (6, 23)])
def test_no_page_lasts_beyond_midnight_in_the_programmes_zone(
    worlds: Any, visiting: Any, now: Any, month: int, midnight: int
) -> None:
    worlds(Age.PREPARED)
    visitor = visiting()
    day = datetime(2028, month, 15, 12, tzinfo=UTC)
    ends = datetime(2028, month, 16, 0, tzinfo=UTC) if midnight == 0 else datetime(2028, month, 15, 23, tzinfo=UTC)
    with clock.at(day):
        visitor.get("/rights")
    with clock.at(ends - MOMENT):
        assert not visitor.builds("/rights")
    with clock.at(ends):
        assert visitor.builds("/rights")


def test_a_clock_that_is_put_back_makes_pages_new(world: World, visiting: Any) -> None:
    visitor = visiting()
    visitor.get("/")
    with clock.at(world.at - timedelta(seconds=1)):
        assert visitor.builds("/")


def test_at_any_instant_a_kept_page_is_the_page_built_then(world: World, visiting: Any) -> None:
    world.published(opens=1, closes=3)
    world.published(opens=2.5, closes=11)
    visitor, seed = visiting(), random.randrange(10**6)
    rng, at = random.Random(seed), world.at
    urls = ["/", "/challenges", "/challenges?phase=open", "/register", f"/challenges/{world.challenge.slug}"]
    kept = 0
    for _step in range(60):
        at += timedelta(seconds=rng.choice([1, 20, 600, 7200, 40_000]) * rng.random())
        url = rng.choice(urls)
        with clock.at(at):
            kept += not visitor.builds(url)
            assert visitor.get(url).text == visitor.fresh(url).text, (seed, at, url)
    assert kept > 5, seed


def test_the_next_turn_is_the_first_declared_instant_after_now(app: Any, world: World) -> None:
    later = world.published(opens=2, closes=4)
    db.session.commit()
    instants = [later.opens_at, later.questions_close_at, later.closes_at]
    found, at = [], world.at
    while (at := db.session.scalar(next_turn(), {"at": at})) is not None:
        found.append(at)
    assert found == sorted({*instants, world.challenge.closes_at, world.challenge.questions_close_at})
