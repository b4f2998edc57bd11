"""From the chosen team to the paid milestone, through the pages."""

import hashlib
import re
from html import unescape

import pytest
from sqlalchemy import event, func, select

from civtech.challenges.models import Challenge
from civtech.core.db import db
from civtech.funding.models import AccountKind, LedgerAccount, Release, ReleaseState
from civtech.funding.models.release import payable
from civtech.funding.views import money
from civtech.rights.models import RightsStatement
from civtech.stages.models import AgreementState, MilestoneState, StageAgreement
from civtech.stages.models.bound import returned
from civtech.web.idempotency import new_idempotency_key
from civtech.web.seen import token
from tests.support.messages import fragment, wording
from tests.world import Age


def page(client, url, status=200):
    answer = client.get(url)
    assert answer.status_code == status, answer.text
    return answer.text


def hidden(html, name):
    return re.search(rf'name="{name}" value="([^"]*)"', html).group(1)


def send(client, url, status=302, **data):
    answer = client.post(url, data={"idempotency_key": new_idempotency_key()} | data)
    assert answer.status_code == status, re.sub(r"\s+", " ", answer.text)[-3000:]
    return answer


@pytest.mark.takes(8, "It goes from the agreement to the payment, page by page.")
def test_a_chosen_team_is_paid_for_its_first_milestone(app, worlds, now, signed_in):
    world = worlds(Age.FUNDED, teams=1)
    team = world.proposals[0]
    db.session.commit()
    staff, colleague, finance = (signed_in(world.people[who]) for who in ("staff", "colleague", "finance"))
    owner, editor, approver, acceptor = (
        signed_in(world.people[who]) for who in ("company_owner", "company_editor", "approver", "acceptor")
    )

    new = f"/proposals/{team.reference}/agreements/new?stage=exploration"
    dates = {
        "starts_on-day": "1",
        "starts_on-month": "3",
        "starts_on-year": "2027",
        "ends_on-day": "30",
        "ends_on-month": "4",
        "ends_on-year": "2027",
    }
    page(staff, new)
    agreement_url = send(staff, new, **dates).location
    plan = {
        "title": "Counts",
        "success_criteria": "Three junctions.",
        "due_on-day": "20",
        "due_on-month": "3",
        "due_on-year": "2027",
        "amount": "£5,000",
        "vat": "20",
    }
    page(staff, f"{agreement_url}/milestones/new")
    send(staff, f"{agreement_url}/milestones/new", **plan)
    page(owner, agreement_url, 404)
    html = page(staff, f"{agreement_url}/offer")
    send(staff, f"{agreement_url}/offer", seen=hidden(html, "seen"))

    agreement = db.session.scalars(select(StageAgreement)).unique().one()
    assert (agreement.state, agreement.amount_pence, agreement.vat_pence) == (AgreementState.OFFERED, 500_000, 100_000)
    statement_url = f"/rights-statements/{agreement.statement.reference}"
    milestone_url = f"/milestones/{agreement.milestones[0].reference}"
    page(owner, agreement_url)
    page(approver, agreement_url)
    send(owner, f"{statement_url}/background", kind="software", title="Signal <b>library</b>", owner="Us")
    html = page(owner, statement_url)
    assert "Signal &lt;b&gt;library&lt;/b&gt;" in html
    send(owner, f"{statement_url}/company-acceptance")
    send(staff, f"{milestone_url}/releases", status=409)
    html = page(approver, statement_url)
    send(approver, f"{statement_url}/body-acceptance", seen=hidden(html, "seen"))
    db.session.expire_all()
    assert agreement.state is AgreementState.ACTIVE

    page(editor, f"{milestone_url}/deliverables/new")
    send(editor, f"{milestone_url}/deliverables/new", evidence="Done <script>", link="https://example.org/?a=1&b=2")
    html = page(acceptor, milestone_url)
    assert "Done &lt;script&gt;" in html
    assert 'href="https://example.org/?a=1&amp;b=2" rel="noopener' in html
    page(acceptor, f"{milestone_url}/return")
    send(
        acceptor,
        f"{milestone_url}/return",
        seen=hidden(page(acceptor, f"{milestone_url}/return"), "seen"),
        reason="Which junctions?",
    )
    send(editor, f"{milestone_url}/deliverables/new", evidence="Three named junctions.")
    send(acceptor, f"{milestone_url}/acceptance", seen=hidden(page(acceptor, milestone_url), "seen"))

    assert wording("Propose release") in page(staff, milestone_url)
    release_url = send(staff, f"{milestone_url}/releases").location
    assert wording("Approve release") not in page(staff, release_url)
    html = page(colleague, release_url)
    for words in ("Tidewater Signals Ltd", "£5,000", "£1,000", "£6,000", "Acceptor", "Sorcha Staff"):
        assert words in html
    send(staff, f"{release_url}/approval", status=403, seen=hidden(html, "seen"))
    send(colleague, f"{release_url}/approval", seen=hidden(html, "seen"))
    send(colleague, f"{release_url}/payment", status=403, bank_reference="BACS-000001")
    seen = hidden(page(finance, release_url), "seen")
    wrong = send(finance, f"{release_url}/payment", status=422, seen=seen, bank_reference="x")
    assert (
        wording(
            "The bank reference must be 6 to 35 characters, like BACS-2027-000118. Use only letters, digits "
            "and the signs / . + and -."
        )
        in wrong.text
    )
    send(finance, f"{release_url}/payment", seen=seen, bank_reference="bacs 000001")
    db.session.expire_all()
    release = db.session.scalars(select(Release)).unique().one()
    assert (release.state, release.bank_reference) == (ReleaseState.PAID, "BACS000001")
    for client in (staff, finance, signed_in(world.auditor), approver):
        assert "£5,000" in page(client, "/money")
        assert release.reference in page(client, "/releases")
        assert release.reference in page(client, "/releases?state=paid")
        assert release.reference not in page(client, "/releases?state=proposed")
    assert "£5,000" in page(owner, f"/proposals/{team.reference}")
    assert release.reference in page(owner, "/releases")
    page(owner, "/money", 403)
    stranger = signed_in(world.stranger)
    for url in (agreement_url, statement_url, f"{statement_url}/terms.json", milestone_url, release_url):
        page(stranger, url, 404)
        page(app.test_client(), url, 302)
    assert release.reference not in page(stranger, "/releases")


