"""How often one network may report problems, and one person download their data: enough for people, not for floods."""

from flask import Flask

from civtech.accounts.sign_in.limits import Limits, View, network
from civtech.web.actor import actor

REPORTS_AN_HOUR = 5
DOWNLOADS_AN_HOUR = 10


def _person() -> str:
    return actor().reference or network()


def init(app: Flask) -> None:
    limits = Limits(app)
    for endpoint, an_hour, key in (
        ("privacy.report_problem", REPORTS_AN_HOUR, network),
        ("privacy.download", DOWNLOADS_AN_HOUR, _person),
    ):
        view: View = app.view_functions[endpoint]
        limit = f"{an_hour * limits.factor}/hour"
        app.view_functions[endpoint] = limits.limiter.limit(limit, key_func=key, methods=["POST"])(view)
