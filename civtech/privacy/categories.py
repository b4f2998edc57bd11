"""How long people's data is kept, why, and on which legal basis. `RETENTION_YEARS` sets the years of each category."""

from dataclasses import dataclass
from datetime import datetime

from civtech.core.text import N_


@dataclass(frozen=True)
class Category:
    """People, or records, kept for the same reason. The period starts with what `since` says."""

    key: str
    title: str
    what: str
    purpose: str
    basis: str
    since: str
    source: str


ACCOUNT = Category(
    "account",
    N_("Everyone with an account"),
    N_("Name, email address and the organisations you act for."),
    N_("To let you sign in, and to email you about things you take part in."),
    N_("A task in the public interest: UK GDPR Article 6(1)(e)."),
    N_("your last sign-in or action"),
    N_("The programme’s decision, as UK GDPR Article 5(1)(e) requires."),
)
UNSUCCESSFUL = Category(
    "unsuccessful",
    N_("Applicants who were not funded"),
    N_("A record of who wrote, submitted and withdrew a proposal."),
    N_("To judge proposals fairly, and to explain decisions afterwards."),
    N_("A task in the public interest: UK GDPR Article 6(1)(e)."),
    N_("the decision on the last proposal, or its deadline if it was never submitted"),
    N_("The usual period for unsuccessful proposals is one year after the process ends."),
)
FUNDED = Category(
    "funded",
    N_("Teams that were funded"),
    N_("A record of who signed, delivered and accepted, with what was agreed and paid."),
    N_("To carry out agreements, and to account for public money."),
    N_("Contract and legal obligation: UK GDPR Article 6(1)(b) and (c)."),
    N_("the end of the last agreement"),
    N_(
        "The usual period for contracts is six years after they end, or five years in Scotland. Section 98 of"
        " the Procurement Act 2023 requires three years."
    ),
)
OFFICIAL = Category(
    "official",
    N_("People who act for a public body or the programme, and judges"),
    N_("A record of who made decisions, judged, opened proposals and released money."),
    N_("To show that the right people made decisions about public money, without a conflict of interest."),
    N_("Legal obligation: UK GDPR Article 6(1)(c)."),
    N_("the end of your last role, or your last decision"),
    N_("The same period as for the agreements that the decisions were about."),
)
TRACES = Category(
    "traces",
    N_("Activity records"),
    N_("Browsers you signed in with, emails sent, invitations answered, forms sent and problems reported."),
    N_("To keep accounts safe and to make sure emails arrive."),
    N_("A task in the public interest: UK GDPR Article 6(1)(e)."),
    N_("the day each record was made"),
    N_("The programme’s decision, as UK GDPR Article 5(1)(e) requires."),
)
STRONGEST_FIRST = (FUNDED, OFFICIAL, UNSUCCESSFUL, ACCOUNT)
CATEGORIES = (ACCOUNT, UNSUCCESSFUL, FUNDED, OFFICIAL, TRACES)


def before(at: datetime, years: int) -> datetime:
    """Return the same day `years` earlier; 28 February for the 29th."""
    try:
        return at.replace(year=at.year - years)
    except ValueError:
        return at.replace(year=at.year - years, day=28)
