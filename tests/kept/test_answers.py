"""How kept pages are sent, to whom, and at which addresses."""

import gzip
import re
from typing import Any

import pytest
from sqlalchemy import text

from civtech.core.db import db
from civtech.web.headers import EVERYWHERE
from tests.kept.conftest import PROVES, Visitor
from tests.world import Age

PAGE = "/how-it-works"


@pytest.fixture
def world(worlds: Any, now: Any) -> Any:
    return worlds(Age.PUBLISHED)


@pytest.fixture
def visitor(world: Any, visiting: Any) -> Visitor:
    return visiting()


def test_a_page_is_built_once_and_has_every_header_both_times(visitor: Visitor) -> None:
    first, second = visitor.get("/"), visitor.get("/")
    assert visitor.built == 1
    assert first.data == second.data
    for answer in (first, second):
        headers = dict(answer.headers)
        assert len(headers.pop("X-Request-ID")) == 16
        assert headers.pop("ETag").startswith('"')
        assert headers.pop("Content-Length") == str(len(answer.data))
        assert headers.pop("Content-Security-Policy").startswith("default-src 'none'; script-src 'self';")
        assert headers == EVERYWHERE | {
            "Cache-Control": "public, no-cache",
            "Content-Type": "text/html; charset=utf-8",
            "Vary": "Accept-Language, Accept-Encoding, Cookie",
        }
    assert first.headers["X-Request-ID"] != second.headers["X-Request-ID"]


def test_over_https_kept_pages_ask_for_https_too(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(visitor.app.config, "HTTPS", True)
    visitor.get(PAGE)
    assert visitor.get(PAGE).headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert visitor.built == 1


def test_i10_the_request_id_is_our_own(visitor: Visitor) -> None:
    visitor.get(PAGE)
    for offered in ("abcd-1234-efgh", "<script>", "f" * 5000):
        ours = visitor.get(PAGE, X_Request_ID=offered).headers["X-Request-ID"]
        assert re.fullmatch("[0-9a-f]{16}", ours)


@pytest.mark.parametrize("sent", ['"{tag}"', 'W/"{tag}"', '"other", "{tag}"', "*"])
@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_who_has_the_page_gets_nothing_but_a_304(visitor: Visitor, sent: str, encoding: str) -> None:
    tag = visitor.get(PAGE, Accept_Encoding=encoding).headers["ETag"].strip('"')
    answer = visitor.get(PAGE, Accept_Encoding=encoding, If_None_Match=sent.format(tag=tag))
    assert (answer.status_code, answer.data) == (304, b"")
    assert answer.headers["ETag"] == f'"{tag}"'
    assert answer.headers["Cache-Control"] == "public, no-cache"
    assert answer.headers["Vary"]
    visitor.store.clear()
    answer = visitor.get(PAGE, Accept_Encoding=encoding, If_None_Match=sent.format(tag=tag))
    assert (answer.status_code, answer.data, answer.headers["ETag"]) == (304, b"", f'"{tag}"')


def test_another_tag_gets_the_page(visitor: Visitor) -> None:
    plain = visitor.get(PAGE).headers["ETag"]
    assert visitor.get(PAGE, If_None_Match='"other"').status_code == 200
    assert visitor.get(PAGE, If_None_Match=plain, Accept_Encoding="gzip").status_code == 200


@pytest.mark.parametrize(
    ("header", "zipped"),
    [
        ("gzip, deflate, br", True),
        ("*", True),
        ("gzip;q=0.5", True),
        ("gzip;q=0", False),
        ("identity", False),
        ("identity;q=1, gzip;q=0.2", False),
        ("gzip;q=0, *", False),
        ("", False),
        ("gzip, " * 200, False),
    ],
)
def test_those_who_accept_it_get_it_compressed(visitor: Visitor, header: str, zipped: bool) -> None:
    plain = visitor.get(PAGE)
    answer = visitor.get(PAGE, Accept_Encoding=header)
    assert (answer.headers.get("Content-Encoding") == "gzip") is zipped
    assert (gzip.decompress(answer.data) if zipped else answer.data) == plain.data
    assert (answer.headers["ETag"] == plain.headers["ETag"]) is not zipped


def test_head_has_the_headers_of_the_page_and_no_body(visitor: Visitor) -> None:
    built = visitor.client.head(PAGE)
    kept = visitor.client.head(PAGE)
    page = visitor.get(PAGE)
    assert visitor.built == 1
    for answer in (built, kept):
        assert answer.data == b""
        for name in ("ETag", "Content-Length", "Content-Type", "Cache-Control", "Vary"):
            assert answer.headers[name] == page.headers[name]


@pytest.mark.parametrize(
    "headers",
    [
        PROVES,
        {"Cookie": "civtech=nothing"},
        {"Cookie": "other=1; civtech=nothing"},
        {"Cookie": "remember_token=1"},
        {"Host": "evil.example"},
        {"Accept-Language": "en;q=0.1," * 100},
    ],
    ids=str,
)
def test_whoever_may_be_someone_gets_a_page_of_their_own(visitor: Visitor, headers: dict[str, str]) -> None:
    kept = visitor.get(PAGE)
    for _time in range(2):
        before = visitor.built
        answer = visitor.client.get(PAGE, headers=headers)
        assert visitor.built > before
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert answer.data == kept.data
    assert len(visitor.store) == 1


def test_a_request_with_a_body_gets_a_page_of_its_own(visitor: Visitor) -> None:
    visitor.client.get(PAGE, data=b"hello")
    assert len(visitor.store) == 0


def test_a_cookie_of_another_program_does_not_matter(visitor: Visitor) -> None:
    visitor.get(PAGE)
    assert not visitor.builds(PAGE, Cookie="balancer=7")


def test_every_host_scheme_and_language_has_its_own_page(visitor: Visitor) -> None:
    english = visitor.get(PAGE)
    welsh = visitor.get(PAGE, Accept_Language="cy, en;q=0.5")
    assert 'lang="en-GB"' in english.text
    assert 'lang="cy"' in welsh.text
    assert visitor.builds(PAGE, Host="localhost:8000")
    assert not visitor.builds(PAGE, Accept_Language="cy")
    assert not visitor.builds(PAGE, Accept_Language="fr")
    visitor.client.get(PAGE, base_url="https://localhost")
    assert len(visitor.store) == 4


def test_production_keeps_pages_for_its_own_host_only(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(visitor.app.config, "CIVTECH_ENV", "production")
    monkeypatch.setitem(visitor.app.config, "PUBLIC_ADDRESS", "civtech.example")
    for host in ("localhost", "other.example", "civtech.example:81", "CIVTECH.example"):
        visitor.get(PAGE, Host=host)
    assert len(visitor.store) == 0
    visitor.get(PAGE, Host="civtech.example")
    assert not visitor.builds(PAGE, Host="civtech.example")


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("/challenges", True),
        ("/challenges?phase=open", True),
        ("/challenges?phase=open&round=R-1", True),
        ("/challenges?round=R-1&phase=open", False),
        ("/challenges?phase=", True),
        ("/challenges?phase=open&phase=closed", False),
        ("/challenges?page=2", False),
        ("/challenges?phase=%6Fpen", False),
        ("/challenges?phase", False),
        ("/challenges?&", False),
        ("/challenges?after=" + "1" * 600, False),
        ("/how-it-works?utm_source=x", False),
        ("/challenges/nothing", False),
        ("/sign-in", False),
        ("/healthz", False),
        ("/.well-known/security.txt", False),
        ("/static/build/nothing.css", False),
    ],
)
def test_only_pages_at_our_own_addresses_are_kept(visitor: Visitor, url: str, kept: bool) -> None:
    visitor.get(url)
    assert len(visitor.store) == kept
    if kept:
        assert visitor.get(url).data == visitor.fresh(url).data


