"""A sponsor writes, and nothing that was typed is lost."""

from datetime import timedelta

from flask.testing import FlaskClient

from civtech.challenges.models import Challenge, ChallengeState
from civtech.challenges.models.bound import put_to_the_public
from civtech.core.db import db
from civtech.web.seen import token
from tests.challenges.conftest import Enter
from tests.factories.programmes import RoundFactory
from tests.support.messages import fragment, wording
from tests.support.sheet import sheet
from tests.world import World

WORDS = {
    "question": "How can we count seabirds?",
    "summary": "Nobody knows how many there are.",
    "need": "One line\n\nand another",
    "outcomes": "A number",
    "adoption": "We pay",
}


def only() -> Challenge:
    db.session.expire_all()
    return db.session.scalars(db.select(Challenge)).unique().one()


def test_the_budget_is_prefilled_from_the_rounds_figures_and_stored_in_pence(world: World, signed_in: Enter) -> None:
    author = signed_in(world.author)
    sent = sheet(author.get("/challenges/new"))
    assert sent["budget_exploration"] == "15,000"
    assert sent["budget_pre_commercialisation"] == "650,000"
    answer = author.post("/challenges/new", data={**sent, **WORDS, "budget_exploration": "£12,000.50"})
    assert answer.status_code == 302
    made = only()
    assert made.state is ChallengeState.DRAFT
    assert made.need == "One line\n\nand another"
    assert {budget.stage.key: budget.amount_pence for budget in made.budgets} == {
        "exploration": 1200050,
        "accelerator": 3000000,
        "pre-commercialisation": 65000000,
    }
    page = author.get(answer.location)
    assert "How can we count seabirds?" in page.text
    assert wording("Send for approval") in page.text


def test_pressing_twice_drafts_once(world: World, signed_in: Enter) -> None:
    author = signed_in(world.author)
    sent = {**sheet(author.get("/challenges/new")), **WORDS}
    first = author.post("/challenges/new", data=sent)
    second = author.post("/challenges/new", data=sent)
    assert (first.status_code, first.location) == (second.status_code, second.location)
    only()


def test_missing_fields_are_said_with_everything_typed_still_there(world: World, signed_in: Enter) -> None:
    author = signed_in(world.author)
    sent = {**sheet(author.get("/challenges/new")), **WORDS, "question": " ", "budget_accelerator": "lots"}
    page = author.post("/challenges/new", data=sent)
    assert page.status_code == 422
    assert "Error: " in page.text
    assert 'href="#question"' in page.text
    assert 'href="#budget_accelerator"' in page.text
    again = sheet(page)
    assert again["need"] == WORDS["need"].replace("\n", "\n")
    assert again["budget_accelerator"] == "lots"


def test_nothing_at_all_sent_is_no_error_of_ours(world: World, signed_in: Enter) -> None:
    assert signed_in(world.author).post("/challenges/new", data={}).status_code == 422


def test_with_two_rounds_one_chooses_first(world: World, signed_in: Enter) -> None:
    other = RoundFactory(by=world.staff, at=world.at, name="Round 13", pathway__key="sbri")
    db.session.commit()
    author = signed_in(world.author)
    assert "Round 13" in author.get("/challenges/new").text
    assert author.get("/challenges/new?round=nonsense").status_code == 422
    page = author.get(f"/challenges/new?round={other.reference}&sponsor={world.body.reference}")
    assert sheet(page)["budget_feasibility"] == "208,333.35"


def test_an_edit_over_somebody_elses_edit_is_refused_with_both_texts(world: World, signed_in: Enter) -> None:
    slug = world.drafted().slug
    mine, theirs = signed_in(world.author), signed_in(world.drafter)
    path = f"/challenges/{slug}/draft"
    my_sheet, their_sheet = sheet(mine.get(path)), sheet(theirs.get(path))
    assert theirs.post(path, data={**their_sheet, "need": "Their need", "budget_exploration": "9"}).status_code == 302
    page = mine.post(path, data={**my_sheet, "need": "My need"})
    assert page.status_code == 409
    assert f"Sandy Second {fragment('saved changes on')}" in page.text
    assert "Their need" in page.text
    assert "£9" in page.text
    again = sheet(page)
    assert again["need"] == "My need"
    assert only().need == "Their need"
    assert mine.post(path, data=again).status_code == 302
    assert only().need == "My need"


def test_a_change_of_the_budget_alone_counts_as_an_edit(world: World, signed_in: Enter) -> None:
    slug = world.drafted().slug
    mine, theirs = signed_in(world.author), signed_in(world.drafter)
    path = f"/challenges/{slug}/draft"
    my_sheet, their_sheet = sheet(mine.get(path)), sheet(theirs.get(path))
    theirs.post(path, data={**their_sheet, "budget_exploration": "9"})
    assert mine.post(path, data=my_sheet).status_code == 409


def test_an_edit_that_comes_after_it_was_put_forward_keeps_its_words(world: World, signed_in: Enter) -> None:
    challenge = world.drafted()
    author = signed_in(world.author)
    path = f"/challenges/{challenge.slug}/draft"
    sent = sheet(author.get(path))
    only().propose(by=world.author, at=world.at)
    db.session.commit()
    page = author.post(path, data={**sent, "need": "Late words"})
    assert page.status_code == 409
    assert wording("Waiting for approval by the sponsor") in page.text
    assert sheet(page)["need"] == "Late words"


def test_a_draft_that_lacks_words_or_money_cannot_be_put_forward(world: World, signed_in: Enter) -> None:
    slug = world.drafted(need="").slug
    author = signed_in(world.author)
    page = author.get(f"/challenges/{slug}")
    assert wording("Before you send this draft for approval, enter:") in page.text
    assert f"<li>{wording('the need')}</li>" in page.text
    assert "/approval-request" not in page.text
    refused = author.post(f"/challenges/{slug}/approval-request", data={"seen": token(put_to_the_public(only()))})
    assert refused.status_code == 422
    assert wording("Enter %(part)s before you send this draft for approval.", part=wording("the need")) in refused.text


def test_naming_a_solution_is_advised_against_but_not_refused(world: World, signed_in: Enter) -> None:
    slug = world.drafted(question="We need an app for ferries").slug
    page = signed_in(world.author).get(f"/challenges/{slug}")
    assert wording("The headline is not a question. Try starting it with “How can we …?”.") in page.text
    assert "may name a solution (app)" in page.text
    assert wording("Send for approval") in page.text


def test_an_open_question_earns_no_advice(world: World, client: FlaskClient, signed_in: Enter) -> None:
    slug = world.drafted().slug
    assert fragment("Think about these points") not in signed_in(world.author).get(f"/challenges/{slug}").text


def test_a_change_of_the_budget_by_the_same_person_counts_as_an_edit_too(world: World) -> None:
    challenge = world.drafted()
    seen = []
    for minute in (1, 2):
        budgets = dict.fromkeys(world.round.funded_stages, minute)
        at = world.at + timedelta(minutes=minute)
        challenge.revise(brief=challenge.brief, budgets=budgets, by=world.author, at=at)
        db.session.flush()
        seen.append(challenge.version)
    assert seen == [2, 3]
