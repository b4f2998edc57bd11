"""A walk through the pages as one person: every link to a page of ours, a few of each kind."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from tests.support.markup import parsed

STARTS = ("/", "/home", "/account")
LEAVES = ("/static/", "/demo")


@dataclass(frozen=True)
class Visit:
    """One page that was seen: its address, the endpoint that answered and the answer."""

    url: str
    endpoint: str
    response: TestResponse


def links(page: str) -> list[str]:
    """The addresses of the links on a page."""
    document = parsed(page)
    return [link.get("href") for link in document.iter("a") if link.get("href")]


def endpoint_of(app: Flask, url: str) -> str | None:
    """The endpoint that answers `url`, or None if it is not ours."""
    try:
        return app.url_map.bind("localhost").match(urlsplit(url).path, method="GET")[0]
    except HTTPException:
        return None


def walk(app: Flask, client: FlaskClient, *, each: int = 3, starts: tuple[str, ...] = STARTS) -> Iterator[Visit]:
    """Visit the pages that links lead to, at most `each` of every endpoint."""
    waiting, seen, visits = list(starts), set(starts), Counter[str]()
    while waiting:
        url = waiting.pop(0)
        endpoint = endpoint_of(app, url)
        if endpoint is None or visits[endpoint] >= each or url.startswith(LEAVES):
            continue
        visits[endpoint] += 1
        response = client.get(url)
        yield Visit(url, endpoint, response)
        if response.status_code in {301, 302, 303, 307, 308}:
            found = [response.location]
        elif response.mimetype == "text/html":
            found = links(response.text)
        else:
            found = []
        for target in found:
            address = urlsplit(urljoin(f"http://localhost{url}", target))
            page = address.path + (f"?{address.query}" if address.query else "")
            if address.netloc == "localhost" and page not in seen:
                seen.add(page)
                waiting.append(page)
