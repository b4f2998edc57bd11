"""E4: a time is understood as pages write it, and as people do."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from civtech.core.digits import in_ordinary_digits
from civtech.web import formats
from civtech.web.display import instant, local_moment, zone
from civtech.web.fields.local_time import read_instant, read_time
from civtech.web.translation import in_language, language
from tests.web.test_fields import moment, sent

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("typed", "hours"),
    [
        ("noon", 12), ("12 noon", 12), ("12:00 noon", 12), ("Midday", 12), ("12\u00a0midday", 12),
        ("12 pm", 12), ("", 12),
        ("midnight", 0), ("12 midnight", 0), ("12.00 Midnight", 0), ("12am", 0), ("0:00", 0), ("00.00", 0),
        ("midnight at the start", 0), ("24:00", 24), ("24.00", 24), ("midnight at the end of the day", 24),
        ("5pm", 17), ("5.30 pm", 17.5), ("5:30\u202fPM", 17.5), ("5.30 p.m.", 17.5), ("17:00", 17), ("17.00", 17),
        (" 9 : 30 ", 9.5), ("9:30 a.m.", 9.5), ("17:30:00", 17.5),
    ],
)  # fmt: skip
def test_e4_a_time_is_read_as_people_write_it(app: Flask, typed: str, hours: float) -> None:
    with app.test_request_context("/"):
        assert read_time(typed) == hours * HOUR


@pytest.mark.parametrize("typed", ["25:00", "24:01", "24", "17", "13pm", "noonish", "11 noon", "12:30 noon", "0 noon"])
def test_e4_any_other_time_is_refused(app: Flask, typed: str) -> None:
    with app.test_request_context("/"), pytest.raises(ValueError, match="Enter a time"):
        read_time(typed)


def test_e4_the_end_of_a_day_is_shown_as_the_start_of_the_next(app: Flask) -> None:
    form = sent(app, **moment(day="31", month="12", time="24:00"))
    assert form.at.data == datetime(2028, 1, 1, tzinfo=UTC)
    assert form.at.shown() == ["1", "1", "2028", "00:00"]
    with app.test_request_context("/"):
        assert instant(form.at.data).startswith("midnight at the start of Saturday 1 January 2028")
    form = sent(app, **moment(time="midnight"))
    assert (form.at.data, form.at.shown()) == (datetime(2027, 3, 27, tzinfo=UTC), ["27", "3", "2027", "00:00"])


def test_e4_what_cannot_be_read_is_shown_as_it_was_typed(app: Flask) -> None:
    form = sent(app, **moment(time="soon"))
    assert form.at.shown() == ["27", "3", "2027", "soon"]


WHOLE_MINUTES = st.integers(0, 60 * 24 * 366 * 3).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


def happens_twice(local: datetime) -> bool:
    """Whether the local time happens twice, so that a form asks for another."""
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(WHOLE_MINUTES, st.sampled_from(["en_GB", "cy", "gd", "de", "en_US", "fr", "ar_EG", "ja"]))
def test_e4_whatever_pages_write_for_an_instant_can_be_typed_back(app: Flask, when: datetime, spoken: str) -> None:
    with app.test_request_context("/"), in_language(spoken):
        local = when.astimezone(zone())
        if happens_twice(local):
            return
        shown = [local_moment(when).split(", ")[-1].split(" (")[0], f"{local:%H:%M}", f"{local:%H.%M}"]
        shown.append(formats.time_of_day(local, language().locale))
        if spoken == "en_GB":
            shown += re.split(" on | of ", instant(when))[:1]
        for typed in shown:
            assert read_instant(local.date(), in_ordinary_digits(typed)) == when
