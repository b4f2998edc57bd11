"""Challenges up to their publication, and questions about them."""

from factory import Factory, LazyAttribute, SelfAttribute, SubFactory, Trait

from civtech.challenges.models import Brief, Challenge, Question
from civtech.organisations.models import MemberRole, Organisation
from civtech.people.models import User
from tests.factories.organisations import MembershipFactory, OrganisationFactory, holder
from tests.factories.people import UserFactory
from tests.factories.programmes import RoundFactory
from tests.factories.verbs import DAY, Then, VerbFactory


class BriefFactory(Factory):
    """The text of a challenge, complete enough to send it for approval."""

    class Meta:
        model = Brief

    question = "How can we make ferry queues shorter?"
    summary = "People wait for hours at the pier."
    need = "Islanders lose a day each week."
    outcomes = "Nobody waits longer than a crossing takes."
    constraints = ""
    adoption = "The harbour board pays for it from its own budget."


def staffed(name: str, *, by: User, at: object) -> Organisation:
    """A public body with an owner, an author, an approver and an acceptor."""
    body = OrganisationFactory(public_body=True, legal_name=name, by=by, at=at)
    for role in (MemberRole.OWNER, MemberRole.AUTHOR, MemberRole.APPROVER, MemberRole.ACCEPTOR):
        MembershipFactory(organisation=body, role=role, person__at=at, at=at)
    return body


class ChallengeFactory(VerbFactory):
    """A draft by the sponsor's author, with the round's figures as budgets.

    Traits continue it: `proposed` a day later, `approved` on the next, `published` at `published_at`. Opening and
    closing times are parameters.
    """

    class Meta:
        model = Challenge
        verb = "draft"

    class Params:
        approver = LazyAttribute(lambda said: holder(said.sponsor, MemberRole.APPROVER))
        staff = SubFactory(UserFactory, staff=True)
        opens_at = SelfAttribute("published_at")
        closes_at = LazyAttribute(lambda said: said.opens_at + 20 * DAY)
        questions_close_at = SelfAttribute("closes_at")
        proposed_at = LazyAttribute(lambda said: said.at + DAY)
        approved_at = LazyAttribute(lambda said: said.proposed_at + DAY)
        published_at = SelfAttribute("approved_at")
        proposed = Trait(proposal=Then(lambda made, said: made.propose(by=said.by, at=said.proposed_at)))
        approved = Trait(
            proposed=True, approval=Then(lambda made, said: made.approve(by=said.approver, at=said.approved_at))
        )
        published = Trait(
            approved=True,
            publication=Then(
                lambda made, said: made.publish(
                    opens_at=said.opens_at,
                    questions_close_at=said.questions_close_at,
                    closes_at=said.closes_at,
                    by=said.staff,
                    at=said.published_at,
                )
            ),
        )

    round = SubFactory(RoundFactory, opened=True, at=SelfAttribute("..at"))
    sponsor = LazyAttribute(lambda said: staffed("Northern Roads Authority", by=said.staff, at=said.at))
    brief = SubFactory(BriefFactory)
    budgets = LazyAttribute(lambda said: {stage: stage.budget_pence for stage in said.round.funded_stages})
    by = LazyAttribute(lambda said: holder(said.sponsor, MemberRole.AUTHOR))


class QuestionFactory(VerbFactory):
    """A question about a published challenge. With `answered`, the sponsor's author answered it."""

    class Meta:
        model = Question
        verb = "ask"

    class Params:
        author = LazyAttribute(lambda said: holder(said.challenge.sponsor, MemberRole.AUTHOR))
        answer = "Yes."
        answered = Trait(
            answering=Then(lambda made, said: made.give_answer(answer=said.answer, by=said.author, at=said.at))
        )

    challenge = SubFactory(ChallengeFactory, published=True)
    text = "Are there data?"
    by = SubFactory(UserFactory)
    at = LazyAttribute(lambda said: said.challenge.opens_at + DAY)
