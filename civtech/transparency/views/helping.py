"""The guides for each role, inside the product."""

from flask import Flask, render_template, url_for
from flask.typing import ResponseReturnValue

from civtech.core.errors import NotFound
from civtech.core.text import N_
from civtech.transparency.guides import GUIDES, INDEX, guides_for, page_of
from civtech.transparency.views.front import bp
from civtech.web.gate import public
from civtech.web.kept.declaring import keepable
from civtech.web.navigation import navigate

navigate("footer", N_("Help"), "public.help_pages", order=1)


@bp.get("/help")
@public("Lists the guides.", act=N_("Read the guides"))
@keepable()
def help_pages() -> ResponseReturnValue:
    return render_template("public/guide.html", page=page_of(INDEX, url_for("public.help_pages")), is_index=True)


@bp.get("/help/<guide>")
@public("A guide says what everyone can do.", act=N_("Read a guide"))
@keepable()
def guide(guide: str) -> ResponseReturnValue:
    if guide not in GUIDES:
        raise NotFound
    return render_template("public/guide.html", page=page_of(guide, url_for("public.help_pages")), is_index=False)


def init(app: Flask) -> None:
    """Let Home link to the guides for the person’s roles."""
    app.jinja_env.globals.update(guides_for=guides_for)
