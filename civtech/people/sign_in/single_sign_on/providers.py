"""The providers that the operator has named, and what people call them."""

from urllib.parse import urlsplit

from flask import current_app

from config import SignInProvider


def providers() -> tuple[SignInProvider, ...]:
    """Where one can sign in besides here, in the operator's order."""
    named: tuple[SignInProvider, ...] = current_app.config["SIGN_IN_PROVIDERS"]
    return named


def provider_named(name: str) -> SignInProvider | None:
    """The provider of this name, if the operator has set one."""
    return next((provider for provider in providers() if provider.name == name), None)


def title_of(issuer: str) -> str:
    """What people call the provider with this issuer; one that is not set any more goes by its host."""
    titles = {provider.issuer: provider.title for provider in providers()}
    return titles.get(issuer) or urlsplit(issuer).netloc
