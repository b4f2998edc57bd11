"""Each form that binds someone, with a fact changed meanwhile: it does nothing, says so, and can be sent again."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from civtech.core.db import db
from civtech.core.facts import Fact
from civtech.oversight.models import AuditEntry
from civtech.web.display import said
from civtech.web.gate import grant_of
from civtech.web.seen import _serializer
from tests.seen import acts, money_acts, people_acts, rights_acts  # noqa: F401
from tests.seen.scene import ACTS, Scene
from tests.support.markup import parsed
from tests.support.sheet import sheet

READY = "ready"


@dataclass
class Walk:
    """One person at one form."""

    client: Any
    scene: Scene

    def opened(self) -> TestResponse:
        page = self.client.get(self.scene.page)
        assert page.status_code == 200, self.scene.page
        return self.previewed(page) if self.scene.preview else page

    def previewed(self, page: TestResponse) -> TestResponse:
        return self.client.post(self.scene.page, data=sheet(page) | self.scene.typed)

    def forget_messages(self) -> None:
        """Forget what the last act flashed: the next page would show it once, and so differ from itself."""
        with self.client.session_transaction() as session:
            session.pop("_flashes", None)

    def form(self, page: TestResponse) -> dict[str, str]:
        found = sheet(page, self.scene.action)
        return found | ({"confirm": "1"} if self.scene.preview else self.scene.typed)

    def send(self, page: TestResponse) -> TestResponse:
        """Send the form of this page, to the address that it names."""
        actions = [form.get("action") or "" for form in parsed(page.text).iter("form")]
        named = [each for each in actions if self.scene.action and each.endswith(self.scene.action)]
        return self.client.post(self.scene.sends or (named or [self.scene.page])[-1], data=self.form(page))


def facts_in(form: Mapping[str, str]) -> dict[str, Fact]:
    _digest, packed = _serializer().loads(form["seen"])
    return {fact[0]: Fact.unpacked(fact) for fact in packed}


def words_of(page: TestResponse) -> str:
    """What a reader can see, without what forms carry."""
    document = parsed(page.text)
    typed = [each.get("value") or "" for each in document.iter("input") if each.get("type") != "hidden"]
    chosen = [f"selected: {option.get('value')}" for option in document.iter("option") if "selected" in option.attrib]
    return " ".join(" ".join([*document.itertext(), *typed, *chosen]).split())


def acts_on_record() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count(AuditEntry.sequence))) or 0


def keys_that_bind(app: Flask) -> set[str]:
    rules = [rule for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())]
    return {rule.endpoint for rule in rules if not grant_of(app, rule).unbound}


def test_every_form_is_walked_or_its_view_says_why_it_binds_no_one(app):
    assert keys_that_bind(app) == set(ACTS)


@pytest.mark.takes(20, "It opens and sends one form for each fact that the form binds.")
@pytest.mark.parametrize("endpoint", sorted(ACTS))
def test_a_form_acts_only_on_what_its_page_showed(endpoint, worlds, states, app, now, signed_in):
    age, how, scene_of = ACTS[endpoint]
    world = worlds(age, **how)
    scene = scene_of(world)
    db.session.commit()
    client = signed_in(scene.who)
    states.keep(READY)
    walk = Walk(client, scene)
    bound = facts_in(walk.form(walk.opened()))
    assert set(bound) == set(scene.changes) | set(scene.fixed)
    wrong = []
    for key, change in scene.changes.items():
        states.put_back(READY)
        with app.test_request_context():
            wrong += [f"{key}: {problem}" for problem in played(walk, key, change)]
    assert not wrong, "\n".join(wrong)


def played(walk, key, change):
    """Yield what is not as it should be when one fact changes between opening the page and sending its form."""
    walk.forget_messages()
    page = walk.opened()
    form = walk.form(page)
    change.make()
    later = walk.opened()
    if words_of(later) == words_of(page):
        yield "the page does not show it"
    before = acts_on_record()
    answer = walk.send(page)
    if answer.status_code != 409 or acts_on_record() != before:
        yield f"was done all the same ({answer.status_code})"
        return
    now_bound = facts_in(walk.form(later))
    changed = now_bound.get(key) or facts_in(form)[key]
    if said(changed.label) not in problems_of(answer):
        yield f"is not named ({problems_of(answer)})"
    again = walk.previewed(answer) if walk.scene.preview else answer
    kept = sheet(answer, "" if walk.scene.preview else walk.scene.action)
    for name in walk.scene.kept or walk.scene.typed:
        if kept.get(name) != walk.scene.typed[name]:
            yield f"what was typed in {name} is lost"
    done = walk.send(again)
    if done.status_code >= 400 or (acts_on_record() == before and not walk.scene.unrecorded):
        yield f"cannot be sent again ({done.status_code}: {words_of(done)[:600]})"


def problems_of(page: TestResponse) -> str:
    """What the summary at the top of the page says is wrong."""
    found = (each for each in parsed(page.text).iter("div") if each.get("class") == "govuk-error-summary")
    return " ".join(" ".join("".join(each.itertext()) for each in found).split())
