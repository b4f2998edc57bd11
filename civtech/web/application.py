"""The application class. Around every view, once and in this order: refuse files, call the view, remember, commit."""

from flask import Flask, Response, request
from flask.typing import ResponseReturnValue

from civtech.core.errors import RuleViolation
from civtech.core.text import N_
from civtech.web import idempotency, transaction, unsent
from civtech.web.sizes import BoundedRequest
from civtech.web.templates import Translating


class FileSent(RuleViolation):
    """The form contained a file, but no form here asks for one and text fields cannot hold it (400)."""

    status = 400


class Application(Flask):
    """Flask with the commit inside the dispatch, so that a failed commit is handled like any other error."""

    request_class = BoundedRequest
    jinja_environment = Translating  # type: ignore[assignment] # Flask types it as Jinja's, and creates its own

    def dispatch_request(self) -> ResponseReturnValue:
        if transaction.is_write() and request.files:
            raise FileSent(N_("The service does not accept files yet. Send the form again without one."))
        response = idempotency.remember(self._answer())
        unsent.settle(response)
        transaction.settle(response)
        return response

    def _answer(self) -> Response:
        return self.make_response(super().dispatch_request())
