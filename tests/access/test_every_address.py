"""E9: every address that people see answers when it is opened or reloaded, including the one that a button uses."""

from functools import cache
from urllib.parse import urlsplit

import pytest
from flask import Flask

from tests.access.addresses import Address
from tests.access.visitors import Visitors, looking
from tests.access.world import Guide

PEOPLE = ("visitor", "owner", "head", "approver", "judge", "staff", "finance", "administrator", "stranger")


@pytest.mark.takes(40, "People of many kinds open every address of a button in every state.")
def test_e9_an_address_of_a_button_leads_to_a_page_for_everybody(
    house: Flask, world: Guide, all_addresses: list[Address], visitors: Visitors
) -> None:
    answering = {address.rule for address in all_addresses if address.method == "GET"}
    buttons = [each for each in all_addresses if each.method == "POST" and each.rule not in answering]
    assert len({each.rule for each in buttons}) > 40
    wrong = []

    @cache
    def shown(kind: str, page: str) -> int:
        """What this kind of person gets where buttons of one page lead."""
        return visitors.open(kind, Address(page, "", "GET", "", page)).status_code

    with looking(world):
        for button in buttons:
            for kind in PEOPLE:
                answer = visitors.open(kind, Address(button.rule, button.endpoint, "GET", button.state, button.url))
                page = urlsplit(answer.location or "").path
                above = button.url.startswith(page) and len(page) < len(button.url)
                if answer.status_code != 303 or not above or shown(kind, page) not in {200, 302, 303, 403, 404}:
                    wrong.append((kind, button.url, answer.status_code, page))
    assert wrong == []


def test_e9_whoever_may_use_the_button_sees_the_page(world: Guide, visitors: Visitors) -> None:
    things = world.things
    cases = (
        ("owner", f"/proposals/{things['proposal']['submitted, before the deadline']['reference']}", "submission"),
        ("staff", f"/agreements/{things['agreement']['in force']['reference']}", "completion"),
        ("head", f"/milestones/{things['milestone']['delivered']['reference']}", "acceptance"),
        ("finance", f"/releases/{things['release']['approved']['reference']}", "payment"),
    )
    with looking(world):
        for kind, page, button in cases:
            answer = visitors.open(kind, Address(page, "", "GET", "", f"{page}/{button}"))
            assert (answer.status_code, answer.location) == (303, page)
            assert visitors.open(kind, Address(page, "", "GET", "", page)).status_code == 200


def test_e9_only_looking_is_sent_on(house: Flask, world: Guide, visitors: Visitors) -> None:
    with looking(world):
        for method in ("PUT", "DELETE", "PATCH"):
            assert visitors.open("staff", Address("", "", method, "", "/sign-out")).status_code == 405
        assert visitors.open("staff", Address("", "", "HEAD", "", "/sign-out")).status_code == 303


def test_e9_the_result_of_a_certificate_check_can_be_reloaded(world: Guide, visitors: Visitors) -> None:
    page = f"/rights-statements/{world.things['rights statement']['of an agreement in force']['reference']}/public"
    with looking(world):
        client = visitors.client
        checked = client.post(page, data={"evidence": "f" * 64})
        assert (checked.status_code, checked.location) == (302, f"{page}?checked={'f' * 64}")
        assert "The hash does not match" in client.get(checked.location).text
        assert "The hash does not match" not in client.get(page).text
        assert client.get(f"{page}?checked=nonsense").status_code == 200
