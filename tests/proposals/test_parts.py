"""A part that is added to a proposal is asked, received and shown. What was received before stays as it was."""

import hashlib
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import literal
from sqlalchemy.ext.hybrid import hybrid_property

from civtech.core import clock
from civtech.core.db import db
from civtech.core.errors import RuleViolation
from civtech.core.personal import PARTS as EXPORTS
from civtech.people.models import User
from civtech.proposals import forms, personal
from civtech.proposals.models import Part, Proposal, Submission, parts
from civtech.proposals.models.parts import StepState
from tests.support.messages import fragment, pattern, wording
from tests.support.sheet import sheet
from tests.world import Age, World
from tests.world.kept import Worlds

SignIn = Callable[[User], FlaskClient]
NEW = Part("Your partners", "Who else is in it.", words=5, key="partners")
TYPED = "The harbour board"
HOUR = timedelta(hours=1)


@pytest.fixture
def added(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """Declare one part more; `text` is what the working copy of every proposal says there."""
    typed = SimpleNamespace(text="", part=NEW)

    def declare(part: Part = NEW) -> None:
        typed.part = part
        for module in (parts, forms, personal):
            monkeypatch.setattr(module, "HEAD", (*parts.HEAD, part) if module is parts else parts.HEAD)
        column = hybrid_property(lambda _self: typed.text, expr=lambda _cls: literal(typed.text))
        monkeypatch.setattr(Proposal, "draft_partners", column, raising=False)
        monkeypatch.setattr(forms.SummaryForm, "partners", None, raising=False)
        forms.ask_for(part)

    typed.declare = declare
    return typed


def shown_to(world: World, proposal: Proposal, signed_in: SignIn) -> dict[str, str]:
    """What everybody who may read the opened proposal sees of it, by page."""
    world.convene()
    card = next(one for one in world.assigned() if one.judge is world.judges[0] and one.proposal_id == proposal.id)
    card.declare_clear(by=card.judge, at=world.at)
    db.session.commit()
    read = f"/proposals/{proposal.reference}"
    pages = {
        **{f"{name}: read": (getattr(world, name), read) for name in ("staff", "auditor", "head")},
        "judge: read": (card.judge, read),
        "judge: scorecard": (card.judge, f"/assignments/{card.reference}"),
        "team: receipt": (world.owner(proposal), f"{read}/receipt"),
    }
    answers = {name: signed_in(person).get(address) for name, (person, address) in pages.items()}
    assert {name: answer.status_code for name, answer in answers.items()} == dict.fromkeys(pages, 200)
    return {name: answer.text for name, answer in answers.items()}


def words_of(proposal: Proposal) -> list[str]:
    received = proposal.received
    assert received is not None
    return [text for part in received.parts for text in (part.label, part.body)]


@pytest.fixture
def opened(worlds: Worlds, app: Any, now: datetime) -> World:
    return worlds(Age.RECEIVED)


def test_what_was_received_before_is_shown_to_everybody_as_it_was(
    opened: World, added: SimpleNamespace, signed_in: SignIn
) -> None:
    proposal = opened.proposals[0]
    added.declare()
    for page, text in shown_to(opened, proposal, signed_in).items():
        assert [words for words in words_of(proposal) if words not in text] == [], page
        assert NEW.label not in text, page


def test_what_the_team_sees_of_what_it_submitted_before_still_counts(
    world: World, added: SimpleNamespace, signed_in: SignIn
) -> None:
    proposal = world.submitted()
    db.session.commit()
    added.declare()
    team = signed_in(world.company_owner)
    for rest in ("", "/check", "/summary", "/receipt", f"/sections/{proposal.sections[0].key}"):
        page = team.get(f"/proposals/{proposal.reference}{rest}")
        assert page.status_code == 200, rest
        assert wording("Changes not submitted") not in page.text, rest
    assert team.get("/proposals").status_code == team.get("/home").status_code == 200
    assert NEW.label in team.get(f"/proposals/{proposal.reference}/summary").text
    assert NEW.label in team.get(f"/proposals/{proposal.reference}/check").text
    assert NEW.label not in team.get(f"/proposals/{proposal.reference}/receipt").text


def test_the_export_and_the_receipt_have_what_was_received_before_unchanged(
    world: World, added: SimpleNamespace, signed_in: SignIn
) -> None:
    proposal = world.submitted()
    db.session.commit()
    content = dict(proposal.submissions[0].content)
    added.declare()
    rows = db.session.execute(EXPORTS["submissions"].read(world.company_owner)).mappings().all()
    assert [row["content"] for row in rows] == [content]
    working = db.session.execute(EXPORTS["proposals"].read(world.company_owner)).mappings().one()
    assert (working["title"], working["partners"]) == (proposal.draft_title, "")
    file = signed_in(world.company_owner).get(f"/proposals/{proposal.reference}/receipt.json")
    assert hashlib.sha256(file.data).hexdigest() == proposal.submissions[0].digest
    assert json.loads(file.data) == content
    assert [part["key"] for part in content["parts"]] == ["title", "summary", *(one.key for one in proposal.sections)]


def test_a_part_that_was_added_is_received_and_shown_to_everybody(
    world: World, added: SimpleNamespace, signed_in: SignIn
) -> None:
    before = world.submitted()
    added.declare()
    added.text = TYPED
    after = world.submitted(world.rival)
    world.proposals, world.judges = [before, after], [world.person("judge")]
    world.opened()
    world.at = world.closes_at + HOUR
    with clock.at(world.at):
        pages = shown_to(world, after, signed_in)
        assert [page for page, text in pages.items() if not (NEW.label in text and TYPED in text)] == []
        assert NEW.label not in signed_in(world.staff).get(f"/proposals/{before.reference}").text


def test_a_required_part_that_was_added_is_missing_until_it_is_written(world: World, added: SimpleNamespace) -> None:
    proposal = world.written()
    added.declare()
    assert proposal.missing() == ["Title and summary"]
    with pytest.raises(RuleViolation, match=pattern("Title and summary")):
        proposal.submit(by=world.company_owner, at=world.at)
    added.text = TYPED
    assert proposal.missing() == []


def test_an_optional_part_that_was_added_may_stay_empty(
    world: World, added: SimpleNamespace, signed_in: SignIn
) -> None:
    proposal = world.written()
    added.declare(Part("Your partners", "Who else is in it.", words=5, required=False, key="partners"))
    proposal.submit(by=world.company_owner, at=world.at)
    db.session.commit()
    page = signed_in(world.company_owner).get(f"/proposals/{proposal.reference}/receipt").text
    assert NEW.label in page
    assert wording("Nothing was written in this section.") in page


def test_words_in_an_added_part_are_changes_that_are_not_submitted(world: World, added: SimpleNamespace) -> None:
    proposal = world.submitted()
    added.declare()
    assert not proposal.has_unsubmitted_changes
    added.text = TYPED
    assert proposal.has_unsubmitted_changes
    proposal.submit(by=world.company_owner, at=world.at)
    assert not proposal.has_unsubmitted_changes
    added.text = ""
    assert proposal.has_unsubmitted_changes


def test_a_part_that_is_no_longer_asked_stays_in_what_was_received(
    opened: World, monkeypatch: pytest.MonkeyPatch, signed_in: SignIn
) -> None:
    proposal = opened.proposals[0]
    summary = proposal.draft_summary
    monkeypatch.setattr(parts, "HEAD", parts.HEAD[:1])
    assert not proposal.has_unsubmitted_changes
    for page, text in shown_to(opened, proposal, signed_in).items():
        assert summary in text, page


def test_a_proposal_received_before_submissions_named_their_parts_is_read_as_it_was(
    world: World, signed_in: SignIn
) -> None:
    proposal = world.written()
    words = {part.key: part.body for part in proposal.written()}
    sections = [{"key": one.key, "title": one.part.label, "body": one.body} for one in proposal.sections]
    content = {"reference": proposal.reference, "declaration": "We may.", "sections": sections}
    old = Submission(
        number=1, received_at=world.at, submitted_by_id=world.company_owner.id, digest="0" * 64,
        content={**content, "title": words["title"], "summary": words["summary"]},
    )  # fmt: skip
    assert old.parts == proposal.written()


def test_the_form_asks_for_every_part_and_keeps_what_is_too_long(
    world: World, added: SimpleNamespace, signed_in: SignIn
) -> None:
    proposal = world.started()
    db.session.commit()
    added.declare()
    team = signed_in(world.company_owner)
    address = f"/proposals/{proposal.reference}/summary"
    page = team.get(address)
    for part in parts.HEAD:
        assert part.label in page.text
        assert part.hint in page.text
    sent = {**sheet(page), "title": "Cables", "summary": "Short.", "partners": "one two three four five six"}
    again = team.post(address, data=sent)
    assert again.status_code == 422
    assert fragment("words and the limit is") in again.text
    assert sheet(again)["partners"] == sent["partners"]


def test_words_for_a_part_that_nobody_declared_are_refused(world: World) -> None:
    with pytest.raises(KeyError):
        world.started().describe(by=world.company_owner, at=world.at, nonsense="x")


def test_an_optional_section_of_a_pathway_may_stay_empty(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    proposal = world.written()
    sections = proposal.challenge.round.pathway.definition["sections"]
    monkeypatch.setitem(sections[0], "required", False)
    proposal.sections[0].body = ""
    step = proposal.steps()[1]
    assert (step.state, proposal.missing()) == (StepState.OPTIONAL, [])
    proposal.submit(by=world.company_owner, at=world.at)


def test_the_next_part_to_write_is_found_by_its_state_whatever_its_label_is(
    world: World, monkeypatch: pytest.MonkeyPatch, signed_in: SignIn
) -> None:
    """The words "Not written yet" may be said of another state, or no longer be said at all."""
    proposal = world.written()
    last = proposal.sections[-1]
    last.body = ""
    db.session.commit()
    monkeypatch.setattr(StepState.EMPTY, "label", StepState.WRITTEN.label)
    page = signed_in(world.company_owner).get(f"/proposals/{proposal.reference}")
    assert page.status_code == 200
    assert wording("Write “%(part)s”", part=last.part.label) in page.text


@pytest.mark.parametrize("blank", ["", "  ", "\n"])
@pytest.mark.parametrize("place", [0, 1, 5])
def test_a_blank_part_is_the_next_to_write(world: World, signed_in: SignIn, place: int, blank: str) -> None:
    proposal = world.written()
    step = proposal.steps()[place]
    if step.section:
        step.section.write(blank, by=world.company_owner, at=world.at)
    else:
        proposal.describe(summary=blank, by=world.company_owner, at=world.at)
    db.session.commit()
    page = signed_in(world.company_owner).get(f"/proposals/{proposal.reference}")
    assert wording("Write “%(part)s”", part=step.title) in page.text
