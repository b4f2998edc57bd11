"""The people of a company, as its owners add them."""

from flask.typing import ResponseReturnValue

from civtech.accounts import policy
from civtech.accounts.forms.membership import CompanyMembershipForm
from civtech.accounts.models import Organisation
from civtech.accounts.views.appointing import appoint
from civtech.accounts.views.organisations import bp, find_organisation
from civtech.web.gate import permit


@bp.route("/<reference>/members", methods=["GET", "POST"])
@permit(policy.add_to_company, find_organisation)
def members(company: Organisation) -> ResponseReturnValue:
    return appoint(company, CompanyMembershipForm(), "accounts/company_members.html")
