"""The proposal, its submissions, and the opening of a challenge's proposals."""

from civtech.proposals.models import bound, guards, hints, joining
from civtech.proposals.models.interests import own_interest
from civtech.proposals.models.opening import Opening, OpeningState
from civtech.proposals.models.parts import Part, Step, Written
from civtech.proposals.models.proposal import DECLARATION, Proposal
from civtech.proposals.models.section import Section
from civtech.proposals.models.submission import Submission, digest_of
from civtech.proposals.models.window import ProposalState

__all__ = [
    "DECLARATION",
    "Opening",
    "OpeningState",
    "Part",
    "Proposal",
    "ProposalState",
    "Section",
    "Step",
    "Submission",
    "Written",
    "bound",
    "digest_of",
    "guards",
    "hints",
    "joining",
    "own_interest",
]
