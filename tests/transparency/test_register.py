"""The public register: true to the ledger, the same for everybody, and silent about what is not public."""

import hashlib
import json
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select, text

from civtech.challenges.models import PARTS, Brief, Challenge, Question
from civtech.core.db import db
from civtech.organisations.models import CompanySize, IdentifierScheme, Organisation, OrganisationKind
from civtech.people.models import User
from civtech.proposals.models import Proposal
from civtech.rights.models import RightsStatement
from civtech.stages.models import StageAgreement
from civtech.transparency import figures, queries
from tests.support.messages import fragment, wording
from tests.support.sql import without
from tests.world import Age, World
from tests.world.kept import Worlds

pytestmark = pytest.mark.both_databases("queries", "ordering")

SignIn = Callable[[User], FlaskClient]
PROMISE = "The company owns its intellectual property. The public body takes no shares."


def visible(answer: object) -> str:
    return " ".join(answer.text.split())  # type: ignore[attr-defined]


def statement_of(world: World, number: int = 0) -> RightsStatement:
    return (
        db.session.scalars(select(RightsStatement).where(RightsStatement.proposal_id == world.proposals[number].id))
        .unique()
        .one()
    )


def test_the_latest_statement_is_that_of_the_company_whose_agreement_came_into_force_last(world: World) -> None:
    agreements = db.session.scalars(select(StageAgreement).order_by(StageAgreement.id)).all()
    statements = [statement_of(world, number) for number in (0, 1)]
    assert [each.activated_at for each in agreements] == [each.accepted_at for each in statements]
    for latest in reversed(statements):
        assert db.session.scalars(queries.latest_statement()).unique().one() is latest
        latest.proposal.organisation.kind = OrganisationKind.INDIVIDUAL
        with without("organisation_is_fixed"):
            db.session.flush()
    assert db.session.scalars(queries.latest_statement()).unique().one_or_none() is None


def test_the_sums_are_those_of_the_ledger(world: World) -> None:
    for team, size in zip(world.proposals, (CompanySize.SMALL, CompanySize.LARGE, CompanySize.MICRO), strict=True):
        team.organisation.size = size
    db.session.commit()
    sums = figures.add_up(db.session.execute(queries.money()))
    (whole,) = sums.wholes
    assert (whole.committed, whole.released, whole.paid, whole.small) == (
        1_000_000,
        200_000,
        200_000,
        200_000,
    )
    assert whole.budget == sum(budget.amount_pence for budget in world.challenge.budgets)
    assert whole.share == 1
    assert [entry.name for entry in sums.by_stage] == ["Exploration", "Accelerator", "Pre-commercialisation"]
    assert [entry.released for entry in sums.by_stage] == [200_000, 0, 0]
    assert [(entry.name, entry.released) for entry in sums.by_round] == [("Round 9", 200_000)]
    assert [(entry.name, entry.released) for entry in sums.by_sponsor] == [("Northern Roads Authority", 200_000)]
    assert db.session.execute(queries.released()).one() == ("GBP", 200_000, 200_000)


@pytest.mark.parametrize(("size", "share"), [(CompanySize.LARGE, 0), (CompanySize.MEDIUM, 1), (None, 0)])
def test_only_small_and_medium_companies_count_as_such(world: World, size: CompanySize | None, share: int) -> None:
    world.proposals[0].organisation.size = size
    db.session.commit()
    assert figures.add_up(db.session.execute(queries.money())).wholes[0].share == share


def test_the_register_says_who_was_funded_and_how_much(client: FlaskClient, world: World) -> None:
    page = visible(client.get("/register"))
    assert world.challenge.question in page
    assert "<strong>Exploration</strong>: Tidewater Signals Ltd, Peat and Pixels Ltd" in page
    assert "£2,000 of £10,000 agreed" in page
    assert "Tidewater Signals 3" not in page


def test_each_agreement_says_who_owns_what_and_leads_to_its_certificate(client: FlaskClient, world: World) -> None:
    page = visible(client.get(f"/register/{world.challenge.slug}"))
    assert page.count(PROMISE) == 2
    for number in (0, 1):
        assert f"/rights-statements/{statement_of(world, number).reference}/public" in page
    assert "£2,000 released of £5,000" in page


