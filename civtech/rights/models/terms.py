"""What a rights statement contains: the equity lines, the licence and the status of its acceptance."""

from civtech.core.state import State
from civtech.core.text import N_

EQUITY = {
    "public_stake": N_("Shares held by the public body"),
    "options": N_("Options or warrants"),
    "convertibles": N_("Convertible instruments"),
    "loans": N_("Repayable loans"),
    "royalty_share": N_("Share of royalties or revenue"),
    "board_seat": N_("Seat on the board"),
}

LICENCE = {
    "scope": N_("Permitted use"),
    "field": N_("Field of use"),
    "territory": N_("Territory"),
    "term": N_("How long for"),
    "exclusive": N_("Exclusive"),
    "royalty": N_("Royalty"),
    "sublicence": N_("Sub-licence"),
}

DEFAULT_LICENCE = {
    "scope": "Evaluation and internal use for the public task the challenge describes",
    "field": "The field of the challenge",
    "territory": "The United Kingdom",
    "term": "Perpetual for what was delivered in the stage",
    "exclusive": "No",
    "royalty": "None",
    "sublicence": "To the public body's own contractors, for its own use only",
}


class RightsState(State):
    """Worked out from the offer and the acceptances; never saved."""

    DRAWN_UP = "drawn_up", N_("Draft"), "grey"
    WAITING_FOR_BOTH = "waiting_for_both", N_("Waiting for both sides"), "yellow"
    WAITING_FOR_COMPANY = "waiting_for_company", N_("Waiting for the company"), "yellow"
    WAITING_FOR_BODY = "waiting_for_body", N_("Waiting for the public body"), "yellow"
    ACCEPTED = "accepted", N_("Accepted by both sides"), "green"