def test_the_downloaded_terms_have_the_digest_that_was_accepted(app, worlds, now, signed_in):
    world = worlds(Age.FUNDED, teams=1)
    statement = world.in_force().statement
    db.session.commit()
    answer = signed_in(world.company_viewer).get(f"/rights-statements/{statement.reference}/terms.json")
    assert hashlib.sha256(answer.data).hexdigest() == statement.digest


def test_money_cannot_be_released_at_the_page_before_the_rights_statement_is_accepted(app, worlds, now, signed_in):
    world = worlds(Age.FUNDED, teams=1)
    agreement = world.offered()
    db.session.commit()
    answer = signed_in(world.staff).post(
        f"/milestones/{agreement.milestones[0].reference}/releases",
        data={"seen": token(payable(agreement.milestones[0], 200_000, 40_000))},
    )
    assert answer.status_code == 409
    assert (
        wording("No money can be committed, released or paid until both sides have accepted the rights statement.")
        in answer.text
    )
    assert db.session.scalar(select(func.count()).select_from(Release)) == 0


def test_what_changed_after_it_was_read_is_not_accepted(app, worlds, now, signed_in):
    world = worlds(Age.FUNDED, teams=1)
    statement = world.offered().statement
    db.session.commit()
    url = f"/rights-statements/{statement.reference}"
    approver, owner = signed_in(world.approver), signed_in(world.company_owner)
    seen = hidden(page(approver, url), "seen")
    send(owner, f"{url}/background", kind="patent", title="A patent on everything", owner="Us")
    assert (
        wording(
            "%(label)s: new, “%(now)s”.", label="Background IP 1", now="Patent: A patent on everything, owned by Us"
        )
        in send(approver, f"{url}/body-acceptance", status=409, seen=seen).text
    )
    send(approver, f"{url}/body-acceptance", status=409)
    db.session.expire_all()
    assert db.session.scalars(select(RightsStatement)).unique().one().body_accepted_at is None


def test_who_pays_second_is_told_and_keeps_the_bank_reference(app, worlds, now, signed_in):
    world = worlds(Age.FUNDED, teams=1)
    release = world.release(world.in_force().milestones[0])
    release.approve(by=world.colleague, at=now)
    release.pay(bank_reference="BACS-000001", by=world.finance, at=now)
    db.session.commit()
    url = f"/releases/{release.reference}/payment"
    second = send(
        signed_in(world.finance), url, status=409, seen=token(list(release.binds())), bank_reference="BACS-000002"
    )
    assert wording("You can no longer do this. The status is now “%(state)s”.", state="Paid") in second.text
    assert "BACS-000002</textarea>" in second.text


