"""The application class: around every view, once, in this order: replay, view, remember, commit."""

from flask import Flask, Response
from flask.typing import ResponseReturnValue

from civtech.web import idempotency, transaction


class Application(Flask):
    """Flask with the transaction inside the dispatch, so that a commit that fails is answered like any other error."""

    def dispatch_request(self) -> ResponseReturnValue:
        response = idempotency.replay()
        if response is None:
            response = idempotency.remember(self._answer())
        transaction.settle(response)
        return response

    def _answer(self) -> Response:
        return self.make_response(super().dispatch_request())
