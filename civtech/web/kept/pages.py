"""A kept page, and the store of one process: bounded, and the pages that no one asked for longest go first."""

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache
from threading import Lock
from wsgiref.types import WSGIEnvironment

from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header, parse_etags

LONGEST_HEADER = 500  # characters of a header that we remember the meaning of
COMPRESSION = 6
VARIES = "Accept-Language, Accept-Encoding, Cookie"

Key = tuple[str, str, str, str, str]
"""Scheme, host, path, query and language."""
Headers = list[tuple[str, str]]


@dataclass(frozen=True)
class Page:
    """The body and headers of one page, from which edition it was built, and from when until when it is right."""

    endpoint: str
    body: bytes
    headers: tuple[tuple[str, str], ...]
    edition: int
    since: datetime
    until: datetime

    def is_right(self, edition: int, at: datetime) -> bool:
        """Whether nothing on it has changed. A clock that was put back makes it wrong too."""
        return self.edition == edition and self.since <= at < self.until

    @cached_property
    def digest(self) -> str:
        """The same in every process that builds this body."""
        return hashlib.sha256(self.body).hexdigest()[:32]

    @cached_property
    def compressed(self) -> bytes:
        """The body for those who accept gzip, made when it is first asked for."""
        return gzip.compress(self.body, COMPRESSION, mtime=0)

    @property
    def size(self) -> int:
        """How many bytes count for it: as it is, and compressed."""
        return 2 * len(self.body)

    def answer(self, environment: WSGIEnvironment) -> tuple[int, Headers, bytes]:
        """Status, headers and body for a request: nothing but a 304 if the reader has this page."""
        zipped = accepts_gzip(environment.get("HTTP_ACCEPT_ENCODING", ""))
        tag = f"{self.digest}-gzip" if zipped else self.digest
        headers = [
            *self.headers,
            ("Cache-Control", "public, no-cache"),
            ("ETag", f'"{tag}"'),
            ("Vary", VARIES),
        ]
        if parse_etags(environment.get("HTTP_IF_NONE_MATCH")).contains_weak(tag):
            return 304, headers, b""
        body = self.compressed if zipped else self.body
        headers += [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(body)))]
        return 200, headers + ([("Content-Encoding", "gzip")] if zipped else []), body


def accepts_gzip(header: str) -> bool:
    """Whether the reader prefers gzip to a body without a coding, by its Accept-Encoding header."""
    return len(header) <= LONGEST_HEADER and _accepts_gzip(header)


@lru_cache(maxsize=64)
def _accepts_gzip(header: str) -> bool:
    accepted = parse_accept_header(header, Accept)
    quality = accepted.quality("gzip")
    return bool(quality) and quality >= accepted.quality("identity")


class Store:
    """The pages that this process keeps, at most so many and so many bytes."""

    def __init__(self, most: int, most_bytes: int) -> None:
        self._most, self._most_bytes = most, most_bytes
        self._pages: OrderedDict[Key, Page] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._pages)

    def __iter__(self) -> Iterator[Key]:
        return iter(list(self._pages))

    def get(self, key: Key) -> Page | None:
        """The page under this key, right or not."""
        with self._lock:
            page = self._pages.get(key)
            if page is not None:
                self._pages.move_to_end(key)
            return page

    def keep(self, key: Key, page: Page) -> None:
        """Keep a page. It replaces the one that was kept under this key."""
        with self._lock:
            self._drop(key)
            self._pages[key] = page
            self._bytes += page.size
            while len(self._pages) > self._most or self._bytes > self._most_bytes:
                self._drop(next(iter(self._pages)))

    def clear(self) -> None:
        """Keep nothing."""
        with self._lock:
            self._pages.clear()
            self._bytes = 0

    def _drop(self, key: Key) -> None:
        if (page := self._pages.pop(key, None)) is not None:
            self._bytes -= page.size
