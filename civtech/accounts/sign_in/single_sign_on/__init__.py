"""Signing in with a provider elsewhere, by OpenID Connect: who somebody is there opens their account here.

A GET leads to the provider and another one back; both read only. What was proved waits in the browser's session,
signed and for ten minutes, for one press on a button of ours, which is the change.
"""

from flask import Flask

from civtech.accounts.sign_in.limits import Limits, network
from civtech.accounts.sign_in.single_sign_on.outcome import linked_providers
from civtech.accounts.sign_in.single_sign_on.providers import providers
from civtech.web.actor import actor

ATTEMPTS = {
    "elsewhere.begin": ("30/minute;300/hour", ("GET",)),
    "elsewhere.answer": ("30/minute;300/hour", ("GET",)),
    "elsewhere.sign_in": ("30/minute;300/hour", ("POST",)),
    "elsewhere.register": ("10/minute;60/hour", ("POST",)),
    "identities.link": ("10/minute;60/hour", ("POST",)),
}


def init(app: Flask, limits: Limits) -> None:
    """Limit how often one may try, and let pages list the providers."""
    for endpoint, (times, methods) in ATTEMPTS.items():
        app.view_functions[endpoint] = limits.limited(app.view_functions[endpoint], times, network, methods)
    app.jinja_env.globals.update(sign_in_providers=providers, own_providers=lambda: linked_providers(actor()))
