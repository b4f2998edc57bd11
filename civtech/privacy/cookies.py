"""All cookies, each of them strictly necessary. A test checks that no page sets another."""

from dataclasses import dataclass

from flask import Flask

from civtech.core.text import N_


@dataclass(frozen=True)
class Cookie:
    """One cookie: what it is for, and how long a browser keeps it."""

    name: str
    purpose: str
    lasts: str


def cookies_of(app: Flask) -> list[Cookie]:
    """Return every cookie the application sets, under its name here."""
    return [
        Cookie(
            app.config["SESSION_COOKIE_NAME"],
            N_(
                "Keeps you signed in, stops other websites sending forms in your name, and carries messages "
                "to the next page. We set it when you open a form or sign in. Its contents are signed."
            ),
            N_("Until you close the browser or sign out. You stay signed in for 12 hours at most."),
        )
    ]
