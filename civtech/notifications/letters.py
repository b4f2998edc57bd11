"""The text of an email, written at delivery: plain text, short, one link, and why the reader gets it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import current_app

from civtech.core.facts import Fact
from civtech.core.text import N_
from civtech.notifications.models import READY_MADE, OutboxMessage
from civtech.web.translation import in_language

TITLES = {
    "account": N_("About an account"),
    "address_change": N_("Email address change to confirm"),
    "address_changed": N_("Email address changed"),
    "agreement_discarded": N_("Draft agreement discarded"),
    "agreement_in_force": N_("Agreement in force"),
    "assignment_made": N_("Proposals to judge"),
    "challenge_approved": N_("Challenge approved"),
    "challenge_cancelled": N_("Challenge cancelled"),
    "challenge_moved": N_("Draft moved to another round"),
    "challenge_not_to_publish": N_("Challenge no longer waiting to be published"),
    "challenge_published": N_("Challenge published"),
    "challenge_sent_back": N_("Challenge sent back"),
    "challenge_to_approve": N_("Challenge to approve"),
    "challenge_to_publish": N_("Challenge to publish"),
    "decision_to_approve": N_("Decision to approve"),
    "deliverable_accepted": N_("Evidence accepted"),
    "deliverable_returned": N_("Evidence returned"),
    "deliverable_submitted": N_("Evidence to accept or return"),
    "erasure_requested": N_("Erasure requested"),
    "identity_linked": N_("Sign-in with another service linked"),
    "identity_unlinked": N_("Sign-in with another service removed"),
    "invitation": N_("Invitation"),
    "invitation_answered": N_("Invitation answered"),
    "invitation_confirmed": N_("Invitation confirmed by programme staff"),
    "invitation_settled": N_("Invitation confirmed or withdrawn"),
    "invitation_to_confirm": N_("Invitation to confirm"),
    "join_request_answered": N_("Request to join answered"),
    "join_requested": N_("Request to join"),
    "late_submission_refused": N_("Late submission refused"),
    "member_joined": N_("New member"),
    "membership_ended": N_("Role ended"),
    "new_browser": N_("Sign-in from a new browser"),
    "offer_taken_back": N_("Offer withdrawn"),
    "opening_to_confirm": N_("Opening to confirm"),
    "outcome_released": N_("Outcome released"),
    "problem_reported": N_("Problem reported"),
    "proposal_received": N_("Proposal received"),
    "proposal_withdrawn": N_("Proposal withdrawn"),
    "question_answered": N_("Question answered"),
    "question_asked": N_("Question to answer"),
    "release_approved": N_("Money released"),
    "release_paid": N_("Money paid"),
    "release_to_approve": N_("Release to approve"),
    "release_to_pay": N_("Release to pay"),
    "role_ended": N_("Programme role ended"),
    "role_granted": N_("Programme role granted"),
    "role_refused": N_("Programme role refused"),
    "role_to_approve": N_("Role to approve"),
    "rights_check_withdrawn": N_("Check of rights withdrawn"),
    "rights_exception_answered": N_("Exception to the rights rule answered"),
    "rights_exception_approved": N_("Challenge with an exception to the rights rule"),
    "rights_exception_to_approve": N_("Exception to the rights rule to approve"),
    "rights_statement_waiting": N_("Rights statement to accept"),
    "round_closed": N_("Round closed"),
    "sign_in_changed": N_("Sign-in details changed"),
}


@dataclass(frozen=True)
class Letter:
    """The subject and body of an email."""

    subject: str
    body: str


def address_of(endpoint: str, values: Mapping[str, object]) -> str:
    """Return the full address of a page, on the host the operator has set. It works without a request."""
    scheme = "https" if current_app.config["HTTPS"] else "http"
    adapter = current_app.url_map.bind(current_app.config["PUBLIC_ADDRESS"], url_scheme=scheme)
    return adapter.build(endpoint, dict(values), force_external=True)


def _value(name: str, value: object) -> object:
    """Restore a fact's value: names of instants end in `_at`; `bound` holds the facts that an action binds."""
    if name == "bound" and isinstance(value, list):
        return [Fact.unpacked(fact) for fact in value]
    return datetime.fromisoformat(value) if name.endswith("_at") and value and isinstance(value, str) else value


def compose(message: OutboxMessage) -> Letter:
    """Write the subject and body of a queued email."""
    if message.template == READY_MADE:
        return Letter(message.subject or "", message.body or "")
    facts = {name: _value(name, value) for name, value in message.facts.items()}
    endpoint, values = message.facts["link"]
    with in_language(current_app.config["BABEL_DEFAULT_LOCALE"]):
        template = current_app.jinja_env.get_template(f"mail/{message.template}.txt")
        context = template.new_context({**facts, "link": address_of(endpoint, values)})
        subject = " ".join("".join(template.blocks["subject"](context)).split())
        body = re.sub(r"\n{3,}", "\n\n", "".join(template.root_render_func(context)).strip()) + "\n"
    return Letter(subject, body)
