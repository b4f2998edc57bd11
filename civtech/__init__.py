"""The challenge platform: from a public body's open question to released money."""

from importlib import import_module
from importlib.util import find_spec

from flask import Flask, request
from flask_babel import Babel
from flask_migrate import Migrate
from flask_wtf.csrf import CSRFProtect
from govuk_frontend_wtf.main import WTFormsHelpers
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader
from werkzeug.middleware.proxy_fix import ProxyFix
from whitenoise import WhiteNoise

import config
from civtech import cli, web
from civtech.core.db import db
from civtech.core.text import N_
from civtech.notifications import declared
from civtech.organisations import models as _organisations  # noqa: F401 -- a person refers to its classes in strings
from civtech.roles import models as _roles  # noqa: F401 -- the same
from civtech.web import assets, gate, headers, limits, sizes, undefined
from civtech.web.application import Application
from civtech.web.equal_times import EqualTimes
from civtech.web.kept.layer import Kept
from civtech.web.translation import chosen

PACKAGES = (
    "people",
    "organisations",
    "roles",
    "programmes",
    "challenges",
    "proposals",
    "judging",
    "rights",
    "stages",
    "funding",
    "notifications",
    "oversight",
    "transparency",
    "viewing",
    "privacy",
    "demo",
)
PARTS = (
    "models",
    "personal",
    "policy",
    "scoping",
    "starting",
    "unfinished",
    "subscribers",
    "tasks",
    "duty",
    "first_steps",
    "histories",
    "panels",
    "views",
    "commands",
)


def create_app(settings: config.Settings | None = None) -> Flask:
    """Build the application. Only this code knows every package."""
    app = Application(__name__, instance_path=str(config.INSTANCE))
    app.config.from_mapping((settings or config.read()).mapping())
    undefined.init(app)
    app.jinja_loader = ChoiceLoader(
        [
            PackageLoader("civtech"),
            PrefixLoader(
                {name: PackageLoader(name) for name in ("govuk_frontend_jinja", "govuk_frontend_wtf")},
            ),
        ]
    )
    db.init_app(app)
    Migrate(app, db, directory=str(config.ROOT / "migrations"), render_as_batch=True, compare_type=True)
    sizes.init(app)
    CSRFProtect(app)
    Babel(
        app, locale_selector=lambda: chosen(request.headers.get("Accept-Language", ""), tuple(app.config["LANGUAGES"]))
    )
    WTFormsHelpers(app)
    web.init(app)
    for package in PACKAGES:
        _add(app, package)
    gate.open_to_public(
        app,
        "static",
        N_("Files that pages need, such as styles, scripts and images."),
        act=N_("Load images, fonts and styles"),
    )
    for command in cli.commands:
        app.cli.add_command(command)
    limits.init(app)
    gate.close(app)
    declared.close(app)
    _wrap(app)
    return app


def _add(app: Flask, package: str) -> None:
    """Load the parts a package has: its blueprints, its commands, and `init(app)` if it needs the application."""
    for part in PARTS:
        name = f"civtech.{package}.{part}"
        if find_spec(f"civtech.{package}") is None or find_spec(name) is None:
            continue
        module = import_module(name)
        for blueprint in getattr(module, "blueprints", ()):
            app.register_blueprint(blueprint)
        for command in getattr(module, "commands", ()):
            app.cli.add_command(command)
        if hasattr(module, "init"):
            module.init(app)


def _wrap(app: Flask) -> None:
    """Serve static files and kept pages outside Flask, and trust as many proxies as the operator says."""
    app.extensions["kept"] = kept = Kept(EqualTimes(app.wsgi_app), app)
    static = WhiteNoise(
        kept,
        immutable_file_test=lambda _path, url: "/build/" in url,
        add_headers_function=headers.for_static_files,
        autorefresh=app.debug or app.testing,
    )
    if assets.BUILD.exists():
        static.add_files(str(assets.BUILD), prefix="static/build/")
    app.wsgi_app = static  # type: ignore[method-assign]
    if proxies := app.config["TRUSTED_PROXIES"]:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies
        )
