"""The memory of the processes that serve pages, as they start and while they answer many different requests.

The server runs as in production. We count what a process has for itself and its share of what it has in common with
others (PSS). Only Linux says how much that is.
"""

import http.client
import random
import sqlite3
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

import config
from civtech import create_app
from civtech.core.db import db
from civtech.people.demonstration import DOMAIN
from tests.bench.tables import Row, against
from tests.load import Sender
from tests.support.demonstration import everybody, first_of, played
from tests.support.server import environment, served
from tests.support.sessions import session_of
from tests.support.walk import walk

COLUMNS = ("requests", "largest MiB", "most", "mean MiB", "own MiB", "growth")
REQUESTS, STEP = 20_000, 2_000
MOST, MOST_GROWTH = 110.0, 2.0  # MiB, and per cent over the second half
CLIENTS = 4
KEPT_ALIVE = 50  # requests on one connection, so that every process gets its share
NETWORKS = 250  # so that no limit by network is reached
HOST = "civtech.test"
ROLES = ("staff", "finance", "auditor", "sponsor", "judge", "company")
ODD = (
    *(
        "/nowhere/{number}",
        "/challenges/no-such-challenge-{number}",
        "/proposals/P-0000-0000",
        "/%00",
        "/challenges?after=%00",
    ),
    *(
        "/challenges?phase={number}&round=%C3%A9",
        "/register?after=-{number}",
        "/audit/999999999{number}",
        "/%F0%9F%8C%8A/{number}",
    ),
    *("/static/build/none-{number}.css", "/sign-in?next=//elsewhere.example/{number}", "/challenges/manage?state=x"),
)
"""Addresses that lead nowhere, or that only machines make up."""


@dataclass(frozen=True)
class Used:
    """The memory of the server's processes in MiB: the largest share and the mean, and what is a process's own."""

    largest: float
    mean: float
    own: float

    @classmethod
    def by(cls, processes: list[int]) -> "Used":
        """What these processes use now."""
        found = [_memory(process) for process in processes]
        shares = [each["Pss"] for each in found]
        own = [each["Private_Clean"] + each["Private_Dirty"] for each in found]
        return cls(max(shares), mean(shares), max(own))


def _memory(process: int) -> dict[str, float]:
    lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()[1:]
    return {name: int(size.split()[0]) / 1024 for name, _colon, size in (line.partition(":") for line in lines)}


def children(process: int) -> list[int]:
    """The processes that the server's first one started."""
    return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def prepared(place: Path) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """A production server's settings, and the requests to send: a cookie, which may be empty, and an address."""
    app = played(place / "memory.db", place)
    clients = {who.partition(".")[0]: client for who, client in reversed(everybody(app).items())}
    found = {who: [visit.url for visit in walk(app, clients[who], each=5)] for who in ("visitor", *ROLES)}
    identities = {who: first_of(app, who)[1] for who in ROLES}
    with sqlite3.connect(place / "memory.db") as connection:
        triggers = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'person'"
        )
        for name, _sql in triggers.fetchall():
            connection.execute(f'DROP TRIGGER "{name}"')
        connection.execute("UPDATE person SET email = replace(email, ?, 'people.example')", (DOMAIN,))
    settings = environment(
        f"sqlite:///{place}/memory.db", place, CIVTECH_ENV="production", SERVER_NAME=HOST, TRUSTED_PROXIES="1"
    )
    serving = create_app(config.read(settings))
    with serving.app_context():
        cookies = {who: Sender.of(serving, session_of(identity), "").cookie for who, identity in identities.items()}
        db.session.remove()
        db.engine.dispose()
    return settings, [(cookies.get(who, ""), url) for who, urls in found.items() for url in urls]


def sent(port: int, requests: list[tuple[str, str]], seed: int) -> Counter[int]:
    """Send requests over connections that are kept alive. Counts the answers by status."""
    chance, statuses = random.Random(seed), Counter[int]()
    for first in range(0, len(requests), KEPT_ALIVE):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        for cookie, path in requests[first : first + KEPT_ALIVE]:
            headers = {
                "Host": HOST,
                "X-Forwarded-Proto": "https",
                "X-Forwarded-Host": HOST,
                "X-Forwarded-For": f"10.0.{chance.randrange(NETWORKS)}.1",
            }
            connection.request("GET", path, headers=headers | ({"Cookie": cookie} if cookie else {}))
            answer = connection.getresponse()
            answer.read()
            statuses[answer.status] += 1
        connection.close()
    return statuses


def rows(place: Path, requests: int = REQUESTS, step: int = STEP) -> Iterator[Row]:
    """Measure the fresh server, and again after every `step` requests."""
    settings, known = prepared(place)
    chance, statuses = random.Random(2016), Counter[int]()
    halfway: Used | None = None
    with served(settings) as server, ThreadPoolExecutor(CLIENTS) as clients:
        processes = children(server.process.pid)
        yield _row("fresh", Used.by(processes), None)
        for done in range(step, requests + 1, step):
            mixed = [
                (cookie, chance.choice(ODD).format(number=chance.randrange(10**6)) if chance.random() < 0.1 else url)
                for cookie, url in chance.choices(known, k=step)
            ]
            parts = [mixed[number::CLIENTS] for number in range(CLIENTS)]
            for counted in clients.map(sent, [server.port] * CLIENTS, parts, range(CLIENTS)):
                statuses += counted
            used = Used.by(processes)
            yield _row(f"{done:,}", used, halfway)
            if halfway is None and done >= requests / 2:
                halfway = used
        assert children(server.process.pid) == processes, "a process was replaced"
    yield (f"Answers by status: {', '.join(f'{status}: {count:,}' for status, count in sorted(statuses.items()))}",)


def _row(done: str, used: Used, halfway: Used | None) -> Row:
    growth = against(100 * (used.mean / halfway.mean - 1), MOST_GROWTH) + " %" if halfway else ""
    return (done, against(used.largest, MOST), f"{MOST:.0f}", f"{used.mean:.1f}", f"{used.own:.1f}", growth)
