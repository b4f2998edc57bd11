"""The cookies there are, all of them strictly necessary. A test finds no other on any page."""

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
    """Every cookie that the application sets, under the name it has here."""
    return [
        Cookie(
            app.config["SESSION_COOKIE_NAME"],
            N_(
                "Keeps you signed in, protects forms against being sent by another site, and carries a message to the "
                "next page. It is set when you open a form or sign in; what it holds is signed."
            ),
            N_("Until you close the browser or sign out. A sign-in counts for 12 hours at most."),
        )
    ]