def test_who_approves_what_was_decided_meanwhile_sees_how_it_stands(app, worlds, now, signed_in):
    world = worlds(Age.FUNDED, teams=1)
    release = world.release(world.in_force().milestones[0])
    db.session.commit()
    url, seen = f"/releases/{release.reference}", token(list(release.binds()))
    release.refuse(reason="The figures are missing.", by=world.finance, at=now)
    db.session.commit()
    answer = send(signed_in(world.colleague), f"{url}/approval", status=409, seen=seen)
    assert wording("You can no longer do this. The status is now “%(state)s”.", state="Refused") in answer.text
    assert "The figures are missing." in answer.text
    assert "<title>Error: Release" in answer.text


def test_evidence_handed_in_after_it_was_read_is_not_accepted(app, worlds, now, signed_in):
    world = worlds(Age.FUNDED, teams=1)
    milestone = world.in_force().milestones[0]
    milestone.deliver(evidence="First.", link=None, by=world.company_owner, at=now)
    db.session.commit()
    acceptor, url = signed_in(world.acceptor), f"/milestones/{milestone.reference}"
    seen = hidden(page(acceptor, url), "seen")
    milestone.send_back(reason="More.", by=world.acceptor, at=now)
    milestone.deliver(evidence="Quite other evidence.", link=None, by=world.company_owner, at=now)
    db.session.commit()
    answer = send(acceptor, f"{url}/acceptance", status=409, seen=seen)
    assert "Quite other evidence." in answer.text
    assert (
        wording("%(label)s: was “%(was)s”, is now “%(now)s”.", label="Evidence", was="number 1", now="number 2")
        in answer.text
    )
    assert (
        wording(
            "%(label)s: was “%(was)s”, is now “%(now)s”.",
            label="What the company wrote",
            was="First.",
            now="Quite other evidence.",
        )
        in answer.text
    )
    db.session.expire_all()
    assert milestone.state is MilestoneState.DELIVERED
    send(acceptor, f"{url}/acceptance", seen=hidden(answer.text, "seen"))


def test_evidence_that_came_second_is_refused_and_kept(app, worlds, now, signed_in):
    world = worlds(Age.FUNDED, teams=1)
    milestone = world.in_force().milestones[0]
    milestone.deliver(evidence="First.", link=None, by=world.company_owner, at=now)
    db.session.commit()
    url = f"/milestones/{milestone.reference}/deliverables/new"
    answer = send(
        signed_in(world.company_owner),
        url,
        status=409,
        evidence="Second, typed for an hour.",
        seen=token(returned(milestone)),
    )
    assert (
        wording(
            "You can no longer do this. The status is now “%(state)s”.",
            state="Evidence sent, waiting for the public body",
        )
        in answer.text
    )
    assert "Second, typed for an hour." in answer.text


def test_background_that_is_listed_too_late_is_refused_and_kept(app, worlds, now, signed_in):
    world = worlds(Age.FUNDED, teams=1)
    statement = world.offered().statement
    statement.accept_for_body(by=world.approver, at=now)
    db.session.commit()
    url = f"/rights-statements/{statement.reference}/background"
    answer = send(signed_in(world.company_owner), url, status=409, kind="patent", title="A late patent", owner="Us")
    assert wording("One side has accepted the statement, so it cannot change.") in answer.text
    assert "A late patent</textarea>" in answer.text


def test_an_offer_is_refused_with_409_when_the_money_went_elsewhere_meanwhile(app, worlds, now, signed_in):
    world = worlds(Age.FUNDED, teams=2, exploration=500_000)
    first, second = (world.agreement(team) for team in world.proposals)
    db.session.commit()
    staff = signed_in(world.staff)
    pages = [page(staff, f"/agreements/{agreement.reference}/offer") for agreement in (first, second)]
    send(staff, f"/agreements/{first.reference}/offer", seen=hidden(pages[0], "seen"))
    send(staff, f"/agreements/{second.reference}/offer", status=409, seen=hidden(pages[1], "seen"))
    html = page(staff, f"/agreements/{second.reference}/offer")
    assert (
        wording("This agreement is more than the challenge has left for this stage. Change or remove a milestone.")
        in send(staff, f"/agreements/{second.reference}/offer", status=422, seen=hidden(html, "seen")).text
    )


