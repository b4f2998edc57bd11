"""Pages for everyone."""

from flask import Flask

from civtech.transparency.views import certificate, front, register, timeline, words

blueprints = [front.bp, register.bp]


def init(app: Flask) -> None:
    """Let anyone check a certificate without a token: it changes nothing, and its page can be kept."""
    app.extensions["csrf"].exempt(certificate.check_certificate)


__all__ = ["blueprints", "certificate", "front", "init", "register", "timeline", "words"]
