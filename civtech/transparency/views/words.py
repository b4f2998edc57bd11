"""Text pages: how it works, and the promise on rights."""

from flask import render_template
from flask.typing import ResponseReturnValue

from civtech.core.text import N_
from civtech.transparency.views.front import bp, latest_certificate
from civtech.web.gate import public
from civtech.web.kept.declaring import keepable
from civtech.web.navigation import navigate

navigate("main", N_("How it works"), "public.how_it_works", order=20)
navigate("footer", N_("Your intellectual property"), "public.rights_promise", order=5)


@bp.get("/how-it-works")
@public("Explains how a challenge works.", act=N_("Read how it works"))
@keepable()
def how_it_works() -> ResponseReturnValue:
    return render_template("public/how_it_works.html")


@bp.get("/rights")
@public("Explains our promise on intellectual property and equity.", act=N_("Read the promise on rights"))
@keepable()
def rights_promise() -> ResponseReturnValue:
    return render_template("public/rights.html", **latest_certificate())
