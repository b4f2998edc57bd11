"""Pages for everyone."""

from flask import Flask

from civtech.transparency.views import certificate, front, helping, register, timeline, words

blueprints = [front.bp, register.bp]


def init(app: Flask) -> None:
    """Let anyone check a certificate without a token: it changes nothing, and its page can be kept."""
    helping.init(app)
    app.extensions["csrf"].exempt(certificate.check_certificate)


__all__ = ["blueprints", "certificate", "front", "helping", "init", "register", "timeline", "words"]
