"""Pages for everyone."""

from civtech.transparency.views import certificate, front, register, timeline, words

blueprints = [front.bp, register.bp]

__all__ = ["blueprints", "certificate", "front", "register", "timeline", "words"]
