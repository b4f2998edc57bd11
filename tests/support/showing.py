"""The pages on which people find the forms that bind them, so that a test can act as someone who opened one first."""

from collections.abc import Mapping

from werkzeug.test import TestResponse

from tests.support.markup import parsed

PANEL = "/challenges/{slug}/panels/{stage_key}"
ORGANISATION = "/organisations/{reference}"
STATEMENT = "/rights-statements/{reference}"
PAGES: Mapping[str, tuple[str, ...]] = {
    "challenges.approve": ("/challenges/{slug}",),
    "challenges.cancel": ("/challenges/{slug}/cancellation",),
    "challenges.move": ("/challenges/{slug}/round",),
    "challenges.propose": ("/challenges/{slug}",),
    "challenges.send_back": ("/challenges/{slug}/return",),
    "challenges.answer": ("/challenges/{slug}/questions/{reference}/answer",),
    "funding.approve": ("/releases/{reference}",),
    "funding.pay": ("/releases/{reference}",),
    "funding.propose": ("/milestones/{reference}",),
    "funding.refuse": ("/releases/{reference}/refusal",),
    "invitations.accept": ("/invitations/{reference}",),
    "invitations.decline": ("/invitations/{reference}",),
    "judging.assign_all": (f"{PANEL}/assignments",),
    "judging.declare": ("/assignments/{reference}",),
    "judging.lock": ("/assignments/{reference}",),
    "judging.new_decision": (f"{PANEL}/decisions/new",),
    "judging.save": ("/assignments/{reference}",),
    "judging.send_back": ("/decisions/{reference}",),
    "organisations.answer_request": (f"{ORGANISATION}/requests/{{request}}",),
    "organisations.ask": ("/organisations/join",),
    "organisations.become_company": (f"{ORGANISATION}/company",),
    "organisations.confirm": (f"{ORGANISATION}/invitations/{{invitation}}/confirmation",),
    "organisations.decline_request": (f"{ORGANISATION}/requests/{{request}}",),
    "organisations.end": (f"{ORGANISATION}/members", ORGANISATION),
    "organisations.number": (f"{ORGANISATION}/number",),
    "organisations.revoke": (f"{ORGANISATION}/members",),
    "people.keep_address": ("/account/address",),
    "people.remove": ("/account/passkeys",),
    "people.say_yes": ("/address/{secret}",),
    "privacy.carry_out": ("/data-protection",),
    "privacy.deal_with_problem": ("/accessibility/problems",),
    "privacy.erasure": ("/account/erasure",),
    "privacy.lift_hold": ("/data-protection",),
    "privacy.take_back": ("/account/data",),
    "programmes.finish_round": ("/rounds/{reference}/completion",),
    "programmes.opening": ("/rounds/{reference}/opening",),
    "proposals.confirm_opening": ("/challenges/{slug}/opening",),
    "proposals.request_opening": ("/challenges/{slug}/opening",),
    "proposals.submit": ("/proposals/{reference}/check",),
    "proposals.withdraw": ("/proposals/{reference}/withdrawal",),
    "rights.accept_for_company": (STATEMENT,),
    "rights.remove_background": (STATEMENT,),
    "roles.approve": ("/roles/{reference}",),
    "roles.end": ("/roles/{reference}",),
    "roles.refuse": ("/roles/{reference}/refusal",),
    "roles.take_back": ("/roles/{reference}",),
    "stages.conclude": ("/agreements/{reference}",),
    "stages.deliver": ("/milestones/{reference}/deliverables/new",),
    "stages.discard": ("/agreements/{reference}",),
    "stages.drop_milestone": ("/milestones/{reference}",),
    "stages.take_back": ("/agreements/{reference}",),
}
"""By route. Forms that tests always take from their page are not listed."""


def seen_on(page: TestResponse, address: str) -> str | None:
    """What the form to this address on the page has seen, if there is one."""
    for form in parsed(page.text).iter("form"):
        leads_to = {form.get("action") or page.request.path, *(each.get("formaction") for each in form.iter("button"))}
        seen = [field.get("value") for field in form.iter("input") if field.get("name") == "seen"]
        if seen and address in leads_to:
            return seen[0]
    return None
