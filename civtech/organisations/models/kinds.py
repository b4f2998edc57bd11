"""Organisations' kinds, sizes, registers and member roles."""

import tomllib
from pathlib import Path

from civtech.core.state import State
from civtech.core.text import N_, Text


class OrganisationKind(State):
    PUBLIC_BODY = "public_body", N_("Public body"), "blue"
    COMPANY = "company", N_("Company"), "turquoise"
    INDIVIDUAL = "individual", N_("Person with an idea"), "purple"


class CompanySize(State):
    """Size by the UK definition, from a company's figures or as its owner declared it; see `sizes`."""

    MICRO = "micro", N_("Micro")
    SMALL = "small", N_("Small")
    MEDIUM = "medium", N_("Medium")
    LARGE = "large", N_("Large")

    @property
    def is_sme(self) -> bool:
        return self is not CompanySize.LARGE


REGISTERS = Path(__file__).parent / "registers.toml"
ANYWHERE = ""


class IdentifierScheme(State):
    """Registers by their org-id.guide code. Kept beside the number, and never inferred from its shape.

    Those named here have a check in `identifiers`. The others come from `registers.toml`.
    """

    country: str
    """Its country by ISO 3166 code, or `ANYWHERE`."""
    example: str
    has_check: bool
    """Whether we can tell a number of this register from one that is mistyped."""
    repeats: bool
    """Whether its courts or offices give out the same numbers, so that one number does not mean one organisation."""

    def __new__(
        cls, value: str, label: str = "", country: str = "GB", example: str = "", repeats: bool | None = None
    ) -> "IdentifierScheme":
        member = object.__new__(cls)
        member._value_ = value
        member.label, member.colour = Text(label), "grey"
        member.country, member.example = country, example
        member.has_check, member.repeats = repeats is None, bool(repeats)
        return member

    _ignore_ = ["each"]  # noqa: RUF012

    COMPANIES_HOUSE = "GB-COH", N_("Companies House")
    SCOTTISH_CHARITY = "GB-SC", N_("Scottish Charity Register")
    CHARITY_COMMISSION = "GB-CHC", N_("Charity Commission for England and Wales")
    NORTHERN_IRISH_CHARITY = "GB-NIC", N_("Charity Commission for Northern Ireland")
    VAT = "VAT", N_("VAT number (UK or EU)"), ANYWHERE
    PROCUREMENT = "GB-PPON", N_("Public Procurement Organisation Number")
    LEI = "XI-LEI", N_("Legal Entity Identifier (LEI)"), ANYWHERE
    for each in tomllib.loads(REGISTERS.read_text(encoding="utf-8"))["registers"]:
        vars()[each["code"].replace("-", "_").upper()] = (
            each["code"], each["name"], each["country"], each.get("example", ""), each.get("repeats", False)
        )  # fmt: skip


REPEATING = tuple(scheme for scheme in IdentifierScheme if scheme.repeats)


class MemberRole(State):
    """What a member may do. Company: owner, editor, viewer. Public body: owner, author, approver, acceptor."""

    OWNER = "owner", N_("Owner")
    EDITOR = "editor", N_("Editor")
    VIEWER = "viewer", N_("Viewer")
    AUTHOR = "author", N_("Author")
    APPROVER = "approver", N_("Approver")
    ACCEPTOR = "acceptor", N_("Acceptor of deliverables")


MEMBER_ROLES = {
    OrganisationKind.PUBLIC_BODY: (MemberRole.OWNER, MemberRole.AUTHOR, MemberRole.APPROVER, MemberRole.ACCEPTOR),
    OrganisationKind.COMPANY: (MemberRole.EDITOR, MemberRole.VIEWER, MemberRole.OWNER),
    OrganisationKind.INDIVIDUAL: (MemberRole.OWNER,),
}
