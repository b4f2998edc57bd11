"""Every form with a key, sent twice at once: equal answers, done once. On both databases."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element

import pytest
from flask import Flask, Response
from werkzeug.exceptions import HTTPException

from civtech.core import clock
from civtech.core.db import db
from civtech.web.idempotency import FIELD
from tests.access.addresses import addresses_of
from tests.access.house import furnished, moved_into
from tests.access.visitors import Visitors
from tests.access.world import Guide
from tests.support.client import Client
from tests.support.databases import Database, Postgres, Sqlite
from tests.support.markup import parsed
from tests.support.postgres import new_database
from tests.support.twice import Answer, answer_of, at_once

FORMS = {
    "acting.choose": ("owner", "/account/acting-for", ""),
    "people.address": ("stranger", "/account/address", ""),
    "people.keep_address": ("stranger", "/account/address", ""),
    "people.name": ("stranger", "/account/name", ""),
    "people.remove": ("stranger", "/account/passkeys", ""),
    "challenges.answer": ("author", "/challenges/<slug>/questions/<reference>/answer", "waiting"),
    "challenges.approve": ("approver", "/challenges/<slug>", "waiting for approval"),
    "challenges.ask": ("stranger", "/challenges/<slug>/questions/new", "open"),
    "challenges.move": ("author", "/challenges/<slug>/round", "waiting for approval"),
    "challenges.rights": ("staff", "/challenges/<slug>/rights", "waiting for approval"),
    "challenges.refuse_check": ("colleague", "/challenges/<slug>/rights/<reference>/refusal", "exception"),
    "challenges.approve_check": ("colleague", "/challenges/<slug>/rights", "with an exception"),
    "challenges.withdraw_check": ("staff", "/challenges/<slug>/rights", "with an exception"),
    "challenges.cancel": ("approver", "/challenges/<slug>/cancellation", "waiting for approval"),
    "challenges.send_back": ("approver", "/challenges/<slug>/return", "waiting for approval"),
    "funding.approve": ("colleague", "/releases/<reference>", "proposed"),
    "funding.pay": ("finance", "/releases/<reference>", "approved"),
    "funding.refuse": ("colleague", "/releases/<reference>/refusal", "proposed"),
    "invitations.accept": ("stranger", "/invitations/<reference>", "to the stranger"),
    "invitations.decline": ("stranger", "/invitations/<reference>", "to the stranger"),
    "judging.approve": ("colleague", "/decisions/<reference>", "to approve"),
    "judging.convene": ("staff", "/challenges/<slug>/panels/<stage_key>", "before it is convened"),
    "judging.declare": ("judge", "/assignments/<reference>", "before the declaration"),
    "judging.due_date": ("staff", "/challenges/<slug>/panels/<stage_key>/due-date", "while it is judged"),
    "judging.judges": ("staff", "/challenges/<slug>/panels/<stage_key>/judges", "while it is judged"),
    "judging.new_decision": ("staff", "/challenges/<slug>/panels/<stage_key>/decisions/new", "while it is judged"),
    "judging.save": ("judge", "/assignments/<reference>", "being scored"),
    "judging.send_back": ("colleague", "/decisions/<reference>", "to approve"),
    "notifications.retry_all": ("staff", "/outbox", ""),
    "organisations.answer_request": (
        "head",
        "/organisations/<reference>/requests/<request>",
        "of the stranger to the sponsor",
    ),
    "organisations.ask": ("inventor", "/organisations/join", ""),
    "organisations.confirm": (
        "head",
        "/organisations/<reference>/invitations/<invitation>/confirmation",
        "of the sponsor, by staff",
    ),
    "organisations.become_company": ("inventor", "/organisations/<reference>/company", "idea"),
    "organisations.decline_request": (
        "head",
        "/organisations/<reference>/requests/<request>",
        "of the stranger to the sponsor",
    ),
    "organisations.edit": ("inventor", "/organisations/<reference>/edit", "idea"),
    "organisations.end": ("owner", "/organisations/<reference>", "company"),
    "organisations.figures": ("owner", "/organisations/<reference>/figures", "company"),
    "organisations.members": ("owner", "/organisations/<reference>/members", "company"),
    "organisations.new": ("stranger", "/organisations/new", ""),
    "organisations.number": ("staff", "/organisations/<reference>/number", "company"),
    "organisations.resend": ("owner", "/organisations/<reference>/members", "company"),
    "organisations.revoke": ("owner", "/organisations/<reference>/members", "company"),
    "organisations.withdraw": ("stranger", "/organisations/join", ""),
    "privacy.deal_with_problem": ("staff", "/accessibility/problems", ""),
    "privacy.download": ("stranger", "/account/data", ""),
    "privacy.erasure": ("stranger", "/account/erasure", ""),
    "privacy.lift_hold": ("staff", "/data-protection", ""),
    "privacy.place_hold": ("staff", "/data-protection/holds/new", ""),
    "privacy.report_problem": ("visitor", "/accessibility/problems/new", ""),
    "privacy.take_back": ("inventor", "/account/data", ""),
    "programmes.finish_round": ("staff", "/rounds/<reference>", "open"),
    "programmes.new_round": ("staff", "/rounds/new", ""),
    "programmes.opening": ("staff", "/rounds/<reference>/opening", "prepared"),
    "programmes.stage": ("staff", "/rounds/<reference>/stages/<key>", "prepared"),
    "proposals.confirm_opening": ("colleague", "/challenges/<slug>/opening", "closed"),
    "proposals.create": ("owner", "/challenges/<slug>/proposals/new", "open"),
    "proposals.submit": ("owner", "/proposals/<reference>/check", "submitted, before the deadline"),
    "proposals.withdraw": ("owner", "/proposals/<reference>/withdrawal", "submitted, before the deadline"),
    "public_bodies.new": ("staff", "/public-bodies/new", ""),
    "rights.accept_for_body": ("approver", "/rights-statements/<reference>", "of an agreement offered"),
    "rights.accept_for_company": ("owner", "/rights-statements/<reference>", "of an agreement offered"),
    "rights.list_background": ("owner", "/rights-statements/<reference>", "of an agreement offered"),
    "roles.approve": ("second", "/roles/<reference>", "waiting"),
    "roles.end": ("stranger", "/roles/<reference>", "granted"),
    "roles.new": ("administrator", "/roles/new", ""),
    "roles.refuse": ("second", "/roles/<reference>/refusal", "waiting"),
    "roles.take_back": ("administrator", "/roles/<reference>", "waiting"),
    "stages.accept": ("approver", "/milestones/<reference>", "delivered"),
    "stages.change_dates": ("staff", "/agreements/<reference>/dates", "being drawn up"),
    "stages.deliver": ("owner", "/milestones/<reference>/deliverables/new", "due"),
    "stages.drop_milestone": ("staff", "/milestones/<reference>", "planned"),
    "stages.edit_milestone": ("staff", "/milestones/<reference>/draft", "planned"),
    "stages.give_up": ("staff", "/milestones/<reference>", "due after its stage, overdue"),
    "stages.new_agreement": ("staff", "/proposals/<reference>/agreements/new", "chosen, without agreement"),
    "stages.new_milestone": ("staff", "/agreements/<reference>/milestones/new", "being drawn up"),
    "stages.offer": ("staff", "/agreements/<reference>/offer", "being drawn up"),
    "stages.send_back": ("approver", "/milestones/<reference>/return", "delivered"),
    "stages.take_back": ("staff", "/agreements/<reference>", "offered"),
    "viewing.new": ("staff", "/challenges/<slug>/viewing/new", "waiting for approval"),
    # It removes the agreement that the forms above are about.
    "stages.discard": ("staff", "/agreements/<reference>", "being drawn up"),
}
"""For each route with a keyed form: the kind of person, the page and the state of the access table that show it."""

WITHOUT_A_KEY = (
    *("security.", "elsewhere.", "people.confirm", "people.sign_in_by_passkey", "people.own_passkeys"),
    "transparency.check_certificate",
)
"""Signing in and confirming who you are: a key would keep a digest of a password or a code. Or it changes nothing."""

NOT_IN_THE_WORLD = {
    *("people.end_other_sessions", "people.end_session", "people.renew", "people.say_yes"),
    *("challenges.edit", "challenges.new", "challenges.propose", "challenges.publish", "funding.propose"),
    *("identities.link", "identities.unlink", "judging.assign_all", "judging.assignments"),
    *("judging.conflict", "judging.lock"),
    *("judging.release", "notifications.retry", "privacy.carry_out", "proposals.describe", "rights.remove_background"),
    *("proposals.request_opening", "proposals.write", "stages.conclude", "viewing.end"),
}
"""No page shows their forms in a state of the access table. They are sent through the same code as all others."""

ANSWERS = {
    "organisations.become_company": {"identifier_number": "SC123456"},
    "organisations.new": {"identifier_number": "SC123456"},
    "stages.offer": {"vat_number": "GB 980 7806 84", "vat_reason": ""},
    "judging.judges": {"email": "in_the_pool@people.example"},
    "privacy.place_hold": {"on": "stranger@people.example"},
    "roles.new": {"person": "stranger@people.example", "email": "stranger@people.example", "ends_on-year": "2028"},
    "stages.deliver": {"link": ""},
    "public_bodies.new": {"identifier_number": "", "email": "stranger@people.example"},
}
"""What to type where not just any words will do."""

MISSING = (
    "%s is new, and nothing says where its form is seen. Add it to FORMS with who sees it, the page and the state. "
    "If no state of the access table shows it, add it to NOT_IN_THE_WORLD."
)
FURNISHED = "furnished"
PARTS = {"day": "20", "month": "3", "year": "2027", "time": "12:00"}


@dataclass(frozen=True)
class House:
    """The world of the access table, and the state to restore before the forms are tried again."""

    app: Flask
    world: Guide
    kept: Database
    cookies: Mapping[str, str]
    addresses: Mapping[tuple[str, str], str]

    def put_back(self) -> None:
        with self.app.app_context():
            self.kept.put_back(FURNISHED)


@pytest.fixture
def house(
    database: str, request: pytest.FixtureRequest, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    """The house on a database of either kind, for this test to spoil."""
    if database == "sqlite":
        made, kind = moved_into(tmp_path, tmp_path_factory), Sqlite
    else:
        empty = new_database(request.getfixturevalue("postgres_server"), "twice")
        made, kind = furnished(tmp_path, empty), Postgres
    with made as (app, world):
        with app.app_context():
            kept = kind(db.engine)
            kept.keep(FURNISHED)
        addresses = {(address.rule, address.state): address.url for address in addresses_of(app, world)}
        yield House(app, world, kept, Visitors(app, world).cookies, addresses)


def _posts(app: Flask) -> set[str]:
    return {rule.endpoint for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())}


def _endpoint(app: Flask, path: str) -> str | None:
    try:
        return app.url_map.bind("localhost").match(urlsplit(path).path, method="POST")[0]
    except HTTPException:
        return None


def _forms(page: str, url: str) -> Iterator[tuple[str, Element]]:
    for form in parsed(page).iter("form"):
        if (form.get("method") or "get").lower() == "post" and FIELD in {field.get("name") for field in form.iter()}:
            sent_to = urlsplit(urljoin(f"http://localhost{url}", form.get("action") or ""))
            yield sent_to._replace(scheme="", netloc="", fragment="").geturl(), form


def _filled(form: Element) -> dict[str, str]:
    """What a person would send after filling in everything that is still empty."""
    sent: dict[str, str] = {}
    for field in form.iter():
        name, kind = field.get("name"), field.get("type")
        if not name or field.tag not in {"input", "textarea", "select"}:
            continue
        if field.tag == "textarea":
            sent[name] = "".join(field.itertext()).strip() or "Because it is needed."
        elif field.tag == "select":
            values = [option.get("value") for option in field.iter("option")]
            sent[name] = next(filter(None, values), "")
        elif kind in {"radio", "checkbox"}:
            if name not in sent or field.get("checked") is not None:
                sent[name] = field.get("value") or "y"
        else:
            sent[name] = field.get("value") or PARTS.get(name.rpartition("-")[2]) or _typed(name)
    return sent


def _typed(name: str) -> str:
    """Words of the kind that a field with this name asks for."""
    if "email" in name or "address" in name:
        return "new.person@elsewhere.example"
    numbers = ("amount", "number", "weight", "weeks", "teams", "points", "quorum", "vat")
    return "2" if any(word in name for word in numbers) else "Something new"


def _sent(house: House, endpoint: str) -> list[Answer] | None:
    """The two answers to the form of this route, or None if its page does not show it now."""
    kind, rule, state = FORMS[endpoint]
    url = house.addresses[rule, state]
    headers = {"Cookie": house.cookies[kind]} if kind in house.cookies else {}
    page = Client(house.app, Response, use_cookies=False).get(url, headers=headers)
    found = [pair for pair in _forms(page.text, url) if _endpoint(house.app, pair[0]) == endpoint]
    if not found:
        return None
    action, form = found[0]
    body = _filled(form) | ANSWERS.get(endpoint, {})

    def send() -> Answer:
        return answer_of(Client(house.app, Response, use_cookies=False).post(action, data=body, headers=headers))

    return at_once(send, send)


@pytest.mark.takes(30, "It sends seventy-six forms.")
@pytest.mark.both_databases("locks")
def test_every_form_with_a_key_gives_equal_answers_when_it_is_sent_twice_at_once(house: House) -> None:
    refused, unequal = set(FORMS), {}
    with clock.at(house.world.at):
        for again in (False, True):
            if again:
                house.put_back()
            for endpoint in sorted(refused, reverse=True) if again else FORMS:
                answers = _sent(house, endpoint)
                if answers and answers[0] != answers[1]:
                    unequal[endpoint] = answers
                if answers and answers[0][0] < 400:
                    refused.discard(endpoint)
    print(f"{len(FORMS)} routes, {len(FORMS) - len(refused)} of them took the form; the others: {sorted(refused)}")
    assert unequal == {}
    assert len(refused) < 10


def test_every_route_that_takes_a_form_is_known_here(app: Flask) -> None:
    unknown = {name for name in _posts(app) if not name.startswith(WITHOUT_A_KEY)} - set(FORMS) - NOT_IN_THE_WORLD
    assert [MISSING % name for name in sorted(unknown)] == []
    assert set(FORMS) | NOT_IN_THE_WORLD <= _posts(app)
