"""Signing in with another service, by OpenID Connect: an identity there opens the account here.

One GET leads to the provider and another comes back. Neither changes anything. The proof waits up to ten minutes in
the browser's signed session, until the person selects a button on our page, which makes the change.
"""

from flask import Flask

from civtech.people.sign_in.single_sign_on.outcome import linked_providers
from civtech.people.sign_in.single_sign_on.providers import providers
from civtech.web.actor import actor


def init(app: Flask) -> None:
    """Let pages list the providers."""
    app.jinja_env.globals.update(sign_in_providers=providers, own_providers=lambda: linked_providers(actor()))
