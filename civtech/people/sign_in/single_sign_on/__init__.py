"""Signing in with a provider elsewhere, by OpenID Connect: who somebody is there opens their account here.

A GET leads to the provider and another one back; both read only. What was proved waits in the browser's session,
signed and for ten minutes, for one press on a button of ours, which is the change.
"""

from flask import Flask

from civtech.people.sign_in.single_sign_on.outcome import linked_providers
from civtech.people.sign_in.single_sign_on.providers import providers
from civtech.web.actor import actor


def init(app: Flask) -> None:
    """Let pages list the providers."""
    app.jinja_env.globals.update(sign_in_providers=providers, own_providers=lambda: linked_providers(actor()))
