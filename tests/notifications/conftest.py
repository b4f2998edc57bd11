"""A real mail server, and people to write to."""

import asyncio
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from flask import Flask

from civtech.core.db import db
from civtech.people.models import User

Answer = Callable[[EmailMessage], str | None]


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass
class PostOffice:
    """A mail server on a port of its own: keeps what it took, and answers as it is told to."""

    taken: list[EmailMessage] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    answer: Answer = lambda _message: None
    refuse: dict[str, str] = field(default_factory=dict)
    slow: float = 0.0
    port: int = field(default_factory=free_port)
    controller: Controller | None = None

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.slow:
            await asyncio.sleep(self.slow)
        message = message_from_bytes(envelope.content, policy=policy.default)
        said = self.answer(message)
        if said == "drop":
            server.transport.abort()
            return "421 gone"
        if said:
            return said
        self.taken.append(message)
        self.raw.append(envelope.content)
        return "250 taken"

    def start(self) -> None:
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self.controller.start()

    def stop(self) -> None:
        if self.controller is not None:
            self.controller.stop()
            self.controller = None

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"


@pytest.fixture
def post_office() -> Iterator[PostOffice]:
    """A running mail server."""
    office = PostOffice()
    office.start()
    yield office
    office.stop()


@pytest.fixture
def mailing(app: Flask, post_office: PostOffice) -> Iterator[PostOffice]:
    """The application sends to the mail server."""
    before = app.config["MAIL_URL"]
    app.config["MAIL_URL"] = post_office.url
    yield post_office
    app.config["MAIL_URL"] = before


@pytest.fixture
def people(app: Flask, now: datetime) -> list[User]:
    """Three people."""
    found = [
        User.register(name=name, email=f"{name.lower()}@people.example", confirmed_at=now, at=now)
        for name in ("Ada", "Ben", "Cai")
    ]
    db.session.commit()
    return found
