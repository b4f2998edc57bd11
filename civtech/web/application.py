"""The application class. Around every view, once and in this order: refuse files, call the view, remember, commit.

The last step of a response is to keep it, if it is a page for every visitor.
"""

from typing import Any

from flask import Flask, Response, has_request_context, request
from flask.typing import ResponseReturnValue

from civtech.core.errors import RuleViolation
from civtech.core.text import N_
from civtech.web import idempotency, seen, transaction, unsent
from civtech.web.kept import layer
from civtech.web.sizes import BoundedRequest
from civtech.web.templates import Translating


class FileSent(RuleViolation):
    """The form contained a file, but no form here asks for one and text fields cannot hold it (400)."""

    status = 400


class Application(Flask):
    """Flask with the commit inside the dispatch, so that a failed commit is handled like any other error."""

    request_class = BoundedRequest
    jinja_environment = Translating  # type: ignore[assignment] # Flask types it as Jinja's, and creates its own

    def __init__(self, name: str, **options: Any) -> None:
        super().__init__(name, **options)
        self._addresses: dict[str, str] = {}

    def url_for(self, /, endpoint: str, **values: Any) -> str:
        """The address. Those without a value in them are made once."""
        if values or endpoint.startswith(".") or not has_request_context() or request.script_root:
            return super().url_for(endpoint, **values)
        if endpoint not in self._addresses:
            self._addresses[endpoint] = super().url_for(endpoint)
        return self._addresses[endpoint]

    def dispatch_request(self) -> ResponseReturnValue:
        if transaction.is_write() and request.files:
            raise FileSent(N_("The service does not accept files yet. Send the form again without one."))
        response = idempotency.remember(self._answer())
        if transaction.is_write():
            seen.require_comparison(response)
        unsent.settle(response)
        transaction.settle(response)
        return response

    def process_response(self, response: Response) -> Response:
        return layer.settle(super().process_response(response))

    def _answer(self) -> Response:
        return self.make_response(super().dispatch_request())