def test_without_room_nothing_is_kept(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(visitor.app.config, "KEPT_PAGES", 0)
    answer = visitor.get(PAGE)
    assert visitor.builds(PAGE)
    assert "ETag" not in answer.headers
    assert "Cache-Control" not in answer.headers


def test_while_the_database_is_away_nothing_kept_is_shown(visitor: Visitor) -> None:
    """We cannot know whether a page is still right."""
    visitor.get("/")
    db.session.execute(text("ALTER TABLE audit_head RENAME TO audit_head_away"))
    db.session.commit()
    assert visitor.builds("/")
    assert "ETag" not in visitor.get("/").headers


def test_answers_from_the_store_are_in_the_log(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    lines: list[dict[str, object]] = []

    class Log:
        def info(self, _event: str, **details: object) -> None:
            lines.append(details)

    monkeypatch.setattr("civtech.web.logs.log", Log())
    tag = visitor.get(PAGE).headers["ETag"]
    visitor.get(PAGE, X_Request_ID="abcd-1234-efgh")
    visitor.get(PAGE, If_None_Match=tag)
    assert [line["status"] for line in lines] == [200, 200, 304]
    assert {line["endpoint"] for line in lines} == {"public.how_it_works"}
    assert [line["offered_id"] for line in lines] == [None, "abcd-1234-efgh", None]
    assert lines[1].keys() == lines[0].keys()


def test_anyone_can_check_a_certificate_and_nothing_is_kept_of_it(worlds: Any, visiting: Any, now: Any) -> None:
    world = worlds(Age.FUNDED)
    statement = world.in_force().statement
    url, digest = f"/rights-statements/{statement.reference}/public", statement.digest
    visitor = visiting()
    visitor.app.config["WTF_CSRF_ENABLED"] = True
    try:
        assert "csrf" not in visitor.get(url).text
        answer = visitor.client.post(url, data={"evidence": digest})
        assert answer.status_code == 302
        shown = visitor.client.get(answer.location)
        assert (shown.status_code, shown.headers["Cache-Control"]) == (200, "private, no-store")
        assert visitor.client.post(url, data={"evidence": digest}, headers={"Origin": "https://x.y"}).status_code == 403
    finally:
        visitor.app.config["WTF_CSRF_ENABLED"] = False
    assert visitor.get(url).text == visitor.fresh(url).text


@pytest.mark.parametrize(
    "passed_on",
    [
        {"X-Forwarded-For": "203.0.113.9"},
        {"X-Real-IP": "203.0.113.9"},
        {"X-Forwarded-Host": "example.org"},
    ],
)
def test_a_demonstration_for_this_machine_gives_no_kept_page_to_another(
    app: Any, visiting: Any, monkeypatch: pytest.MonkeyPatch, passed_on: dict[str, str]
) -> None:
    visitor = visiting()
    visitor.get("/cookies")
    assert not visitor.builds("/cookies")
    monkeypatch.setitem(visitor.app.config, "CIVTECH_DEMO", True)
    monkeypatch.setitem(visitor.app.config, "CIVTECH_DEMO_OPEN_TO_ALL", False)
    assert not visitor.builds("/cookies")
    before = visitor.built
    visitor.client.get("/cookies", headers=passed_on)
    visitor.client.get("/cookies", environ_overrides={"REMOTE_ADDR": "203.0.113.9"})
    assert visitor.built == before + 2
    monkeypatch.setitem(visitor.app.config, "CIVTECH_DEMO_OPEN_TO_ALL", True)
    visitor.client.get("/cookies", headers=passed_on)
    assert visitor.built == before + 2
