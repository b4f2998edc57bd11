"""The authorization gate. Every view declares who may use it and what it does, or the application does not start.

    @bp.post("/challenges/<slug>/publication")
    @permit(policy.publish, find_challenge, act=N_("Select the dates of a challenge and publish it"))
    def publish(challenge): ...

A view that takes a form binds what its page showed (`web/seen.py`), unless it says with `unbound` why it binds no one.

`find_challenge(slug=...)` only finds what the actor may see, so anything else is a 404. Then the policy decides (403),
and the view gets the noun. Before any lookup, the gate sends visitors, and people whose session proves too little,
to sign in or prove their identity. Actions that are hard to undo need a fresh proof, asked for once they are allowed.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial, wraps

from flask import Flask, current_app, g
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import Forbidden
from werkzeug.routing import Rule

from civtech.core.policy import Policy, Proof
from civtech.core.text import Text
from civtech.web.actor import actor
from civtech.web.idempotency import turn_away
from civtech.web.transaction import is_write

View = Callable[..., ResponseReturnValue]
Ask = Callable[[Proof, bool], ResponseReturnValue | None]
Find = Callable[..., object]
Check = Callable[[Find, Mapping[str, object], object], None]

_asks: list[Ask] = []
_checks: list[Check] = []


def proven_by(ask: Ask) -> Ask:
    """Let the function ask for a proof of identity, fresh if required. It returns the response to send, or None."""
    _asks[:] = [ask]
    return ask


def checked_by(check: Check) -> Check:
    """Let the function check everything that `find` functions return. It gets the function, values and noun."""
    _checks.append(check)
    return check


def _noun(find: Find, values: Mapping[str, object]) -> object:
    noun = find(**values)
    for check in _checks:
        check(find, values, noun)
    return noun


def find_again() -> None:
    """Read the view's noun again after a rollback, as its `find` loads it. `NotFound` if it is gone."""
    if g.get("find"):
        g.find()


def _asked(proof: Proof, *, fresh: bool) -> ResponseReturnValue | None:
    answer = next((answer for ask in _asks if (answer := ask(proof, fresh)) is not None), None)
    if answer is not None:
        turn_away()
    return answer


class NotAllowed(Forbidden):
    """A rule refuses this to the actor. `text` is the rule's explanation, if it has one."""

    def __init__(self, text: Text | None) -> None:
        super().__init__()
        self.text = text


@dataclass(frozen=True)
class Grant:
    """How a view is opened: by a policy, with or without a noun to ask about, or to the public with a reason.

    `act` says what the view lets people do, in a few words that begin with a verb. `unbound` is the reason why a form
    that it takes binds no one to what the page showed. Without a reason, it binds them.
    """

    policy: Policy | None
    public_because: str = ""
    finds: bool = False
    act: str = ""
    unbound: str = ""


def public(because: str = "", *, act: str = "", unbound: str = "") -> Callable[[View], View]:
    """Open a view to everyone; `visible_to` filters what it shows. `because` appears in the access table."""

    def declare(view: View) -> View:
        view.grant = Grant(None, because, act=act, unbound=unbound)  # type: ignore[attr-defined]
        return view

    return declare


def permit(policy: Policy, find: Find | None = None, *, act: str = "", unbound: str = "") -> Callable[[View], View]:
    """Open a view to people whom `policy` allows. With `find`, it is asked about the noun found from the URL."""

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(**values: object) -> ResponseReturnValue:
            who = actor()
            if not who.is_authenticated:
                turn_away()
                return current_app.login_manager.unauthorized()  # type: ignore[attr-defined, no-any-return]
            if asked := _asked(policy.proof, fresh=False):
                return asked
            g.find = None if find is None else partial(_noun, find, values)
            nouns = () if find is None else (g.find(),)
            if not policy(who, *nouns):
                raise NotAllowed(policy.because(who, *nouns) if policy.because else None)
            if policy.fresh and is_write() and (asked := _asked(policy.proof, fresh=True)):
                return asked
            return view(*nouns) if nouns else view(**values)

        guarded.grant = Grant(  # type: ignore[attr-defined]
            policy, finds=find is not None, act=act, unbound=unbound
        )
        return guarded

    return declare


def open_to_public(app: Flask, endpoint: str, because: str, *, act: str, unbound: str = "") -> None:
    """Declare a view from a library as public."""
    grant = Grant(None, because, act=act, unbound=unbound)
    setattr(app.view_functions[endpoint], "grant", grant)  # noqa: B010


def can(policy: Policy, subject: object = None) -> bool:
    """Whether the actor may do this. For buttons."""
    return policy(actor(), subject)


def grant_of(app: Flask, rule: Rule) -> Grant | None:
    """How the view behind a URL rule is opened."""
    return getattr(app.view_functions[rule.endpoint], "grant", None)


def undeclared(app: Flask) -> Iterator[str]:
    """Endpoints that do not declare who may use them."""
    for rule in app.url_map.iter_rules():
        if grant_of(app, rule) is None:
            yield rule.endpoint


def close(app: Flask) -> None:
    """Refuse to start if a view does not declare who may use it, or what it lets people do."""
    if forgotten := sorted(set(undeclared(app))):
        raise RuntimeError(f"No one has said who may use: {', '.join(forgotten)}")
    unnamed = {rule.endpoint for rule in app.url_map.iter_rules() if not getattr(grant_of(app, rule), "act", "")}
    if unnamed:
        raise RuntimeError(f"Say what people can do there, with act=N_(…) beside @permit or @public: {sorted(unnamed)}")
