"""How long who is kept, why, and on which ground. How many years each category has is set by `RETENTION_YEARS`."""

from dataclasses import dataclass
from datetime import datetime

from civtech.core.text import N_


@dataclass(frozen=True)
class Category:
    """People, or traces, that are kept for the same reason; the time runs from what `since` says."""

    key: str
    title: str
    what: str
    purpose: str
    basis: str
    since: str
    source: str


ACCOUNT = Category(
    "account",
    N_("Everybody with an account"),
    N_("Name, e-mail address, organisations you act for."),
    N_("To let you sign in, and to write to you about what you take part in."),
    N_("A task in the public interest: UK GDPR Article 6(1)(e)."),
    N_("your last sign-in or act"),
    N_("The programme’s decision, as UK GDPR Article 5(1)(e) asks for."),
)
UNSUCCESSFUL = Category(
    "unsuccessful",
    N_("Applicants who were not funded"),
    N_("Who wrote, submitted and withdrew a proposal."),
    N_("To judge proposals fairly, and to explain decisions afterwards."),
    N_("A task in the public interest: UK GDPR Article 6(1)(e)."),
    N_("the decision on the last proposal, or its deadline if it was never submitted"),
    N_("Usual for unsuccessful bids: the end of the process and one year."),
)
FUNDED = Category(
    "funded",
    N_("Teams that were funded"),
    N_("Who signed, delivered and accepted, beside what was agreed and paid."),
    N_("To carry out agreements, and to account for public money."),
    N_("Contract and legal duty: UK GDPR Article 6(1)(b) and (c)."),
    N_("the end of the last agreement"),
    N_(
        "Usual for contracts: their end and six years, in Scotland five. "
        "The Procurement Act 2023, section 98, wants three."
    ),
)
OFFICIAL = Category(
    "official",
    N_("People who act for a public body or the programme, and judges"),
    N_("Who decided, judged, opened and released."),
    N_("To show that decisions about public money were made by the right people, without a conflict of interest."),
    N_("Legal duty: UK GDPR Article 6(1)(c)."),
    N_("your last role or decision"),
    N_("As long as the agreements that were decided about."),
)
TRACES = Category(
    "traces",
    N_("Traces of use"),
    N_("Browsers you signed in with, mails sent, invitations answered, forms sent, problems reported."),
    N_("To keep accounts safe and mail certain."),
    N_("A task in the public interest: UK GDPR Article 6(1)(e)."),
    N_("the day they came to be"),
    N_("The programme’s decision, as UK GDPR Article 5(1)(e) asks for."),
)
STRONGEST_FIRST = (FUNDED, OFFICIAL, UNSUCCESSFUL, ACCOUNT)
CATEGORIES = (ACCOUNT, UNSUCCESSFUL, FUNDED, OFFICIAL, TRACES)


def before(at: datetime, years: int) -> datetime:
    """The same day `years` earlier; 28 February for the 29th."""
    try:
        return at.replace(year=at.year - years)
    except ValueError:
        return at.replace(year=at.year - years, day=28)
