"""Shared code for the load tests: a world with people signed in, and clients that send forms without a browser."""

import http.client
import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from typing import Any
from urllib.parse import urlencode

from flask import Flask
from itsdangerous import URLSafeTimedSerializer

import config
from civtech import create_app
from civtech.core.db import db
from civtech.core.references import new_token
from civtech.organisations.models import Organisation, OrganisationKind
from civtech.proposals.models import Proposal, digest_of
from civtech.proposals.models.bound import submitted
from civtech.web.seen import token
from tests.support.sessions import session_of
from tests.world import World

WORDS = "Sensors in the kerb listen to what passes."
URL_ENCODED = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Sender:
    """A browser on its own network."""

    cookie: str
    token: str
    network: str

    @classmethod
    def of(cls, app: Flask, session: dict[str, Any], network: str) -> "Sender":
        """A sender with a session and a form token that the server accepts."""
        raw = secrets.token_hex(20)
        value = app.session_interface.get_signing_serializer(app).dumps(session | {"csrf_token": raw})
        token = URLSafeTimedSerializer(app.config["SECRET_KEY"], salt="wtf-csrf-token").dumps(raw)
        return cls(f"{app.config['SESSION_COOKIE_NAME']}={value}", token, network)

    def request(self, path: str, form: dict[str, str]) -> bytes:
        """The form as the bytes of one request."""
        body = urlencode({"csrf_token": self.token, **form}).encode()
        head = (
            f"POST {path} HTTP/1.1\r\nHost: civtech.test\r\nConnection: close\r\nCookie: {self.cookie}\r\n"
            f"Content-Type: {URL_ENCODED}\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        return head.encode() + body


@dataclass(frozen=True)
class Sent:
    """One form: the instants between which its last byte was sent, the answer, and the seconds it took."""

    begun: float
    complete: float
    status: int
    text: str
    took: float


def sent(port: int, network: str, request: bytes, last_byte_at: float | None = None) -> Sent:
    """Send a request and wait for the answer. The last byte is not sent before `last_byte_at` on the system's clock."""
    with socket.create_connection(("127.0.0.1", port), timeout=60, source_address=(network, 0)) as connection:
        connection.sendall(request[:-1])
        if last_byte_at is not None:
            time.sleep(max(0.0, last_byte_at - time.time()))
        begun = time.time()
        connection.sendall(request[-1:])
        complete = time.time()
        answer = http.client.HTTPResponse(connection)
        answer.begin()
        text = answer.read().decode(errors="replace")
        return Sent(begun, complete, answer.status, text, time.time() - complete)


@dataclass(frozen=True)
class Form:
    """A form that is ready to send: its sender, address and values."""

    sender: Sender
    path: str
    fields: dict[str, str]

    def send(self, port: int, last_byte_at: float | None = None) -> Sent:
        return sent(port, self.sender.network, self.sender.request(self.path, self.fields), last_byte_at)


def saving(reference: str, sender: Sender, before: str, after: str) -> Form:
    """The form that saves new text in a section of a draft, in place of the text that its page showed."""
    return Form(sender, f"/proposals/{reference}/sections/idea", {"seen": digest_of({"body": before}), "body": after})


def signing_in(app: Flask, email: str, password: str, network: str) -> Form:
    """The sign-in form as a visitor sends it."""
    return Form(Sender.of(app, {}, network), "/sign-in", {"email": email, "password": password})


def ready_to_submit(app: Flask, world: World, teams: int) -> list[Form]:
    """A number of companies with complete proposals, and the forms with which their owners submit them."""
    written = [_written(world, number) for number in range(teams)]
    db.session.commit()
    return [
        Form(Sender.of(app, session_of(owner), network), path, fields)
        for (owner, path, fields), network in zip(written, networks(), strict=False)
    ]


def _written(world: World, number: int) -> tuple[str, str, dict[str, str]]:
    """A new company's proposal: its owner, and the address and values of its form for submitting."""
    owner, at = world.person(f"company{number}_owner"), world.at
    company = Organisation.create(
        kind=OrganisationKind.COMPANY, legal_name=f"{number} Harbour Works Ltd", by=owner, at=at
    )
    db.session.flush()
    proposal = Proposal.start(challenge=world.challenge, organisation=company, title="Quiet cables", by=owner, at=at)
    db.session.flush()
    proposal.describe(title="Quiet cables", summary="In short.", by=owner, at=at)
    for section in proposal.sections:
        proposal.write(key=section.key, body=WORDS, by=owner, at=at)
    db.session.flush()
    fields = {"idempotency_key": new_token(), "seen": token(submitted(proposal)), "declaration": "y"}
    return owner.fs_uniquifier, f"/proposals/{proposal.reference}/submission", fields


@contextmanager
def platform(settings: dict[str, str]) -> Iterator[Flask]:
    """The application on an empty database of its own, to build a world in and to check the results."""
    app = create_app(config.read(settings))
    with app.app_context():
        db.create_all()
        try:
            yield app
        finally:
            db.session.remove()
            db.engine.dispose()


def verify(settings: dict[str, str]) -> None:
    """Check the audit log and the ledger with the commands for operators."""
    for command in ("audit", "ledger"):
        subprocess.run(
            [sys.executable, "-m", "flask", command, "verify"],
            cwd=config.ROOT,
            env=os.environ | settings,
            stdout=subprocess.DEVNULL,
            check=True,
        )


def networks() -> Iterator[str]:
    """Addresses of this machine, one for each client, so that limits by network count each client separately."""
    return (f"127.0.{number // 250 + 1}.{number % 250 + 1}" for number in count())
