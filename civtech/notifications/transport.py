"""Transports at MAIL_URL: a folder of .eml files, or an SMTP server. Every wait has a limit."""

import os
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Protocol
from urllib.parse import parse_qs, unquote, urlsplit

import config

TIMEOUT = 10.0  # seconds for each exchange with the server
EXCHANGES = 5  # of one message: greeting, sender, recipient, the announcement of its text, and the text
PERMANENT = 500  # RFC 5321: do not retry after a 5yz reply


class ServerAway(Exception):
    """Nothing can be sent at the moment, whatever the message."""


class NotTaken(Exception):
    """This message was refused; `for_good` if a retry is pointless. Otherwise the channel may be broken too."""

    def __init__(self, why: str, *, for_good: bool) -> None:
        super().__init__(why)
        self.for_good = for_good


class Channel(Protocol):
    """An open connection or folder."""

    def send(self, message: EmailMessage) -> None:
        """Send the message, or raise `NotTaken`. A full folder raises `ServerAway`."""


class Transport(Protocol):
    """A transport that can be opened, or raises `ServerAway`."""

    def open(self) -> AbstractContextManager[Channel]: ...


@dataclass(frozen=True)
class Folder:
    """A folder of files named after the Message-ID, so that a repeat replaces the first file."""

    path: Path

    @contextmanager
    def open(self) -> Iterator[Channel]:
        try:
            self.path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ServerAway(str(error)) from error
        yield self

    def send(self, message: EmailMessage) -> None:
        name = message["Message-ID"].strip("<>").replace("/", "_")
        try:
            unfinished = self.path / f".{name}.{os.getpid()}"
            with unfinished.open("wb") as file:
                file.write(message.as_bytes(policy=SMTP))
                file.flush()
                os.fsync(file.fileno())
            unfinished.replace(self.path / f"{name}.eml")
        except OSError as error:
            raise ServerAway(str(error)) from error


@dataclass(frozen=True)
class Server:
    """An SMTP server. TLS from the start with `smtps`; with `smtp` as soon as the server offers it.

    A password never travels unencrypted, unless MAIL_URL ends in `?tls=off`.
    """

    host: str
    port: int
    user: str | None
    password: str | None
    implicit_tls: bool
    tls: bool
    timeout: float = TIMEOUT

    @contextmanager
    def open(self) -> Iterator[Channel]:
        try:
            connection = self._connect()
        except (OSError, smtplib.SMTPException) as error:
            raise ServerAway(f"{type(error).__name__}: {error}") from error
        try:
            yield _Session(connection)
        finally:
            connection.close()

    def _connect(self) -> smtplib.SMTP:
        trusted = ssl.create_default_context()
        if self.implicit_tls:
            connection: smtplib.SMTP = smtplib.SMTP_SSL(self.host, self.port, timeout=self.timeout, context=trusted)
        else:
            connection = smtplib.SMTP(self.host, self.port, timeout=self.timeout)
        try:
            connection.ehlo_or_helo_if_needed()
            encrypted = self.implicit_tls
            if self.tls and not encrypted and connection.has_extn("starttls"):
                connection.starttls(context=trusted)
                encrypted = True
            if self.user is not None:
                if self.tls and not encrypted:
                    raise smtplib.SMTPNotSupportedError("The server offers no encryption for the password.")
                connection.login(self.user, self.password or "")
        except BaseException:
            connection.close()
            raise
        return connection


@dataclass(frozen=True)
class _Session:
    connection: smtplib.SMTP

    def send(self, message: EmailMessage) -> None:
        try:
            self.connection.send_message(message)
        except smtplib.SMTPRecipientsRefused as error:
            code, why = next(iter(error.recipients.values()))
            raise NotTaken(f"{code} {_text(why)}", for_good=code >= PERMANENT) from error
        except smtplib.SMTPDataError as error:
            raise NotTaken(
                f"{error.smtp_code} {_text(error.smtp_error)}", for_good=error.smtp_code >= PERMANENT
            ) from error
        except (smtplib.SMTPNotSupportedError, UnicodeError, ValueError) as error:
            raise NotTaken(f"{type(error).__name__}: {error}", for_good=True) from error
        except (OSError, smtplib.SMTPException) as error:
            raise NotTaken(f"{type(error).__name__}: {error}", for_good=False) from error


def _text(reply: bytes | str) -> str:
    return reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply


def transport(url: str) -> Transport:
    """Return the transport at MAIL_URL, or raise `ValueError` if that names none."""
    parts = urlsplit(url)
    if parts.scheme == "file":
        named = Path(parts.netloc + parts.path)
        return Folder(named if named.is_absolute() else config.ROOT / named)
    if parts.scheme in {"smtp", "smtps"} and parts.hostname:
        implicit = parts.scheme == "smtps"
        return Server(
            host=parts.hostname,
            port=parts.port or (465 if implicit else 25),
            user=unquote(parts.username) if parts.username else None,
            password=unquote(parts.password) if parts.password else None,
            implicit_tls=implicit,
            tls=parse_qs(parts.query).get("tls") != ["off"],
        )
    raise ValueError("MAIL_URL must begin with file://, smtp:// or smtps://.")
