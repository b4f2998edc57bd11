"""The store of one process stays within its bounds, whatever is asked for."""

import threading
from datetime import UTC, datetime, timedelta

import pytest

from civtech.web.kept.declaring import is_canonical
from civtech.web.kept.pages import Key, Page, Store
from civtech.web.translation import chosen

AT = datetime(2027, 3, 1, tzinfo=UTC)


def page(size: int = 10, *, edition: int = 1) -> Page:
    return Page("public.front", b"x" * size, (), edition, AT, AT + timedelta(days=1))


def key(name: str) -> Key:
    return "http", "localhost", f"/{name}", "", "en_GB"


def test_the_page_no_one_asked_for_longest_goes_first() -> None:
    store = Store(2, 1000)
    store.keep(key("a"), page())
    store.keep(key("b"), page())
    store.get(key("a"))
    store.keep(key("c"), page())
    assert list(store) == [key("a"), key("c")]


def test_it_counts_bytes_twice_because_pages_are_kept_compressed_too() -> None:
    store = Store(100, 1000)
    for name in "abcd":
        store.keep(key(name), page(200))
    assert list(store) == [key("c"), key("d")]
    store.keep(key("d"), page(100))
    store.keep(key("e"), page(100))
    assert list(store) == [key("c"), key("d"), key("e")]


def test_a_page_larger_than_the_store_is_not_kept() -> None:
    store = Store(100, 1000)
    store.keep(key("a"), page(501))
    assert len(store) == 0
    store.keep(key("b"), page(500))
    assert len(store) == 1


def test_without_room_it_keeps_nothing() -> None:
    store = Store(0, 1000)
    store.keep(key("a"), page())
    assert store.get(key("a")) is None


def test_a_page_is_right_in_its_edition_and_its_time() -> None:
    kept = page(edition=7)
    assert kept.is_right(7, AT)
    assert not kept.is_right(8, AT)
    assert not kept.is_right(6, AT)
    assert not kept.is_right(7, AT - timedelta(microseconds=1))
    assert kept.is_right(7, kept.until - timedelta(microseconds=1))
    assert not kept.is_right(7, kept.until)


def test_two_processes_give_the_same_page_the_same_tag() -> None:
    answers = [page().answer({"HTTP_ACCEPT_ENCODING": coding}) for coding in ("gzip", "gzip", "", "")]
    tags = [dict(headers)["ETag"] for _status, headers, _body in answers]
    assert tags[0] == tags[1] != tags[2] == tags[3]
    assert answers[0][2] == answers[1][2]


def test_many_threads_leave_it_within_its_bounds() -> None:
    store = Store(20, 100_000)

    def work(number: int) -> None:
        for step in range(500):
            name = key(str((number * 7 + step * 3) % 50))
            if store.get(name) is None:
                store.keep(name, page(100))

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(store) == 20
    assert store._bytes == 20 * 200


@pytest.mark.parametrize(
    ("query", "ours"),
    [
        ("", True),
        ("a=1", True),
        ("b=1", True),
        ("a=1&b=2", True),
        ("b=2&a=1", False),
        ("a=1&a=1", False),
        ("a=", True),
        ("a=1&b=", True),
        ("c=1", False),
        ("a=%31", False),
        ("a=x%20y", False),
        ("a=x+y", True),
        ("a=%C3%A9", True),
        ("a=%c3%a9", False),
        ("a=\xe9", False),
        ("a", False),
        ("&a=1", False),
        ("a=1;b=2", False),
    ],
)
def test_a_query_is_canonical_as_our_own_links_write_it(query: str, ours: bool) -> None:
    assert is_canonical(query, ("a", "b")) is ours


@pytest.mark.parametrize(
    ("accepted", "found"),
    [
        ("", "en_GB"),
        ("cy", "cy"),
        ("cy;q=0.5, en-GB", "en_GB"),
        ("fr", "en_GB"),
        ("cy-GB", "cy"),
        ("*", "en_GB"),
        ("cy;q=0", "en_GB"),
        ("q=;;,", "en_GB"),
    ],
)
def test_the_language_is_the_best_of_those_offered_or_the_first(accepted: str, found: str) -> None:
    assert chosen(accepted, ("en_GB", "cy")) == found
