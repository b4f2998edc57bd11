"""`python -m tests.timing`: whether the time of an answer reveals if an address has an account.

The application runs as in production, on a database of its own. At each form we try an unknown address and an account
of each kind in turn. Each try is a new browser from another network, so every limit can stay on.
Prints the median answer times in milliseconds, with the wait of production and without it, to show what the wait hides.
Ends with 1 if, with the wait, two kinds of address differ by more than `FURTHEST_APART` milliseconds.
"""

import re
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from ipaddress import IPv4Address
from itertools import count
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from flask import Flask
from flask.testing import FlaskClient
from flask_security import hash_password

from civtech import create_app
from civtech.core import clock
from civtech.core.db import db, unit_of_work
from civtech.people.models import User
from civtech.people.sign_in import gated_views
from tests.bench.measuring import timed
from tests.support.client import Client, settings_for

TRIES = 200
FURTHEST_APART = 10.0
PASSWORD = "three green boats sing"
HOST = "timing.example"
UNKNOWN, CONFIRMED, UNCONFIRMED, WITHOUT_PASSWORD = "unknown", "known", "unconfirmed", "no password"
DOORS = {
    "/sign-in": (UNKNOWN, CONFIRMED, UNCONFIRMED, WITHOUT_PASSWORD),
    "/new-password": (UNKNOWN, CONFIRMED, UNCONFIRMED, WITHOUT_PASSWORD),
    "/sign-up": (UNKNOWN, CONFIRMED, UNCONFIRMED, WITHOUT_PASSWORD),
}
Medians = dict[str, float]


def registered() -> None:
    """Register an account of each kind for every try."""
    at, password = clock.now(), hash_password(PASSWORD)
    kinds = {
        CONFIRMED: {"password": password, "confirmed_at": at},
        UNCONFIRMED: {"password": password},
        WITHOUT_PASSWORD: {"confirmed_at": at},
    }
    with unit_of_work():
        for kind, details in kinds.items():
            for number in range(TRIES):
                User.register(name="Ada Lovelace", email=address(kind, number), at=at, **details)


def address(kind: str, number: int) -> str:
    return f"{kind.replace(' ', '-')}-{number}@example.org"


def networks() -> Iterator[str]:
    return (str(IPv4Address("10.0.0.0") + number) for number in count(1))


def tried(client: FlaskClient, door: str, email: str, network: str) -> float:
    """Milliseconds until the form at `door`, sent with a wrong password, is answered."""
    sent = {"base_url": f"https://{HOST}", "environ_base": {"REMOTE_ADDR": network}}
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get(door, **sent).text)
    assert token
    form = {"name": "Ada", "email": email, "password": "some other words", "csrf_token": token.group(1)}
    answers: list[int] = []

    def send() -> None:
        referrer = {"Referer": f"https://{HOST}{door}"}
        answers.append(client.post(door, data=form, headers=referrer, **sent).status_code)

    took = timed(send)
    assert answers == [422 if door == "/sign-in" else 302], (door, email, answers)
    return took


def medians(app: Flask, door: str, where: Iterator[str], first: int) -> Medians:
    """The median for each kind of address. The unknown ones, numbered from `first`, were never registered before."""
    times: dict[str, list[float]] = {kind: [] for kind in DOORS[door]}
    for number in range(TRIES):
        for kind, found in times.items():
            email = address(kind, number + first if kind == UNKNOWN else number)
            found.append(tried(app.test_client(), door, email, next(where)))
    return {kind: median(found) for kind, found in times.items()}


def measured(door: str) -> tuple[Medians, Medians]:
    """The medians at one door, with the wait and without it."""
    with TemporaryDirectory() as place:
        production = {"CIVTECH_ENV": "production", "SERVER_NAME": HOST}
        app = create_app(settings_for(f"sqlite:///{place}/timing.db", Path(place), **production))
        app.test_client_class = Client
        with app.app_context():
            db.create_all()
            registered()
            db.session.remove()
        at_door = partial(medians, app, door, networks())
        waiting = at_door(0)
        gated_views.SECONDS_AT_LEAST = 0.0
        hurrying = at_door(TRIES)
        with app.app_context():
            db.engine.dispose()
        return waiting, hurrying


def told(door: str, waiting: Medians, hurrying: Medians) -> float:
    """Print the medians at a door. Returns how far an address differs from the unknown one with the wait, at most."""
    print(f"\n{door:24}{'with wait':>12}{'apart':>8}{'without':>12}{'apart':>8}")
    for kind in waiting:
        columns = "".join(f"{by[kind]:12.1f}{by[kind] - by[UNKNOWN]:8.1f}" for by in (waiting, hurrying))
        print(f"  {kind:22}{columns}")
    return max(abs(took - waiting[UNKNOWN]) for took in waiting.values())


def main() -> int:
    print(f"Median milliseconds of {TRIES} tries for each kind of address, tried in turn")
    with ProcessPoolExecutor(len(DOORS), mp_context=get_context("spawn")) as everywhere:
        results = dict(zip(DOORS, everywhere.map(measured, DOORS), strict=True))
    furthest = max(told(door, *result) for door, result in results.items())
    print(f"\nFurthest apart with the wait: {furthest:.1f} ms; {FURTHEST_APART:.0f} ms are allowed.")
    return int(furthest > FURTHEST_APART)


if __name__ == "__main__":
    sys.exit(main())
