"""Panels and what knows of progress say which they come after or before, by name."""

import pytest

from civtech.web.ordering import Ordered
from civtech.web.registries import _panels, _progress


def ordered(*things: tuple[str, str | None, str | None]) -> Ordered[str]:
    order: Ordered[str] = Ordered()
    for name, after, before in things:
        order.add(name.upper(), name, after=after, before=before)
    return order


def test_things_come_in_the_order_they_were_added_unless_they_say_otherwise() -> None:
    assert list(ordered(("a", None, None), ("b", None, None))) == ["A", "B"]
    assert list(ordered(("a", "b", None), ("b", None, None))) == ["B", "A"]
    assert list(ordered(("a", None, None), ("b", None, "a"))) == ["B", "A"]
    assert list(ordered(("c", "b", None), ("a", None, None), ("b", "a", None))) == ["A", "B", "C"]


def test_one_that_is_added_later_takes_its_place() -> None:
    order = ordered(("a", None, None), ("c", "a", None))
    assert list(order) == ["A", "C"]
    order.add("B", "b", after="a", before="c")
    assert list(order) == ["A", "B", "C"]


def test_two_of_the_same_name_are_refused() -> None:
    with pytest.raises(ValueError, match="Give each its own name"):
        ordered(("a", None, None), ("a", None, None))


def test_a_name_that_is_not_there_is_refused() -> None:
    with pytest.raises(LookupError, match="'b'"):
        list(ordered(("a", "b", None)))


def test_a_circle_is_refused() -> None:
    with pytest.raises(ValueError, match="come before and after each other"):
        list(ordered(("a", "b", None), ("b", "a", None)))


@pytest.mark.parametrize("registry", [_panels, _progress])
def test_every_page_and_list_of_the_application_has_one_order(app, registry) -> None:
    assert len(registry) > 1
    for where, things in registry.items():
        names = list(things._named)
        assert len(list(things)) == len(names)
        rest = [named for named in things._named.values() if not named.after and not named.before]
        pointed_at = {name for named in things._named.values() for name in (*named.after, *named.before)}
        assert len(names) == 1 or len(rest) <= 1, f"{where}: {[named.name for named in rest]} {pointed_at}"
