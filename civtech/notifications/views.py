"""The outbox for staff: emails that are waiting, sent or not delivered."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from civtech.core import clock
from civtech.core.db import db, first_or_404
from civtech.core.text import N_
from civtech.notifications import policy, queries
from civtech.notifications.models import MessageState, OutboxMessage
from civtech.notifications.outbox import NUDGE
from civtech.notifications.titles import TITLES
from civtech.web.actor import actor
from civtech.web.gate import can, permit
from civtech.web.navigation import navigate
from civtech.web.pagination import paged
from civtech.web.translation import gettext, ngettext

bp = Blueprint("notifications", __name__)
blueprints = [bp]
MOST_AT_ONCE = 1000

navigate("footer", N_("Outbox"), "notifications.outbox", order=90, shown_to=policy.read_outbox)


@bp.get("/outbox")
@permit(policy.read_outbox, act=N_("View emails that are waiting or could not be delivered"))
def outbox() -> ResponseReturnValue:
    query = queries.shown_to(actor())
    states = {state.value: state for state in MessageState}
    shown = states.get(request.args.get("state", ""))
    if shown:
        query = query.where(OutboxMessage.state == shown)
    counted = {state: (count, since) for state, count, since in db.session.execute(queries.counts())}
    return render_template(
        "notifications/outbox.html",
        page=paged(query, OutboxMessage.id),
        states=MessageState,
        shown=shown,
        waiting=counted.get(MessageState.QUEUED, (0, None)),
        sent=counted.get(MessageState.SENT, (0, None)),
        dead=counted.get(MessageState.DEAD, (0, None)),
        titles=TITLES,
        asker=queries.QUESTION_ANSWERED,
        unnamed=queries.UNNAMED,
        may_retry=can(policy.retry),
    )


def find_message(reference: str) -> OutboxMessage:
    """Return an email the actor may see, or raise `NotFound`."""
    return first_or_404(queries.visible_to(actor()).where(OutboxMessage.reference == reference))


@bp.post("/outbox/<reference>/retry")
@permit(
    policy.retry,
    find_message,
    act=N_("Try to send an email again"),
    unbound="It sends what the platform has already written.",
)
def retry(message: OutboxMessage) -> ResponseReturnValue:
    message.retry(by=actor(), at=clock.now())
    db.session.info[NUDGE] = True
    flash(gettext("Email queued again. We’ll try to send it within a few seconds."), "success")
    return redirect(url_for(".outbox", state=MessageState.DEAD.value))


@bp.post("/outbox/retries")
@permit(
    policy.retry,
    act=N_("Try to send all failed emails again"),
    unbound="It sends what the platform has already written.",
)
def retry_all() -> ResponseReturnValue:
    query = queries.visible_to(actor()).where(OutboxMessage.state == MessageState.DEAD)
    messages = db.session.scalars(query.order_by(OutboxMessage.id).limit(MOST_AT_ONCE)).unique().all()
    for message in messages:
        message.retry(by=actor(), at=clock.now())
    db.session.info[NUDGE] = True
    flash(
        ngettext(
            "%(num)s email queued again. We’ll try to send it now.",
            "%(num)s emails queued again. We’ll try to send them now.",
            len(messages),
        ),
        "success",
    )
    return redirect(url_for(".outbox"))