def test_the_certificate_shows_the_terms_and_the_hash(client: FlaskClient, world: World) -> None:
    statement = statement_of(world)
    page = visible(client.get(f"/rights-statements/{statement.reference}/public"))
    assert PROMISE in page
    assert statement.digest in page
    assert "Tidewater Signals Ltd" in page
    assert "1 item, kept by its owner" in page
    for secret in ("Signal library", "Owner1", "Approver", "company_owner@", world.proposals[0].reference):
        assert secret not in page


def test_a_hash_or_the_statement_itself_can_be_checked(client: FlaskClient, world: World) -> None:
    statement = statement_of(world)
    digest, reference = statement.digest, statement.reference
    for evidence in (
        digest,
        digest.upper(),
        " ".join(digest[start : start + 4] for start in range(0, 64, 4)) + "\n",
        f"SHA-256: {digest}",
        statement.canonical(),
        json.dumps(statement.terms(), indent=2),
    ):
        answer = client.post(
            f"/rights-statements/{reference}/public", data={"evidence": evidence}, follow_redirects=True
        )
        assert (answer.status_code, answer.request.method) == (200, "GET")
        assert wording("The hash matches") in answer.text


def test_another_hash_does_not_match(client: FlaskClient, world: World) -> None:
    statement = statement_of(world)
    for evidence in ("f" * 64, json.dumps(statement.terms() | {"foreground_owner": "public body"})):
        answer = client.post(
            f"/rights-statements/{statement.reference}/public", data={"evidence": evidence}, follow_redirects=True
        )
        assert (answer.status_code, answer.request.method) == (200, "GET")
        assert "The hash does not match" in answer.text


NONSENSE = ["", "hello", "[1]", '"x"', "NaN", "{" * 5000, '{"a": "\\ud800"}', "\0", "1" * 5000, "x" * 200_000]


def test_nonsense_is_answered_with_words(client: FlaskClient, world: World) -> None:
    reference = statement_of(world).reference
    for evidence in NONSENSE:
        answer = client.post(f"/rights-statements/{reference}/public", data={"evidence": evidence})
        assert answer.status_code in {302, 422}
        assert ("There is a problem" in answer.text) == (answer.status_code == 422)


def test_a_check_stores_nothing(client: FlaskClient, world: World) -> None:
    statement = statement_of(world)
    before = db.session.scalar(text("SELECT sequence FROM audit_head"))
    client.post(f"/rights-statements/{statement.reference}/public", data={"evidence": statement.digest})
    db.session.rollback()
    assert db.session.scalar(text("SELECT sequence FROM audit_head")) == before


