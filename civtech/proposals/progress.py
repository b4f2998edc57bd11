"""The status of a proposal as its team sees it: in their list, on their home page and on the proposal's page."""

from collections.abc import Sequence
from datetime import datetime

from civtech.challenges.models import Challenge, ChallengeState
from civtech.core.text import N_, Text
from civtech.proposals.models import OpeningState, Proposal, ProposalState
from civtech.web.display import day, instant
from civtech.web.forms import translated
from civtech.web.registries import Progress, progress_of
from civtech.web.translation import gettext


def team_progress(proposals: Sequence[Proposal], at: datetime) -> dict[int, Progress]:
    """The status of each proposal at `at`, by its id. It tells nothing of the judging before outcomes are released."""
    own = {proposal.id: _own(proposal, at) for proposal in proposals}
    judged = [proposal for proposal in proposals if proposal.state is ProposalState.SUBMITTED and _is_opened(proposal)]
    return own | progress_of("proposals", judged, at)


def _is_opened(proposal: Proposal) -> bool:
    return proposal.opening is not None and proposal.opening.state is OpeningState.OPENED


def _own(proposal: Proposal, at: datetime) -> Progress:
    if proposal.challenge.state is ChallengeState.CANCELLED:
        return Progress(Text(N_("Challenge cancelled")), "red", text=_cancelled(proposal.challenge), over=True)
    if proposal.challenge.is_open(at):
        return Progress(proposal.state.label, proposal.state.colour, text=_while_open(proposal))
    return _closed(proposal)


def _cancelled(challenge: Challenge) -> str:
    return str(
        gettext(
            "%(who)s cancelled this challenge on %(day)s. Your work is saved. No one outside your team has "
            "read your proposal.",
            who=translated(challenge.who_cancelled),
            day=day(challenge.cancelled_at),
        )
    )


def _while_open(proposal: Proposal) -> str:
    deadline = {"deadline": instant(proposal.challenge.closes_at)}
    if proposal.state is ProposalState.WITHDRAWN:
        words = gettext(
            "Withdrawn at %(instant)s. Your work is saved, and you can submit it again before %(deadline)s.",
            instant=instant(proposal.withdrawn_at),
            **deadline,
        )
    elif proposal.state is ProposalState.DRAFT:
        words = gettext("Not submitted yet. Submit it before %(deadline)s. Only your team can read it.", **deadline)
    elif proposal.has_unsubmitted_changes:
        words = gettext(
            "The version you submitted at %(instant)s is the one that counts. You have made changes since "
            "then. Submit again before %(deadline)s to replace it.",
            instant=instant(proposal.submitted_at),
            **deadline,
        )
    else:
        words = gettext(
            "Submitted at %(instant)s. Until %(deadline)s, you can change it and submit again, or withdraw "
            "it. No one outside your team can read it.",
            instant=instant(proposal.submitted_at),
            **deadline,
        )
    return str(words)


def _closed(proposal: Proposal) -> Progress:
    if proposal.state is ProposalState.DRAFT:
        not_submitted = gettext(
            "It was not submitted before the deadline, %(deadline)s, so it will not be judged. Your work is "
            "saved, and only your team can read it.",
            deadline=instant(proposal.challenge.closes_at),
        )
        return Progress(Text(N_("Not submitted")), "grey", text=not_submitted)
    if proposal.state is ProposalState.WITHDRAWN:
        withdrawn = gettext(
            "You withdrew it before the deadline, at %(instant)s. No one outside your team has read it.",
            instant=instant(proposal.withdrawn_at),
        )
        return Progress(proposal.state.label, proposal.state.colour, text=withdrawn)
    if not _is_opened(proposal):
        return Progress(
            Text(N_("Received and sealed")),
            "blue",
            title=gettext("Received and sealed until two members of staff open it"),
            text=gettext("Until then, only your team can read it. We’ll email you when there is an outcome."),
        )
    return Progress(
        Text(N_("Being judged")),
        "light-blue",
        title=gettext("Being judged"),
        text=gettext(
            "Each judge reads and scores every proposal alone. All teams learn the outcome at the same "
            "moment, with feedback on their own proposal."
        ),
    )
