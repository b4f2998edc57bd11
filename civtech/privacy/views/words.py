"""The privacy notice, the cookies page and the accessibility statement."""

from flask import current_app, render_template
from flask.typing import ResponseReturnValue

from civtech.core.text import N_
from civtech.privacy.categories import CATEGORIES
from civtech.privacy.cookies import cookies_of
from civtech.privacy.models import WAITING_TIME
from civtech.privacy.views.blueprint import bp
from civtech.web.gate import public
from civtech.web.kept.declaring import keepable


@bp.get("/privacy")
@public(
    N_("Explains what we hold about people, why and for how long, and what their rights are."),
    act=N_("Read what we hold about people, and why"),
)
@keepable()
def notice() -> ResponseReturnValue:
    return render_template(
        "privacy/notice.html",
        categories=CATEGORIES,
        years=current_app.config["RETENTION_YEARS"],
        days=WAITING_TIME.days,
    )


@bp.get("/cookies")
@public(N_("Explains which cookies we use, and why there is no cookie banner."), act=N_("Read about cookies"))
@keepable()
def cookies() -> ResponseReturnValue:
    return render_template("privacy/cookies.html", cookies=cookies_of(current_app))


@bp.get("/accessibility")
@public(
    N_("Explains how to use the service, and what to do if you cannot."), act=N_("Read the accessibility statement")
)
@keepable()
def accessibility() -> ResponseReturnValue:
    return render_template("privacy/accessibility.html")
