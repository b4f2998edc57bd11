"""A browser without a screen, and the settings tests run on."""

import contextvars
from pathlib import Path
from typing import Any

from flask import Flask
from flask.globals import _cv_app
from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

import config
from civtech import create_app
from civtech.core.db import db
from tests.support.loading import SERVING
from tests.support.showing import PAGES, seen_on


class Client(FlaskClient):
    """The browser of one person. Each request runs in its own context, as in production.

    An application context shared with the test would leak `g` from one request to the next. The authorization gate
    would then let through what it must refuse.
    """

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        if _cv_app.get(None) is not None:
            db.session.commit()
        return contextvars.copy_context().run(self._alone, *args, **kwargs)

    def post(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Send a form. A test that says nothing of what the person saw sends it from a page opened just before."""
        data = kwargs.get("data") or {}
        says_nothing = isinstance(data, dict) and "seen" not in data and "json" not in kwargs
        if says_nothing and args and (seen := self._seen_now(str(args[0]), kwargs)):
            kwargs["data"] = {**data, "seen": seen}
        return super().post(*args, **kwargs)

    def _seen_now(self, address: str, sent: dict[str, Any]) -> str | None:
        path = address.split("?", maxsplit=1)[0]
        try:
            endpoint, values = self.application.url_map.bind("localhost").match(path, method="POST")
        except HTTPException:
            return None
        headers = {"headers": sent["headers"]} if "headers" in sent else {}
        for page in PAGES.get(endpoint, ()):
            shown = self.get(page.format(**values), **headers)
            if shown.status_code == 200 and (seen := seen_on(shown, path)):
                return seen
        return None

    def _alone(self, *args: Any, **kwargs: Any) -> TestResponse:
        SERVING.set(True)
        _cv_app.set(None)  # type: ignore[arg-type]
        return super().open(*args, **kwargs)


def settings_for(database: str, folder: Path, **extra: str) -> config.Settings:
    """Settings for tests: nothing outside `folder`, nothing from the environment."""
    return config.read(
        {
            "CIVTECH_ENV": "testing",
            "DATABASE_URL": database,
            "MAIL_URL": f"file://{folder}/mail",
            "STORAGE_URL": f"file://{folder}/files",
            "QUEUE_URL": f"sqlite:///{folder}/queue.db",
            "SECRET_KEY": "tests only",
            "PASSWORD_SALT": "tests only",
            "TOTP_SECRET": "tests only, and long enough for a key",
            "AUDIT_SIGNING_KEY": f"{'A' * 43}=",
            "LOG_LEVEL": "error",
            "KEPT_PAGES": "0",
            **extra,
        }
    )


def application(database: str, folder: Path, **extra: str) -> Flask:
    """The application for tests on this database, without form tokens and with our test client."""
    app = create_app(settings_for(database, folder, **extra))
    app.config["WTF_CSRF_ENABLED"] = False
    app.login_manager.session_protection = None  # type: ignore[attr-defined]
    app.test_client_class = Client
    return app
