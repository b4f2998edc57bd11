"""Which events visitors cannot see the effect of. Every other event makes all kept pages new."""

from flask import Flask

from civtech.core.events import EVENTS

UNSEEN = {
    "Pages for everyone name no people, and say nothing about how people sign in.": {
        *("PersonRegistered", "RegistrationRepeated", "ConfirmationRequested", "AddressConfirmed", "SignedIn"),
        *("SignInFailed", "SignedOut", "BrowserSessionEnded", "AddressChangeAsked", "AddressChanged"),
        *("PasswordChanged", "PasswordResetRequested", "PasswordReset", "SecondFactorSet", "SecondFactorRemoved"),
        *("PasskeyAdded", "PasskeyRemoved", "IdentityConfirmed", "RecoveryCodesMade"),
        *("ExternalIdentityLinked", "ExternalIdentityUnlinked"),
    },
    "Who acts for an organisation is not public. Its names and sizes are, and have events of their own.": {
        *("InvitationSent", "InvitationProposed", "InvitationConfirmed", "InvitationResent", "InvitationRevoked"),
        *("InvitationAccepted", "InvitationDeclined", "JoinRequested", "JoinRequestAccepted", "JoinRequestDeclined"),
        *("JoinRequestWithdrawn", "JoinRequestLapsed", "MembershipGranted", "MembershipEnded"),
    },
    "Who has which role in the programme is not public.": {
        *("ProgrammeRoleGranted", "ProgrammeRoleAskedFor", "ProgrammeRoleRefused", "ProgrammeRoleTakenBack"),
        "ProgrammeRoleEnded",
    },
    "No one outside sees a challenge before it is published, and its text is fixed from then on.": {
        *("ChallengeDrafted", "ChallengeRevised", "ChallengeMoved", "ChallengeProposed", "ChallengeApproved"),
        "ChallengeSentBack",
        *("RightsCheckRecorded", "RightsCheckApproved", "RightsCheckRefused", "RightsCheckWithdrawn"),
    },
    "A question is public once it is answered, which is another event.": {"QuestionAsked"},
    "Proposals are sealed. A title is public once its team is funded, and has long been fixed by then.": {
        *("ProposalStarted", "SectionWritten", "ProposalSubmitted", "ProposalWithdrawn", "LateSubmissionRefused"),
        *("OpeningRequested", "OpeningRefused"),
    },
    "Judging is not public until its outcomes are released, which is another event.": {
        *("PanelConvened", "PanelRescheduled", "JudgeSeated", "ProposalAssigned", "NoConflictDeclared"),
        *("ConflictDeclared", "ScoresSaved", "ScorecardLocked", "DecisionProposed", "DecisionReturned"),
        *("DecisionApproved", "HintsConsidered"),
    },
    "Emails appear on no public page.": {"MailGivenUp", "MailRetried"},
    "Requests and holds change no data that anyone sees. An erasure is another event.": {
        *("DataExported", "ErasureRequested", "ErasureTakenBack", "HoldPlaced", "HoldLifted"),
    },
    "Reported problems are for staff.": {"ProblemReported", "ProblemDealtWith"},
    "Binding says what the log accounts for, and changes no row that it binds.": {"RecordsBound"},
    "Looking changes nothing.": {"ViewingBegan", "ViewingEnded"},
}
"""The reviewed reasons. Before you add an event, read what the pages of `keepable` views show."""


def test_every_event_without_effect_on_public_pages_has_a_reason(app: Flask) -> None:
    reviewed = [name for names in UNSEEN.values() for name in names]
    assert len(reviewed) == len(set(reviewed))
    assert {name for name, event in EVENTS.items() if not event.public} == set(reviewed)