@pytest.mark.parametrize(
    ("url", "who"),
    [
        ("/agreements/{agreement}/milestones/new", "staff"),
        ("/milestones/{milestone}/deliverables/new", "company_owner"),
        ("/proposals/{team}/agreements/new?stage=exploration", "staff"),
    ],
)
def test_an_empty_form_says_what_is_missing(app, worlds, now, signed_in, url, who):
    world = worlds(Age.FUNDED, teams=2)
    agreement = world.in_force() if "deliverables" in url else world.agreement()
    db.session.commit()
    url = url.format(
        agreement=agreement.reference, milestone=agreement.milestones[0].reference, team=world.proposals[1].reference
    )
    assert (
        wording("There is a problem") in send(signed_in(world.people[who]), url, status=422).text
        or fragment("There are") in send(signed_in(world.people[who]), url, status=422).text
    )


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "https://",
        "//example.org",
        "https://exa mple.org",
        "https://user:pass@example.org",
        "https://[::1",
        "data:text/html,x",
        "HTTPS://",
        "x" * 3000,
    ],
)
def test_a_bad_link_is_refused_with_everything_typed_still_there(app, worlds, now, signed_in, link):
    world = worlds(Age.FUNDED, teams=1)
    milestone = world.in_force().milestones[0]
    db.session.commit()
    answer = send(
        signed_in(world.company_owner),
        f"/milestones/{milestone.reference}/deliverables/new",
        status=422,
        evidence="My words & yours",
        link=link,
    )
    assert "My words &amp; yours" in answer.text
    db.session.refresh(milestone)
    assert milestone.state is MilestoneState.DUE


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("get", "/rights-statements/S-0000-0000"),
        ("get", "/agreements/%00"),
        ("get", "/milestones/M-ÄÖ"),
        ("get", "/releases/L-1"),
        ("post", "/rights-statements/{statement}/background/99999999999999999999/removal"),
        ("post", "/rights-statements/{statement}/background/9223372036854775807/removal"),
        ("get", "/proposals/{team}/agreements/new"),
        ("get", "/proposals/{team}/agreements/new?stage=accelerator"),
        ("get", "/proposals/{team}/agreements/new?stage=%00"),
        ("get", "/releases?state=%00&after=99999999999999999999999"),
    ],
)
def test_no_address_breaks_the_server(app, worlds, now, signed_in, method, path):
    world = worlds(Age.FUNDED, teams=1)
    statement = world.offered().statement
    db.session.commit()
    path = path.format(statement=statement.reference, team=world.proposals[0].reference)
    answer = getattr(signed_in(world.staff), method)(path)
    assert answer.status_code == (200 if path.startswith("/releases?") else 404) or answer.status_code == 403


def test_every_page_of_the_money_table_has_the_total_of_all_challenges(app, worlds, now, signed_in, monkeypatch):
    world = worlds(Age.FUNDED, teams=1)
    world.in_force()
    for _ in range(2):
        world.published(opens=-20, closes=-1)
    db.session.commit()
    amounts = select(func.sum(LedgerAccount.balance_pence)).where(LedgerAccount.kind != AccountKind.SOURCE)
    everything = f"£{db.session.scalar(amounts) // 100:,}"
    monkeypatch.setattr(money, "SIZE", 1)
    for reader in (world.finance, world.author):
        seen, address, client = [], "/money", signed_in(reader)
        while address:
            html = page(client, address)
            assert everything in html.split("<section")[0]
            seen += re.findall(r'<a class="govuk-link" href="/challenges/([^"]+)"', html)
            address = unescape((re.findall(r'pager__link--next" href="([^"]+)"', html) or [""])[0])
        expected = db.session.scalars(select(Challenge.slug).order_by(Challenge.id.desc())).all()
        assert list(dict.fromkeys(seen)) == expected


@pytest.mark.parametrize("url", ["/money", "/releases"])
def test_a_list_costs_the_same_however_long_it_is(app, worlds, now, signed_in, url):
    world = worlds(Age.FUNDED, teams=3)
    world.release(world.in_force().milestones[0])
    db.session.commit()
    client = signed_in(world.auditor)
    counted = []
    event.listen(db.engine, "before_cursor_execute", lambda *_: counted.append(1))
    client.get(url)
    few = len(counted)
    for team in world.proposals[1:]:
        for milestone in world.in_force(team).milestones:
            world.release(milestone)
    counted.clear()
    db.session.commit()
    counted.clear()
    client.get(url)
    assert len(counted) == few <= 6