def test_the_digest_is_what_anyone_computes(world: World) -> None:
    statement = statement_of(world)
    plain = json.dumps(statement.terms(), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert statement.digest == hashlib.sha256(plain.encode()).hexdigest()


def test_a_statement_that_one_side_has_not_accepted_is_not_there(
    client: FlaskClient, world: World, now: datetime
) -> None:
    agreement = world.offered(world.proposals[2])
    statement = agreement.statement
    reference = statement.reference
    db.session.commit()
    assert client.get(f"/rights-statements/{reference}/public").status_code == 404
    statement.accept_for_company(by=world.third_owner, at=now)
    db.session.commit()
    assert client.get(f"/rights-statements/{reference}/public").status_code == 404
    assert client.post(f"/rights-statements/{reference}/public", data={"evidence": "x"}).status_code == 404
    assert reference not in client.get(f"/register/{world.challenge.slug}").text


def test_a_person_with_an_idea_stays_unnamed(client: FlaskClient, world: World) -> None:
    organisation = world.proposals[0].organisation
    with without("organisation_is_fixed"):
        db.session.execute(
            Organisation.__table__.update()
            .where(Organisation.id == organisation.id)
            .values(kind=OrganisationKind.INDIVIDUAL, legal_name="Morag CANARY Macleod", trading_name=None)
        )
    db.session.commit()
    for path in public_pages(world):
        page = client.get(path).text
        assert "CANARY" not in page
        assert "Tidewater Signals 1" not in page, path


def test_a_person_who_founds_a_company_keeps_proposals_and_rights_and_stays_unnamed_in_what_they_signed(
    client: FlaskClient, world: World, now: datetime
) -> None:
    alone, statement = world.proposals[0].organisation, statement_of(world)
    before = (statement.digest, statement.terms(), world.proposals[0].organisation_id)
    with without("organisation_is_fixed"):
        db.session.execute(
            Organisation.__table__.update()
            .where(Organisation.id == alone.id)
            .values(kind=OrganisationKind.INDIVIDUAL, size=None)
        )
    db.session.commit()
    db.session.refresh(alone)
    names = {"legal_name": "Macleod Engines Ltd", "trading_name": None}
    number = {"identifier_scheme": IdentifierScheme.COMPANIES_HOUSE, "identifier_number": "SC123456"}
    alone.become_company(**names, **number, by=world.company_owner, at=now + timedelta(days=1))
    db.session.commit()
    assert (statement.digest, statement.terms(), world.proposals[0].organisation_id) == before
    certificate = client.get(f"/rights-statements/{statement.reference}/public").text
    assert statement.company_name not in certificate
    assert "Macleod Engines Ltd" in client.get(f"/register/{world.challenge.slug}").text


def public_pages(world: World) -> list[str]:
    return [
        "/",
        "/register",
        f"/register/{world.challenge.slug}",
        "/rights",
        f"/challenges/{world.challenge.slug}",
        f"/rights-statements/{statement_of(world).reference}/public",
    ]


def test_a_draft_and_a_scheduled_round_show_nothing_of_a_challenge(
    client: FlaskClient, world: World, now: datetime
) -> None:
    brief = Brief(**dict.fromkeys((part.key for part in PARTS), "CANARY-DRAFT"))
    challenge = Challenge.draft(
        round=world.challenge.round,
        sponsor=world.body,
        brief=brief,
        budgets=dict.fromkeys(world.challenge.round.funded_stages, 100),
        by=world.author,
        at=now,
    )
    db.session.commit()
    slug = challenge.slug
    assert client.get(f"/register/{slug}").status_code == 404
    for path in public_pages(world):
        assert "CANARY-DRAFT" not in client.get(path).text


def test_nothing_sealed_unreleased_or_confidential_reaches_a_public_page(
    worlds: Worlds, client: FlaskClient, app: Flask, now: datetime
) -> None:
    """Canaries in every field that is not public; feedback, reasons and scores have their own words in the factory."""
    world = worlds(Age.FUNDED, teams=3)
    proposal = world.proposals[2]
    words = ("title", "summary", "draft_title", "draft_summary")
    with without("proposal_is_fixed_once_opened", "proposal_is_fixed"):
        db.session.execute(
            Proposal.__table__.update()
            .where(Proposal.id == proposal.id)
            .values({word: f"CANARY-{word}" for word in words})
        )
    agreement = world.in_force()
    agreement.milestones[0].deliver(
        evidence="CANARY-evidence", link="https://canary.example/CANARY", by=world.company_owner, at=now
    )
    agreement.milestones[0].send_back(reason="CANARY-reason", by=world.acceptor, at=now)
    world.offered(world.proposals[1])
    question = Question.ask(
        challenge=world.challenge,
        text="CANARY-question",
        by=world.stranger,
        at=world.challenge.opens_at + timedelta(days=1),
    )
    db.session.commit()
    found = [client.get(path).text for path in public_pages(world)]
    for page in found:
        assert "CANARY" not in page
        assert "Tidewater Signals 2" not in page
        assert "Tidewater Signals 3" not in page
        for leak in (
            "Well done.",
            "As ranked.",
            "Sound.",
            "Milestone 1",
            "Counts for three junctions",
            "Signal library",
        ):
            assert leak not in page, leak
        for person in world.people.values():
            assert person.email not in page
            assert person.reference not in page
    assert question.state.value == "asked"


def test_a_drafted_or_offered_agreement_is_not_public(client: FlaskClient, world: World, now: datetime) -> None:
    agreement = world.offered(world.proposals[2])
    db.session.commit()
    assert agreement.reference not in client.get(f"/register/{world.challenge.slug}").text
    assert "Tidewater Signals 3" not in client.get("/register").text


def test_unreleased_outcomes_do_not_show_in_the_history(client: FlaskClient, world: World, now: datetime) -> None:
    db.session.commit()
    page = client.get(f"/register/{world.challenge.slug}").text
    assert "Sift: outcomes released to all applicants" in page
    assert "Exploration: outcomes released" not in page


def test_everybody_sees_the_same_register(client: FlaskClient, signed_in: SignIn, world: World) -> None:
    def main(page: str) -> str:
        return page[page.index("<main") : page.index("</main>")]

    anonymous = main(client.get("/register").text)
    for person in (world.staff, world.company_owner, world.auditor, world.judge_one):
        assert main(signed_in(person).get("/register").text) == anonymous


def test_any_address_of_the_register_is_answered(client: FlaskClient, world: World) -> None:
    for query in [
        "round=nothing",
        "round=",
        "after=x",
        "after=-1",
        "after=99999999999999999999999",
        "round=%00",
        "after=1&round=x",
    ]:
        assert client.get(f"/register?{query}").status_code == 200


def test_the_register_can_be_narrowed_to_a_round(client: FlaskClient, world: World) -> None:
    reference = world.challenge.round.reference
    assert world.challenge.question in client.get(f"/register?round={reference}").text
    other = client.get("/register?round=R-2222-2222").text
    assert world.challenge.question not in other
    assert "£0" in other


def statements(client: FlaskClient, path: str) -> int:
    counted: list[str] = []
    listener = lambda _c, _u, statement, *_rest: statement.startswith("SELECT") and counted.append(statement)  # noqa: E731
    event.listen(db.engine, "before_cursor_execute", listener)
    assert client.get(path).status_code == 200
    event.remove(db.engine, "before_cursor_execute", listener)
    return len(counted)


def test_the_public_pages_cost_the_same_with_more_in_them(client: FlaskClient, world: World, now: datetime) -> None:
    paths = ("/register", "/", f"/register/{world.challenge.slug}")
    few = [statements(client, path) for path in paths]
    template = db.session.get(Challenge, world.challenge.id)
    columns = {
        c.key: getattr(template, c.key) for c in Challenge.__table__.columns if c.key not in {"id", "slug", "reference"}
    }
    with without("challenge_begins_as_declared"):
        for number in range(40):
            moved = {"closes_at": now + timedelta(days=number + 1)} if number % 2 else {}
            db.session.add(Challenge(**columns | moved, slug=f"again-{number}", reference=f"C-{number}"))
        db.session.flush()
    world.in_force(world.proposals[2])
    db.session.commit()
    many = [statements(client, path) for path in paths]
    assert many[0] == few[0] <= 6
    assert many[2] == few[2] <= 8
    assert many[1] <= 9


def test_the_front_page_counts_from_the_ledger_and_the_statements(client: FlaskClient, world: World) -> None:
    page = visible(client.get("/"))
    assert "£2,000" in page
    assert wording("agreements give the public side equity, out of %(accepted)s", accepted=2) in page
    assert '<dd class="facts__figure">0</dd>' in page
    assert "No challenges are open now" in page
    assert db.session.execute(queries.equity()).one() == (2, 0)


def test_an_empty_platform_has_a_front_page_and_a_specimen_that_says_so(client: FlaskClient, app: Flask) -> None:
    page = visible(client.get("/"))
    assert fragment("Sample rights statement") in page
    assert "£0" in page
    assert fragment("This is a sample certificate.") in client.get("/rights").text
    assert "No challenges published yet" in client.get("/register").text


@pytest.mark.parametrize("path", ["/how-it-works", "/accessibility", "/privacy", "/rights", "/about/access"])
def test_pages_of_words_answer(client: FlaskClient, app: Flask, path: str) -> None:
    assert client.get(path).status_code == 200


def test_agreements_of_other_challenges_stay_on_their_own_page(client: FlaskClient, world: World) -> None:
    assert db.session.scalar(select(StageAgreement.id).limit(1))
    assert {row.challenge_id for row in db.session.execute(queries.agreements_of([world.challenge.id]))} == {
        world.challenge.id
    }
