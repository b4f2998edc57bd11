"""How instants read."""

from datetime import UTC, datetime

import pytest

from civtech.web.display import instant


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (datetime(2027, 3, 12, 12, tzinfo=UTC), "noon on Friday 12 March 2027 (UK time)"),
        (datetime(2027, 3, 12, tzinfo=UTC), "midnight at the start of Friday 12 March 2027 (UK time)"),
        (datetime(2027, 6, 11, 23, tzinfo=UTC), "midnight at the start of Saturday 12 June 2027 (UK time)"),
        (datetime(2027, 3, 12, 17, 30, tzinfo=UTC), "5:30pm on Friday 12 March 2027 (UK time)"),
    ],
)
def test_an_instant_is_said_in_one_phrase_with_the_zone(app, when, said):
    with app.test_request_context():
        assert instant(when) == said
