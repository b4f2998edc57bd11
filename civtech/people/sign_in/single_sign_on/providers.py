"""The providers that the operator offers, and their display names."""

from urllib.parse import urlsplit

from flask import current_app

from config import SignInProvider


def providers() -> tuple[SignInProvider, ...]:
    """Other services people can sign in with, in the operator's order."""
    named: tuple[SignInProvider, ...] = current_app.config["SIGN_IN_PROVIDERS"]
    return named


def provider_named(name: str) -> SignInProvider | None:
    """The provider with this name, if the operator offers it."""
    return next((provider for provider in providers() if provider.name == name), None)


def title_of(issuer: str) -> str:
    """The display name of the provider with this issuer, or its host if it is no longer offered."""
    titles = {provider.issuer: provider.title for provider in providers()}
    return titles.get(issuer) or urlsplit(issuer).netloc
