"""Answers to challenges, and their opening."""

from factory import LazyAttribute, SelfAttribute, SubFactory, Trait

from civtech.organisations.models import MemberRole
from civtech.proposals.models import Opening, Proposal
from tests.factories.challenges import ChallengeFactory
from tests.factories.organisations import OrganisationFactory, holder
from tests.factories.people import UserFactory
from tests.factories.verbs import DAY, Then, VerbFactory


def _write(proposal: Proposal, said: "ProposalFactory") -> None:
    proposal.describe(title=said.title, summary=f"{said.words} In short.", by=said.by, at=said.at)
    for section in proposal.sections:
        proposal.write(key=section.key, body=f"{said.words} On {section.key}.", by=said.by, at=said.at)


class ProposalFactory(VerbFactory):
    """A draft started by the company's owner. `written` puts `words` in every section, `submitted` submits it."""

    class Meta:
        model = Proposal
        verb = "start"

    class Params:
        words = "Words."
        written = Trait(writing=Then(_write))
        submitted = Trait(written=True, submission=Then(lambda made, said: made.submit(by=said.by, at=said.at)))

    challenge = SubFactory(ChallengeFactory, published=True)
    organisation = SubFactory(OrganisationFactory)
    title = "Cables that listen"
    by = LazyAttribute(lambda said: holder(said.organisation, MemberRole.OWNER))
    at = LazyAttribute(lambda said: said.challenge.opens_at + DAY)


class OpeningFactory(VerbFactory):
    """The opening of a challenge's proposals, requested by a member of staff. `confirmed` lets another confirm it."""

    class Meta:
        model = Opening
        verb = "request"

    class Params:
        colleague = SubFactory(UserFactory, staff=True)
        confirmed = Trait(confirmation=Then(lambda made, said: made.confirm(by=said.colleague, at=said.at)))

    challenge = SubFactory(ChallengeFactory, published=True)
    by = SubFactory(UserFactory, staff=True)
    at = SelfAttribute("challenge.closes_at")
